from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record

from ..changes import note_goal_change
from ..facts import facts_of
from ..models import (
    CarePlan,
    Expectation,
    Goal,
    Need,
)
from ..policy import (
    may_write_goal,
)
from ..rules import Step, gate_to_co_construction
from ..rules.goal_moves import GoalState
from ..sharing import keep_level
from .conflicts import OutOfDate
from .steps import note_step


@dataclass(frozen=True)
class Origins:
    """What a goal answers, among what its author can read: `offered` is what they could choose from."""

    expectations: Sequence[Expectation] = ()
    needs: Sequence[Need] = ()
    offered_expectations: Sequence[Expectation] = ()
    offered_needs: Sequence[Need] = ()

    def tie(self, goal: Goal) -> None:
        """Tie a goal to what it answers; an origin that its author cannot read stays tied."""
        plans = {one.plan_id for one in self.expectations} | {one.plan_id for one in self.needs}
        require(plans <= {goal.plan_id})
        goal.expectations.remove(*[one for one in self.offered_expectations if one not in self.expectations])
        goal.needs.remove(*[one for one in self.offered_needs if one not in self.needs])
        goal.expectations.add(*self.expectations)
        goal.needs.add(*self.needs)


@transaction.atomic
def write_goal(plan: CarePlan, *, by: Member, origins: Origins | None = None, **fields: Any) -> Goal:
    """Add a goal. Its number in the plan never changes and is never used again."""
    plan = CarePlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    require(may_write_goal(by, plan))
    last = Goal.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    goal = Goal.objects.create(
        plan=plan,
        person_id=plan.person_id,
        establishment_id=plan.establishment_id,
        number=last + 1,
        written_by=by,
        **fields,
    )
    if origins is not None:
        origins.tie(goal)
    if plan.step in {Step.GATHERING.value, Step.ASSESSMENT.value} and all(
        condition.met for condition in gate_to_co_construction(facts_of(plan))
    ):
        note_step(plan, Step.CO_CONSTRUCTION, by=by)
    record("goal.written", goal, by=by, person=plan.person)
    return goal


@transaction.atomic
def change_goal(
    goal: Goal, *, version: int, by: Member, origins: Origins | None = None, **fields: Any
) -> Goal:
    """Change a goal. Raises OutOfDate when somebody saved since the form was opened."""
    goal = (
        Goal.objects.select_for_update(of=("self",)).select_related("plan__person", "person").get(pk=goal.pk)
    )
    require(may_write_goal(by, goal.plan))
    if goal.version != version:
        raise OutOfDate(goal)
    shared = keep_level(goal, fields, by=by)
    # A change of state keeps its line whichever way it comes (import, an older form).
    state = fields.pop("status", goal.status)
    if state != goal.status:
        change = note_goal_change(goal, GoalState(state), "", by=by)
        record("goal.status", change, by=by, person=goal.person, before=change.before, after=state)
    for name, value in fields.items():
        setattr(goal, name, value)
    goal.version += 1
    goal.save(update_fields=[*fields, "version"])
    if origins is not None:
        origins.tie(goal)
    record("goal.changed", goal, by=by, person=goal.person, fields=sorted(fields), **shared)
    return goal
