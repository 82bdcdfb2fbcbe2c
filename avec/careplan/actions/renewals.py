"""The next plan starts from what came of this one.

Nothing is typed twice and nothing is copied from anybody else: what goes on is
carried over with where it comes from, what was put off is asked again, and
positions are asked anew, since nobody agreed to the new plan yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record
from avec.people.models import today

from ..facts import facts_of
from ..models import (
    Activity,
    Answer,
    CarePlan,
    Expectation,
    Goal,
    GoalChange,
    GoalStatus,
    Need,
    ParticipationChange,
    Performer,
)
from ..policy import may_move
from ..rules import Move, MoveRefused, Reply, Step, gate_to_renewal, next_step
from .steps import GateClosed, note_step


class Decision(StrEnum):
    """What becomes of a goal in the next plan: three choices of the same weight."""

    KEEP = "keep"
    ADJUST = "adjust"
    STOP = "stop"


@dataclass(frozen=True)
class Carried:
    """What was decided of one goal, and why when it stops."""

    decision: Decision
    reason: str = ""


@dataclass
class _Carrying:
    """The rows of the former plan, each with the row that goes on with it."""

    goals: dict[UUID, Goal] = field(default_factory=dict)
    needs: dict[UUID, Need] = field(default_factory=dict)
    words: dict[UUID, Expectation] = field(default_factory=dict)


@transaction.atomic
def renew_plan(
    plan: CarePlan,
    decisions: Mapping[UUID, Carried],
    *,
    by: Member,
    title: str = "",
    starts_on: date | None = None,
) -> CarePlan:
    """Open the next plan. `decisions`: one for each live goal. MoveRefused or GateClosed when it may not be."""
    plan = (
        CarePlan.objects.select_for_update(of=("self",))
        .select_related("person", "establishment")
        .get(pk=plan.pk)
    )
    require(may_move(by, plan))
    renewed = next_step(Step(plan.step), Move.RENEW)
    conditions = gate_to_renewal(facts_of(plan))
    if not all(condition.met for condition in conditions):
        raise GateClosed(conditions)
    live = list(Goal.objects.select_for_update(of=("self",)).filter(plan=plan).live())
    check_decisions(live, decisions)
    following = CarePlan.objects.create(
        person=plan.person,
        establishment_id=plan.establishment_id,
        stay=plan.person.stays.filter(discharged_on__isnull=True).order_by("-admitted_on").first()
        or plan.stay,
        previous=plan,
        kind=plan.kind,
        title=title or plan.title,
        communication=plan.communication,
        ways_tried=plan.ways_tried,
        ways_words=plan.ways_words,
        starts_on=starts_on or today(),
        created_by=by,
    )
    kept = [goal for goal in live if decisions[goal.pk].decision != Decision.STOP]
    carrying = _Carrying()
    _carry_needs(plan, following, carrying)
    _carry_goals(kept, following, decisions, carrying, by=by)
    _carry_words(plan, following, kept, carrying, by=by)
    _tie(kept, carrying)
    _carry_activities(plan, following, carrying, by=by)
    _stop([goal for goal in live if goal not in kept], decisions, by=by)
    note_step(plan, renewed, by=by)
    record("plan.renewed", following, by=by, person=plan.person, previous=str(plan.pk))
    return following


def check_decisions(live: list[Goal], decisions: Mapping[UUID, Carried]) -> None:
    """Each live goal has its decision, and one that stops says why."""
    for goal in live:
        carried = decisions.get(goal.pk)
        if carried is None:
            raise MoveRefused(_("Dites ce que devient l’objectif %s.") % goal.number)
        if carried.decision == Decision.STOP and len(carried.reason.strip()) < 10:
            raise MoveRefused(_("Objectif %s\u00a0: écrivez pourquoi il s’arrête.") % goal.number)


def _carry_needs(plan: CarePlan, following: CarePlan, carrying: _Carrying) -> None:
    for need in Need.objects.filter(plan=plan, status="active"):
        carrying.needs[need.pk] = Need.objects.create(
            plan=following,
            person_id=need.person_id,
            establishment_id=need.establishment_id,
            words=need.words,
            serafin=need.serafin,
            analyses=need.analyses,
            comments=need.comments,
            is_strength=need.is_strength,
            level=need.level,
            written_by_id=need.written_by_id,
            written_at=need.written_at,
        )


def _carry_goals(
    kept: list[Goal],
    following: CarePlan,
    decisions: Mapping[UUID, Carried],
    carrying: _Carrying,
    *,
    by: Member,
) -> None:
    """A goal that goes on keeps its words; one to adjust waits for its new ones. Both need a new term."""
    day = today()
    for number, goal in enumerate(sorted(kept, key=lambda one: one.number), 1):
        adjusted = decisions[goal.pk].decision == Decision.ADJUST
        carrying.goals[goal.pk] = Goal.objects.create(
            plan=following,
            person_id=goal.person_id,
            establishment_id=goal.establishment_id,
            number=number,
            status=GoalStatus.PLANNED.value if adjusted else GoalStatus.ACTIVE.value,
            title=goal.title,
            statement=goal.statement,
            easy_words=goal.easy_words,
            picto=goal.picto,
            starts_on=goal.starts_on,
            due_on=goal.due_on if goal.due_on and goal.due_on > day else None,
            priority=goal.priority,
            expected_result=goal.expected_result,
            worded_levels=goal.worded_levels,
            importance=goal.importance,
            difficulty=goal.difficulty,
            strategy=goal.strategy,
            domains=goal.domains,
            referent_id=goal.referent_id,
            level=goal.level,
            continues=goal,
            written_by=by,
        )


def _carry_words(
    plan: CarePlan, following: CarePlan, kept: list[Goal], carrying: _Carrying, *, by: Member
) -> None:
    """Words without an end come along: those put off are asked again, those of a kept goal stay its origin."""
    words = (
        Expectation.objects.filter(plan=plan, withdrawn_at__isnull=True)
        .filter(Q(goals__in=kept) | Q(current_answer__reply__in=["postponed", "negotiated"]))
        .distinct()
        .order_by("said_on", "written_at")
    )
    answers = {
        answer.expectation_id: answer
        for answer in Answer.objects.filter(current_for__plan=plan).select_related("goal")
    }
    for said in words:
        carried = Expectation.objects.create(
            plan=following,
            person_id=said.person_id,
            establishment_id=said.establishment_id,
            voice=said.voice,
            relative_id=said.relative_id,
            professional_id=said.professional_id,
            origin_words=said.origin_words,
            kind=said.kind,
            words=said.words,
            way=said.way,
            pictos=said.pictos,
            recording_id=said.recording_id,
            transcribed_by_id=said.transcribed_by_id,
            transcribed_at=said.transcribed_at,
            domain=said.domain,
            serafin=said.serafin,
            comment=said.comment,
            importance=said.importance,
            said_on=said.said_on,
            situation=said.situation,
            level=said.level,
            written_by_id=said.written_by_id,
            written_at=said.written_at,
            carried_from=said,
        )
        carrying.words[said.pk] = carried
        before = answers.get(said.pk)
        goal = carrying.goals.get(before.goal_id) if before and before.goal_id else None
        if before is not None and goal is not None:
            carried.current_answer = Answer.objects.create(
                expectation=carried, reply=Reply.TAKEN_UP.value, goal=goal, reason=before.reason, by=by
            )
            carried.save(update_fields=["current_answer"])


def _tie(kept: list[Goal], carrying: _Carrying) -> None:
    """The goals that go on answer the same words and the same needs."""
    for goal in kept:
        following = carrying.goals[goal.pk]
        words = goal.expectations.values_list("pk", flat=True)
        needs = goal.needs.values_list("pk", flat=True)
        following.expectations.add(*[carrying.words[pk] for pk in words if pk in carrying.words])
        following.needs.add(*[carrying.needs[pk] for pk in needs if pk in carrying.needs])


def _carry_activities(plan: CarePlan, following: CarePlan, carrying: _Carrying, *, by: Member) -> None:
    """What is done for a goal that goes on goes on too, by the same people."""
    activities = (
        Activity.objects.filter(plan=plan, goals__in=list(carrying.goals))
        .live()
        .distinct()
        .prefetch_related("goals", "performers")
    )
    for activity in activities:
        carried = Activity.objects.create(
            plan=following,
            person_id=activity.person_id,
            establishment_id=activity.establishment_id,
            kind=activity.kind,
            status=activity.status,
            title=activity.title,
            description=activity.description,
            easy_words=activity.easy_words,
            picto=activity.picto,
            resource_type=activity.resource_type,
            performer=activity.performer,
            owner_id=activity.owner_id,
            rhythm=activity.rhythm,
            recurrence=activity.recurrence,
            means=activity.means,
            place=activity.place,
            participation=activity.participation,
            starts_at=activity.starts_at,
            ends_at=activity.ends_at,
            serafin=activity.serafin,
            expected_result=activity.expected_result,
            level=activity.level,
            written_by_id=activity.written_by_id,
        )
        carried.goals.set(
            [carrying.goals[goal.pk] for goal in activity.goals.all() if goal.pk in carrying.goals]
        )
        for performer in activity.performers.all():
            Performer.objects.create(
                activity=carried,
                kind=performer.kind,
                relative_id=performer.relative_id,
                member_id=performer.member_id,
                words=performer.words,
            )
        ParticipationChange.objects.create(activity=carried, participation=activity.participation, by=by)


def _stop(stopped: list[Goal], decisions: Mapping[UUID, Carried], *, by: Member) -> None:
    for goal in stopped:
        GoalChange.objects.create(
            goal=goal,
            before=goal.status,
            after=GoalStatus.COMPLETED.value,
            reason=decisions[goal.pk].reason.strip(),
            by=by,
        )
        goal.status = GoalStatus.COMPLETED.value
        goal.save(update_fields=["status"])
