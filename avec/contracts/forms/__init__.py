from .choice import ARTICLE_CHOICES, MARK, OUTCOMES, ChoiceForm, ConfirmForm
from .room import AttestForm, GiveBackForm, HereForm, HostForm, RoomChoiceForm, RoomForm
from .verify import MAX_PDF, VerifyForm

__all__ = [
    "ARTICLE_CHOICES",
    "MARK",
    "MAX_PDF",
    "OUTCOMES",
    "AttestForm",
    "ChoiceForm",
    "ConfirmForm",
    "GiveBackForm",
    "HereForm",
    "HostForm",
    "RoomChoiceForm",
    "RoomForm",
    "VerifyForm",
]
