from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avec.accounts.wording import worded_lazy
from avec.careplan.forms.parts import SHARED, radios
from avec.people.models import today
from avec.ui.forms import DayField, PlainForm, words_field

from ..actions import Followed, Refused
from ..models import RefusalStance
from ..rules.refusals import USUALLY, RefusalRefused, check_day, check_refused_on

LONGEST = 4000
HOW = [
    ("said", worded_lazy(_("%(short_the)s l’a dit, ou montré pour répondre"))),
    ("seen", worded_lazy(_("on l’a vu\u00a0: %(short_the)s ne l’a pas dit"))),
]
AGAIN_LABEL = _("On me redemande\u00a0:")
AGAIN = [("1", _("demain")), ("7", _("dans une semaine")), ("30", _("dans un mois"))]


def usual_day() -> date:
    return today() + USUALLY


class AskedDayField(DayField):
    """The day it is asked again: always to come, within the year."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("On redemande le"))
        kwargs.setdefault("help_text", _("Dans une semaine, d’habitude. Dans l’année, au plus tard."))
        words = {"required": _("Écrivez quel jour on redemande.")}
        super().__init__(error_messages=words | kwargs.pop("error_messages", {}), **kwargs)

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day is None:
            return None
        try:
            return check_day(day, today())
        except RefusalRefused as refused:
            raise forms.ValidationError(str(refused), code="day") from refused


class FollowedFields(PlainForm):
    """What the team did of it."""

    information = words_field(
        3,
        label=_("Ce qui a été expliqué"),
        max_length=LONGEST,
        required=False,
        help_text=_(
            "Ce que le soin apporte, et ce qui peut arriver sans lui\u00a0; par qui, avec quels mots."
        ),
    )
    alternatives = words_field(
        3,
        label=_("Ce qui a été proposé à la place"),
        max_length=LONGEST,
        required=False,
        help_text=_("Un autre moment, une autre façon, quelqu’un d’autre, un autre soin."),
    )
    told = words_field(
        2,
        label=_("Qui a été prévenu"),
        max_length=LONGEST,
        required=False,
        help_text=_("Le médecin, la famille avec son accord, la personne de confiance\u00a0: qui, quand."),
    )
    care_goes_on = words_field(
        3,
        label=_("Comment les soins continuent"),
        max_length=LONGEST,
        required=False,
        help_text=_("Ce que l’on fait en attendant. Les soins continuent autrement."),
    )

    @property
    def followed(self) -> Followed:
        data = self.cleaned_data
        return Followed(data["information"], data["alternatives"], data["told"], data["care_goes_on"])


class RefusalForm(FollowedFields):
    """A refusal that the team writes down, in the person's words."""

    care = forms.CharField(
        label=_("Quel soin"),
        max_length=160,
        help_text=_("Par exemple\u00a0: le pansement du matin, les bas de contention."),
        error_messages={"required": _("Écrivez quel soin est refusé.")},
    )
    how = radios(_("Comment on le sait"), HOW, initial="said")
    words = words_field(
        3,
        label=_("Ses mots, tels quels\u00a0; ou ce que vous avez vu"),
        max_length=LONGEST,
        error_messages={"required": _("Écrivez ses mots, ou ce que vous avez vu.")},
    )
    refused_on = DayField(label=_("Refusé le"), initial=today)
    ask_again_on = AskedDayField(initial=usual_day)
    level = radios(_("Partagé"), SHARED[::-1], initial="C2")

    field_order: Sequence[str] = (
        "care",
        "how",
        "words",
        "refused_on",
        "information",
        "alternatives",
        "told",
        "care_goes_on",
        "ask_again_on",
        "level",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["information"].required = True
        self.fields["information"].error_messages["required"] = str(
            _("Écrivez ce qui a été expliqué, ou qu’il reste à expliquer.")
        )

    def clean_refused_on(self) -> date:
        day: date = self.cleaned_data["refused_on"]
        try:
            check_refused_on(day, today())
        except RefusalRefused as refused:
            raise forms.ValidationError(str(refused), code="day") from refused
        return day

    @property
    def refused(self) -> Refused:
        data = self.cleaned_data
        return Refused(
            care=data["care"],
            words=data["words"],
            observed=data["how"] == "seen",
            refused_on=data["refused_on"],
            ask_again_on=data["ask_again_on"],
            followed=self.followed,
            level=data["level"],
        )


def again_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=AGAIN_LABEL,
        choices=AGAIN,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        initial="7",
        help_text=_("Si je ne coche rien\u00a0: dans une semaine."),
    )


