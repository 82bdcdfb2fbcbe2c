"""Printing cards and forms; copying what a paper says."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.ui.forms import PlainForm, words_field

from ..answering import WORDS, AnswerRefused, read_answer
from ..cards import tidy
from ..models import PARTS_OF, Campaign, SideChoice
from ..rules import LEVELS, NOT_CONCERNED, Criterion, Kind, Side
from ..said import part_words

MOST = 200  # of one press: 25 sheets of cards
SIDES = [
    (SideChoice.USER.value, gettext_lazy("Usager")),
    (SideChoice.PROFESSIONAL.value, gettext_lazy("Professionnel")),
]


class PrintForm(PlainForm):
    """So many cards, of one side."""

    side = forms.ChoiceField(
        label=gettext_lazy("Pour quel côté\u00a0?"),
        choices=SIDES,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choisissez un côté."),
            "invalid_choice": gettext_lazy("Choisissez un des deux côtés."),
        },
    )
    count = forms.IntegerField(
        label=gettext_lazy("Combien\u00a0?"),
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Écrivez combien il en faut."),
            "invalid": gettext_lazy("Écrivez un nombre, par exemple 8."),
            "min_value": gettext_lazy("Il en faut au moins une."),
            "max_value": gettext_lazy("200 au plus à la fois. Imprimez la suite ensuite."),
        },
    )


class FormsForm(PrintForm):
    """So many paper forms, of one side, in one of two layouts."""

    layout = forms.ChoiceField(
        label=gettext_lazy("Comment\u00a0?"),
        choices=[
            ("wheel", gettext_lazy("La roue à remplir, une page")),
            ("list", gettext_lazy("En gros caractères et mots simples, une question après l’autre")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choisissez une présentation."),
            "invalid_choice": gettext_lazy("Choisissez une des deux présentations."),
        },
    )


def rate(code: str) -> str:
    return f"rate_{code}"


class CopyForm(PlainForm):
    """What one paper says. Nothing of it is kept before it is sent: no draft holds an answer."""

    code = forms.CharField(
        label=gettext_lazy("Le code, en haut du papier"),
        required=False,
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    side = forms.ChoiceField(
        label=gettext_lazy("Ce papier n’a pas de code\u00a0: de quel côté vient-il\u00a0?"),
        required=False,
        choices=SIDES,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choisissez un des deux côtés.")},
    )
    part = forms.ChoiceField(
        label=gettext_lazy("Qui a rempli ce papier, si c’est dit"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choisissez une ligne de la liste.")},
    )
    own_code = forms.CharField(
        label=gettext_lazy("Le code que cette personne a inventé"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    words = words_field(
        3,
        label=gettext_lazy("Les mots ajoutés, tels quels"),
        help_text=gettext_lazy("600 signes au plus."),
        required=False,
        max_length=WORDS,
        error_messages={
            "max_length": gettext_lazy("600 signes au plus\u00a0: gardez l’essentiel, avec ses mots.")
        },
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        self.instrument = campaign.barometer.instrument
        # Sent back with something to mend, the page leads to the mistakes first.
        self.fields["code"].widget.attrs["autofocus"] = not self.is_bound
        if campaign.kind != Kind.PSEUDONYMOUS.value:
            del self.fields["own_code"]
        sides = {Side.USER: _("Un usager"), Side.PROFESSIONAL: _("Un professionnel")}
        self.fields["part"].choices = [  # type: ignore[attr-defined]
            ("", _("Ce n’est pas dit")),
            *(
                (sides[side], [(part.value, part_words(part)) for part in PARTS_OF[side]])
                for side in PARTS_OF
            ),
        ]
        for criterion in self.instrument.criteria:
            self.fields[rate(criterion.code)] = forms.ChoiceField(
                label=f"{criterion.number}. {criterion.label}",
                required=False,
                choices=[
                    *((str(level), str(level)) for level in LEVELS),
                    (NOT_CONCERNED, _("non concerné")),
                    ("", _("vide")),
                ],
                widget=forms.RadioSelect,
                error_messages={
                    "invalid_choice": _(
                        "Choisissez de 0 à 4, «\u00a0non concerné\u00a0» ou «\u00a0vide\u00a0»."
                    )
                },
            )

    def rows(self) -> Iterator[tuple[Criterion, BoundField]]:
        for criterion in self.instrument.criteria:
            yield criterion, self[rate(criterion.code)]

    def clean_code(self) -> str:
        return tidy(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("code") and not found.get("side") and not self.errors:
            self.add_error("code", _("Recopiez le code du papier, ou dites plus bas de quel côté il vient."))
        given = {one.code: found.get(rate(one.code), "") for one in self.instrument.criteria}
        if not any(name.startswith("rate_") for name in self.errors):
            try:
                found["ratings"] = read_answer(self.campaign, given)
            except AnswerRefused:
                first = rate(self.instrument.criteria[0].code)
                self.add_error(first, _("Rien n’est noté\u00a0: recopiez au moins une réponse."))
        return found
