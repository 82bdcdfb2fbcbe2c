"""A signature drawn by hand: strokes of points, never a picture. A frame of 1,000 units by 400."""

import json
from collections.abc import Sequence
from typing import Any

Stroke = tuple[tuple[int, int], ...]

WIDTH, HEIGHT = 1000, 400
MOST_STROKES, MOST_POINTS = 60, 4000
# More text than the largest drawing takes: not even read.
LONGEST = 60_000


class DrawingRefused(ValueError):
    """Not a drawing, or far too much of one. The message is for the screen."""


def strokes_from(text: str) -> tuple[Stroke, ...]:
    """The strokes that a page sends as JSON, [[[x, y], …], …]; nothing drawn is no stroke."""
    if not text.strip():
        return ()
    if len(text) > LONGEST:
        raise DrawingRefused(too_much())
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise DrawingRefused(unreadable()) from None
    if not isinstance(given, list):
        raise DrawingRefused(unreadable())
    strokes = tuple(stroke_from(each) for each in given)
    if len(strokes) > MOST_STROKES or sum(map(len, strokes)) > MOST_POINTS:
        raise DrawingRefused(too_much())
    return tuple(stroke for stroke in strokes if stroke)


def stroke_from(given: Any) -> Stroke:
    if not isinstance(given, list):
        raise DrawingRefused(unreadable())
    points = []
    for point in given:
        if not (isinstance(point, list) and len(point) == 2 and all(type(each) is int for each in point)):
            raise DrawingRefused(unreadable())
        x, y = point
        if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
            raise DrawingRefused(unreadable())
        points.append((x, y))
    return tuple(points)


def unreadable() -> str:
    return "Ce dessin ne peut pas être lu. Effacez-le et dessinez de nouveau, ou continuez sans dessin."


def too_much() -> str:
    return "Ce dessin est trop long. Effacez-le et dessinez plus simplement, ou continuez sans dessin."


def path_of(strokes: Sequence[Sequence[Sequence[int]]]) -> str:
    """The same strokes as an SVG path; a lone point is a dot."""
    parts = []
    for stroke in strokes:
        points = [(point[0], point[1]) for point in stroke]
        if len(points) == 1:
            points *= 2
        parts.append("M" + "L".join(f"{x} {y}" for x, y in points))
    return "".join(parts)
