from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from avec.people.models import today
from avec.ui.forms import DayField, PlainForm

from ..models import SignatureLine
from ..rules import AGREED, DrawingRefused, Outcome, strokes_from
from .choice import ChoiceForm

PASSWORD = {"autocomplete": "current-password"}
# Somebody else's browser must not offer to keep it.
NOT_KEPT = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class RoomForm(PlainForm):
    """Before the device goes round: who is there, and nothing else is open."""

    present = forms.MultipleChoiceField(
        label=_("Qui est là, pour signer\u00a0?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Cochez les personnes qui sont là."),
            "invalid_choice": _("Cette personne ne signe plus ici\u00a0: relisez la page."),
        },
    )
    closed = forms.BooleanField(
        label=_("J’ai fermé les autres dossiers ouverts sur cet appareil."),
        error_messages={"required": _("Fermez d’abord les autres dossiers, puis cochez.")},
    )

    def __init__(self, *args: Any, lines: Iterable[SignatureLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [(str(line.pk), line.name) for line in lines]  # type: ignore[attr-defined]


class RoomChoiceForm(ChoiceForm):
    """What a signatory chose on a device that others hold."""

    come_back_on = DayField(
        label=_("Nous en reparlons avant le"),
        required=False,
        help_text=_("Sans date, l’équipe revient dans 7 jours après un oui à voix haute."),
    )
    witness_name = forms.CharField(
        label=_("Qui voit faire la croix\u00a0?"), required=False, max_length=160, strip=True
    )
    drawn = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_come_back_on(self) -> Any:
        day = self.cleaned_data["come_back_on"]
        if day is not None and day < today():
            raise forms.ValidationError(_("Écrivez une date à venir."))
        return day

    def clean_drawn(self) -> list[list[list[int]]]:
        try:
            strokes = strokes_from(self.cleaned_data["drawn"])
        except DrawingRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return [[list(point) for point in stroke] for stroke in strokes]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        outcome = data.get("outcome")
        # What belongs to another answer than the one given is not kept with it.
        if outcome and Outcome(outcome) not in AGREED:
            data["drawn"] = []
        if outcome != Outcome.MARK.value:
            data["witness_name"] = ""
        if outcome not in {Outcome.ORAL.value, Outcome.NOT_NOW.value}:
            data["come_back_on"] = None
        return data


class HereForm(PlainForm):
    """On somebody else's device: the signatory's own password."""

    password = forms.CharField(
        label=_("Mon mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs=NOT_KEPT),
        error_messages={"required": _("Écrivez votre mot de passe\u00a0: il dit que c’est bien vous.")},
    )


class HostForm(PlainForm):
    """The host of the device proves who they are. Each says what it is asked for, and what to do when it fails."""

    missing: Any
    wrong: Any
    too_many: Any
    password = forms.CharField(
        label=_("Votre mot de passe"), strip=False, widget=forms.PasswordInput(attrs=PASSWORD)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].error_messages["required"] = self.missing


class AttestForm(HostForm):
    """Who holds the device answers for what was chosen in front of them."""

    missing = _("Écrivez votre mot de passe\u00a0: c’est vous qui attestez.")
    wrong = _("Ce n’est pas le bon mot de passe. Le choix est gardé\u00a0: essayez encore.")
    too_many = _("Trop d’essais. Attendez quelques minutes, puis recommencez. Le choix est gardé.")


class GiveBackForm(HostForm):
    """The host takes the device back."""

    missing = _("Écrivez votre mot de passe\u00a0: il rend l’appareil à l’équipe.")
    wrong = _("Ce n’est pas le bon mot de passe\u00a0: essayez encore.")
    too_many = _("Trop d’essais. Attendez quelques minutes, puis recommencez, ou quittez Avec.")
