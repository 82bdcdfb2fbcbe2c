"""The facts of many stays in a few queries, and their clocks.

Nothing here decides who may see: callers start from `visible_to` or from the
policy. What waits in a plan is counted among what the person and their team
share (C1, C2): a clock never tells that a more restricted element exists.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    FilteredRelation,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone

from avec.accounts.models import Establishment
from avec.careplan.models import CarePlan, Evaluation, Goal
from avec.careplan.rules import OPEN_STEPS
from avec.contracts.models import CareContract, State
from avec.contracts.rules import AGREED
from avec.contracts.told import chosen_day
from avec.people.models import Person, Stay
from avec.people.rules import Level

from .models import Deadline, Evidence, LifeEvent
from .rules import (
    Anchor,
    Clock,
    Contracted,
    EvidenceKind,
    Facts,
    Outcome,
    Proof,
    ProofSource,
    Waiting,
    read_clock,
    today_in,
)
from .table import table_of

SHARED = [Level.C1.value, Level.C2.value]
OPEN = [step.value for step in OPEN_STEPS]
SIGNED = [outcome.value for outcome in AGREED]
# States of a contract that everybody signed.
BINDING = [State.IN_FORCE.value, State.SUPERSEDED.value, State.ENDED.value]
# A stay stays on the board this long after its end: what follows a departure is still to be done.
AFTER = timedelta(days=60)
# Past this many persons, their establishment is named rather than each of them.
MANY = 2000


# What is read of each stay: plain columns, since a board goes through hundreds of them.
COLUMNS = ("pk", "person_id", "admitted_on", "discharged_on", "interview_on", "short", "life_event_on")


class Timed(NamedTuple):
    """A stay (its COLUMNS, and those asked for beside) with its clocks."""

    stay: Any
    clocks: list[Clock]


def on_board(establishment: Establishment) -> Q:
    """The stays that have a clock: to come, present, or ended not long ago."""
    since = today_for(establishment) - AFTER
    return Q(discharged_on__isnull=True) | Q(discharged_on__gte=since)


def today_for(establishment: Establishment) -> date:
    return today_in(establishment.time_zone, timezone.now())


def clocks_of(stay: Stay) -> list[Clock]:
    """Every clock of one stay, in the order of its table. The caller has checked who is looking."""
    found = clocks_for(Stay.objects.filter(pk=stay.pk), stay.establishment)
    return found[0].clocks if found else []


def clocks_of_person(person: Person) -> list[Clock]:
    """The clocks of the latest stay of a person; none when no stay is on the board."""
    stays = Stay.objects.filter(on_board(person.establishment), person=person).order_by("-admitted_on")
    found = clocks_for(Stay.objects.filter(pk__in=stays.values("pk")[:1]), person.establishment)
    return found[0].clocks if found else []


def clocks_for(
    stays: QuerySet[Stay],
    establishment: Establishment,
    table: Sequence[Deadline] | None = None,
    beside: Sequence[str] = (),
) -> list[Timed]:
    """Each stay with its clocks. Six queries at most, however many stays. `beside`: other columns to read."""
    today = today_for(establishment)
    deadlines = table_of(establishment.pk) if table is None else table
    rows = [deadline.as_row() for deadline in deadlines if deadline.active]
    timed_stays = stays.annotate(life_event_on=Subquery(last_event())).order_by()
    found = list(timed_stays.values_list(*COLUMNS, *beside, named=True))
    if not found:
        return []
    near = near_to(found, establishment)
    written = written_for(found, establishment)
    contracts, plans = contracts_near(near, establishment), plans_near(near, today)
    signing = {deadline.pk for deadline in deadlines if deadline.evidence == EvidenceKind.SIGNING.value}
    zone = ZoneInfo(establishment.time_zone)
    timed = []
    for stay in found:
        facts = facts_of(
            stay, written[stay.pk], contracts[stay.person_id], plans[stay.person_id], signing, zone
        )
        timed.append(Timed(stay, [read_clock(row, facts, today) for row in rows]))
    return timed


def last_event() -> Any:
    events = LifeEvent.objects.standing().filter(stay=OuterRef("pk")).order_by("-happened_on")
    return events.values("happened_on")[:1]


def near_to(stays: Iterable[Any], establishment: Establishment) -> Q:
    """What is about the persons of these stays."""
    persons = {stay.person_id for stay in stays}
    return Q(establishment=establishment) if len(persons) > MANY else Q(person__in=persons)


def written_for(
    stays: Sequence[Any], establishment: Establishment
) -> defaultdict[UUID, dict[UUID, tuple[Proof, ...]]]:
    """The proofs written by hand, by stay and by deadline."""
    many = len(stays) > MANY
    near = Q(establishment=establishment) if many else Q(stay__in=[stay.pk for stay in stays])
    rows = (
        Evidence.objects.standing()
        .filter(near)
        .order_by()
        .values_list(
            "stay",
            "deadline",
            "done_on",
            "outcome",
            "pk",
            "words",
            "written_by__given_name",
            "written_by__family_name",
        )
    )
    found: defaultdict[UUID, dict[UUID, tuple[Proof, ...]]] = defaultdict(dict)
    for stay, deadline, done_on, outcome, pk, words, given, family in rows:
        proof = Proof(
            done_on, ProofSource.WRITTEN, Outcome(outcome), pk, words, f"{given or ''} {family or ''}".strip()
        )
        found[stay][deadline] = (*found[stay].get(deadline, ()), proof)
    return found


def contracts_near(near: Q, establishment: Establishment) -> defaultdict[UUID, list[tuple[date, Contracted]]]:
    """The care contracts of each person, with the day they were issued. One query."""
    zone = ZoneInfo(establishment.time_zone)
    required, day = Q(lines__required=True), chosen_day("lines__signatures__", zone)
    rows = (
        CareContract.objects.filter(near)
        .exclude(state=State.WITHDRAWN.value)
        .annotate(
            signed_on=Max(day, filter=required & Q(lines__signatures__outcome__in=SIGNED)),
            not_signed_on=Max(day, filter=Q(lines__signatures__outcome="refused")),
        )
        .order_by()
        .values_list(
            "person", "pk", "state", "previous", "review_on", "issued_at", "signed_on", "not_signed_on"
        )
    )
    found: defaultdict[UUID, list[tuple[date, Contracted]]] = defaultdict(list)
    for person, pk, state, previous, review_on, issued_at, signed_on, not_signed_on in rows:
        one = Contracted(
            ref=pk,
            signed_on=signed_on if state in BINDING else None,
            not_signed_on=not_signed_on if state == State.REFUSED.value else None,
            amends=previous is not None,
            review_on=review_on if state == State.IN_FORCE.value else None,
        )
        found[person].append((issued_at.astimezone(zone).date(), one))
    return found


def plans_near(near: Q, today: date) -> defaultdict[UUID, list[dict[str, Any]]]:
    """The plans of each person, latest first, with what waits in those in progress. Two queries."""
    said = Q(expectations__withdrawn_at__isnull=True, expectations__level__in=SHARED)
    unanswered = said & Q(expectations__current_answer__isnull=True)
    postponed = said & Q(expectations__current_answer__reply="postponed")
    # One join and sums over it: subqueries would go through every unanswered expectation for each plan (SQLite).
    rows = (
        CarePlan.objects.filter(near)
        .order_by("-created_at")
        .values("pk", "person", "step", "starts_on", "review_on", "created_at")
        .annotate(
            renews=ExpressionWrapper(Q(previous__isnull=False), output_field=BooleanField()),
            said=Count("expectations", filter=said),
            unanswered=Count("expectations", filter=unanswered),
            oldest=Min("expectations__said_on", filter=unanswered),
            postponed=Count("expectations", filter=postponed),
            postponed_until=Min("expectations__current_answer__until", filter=postponed),
        )
    )
    plans = list(rows)
    goals = goals_near(near, [row["pk"] for row in plans if row["step"] in OPEN], today)
    found: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in plans:
        found[row["person"]].append(row | {"goals": goals.get(row["pk"], {})})
    return found


def goals_near(near: Q, plans: Sequence[UUID], today: date) -> dict[UUID, dict[str, Any]]:
    """The terms and the positions to ask for again, by plan in progress. One query."""
    # The plans by name: else every goal of the house would be gone through, plan after plan (SQLite).
    of_plans = near & Q(plan__step__in=OPEN) if len(plans) > MANY else Q(plan__in=plans)
    evaluated = Evaluation.objects.filter(goal=OuterRef("pk"), evaluated_on__gte=OuterRef("due_on"))
    could_not = Q(positions__is_current=True, positions__stance="could_not")
    termed = Q(due_on__isnull=False, evaluated=False)
    rows = (
        Goal.objects.live()
        .filter(of_plans, level__in=SHARED)
        .annotate(evaluated=Exists(evaluated), again=FilteredRelation("positions", condition=could_not))
        .order_by()
        .values("plan")
        .annotate(
            live=Count("pk"),
            term=Min("due_on", filter=termed),
            passed=Count("pk", filter=termed & Q(due_on__lt=today), distinct=True),
            asked=Count("again__ask_again_on"),
            asked_on=Min("again__ask_again_on"),
        )
    )
    return {row["plan"]: {**row} for row in rows}


def during(stay: Any, day: date) -> bool:
    """Does something of this day belong to this stay? What is prepared in the month before arrival does."""
    ended = stay.discharged_on is not None and stay.discharged_on < day
    return stay.admitted_on - timedelta(days=31) <= day and not ended


def facts_of(
    stay: Any,
    written: dict[UUID, tuple[Proof, ...]],
    contracts: list[tuple[date, Contracted]],
    plans: list[dict[str, Any]],
    signing: set[UUID],
    zone: ZoneInfo,
) -> Facts:
    """What is known of one stay, from what was read for all of them."""
    mine = [contract for day, contract in contracts if during(stay, day)]
    started = [
        (plan, plan["starts_on"] or plan["created_at"].astimezone(zone).date())
        for plan in plans
        if plan["renews"]
    ]
    current = next((plan for plan in plans if plan["step"] in OPEN), None)
    reviews = [day for one in mine if (day := one.review_on)]
    if current and current["review_on"]:
        reviews.append(current["review_on"])
    signings = [proof for pk in signing for proof in written.get(pk, ())]
    last = max(signings, key=lambda proof: proof.on, default=None)
    return Facts(
        admitted_on=stay.admitted_on,
        interview_on=stay.interview_on,
        discharged_on=stay.discharged_on,
        short=stay.short,
        refused_on=last.on if last and last.outcome == Outcome.REFUSED else None,
        life_event_on=stay.life_event_on,
        plan_review_on=max(reviews, default=None),
        contracts=tuple(mine),
        renewals=tuple(
            Proof(day, ProofSource.RENEWAL, ref=plan["pk"]) for plan, day in started if during(stay, day)
        ),
        waiting=waiting_in(current) if current else {},
        written=written,
    )


def waiting_in(plan: dict[str, Any]) -> dict[Anchor, Waiting]:
    """The lines of a plan that wait, by what they wait for."""
    goals = plan["goals"]
    said = bool(plan["said"])
    return {
        Anchor.EXPECTATION: Waiting(plan["unanswered"], plan["oldest"], said),
        Anchor.POSTPONED: Waiting(plan["postponed"], plan["postponed_until"]),
        Anchor.ASK_AGAIN: Waiting(goals.get("asked", 0), goals.get("asked_on")),
        # Several terms may have passed; the others each have their own day.
        Anchor.GOAL_TERM: Waiting(
            goals.get("passed") or int(goals.get("term") is not None),
            goals.get("term"),
            bool(goals.get("live")),
        ),
    }
