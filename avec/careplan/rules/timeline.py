"""The plan in time: what is past, what is under way today, what is due. No pixel here.

Everything decided is placed in time. This module sorts, scales dates from 0 to 1,
chooses the marks of the axis and packs labels in lanes where none covers another;
whoever draws multiplies by a width. The same rows, in the same order, make the
table that says it all without the picture.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from avec.ui.words import MONTHS, SHORT_MONTHS, elide, nbsp, pluralise_fr

DAY = timedelta(days=1)
# Marks on the axis: a month, a quarter, a year, 5 years… the first that does not crowd it.
STEPS = (1, 3, 12, 60, 120, 300)  # months
MOST_TICKS = 14
# How wide a letter is, as a part of the picture: 100 letters across unless told.
LETTER = 0.01


class State(StrEnum):
    """Where an item stands beside today."""

    PAST = "past"
    TODAY = "today"
    DUE = "due"


@dataclass(frozen=True)
class Item:
    """Something that takes place on a day, or from a day to another; `url` leads to its thread."""

    kind: str
    label: str
    start: date
    end: date | None = None
    url: str = ""

    @property
    def last(self) -> date:
        """Its last day. An end typed before its start is not drawn: the item is then one day."""
        return self.end if self.end and self.end > self.start else self.start


def state_of(item: Item, today: date) -> State:
    """Past when its last day is behind, due when its first day is ahead, today in between."""
    if item.last < today:
        return State.PAST
    return State.DUE if item.start > today else State.TODAY


@dataclass(frozen=True)
class Scale:
    """Dates to a place from 0 to 1; `end` is the first day that is no longer shown."""

    start: date
    end: date

    def at(self, day: date) -> float:
        """Where a day begins. Days outside are held at the edges."""
        place = (day - self.start).days / max((self.end - self.start).days, 1)
        return min(max(place, 0.0), 1.0)

    @property
    def months(self) -> int:
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month


def scale_for(items: Iterable[Item], today: date) -> Scale:
    """Whole months around every item and today; at least three, so that one day alone has room."""
    days = [today]
    for item in items:
        days += [item.start, item.last]
    start, end = _months_later(min(days), 0), _months_later(max(days), 1)
    if (end.year - start.year) * 12 + end.month - start.month < 3:
        end = _months_later(start, 3)
    return Scale(start, end)


def _months_later(day: date, months: int) -> date:
    """The first day of a month some months on; held inside the calendar."""
    count = day.year * 12 + day.month - 1 + months
    if count > date.max.year * 12 + 11:
        return date.max
    return date(count // 12, count % 12 + 1, 1)


@dataclass(frozen=True)
class Tick:
    """A mark of the axis: its first day, its place, and its words."""

    day: date
    at: float
    label: str
    major: bool  # where a year begins


def ticks(scale: Scale) -> list[Tick]:
    """Months, quarters or years, whichever fits; the first mark and each January tell the year."""
    step = next((step for step in STEPS if scale.months / step <= MOST_TICKS), STEPS[-1])
    day = scale.start
    # Quarters begin in January, April, July, October; decades in years that end with 0.
    behind = (day.year * 12 + day.month - 1) % step
    if behind:
        day = _months_later(day, step - behind)
    found: list[Tick] = []
    while day < scale.end:
        found.append(Tick(day, scale.at(day), _tick_label(day, step, first=not found), day.month == 1))
        later = _months_later(day, step)
        if later <= day or later.day != 1:  # the end of the calendar
            break
        day = later
    return found


def _tick_label(day: date, step: int, *, first: bool) -> str:
    if step >= 12:
        return str(day.year)
    month = SHORT_MONTHS[day.month - 1]
    return f"{month} {day.year}" if first or day.month == 1 else month


@dataclass(frozen=True)
class Placed:
    """An item on the picture: from `x` to `x_end`, in a lane; its label runs from its start or up to its end."""

    item: Item
    state: State
    x: float
    x_end: float
    lane: int
    label_from: float
    label_to: float
    label_at_end: bool = False


@dataclass(frozen=True)
class Timeline:
    """The whole picture, and its table: `rows` are in order of time."""

    scale: Scale
    ticks: list[Tick]
    today: float
    rows: list[Placed]
    lanes: int
    words: str


def timeline(items: Sequence[Item], *, today: date, letter: float = LETTER) -> Timeline:
    """Items in order of time, placed; `letter`: how wide one letter is, as a part of the picture."""
    scale = scale_for(items, today)
    ordered = sorted(items, key=lambda item: (item.start, item.last, item.kind, item.label))
    rows = _packed([_placed(item, scale, today, letter) for item in ordered])
    return Timeline(
        scale,
        ticks(scale),
        scale.at(today),
        rows,
        max((row.lane for row in rows), default=-1) + 1,
        _in_words(scale, rows),
    )


def _placed(item: Item, scale: Scale, today: date, letter: float) -> Placed:
    x, x_end = scale.at(item.start), scale.at(item.last + DAY if item.last < date.max else item.last)
    wide = min(max(len(item.label) * letter, 0.0), 1.0)
    at_end = x + wide > 1
    label_from = max(x_end - wide, 0.0) if at_end else x
    label_to = min(label_from + wide, 1.0)
    return Placed(item, state_of(item, today), x, x_end, 0, label_from, label_to, at_end)


def _packed(rows: list[Placed]) -> list[Placed]:
    """Each row in the first lane where its bar and its label cover nothing."""
    lanes: list[float] = []  # where each lane is free again
    lane_of: dict[int, int] = {}
    for number in sorted(range(len(rows)), key=lambda number: _reach(rows[number])):
        begins, ends = _reach(rows[number])
        free = next((lane for lane, until in enumerate(lanes) if until <= begins), len(lanes))
        if free == len(lanes):
            lanes.append(0.0)
        lanes[free] = ends
        lane_of[number] = free
    return [replace(row, lane=lane_of[number]) for number, row in enumerate(rows)]


def _reach(row: Placed) -> tuple[float, float]:
    return min(row.x, row.label_from), max(row.x_end, row.label_to)


def _in_words(scale: Scale, rows: Sequence[Placed]) -> str:
    """The picture in one sentence: « De novembre 2026 à mai 2027 : 2 passés, 1 en cours, 3 à venir. »"""
    last = scale.end - DAY
    begins, ends = (f"{MONTHS[day.month - 1]} {day.year}" for day in (scale.start, last))
    states = [row.state for row in rows]
    past, now, due = (states.count(state) for state in (State.PAST, State.TODAY, State.DUE))
    counts = [
        words
        for count, words in (
            (past, f"{past} passé{pluralise_fr(past)}"),
            (now, f"{now} en cours"),
            (due, f"{due} à venir"),
        )
        if count
    ]
    told = ", ".join(counts) or "rien n’est encore daté"
    between = elide(begins)
    return nbsp(f"{between[:1].upper()}{between[1:]} à {ends} : {told}.")
