from collections.abc import Sequence
from typing import Any

from django.db import transaction

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record

from ..models import (
    Activity,
    CarePlan,
    Goal,
)
from ..policy import (
    may_change_activity,
    may_write_goal,
)
from ..sharing import keep_level
from .conflicts import OutOfDate


@transaction.atomic
def add_activity(plan: CarePlan, *, goals: list[Goal], by: Member, **fields: Any) -> Activity:
    require(may_write_goal(by, plan))
    require(all(goal.plan_id == plan.pk for goal in goals))
    activity = Activity.objects.create(
        plan=plan, person_id=plan.person_id, establishment_id=plan.establishment_id, written_by=by, **fields
    )
    activity.goals.set(goals)
    record("activity.added", activity, by=by, person=plan.person)
    return activity


@transaction.atomic
def change_activity(
    activity: Activity,
    *,
    version: int,
    by: Member,
    goals: Sequence[Goal] | None = None,
    offered: Sequence[Goal] = (),
    **fields: Any,
) -> Activity:
    """Change an activity. Raises OutOfDate when somebody saved since the form was opened.

    `goals`: the goals it serves, among those `offered` to its author; the others stay tied.
    """
    activity = (
        Activity.objects.select_for_update(of=("self",)).select_related("plan", "person").get(pk=activity.pk)
    )
    require(may_change_activity(by, activity))
    if activity.version != version:
        raise OutOfDate(activity)
    shared = keep_level(activity, fields, by=by)
    for name, value in fields.items():
        setattr(activity, name, value)
    activity.version += 1
    activity.save(update_fields=[*fields, "version"])
    if goals is not None:
        require(all(goal.plan_id == activity.plan_id for goal in goals))
        activity.goals.remove(*[goal for goal in offered if goal not in goals])
        activity.goals.add(*goals)
    record("activity.changed", activity, by=by, person=activity.person, fields=sorted(fields), **shared)
    return activity
