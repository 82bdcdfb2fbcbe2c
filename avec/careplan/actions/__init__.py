"""What people do in a care plan: say, answer, aim, act, take position.

Each action checks, writes and leaves its trace in one transaction. Words are
kept as they were said: an answer, a position or a wording is added, never
written over.
"""

from .activities import add_activity, change_activity
from .conflicts import OutOfDate
from .expectations import (
    Replied,
    Said,
    answer_expectation,
    say,
    share_expectation,
    voice_of,
    withdraw_expectation,
)
from .goals import Origins, change_goal, write_goal
from .plans import open_plan, plan_of
from .positions import take_position

__all__ = [
    "Origins",
    "OutOfDate",
    "Replied",
    "Said",
    "add_activity",
    "answer_expectation",
    "change_activity",
    "change_goal",
    "open_plan",
    "plan_of",
    "say",
    "share_expectation",
    "take_position",
    "voice_of",
    "withdraw_expectation",
    "write_goal",
]
