import calendar
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from avec.accounts.vocabulary import worded


class Every(StrEnum):
    """The unit of the recurrence, as RFC 5545 names it."""

    DAY = "DAILY"
    WEEK = "WEEKLY"
    MONTH = "MONTHLY"
    YEAR = "YEARLY"


class Part(StrEnum):
    """A part of the day, for what has no hour."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


Moment = time | Part

# Where a part of the day falls among hours: to sort, never to show.
PART_HOURS = {
    Part.MORNING: time(8),
    Part.NOON: time(12),
    Part.AFTERNOON: time(14),
    Part.EVENING: time(18),
    Part.NIGHT: time(22),
}
DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
ON_REQUEST = "ON_REQUEST"


class RhythmRefused(ValueError):
    """A rhythm that we cannot read or that never happens. The message is for the screen."""


@dataclass(frozen=True, order=True)
class Weekday:
    """A day of the week (Monday is 0); `nth` inside the month: 1 to 4, or LAST."""

    day: int
    nth: int | None = None


@dataclass(frozen=True)
class Rhythm:
    """When an activity is done: every so often, or on request, or once on a date."""

    every: Every | None = None
    interval: int = 1
    days: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None
    times: tuple[Moment, ...] = ()
    on_request: bool = False
    once_on: date | None = None

    def __post_init__(self) -> None:
        for name, order in (
            ("days", lambda at: ((at.nth or 0) % 6, at.day)),  # the last one after the fourth
            ("month_days", lambda day: day % 33),  # the last day after the 31st
            ("months", lambda month: month),
            ("times", lambda at: (hour_of(at), isinstance(at, Part))),
        ):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)), key=order)))
        _check(self)

    def to_rrule(self) -> str:
        """The RFC 5545 rule, without times; empty when nothing recurs."""
        if self.every is None:
            return ""
        parts = [f"FREQ={self.every}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.months:
            parts.append("BYMONTH=" + ",".join(map(str, self.months)))
        if self.month_days:
            parts.append("BYMONTHDAY=" + ",".join(map(str, self.month_days)))
        if self.days:
            parts.append("BYDAY=" + ",".join(f"{at.nth or ''}{DAY_CODES[at.day]}" for at in self.days))
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)

    def to_code(self) -> str:
        """The whole rhythm on one line, to be kept: « FREQ=WEEKLY;BYDAY=TU @ 10:30,evening »."""
        if self.on_request:
            code = ON_REQUEST
        elif self.once_on:
            code = f"ON={self.once_on.isoformat()}"
        else:
            code = self.to_rrule()
        hours = ",".join(at if isinstance(at, Part) else f"{at:%H:%M}" for at in self.times)
        return f"{code} @ {hours}" if hours else code


def hour_of(moment: Moment) -> time:
    """Where a moment falls in the day, to sort."""
    return PART_HOURS[moment] if isinstance(moment, Part) else moment.replace(tzinfo=None)


def _check(rhythm: Rhythm) -> None:
    """Everything that a rhythm may not be, each with its sentence."""
    kinds = (rhythm.every is not None, rhythm.on_request, rhythm.once_on is not None)
    if kinds.count(True) != 1:
        raise RhythmRefused(
            worded("Choisissez un rythme, ou « quand %(short_the)s le demande », ou une seule date.")
        )
    details = rhythm.days or rhythm.month_days or rhythm.months or rhythm.count or rhythm.until
    if rhythm.every is None and (details or rhythm.interval != 1):
        raise RhythmRefused("Ce qui n’a pas de rythme n’a pas non plus de jours ni de fin.")
    if not 1 <= rhythm.interval <= 99:
        raise RhythmRefused("L’intervalle va de 1 à 99.")
    if rhythm.count is not None and (rhythm.until is not None or not 1 <= rhythm.count <= 999):
        raise RhythmRefused("Choisissez soit un nombre de fois, soit une date de fin.")
    if any(not isinstance(at, Part) and (at.second or at.microsecond or at.tzinfo) for at in rhythm.times):
        raise RhythmRefused("Une heure s’écrit en heures et minutes.")
    _check_days(rhythm)
    _check_dates(rhythm)


def _check_days(rhythm: Rhythm) -> None:
    if any(not 0 <= at.day <= 6 or at.nth not in (None, 1, 2, 3, 4, LAST) for at in rhythm.days):
        raise RhythmRefused(
            "Choisissez un jour de la semaine : le premier, le deuxième… ou le dernier du mois."
        )
    if rhythm.days and rhythm.every not in (Every.WEEK, Every.MONTH):
        raise RhythmRefused("Les jours de la semaine vont avec un rythme par semaine ou par mois.")
    if rhythm.every == Every.WEEK and any(at.nth for at in rhythm.days):
        raise RhythmRefused("« Le premier lundi » va avec un rythme par mois.")
    if rhythm.every == Every.MONTH and any(at.nth is None for at in rhythm.days):
        raise RhythmRefused("Pour « chaque lundi », choisissez un rythme par semaine.")


def _check_dates(rhythm: Rhythm) -> None:
    if any(day != LAST and not 1 <= day <= 31 for day in rhythm.month_days):
        raise RhythmRefused("Le jour du mois va de 1 à 31.")
    if any(not 1 <= month <= 12 for month in rhythm.months):
        raise RhythmRefused("Le mois va de 1 à 12.")
    if rhythm.month_days and (rhythm.days or rhythm.every not in (Every.MONTH, Every.YEAR)):
        raise RhythmRefused("Choisissez soit des jours de la semaine, soit des dates du mois.")
    if rhythm.months and rhythm.every != Every.YEAR:
        raise RhythmRefused("Les mois vont avec un rythme par an.")
    if rhythm.every == Every.YEAR and rhythm.month_days and not rhythm.months:
        raise RhythmRefused("Choisissez le mois.")
    longest = 2024  # a leap year: the 29th of February happens, the 30th never
    for month in rhythm.months:
        if any(day > calendar.monthrange(longest, month)[1] for day in rhythm.month_days):
            raise RhythmRefused("Cette date n’existe pas dans ce mois.")
