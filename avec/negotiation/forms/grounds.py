from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from avec.accounts.wording import worded_lazy
from avec.people.models import today
from avec.ui.forms import DayField, PlainForm, words_field

from ..actions import Grounded
from ..models import Ground, NatureChoice
from ..rules.grounds import NATURES, USUALLY
from ..rules.usual import COUNTRIES

FIXED = [(nature.value, NatureChoice(nature.value).label) for nature in NATURES]


class GroundForm(PlainForm):
    nature = forms.ChoiceField(
        label=_("D’où cela vient"),
        choices=FIXED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez d’où cela vient.")},
    )
    words = forms.CharField(
        label=_("Ce qui ne se négocie pas"),
        max_length=250,
        error_messages={"required": _("Écrivez ce qui ne se négocie pas.")},
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=250,
        help_text=_(
            "Un texte avec son article, un règlement avec sa date, une recommandation, une ordonnance."
        ),
        error_messages={
            "required": _("Écrivez la source\u00a0: sans elle, rien ne dit que cela ne se négocie pas.")
        },
    )
    easy_words = words_field(
        3,
        label=_("Pourquoi, en mots simples"),
        max_length=1000,
        required=False,
        help_text=worded_lazy(_("Ce que l’on dit %(short_to_the)s. Des phrases courtes.")),
    )
    open_words = words_field(
        3,
        label=_("Ce qui reste à discuter autour"),
        max_length=1000,
        required=False,
        help_text=worded_lazy(_("Les horaires, le lieu, qui le fait, l’ordre, la part %(short_of_the)s.")),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def grounded(self) -> Grounded:
        return Grounded(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


def ground_initial(ground: Ground) -> dict[str, Any]:
    return {name: getattr(ground, name) for name in GroundForm.base_fields}


class ReviewForm(PlainForm):
    checked = forms.BooleanField(
        label=_("J’ai lu le texte à la source\u00a0: l’article existe, et dit cela"), required=False
    )
    reviewed_on = DayField(label=_("Relu le"))
    review_by = DayField(label=_("À relire avant le"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def review_initial(ground: Ground) -> dict[str, Any]:
    now: date = today()
    return {
        "checked": ground.checked,
        "reviewed_on": now,
        "review_by": now + USUALLY,
        "version": ground.version,
    }


class CountryForm(PlainForm):
    country = forms.ChoiceField(
        label=_("Quel pays\u00a0?"),
        choices=[(code, label) for code, (label, _usual) in COUNTRIES.items()],
        widget=forms.RadioSelect,
        initial="fr",
        error_messages={"required": _("Choisissez un pays."), "invalid_choice": _("Choisissez un pays.")},
    )
