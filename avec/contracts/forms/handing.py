"""A copy handed over: to whom, on which day, how, and of which text."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from avec.people.models import today
from avec.ui.forms import DayField, PlainForm

from ..models import HandingChoice, SignatureLine

OTHER = "other"
HOWS = [
    (HandingChoice.PAPER.value, _("Sur papier, en main propre")),
    (HandingChoice.SPACE.value, _("Dans son espace, montrée ensemble")),
    (HandingChoice.MAIL.value, _("Par un courriel qui dit seulement qu’elle attend dans son espace")),
]


class HandingForm(PlainForm):
    to = forms.ChoiceField(
        label=_("La copie est pour"),
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choisissez à qui la copie est remise.")},
    )
    name = forms.CharField(label=_("Son nom, si c’est quelqu’un d’autre"), required=False, max_length=250)
    how = forms.ChoiceField(
        label=_("Comment"),
        choices=HOWS,
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choisissez comment la copie est remise.")},
    )
    on = DayField(
        label=_("Le jour"), help_text=_("Un courriel part tout de suite\u00a0: son jour est aujourd’hui.")
    )
    what = forms.ChoiceField(
        label=_("Quel texte"),
        choices=[("contract", _("le contrat")), ("individual", _("le document individuel (DIPC)"))],
        widget=forms.RadioSelect(),
        error_messages={"required": _("Dites quel texte est remis.")},
    )

    def __init__(
        self, *args: Any, lines: Sequence[SignatureLine], individual: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {str(line.pk): line for line in lines}
        to: Any = self.fields["to"]
        to.choices = [
            *((pk, f"{line.name}, {line.capacity}") for pk, line in self.lines.items()),
            (OTHER, _("Quelqu’un d’autre")),
        ]
        if not individual:
            del self.fields["what"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        other = data.get("to") == OTHER
        if other and not data.get("name", "").strip():
            self.add_error("name", _("Écrivez à qui la copie est remise."))
        if other and data.get("how") == HandingChoice.MAIL.value:
            self.add_error(
                "how", _("Un courriel part seulement à qui signe ce contrat et a un espace dans Avec.")
            )
        if data.get("how") == HandingChoice.MAIL.value and data.get("on") and data["on"] != today():
            self.add_error("on", _("Un courriel part aujourd’hui\u00a0: écrivez la date du jour."))
        return data

    @property
    def line(self) -> SignatureLine | None:
        return self.lines.get(self.cleaned_data["to"])

    @property
    def handed_to(self) -> str:
        return self.line.name if self.line else self.cleaned_data["name"]
