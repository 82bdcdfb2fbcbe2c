"""Two versions side by side: what was, what is now."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.people.journal import record_reading

from ..models import CareContract
from ..shown.changes import side_by_side, texts_of
from .reading import visible_contract


@members()
@require_GET
def changes(request: MemberRequest, pk: UUID) -> HttpResponse:
    """A version and the one it amends; without one, the last that was proposed before it."""
    contract = visible_contract(request, pk)
    earlier = CareContract.objects.visible_to(request.member).filter(person=contract.person)
    former = (
        earlier.filter(pk=contract.previous_id)
        if contract.previous_id
        else earlier.filter(version__lt=contract.version)
    ).first()
    if former is None:
        raise Http404
    before, after = texts_of(former, contract)
    record_reading("contract", contract.person, by=request.member, obj=contract)
    context = {
        "contract": contract,
        "former": former,
        "places": side_by_side(before, after, easy=contract.person.member_id == request.member.pk),
    }
    return render(request, "contracts/changes.html", context)
