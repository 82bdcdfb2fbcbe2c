"""What people do at the table: each move is one dated line, never written over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Phase(StrEnum):
    FRAME = "frame"
    EXPLORE = "explore"
    POSITIONS = "positions"
    CONCLUDE = "conclude"
    CONCLUDED = "concluded"


# The four phases, in order; « concluded » is where they lead.
PHASES = (Phase.FRAME, Phase.EXPLORE, Phase.POSITIONS, Phase.CONCLUDE)


class Verb(StrEnum):
    # Who is at the table, on what, until when.
    JOIN = "join"
    LEAVE = "leave"
    ALOUD = "aloud"
    AIM = "aim"
    ACCEPT_AIM = "accept_aim"
    REFUSE_AIM = "refuse_aim"
    DEADLINE = "deadline"
    EXTEND = "extend"
    ADD_POINT = "add_point"
    CLASS_POINT = "class_point"
    DROP_POINT = "drop_point"
    EXPLAIN = "explain"
    # What each party is after.
    STAKE = "stake"
    KEEP_STAKE = "keep_stake"
    # Positions and concessions.
    POSITION = "position"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    SETTLE = "settle"
    UNSETTLE = "unsettle"
    # The whole.
    GATHER = "gather"
    GO_ON = "go_on"
    REOPEN = "reopen"
    READ_BACK = "read_back"
    ANSWER = "answer"
    CONCLUDE = "conclude"


# Moves made by a party in its own name, or told aloud and noted as such.
MOVED_BY_PARTY = frozenset(
    {
        Verb.ACCEPT_AIM,
        Verb.REFUSE_AIM,
        Verb.STAKE,
        Verb.KEEP_STAKE,
        Verb.POSITION,
        Verb.OFFER,
        Verb.ACCEPT,
        Verb.DECLINE,
        Verb.WITHDRAW,
        Verb.ANSWER,
    }
)


class Nature(StrEnum):
    """What a point is about. The first five can be negotiated, the last four cannot (seed 000)."""

    ORGANISATION = "organisation"
    WHO = "who"
    GOAL = "goal"
    ACTIVITY = "activity"
    PARTICIPATION = "participation"
    LAW = "law"
    HOUSE_RULES = "house_rules"
    RECOMMENDATION = "recommendation"
    PRESCRIPTION = "prescription"


NEGOTIABLE = frozenset({Nature.ORGANISATION, Nature.WHO, Nature.GOAL, Nature.ACTIVITY, Nature.PARTICIPATION})
NOT_NEGOTIABLE = frozenset(Nature) - NEGOTIABLE


def is_negotiable(nature: str) -> bool | None:
    """None while the point is not classed."""
    return Nature(nature) in NEGOTIABLE if nature else None


class OutcomeKind(StrEnum):
    AGREED = "agreed"
    SET_ASIDE = "set_aside"
    DISAGREED = "disagreed"


class Becomes(StrEnum):
    """What an agreed point becomes in the plan."""

    NOTHING = "nothing"
    GOAL = "goal"
    ACTIVITY = "activity"
    SCHEDULE = "schedule"  # an activity that exists already, done otherwise


class Answer(StrEnum):
    YES = "yes"
    RESERVATIONS = "reservations"
    NO = "no"


ANSWERS = tuple(Answer)


class Understood(StrEnum):
    YES = "yes"
    IN_PART = "in_part"
    NO = "no"
    NOT_SAID = "not_said"


class Result(StrEnum):
    TOTAL = "total"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True)
class Move:
    """One thing done at the table.

    `number`: its place in the negotiation, from 1. `party`, `point`: the keys of who moves and of what it is
    about. `about`: the number of an earlier move (the offer answered, the text read back). `detail`: what else
    the verb needs; each key is named in `play`.
    """

    verb: Verb
    number: int = 0
    party: str = ""
    point: str = ""
    about: int = 0
    words: str = ""
    detail: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    day: date = date.min

    @property
    def due_on(self) -> date | None:
        """The deadline that a move sets."""
        given = self.detail.get("due_on")
        return date.fromisoformat(str(given)) if given else None
