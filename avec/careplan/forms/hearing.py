from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.people.banner import Around
from avec.people.models import today
from avec.ui.forms import DayField, PlainForm, words_field

from ..rules.hearing import WAYS, HearingRefused, check_ways
from .expectations import said_field
from .parts import marked, people_around, radios


class TranscribeForm(PlainForm):
    """What is heard in a recording, written once."""

    words = said_field(
        label=gettext_lazy("Ce qui est dit, mot à mot"),
        help_text=gettext_lazy(
            "Écoutez jusqu’au bout. Écrivez comme c’est dit, sans corriger : ces mots ne changeront plus."
        ),
    )


class ConfirmForm(PlainForm):
    """Somebody else saw the same thing."""

    who = radios(
        gettext_lazy("Qui l’a vu aussi ?"), error_messages={"required": gettext_lazy("Dites qui l’a vu.")}
    )
    words = words_field(
        3,
        label=gettext_lazy("Ce qui a été vu"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Quelques mots suffisent, ou rien."),
    )
    seen_on = DayField(label=gettext_lazy("Vu le"), required=False)

    def __init__(self, *args: Any, circle: Sequence[Around], may_confirm_self: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = {str(around.relative.pk): around for around in circle}
        me = [("me", marked("professional", _("moi")))] if may_confirm_self else []
        self.fields["who"].choices = [*me, *people_around(circle)]  # type: ignore[attr-defined]

    def clean_seen_on(self) -> Any:
        day = self.cleaned_data["seen_on"]
        if day is not None and day > today():
            raise forms.ValidationError(_("Ce jour est à venir : écrivez le jour où cela a été vu."))
        return day


class WaysForm(PlainForm):
    """What was tried to hear somebody who does not speak, and what came of it."""

    ways = forms.MultipleChoiceField(
        label=gettext_lazy("Ce que nous avons essayé"),
        choices=[(way.value, words) for way, words in WAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = words_field(
        4,
        label=gettext_lazy("Ce que cela a donné"),
        required=False,
        max_length=4000,
        help_text=gettext_lazy("Qui, quand, avec quoi ; ce qui a aidé, ce qui n’a pas marché."),
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        try:
            check_ways(data.get("ways", ()), data.get("words", ""))
        except HearingRefused as refused:
            self.add_error("words" if data.get("ways") else "ways", str(refused))
        return data
