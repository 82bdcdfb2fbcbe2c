"""What may happen to a goal once it is written: removed, put aside, reached, taken up again.

Nothing is erased: a goal that is removed stays in the history with its reason,
and may come back with another one. A handful of goals are live at once: past
seven, the screen asks which matter most, and lets people decide later.
"""

from dataclasses import dataclass
from enum import StrEnum

from avec.ui.words import nbsp

# « At most a handful live at once » (domain.md §3).
HANDFUL = 7


class GoalState(StrEnum):
    PLANNED = "planned"
    ACTIVE = "active"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    ON_HOLD = "on-hold"


class GoalMove(StrEnum):
    START = "start"
    REACH = "reach"
    PUT_ASIDE = "put_aside"
    REMOVE = "remove"
    TAKE_UP = "take_up"


class GoalMoveRefused(ValueError):
    """This cannot happen to the goal, or not without a word. The message is for the screen."""


@dataclass(frozen=True)
class Way:
    before: frozenset[GoalState]
    after: GoalState
    # Must it say why? A goal that is reached, or starts, speaks for itself.
    says_why: bool


WORKED_ON = frozenset({GoalState.PLANNED, GoalState.ACTIVE})
AWAY = frozenset({GoalState.ON_HOLD, GoalState.COMPLETED, GoalState.CANCELLED})
WAYS: dict[GoalMove, Way] = {
    GoalMove.START: Way(frozenset({GoalState.PLANNED}), GoalState.ACTIVE, says_why=False),
    GoalMove.REACH: Way(WORKED_ON | {GoalState.ON_HOLD}, GoalState.COMPLETED, says_why=False),
    GoalMove.PUT_ASIDE: Way(WORKED_ON, GoalState.ON_HOLD, says_why=True),
    GoalMove.REMOVE: Way(WORKED_ON | {GoalState.ON_HOLD}, GoalState.CANCELLED, says_why=True),
    GoalMove.TAKE_UP: Way(AWAY, GoalState.ACTIVE, says_why=True),
}


def goal_moves_from(state: str) -> list[GoalMove]:
    """What may happen to a goal in this state, in the order in which it is offered."""
    return [move for move, way in WAYS.items() if GoalState(state) in way.before]


def state_after(move: GoalMove, before: str, reason: str) -> GoalState:
    """The state that a move leads to. GoalMoveRefused when it does not start from here, or does not say why."""
    way = WAYS[move]
    if GoalState(before) not in way.before:
        raise GoalMoveRefused(
            nbsp("Cela a déjà été fait, ou ne se fait pas à partir d’ici : relisez la page.")
        )
    if way.says_why and not reason.strip():
        raise GoalMoveRefused(nbsp("Écrivez pourquoi : cela restera dans l’historique."))
    return way.after


def past_a_handful(live: int) -> int:
    """How many live goals there are past the handful."""
    return max(live - HANDFUL, 0)
