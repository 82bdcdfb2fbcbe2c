"""The care plan: its words, its steps and its gates.

A plan only holds if the person it is about helped to write it. So: an
expectation never stays without an answer, a goal has a term, a priority and an
origin, an activity says how much of the person is in it, and every party has a
position, dated, that may change. Source: domain.md §3; seeds 000 and 003.
"""

from .answers import AnswerRefused, Reply, check_answer
from .gates import (
    Condition,
    GoalFacts,
    Lack,
    PlanFacts,
    answered,
    conditions_of,
    gate_to_assessment,
    gate_to_co_construction,
    gate_to_contract,
    gate_to_renewal,
    positions_on,
)
from .participation import Counted, Participation, count_participation
from .stances import Stance
from .steps import (
    IN_ORDER,
    MOVES,
    OPEN_STEPS,
    WITH_REASON,
    Move,
    MoveRefused,
    Step,
    check_reason,
    moves_from,
    next_step,
    reopenable,
)

__all__ = [
    "IN_ORDER",
    "MOVES",
    "OPEN_STEPS",
    "WITH_REASON",
    "AnswerRefused",
    "Condition",
    "Counted",
    "GoalFacts",
    "Lack",
    "Move",
    "MoveRefused",
    "Participation",
    "PlanFacts",
    "Reply",
    "Stance",
    "Step",
    "answered",
    "check_answer",
    "check_reason",
    "conditions_of",
    "count_participation",
    "gate_to_assessment",
    "gate_to_co_construction",
    "gate_to_contract",
    "gate_to_renewal",
    "moves_from",
    "next_step",
    "positions_on",
    "reopenable",
]
