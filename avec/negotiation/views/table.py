"""The page of one negotiation: the same table for everybody at it, in the frame of who reads it.

`table_page` draws the page for the phase it is in; a form that comes back with a mistake is drawn in it. Each
phase has its part: `framing.html`, `stakes.html`, `positions.html`, `conclusion.html`, `concluded.html`, in
`negotiation/work/` for the team and `negotiation/own/` for the person and those around them. In the room, the
same table stands on one large screen (`negotiation/room/`): a form sent from there says so (`salle`) and comes
back there.

One point is open at a time: `?point=2`, else the first that has no outcome. An open page follows the table
(`views/live.py`): it reads itself again when something moved, and says what (`news`).
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Role
from avec.accounts.vocabulary import speak_of
from avec.people.journal import record, record_reading
from avec.people.models import CARE_ROLES

from ..actions import MoveRefused
from ..forms.becomes import becomes_form
from ..forms.positions import position_forms
from ..forms.stakes import stake_forms
from ..mine import STEP_TITLES, my_table
from ..models import Negotiation, Party, Point
from ..present import ShownPoint, ShownTable, shown_table
from ..sitting import Sitting, sitting_of
from ..story import story_of
from .live import already_read, token_for

AROUND = (*CARE_ROLES, Role.PERSON.value, Role.RELATIVE.value)
# The frame of each reader, then the part of each phase in it.
PAGES = {
    "work": "negotiation/work/table.html",
    "own": "negotiation/own/table.html",
    "room": "negotiation/room/table.html",
}
WORK_PARTS = {
    "frame": "negotiation/work/framing.html",
    "explore": "negotiation/work/stakes.html",
    "positions": "negotiation/work/positions.html",
    "conclude": "negotiation/work/conclusion.html",
    "concluded": "negotiation/work/concluded.html",
}
PARTS = {
    "work": WORK_PARTS,
    "own": {
        "frame": "negotiation/own/framing.html",
        "explore": "negotiation/own/stakes.html",
        "positions": "negotiation/own/positions.html",
        "conclude": "negotiation/own/conclusion.html",
        "concluded": "negotiation/own/concluded.html",
    },
    # The parts of the team, but for the framing: there, only what is talked over together.
    "room": WORK_PARTS | {"frame": "negotiation/room/framing.html"},
}


# Digits of a move's number, as an open page sends it: a longer one was forged.
LONGEST_NUMBER = 9

# What somebody else's move changes of a negotiation.
MOVING = ("phase", "version", "aim", "due_on", "result", "next_step", "next_on", "next_words", "concluded_at")


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
    request: MemberRequest, sitting: Sitting, *, status: int = 200, room: bool = False, **context: Any
) -> HttpResponse:
    """The page as it stands. `context`: the form that comes back, by the name its part gives it."""
    negotiation = sitting.negotiation
    token = journal_reading(request, negotiation)
    shown = shown_table(sitting, request.member)
    side = "room" if room or in_room(request) else "own" if request.member.is_lay else "work"
    opened = opened_point(request, shown)
    if "becomes" not in context:
        context |= plan_form(request, shown, opened)
    context = {
        "person": negotiation.person,
        "negotiation": negotiation,
        "shown": shown,
        "opened": opened,
        "following": shown.following(opened),
        "part": PARTS[side][shown.phase],
        "once": str(uuid4()),
        "room": side == "room",
        "follow_url": reverse("negotiation:follow", args=[negotiation.pk, token]),
        "live_token": token,
        "news": news_for(request, sitting),
        "unsent": unsent(request, shown, context),
        **forms_of(request, shown, opened),
        **context,
    }
    if side == "own":
        context["mine"] = my_table(shown, easy=request.display.easy)
    return render(request, PAGES[side], context, status=status)


def journal_reading(request: MemberRequest, negotiation: Negotiation) -> str:
    """Leave the trace of this reading, and give the page its token; a page that follows leaves one an hour."""
    if token := already_read(request, negotiation.pk):
        speak_of(negotiation.person.gender)
        return token
    record_reading("negotiation", negotiation.person, by=request.member, obj=negotiation)
    return token_for(request, negotiation.pk)


def in_room(request: MemberRequest) -> bool:
    """Was this form sent from the large screen of the room? It says so, or the browser does."""
    if request.member.is_lay or request.method != "POST":
        return False
    return "salle" in request.POST or urlsplit(request.headers.get("Referer", "")).path.endswith("/salle/")


def opened_point(request: MemberRequest, shown: ShownTable) -> ShownPoint | None:
    """The point in hand: the one asked for, else the first to negotiate that has no outcome, else the first."""
    if found := shown.point(request.POST.get("point", "")):
        return found
    asked = request.GET.get("point", "")
    for one in shown.points:
        if str(one.point.number) == asked:
            return one
    ordered = sorted(shown.points, key=lambda one: (not one.negotiable, one.outcome is not None))
    return ordered[0] if ordered else None


def forms_of(request: MemberRequest, shown: ShownTable, opened: ShownPoint | None) -> dict[str, Any]:
    """The empty forms of the phase, by the names that its part gives them."""
    if request.member.is_lay:
        return {}
    if shown.phase == "explore":
        return stake_forms(shown)
    if shown.phase == "positions":
        return stake_forms(shown) | position_forms(shown, opened, request.GET.get("reponse", ""))
    return {}


# The phases that show each form.
SHOWN_IN = {
    "stake_form": {"explore", "positions"},
    "position_form": {"positions"},
    "offer_form": {"positions"},
    "ways": {"positions"},
}


def unsent(request: MemberRequest, shown: ShownTable, context: dict[str, Any]) -> list[str]:
    """What was typed in a form that this page no longer shows, because the table went on meanwhile."""
    lost = [name for name, phases in SHOWN_IN.items() if name in context and shown.phase not in phases]
    typed = [request.POST.get(name, "").strip() for name in ("was", "becomes", "words")] if lost else []
    return [words for words in typed if words]


def plan_form(request: MemberRequest, shown: ShownTable, opened: ShownPoint | None) -> dict[str, Any]:
    """What the agreement may change in the plan: for who may write it, on a point that waits for its outcome."""
    waits = opened is not None and opened.negotiable and opened.outcome is None
    if not waits or opened is None or shown.phase != "positions" or not shown.may_lead:
        return {}
    return {"becomes": becomes_form(shown.sitting, opened.point, request.member)}


def news_for(request: MemberRequest, sitting: Sitting) -> list[str]:
    """What others did since the page that follows was drawn; on a page that opens, the last thing done."""
    story = story_of(sitting, STEP_TITLES if request.member.is_lay else {})
    seen = request.headers.get("Avec-Seen", "")
    if not seen.isdecimal() or len(seen) > LONGEST_NUMBER:
        return [line.sentence for line in story[-1:]]
    theirs = {move.number for move in sitting.moves if move.by_id != request.member.pk}
    since = [line for line in story if line.number > int(seen)]
    return [line.sentence for line in since if line.number in theirs][-5:] or [
        line.sentence for line in story[-1:]
    ]


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


def to_table(request: MemberRequest, negotiation: Negotiation, point: Point | None = None) -> HttpResponse:
    """Back to the table, or to the screen of the room; at the point in hand when there is one."""
    url = reverse("negotiation:room" if in_room(request) else "negotiation:table", args=[negotiation.pk])
    return redirect(f"{url}?point={point.number}#p{point.number}" if point is not None else url)


def act(
    request: MemberRequest,
    negotiation: Negotiation,
    do: Callable[[], Any],
    said: str = "",
    point: Point | None = None,
    **context: Any,
) -> HttpResponse:
    """Make one move, then back to the table. A refusal is a sentence on the page, and nothing is written.

    Somebody who reads this table and moves from another's seat is refused, and the journal says so (T48).
    """
    try:
        do()
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        negotiation.refresh_from_db(fields=MOVING)
        return table_page(request, sitting_of(negotiation), status=409, **context)
    except PermissionDenied:
        with transaction.atomic():
            record("negotiation.refused", negotiation, by=request.member, person=negotiation.person)
        raise
    if said:
        messages.success(request, said)
    return to_table(request, negotiation, point)
