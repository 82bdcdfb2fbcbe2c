"""The answer of each party to the text read back, and what is asked of who concludes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.careplan.forms.parts import radios
from avec.people.models import today
from avec.ui.forms import DayField, PlainForm, words_field

from ..models import NextStepChoice
from ..rules import Answer

ANSWERS: list[tuple[str, Any]] = [
    (Answer.YES.value, gettext_lazy("oui")),
    (Answer.RESERVATIONS.value, gettext_lazy("oui, avec des réserves")),
    (Answer.NO.value, gettext_lazy("non")),
]


class AnswerForm(PlainForm):
    """One party's answer; `read` is the number of the text that it read."""

    party = forms.CharField(widget=forms.HiddenInput)
    read = forms.IntegerField(widget=forms.HiddenInput, required=False)
    answer = radios(
        gettext_lazy("Cette personne accepte-t-elle ce texte\u00a0?"),
        ANSWERS,
        error_messages={"required": gettext_lazy("Choisissez oui, oui avec des réserves, ou non.")},
    )
    words = words_field(
        2,
        label=gettext_lazy("Ses mots\u00a0: ses réserves, ou pourquoi c’est non"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Ils seront écrits tels quels, à côté du texte."),
    )

    def __init__(self, *args: Any, party: str, **kwargs: Any) -> None:
        # Several stand on one page: each has its own fields.
        super().__init__(*args, prefix=f"r-{party}", **kwargs)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("answer") == Answer.RESERVATIONS.value and len(data.get("words", "").strip()) < 2:
            self.add_error("words", _("Écrivez les réserves, en quelques mots."))
        return data


class ConcludeForm(PlainForm):
    """`seen`: the last move that the page showed. The next step is asked when the agreement is not total."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    next_step = radios(
        gettext_lazy("Et maintenant\u00a0?"),
        NextStepChoice.choices,
        error_messages={
            "required": gettext_lazy("L’accord n’est pas entier\u00a0: dites ce qui se passe ensuite.")
        },
    )
    next_on = DayField(
        label=gettext_lazy("À quelle date"),
        error_messages={"required": gettext_lazy("Choisissez une date pour la suite.")},
    )
    next_words = words_field(
        2,
        label=gettext_lazy("En quelques mots"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Par exemple\u00a0: qui prend le rendez-vous, et où."),
    )
    sure = forms.BooleanField(
        label=gettext_lazy(
            "Nous avons relu ce qui entre dans le projet. Après, cette négociation ne change plus."
        ),
        error_messages={"required": gettext_lazy("Relisez ce qui entre dans le projet, puis cochez.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, total: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if total:
            for name in ("next_step", "next_on", "next_words"):
                del self.fields[name]

    def clean_next_on(self) -> date:
        day: date = self.cleaned_data["next_on"]
        if day < today():
            raise forms.ValidationError(
                _("Cette date est passée\u00a0: choisissez aujourd’hui ou plus tard.")
            )
        return day

    def next_fields(self) -> dict[str, Any]:
        names = ("next_step", "next_on", "next_words")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
