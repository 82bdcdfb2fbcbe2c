"""A negotiation: the search for an agreement, on stakes that can be named, in a limited time.

Nobody negotiates about a person without them: they are a party, or somebody
speaks for them and the record says why. What the law or a prescription
requires takes no concession, and is explained; how it is carried out may be
talked over. Each party answers in its own name. What is concluded does not
change. Source: domain.md §4; seed 000 (« La négociation », four phases), seed 002.
"""

from .balance import Balance, PartyBalance, balance_of
from .gates import (
    Condition,
    Lack,
    gate_of,
    gate_to_conclude,
    gate_to_conclusion,
    gate_to_explore,
    gate_to_positions,
)
from .moves import (
    ANSWERS,
    MOVED_BY_PARTY,
    NEGOTIABLE,
    NOT_NEGOTIABLE,
    PHASES,
    Answer,
    Becomes,
    Move,
    Nature,
    OutcomeKind,
    Phase,
    Result,
    Understood,
    Verb,
    is_negotiable,
)
from .play import LONGEST, NOT_NOW, MoveRefused, check, play
from .table import Concession, Offer, Outcome, Party, Point, Position, Stake, Table, replay

__all__ = [
    "ANSWERS",
    "LONGEST",
    "MOVED_BY_PARTY",
    "NEGOTIABLE",
    "NOT_NEGOTIABLE",
    "NOT_NOW",
    "PHASES",
    "Answer",
    "Balance",
    "Becomes",
    "Concession",
    "Condition",
    "Lack",
    "Move",
    "MoveRefused",
    "Nature",
    "Offer",
    "Outcome",
    "OutcomeKind",
    "Party",
    "PartyBalance",
    "Phase",
    "Point",
    "Position",
    "Result",
    "Stake",
    "Table",
    "Understood",
    "Verb",
    "balance_of",
    "check",
    "gate_of",
    "gate_to_conclude",
    "gate_to_conclusion",
    "gate_to_explore",
    "gate_to_positions",
    "is_negotiable",
    "play",
    "replay",
]
