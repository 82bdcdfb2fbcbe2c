"""The wheel: where each sector and ring is drawn. Plain geometry; the page and the paper draw from the same numbers.

Eleven sectors in four quarters that follow the source's page: expression top left, construction top right,
decision bottom right, implementation bottom left. Each quarter is shared equally by its criteria.
"""

from dataclasses import dataclass
from math import cos, pi, sin

from .instrument import Instrument

CENTRE = 270.0
HUB, STEP = 26.0, 48.0  # the ring of 0, then one ring for each level
# Where each quarter starts, in turns from nine o'clock, clockwise.
STARTS = {"top-left": 0.0, "top-right": 0.25, "bottom-right": 0.5, "bottom-left": 0.75}


@dataclass(frozen=True)
class Sector:
    """A criterion's slice, from one angle to the other (turns from nine o'clock, clockwise)."""

    criterion: str
    number: int
    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def sectors(instrument: Instrument) -> list[Sector]:
    found = []
    for quadrant in instrument.quadrants:
        own = instrument.of(quadrant.code)
        width = 0.25 / len(own)
        for place, criterion in enumerate(own):
            start = STARTS[quadrant.place] + place * width
            found.append(Sector(criterion.code, criterion.number, start, start + width))
    return sorted(found, key=lambda sector: sector.number)


def radius(level: float) -> float:
    """How far a level reaches: 0 is the hub's edge."""
    return HUB + STEP * level


def point(turn: float, distance: float) -> tuple[float, float]:
    angle = pi + 2 * pi * turn
    return round(CENTRE + distance * cos(angle), 1), round(CENTRE + distance * sin(angle), 1)


def slice_path(start: float, end: float, inner: float, outer: float) -> str:
    """An SVG path of the ring between two distances, from one angle to the other."""
    (ax, ay), (bx, by) = point(start, inner), point(start, outer)
    (cx, cy), (dx, dy) = point(end, outer), point(end, inner)
    return f"M{ax} {ay}L{bx} {by}A{outer} {outer} 0 0 1 {cx} {cy}L{dx} {dy}A{inner} {inner} 0 0 0 {ax} {ay}z"


def arc_path(start: float, end: float, distance: float) -> str:
    (ax, ay), (bx, by) = point(start, distance), point(end, distance)
    return f"M{ax} {ay}A{distance} {distance} 0 0 1 {bx} {by}"
