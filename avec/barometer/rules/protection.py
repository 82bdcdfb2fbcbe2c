"""What may be shown of answers, decided in one place: page, chart, table, exports, history and comparison ask here.

Nothing under the floor (5 on each side; 10 outside the establishment). A part may be shown only if what
remains when it is taken away may be shown too, so that no subtraction finds fewer than the floor. Figures are
taken once, when the campaign is settled: a late answer never moves what was already read.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

INSIDE, OUTSIDE = 5, 10


class Kind(StrEnum):
    """How answers are protected. Irreversible after the first one."""

    ANONYMOUS = "anonymous"  # no account, no key, no address, no exact time with the answer
    PSEUDONYMOUS = "pseudonymous"  # a code follows over time, its key is kept apart
    NAMED = "named"  # a pair, by the choice of both


def kind_fits_group(kind: Kind, *, pair: bool) -> str:
    """Why not, or ""."""
    if pair and kind != Kind.NAMED:
        return (
            "À deux, l’anonymat est impossible\u00a0: chacun sait qui est l’autre. "
            "Choisissez «\u00a0avec les noms\u00a0», avec l’accord des deux."
        )
    if not pair and kind == Kind.NAMED:
        return "Avec les noms, c’est pour un binôme\u00a0: à plusieurs, choisissez «\u00a0anonyme\u00a0» ou «\u00a0avec un code\u00a0»."
    return ""


@dataclass(frozen=True)
class Spread:
    """The answers of one side to one criterion: how many chose each level; None where nothing may be said."""

    levels: tuple[int, int, int, int, int]
    not_concerned: int = 0

    @property
    def n(self) -> int:
        """Those who rated: « non concerné » is no rating."""
        return sum(self.levels)

    @property
    def counted(self) -> int:
        """Those who rated, and those who are not concerned."""
        return self.n + self.not_concerned


def spread(values: Iterable[int | None]) -> Spread:
    counted = Counter(values)
    return Spread(
        levels=tuple(counted[level] for level in range(5)),  # type: ignore[arg-type]
        not_concerned=counted[None],
    )


def shown(values: Sequence[int | None], floor: int) -> Spread | None:
    """The spread of these answers, or None when fewer than the floor gave a rating.

    The number of « non concerné » is said with it: those who rated are enough to hide each of them.
    """
    found = spread(values)
    return found if found.n >= floor else None


def parts_shown(
    sizes: Mapping[str, int], floor: int, *, counted: Mapping[str, int] | None = None
) -> frozenset[str]:
    """Which parts of a whole may be shown beside it (residents, relatives, representatives…).

    A part under the floor is hidden; and as long as those that are hidden would be found by taking the shown ones
    from the whole, and are together fewer than the floor, the smallest shown one is hidden too.
    `sizes`: those who rated. `counted`: those and the « non concerné », whose number is shown as well, and could be
    found in the same way.
    """
    counted = counted or sizes
    # "" is who did not say: never shown, always found by taking the others away.
    shown_parts = {part for part, size in sizes.items() if part and size >= floor}
    while shown_parts:
        hidden = [
            sum(size for part, size in measure.items() if part not in shown_parts)
            for measure in (sizes, counted)
        ]
        if all(rest == 0 or rest >= floor for rest in hidden):
            return frozenset(shown_parts)
        shown_parts.discard(min(shown_parts, key=lambda part: (sizes[part], part)))
    return frozenset()


def followed_shown(both: int, before: int, after: int, floor: int) -> bool:
    """May we say how the same people moved from one campaign to the next (pseudonymous)?

    Those who answered both times are enough, and on neither side do the others, found by subtraction, make a few.
    """
    rest = (before - both, after - both)
    return both >= floor and all(one == 0 or one >= floor for one in rest)


def comments_shown(comments: Sequence[str], answers: int, floor: int) -> tuple[str, ...]:
    """Words only above the floor, in an order that says nothing of who or when."""
    return tuple(sorted(comments, key=lambda words: (len(words), words))) if answers >= floor else ()
