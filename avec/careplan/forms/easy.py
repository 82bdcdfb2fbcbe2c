"""The easy words of a goal or of an activity, and its picture."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from avec.ui.forms import PictosField, words_field


class OnePictoField(PictosField):
    """One picture at most, kept as its key."""

    most = 1

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {"too_many": gettext_lazy("Gardez une seule image.")}
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return chosen[0] if chosen else ""


def easy_words_field(help_text: Any) -> forms.CharField:
    return words_field(
        3, label=gettext_lazy("En facile à lire"), required=False, max_length=1000, help_text=help_text
    )


def picto_field() -> OnePictoField:
    return OnePictoField(
        label=gettext_lazy("Une image"),
        required=False,
        help_text=gettext_lazy("Elle se montre à côté des mots, jamais seule."),
    )
