"""The forms of the clocks. A sentence for each thing to mend; what was typed stays."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from avec.people.models import Stay, today
from avec.ui.forms import DayField, PlainForm

from .models import (
    AnchorChoice,
    AppliesChoice,
    Deadline,
    EvidenceChoice,
    OutcomeChoice,
    ProfileChoice,
    SpanChoice,
    WeightChoice,
)
from .rules import Anchor, EvidenceKind, Outcome

WORDS = {
    "required": _("Écrivez quelques mots."),
    "max_length": _("Écrivez moins de %(limit_value)d lettres."),
}
# A proof older than this is a slip of the keyboard: nobody hands a notice ten years before.
EARLIEST_BEFORE = 365 * 3


def past(day: date | None) -> date | None:
    if day is not None and day > today():
        raise forms.ValidationError(_("Écrivez une date passée, ou celle d’aujourd’hui."), code="future")
    return day


class EvidenceForm(PlainForm):
    deadline = forms.ChoiceField(
        label=_("Pour quel délai ?"), error_messages={"required": _("Choisissez un délai dans la liste.")}
    )
    outcome = forms.ChoiceField(
        label=_("Que s’est-il passé ?"),
        choices=OutcomeChoice.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Ne pas signer se note pour un contrat seulement. C’est un choix à respecter."),
    )
    done_on = DayField(label=_("Quel jour ?"))
    words = forms.CharField(
        label=_("Comment, par qui"),
        max_length=300,
        required=False,
        error_messages=WORDS,
        help_text=_("Par exemple : remis en main propre par Sonia Benali, lu avec sa fille."),
    )

    def __init__(self, *args: Any, deadlines: Iterable[Deadline], stay: Stay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deadlines = {str(row.pk): row for row in deadlines}
        self.stay = stay
        choices = [(pk, row.label) for pk, row in self.deadlines.items()]
        self.fields["deadline"].choices = [("", _("Choisir")), *choices]  # type: ignore[attr-defined]

    def clean_deadline(self) -> Deadline:
        return self.deadlines[self.cleaned_data["deadline"]]

    def clean_outcome(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"] or Outcome.DONE)

    def clean_done_on(self) -> date | None:
        day = past(self.cleaned_data["done_on"])
        if day is not None and (self.stay.admitted_on - day).days > EARLIEST_BEFORE:
            raise forms.ValidationError(
                _("Cette date est bien avant l’arrivée. Vérifiez l’année."), code="early"
            )
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        row = data.get("deadline")
        if row and data.get("outcome") == Outcome.REFUSED and row.evidence != EvidenceKind.SIGNING.value:
            self.add_error(
                "outcome",
                _("Ce délai n’attend pas de signature. Choisissez « c’est fait », ou un autre délai."),
            )
        return data


class ReasonForm(PlainForm):
    reason = forms.CharField(
        label=_("Pourquoi l’annuler ?"),
        max_length=300,
        error_messages=WORDS,
        help_text=_("Cela reste lisible dans l’historique, avec votre nom et ces mots."),
    )


class StayDatesForm(PlainForm):
    interview_on = DayField(
        label=_("Jour de l’entretien d’admission"),
        required=False,
        help_text=_(
            "La notice sur la personne de confiance se remet avant. Laissez vide si le jour n’est pas fixé."
        ),
    )
    short = forms.BooleanField(label=_("Le séjour dure moins de deux mois par an"), required=False)

    def __init__(self, *args: Any, stay: Stay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stay = stay

    def clean_interview_on(self) -> date | None:
        day: date | None = self.cleaned_data["interview_on"]
        if day is None:
            return None
        if abs((day - self.stay.admitted_on).days) > EARLIEST_BEFORE:
            raise forms.ValidationError(
                _("Cette date est bien loin de l’arrivée. Vérifiez l’année."), code="far"
            )
        return day


class LifeEventForm(PlainForm):
    happened_on = DayField(label=_("Quel jour ?"))
    words = forms.CharField(
        label=_("Qu’est-ce qui a changé ?"),
        max_length=300,
        error_messages=WORDS,
        help_text=_("Par exemple : un déménagement, un deuil, un retour d’hôpital. L’équipe seule le lit."),
    )

    def clean_happened_on(self) -> date | None:
        return past(self.cleaned_data["happened_on"])


class ProfileForm(PlainForm):
    profile = forms.ChoiceField(
        label=_("Quel pays ?"),
        choices=ProfileChoice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un pays.")},
    )


NUMBER = {
    "required": _("Écrivez un nombre, 0 pour le jour même."),
    "invalid": _("Écrivez un nombre, 0 pour le jour même."),
    "min_value": _("Écrivez un nombre, 0 pour le jour même."),
    "max_value": _("Écrivez %(limit_value)s au plus."),
}
CHOICE = {"required": _("Choisissez dans la liste."), "invalid_choice": _("Choisissez dans la liste.")}


class DeadlineForm(PlainForm):
    label = forms.CharField(label=_("Ce qui est à faire"), max_length=200, error_messages=WORDS)
    source = forms.CharField(
        label=_("Source"),
        max_length=250,
        error_messages=WORDS,
        help_text=_("Un texte avec son article, une recommandation, ou « règle de la maison »."),
    )
    weight = forms.ChoiceField(
        label=_("Poids"), choices=WeightChoice.choices, widget=forms.RadioSelect, error_messages=CHOICE
    )
    to_check = forms.BooleanField(
        label=_("À vérifier à la source : le texte officiel n’a pas encore été lu"), required=False
    )
    count = forms.IntegerField(label=_("Combien ?"), min_value=0, max_value=3660, error_messages=NUMBER)
    span = forms.ChoiceField(label=_("De quoi ?"), choices=SpanChoice.choices, error_messages=CHOICE)
    before = forms.BooleanField(label=_("Avant ce jour, et non après"), required=False)
    anchor = forms.ChoiceField(label=_("Compté depuis"), choices=AnchorChoice.choices, error_messages=CHOICE)
    applies = forms.ChoiceField(label=_("Pour qui ?"), choices=AppliesChoice.choices, error_messages=CHOICE)
    evidence = forms.ChoiceField(
        label=_("Ce qui en fait preuve"), choices=EvidenceChoice.choices, error_messages=CHOICE
    )
    warn_days = forms.IntegerField(
        label=_("Prévenir combien de jours avant ?"), min_value=0, max_value=366, error_messages=NUMBER
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        count, span = data.get("count"), data.get("span")
        if count is not None and span and span != SpanChoice.DAYS.value and count > 120:
            self.add_error("count", _("Écrivez 120 au plus, ou comptez en jours."))
        waits = data.get("anchor") in {anchor.value for anchor in SETTLING}
        settles = data.get("evidence") == EvidenceChoice.SETTLED.value
        if data.get("anchor") and data.get("evidence") and waits != settles:
            self.add_error(
                "evidence",
                _("Ce qui attend dans le projet a le projet pour preuve : choisissez « le projet lui-même ».")
                if waits
                else _(
                    "Le projet lui-même ne prouve que ce qui attend dans le projet. Choisissez une autre preuve."
                ),
            )
        return data

    def fields_of_deadline(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


SETTLING = (Anchor.EXPECTATION, Anchor.POSTPONED, Anchor.ASK_AGAIN, Anchor.GOAL_TERM)


def deadline_initial(row: Deadline) -> dict[str, Any]:
    return {name: getattr(row, name) for name in DeadlineForm.base_fields}


def key_in(text: str, deadlines: Iterable[Deadline]) -> str:
    """The key of a row among these, or nothing."""
    try:
        key = UUID(text)
    except ValueError:
        return ""
    return str(key) if any(row.pk == key for row in deadlines) else ""
