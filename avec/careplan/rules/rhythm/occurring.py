import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Literal

from dateutil import rrule

from .shape import LAST, Every, Moment, Rhythm

WEEKS_A_YEAR = 365.2425 / 7
UNITS: dict[Every, Literal[1, 2, 3]] = {
    Every.DAY: rrule.DAILY,
    Every.WEEK: rrule.WEEKLY,
    Every.MONTH: rrule.MONTHLY,
}


@dataclass(frozen=True)
class Occurrence:
    """One time it happens: a local day, and an hour or a part of the day if it was said."""

    day: date
    at: Moment | None = None


def occurrences(rhythm: Rhythm, starts_on: date, until: date, limit: int = 100) -> list[Occurrence]:
    """When it happens from `starts_on` to `until`, both included, at most `limit`. On request: never foreseen."""
    return list(islice(_occurrences(rhythm, starts_on, until), max(limit, 0)))


def _occurrences(rhythm: Rhythm, starts_on: date, until: date) -> Iterator[Occurrence]:
    for day in _days(rhythm, starts_on, min(until, rhythm.until or until)):
        for at in rhythm.times or (None,):
            yield Occurrence(day, at)


def _days(rhythm: Rhythm, starts_on: date, until: date) -> Iterator[date]:
    if rhythm.once_on is not None and starts_on <= rhythm.once_on <= until:
        yield rhythm.once_on
    if rhythm.every is None:
        return
    recurring = _yearly if rhythm.every == Every.YEAR else _recurring
    yield from islice(recurring(rhythm, starts_on, until), rhythm.count)


def _recurring(rhythm: Rhythm, starts_on: date, until: date) -> Iterator[date]:
    assert rhythm.every is not None
    month_days = list(rhythm.month_days)
    position = None
    if rhythm.every == Every.MONTH and not rhythm.days and not month_days:
        # « Once a month » from the 31st: the last day of the shorter months, rather than skipping them.
        month_days = list(range(min(starts_on.day, 28), starts_on.day + 1))
        position = -1
    rule = rrule.rrule(
        UNITS[rhythm.every],
        dtstart=datetime.combine(starts_on, time()),
        until=datetime.combine(until, time()),
        interval=rhythm.interval,
        byweekday=[rrule.weekday(at.day, at.nth) for at in rhythm.days] or None,
        bymonthday=month_days or None,
        bysetpos=position,
    )
    return (moment.date() for moment in rule)


def _yearly(rhythm: Rhythm, starts_on: date, until: date) -> Iterator[date]:
    for year in range(starts_on.year, until.year + 1, rhythm.interval):
        for month in rhythm.months or (starts_on.month,):
            last = calendar.monthrange(year, month)[1]
            days = {last if day == LAST else day for day in rhythm.month_days} or {min(starts_on.day, last)}
            for day in sorted(days):
                if day <= last and starts_on <= date(year, month, day) <= until:
                    yield date(year, month, day)


def per_week(rhythm: Rhythm) -> float | None:
    """About how many times a week, to compare; none when it does not recur."""
    if rhythm.every is None:
        return None
    a_unit = {
        Every.DAY: 7.0,
        Every.WEEK: float(len(rhythm.days) or 1),
        Every.MONTH: (len(rhythm.days) or len(rhythm.month_days) or 1) * 12 / WEEKS_A_YEAR,
        Every.YEAR: (len(rhythm.months) or 1) * (len(rhythm.month_days) or 1) / WEEKS_A_YEAR,
    }
    return a_unit[rhythm.every] / rhythm.interval * (len(rhythm.times) or 1)
