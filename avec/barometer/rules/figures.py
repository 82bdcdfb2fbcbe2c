"""What is counted once, when a campaign is settled, and kept: never who, never fewer than the floor.

The figures are plain data, as the database keeps them:

    {"sides": {"user": {"answers": 17, "parts": {"person": 11}, "criteria": {"views": {"levels": [0, 1, 4, 9, 3],
     "na": 0}, …}, "by_part": {"person": {"views": {…}}}}, "professional": {…}},
     "followed": {"since": "<campaign>", "user": {"both": 6, "criteria": {"views": {"up": 3, "same": 2, "down": 1}}}}}

Under the floor a side keeps no answer at all: `answers` is None.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .instrument import Ratings, Side
from .protection import INSIDE, Spread, followed_shown, parts_shown, shown, spread


@dataclass(frozen=True)
class Voice:
    """One answer as it is counted: a side, a part of that side, the ratings; `follow` for a pseudonymous one."""

    side: Side
    part: str
    ratings: Ratings
    follow: str = ""


def kept(found: Spread) -> dict[str, Any]:
    return {"levels": list(found.levels), "na": found.not_concerned}


def read_spread(data: Mapping[str, Any]) -> Spread:
    return Spread(tuple(data["levels"]), data["na"])


def _count(voices: Sequence[Voice], codes: Iterable[str], floor: int) -> dict[str, Any]:
    """Each criterion that may be shown. A criterion left blank counts nowhere."""
    counted = {}
    for code in codes:
        values = [voice.ratings[code] for voice in voices if code in voice.ratings]
        found = shown(values, floor)
        if found is not None:
            counted[code] = kept(found)
    return counted


def side_figures(voices: Sequence[Voice], codes: Sequence[str], floor: int = INSIDE) -> dict[str, Any]:
    """The figures of one side. Nothing under the floor; a part only where the rest keeps its cover."""
    if len(voices) < floor:
        return {"answers": None, "parts": {}, "criteria": {}, "by_part": {}}
    parts: dict[str, list[Voice]] = {}
    for voice in voices:
        if voice.part:
            parts.setdefault(voice.part, []).append(voice)
    sizes = {part: len(own) for part, own in parts.items()}
    unsaid = len(voices) - sum(sizes.values())
    visible = parts_shown(sizes | ({"": unsaid} if unsaid else {}), floor) - {""}
    by_part: dict[str, dict[str, Any]] = {}
    for code in codes:
        # Each criterion is its own whole: some left it blank, for others it is « non concerné ».
        here = {
            part: [voice.ratings[code] for voice in own if code in voice.ratings]
            for part, own in parts.items()
        }
        here[""] = [voice.ratings[code] for voice in voices if not voice.part and code in voice.ratings]
        open_parts = parts_shown(
            {part: spread(values).n for part, values in here.items()},
            floor,
            counted={part: len(values) for part, values in here.items()},
        )
        for part in visible & open_parts:
            by_part.setdefault(part, {})[code] = kept(spread(here[part]))
    return {
        "answers": len(voices),
        "parts": {part: sizes[part] for part in sorted(visible)},
        "criteria": _count(voices, codes, floor),
        "by_part": by_part,
    }


def _coded(voices: Sequence[Voice]) -> dict[str, Voice]:
    """Each by their own code. Two who chose the same one cannot be told apart: neither is followed."""
    used = Counter(voice.follow for voice in voices)
    return {voice.follow: voice for voice in voices if voice.follow and used[voice.follow] == 1}


def followed(
    before: Sequence[Voice], after: Sequence[Voice], codes: Sequence[str], floor: int = INSIDE
) -> dict[str, Any] | None:
    """How those who answered both times moved, criterion by criterion: counts only, or None."""
    then, now = _coded(before), _coded(after)
    both = sorted(then.keys() & now.keys())
    if not followed_shown(len(both), len(before), len(after), floor):
        return None
    criteria = {}
    for code in codes:
        moves = [
            new - old
            for key in both
            if (old := then[key].ratings.get(code)) is not None
            and (new := now[key].ratings.get(code)) is not None
        ]
        if len(moves) >= floor and len(moves) in {len(both), *range(floor, len(both) - floor + 1)}:
            criteria[code] = {
                "up": sum(1 for move in moves if move > 0),
                "same": sum(1 for move in moves if move == 0),
                "down": sum(1 for move in moves if move < 0),
            }
    return {"both": len(both), "criteria": criteria}


@dataclass(frozen=True)
class SideSeen:
    """One side as an audience may see it. `answers` None: too few, nothing more is said."""

    answers: int | None = None
    parts: Mapping[str, int] = field(default_factory=dict)
    criteria: Mapping[str, Spread] = field(default_factory=dict)


def seen(data: Mapping[str, Any], floor: int, part: str = "") -> SideSeen:
    """What this audience may see of a side's kept figures; of one part of it when `part` is given.

    The one way from the figures to a page, a chart, a table or a file.
    """
    total = data["answers"]
    if total is None or total < floor:
        return SideSeen()
    sizes = dict(data["parts"])
    hidden = total - sum(sizes.values())
    visible = parts_shown(sizes | ({"": hidden} if hidden else {}), floor) - {""}
    whole = {code: read_spread(one) for code, one in data["criteria"].items()}
    whole = {code: one for code, one in whole.items() if one.n >= floor}
    if not part:
        return SideSeen(total, {one: sizes[one] for one in sorted(visible)}, whole)
    if part not in visible:
        return SideSeen()
    criteria = {}
    for code, one in data["by_part"].get(part, {}).items():
        found = read_spread(one)
        if code not in whole or found.n < floor:
            continue
        others = {
            name: read_spread(rows[code])
            for name, rows in data["by_part"].items()
            if name in visible and code in rows
        }
        raters = {name: other.n for name, other in others.items()}
        counted = {name: other.counted for name, other in others.items()}
        raters[""] = whole[code].n - sum(raters.values())
        counted[""] = whole[code].counted - sum(counted.values())
        if part in parts_shown(raters, floor, counted=counted):
            criteria[code] = found
    return SideSeen(sizes[part], {part: sizes[part]}, criteria)
