from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.ui.forms import DayField, PlainForm, words_field

from ..models import OVER, DecisionState
from ..rules import Instrument


class DecisionForm(PlainForm):
    words = forms.CharField(
        label=_("Ce que nous décidons"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Une seule chose à faire, par exemple «\u00a0s’asseoir pour expliquer\u00a0»."),
        error_messages={"required": _("Écrivez ce que vous décidez.")},
    )
    criteria = forms.MultipleChoiceField(
        label=_("C’est à propos de"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choisissez parmi les critères de la page.")},
    )
    user_name = forms.CharField(
        label=_("Du côté des usagers"),
        max_length=80,
        error_messages={"required": _("Écrivez un nom\u00a0: une décision se porte à deux.")},
    )
    professional_name = forms.CharField(
        label=_("Du côté des professionnels"),
        max_length=80,
        error_messages={"required": _("Écrivez un nom\u00a0: une décision se porte à deux.")},
    )
    due_on = DayField(label=_("D’ici le"))
    sign = forms.CharField(
        label=_("À quoi nous saurons que c’est réussi"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Quelque chose que chaque côté peut voir."),
        error_messages={"required": _("Écrivez ce que chaque côté pourra voir.")},
    )

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"].choices = [  # type: ignore[attr-defined]
            (criterion.code, f"{criterion.number}. {criterion.label}") for criterion in instrument.criteria
        ]

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise ValidationError(_("Ce jour est passé\u00a0: choisissez un jour à venir."))
        return day


class FollowForm(PlainForm):
    """Where a decision is; once it is over, in both voices."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    state = forms.ChoiceField(
        label=_("Où ça en est"),
        choices=DecisionState.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez où ça en est."),
            "invalid_choice": _("Choisissez parmi les réponses de la page."),
        },
    )
    due_on = DayField(label=_("D’ici le"))
    user_outcome = words_field(3, label=_("Ce que les usagers en disent"), required=False, max_length=1000)
    professional_outcome = words_field(
        3, label=_("Ce que les professionnels en disent"), required=False, max_length=1000
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("state") in OVER:
            for name in ("user_outcome", "professional_outcome"):
                if not data.get(name):
                    self.add_error(name, _("C’est fini\u00a0: écrivez ce qu’en dit ce côté."))
        return data
