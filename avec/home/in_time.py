"""The plan in time: one picture, and the table that says it all without it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.careplan.models import CarePlan, StepChange
from avec.careplan.rules.timeline import Item, Placed, State, Timeline, timeline
from avec.careplan.standing import evaluations_of
from avec.careplan.words import short
from avec.contracts.models import CareContract
from avec.contracts.models import State as ContractState
from avec.people.banner import banner_of, parts_of_record
from avec.people.journal import record_reading
from avec.people.models import today
from avec.ui.words import date_long, distance, quote

from . import gather
from .gather import Aim
from .links import link
from .record import without_plan
from .thread import READERS

# The picture: 360 units wide, with 15-unit letters about 7.6 units wide each (design.md, charts).
WIDTH, LETTER_WIDTH, LANE, TOP = 360, 7.6, 46, 34
LABEL = 26


@dataclass(frozen=True)
class Mark:
    """An item as the picture draws it, in units of the SVG, written with a point whatever the language."""

    kind: str
    state: str
    label: str
    x: str
    y: str
    width: str
    label_x: str
    label_y: str
    anchor: str
    long: bool


@dataclass(frozen=True)
class Line:
    """A row of the table."""

    when: str
    how_far: str
    what: str
    state: str
    url: str
    date: date


STATES = {
    State.PAST: gettext_lazy("passé"),
    State.TODAY: gettext_lazy("en cours"),
    State.DUE: gettext_lazy("à venir"),
}


def units(value: float) -> str:
    return f"{value:.1f}"


def items_of(
    member: Member, plan: CarePlan, aims: list[Aim], contracts: list[CareContract]
) -> Iterable[Item]:
    """Everything of the plan that has a date, as this member reads it."""
    if plan.admitted_on:  # type: ignore[attr-defined]
        yield Item("stay", _("Arrivée"), plan.admitted_on)  # type: ignore[attr-defined]
    record = link("home:record", plan.person_id)
    if plan.starts_on:
        yield Item("plan", _("Début du projet"), plan.starts_on, url=record)
    for change in StepChange.objects.filter(plan=plan):
        label = str(change.get_after_display()).capitalize()
        yield Item("step", label, timezone.localdate(change.at), url=link("careplan:steps", plan.pk))
    for contract in contracts:
        if contract.state != ContractState.WITHDRAWN.value:
            name = _("Contrat") if contract.version == 1 else _("Avenant %s") % contract.version
            url = link("contracts:read", contract.pk)
            ends_on = contract.end.on if contract.state == ContractState.ENDED.value else contract.ends_on
            yield Item("contract", name, contract.starts_on, ends_on, url)
    evaluations = evaluations_of(member, plan)
    for aim in aims:
        goal = aim.goal
        url = link("home:goal_thread", goal.pk)
        begins = goal.starts_on or timezone.localdate(goal.written_at)
        name = f"{goal.number}. {goal.title or goal.statement}"
        yield Item("goal", short(name, LABEL), begins, goal.due_on, url)
        for day in sorted({one.evaluated_on for one in evaluations.get(goal.pk, ())}):
            yield Item("evaluation", _("Évaluation, objectif %s") % goal.number, day, url=url)
        for position in aim.positions:
            if position.ask_again_on and aim.live:
                label = _("Redemander, objectif %s") % goal.number
                yield Item("question", label, position.ask_again_on, url=url)
    for said in gather.words_said(member, plan):
        if said.expectation.withdrawn_at is None:
            url = link("home:thread", said.expectation.pk)
            words = short(said.expectation.words or _("message de vive voix"), 60)
            yield Item("words", _("Dit\u00a0: %s") % quote(words), said.expectation.said_on, url=url)
            if said.answer is not None and said.answer.until:
                yield Item("question", _("Reparler d’une attente"), said.answer.until, url=url)
    if plan.review_on:
        yield Item("review", _("Révision du projet"), plan.review_on, url=record)


def mark_of(row: Placed) -> Mark:
    item, top = row.item, TOP + row.lane * LANE
    width = max((row.x_end - row.x) * WIDTH, 10)
    start = min(row.x * WIDTH, WIDTH - width)
    label_x = min(row.x_end * WIDTH, WIDTH) if row.label_at_end else start
    return Mark(
        item.kind,
        row.state.value,
        item.label,
        units(start),
        units(top + 22),
        units(width),
        units(label_x),
        units(top + 15),
        "end" if row.label_at_end else "start",
        item.last > item.start,
    )


def line_of(row: Placed, day: date) -> Line:
    item = row.item
    when = (
        _("du %(start)s au %(end)s") % {"start": date_long(item.start), "end": date_long(item.last)}
        if item.last > item.start
        else date_long(item.start)
    )
    near = item.last if row.state is not State.DUE else item.start
    return Line(when, distance(near, day), item.label, str(STATES[row.state]), item.url, item.start)


def picture_of(drawn: Timeline) -> dict[str, Any]:
    """Words said on the same day are in the table; the picture keeps what shapes the plan."""
    return {
        "height": TOP + drawn.lanes * LANE + 16,
        "today": units(drawn.today * WIDTH),
        "marks": [mark_of(row) for row in drawn.rows],
        "ticks": [(units(tick.at * WIDTH), tick.label, tick.major) for tick in sparse(drawn)],
        "words": drawn.words,
    }


def sparse(drawn: Timeline) -> list[Any]:
    """The marks of the axis whose words have room."""
    kept: list[Any] = []
    free = 0.0
    for tick in drawn.ticks:
        wide = (len(tick.label) + 1) * LETTER_WIDTH / WIDTH
        if tick.at >= free and tick.at + wide <= 1.02:
            kept.append(tick)
            free = tick.at + wide
    return kept


# What the picture draws; the table has everything.
DRAWN = frozenset({"stay", "plan", "contract", "goal", "review", "question"})


@require_GET
@members(*READERS)
def in_time(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The plan in time, past, today and due. The number of queries is the same however long it is."""
    member = request.member
    plan = gather.plan_for(member, pk)
    if plan is None and not member.is_lay:
        return without_plan(request, pk, "home:in_time")
    if plan is None:
        raise Http404
    person, day = plan.person, today()
    items = list(
        items_of(member, plan, gather.aims(member, plan), gather.contracts_with_signatures(member, person))
    )
    letter = LETTER_WIDTH / WIDTH
    drawn = timeline([item for item in items if item.kind in DRAWN], today=day, letter=letter)
    whole = timeline(items, today=day, letter=letter)
    record_reading("timeline", person, by=member, obj=plan)
    context: dict[str, Any] = {
        "person": person,
        "plan": plan,
        "picture": picture_of(drawn),
        "lines": [line_of(row, day) for row in whole.rows],
        "lay": member.is_lay,
        "frame": "ui/frame_own.html" if member.is_lay else "ui/frame_work.html",
        "back": link("home:own") if member.is_lay else link("home:record", person.pk),
    }
    if not member.is_lay:
        circle = gather.circle_around(member, person)
        context |= {
            "banner": banner_of(person, circle, plan),
            "tabs": parts_of_record(person, "home:in_time"),
        }
    return render(request, "home/in_time.html", context)
