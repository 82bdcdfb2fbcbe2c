"""The wheel and the gap lines, from a picture: what is drawn where. The page and the paper draw the same numbers.

In each sector the users take the first half clockwise, the professionals the second; what was said together is a
double arc over both, or two short ones where the group did not agree. A side that may not be shown draws nothing.
"""

from dataclasses import dataclass

from ..rules import (
    CENTRE,
    HUB,
    LEVELS,
    Joint,
    Row,
    Sector,
    Side,
    Spread,
    arc_path,
    median,
    point,
    radius,
    sectors,
    slice_path,
)
from ..said import VOICES
from .picture import Picture

EDGE = radius(LEVELS[-1])
ROOM = 0.0028  # turns left free at each end of an arc, so that two neighbours stay two
ZERO = 4.0  # how thick a 0 is drawn: rated, and nothing done together, is not the same as not rated
NUMBERS, BASELINE = 24.0, 7.0


@dataclass(frozen=True)
class Slice:
    v: str
    path: str


@dataclass(frozen=True)
class Mark:
    """A text and where it stands."""

    words: str
    x: float
    y: float


@dataclass(frozen=True)
class Wheel:
    slices: tuple[Slice, ...]
    arcs: tuple[str, ...]
    rings: tuple[float, ...]
    spokes: tuple[str, ...]
    numbers: tuple[Mark, ...]
    scale: tuple[Mark, ...]

    edge: float = EDGE
    centre: float = CENTRE

    @property
    def inner_rings(self) -> tuple[float, ...]:
        return self.rings[:-1]


def wheel_of(picture: Picture) -> Wheel:
    rows = {row.criterion.code: row for row in picture.rows}
    placed = sectors(picture.instrument)
    return Wheel(
        slices=tuple(one for sector in placed for one in _slices(sector, rows[sector.criterion])),
        arcs=tuple(arc for sector in placed for arc in _arcs(sector, rows[sector.criterion].joint)),
        rings=tuple(radius(level) for level in LEVELS),
        spokes=tuple(_spoke(sector.start) for sector in placed),
        numbers=tuple(_number(sector) for sector in placed),
        scale=tuple(Mark(str(level), CENTRE, CENTRE - radius(level)) for level in LEVELS[1:]),
    )


def _slices(sector: Sector, row: Row) -> list[Slice]:
    halves: tuple[tuple[Side, Spread | None, float, float], ...] = (
        (Side.USER, row.user, sector.start, sector.middle),
        (Side.PROFESSIONAL, row.professional, sector.middle, sector.end),
    )
    return [
        Slice(VOICES[side], slice_path(start, end, HUB, max(radius(median(found)), HUB + ZERO)))
        for side, found, start, end in halves
        if found is not None
    ]


def _arcs(sector: Sector, joint: Joint | None) -> list[str]:
    if joint is None:
        return []
    start, end, middle = sector.start + ROOM, sector.end - ROOM, sector.middle
    if joint.level is not None:
        return [arc_path(start, end, _arc_at(joint.level))]
    if joint.user_level is None or joint.professional_level is None:
        return []
    return [
        arc_path(start, middle - ROOM, _arc_at(joint.user_level)),
        arc_path(middle + ROOM, end, _arc_at(joint.professional_level)),
    ]


def _arc_at(level: int) -> float:
    """A 0 said together is drawn around the hub, not under it."""
    return max(radius(level), HUB + 2 * ZERO)


def _spoke(turn: float) -> str:
    (ax, ay), (bx, by) = point(turn, HUB), point(turn, EDGE)
    return f"M{ax} {ay}L{bx} {by}"


def _number(sector: Sector) -> Mark:
    x, y = point(sector.middle, EDGE + NUMBERS)
    return Mark(str(sector.number), x, round(y + BASELINE, 1))


LEFT, ACROSS = 22.0, 54.0  # the line of a gap, 260 wide


def across(level: float) -> float:
    return LEFT + ACROSS * level


