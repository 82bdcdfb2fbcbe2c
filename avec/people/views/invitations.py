from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.actions import InvitationRefused
from avec.accounts.card import card_of
from avec.accounts.models import Member

from ..actions import invite_person, invite_relative
from ..models import CARE_ROLES, Person, RelatedPerson
from ..policy import may_invite_around


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def invite_person_page(request: MemberRequest, pk: UUID) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.member), pk=pk)
    if not may_invite_around(request.member, person):
        return redirect("people:circle", pk)
    return invitation(request, person, person.member, lambda: invite_person(person, by=request.member))


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def invite(request: MemberRequest, pk: UUID, relative: UUID) -> HttpResponse:
    relatives = RelatedPerson.objects.visible_to(request.member).filter(person_id=pk)
    somebody = get_object_or_404(relatives.select_related("person", "member"), pk=relative)
    return invitation(
        request,
        somebody.person,
        somebody.member,
        lambda: invite_relative(somebody, by=request.member),
        somebody,
    )


def invitation(
    request: MemberRequest,
    person: Person,
    guest: Member | None,
    make: Any,
    relative: RelatedPerson | None = None,
) -> HttpResponse:
    """Ask once, then show the card: its link is never shown again."""
    context: dict[str, Any] = {
        "person": person,
        "relative": relative,
        "name": relative.name if relative else person.called,
        "has_account": guest is not None and guest.user_id is not None,
    }
    if request.method == "POST":
        try:
            token = make()
        except InvitationRefused as refused:
            messages.error(request, str(refused))
            return redirect("people:circle", person.pk)
        guest = relative.member if relative else person.member
        assert guest is not None
        back = {"url": "people:circle", "pk": person.pk}
        card = card_of(request, guest, token)
        return render(request, "accounts/card.html", {"card": card, "sent": False, "back": back})
    return render(request, "people/invitation.html", context)
