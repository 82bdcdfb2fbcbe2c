"""The changes of a goal, and the slip that whoever made it may still put right."""

from datetime import timedelta

from django.utils import timezone

from avec.accounts.models import Member

from .models import Goal, GoalChange
from .rules.goal_moves import GoalState

# A slip is put right by whoever made it, while it is fresh; later, the goal is taken up again with a reason.
SLIP = timedelta(hours=1)


def note_goal_change(goal: Goal, after: GoalState, reason: str, *, by: Member) -> GoalChange:
    """Put the goal in a state, and keep when, by whom and why. The caller checked, and leaves the trace."""
    change = GoalChange.objects.create(
        goal=goal, before=goal.status, after=after.value, reason=reason.strip(), by=by
    )
    goal.status = after.value
    goal.save(update_fields=["status"])
    return change


def last_slip(goal: Goal, member: Member) -> GoalChange | None:
    """The last change of the goal, when this member just made it and may still undo it."""
    change = goal.changes.order_by("-at").first()
    fresh = change is not None and change.by_id == member.pk and change.at >= timezone.now() - SLIP
    return change if fresh else None
