"""Groups side by side: the last settled campaign of each, on one version of the barometer.

Each group comes through its own picture, with its own floor, and nothing is added up: a comparison is read, it
ranks nobody. A pair is never compared.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from avec.accounts.models import Member

from ..models import Barometer, Campaign, GroupKind
from ..policy import readable_campaigns
from ..rules import Criterion, Row
from .history import SideCell, joint_words, side_cell
from .many import pictures_of
from .picture import Picture

ABREAST = 4  # groups on one page


@dataclass(frozen=True)
class Candidate:
    """A group that may be compared, and its last campaign on this version."""

    campaign: UUID
    group: UUID
    name: str


@dataclass(frozen=True)
class Cell:
    """What one group says of a criterion."""

    picture: Picture
    value: str
    words: str
    apart: bool
    user: SideCell
    professional: SideCell


@dataclass(frozen=True)
class Compared:
    criterion: Criterion
    cells: Sequence[Cell]


def versions(member: Member) -> list[Barometer]:
    """The versions on which this member may read campaigns of groups, the one used last first; two queries."""
    keys = (
        readable_campaigns(member)
        .exclude(group__kind=GroupKind.PAIR)
        .order_by("-settled_at")
        .values_list("barometer_id", flat=True)
    )
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return sorted(Barometer.objects.filter(pk__in=places), key=lambda one: places[one.pk])


def candidates(member: Member, barometer: Barometer) -> list[Candidate]:
    """The groups this member may compare on this version, by name; one query."""
    rows = (
        readable_campaigns(member)
        .filter(barometer=barometer)
        .exclude(group__kind=GroupKind.PAIR)
        .order_by("group__name", "group_id", "-settled_at", "-opens_on")
        .values_list("pk", "group_id", "group__name")
    )
    last: dict[UUID, Candidate] = {}
    for campaign, group, name in rows:
        last.setdefault(group, Candidate(campaign, group, name))
    return list(last.values())


def chosen(found: Sequence[Candidate], asked: Collection[str]) -> list[Candidate]:
    """Those that were asked for; all when none was, or none of them may be read."""
    return [one for one in found if str(one.group) in asked] or list(found)


def pictures(found: Sequence[Candidate]) -> list[Picture]:
    """Their pictures in the same order; two queries."""
    places = {one.campaign: place for place, one in enumerate(found)}
    made = pictures_of(Campaign.objects.filter(pk__in=places))
    return sorted(made, key=lambda picture: places[picture.campaign.pk])


def compared(found: Sequence[Picture]) -> list[Compared]:
    if not found:
        return []
    return [
        Compared(criterion, [cell(picture, picture.rows[place]) for picture in found])
        for place, criterion in enumerate(found[0].instrument.criteria)
    ]


def cell(picture: Picture, row: Row) -> Cell:
    value, words = joint_words(row.joint)
    return Cell(
        picture=picture,
        value=value,
        words=words,
        apart=row.joint is not None and row.joint.user_level is not None,
        user=side_cell(row.user),
        professional=side_cell(row.professional),
    )
