"""What the figures say: median and number, the gap and its direction, one sentence. Never a mean of voices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .instrument import Criterion, Side
from .protection import Spread


def median(found: Spread) -> float:
    """The middle rating, with halves where two share the middle. The spread has at least one rating."""
    ordered = [level for level, count in enumerate(found.levels) for _ in range(count)]
    middle = len(ordered) // 2
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


@dataclass(frozen=True)
class Joint:
    """What the group said together: a level that everybody present confirmed, or both values when they disagree."""

    level: int | None = None
    user_level: int | None = None
    professional_level: int | None = None

    @property
    def agreed(self) -> bool:
        return self.level is not None


@dataclass(frozen=True)
class Row:
    """One criterion: both sides, the gap, what was said together. None: nothing may be said of that side."""

    criterion: Criterion
    user: Spread | None
    professional: Spread | None
    joint: Joint | None = None

    @property
    def gap(self) -> float | None:
        """How much higher the professionals rate it; below 0, the users do."""
        if self.user is None or self.professional is None:
            return None
        return median(self.professional) - median(self.user)

    @property
    def higher(self) -> Side | None:
        if not self.gap:
            return None
        return Side.PROFESSIONAL if self.gap > 0 else Side.USER


TALK = 2.0  # from this gap on, the group is asked to talk about it
LOW = 1.0  # both sides this low or lower: something to work on together


def to_talk_about(rows: Sequence[Row]) -> list[Row]:
    """The criteria whose gap asks for a talk, the widest first."""
    wide = [row for row in rows if row.gap is not None and abs(row.gap) >= TALK]
    return sorted(wide, key=lambda row: (-abs(row.gap or 0), row.criterion.number))


def both_low(rows: Sequence[Row]) -> list[Row]:
    return [
        row
        for row in rows
        if row.user is not None
        and row.professional is not None
        and median(row.user) <= LOW
        and median(row.professional) <= LOW
    ]


def moved(before: Mapping[str, int | None], after: Mapping[str, int | None]) -> dict[str, int]:
    """How each joint rating moved between two campaigns on the same version of the instrument."""
    return {
        code: now - then
        for code, now in after.items()
        if now is not None and (then := before.get(code)) is not None
    }
