"""What a clock believes: a deadline is an anchor and an offset, counted in days of the establishment's calendar.

A month is a month: the same day, or the last one when it does not exist there.
A clock waits for its anchor rather than guess it; it says done only with a
proof, and who or what gives it. A choice not to sign closes the clock of the
signature: it is an answer, never a delay. Nothing here knows the database.
Sources: domain.md §3 (CASF L311-3, L311-4, D311); delays without an official
text read are marked « to check at source ».
"""

from .cells import neutral
from .clock import (
    ORDER,
    WAITED_FOR,
    Anchor,
    Applies,
    Clock,
    Contracted,
    EvidenceKind,
    Facts,
    Outcome,
    Proof,
    ProofSource,
    Row,
    State,
    Waiting,
    Weight,
    by_date,
    by_state,
    read_clock,
    worst,
)
from .days import Offset, Span, due_on, today_in
from .profiles import PROFILES, Profile

__all__ = [
    "ORDER",
    "PROFILES",
    "WAITED_FOR",
    "Anchor",
    "Applies",
    "Clock",
    "Contracted",
    "EvidenceKind",
    "Facts",
    "Offset",
    "Outcome",
    "Profile",
    "Proof",
    "ProofSource",
    "Row",
    "Span",
    "State",
    "Waiting",
    "Weight",
    "by_date",
    "by_state",
    "due_on",
    "neutral",
    "read_clock",
    "today_in",
    "worst",
]
