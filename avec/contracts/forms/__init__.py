from .choice import ARTICLE_CHOICES, OUTCOMES, ChoiceForm, ConfirmForm
from .verify import MAX_PDF, VerifyForm

__all__ = [
    "ARTICLE_CHOICES",
    "MAX_PDF",
    "OUTCOMES",
    "ChoiceForm",
    "ConfirmForm",
    "VerifyForm",
]
