from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from avec.ui.forms import DayField, PlainForm, words_field

from ..actions import Reread

ALONE, OTHERS = "alone", "others"


class RereadForm(PlainForm):
    """Who read the easy text again, which day, and whether all is clear."""

    who = forms.ChoiceField(
        label=_("Qui a relu ?"),
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choisissez qui a relu.")},
    )
    readers = forms.CharField(
        label=_("Le nom de ceux qui ont relu"),
        required=False,
        max_length=250,
        help_text=_(
            "Des personnes concernées : par exemple « Karim et Lucie, du groupe de relecture ». Pas l’équipe."
        ),
    )
    agreed = forms.BooleanField(required=False)
    read_on = DayField(label=_("Relu le"))
    clear = forms.ChoiceField(
        label=_("Ce qui a été dit"),
        choices=[("yes", _("Tout est clair.")), ("no", _("Quelque chose n’est pas clair."))],
        widget=forms.RadioSelect(),
        error_messages={"required": _("Dites si tout est clair.")},
    )
    remarks = words_field(
        rows=4,
        label=_("Ce qui n’est pas clair"),
        required=False,
        help_text=_("La phrase ou le mot, et ce qui serait plus simple."),
    )
    # The print of the text that was read: what is kept is said of these very words.
    text = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())

    def __init__(self, *args: Any, called: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.called = called
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (ALONE, _now("%(name)s, sans montrer le texte à d’autres") % {"name": called}),
            (OTHERS, _now("D’autres personnes concernées, avec ou sans %(name)s") % {"name": called}),
        ]
        self.fields["agreed"].label = _now("%(name)s est d’accord pour que d’autres lisent ce texte.") % {
            "name": called
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("who") == OTHERS:
            if not str(data.get("readers", "")).strip():
                self.add_error("readers", _("Écrivez qui a relu."))
            if not data.get("agreed"):
                self.add_error(
                    "agreed",
                    _now("Ce texte parle de %(name)s : demandez d’abord son accord, puis cochez.")
                    % {"name": self.called},
                )
        if data.get("clear") == "no" and not str(data.get("remarks", "")).strip():
            self.add_error("remarks", _("Écrivez ce qui n’est pas clair."))
        return data

    def reread(self) -> Reread:
        data = self.cleaned_data
        alone = data["who"] == ALONE
        return Reread(
            easy_print=data["text"],
            readers=self.called if alone else data["readers"],
            # Reading one's own text asks nobody's leave.
            agreed=alone or data["agreed"],
            read_on=data["read_on"],
            clear=data["clear"] == "yes",
            remarks=data["remarks"],
        )
