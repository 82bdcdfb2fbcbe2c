"""What the gathering pages believe: where a plan is on its thread, what comes first in a day.

A day is sorted by dates, never by importance given by us. Too few to show is for
people.rules to say.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# The five steps of the thread, and where each state of a plan stands on it.
PLACE_OF_STEP = {
    "gathering": 0,
    "assessment": 0,
    "co_construction": 1,
    "contract": 2,
    "in_force": 3,
    "on_hold": 3,
    "under_review": 4,
    "renewed": 4,
    "closed": 4,
}
THREAD = 5
CONTRACT = 2

SOON = 30
# An expectation has no legal delay. This only fills the clock's face, in days.
ANSWER_HABIT = 15


def thread_states(step: str | None) -> list[str]:
    """« done », « now » or « todo » for each of the five steps; all to do without a plan."""
    if step is None:
        return ["todo"] * THREAD
    place = PLACE_OF_STEP[step]
    return ["done"] * place + ["now"] + ["todo"] * (THREAD - place - 1)


class Group(StrEnum):
    """The three parts of a day."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"


def group_of(due: date | None, today: date) -> Group | None:
    """Where something due stands in the day; without a date it waits now; None when it is further away."""
    if due is None or due == today:
        return Group.TODAY
    if due < today:
        return Group.LATE
    return Group.SOON if (due - today).days <= SOON else None


def share_used(start: date, due: date, today: date) -> float:
    """How much of a delay is used up, 0 to 1."""
    whole = (due - start).days
    return min(max((today - start).days / whole, 0.0), 1.0) if whole > 0 else 1.0


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class Signing(StrEnum):
    """How a person's contract stands to « signed within a month of admission »."""

    IN_TIME = "in_time"
    LATER = "later"
    NOT_YET = "not_yet"
    TOO_SOON = "too_soon"


def signing_of(admitted_on: date | None, signed_on: date | None, today: date) -> Signing:
    """Where a person is; without an admission date the delay has not begun."""
    due = a_month_after(admitted_on) if admitted_on else None
    if signed_on is not None:
        return Signing.IN_TIME if due is None or signed_on <= due else Signing.LATER
    return Signing.NOT_YET if due is not None and due < today else Signing.TOO_SOON


@dataclass(frozen=True)
class Share:
    """One line of a figure: its words, and the number of persons (None: too few to show)."""

    words: str
    count: int | None
