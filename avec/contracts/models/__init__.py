"""The tables of the care contract, one module per subject."""

from .after import BesideChoice, ContractEnd, EndChoice, NextChoice, NextStep, TextBeside
from .contracts import (
    SIGNED_STATES,
    CareContract,
    Clause,
    ClauseOrigin,
    ContractQuerySet,
    SignatoryChoice,
    SignatureLine,
    State,
)
from .drafts import ContractDraft, ContractDraftQuerySet
from .proof import (
    HandingChoice,
    Handover,
    IndividualCopy,
    IndividualDocument,
    IndividualWhyChoice,
    ProofReading,
    SealedCopy,
    StampedCopy,
)
from .signatories import DemandChoice, MeasureChoice, SigningRule
from .signing import FINAL, OutcomeChoice, PaperScan, Signature, WayChoice

__all__ = [
    "FINAL",
    "SIGNED_STATES",
    "BesideChoice",
    "CareContract",
    "Clause",
    "ClauseOrigin",
    "ContractDraft",
    "ContractDraftQuerySet",
    "ContractEnd",
    "ContractQuerySet",
    "DemandChoice",
    "EndChoice",
    "HandingChoice",
    "Handover",
    "IndividualCopy",
    "IndividualDocument",
    "IndividualWhyChoice",
    "MeasureChoice",
    "NextChoice",
    "NextStep",
    "OutcomeChoice",
    "PaperScan",
    "ProofReading",
    "SealedCopy",
    "SignatoryChoice",
    "Signature",
    "SignatureLine",
    "SigningRule",
    "StampedCopy",
    "State",
    "TextBeside",
    "WayChoice",
]
