"""What the gates need to know of a plan, asked of the database in a fixed number of questions.

These facts count everything: a gate is the same for everyone, whatever one reads. The words of what is
missing never quote what was said.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from avec.people.models import today

from .models import Activity, Balance, CarePlan, Evaluation, Expectation, Goal, Need, Position
from .rules import GoalFacts, PlanFacts, Stance

# An evaluation made this long before the term still says where the goal stands at its term.
AROUND_TERM = timedelta(days=31)
# What was seen for somebody who does not speak stands on their side.
SIDES = {"person": "person", "observed": "person", "professional": "professional"}


@dataclass(frozen=True)
class Stands:
    """Where the person and the team stand on a goal today."""

    person: Stance | None = None
    team: Stance | None = None
    ask_again_on: date | None = None


def stands_of(positions: Iterable[Position]) -> Stands:
    """From the current positions on one goal."""
    now = {position.voice: position for position in positions if position.is_current}
    person, team = now.get("person"), now.get("professional")
    return Stands(
        Stance(person.stance) if person else None,
        Stance(team.stance) if team else None,
        person.ask_again_on if person else None,
    )


def voices_heard(goal: Goal, evaluations: Iterable[tuple[str, date]], day: date) -> frozenset[str]:
    """The sides that said where the goal stands: around its term once it has passed, else at any time."""
    since = goal.due_on - AROUND_TERM if goal.due_on and goal.due_on < day else date.min
    return frozenset(SIDES[voice] for voice, on in evaluations if voice in SIDES and on >= since)


def goal_facts(goal: Goal, stands: Stands, heard: frozenset[str], *, has_origin: bool) -> GoalFacts:
    return GoalFacts(
        number=goal.number,
        statement=goal.statement,
        has_term=goal.due_on is not None,
        has_priority=goal.priority is not None,
        has_origin=has_origin,
        person_stance=stands.person,
        team_stance=stands.team,
        ask_again_on=stands.ask_again_on,
        term=goal.due_on,
        evaluated_by=heard,
    )


def facts_of(plan: CarePlan) -> PlanFacts:
    """Everything the gates weigh, of the plan as it stands."""
    day = today()
    goals = list(
        Goal.objects.filter(plan=plan)
        .live()
        .annotate(
            from_words=Exists(Goal.expectations.through.objects.filter(goal=OuterRef("pk"))),
            from_need=Exists(Goal.needs.through.objects.filter(goal=OuterRef("pk"))),
        )
    )
    positions: dict[UUID, list[Position]] = defaultdict(list)
    for position in Position.objects.filter(goal__in=goals, is_current=True):
        positions[position.goal_id].append(position)
    evaluations: dict[UUID, list[tuple[str, date]]] = defaultdict(list)
    for goal_id, voice, on in Evaluation.objects.filter(goal__in=goals).values_list(
        "goal", "voice", "evaluated_on"
    ):
        evaluations[goal_id].append((voice, on))
    activities = list(
        Activity.objects.filter(plan=plan, kind="action").live().values_list("participation", flat=True)
    )
    said = Expectation.objects.filter(plan=plan, withdrawn_at__isnull=True)
    return PlanFacts(
        unanswered=said.unanswered().count(),
        goals=[
            goal_facts(
                goal,
                stands_of(positions[goal.pk]),
                voices_heard(goal, evaluations[goal.pk], day),
                has_origin=goal.from_words or goal.from_need,  # type: ignore[attr-defined]
            )
            for goal in goals
        ],
        activities=len(activities),
        activities_unsaid=sum(1 for participation in activities if not participation),
        own_words=said.filter(voice__in=["person", "observed"]).count(),
        tried=bool(plan.ways_tried),
        needs=Need.objects.filter(plan=plan, status="active").count(),
        balance_of=frozenset(
            SIDES[voice]
            for voice in Balance.objects.filter(plan=plan).values_list("voice", flat=True)
            if voice in SIDES
        ),
        today=day,
    )
