"""A text that stands beside the contract: which one, its date, its file or where it is kept."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from avec.careplan.forms import SHARED, TEAM_ONLY, radios
from avec.documents.forms import DocumentField
from avec.people.models import today
from avec.ui.forms import DayField, PlainForm

from ..models import BesideChoice


class BesideForm(PlainForm):
    kind = radios(_("Quel texte ?"))
    dated_on = DayField(label=_("Daté du"), help_text=_("La date écrite sur ce texte."))
    file = DocumentField(
        label=_("Son fichier"),
        required=False,
        help_text=_("Un PDF ou une image. Il est gardé tel qu’il est."),
    )
    words = forms.CharField(
        label=_("Ou bien : où il est gardé"),
        required=False,
        max_length=250,
        help_text=_("Par exemple : au secrétariat, dans le dossier d’admission."),
    )
    level = radios(_("Partagé"), [*SHARED, TEAM_ONLY], initial="C2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.value, capfirst(str(one.label))) for one in BesideChoice]  # type: ignore[attr-defined]

    def clean_dated_on(self) -> date:
        day: date = self.cleaned_data["dated_on"]
        if day > today():
            raise forms.ValidationError(
                _("Écrivez la date de ce texte : elle ne peut pas être à venir."), code="future"
            )
        return day

    def clean_kind(self) -> BesideChoice:
        return BesideChoice(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        # A file that could not be read has its own sentence already.
        if "file" in data and data["file"] is None and not data.get("words", "").strip():
            self.add_error("words", _("Donnez le fichier, ou écrivez où ce texte est gardé."))
        return data
