from collections.abc import Sequence
from datetime import time

from avec.ui.words import MONTHS, NBSP, WEEKDAYS, date_full, date_long, elide

from .shape import LAST, Every, Moment, Part, Rhythm, Weekday

PART_WORDS = {
    Part.MORNING: "matin",
    Part.NOON: "midi",
    Part.AFTERNOON: "après-midi",
    Part.EVENING: "soir",
    Part.NIGHT: "nuit",
}
THE_PART = {
    Part.MORNING: "le matin",
    Part.NOON: "le midi",
    Part.AFTERNOON: "l’après-midi",
    Part.EVENING: "le soir",
    Part.NIGHT: "la nuit",
}
NTH = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", LAST: "dernier"}
TIMES_A_YEAR = {1: "une fois", 2: "deux fois", 3: "trois fois", 4: "quatre fois"}


def in_words(rhythm: Rhythm, *, called: str = "la personne") -> str:
    """The rhythm as one says it, to go on a sentence with. `called`: who asks, when it is on request."""
    times = rhythm.times
    if rhythm.on_request:
        said = f"quand {called} le demande"
    elif rhythm.once_on is not None:
        said = f"une seule fois, le {date_full(rhythm.once_on)}"
    else:
        said, times = _recurring(rhythm)
    parts = [said, _join([_moment(at) for at in times]), _end(rhythm)]
    return ", ".join(part for part in parts if part)


def hour(at: time) -> str:
    """« 10 h », « 10 h 30 »."""
    words = f"{at.hour}{NBSP}h"
    return f"{words}{NBSP}{at.minute:02}" if at.minute else words


def _moment(at: Moment) -> str:
    return THE_PART[at] if isinstance(at, Part) else f"à {hour(at)}"


def _join(words: Sequence[str]) -> str:
    """« a, b et c »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def _end(rhythm: Rhythm) -> str:
    if rhythm.count == 1:
        return "une seule fois"
    if rhythm.count is not None:
        return f"{rhythm.count} fois en tout"
    return f"jusqu’au {date_long(rhythm.until)}" if rhythm.until else ""


def _recurring(rhythm: Rhythm) -> tuple[str, tuple[Moment, ...]]:
    """The words, and the times that they do not say yet."""
    if rhythm.every == Every.MONTH:
        return _monthly(rhythm), rhythm.times
    if rhythm.every == Every.YEAR:
        return _yearly(rhythm), rhythm.times
    if rhythm.every == Every.WEEK and not (rhythm.interval == 1 and len(rhythm.days) == 7):
        return _weekly(rhythm)
    if rhythm.interval > 1:
        return _every_few_days(rhythm.interval), rhythm.times
    parts = [PART_WORDS[at] for at in rhythm.times if isinstance(at, Part)]
    if parts and len(parts) == len(rhythm.times):
        return _join([f"chaque {part}" for part in parts]), ()
    return "chaque jour", rhythm.times


def _every_few_days(interval: int) -> str:
    # « Tous les 15 jours » means every second week; fifteen days in earnest are said otherwise.
    return {2: "un jour sur deux", 15: "un jour sur 15"}.get(interval, f"tous les {interval} jours")


def _weekly(rhythm: Rhythm) -> tuple[str, tuple[Moment, ...]]:
    times = rhythm.times
    days = _weekdays([at.day for at in rhythm.days])
    if len(rhythm.days) == 1 and len(times) == 1 and isinstance(times[0], Part):
        days, times = f"{days} {PART_WORDS[times[0]]}", ()
    if rhythm.interval == 1:
        return days or "une fois par semaine", times
    if rhythm.interval == 2:
        weeks = "tous les 15 jours" if len(rhythm.days) < 2 else "une semaine sur deux"
    else:
        weeks = f"toutes les {rhythm.interval} semaines"
    return f"{weeks}, {days}" if days else weeks, times


def _weekdays(days: Sequence[int]) -> str:
    """« le mardi et le jeudi », « du lundi au vendredi »."""
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"du {WEEKDAYS[days[0]]} au {WEEKDAYS[days[-1]]}"
    return _join([f"le {WEEKDAYS[day]}" for day in days])


def _monthly(rhythm: Rhythm) -> str:
    if rhythm.interval > 1:
        said = _in_the_month(rhythm)
        several = f"tous les {rhythm.interval} mois"
        return f"{several}, {said}" if said else several
    if rhythm.days:
        return f"{_nth_days(rhythm.days)} du mois"
    if rhythm.month_days == (LAST,):
        return "le dernier jour du mois"
    if rhythm.month_days:
        return f"{_dates(rhythm.month_days)} de chaque mois{_if_it_exists(rhythm.month_days)}"
    return "une fois par mois"


def _in_the_month(rhythm: Rhythm) -> str:
    if rhythm.days:
        return _nth_days(rhythm.days)
    if rhythm.month_days == (LAST,):
        return "le dernier jour du mois"
    return _dates(rhythm.month_days) + _if_it_exists(rhythm.month_days)


def _nth_days(days: Sequence[Weekday]) -> str:
    """« le premier et le troisième lundi », « le premier lundi et le dernier vendredi »."""
    nths = [f"le {NTH[at.nth]}" for at in days if at.nth]
    if len({at.day for at in days}) == 1:
        return f"{_join(nths)} {WEEKDAYS[days[0].day]}"
    return _join([f"{nth} {WEEKDAYS[at.day]}" for nth, at in zip(nths, days, strict=True)])


def _date(day: int) -> str:
    if day == LAST:
        return "le dernier jour"
    return "le 1er" if day == 1 else f"le {day}"


def _dates(days: Sequence[int]) -> str:
    return _join([_date(day) for day in days])


def _if_it_exists(days: Sequence[int]) -> str:
    """A rule on the 31st skips the months that have none: it is said."""
    return ", quand ce jour existe" if any(day > 28 for day in days) else ""


def _yearly(rhythm: Rhythm) -> str:
    years = "chaque année" if rhythm.interval == 1 else f"tous les {rhythm.interval} ans"
    if rhythm.month_days:
        dates = [_date_in(day, month) for month in rhythm.months for day in rhythm.month_days]
        leap = 2 in rhythm.months and 29 in rhythm.month_days
        return f"{years}, {_join(dates)}{', quand ce jour existe' if leap else ''}"
    months = _join([f"en {MONTHS[month - 1]}" for month in rhythm.months])
    if rhythm.interval == 1:
        many = len(rhythm.months) or 1
        years = f"{TIMES_A_YEAR.get(many, f'{many} fois')} par an"
    return f"{years}, {months}" if months else years


def _date_in(day: int, month: int) -> str:
    name = MONTHS[month - 1]
    return f"le dernier jour {elide(name)}" if day == LAST else f"{_date(day)} {name}"
