"""An ordinary week, from what the activities say of when they happen: how care is carried out (seed 000).

Nothing is guessed: what falls on the same days of each week goes to those days; all the
rest is told in its own words, apart. A rhythm only written in words is placed when it says
a day plainly (« le mardi et le vendredi », « chaque matin »), and left as it is otherwise.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from avec.careplan.rules.rhythm import (
    THE_PART,
    Every,
    Moment,
    Part,
    Rhythm,
    RhythmRefused,
    Weekday,
    hour_of,
    parse,
)
from avec.careplan.rules.wording import others_doing
from avec.ui.words import NBSP, WEEKDAYS, date_long, elide

from .text import WeekText

DAILY = "Chaque jour"
OTHER = "À d’autres moments"
LINE = 12  # words of an easy sentence, at most


@dataclass(frozen=True)
class Happening:
    """An activity as its plan tells it. `recurrence`: the code of its rhythm, if it has one."""

    title: str
    performer: str = ""
    rhythm: str = ""
    recurrence: str = ""
    place: str = ""
    participation: str = ""


@dataclass(frozen=True)
class Placed:
    """One line of one heading: at which moment of the day, and where it falls among the others."""

    heading: str
    moment: str
    at: time
    happening: Happening
    ends: str = ""


PARTS = {"matin": Part.MORNING, "midi": Part.NOON, "après-midi": Part.AFTERNOON, "soir": Part.EVENING, "nuit": Part.NIGHT}  # fmt: skip
PART = "matin|midi|après-midi|soir|nuit"
EACH_PART = re.compile(rf"(?:chaque|tous les|toutes les) ({PART})s?")
EACH_DAY = re.compile(rf"(?:chaque jour|tous les jours)(?:,? (?:le |l’|la )?({PART}))?")
DAY = "|".join(WEEKDAYS)
A_DAY = rf"(?:le|les|chaque|tous les) (?:{DAY})s?"
DAYS = re.compile(rf"({A_DAY}(?:(?:,| et) {A_DAY})*)(?:,? (?:le |l’|la )?({PART}))?")


def read_words(words: str) -> Rhythm | None:
    """The rhythm that these words say plainly; None when they would have to be understood."""
    said = re.sub(r"\s+", " ", words).strip(" .").lower().replace("'", "’")
    if found := EACH_PART.fullmatch(said):
        return Rhythm(Every.DAY, times=(PARTS[found[1]],))
    if found := EACH_DAY.fullmatch(said):
        return Rhythm(Every.DAY, times=_times(found[1]))
    if found := DAYS.fullmatch(said):
        days = [Weekday(WEEKDAYS.index(day)) for day in re.findall(DAY, found[1])]
        return Rhythm(Every.WEEK, days=tuple(days), times=_times(found[2]))
    return None


def _times(part: str | None) -> tuple[Moment, ...]:
    return (PARTS[part],) if part else ()


def rhythm_of(happening: Happening) -> Rhythm | None:
    if happening.recurrence:
        try:
            return parse(happening.recurrence)
        except RhythmRefused:
            return None
    return read_words(happening.rhythm)


def days_of(rhythm: Rhythm | None) -> Sequence[str]:
    """The headings of a week under which it falls; none when no ordinary week holds it."""
    if rhythm is None or rhythm.interval != 1:
        return ()
    if rhythm.every == Every.DAY or (rhythm.every == Every.WEEK and len(rhythm.days) == len(WEEKDAYS)):
        return (DAILY,)
    if rhythm.every == Every.WEEK:
        return tuple(WEEKDAYS[at.day].capitalize() for at in rhythm.days)
    return ()


def placed(happening: Happening, *, easy: bool = False) -> list[Placed]:
    """Where it stands in the week, once for each day."""
    rhythm = rhythm_of(happening)
    headings = days_of(rhythm)
    if rhythm is None or not headings:
        return [Placed(OTHER, happening.rhythm.strip().rstrip("."), time.max, happening)]
    moment = _join([moment_words(at, easy=easy) for at in rhythm.times])
    first = min((hour_of(at) for at in rhythm.times), default=time.min)
    return [Placed(heading, moment, first, happening, ends_of(rhythm)) for heading in headings]


def moment_words(at: Moment, *, easy: bool) -> str:
    """« le matin », « à 10 h 30 »; « à 10 heures 30 » in easy reading."""
    if isinstance(at, Part):
        return THE_PART[at]
    unit = ("heures" if at.hour > 1 else "heure") if easy else "h"
    return f"à {at.hour}{NBSP}{unit}" + (f"{NBSP}{at.minute:02}" if at.minute else "")


def ends_of(rhythm: Rhythm) -> str:
    if rhythm.count is not None:
        return f"{rhythm.count} fois en tout"
    return f"jusqu’au {date_long(rhythm.until)}" if rhythm.until else ""


def _join(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}" if words else ""


def who_words(happening: Happening, called: str) -> str:
    """« avec Julie Fabre », « par Malik, en présence d’Odette »."""
    others = others_doing(happening.performer, called)
    if happening.participation == "by":
        return f"par {called}, avec {others}" if others else f"par {called}"
    if happening.participation == "with":
        return f"avec {others or 'l’équipe'}"
    by = f"par {others}" if others else ""
    share = {"presence": f"en présence {elide(called)}", "for": f"pour {called}"}
    return ", ".join(part for part in (by, share.get(happening.participation, "")) if part)


def headings_in_order() -> list[str]:
    return [DAILY, *(day.capitalize() for day in WEEKDAYS), OTHER]


def by_heading(lines: Iterable[Placed]) -> list[tuple[str, list[Placed]]]:
    """The headings that hold something, in order; under each, by hour, then as the plan gives them."""
    found: dict[str, list[Placed]] = {heading: [] for heading in headings_in_order()}
    for line in lines:
        found[line.heading].append(line)
    return [(heading, sorted(held, key=lambda line: line.at)) for heading, held in found.items() if held]


def week_of(happenings: Iterable[Happening], *, called: str) -> tuple[WeekText, ...]:
    """An ordinary week: under each day, « le matin : Marcher jusqu’au banc, avec Julie Fabre »."""
    lines = [line for happening in happenings for line in placed(happening)]
    return tuple(
        WeekText(heading, tuple(_full(line, called) for line in held)) for heading, held in by_heading(lines)
    )


def _full(line: Placed, called: str) -> str:
    one = line.happening
    parts = [one.title.strip().rstrip("."), who_words(one, called), one.place.strip(), line.ends]
    return after(line.moment, ", ".join(part for part in parts if part))


def after(moment: str, words: str) -> str:
    return f"{moment}{NBSP}: {words}" if moment else words


def easy_week_of(happenings: Iterable[Happening], *, called: str) -> tuple[str, ...]:
    """The same in short lines: « Le lundi : », then what is done, each on its line."""
    lines = [line for happening in happenings for line in placed(happening, easy=True)]
    told: list[str] = []
    for heading, held in by_heading(lines):
        told.append(f"{heading if heading in {DAILY, OTHER} else f'Le {heading.lower()}'}{NBSP}:")
        told += [_easy(line, called) for line in held]
    return tuple(told)


def _easy(line: Placed, called: str) -> str:
    """With who does it, while the line stays short: the article says it too."""
    one = line.happening
    what = one.title.strip().rstrip(".")
    others = others_doing(one.performer, called)
    moment = line.moment.replace(f"quand {called} le demande", "quand vous le demandez")
    plain = capital(after(moment, what)) + "."
    if not others or one.participation not in {"by", "with"}:
        return plain
    named = f"{plain[:-1]}, avec {others}."
    return named if len(named.replace(NBSP, " ").split()) <= LINE else plain


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
