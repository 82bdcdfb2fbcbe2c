"""The care plan: its words, its steps and its gates.

A plan only holds if the person it is about helped to write it. So: an
expectation never stays without an answer, a goal has a term, a priority and an
origin, an activity says how much of the person is in it, and every party has a
position, dated, that may change. Source: domain.md §3; seeds 000 and 003.
"""

from .answers import AnswerRefused, Reply, check_answer
from .gates import Condition, GoalFacts, PlanFacts, gate_to_contract
from .participation import Counted, Participation, count_participation
from .stances import Stance
from .steps import OPEN_STEPS, Step

__all__ = [
    "OPEN_STEPS",
    "AnswerRefused",
    "Condition",
    "Counted",
    "GoalFacts",
    "Participation",
    "PlanFacts",
    "Reply",
    "Stance",
    "Step",
    "check_answer",
    "count_participation",
    "gate_to_contract",
]
