from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..rules import usual_period


class PeriodForm(forms.Form):
    """From when to when the contract runs, and when it is read again together."""

    starts_on = forms.DateField(
        label=_("Le contrat commence le"), widget=forms.DateInput(attrs={"type": "date"})
    )
    ends_on = forms.DateField(label=_("Il finit le"), widget=forms.DateInput(attrs={"type": "date"}))
    review_on = forms.DateField(
        label=_("Nous le relisons ensemble avant le"),
        help_text=_("Au moins une fois par an, et à chaque changement important de la vie."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        ends_on, review_on = usual_period(today)
        kwargs.setdefault("initial", {"starts_on": today, "ends_on": ends_on, "review_on": review_on})
        super().__init__(*args, **kwargs)
        # A date field shows what a browser's own calendar reads.
        for field in self.fields.values():
            field.widget.format = "%Y-%m-%d"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts_on, ends_on, review_on = (data.get(name) for name in ("starts_on", "ends_on", "review_on"))
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("Écrivez une date de fin après la date de début."))
        elif starts_on and ends_on and (ends_on - starts_on).days > 366:
            self.add_error("ends_on", _("Un contrat dure un an au plus : écrivez une date plus proche."))
        elif starts_on and review_on and ends_on and not starts_on < review_on <= ends_on:
            self.add_error("review_on", _("Écrivez une date entre le début et la fin du contrat."))
        return data
