"""The room: one large screen for everybody around the table, after a moment for privacy.

Before anything is shown, who writes closes what else is open, and says who is there: nobody's words are read by
somebody who should not (access.md). The screen then shows the same table, one point at a time.
"""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.people.drafts import already_sent
from avec.people.models import CARE_ROLES, today
from avec.ui.forms import form_status

from ..actions import gather_around
from ..forms.room import RoomForm
from ..policy import may_lead
from ..present import shown_table
from ..rules import Verb
from ..sitting import Sitting, sitting_of
from .table import act, find, journal_reading, table_page


@require_GET
@members(*CARE_ROLES)
def room(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The screen, once it was said today who is in the room."""
    sitting = sitting_of(find(request, pk))
    require(sitting.negotiation.is_concluded or may_lead(request.member, sitting.negotiation))
    if not gathered_today(sitting):
        # Once concluded nobody gathers any more: the page is read by one.
        asked = "negotiation:table" if sitting.negotiation.is_concluded else "negotiation:before_room"
        return redirect(asked, pk)
    return table_page(request, sitting, room=True)


def gathered_today(sitting: Sitting) -> bool:
    gathered = [move for move in sitting.moves if move.verb == Verb.GATHER.value]
    return bool(gathered) and timezone.localdate(gathered[-1].at) == today()


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def before_room(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Close what else is open; who is in the room; what will be shown."""
    negotiation = find(request, pk)
    require(may_lead(request.member, negotiation))
    if already_sent(request):
        return redirect("negotiation:room", pk)
    sitting = sitting_of(negotiation)
    shown = shown_table(sitting, request.member)
    form = RoomForm(request.POST or None, shown=shown)
    if request.method == "POST" and form.is_valid():
        there = [sitting.parties[key] for key in form.cleaned_data["present"]]
        gathered = act(
            request,
            negotiation,
            lambda: gather_around(negotiation, there, words=form.cleaned_data["others"], by=request.member),
        )
        return redirect("negotiation:room", pk) if gathered.status_code == 302 else gathered
    journal_reading(request, negotiation)
    context: dict[str, Any] = {
        "person": negotiation.person,
        "negotiation": negotiation,
        "shown": shown,
        "form": form,
        "once": str(uuid4()),
    }
    return render(request, "negotiation/room/before.html", context, status=form_status(form))
