from .choice import ARTICLE_CHOICES, MARK, OUTCOMES, ChoiceForm, ConfirmForm
from .room import AttestForm, HereForm, RoomChoiceForm, RoomForm
from .verify import MAX_PDF, VerifyForm

__all__ = [
    "ARTICLE_CHOICES",
    "MARK",
    "MAX_PDF",
    "OUTCOMES",
    "AttestForm",
    "ChoiceForm",
    "ConfirmForm",
    "HereForm",
    "RoomChoiceForm",
    "RoomForm",
    "VerifyForm",
]
