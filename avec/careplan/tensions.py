"""The divergences of a plan as one reader sees them, in one query.

A side is shown under the rule of the words it points at. When fewer than two
sides are left, nothing is shown at all: not even that there is a divergence.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from avec.accounts.models import Member
from avec.people.models import Person

from .models import CarePlan, Divergence, DivergenceSide
from .rules.divergences import place_of
from .words import Speaker, side_speaker


@dataclass(frozen=True)
class SideShown:
    """How one voice reads the situation."""

    side: DivergenceSide
    speaker: Speaker

    @property
    def words(self) -> str:
        source = self.side.expectation or self.side.need
        return source.words if source is not None else self.side.words

    @property
    def withdrawn(self) -> bool:
        return self.side.expectation is not None and self.side.expectation.withdrawn_at is not None


@dataclass
class Tension:
    """A divergence and its readable sides, the person's first."""

    divergence: Divergence
    sides: list[SideShown] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.divergence.closed_at is None

    def others(self, pk: UUID) -> list[SideShown]:
        """The sides facing this expectation, or this need."""
        return [one for one in self.sides if pk not in (one.side.expectation_id, one.side.need_id)]


class Tensions(list[Tension]):
    """The readable divergences of a plan: those still to talk about first, then the latest."""

    def of(self, pk: UUID) -> list[Tension]:
        """The open ones in which this expectation or this need is a side, or which are about this goal."""
        return [
            one
            for one in self
            if one.is_open
            and (
                one.divergence.goal_id == pk
                or any(pk in (shown.side.expectation_id, shown.side.need_id) for shown in one.sides)
            )
        ]

    @property
    def open(self) -> list[Tension]:
        return [one for one in self if one.is_open]

    @property
    def closed(self) -> list[Tension]:
        return [one for one in self if not one.is_open]


def tensions_of(member: Member | None, plan: CarePlan, person: Person) -> Tensions:
    """Every divergence of the plan that this member may read. One query."""
    sides = (
        DivergenceSide.objects.visible_to(member)
        .filter(divergence__plan=plan)
        .select_related(
            "divergence__closed_by",
            "divergence__written_by",
            "relative",
            "professional",
            "expectation",
            "need",
        )
    )
    found: dict[UUID, Tension] = {}
    by_divergence: dict[UUID, list[DivergenceSide]] = defaultdict(list)
    for side in sides:
        by_divergence[side.divergence_id].append(side)
    for pk, several in by_divergence.items():
        if len(several) < 2:
            continue
        ordered = sorted(several, key=lambda side: (place_of(side.voice), str(side.pk)))
        found[pk] = Tension(
            several[0].divergence, [SideShown(side, side_speaker(side, person)) for side in ordered]
        )
    return Tensions(
        sorted(found.values(), key=lambda one: (not one.is_open, -one.divergence.written_at.timestamp()))
    )