@dataclass(frozen=True)
class GapLine:
    """Both sides and what was said together, on one line from 0 to 4. None: not drawn."""

    person: float | None = None
    professional: float | None = None
    joint: float | None = None
    apart: tuple[float, float] | None = None  # no agreement: the users' value, the professionals'

    @property
    def ticks(self) -> list[float]:
        return [across(level) for level in LEVELS]

    @property
    def bar(self) -> str:
        if self.person is None or self.professional is None or self.person == self.professional:
            return ""
        left, right = sorted((self.person, self.professional))
        return f"M{left:g} 27H{right:g}"

    @property
    def square(self) -> float:
        """Where the professionals' square begins."""
        return round((self.professional or 0) - 8.6, 1)

    @property
    def joint_path(self) -> str:
        at = self.joint or 0
        return (
            f"M{at - 4.7:g} 19.4a7.6 7.6 0 1 1 0 15.2 7.6 7.6 0 0 1 0-15.2z"
            f"M{at - 1.9:g} 19.8h14.4v14.4h-14.4z"
        )

    @property
    def joint_back(self) -> float:
        return round((self.joint or 0) - 2.3, 1)

    @property
    def apart_square(self) -> float:
        return round(self.apart[1] - 6, 1) if self.apart else 0


def gap_line(row: Row) -> GapLine:
    joint = row.joint
    apart = None
    if joint and joint.user_level is not None and joint.professional_level is not None:
        apart = (across(joint.user_level), across(joint.professional_level))
    return GapLine(
        person=across(median(row.user)) if row.user else None,
        professional=across(median(row.professional)) if row.professional else None,
        joint=across(joint.level) if joint and joint.level is not None else None,
        apart=apart,
    )


# On paper the colours are written in the drawing: those of the screen in the light.
INK, PAPER, PURPLE = "#2a1a2e", "#ffffff", "#7b3f8f"
PAINT = {"person": ("#c4472c", "#ecc0b2"), "professional": ("#2d6a8e", "#b4d0df")}
PATTERNS = (
    '<pattern id="person" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect width="7" height="7" fill="#ecc0b2"/><circle cx="3.5" cy="3.5" r="1.5" fill="#c4472c"/></pattern>'
    '<pattern id="professional" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#b4d0df"/>'
    '<path d="M0 3h6" stroke="#2d6a8e" stroke-width="2.2" fill="none"/></pattern>'
)


def wheel_svg(wheel: Wheel) -> str:
    """The same wheel for a printed sheet."""
    parts = [_ring(EDGE, 1.5, PAPER)]
    parts += [
        f'<path d="{one.path}" fill="url(#{one.v})" stroke="{PAINT[one.v][0]}" stroke-width="2"/>'
        for one in wheel.slices
    ]
    parts += [_ring(ring, 1, "none", 0.3) for ring in wheel.inner_rings] + [_ring(EDGE, 1.5, "none")]
    parts += [_line(spoke, 1, INK, 0.4) for spoke in wheel.spokes]
    parts.append(_line("M270 12V244M270 296V528M12 270H244M296 270H528", 2.5, INK))
    for arc in wheel.arcs:
        parts += [_line(arc, 14, PAPER), _line(arc, 10, PURPLE), _line(arc, 3, PAPER)]
    for mark in wheel.scale:
        parts.append(f'<circle cx="{mark.x}" cy="{mark.y}" r="11" fill="{PAPER}" stroke="{INK}"/>')
        parts.append(_text(Mark(mark.words, mark.x, mark.y + 5), 15, 600))
    parts.append(_text(Mark("0", CENTRE, CENTRE + 6), 15, 600))
    parts += [_text(mark, 21, 800) for mark in wheel.numbers]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="2 2 536 536" font-family="Atkinson Hyperlegible Next">'
        f"<defs>{PATTERNS}</defs>{''.join(parts)}</svg>"
    )


def _ring(at: float, width: float, fill: str, opacity: float = 1) -> str:
    return (
        f'<circle cx="{CENTRE}" cy="{CENTRE}" r="{at}" fill="{fill}" stroke="{INK}" stroke-width="{width}" '
        f'stroke-opacity="{opacity}"/>'
    )


def _line(path: str, width: float, colour: str, opacity: float = 1) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-opacity="{opacity}"/>'
    )


def _text(mark: Mark, size: int, weight: int) -> str:
    return (
        f'<text x="{mark.x}" y="{round(mark.y, 1)}" text-anchor="middle" font-size="{size}" '
        f'font-weight="{weight}" fill="{INK}">{mark.words}</text>'
    )
