"""« Les horloges »: who is late, what comes soon, what is done and what shows it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.audit.actions import record as write_line
from avec.people.journal import record_readings
from avec.people.models import CARE_ROLES, Person

from ..board import FIRST, PARTS, Asked, Board, Line, asked_of, board_for, numbers_for
from ..gather import today_for
from ..policy import SEEING, counts_only
from ..rules import Anchor, State
from ..sheet import KINDS, as_csv, as_xlsx
from ..words import can_write, law_words, note, proof_words, state_words, waiting_words

PER_PAGE = 50
# All of it on one page, to print it.
PRINTED = 2000


def persons_on(lines: list[Line], member: Member) -> list[Person]:
    """Whose names are on the page, for the journal: it keeps identifiers only."""
    keys = {line.person.pk for line in lines}
    return [Person(pk=key, establishment_id=member.establishment_id) for key in keys]


def row_of(line: Line) -> dict[str, object]:
    """A line as the page shows it."""
    clock = line.clock
    settled = not can_write(clock.row)
    return {
        "stay": line.stay,
        "person": line.person,
        "clock": clock,
        "opened": line.opened,
        "late": clock.state == State.LATE,
        "soon": clock.state == State.DUE_SOON,
        "state": state_words(clock),
        "law": law_words(clock.row),
        "proof": proof_words(clock.proof, full=line.opened) if clock.proof else "",
        "waiting": waiting_words(clock),
        "note": note(clock),
        "to_write": line.writes and not settled and clock.state not in {State.DONE, State.NOT_DUE},
        "to_open": line.opened and settled and clock.state != State.DONE,
        "to_date": line.writes and clock.state == State.NOT_DUE and clock.row.anchor == Anchor.INTERVIEW,
    }


def columns(asked: Asked) -> list[dict[str, str]]:
    """The heads that sort: where each leads, and how the table is sorted now."""
    heads = {
        "personne": _("Personne"),
        "delai": _("Ce qui est à faire"),
        "date": _("Date"),
        "etat": _("État"),
    }
    shown = []
    for name, label in heads.items():
        here = asked.sort == name
        turn = "-" if here and not asked.reverse else ""
        order = ("descending" if asked.reverse else "ascending") if here else ""
        shown.append({"label": label, "query": asked.query(tri=turn + name), "order": order})
    return shown


def told(board: Board) -> str:
    """What was found, as the status line says it."""
    count = len(board.lines)
    words = ngettext("%s ligne", "%s lignes", count) % count
    if board.asked.words:
        words = _("%(lines)s pour « %(words)s »") % {"lines": words, "words": board.asked.words}
    return f"{words}."


@require_GET
@vary_on_headers("HX-Request")
@members(*SEEING)
def board(request: MemberRequest) -> HttpResponse:
    member = request.member
    if counts_only(member):
        return render(request, "clocks/numbers.html", {"numbers": numbers_for(member)})
    asked = asked_of(request.GET)
    found = board_for(member, asked)
    whole = request.GET.get("tout") == "1"
    page = Paginator(found.lines, PRINTED if whole else PER_PAGE).get_page(request.GET.get("page"))
    record_readings("clocks", persons_on(list(page), member), by=member)
    context = {
        "asked": asked,
        "page": page,
        "rows": [row_of(line) for line in page],
        "columns": columns(asked),
        "told": told(found),
        "query": asked.query(tout="1") if whole else asked.query(),
        "today": today_for(member.establishment),
        "stays": found.stays,
        "tabs": [
            {
                "label": label,
                "url": "?" + asked.query(etat=part if part != FIRST else ""),
                "count": found.counts[part],
                "current": part == asked.part,
            }
            for part, (label, _states) in PARTS.items()
        ],
        "title": PARTS[asked.part][0],
    }
    if request.htmx and not request.htmx.boosted:
        return render(request, "clocks/board.html#found", context | {"live": True})
    context |= {
        "units": found.units,
        "referents": found.referents,
        "deadlines": [(str(row.pk), row.label) for row in found.table],
        "whole": whole,
        "whole_query": asked.query(tout="1"),
    }
    return render(request, "clocks/board.html", context)


def export(request: MemberRequest, kind: str) -> HttpResponse:
    """The lines of the board as asked for, all of them; whose names went out is in the journal."""
    member = request.member
    asked = asked_of(request.GET)
    lines = board_for(member, asked).lines
    record_readings("clocks", persons_on(lines, member), by=member)
    write_line(
        "clocks.exported",
        member.establishment,
        establishment_id=member.establishment_id,
        actor_id=member.pk,
        person_id=None,
        detail={"kind": kind, "lines": len(lines)},
    )
    content_type, ending = KINDS[kind]
    response = HttpResponse(
        as_csv(lines) if kind == "csv" else as_xlsx(lines, member), content_type=content_type
    )
    day = today_for(member.establishment)
    name = content_disposition_header(True, f"horloges-{day.isoformat()}.{ending}")
    response.headers["Content-Disposition"] = name or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
@members(*CARE_ROLES)
def export_csv(request: MemberRequest) -> HttpResponse:
    return export(request, "csv")


@require_GET
@members(*CARE_ROLES)
def export_xlsx(request: MemberRequest) -> HttpResponse:
    return export(request, "xlsx")