def again_on(days: int | None) -> date:
    return today() + (timedelta(days=days) if days else USUALLY)


class OwnRefusalForm(PlainForm):
    """« Je ne veux pas ce soin »: which one, my words, when I am asked again, who reads it."""

    care = forms.CharField(
        label=_("Quel soin je ne veux pas"),
        max_length=160,
        help_text=_("Par exemple\u00a0: la douche, le pansement, un médicament."),
        error_messages={"required": _("J’écris quel soin je ne veux pas.")},
    )
    words = words_field(
        3,
        label=_("Avec mes mots"),
        max_length=LONGEST,
        help_text=_("Pourquoi je ne veux pas. Ou seulement\u00a0: je ne veux pas."),
        error_messages={"required": _("J’écris avec mes mots. Par exemple\u00a0: je ne veux pas.")},
    )
    again = again_field()
    level = radios(
        _("Qui lira mes mots\u00a0?"),
        [("C2", _("mon équipe")), ("C1", _("mon équipe et mes proches autorisés"))],
        initial="C2",
    )

    @property
    def refused(self) -> Refused:
        data = self.cleaned_data
        return Refused(data["care"], data["words"], again_on(data["again"]), level=data["level"])


class AskAgainForm(PlainForm):
    """What was answered when it was asked again."""

    stance = radios(_("La réponse"), RefusalStance.choices)
    words = words_field(3, label=_("Ses mots, tels quels"), max_length=LONGEST, required=False)
    ask_again_on = AskedDayField(
        required=False, initial=usual_day, help_text=_("Ne compte pas si la réponse est oui.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        no_day = data.get("ask_again_on") is None and "ask_again_on" not in self.errors
        if data.get("stance") and data["stance"] != RefusalStance.YES and no_day:
            self.add_error("ask_again_on", _("Écrivez quel jour on redemande."))
        if data.get("stance") == RefusalStance.YES:
            # The day does not count then: a mistake in it is nobody's concern.
            self.errors.pop("ask_again_on", None)
        return data

    @property
    def day(self) -> date | None:
        return self.cleaned_data.get("ask_again_on")


MINE = [
    (RefusalStance.STILL_NO.value, pgettext_lazy("refusal", "Non, je ne veux pas")),
    (RefusalStance.NOT_NOW.value, pgettext_lazy("refusal", "Pas maintenant")),
    (RefusalStance.IN_PART.value, pgettext_lazy("refusal", "Oui, mais pas tout")),
    (RefusalStance.YES.value, pgettext_lazy("refusal", "Oui, je veux bien")),
]


class OwnAskAgainForm(PlainForm):
    stance = radios(
        _("Et maintenant\u00a0?"), MINE, error_messages={"required": _("Je coche une des réponses.")}
    )
    words = words_field(
        3,
        label=_("Avec mes mots"),
        max_length=LONGEST,
        required=False,
        help_text=_("Je peux ne rien écrire."),
    )
    again = again_field()
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def day(self) -> date:
        return again_on(self.cleaned_data["again"])


class CompleteForm(FollowedFields):
    """What was done since: at least one of the lines."""

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors and not any(value.strip() for value in data.values()):
            raise forms.ValidationError(_("Écrivez au moins une des lignes."), code="empty")
        return data
