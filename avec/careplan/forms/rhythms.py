"""The rhythm of an activity, with simple controls: every day, some days, every month, once, on request, or in words."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.ui.forms import DayField
from avec.ui.words import WEEKDAYS

from ..rules.rhythm import (
    LAST,
    PART_WORDS,
    Every,
    Moment,
    Part,
    Rhythm,
    RhythmRefused,
    Weekday,
    occurrences,
    parse,
)
from .parts import radios

KINDS = [
    ("daily", gettext_lazy("chaque jour")),
    ("weekly", gettext_lazy("certains jours de la semaine")),
    ("monthly", gettext_lazy("chaque mois")),
    ("once", gettext_lazy("une seule fois")),
    ("request", gettext_lazy("à la demande")),
    ("words", gettext_lazy("autrement, en mots")),
]
NTH = [
    ("", gettext_lazy("n’importe quand dans le mois")),
    ("1", gettext_lazy("le premier")),
    ("2", gettext_lazy("le deuxième")),
    ("3", gettext_lazy("le troisième")),
    ("4", gettext_lazy("le quatrième")),
    (str(LAST), gettext_lazy("le dernier")),
]
HOUR = re.compile(r"([01]?[0-9]|2[0-3])\s*(?:h|:)\s*([0-5][0-9])?")


class RhythmFields(forms.Form):
    """The fields of a rhythm, and the rhythm that they make."""

    rhythm_kind = radios(gettext_lazy("Quand, à quel rythme"), KINDS, required=False)
    rhythm_days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Quels jours"),
        choices=[(str(place), name) for place, name in enumerate(WEEKDAYS)],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rhythm_every = forms.IntegerField(
        label=gettext_lazy("Toutes les combien de semaines"),
        min_value=1,
        max_value=52,
        required=False,
        help_text=gettext_lazy("Vide, ou 1 : chaque semaine."),
        error_messages={
            "invalid": gettext_lazy("Écrivez un nombre de semaines, de 1 à 52."),
            "min_value": gettext_lazy("Écrivez un nombre de semaines, de 1 à 52."),
            "max_value": gettext_lazy("Écrivez un nombre de semaines, de 1 à 52."),
        },
    )
    month_nth = forms.ChoiceField(label=gettext_lazy("Dans le mois"), choices=NTH, required=False)
    month_weekday = forms.ChoiceField(
        label=gettext_lazy("Quel jour"),
        choices=[("", gettext_lazy("choisir un jour")), *[(str(n), name) for n, name in enumerate(WEEKDAYS)]],
        required=False,
    )
    month_day = forms.IntegerField(
        label=gettext_lazy("Ou à quelle date du mois"),
        min_value=1,
        max_value=31,
        required=False,
        error_messages={
            "invalid": gettext_lazy("Écrivez un jour du mois, de 1 à 31."),
            "min_value": gettext_lazy("Écrivez un jour du mois, de 1 à 31."),
            "max_value": gettext_lazy("Écrivez un jour du mois, de 1 à 31."),
        },
    )
    once_on = DayField(label=gettext_lazy("Quel jour"), required=False)
    rhythm_parts = forms.MultipleChoiceField(
        label=gettext_lazy("Moment de la journée"),
        choices=[(part.value, words) for part, words in PART_WORDS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rhythm_hours = forms.CharField(
        label=gettext_lazy("Ou à quelle heure"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Par exemple : 10 h 30, ou 8 h et 18 h."),
    )
    rhythm = forms.CharField(
        label=gettext_lazy("En mots"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Par exemple : après la sieste, s’il fait beau."),
    )

    def rhythm_made(self) -> Rhythm | None:
        """The rhythm that the controls say; None for one in words, or not said. RhythmRefused with a sentence."""
        data = self.cleaned_data
        times = self.times()
        kind = data.get("rhythm_kind")
        if kind == "daily":
            return Rhythm(Every.DAY, times=times)
        if kind == "weekly":
            days = tuple(Weekday(day) for day in data.get("rhythm_days", ()))
            if not days:
                raise RhythmRefused(_("Cochez au moins un jour de la semaine."))
            return Rhythm(Every.WEEK, data.get("rhythm_every") or 1, days, times=times)
        if kind == "monthly":
            return self.monthly(times)
        if kind == "once":
            if not data.get("once_on"):
                raise RhythmRefused(_("Écrivez quel jour."))
            return Rhythm(once_on=data["once_on"], times=times)
        if kind == "request":
            return Rhythm(on_request=True, times=times)
        return None

    def monthly(self, times: tuple[Moment, ...]) -> Rhythm:
        data = self.cleaned_data
        if data.get("month_day"):
            return Rhythm(Every.MONTH, month_days=(data["month_day"],), times=times)
        if data.get("month_nth"):
            if not data.get("month_weekday"):
                raise RhythmRefused(_("Choisissez quel jour de la semaine."))
            day = Weekday(int(data["month_weekday"]), int(data["month_nth"]))
            return Rhythm(Every.MONTH, days=(day,), times=times)
        return Rhythm(Every.MONTH, times=times)

    def times(self) -> tuple[Moment, ...]:
        hours = self.cleaned_data.get("rhythm_hours", "")
        found = [time(int(hour[1]), int(hour[2] or 0)) for hour in HOUR.finditer(hours)]
        if hours.strip() and not found:
            raise RhythmRefused(_("Écrivez l’heure comme « 10 h 30 »."))
        return (*found, *[Part(part) for part in self.cleaned_data.get("rhythm_parts", ())])


def controls_of(code: str, words: str) -> dict[str, Any]:
    """What the controls show for a rhythm kept as a rule, or only in words."""
    try:
        rhythm = parse(code) if code else None
    except RhythmRefused:
        rhythm = None
    shown = simple(rhythm) if rhythm is not None else None
    if rhythm is None or shown is None:
        return {"rhythm_kind": "words" if words else "", "rhythm": words}
    hours = [at for at in rhythm.times if not isinstance(at, Part)]
    return shown | {
        "rhythm": "",
        "rhythm_parts": [at.value for at in rhythm.times if isinstance(at, Part)],
        "rhythm_hours": ", ".join(
            f"{at.hour} h {at.minute:02}" if at.minute else f"{at.hour} h" for at in hours
        ),
    }


def simple(rhythm: Rhythm) -> dict[str, Any] | None:
    """The controls of a rhythm that they can say; None for one that they cannot, left in words."""
    if rhythm.on_request:
        return {"rhythm_kind": "request"}
    if rhythm.once_on is not None:
        return {"rhythm_kind": "once", "once_on": rhythm.once_on}
    if rhythm.count is not None or rhythm.until is not None or rhythm.months:
        return None
    if rhythm.every == Every.DAY and rhythm.interval == 1:
        return {"rhythm_kind": "daily"}
    if rhythm.every == Every.WEEK and rhythm.days:
        days = [str(day.day) for day in rhythm.days]
        return {"rhythm_kind": "weekly", "rhythm_days": days, "rhythm_every": rhythm.interval}
    if rhythm.every == Every.MONTH and rhythm.interval == 1:
        return monthly_controls(rhythm)
    return None


def monthly_controls(rhythm: Rhythm) -> dict[str, Any] | None:
    if len(rhythm.days) + len(rhythm.month_days) > 1 or LAST in rhythm.month_days:
        return None
    shown: dict[str, Any] = {"rhythm_kind": "monthly"}
    if rhythm.month_days:
        shown["month_day"] = rhythm.month_days[0]
    if rhythm.days:
        shown |= {"month_nth": str(rhythm.days[0].nth), "month_weekday": str(rhythm.days[0].day)}
    return shown


def next_days(rhythm: Rhythm, starts_on: date, until: date) -> list[date]:
    """The next three days on which it happens."""
    days = [occurrence.day for occurrence in occurrences(rhythm, starts_on, until, limit=30)]
    return list(dict.fromkeys(days))[:3]
