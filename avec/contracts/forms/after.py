"""What follows a choice not to sign, and the end of a contract."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from avec.careplan.forms import radios
from avec.people.models import today
from avec.ui.forms import DayField, PlainForm, words_field

from ..models import CareContract, EndChoice, NextChoice

# What may come next: its name, what it is, one line each.
NEXT = [
    (NextChoice.TALK.value, _("En reparler"), _("L’équipe revient en parler, un autre jour.")),
    (
        NextChoice.NEGOTIATE.value,
        _("Négocier ce qui ne va pas"),
        _("Chacun dit ce qui compte pour lui, et l’on cherche un accord."),
    ),
    (
        NextChoice.MEDIATOR.value,
        _("Demander une médiation"),
        _("Quelqu’un qui n’a pas pris parti aide à se parler."),
    ),
    (
        NextChoice.QUALIFIED.value,
        _("Appeler une personne qualifiée"),
        _(
            "Elle aide à défendre ses droits. Elle se choisit sur la liste du département (CASF, art. L311-5)."
        ),
    ),
    (
        NextChoice.DOCUMENT.value,
        _("Écrire le document individuel (DIPC)"),
        _("Le même contenu, sans signature : l’établissement s’engage seul (CASF, art. L311-4)."),
    ),
]


class NextStepForm(PlainForm):
    """What comes next, when, in words that the person reads too."""

    what = radios(
        _("Que décidez-vous ?"),
        NextChoice.choices,
        error_messages={"required": _("Choisissez ce qui suit.")},
    )
    on = DayField(
        label=_("Quand ?"),
        help_text=_("Le jour prévu. Une date proche garde la porte ouverte."),
        error_messages={"required": _("Écrivez quand : sans date, rien ne se passe.")},
    )
    words = words_field(
        label=_("En clair"),
        required=False,
        max_length=1000,
        help_text=_("Avec qui, où, de quoi on parlera. Tous ceux qui lisent ce contrat lisent ces mots."),
    )

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day < today():
            raise forms.ValidationError(_("Écrivez une date à venir."), code="past")
        return day

    def clean_what(self) -> NextChoice:
        return NextChoice(self.cleaned_data["what"])


class EndForm(PlainForm):
    """Since when, and why."""

    on = DayField(
        label=_("Quel jour finit-il ?"),
        help_text=_("Aujourd’hui, ou un jour passé : une fin ne se prévoit pas."),
    )
    why = radios(_("Pourquoi ?"))
    words = words_field(
        label=_("En clair"),
        required=False,
        max_length=1000,
        help_text=_("Tous ceux qui lisent ce contrat lisent ces mots."),
    )

    def __init__(self, *args: Any, contract: CareContract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        self.fields["why"].choices = [(one.value, capfirst(str(one.label))) for one in EndChoice]  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError(
                _("Écrivez le jour même, ou un jour passé : la fin se note quand elle est là."), code="future"
            )
        if day < self.contract.starts_on:
            raise forms.ValidationError(_("Écrivez un jour après le début du contrat."), code="early")
        return day

    def clean_why(self) -> EndChoice:
        return EndChoice(self.cleaned_data["why"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("why") == EndChoice.OTHER and not data.get("words", "").strip():
            self.add_error("words", _("Écrivez la raison."))
        return data
