"""Where marks stand on the small charts of the plan: 360 units wide, one row for each level or count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LEFT, RIGHT, TOP, STEP = 46.0, 338.0, 20.0, 38.0
TOP_LEVEL = 2
# A square is as wide as a circle of this radius looks.
RADIUS = 8.0


@dataclass(frozen=True)
class Said:
    """One level on one day, in one voice."""

    day: date
    value: int


@dataclass(frozen=True)
class Point:
    x: str
    y: str


@dataclass(frozen=True)
class Track:
    """The points of one voice, and the line that joins them."""

    points: list[Point]

    @property
    def line(self) -> str:
        if len(self.points) < 2:
            return ""
        return "M" + "L".join(f"{point.x} {point.y}" for point in self.points)


@dataclass(frozen=True)
class Chart:
    """Two voices over time: the person's levels and the professional's, each its own line."""

    first: date
    last: date
    person: Track
    professional: Track


def height(value: int) -> float:
    return TOP + (TOP_LEVEL - value) * STEP


def evaluation_chart(person: Sequence[Said], professional: Sequence[Said]) -> Chart | None:
    """Nothing to draw before two different days: a line needs time."""
    days = sorted({said.day for said in (*person, *professional)})
    if len(days) < 2:
        return None
    first, last = days[0], days[-1]
    span = (last - first).days

    def track(said: Sequence[Said]) -> Track:
        ordered = sorted(said, key=lambda one: one.day)
        return Track(
            [
                Point(
                    f"{LEFT + (RIGHT - LEFT) * (one.day - first).days / span:.1f}", f"{height(one.value):.1f}"
                )
                for one in ordered
            ]
        )

    return Chart(first, last, track(person), track(professional))


@dataclass(frozen=True)
class Bar:
    """One month: how many activities, and how many of them by or with the person."""

    label: str
    x: str
    width: str
    total_y: str
    total_height: str
    together_y: str
    together_height: str
    middle: str
    total: int
    together: int


FLOOR, ROOM = 150.0, 120.0


def month_bars(months: Sequence[tuple[str, int, int]]) -> list[Bar]:
    """(label, total, together) for each month, oldest first."""
    if not months:
        return []
    most = max(max(total for _label, total, _together in months), 1)
    wide = (RIGHT - LEFT) / len(months)
    bars = []
    for place, (label, total, together) in enumerate(months):
        x, width = LEFT + place * wide + wide * 0.15, wide * 0.7
        tall, dark = ROOM * total / most, ROOM * together / most
        bars.append(
            Bar(
                label,
                f"{x:.1f}",
                f"{width:.1f}",
                f"{FLOOR - tall:.1f}",
                f"{tall:.1f}",
                f"{FLOOR - dark:.1f}",
                f"{dark:.1f}",
                f"{x + width / 2:.1f}",
                total,
                together,
            )
        )
    return bars
