"""The page of one negotiation: the same table for everybody at it, in the frame of who reads it.

`table_page` draws the page for the phase it is in; a form that comes back with a mistake is drawn in it. Each
phase has its part: `framing.html`, `stakes.html`, `positions.html`, `conclusion.html`, `concluded.html`, in
`negotiation/work/` for the team and `negotiation/own/` for the person and those around them.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Role
from avec.people.journal import record, record_reading
from avec.people.models import CARE_ROLES

from ..actions import MoveRefused
from ..mine import my_table
from ..models import Negotiation, Party, Point
from ..present import shown_table
from ..sitting import Sitting, sitting_of

AROUND = (*CARE_ROLES, Role.PERSON.value, Role.RELATIVE.value)
PARTS = {
    "frame": "framing",
    "explore": "stakes",
    "positions": "positions",
    "conclude": "conclusion",
    "concluded": "concluded",
}


def find(request: MemberRequest, pk: UUID) -> Negotiation:
    """The negotiation among those this member reads; not found for everybody else."""
    found = Negotiation.objects.visible_to(request.member).select_related(
        "person__establishment", "plan", "facilitator", "goal", "expectation", "divergence", "refusal"
    )
    return get_object_or_404(found, pk=pk)


@require_GET
@members(*AROUND)
def table(request: MemberRequest, pk: UUID) -> HttpResponse:
    return table_page(request, sitting_of(find(request, pk)))


def table_page(
    request: MemberRequest, sitting: Sitting, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page as it stands. `context`: the form that comes back, by the name its part gives it."""
    negotiation = sitting.negotiation
    record_reading("negotiation", negotiation.person, by=request.member, obj=negotiation)
    shown = shown_table(sitting, request.member)
    side = "own" if request.member.is_lay else "work"
    context = {
        "person": negotiation.person,
        "negotiation": negotiation,
        "shown": shown,
        "part": f"negotiation/{side}/{PARTS[shown.phase]}.html",
        "once": str(uuid4()),
        **context,
    }
    if side == "own":
        context["mine"] = my_table(shown, easy=request.display.easy)
    return render(request, f"negotiation/{side}/table.html", context, status=status)


def seat(sitting: Sitting, key: object) -> Party:
    """A party of this very negotiation; not found otherwise."""
    party = sitting.parties.get(str(key))
    if party is None:
        raise Http404
    return party


def point_of(sitting: Sitting, key: object) -> Point:
    point = sitting.points.get(str(key))
    if point is None:
        raise Http404
    return point


def act(
    request: MemberRequest,
    negotiation: Negotiation,
    do: Callable[[], Any],
    said: str = "",
    **context: Any,
) -> HttpResponse:
    """Make one move, then back to the table. A refusal is a sentence on the page, and nothing is written.

    Somebody who reads this table and moves from another's seat is refused, and the journal says so (T48).
    """
    try:
        do()
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        fresh = sitting_of(find(request, negotiation.pk))
        return table_page(request, fresh, status=409, **context)
    except PermissionDenied:
        with transaction.atomic():
            record("negotiation.refused", negotiation, by=request.member, person=negotiation.person)
        raise
    if said:
        messages.success(request, said)
    return redirect("negotiation:table", negotiation.pk)
