"""A group over its campaigns: what was rated together each time, beside what each side answered.

Only campaigns on the same version of the barometer are put beside one another. A disagreement stays two values:
it is never averaged, and no line is drawn through it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.accounts.models import Member
from avec.ui.words import MONTHS, SHORT_MONTHS

from ..models import Campaign, Group
from ..policy import readable_campaigns
from ..rules import Criterion, Joint, Row, Spread, median, moved
from ..said import number
from .many import pictures_of
from .picture import Picture

DRAWN = 6  # campaigns on one small chart, the latest; the table has them all
LEFT, RIGHT, BOTTOM, STEP = 14.0, 106.0, 52.0, 11.0


@dataclass(frozen=True)
class SideCell:
    """The median of one side, never without its number; "" where too few answered."""

    median: str = ""
    n: int = 0


@dataclass(frozen=True)
class Mark:
    """One campaign on the chart of a criterion. Both values where the group did not agree."""

    label: str
    # The same, for the little room under a drawing.
    short: str
    joint: Joint | None
    value: str  # « 3 », « 1 et 3 », « – »
    words: str  # the same, in full
    user: SideCell
    professional: SideCell
    x: float = 0.0
    last: bool = False

    @property
    def shapes(self) -> list[tuple[str, str]]:
        """What is drawn: (class, path). A joint mark, or one of each side where they do not agree."""
        if self.joint is None:
            return []
        if self.joint.level is not None:
            return joint_shapes(self.x, height(self.joint.level), 8.0 if self.last else 6.4)
        if self.joint.user_level is None or self.joint.professional_level is None:
            return []
        return apart_shapes(self.x, height(self.joint.user_level), height(self.joint.professional_level))

    @property
    def apart(self) -> bool:
        return self.joint is not None and self.joint.user_level is not None


@dataclass(frozen=True)
class Line:
    """A criterion over the campaigns."""

    criterion: Criterion
    marks: Sequence[Mark]

    @property
    def drawn(self) -> Sequence[Mark]:
        return self.marks[-DRAWN:]

    @property
    def paths(self) -> list[str]:
        """The runs of campaigns that follow one another and were each agreed."""
        runs: list[list[str]] = [[]]
        for mark in self.drawn:
            if mark.joint is not None and mark.joint.level is not None:
                runs[-1].append(f"{mark.x:g} {height(mark.joint.level):g}")
            else:
                runs.append([])
        return ["M" + "L".join(run) for run in runs if len(run) > 1]


@dataclass(frozen=True)
class History:
    """`lines` is empty while there are not two campaigns to put beside one another."""

    pictures: Sequence[Picture]  # the earliest first, all on one version
    others: Sequence[Campaign]  # on another version: named, never compared

    @cached_property
    def labels(self) -> list[str]:
        return labels([picture.campaign for picture in self.pictures])

    @cached_property
    def shorts(self) -> list[str]:
        days = [picture.campaign.closes_on for picture in self.pictures]
        return [
            name if name == str(day.year) else f"{SHORT_MONTHS[day.month - 1]} {day.year % 100:02}"
            for name, day in zip(self.labels, days, strict=True)
        ]

    @cached_property
    def lines(self) -> list[Line]:
        if len(self.pictures) < 2:
            return []
        return [
            Line(
                criterion, marks(self.labels, self.shorts, [picture.rows[place] for picture in self.pictures])
            )
            for place, criterion in enumerate(self.pictures[0].instrument.criteria)
        ]

    @property
    def title(self) -> str:
        count = len(self.pictures)
        said = {2: _("Deux"), 3: _("Trois"), 4: _("Quatre"), 5: _("Cinq"), 6: _("Six")}.get(count, str(count))
        return _("%s campagnes, la note commune") % said

    @property
    def sentence(self) -> str:
        return sentence(self.lines, self.labels)


def history_of(group: Group, member: Member) -> History:
    """The campaigns of the group that this member may read, on the version used last; three queries."""
    found = readable_campaigns(member).filter(group=group).order_by("settled_at", "opens_on")
    rows = list(found.only("pk", "title", "barometer_id", "closes_on", "opens_on"))
    if not rows:
        return History([], [])
    last = rows[-1].barometer_id
    return History(
        pictures=pictures_of(found.filter(barometer=last)),
        others=[row for row in rows if row.barometer_id != last],
    )


def labels(campaigns: Sequence[Campaign]) -> list[str]:
    """The year of each; with the month where two fall in the same year; with the day where that is not enough."""
    days = [campaign.closes_on for campaign in campaigns]
    years = Counter(day.year for day in days)
    months = Counter((day.year, day.month) for day in days)
    said = []
    for day in days:
        if years[day.year] == 1:
            said.append(str(day.year))
        elif months[day.year, day.month] == 1:
            said.append(f"{MONTHS[day.month - 1]} {day.year}")
        else:
            said.append(f"{day.day} {MONTHS[day.month - 1]} {day.year}")
    return said


def marks(names: Sequence[str], shorts: Sequence[str], rows: Sequence[Row]) -> list[Mark]:
    drawn = min(len(rows), DRAWN)
    first = len(rows) - drawn
    made = []
    for place, (name, short, row) in enumerate(zip(names, shorts, rows, strict=True)):
        value, words = joint_words(row.joint)
        made.append(
            Mark(
                label=name,
                short=short,
                joint=row.joint,
                value=value,
                words=words,
                user=side_cell(row.user),
                professional=side_cell(row.professional),
                x=round(LEFT + (RIGHT - LEFT) * (place - first) / (drawn - 1), 1) if place >= first else 0.0,
                last=place == len(rows) - 1,
            )
        )
    return made


def side_cell(found: Spread | None) -> SideCell:
    if found is None:
        return SideCell()
    return SideCell(number(median(found)), found.n)


def joint_words(joint: Joint | None) -> tuple[str, str]:
    """What was rated together, short and in full."""
    if joint is None:
        return "–", _("pas notée ensemble")
    if joint.level is not None:
        return str(joint.level), _("note commune\u00a0: %s") % joint.level
    if joint.user_level is None:
        return "–", _("non concerné")
    both = {"user": joint.user_level, "professional": joint.professional_level}
    return (
        _("%(user)s / %(professional)s") % both,
        _("pas d’accord\u00a0: usagers %(user)s, professionnels %(professional)s") % both,
    )


def sentence(lines: Sequence[Line], names: Sequence[str]) -> str:
    """« Depuis 2024, 10 critères montent, aucun ne descend. » Only what was agreed the first and the last time."""
    if not lines:
        return ""
    before = {line.criterion.code: level_of(line.marks[0]) for line in lines}
    after = {line.criterion.code: level_of(line.marks[-1]) for line in lines}
    moves = moved(before, after)
    if not moves:
        return _("Aucun critère n’a été noté ensemble la première et la dernière fois.")
    up = sum(1 for move in moves.values() if move > 0)
    down = sum(1 for move in moves.values() if move < 0)
    rising = (
        ngettext("%s critère monte", "%s critères montent", up) % up if up else _("aucun critère ne monte")
    )
    falling = ngettext("%s descend", "%s descendent", down) % down if down else _("aucun ne descend")
    said = _("Depuis %(first)s, %(rising)s, %(falling)s.") % {
        "first": names[0],
        "rising": rising,
        "falling": falling,
    }
    still = [str(line.criterion.number) for line in lines if moves.get(line.criterion.code) == 0]
    if still:
        said += " " + (
            ngettext("Ne bouge pas\u00a0: critère %s.", "Ne bougent pas\u00a0: critères %s.", len(still))
            % ", ".join(still)
        )
    left = len(lines) - len(moves)
    if left:
        said += " " + (
            ngettext(
                "Un critère n’a pas de note commune les deux fois.",
                "%(count)s critères n’ont pas de note commune les deux fois.",
                left,
            )
            % {"count": left}
        )
    return said


def level_of(mark: Mark) -> int | None:
    return mark.joint.level if mark.joint else None


def height(level: int) -> float:
    return BOTTOM - STEP * level


def joint_shapes(x: float, y: float, size: float) -> list[tuple[str, str]]:
    """The mark of what is said together: a disc and a square that overlap, on their own ground."""
    side = round(size * 1.9, 1)
    back = f"M{x - size * 0.3:g} {y - size * 0.8:g}h{size * 0.75:g}v{size * 1.6:g}h-{size * 0.75:g}z"
    disc = (
        f"M{x - size * 0.62:g} {y - size:g}a{size:g} {size:g} 0 1 1 0 {size * 2:g} "
        f"{size:g} {size:g} 0 0 1 0-{size * 2:g}z"
    )
    square = f"M{x - size * 0.25:g} {y - side / 2:g}h{side:g}v{side:g}h-{side:g}z"
    return [("mk-back", back), ("mk mk--joint", disc + square)]


def apart_shapes(x: float, user: float, professional: float) -> list[tuple[str, str]]:
    """One mark for each side, on a dashed stem: shapes as everywhere, a disc and a square."""
    shift = 6.0 if user == professional else 0.0
    disc = f"M{x - 5 - shift:g} {user:g}a5 5 0 1 1 10 0 5 5 0 0 1-10 0z"
    square = f"M{x - 4.5 + shift:g} {professional - 4.5:g}h9v9h-9z"
    return [
        ("gap__drop", f"M{x:g} {user:g}V{professional:g}"),
        ("mk mk--person", disc),
        ("mk mk--professional", square),
    ]
