from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record
from avec.people.models import today

from ..doers import (
    LIVE,
    ActivityRefused,
    Doer,
    check_dates,
    end_of,
    in_words,
    note_first_participation,
    note_participation,
    write_doers,
)
from ..models import (
    Activity,
    ActivityStatus,
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
def add_activity(
    plan: CarePlan,
    *,
    goals: list[Goal],
    by: Member,
    performers: Sequence[Doer] | None = None,
    **fields: Any,
) -> Activity:
    """Add who does what. `performers`: who does it; their names are then written in `performer`."""
    require(may_write_goal(by, plan))
    require(all(goal.plan_id == plan.pk for goal in goals))
    check_dates(fields.get("starts_at"), fields.get("ends_at"))
    if performers is not None:
        fields["performer"] = in_words(performers, plan.person)
    activity = Activity.objects.create(
        plan=plan, person_id=plan.person_id, establishment_id=plan.establishment_id, written_by=by, **fields
    )
    if performers is not None:
        write_doers(activity, performers)
    activity.goals.set(goals)
    note_participation(activity, by=by)
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
    performers: Sequence[Doer] | None = None,
    **fields: Any,
) -> Activity:
    """Change an activity. Raises OutOfDate when somebody saved since the form was opened.

    `goals`: the goals it serves, among those `offered` to its author; the others stay tied.
    `performers`: who does it, when the form asked; else the words in `performer` stay.
    """
    activity = (
        Activity.objects.select_for_update(of=("self",)).select_related("plan", "person").get(pk=activity.pk)
    )
    require(may_change_activity(by, activity))
    if activity.version != version:
        raise OutOfDate(activity)
    check_dates(fields.get("starts_at", activity.starts_at), fields.get("ends_at", activity.ends_at))
    shared = keep_level(activity, fields, by=by)
    if performers is not None:
        fields["performer"] = in_words(performers, activity.person)
    before = (activity.participation, activity.status in LIVE)
    note_first_participation(activity)
    for name, value in fields.items():
        setattr(activity, name, value)
    activity.version += 1
    activity.save(update_fields=[*fields, "version"])
    if performers is not None:
        write_doers(activity, performers)
    if goals is not None:
        require(all(goal.plan_id == activity.plan_id for goal in goals))
        activity.goals.remove(*[goal for goal in offered if goal not in goals])
        activity.goals.add(*goals)
    if before != (activity.participation, activity.status in LIVE):
        note_participation(activity, by=by)
    record("activity.changed", activity, by=by, person=activity.person, fields=sorted(fields), **shared)
    return activity


@transaction.atomic
def end_activity(activity: Activity, *, on: date, by: Member, done: bool = True) -> Activity:
    """An activity is over (`done`), or will not be done: from that day it counts no more."""
    activity = (
        Activity.objects.select_for_update(of=("self",)).select_related("plan", "person").get(pk=activity.pk)
    )
    require(may_change_activity(by, activity))
    if activity.status not in LIVE:
        raise ActivityRefused(_("Cette action est déjà finie."))
    if on > today():
        raise ActivityRefused(_("Ce jour est à venir : écrivez plutôt une date de fin dans l’action."))
    ends_at = end_of(on)
    check_dates(activity.starts_at, ends_at)
    note_first_participation(activity)
    activity.status = (ActivityStatus.COMPLETED if done else ActivityStatus.CANCELLED).value
    activity.ends_at = ends_at
    activity.version += 1
    activity.save(update_fields=["status", "ends_at", "version"])
    note_participation(activity, by=by)
    record("activity.ended", activity, by=by, person=activity.person, status=activity.status)
    return activity


@transaction.atomic
def resume_activity(activity: Activity, *, by: Member) -> Activity:
    """Do an activity again: it counts again, without an end."""
    activity = (
        Activity.objects.select_for_update(of=("self",)).select_related("plan", "person").get(pk=activity.pk)
    )
    require(may_change_activity(by, activity))
    if activity.status in LIVE:
        raise ActivityRefused(_("Cette action est déjà en cours."))
    note_first_participation(activity)
    activity.status, activity.ends_at = ActivityStatus.ACTIVE.value, None
    activity.version += 1
    activity.save(update_fields=["status", "ends_at", "version"])
    note_participation(activity, by=by)
    record("activity.resumed", activity, by=by, person=activity.person)
    return activity
