"""The clock of the demonstration: what it tells happened in the past, at the time it happened.

Actions ask the time; here, and only while the demonstration is being loaded, they are given
another answer. Times are therefore right from the first writing, in the tables that nothing may
change afterwards as well (journal, contracts, signatures).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import count
from unittest import mock
from zoneinfo import ZoneInfo

from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")


def days_ago(days: int, clock: str = "10:00") -> datetime:
    """That many days before today, at that time of the day."""
    day = datetime.now(PARIS).date() - timedelta(days=days)
    return datetime.combine(day, time.fromisoformat(clock), PARIS)


def in_days(days: int) -> date:
    """That many days after the real today, whatever the time being told."""
    return days_ago(-days).date()


def born(years: int, month: int, day: int) -> date:
    """The birth date of somebody who keeps about the same age whenever the demonstration is loaded."""
    return date(in_days(0).year - years, month, day)


@contextmanager
def at(moment: datetime) -> Iterator[type[datetime]]:
    """Inside, it is that moment, and the clock is given; each question asked to the clock moves it on by a second.

    Django's own `now` is left in place and reads a clock of ours: fields hold a reference to that
    function as their default, which patching its name would miss.
    """
    seconds = count()

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return (moment + timedelta(seconds=next(seconds))).astimezone(tz)

    with mock.patch.object(timezone, "datetime", Clock):
        yield Clock
