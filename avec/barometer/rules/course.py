"""The course of a campaign: prepared, open, closed, settled. It only goes forward."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Who had begun when it closed may still send: the answer is kept, and the page says so.
GRACE = timedelta(minutes=30)
# Between two campaigns of a group. Closer, most would answer the same, and the few who answered only once would be
# found by taking one from the other.
APART = timedelta(days=28)


class Phase(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    GRACE = "grace"  # closed, and answers that had begun still come in
    CLOSED = "closed"  # paper forms are typed; nothing is read yet
    SETTLED = "settled"  # counted, once; results can be read
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Course:
    """Where a campaign is: its state in the database, and when it closes or closed."""

    state: str
    opens: datetime
    closes: datetime

    def phase(self, now: datetime) -> Phase:
        if self.state != Phase.OPEN:
            return Phase(self.state)
        if now < self.closes:
            return Phase.OPEN
        return Phase.GRACE if now < self.closes + GRACE else Phase.CLOSED

    def is_waiting(self, now: datetime) -> bool:
        """Open, and its first day is still to come."""
        return self.phase(now) == Phase.OPEN and now < self.opens

    def takes_phones(self, now: datetime) -> bool:
        return self.phase(now) in {Phase.OPEN, Phase.GRACE} and not self.is_waiting(now)

    def takes_paper(self, now: datetime) -> bool:
        """Somebody types the paper forms, up to the counting."""
        return self.phase(now) in {Phase.OPEN, Phase.GRACE, Phase.CLOSED} and not self.is_waiting(now)

    def settles(self, now: datetime) -> bool:
        """May it be counted? Closed, and nobody can still be sending."""
        return self.phase(now) == Phase.CLOSED
