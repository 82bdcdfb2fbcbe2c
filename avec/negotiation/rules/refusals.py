"""A refusal of care: never a closed door. Care goes on otherwise, and it is asked again on a date.

The last answer decides where it stands; the words said before stay as they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

YES, NOT_NOW, IN_PART, STILL_NO = "yes", "not_now", "in_part", "still_no"
USUALLY = timedelta(days=7)
LATEST = timedelta(days=365)


class RefusalRefused(ValueError):
    """A refusal that would say nothing, or would never be asked again. The message is for the screen."""


@dataclass(frozen=True)
class Asked:
    """It was asked again: what was answered that day, and when it is asked next."""

    stance: str
    on: date
    ask_again_on: date | None = None


class Due(StrEnum):
    NONE = "none"  # accepted: nothing is asked
    LATER = "later"
    TODAY = "today"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Where:
    """Where a refusal stands today. `stance`: the last answer; "" while it was never asked again."""

    stance: str
    since: date
    ask_on: date | None
    due: Due

    @property
    def accepted(self) -> bool:
        return self.stance == YES

    @property
    def stands(self) -> bool:
        """Still a refusal, whole or in part."""
        return not self.accepted

    @property
    def to_ask(self) -> bool:
        return self.due in {Due.TODAY, Due.OVERDUE}


def where(refused_on: date, ask_again_on: date, asked: Sequence[Asked], today: date) -> Where:
    """`asked`: the answers since, the last one at the end."""
    last = asked[-1] if asked else None
    if last is not None and last.stance == YES:
        return Where(YES, last.on, None, Due.NONE)
    stance, since = (last.stance, last.on) if last else ("", refused_on)
    # An answer that names no day leaves the former one standing: it is never lost.
    ask_on = next((one.ask_again_on for one in reversed(asked) if one.ask_again_on), ask_again_on)
    return Where(stance, since, ask_on, due_of(ask_on, today))


def due_of(day: date, today: date) -> Due:
    if day < today:
        return Due.OVERDUE
    return Due.TODAY if day == today else Due.LATER


def check_day(day: date | None, today: date) -> date:
    """The day it is asked again: always one, never past, within the year."""
    if day is None:
        raise RefusalRefused("Écrivez quel jour on redemande.")
    if day < today:
        raise RefusalRefused("Ce jour est passé. Choisissez aujourd’hui ou un jour à venir.")
    if day > today + LATEST:
        raise RefusalRefused("C’est trop loin\u00a0: on redemande dans l’année.")
    return day


def check_refused_on(day: date, today: date) -> None:
    if day > today:
        raise RefusalRefused("Ce jour n’est pas encore venu. Écrivez le jour du refus.")


def next_day(stance: str, day: date | None, today: date) -> date | None:
    """The day to ask next after this answer: none after a yes, compulsory after anything else."""
    return None if stance == YES else check_day(day, today)
