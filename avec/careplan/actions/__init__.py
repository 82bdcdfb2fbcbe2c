"""What people do in a care plan: say, answer, aim, act, take position.

Each action checks, writes and leaves its trace in one transaction. Words are
kept as they were said: an answer, a position or a wording is added, never
written over.
"""

from ..doers import ActivityRefused, Doer
from ..voices import own_voice, voice_of
from .activities import add_activity, change_activity, end_activity, resume_activity
from .conflicts import OutOfDate
from .divergences import Side, close_divergence, note_divergence
from .domains import add_domain, add_usual_domains, move_domain, rename_domain, retire_domain
from .evaluations import EvaluationRefused, Told, evaluate_goal, evaluate_goals
from .expectations import (
    Replied,
    Said,
    answer_expectation,
    say,
    share_expectation,
    withdraw_expectation,
)
from .goal_status import change_goal_status, put_goals_aside, undo_goal_change
from .goals import Origins, change_goal, write_goal
from .hearing import confirm_observation, note_ways, transcribe
from .plans import open_plan, plan_of
from .positions import take_position
from .renewals import Carried, Decision, check_decisions, renew_plan
from .steps import GateClosed, gate_of, move_plan, note_step, say_balance, step_before_hold

__all__ = [
    "ActivityRefused",
    "Carried",
    "Decision",
    "Doer",
    "EvaluationRefused",
    "GateClosed",
    "Origins",
    "OutOfDate",
    "Replied",
    "Said",
    "Side",
    "Told",
    "add_activity",
    "add_domain",
    "add_usual_domains",
    "answer_expectation",
    "change_activity",
    "change_goal",
    "change_goal_status",
    "check_decisions",
    "close_divergence",
    "confirm_observation",
    "end_activity",
    "evaluate_goal",
    "evaluate_goals",
    "gate_of",
    "move_domain",
    "move_plan",
    "note_divergence",
    "note_step",
    "note_ways",
    "open_plan",
    "own_voice",
    "plan_of",
    "put_goals_aside",
    "rename_domain",
    "renew_plan",
    "resume_activity",
    "retire_domain",
    "say",
    "say_balance",
    "share_expectation",
    "step_before_hold",
    "take_position",
    "transcribe",
    "undo_goal_change",
    "voice_of",
    "withdraw_expectation",
    "write_goal",
]
