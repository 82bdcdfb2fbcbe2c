"""Days, months and years before or after a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from avec.contracts.rules import add_months


class Span(StrEnum):
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True)
class Offset:
    """« 8 days before », « 1 month after »."""

    count: int
    span: Span = Span.DAYS
    before: bool = False


def due_on(anchor: date, offset: Offset) -> date:
    """The day a deadline falls on. 31 January and one month give the last day of February."""
    count = -offset.count if offset.before else offset.count
    if offset.span == Span.DAYS:
        return anchor + timedelta(days=count)
    return add_months(anchor, count * (12 if offset.span == Span.YEARS else 1))


def today_in(zone: str, instant: datetime) -> date:
    """The day it is there: a clock of Nouméa does not turn at midnight in Paris."""
    return instant.astimezone(ZoneInfo(zone)).date()
