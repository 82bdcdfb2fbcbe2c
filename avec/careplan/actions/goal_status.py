from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record

from ..models import CarePlan, Goal, GoalChange
from ..policy import may_write_goal
from ..rules.goal_moves import GoalMove, GoalMoveRefused, GoalState, state_after

# A slip is put right by whoever made it, while it is fresh; later, the goal is taken up again with a reason.
SLIP = timedelta(hours=1)


@transaction.atomic
def change_goal_status(goal: Goal, move: GoalMove, reason: str = "", *, by: Member) -> GoalChange:
    """Remove a goal, put it aside, reach it or take it up again. GoalMoveRefused, with a sentence, when it cannot be."""
    goal = (
        Goal.objects.select_for_update(of=("self",)).select_related("plan__person", "person").get(pk=goal.pk)
    )
    require(may_write_goal(by, goal.plan))
    after = state_after(move, goal.status, reason)
    return note_goal_change(goal, after, reason, by=by)


def note_goal_change(goal: Goal, after: GoalState, reason: str, *, by: Member) -> GoalChange:
    """Put the goal in a state, and keep when, by whom and why. The caller decided that it may be."""
    change = GoalChange.objects.create(
        goal=goal, before=goal.status, after=after.value, reason=reason.strip(), by=by
    )
    goal.status = after.value
    goal.save(update_fields=["status"])
    record("goal.status", change, by=by, person=goal.person, before=change.before, after=change.after)
    return change


def last_slip(goal: Goal, member: Member) -> GoalChange | None:
    """The last change of the goal, when this member just made it and may still undo it."""
    change = goal.changes.order_by("-at").first()
    fresh = change is not None and change.by_id == member.pk and change.at >= timezone.now() - SLIP
    return change if fresh else None


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
    return note_goal_change(goal, GoalState(slip.before), _("Annulé aussitôt : c’était une erreur."), by=by)


@transaction.atomic
def put_goals_aside(plan: CarePlan, reasons: Mapping[UUID, str], *, by: Member) -> list[GoalChange]:
    """Put several goals aside at once, each with its reason: all of them, or none."""
    plan = CarePlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    require(may_write_goal(by, plan))
    goals = Goal.objects.select_for_update(of=("self",)).select_related("person").filter(plan=plan)
    found = goals.in_bulk(list(reasons))
    require(len(found) == len(reasons))
    return [
        note_goal_change(goal, state_after(GoalMove.PUT_ASIDE, goal.status, reasons[pk]), reasons[pk], by=by)
        for pk, goal in found.items()
    ]
