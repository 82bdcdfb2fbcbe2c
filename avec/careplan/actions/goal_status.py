from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record

from ..changes import last_slip, note_goal_change
from ..models import CarePlan, Goal, GoalChange
from ..policy import may_write_goal
from ..rules.goal_moves import GoalMove, GoalMoveRefused, GoalState, state_after


@transaction.atomic
def change_goal_status(goal: Goal, move: GoalMove, reason: str = "", *, by: Member) -> GoalChange:
    """Remove a goal, put it aside, reach it or take it up again. GoalMoveRefused, with a sentence, when it cannot be."""
    goal = (
        Goal.objects.select_for_update(of=("self",)).select_related("plan__person", "person").get(pk=goal.pk)
    )
    require(may_write_goal(by, goal.plan))
    change = note_goal_change(goal, state_after(move, goal.status, reason), reason, by=by)
    record("goal.status", change, by=by, person=goal.person, before=change.before, after=change.after)
    return change


@transaction.atomic
def undo_goal_change(goal: Goal, *, by: Member) -> GoalChange:
    """Put right one's own slip: the goal is as it was, and both lines stay in the history."""
    goal = (
        Goal.objects.select_for_update(of=("self",)).select_related("plan__person", "person").get(pk=goal.pk)
    )
    require(may_write_goal(by, goal.plan))
    slip = last_slip(goal, by)
    if slip is None or goal.status != slip.after:
        raise GoalMoveRefused(_("Ce changement ne s’annule plus : reprenez l’objectif, en disant pourquoi."))
    why = _("Annulé aussitôt : c’était une erreur.")
    change = note_goal_change(goal, GoalState(slip.before), why, by=by)
    record("goal.status", change, by=by, person=goal.person, before=change.before, after=change.after)
    return change


@transaction.atomic
def put_goals_aside(plan: CarePlan, reasons: Mapping[UUID, str], *, by: Member) -> list[GoalChange]:
    """Put several goals aside at once, each with its reason: all of them, or none."""
    plan = CarePlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    require(may_write_goal(by, plan))
    goals = Goal.objects.select_for_update(of=("self",)).filter(plan=plan)
    found = goals.in_bulk(list(reasons))
    require(len(found) == len(reasons))
    changes = [
        note_goal_change(goal, state_after(GoalMove.PUT_ASIDE, goal.status, reasons[pk]), reasons[pk], by=by)
        for pk, goal in found.items()
    ]
    for change in changes:
        record("goal.status", change, by=by, person=plan.person, before=change.before, after=change.after)
    return changes
