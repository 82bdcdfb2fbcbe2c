"""The history of a negotiation, told move by move, to everybody who reads it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.people.journal import record_reading

from ..mine import STEP_TITLES
from ..sitting import sitting_of
from ..story import days_of, story_of
from .table import AROUND, find


@require_GET
@members(*AROUND)
def history(request: MemberRequest, pk: UUID) -> HttpResponse:
    negotiation = find(request, pk)
    record_reading("negotiation", negotiation.person, by=request.member, obj=negotiation)
    phases = STEP_TITLES if request.member.is_lay else {}
    lines = story_of(sitting_of(negotiation), phases)
    context = {
        "frame": "ui/frame_own.html" if request.member.is_lay else "ui/frame_work.html",
        "person": negotiation.person,
        "negotiation": negotiation,
        "days": days_of(lines, phases),
        "count": len(lines),
    }
    return render(request, "negotiation/history.html", context)
