"""How long a contract and its draft last."""

import calendar
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last day of the month when it does not exist there."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def usual_period(starts_on: date) -> tuple[date, date]:
    """(end, review): one year less a day, the review a month before the end (CASF D311: every 12 months)."""
    ends_on = add_months(starts_on, 12) - timedelta(days=1)
    return ends_on, add_months(starts_on, 11)


DRAFT_DAYS = 30
# A contract is signed within a month (CASF, D311): past it, a version that still waits says so.
STALE_DAYS = 31


def draft_until(day: date) -> date:
    """The last day of a draft that was touched on this day."""
    return day + timedelta(days=DRAFT_DAYS)


def is_stale(issued_on: date, today: date) -> bool:
    """Has a version waited for its signatures longer than it should?"""
    return (today - issued_on).days > STALE_DAYS


def lapsed(ends_on: date, today: date) -> bool:
    """The term of a contract in force has passed, and nobody said what comes next."""
    return today > ends_on
