"""Every version of a person's contract on one page, to read or to print."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.careplan.actions import plan_of
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person, today
from avec.people.views import open_record

from ..beside import beside_of
from ..policy import may_prepare
from ..versions import open_draft, versions_of


@members()
@require_GET
def history(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The newest first; for those who may propose one, the draft of the next."""
    work = request.member.role in CARE_ROLES
    head: dict[str, Any] = {}
    if work:
        person, _circle, head = open_record(request, pk, "contracts:history")
    else:
        person = get_object_or_404(Person.objects.visible_to(request.member), pk=pk)
    record_reading("contracts", person, by=request.member)
    plan = plan_of(person)
    prepares = plan is not None and may_prepare(request.member, plan)
    draft = open_draft(person) if prepares else None
    context = {
        "person": person,
        "versions": versions_of(request.member, person),
        "prepare": prepares,
        "draft": draft,
        "expired": draft is not None and draft.is_expired(today()),
        "beside": beside_of(person, request.member),
        "is_self": person.member_id == request.member.pk,
        "work": work,
        "frame": "ui/frame_work.html" if work else "ui/frame_own.html",
    }
    return render(request, "contracts/history.html", head | context)
