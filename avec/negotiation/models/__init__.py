from .grounds import Ground, NatureChoice
from .negotiations import (
    ContextChoice,
    Negotiation,
    NextStepChoice,
    PhaseChoice,
    ResultChoice,
)
from .outcomes import Outcome, OutcomeChoice
from .refusals import AskedAgain, CareRefusal, RefusalNote, RefusalStance
from .table import Move, Party, Point

__all__ = [
    "AskedAgain",
    "CareRefusal",
    "ContextChoice",
    "Ground",
    "Move",
    "NatureChoice",
    "Negotiation",
    "NextStepChoice",
    "Outcome",
    "OutcomeChoice",
    "Party",
    "PhaseChoice",
    "Point",
    "RefusalNote",
    "RefusalStance",
    "ResultChoice",
]
