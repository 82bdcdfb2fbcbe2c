"""The workbench of the next version: what may go in, who signs and why, what the text would say. Writes nothing."""

from .chosen import (
    Offer,
    Preview,
    Reserve,
    always_in,
    changes_of,
    choice_of,
    current_contract,
    offers_of,
    preview,
    reserves_on,
    same_choice,
    usual_choice,
)
from .easy import EasyChecked, EasyToMend, easy_checked
from .signers import Care, SignerRow, Signers, signers_of

__all__ = [
    "Care",
    "EasyChecked",
    "EasyToMend",
    "Offer",
    "Preview",
    "Reserve",
    "SignerRow",
    "Signers",
    "always_in",
    "changes_of",
    "choice_of",
    "current_contract",
    "easy_checked",
    "offers_of",
    "preview",
    "reserves_on",
    "same_choice",
    "signers_of",
    "usual_choice",
]
