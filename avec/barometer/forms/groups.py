from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.models import Establishment, Unit
from avec.ui.forms import PlainForm, words_field

from ..models import GroupKind, SideChoice

SHARED = [choice for choice in GroupKind if choice != GroupKind.PAIR]


class GroupForm(PlainForm):
    """A group that measures its partnership. A pair is made otherwise (views/pairs.py)."""

    name = forms.CharField(
        label=gettext_lazy("Son nom"),
        max_length=120,
        help_text=gettext_lazy(
            "Celui que tout le monde lui donne\u00a0: « Repas et sorties », « Unité Les Acacias »…"
        ),
        error_messages={"required": gettext_lazy("Écrivez le nom du groupe.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("C’est"),
        widget=forms.RadioSelect,
        choices=[],
        error_messages={"required": gettext_lazy("Choisissez de quelle sorte de groupe il s’agit.")},
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Dans une unité"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("Tout l’établissement"),
    )
    about = words_field(
        label=gettext_lazy("Ce qu’il fait"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Une phrase suffit."),
    )

    def __init__(self, *args: Any, house: Establishment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (choice.value, choice.label[0].upper() + choice.label[1:]) for choice in SHARED
        ]
        units = Unit.objects.filter(establishment=house).order_by("name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if not units.exists():
            del self.fields["unit"]

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in self.fields}


class SideForm(PlainForm):
    """Which side somebody answers on."""

    side = forms.ChoiceField(
        choices=SideChoice.choices,
        error_messages={"required": gettext_lazy("Choisissez de quel côté cette personne répond.")},
    )

    def first_error(self) -> str:
        return str(next(iter(self.errors.values()))[0]) if self.errors else _("Choisissez un côté.")
