"""The joint session as its screen shows it: who is there, where each criterion is, what each side had answered.

What each side answered comes from the picture and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.ui.words import NBSP, elide

from ..models import Attendee, Campaign, JointConfirmation, JointRating, JointSession
from ..rules import LEVELS, Criterion, Row, Side, Spread, median
from ..said import VOICES, number
from .picture import Picture
from .sentences import Names, names_of

BY_GAP = "ecarts"
ACROSS, MOST_MARKS = 5, 20  # marks on one line of a level; marks of one level


@dataclass(frozen=True)
class Cell:
    """How many chose a level, and where their marks are drawn."""

    level: int
    count: int
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class SideLine:
    """What one side answered to a criterion. Without cells, too few answered to say anything."""

    side: Side
    v: str
    name: str
    cells: tuple[Cell, ...] = ()
    height: int = 0
    n: int = 0
    median: str = ""
    not_concerned: int = 0
    per_mark: int = 1
    comments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Point:
    """One criterion and where it is: to rate, written, agreed, apart."""

    criterion: Criterion
    row: Row
    state: str
    state_words: str
    icon: str
    rating: JointRating | None = None

    @property
    def holds(self) -> bool:
        return self.state in {"agreed", "apart"}


@dataclass(frozen=True)
class Sitting:
    """The session of a campaign at this moment."""

    campaign: Campaign
    picture: Picture
    session: JointSession | None
    attendees: Sequence[Attendee]
    points: Sequence[Point]
    names: Names

    @property
    def present(self) -> list[Attendee]:
        return [one for one in self.attendees if one.left_at is None]

    @property
    def both_sides(self) -> bool:
        return {one.side for one in self.present} == {side.value for side in Side}

    @property
    def is_closed(self) -> bool:
        return self.session is not None and self.session.closed_at is not None

    @property
    def present_names(self) -> str:
        return ", ".join(one.name for one in self.present)

    @property
    def sides(self) -> list[tuple[str, str, list[Attendee]]]:
        """(voice, name of the side, who of it is there)."""
        return [
            (VOICES[side], self.names[side], [one for one in self.present if one.side == side.value])
            for side in (Side.USER, Side.PROFESSIONAL)
        ]

    @property
    def gone(self) -> list[Attendee]:
        return [one for one in self.attendees if one.left_at is not None]

    @property
    def unsettled(self) -> list[Point]:
        return [point for point in self.points if not point.holds]

    def ordered(self, order: str) -> list[Point]:
        """By the sheet, or those that ask for a talk first, the widest gap before the others."""
        if order != BY_GAP:
            return list(self.points)
        first = [row.criterion.code for row in self.picture.to_talk_about]
        place = {code: at for at, code in enumerate(first)}
        return sorted(self.points, key=lambda point: place.get(point.criterion.code, len(first)))

    def point(self, code: str) -> Point | None:
        return next((point for point in self.points if point.criterion.code == code), None)


def sitting_of(campaign: Campaign, picture: Picture) -> Sitting:
    """The session with its picture; three queries, four for a pair."""
    session = JointSession.objects.filter(pk=campaign.pk).first()
    ratings = {one.criterion: one for one in JointRating.objects.filter(session_id=campaign.pk)}
    over = session is not None and session.closed_at is not None
    return Sitting(
        campaign=campaign,
        picture=picture,
        session=session,
        # The users first, as everywhere on the page.
        attendees=list(Attendee.objects.filter(session_id=campaign.pk).order_by("-side", "name", "id")),
        points=[_point(row, ratings.get(row.criterion.code), over=over) for row in picture.rows],
        names=names_of(campaign),
    )


def _point(row: Row, rating: JointRating | None, *, over: bool) -> Point:
    if rating is None:
        return Point(row.criterion, row, "unsaid", _("non notée") if over else _("à noter"), "note")
    if rating.confirmed_at is None:
        words = _("non confirmée") if over else _("écrite, à confirmer")
        return Point(row.criterion, row, "waiting", words, "pause", rating)
    if rating.agreed:
        return Point(row.criterion, row, "agreed", level_words(rating.level), "check", rating)
    words = _("pas d’accord\u00a0: %(user)s et %(professional)s") % {
        "user": rating.user_level,
        "professional": rating.professional_level,
    }
    return Point(row.criterion, row, "apart", words, "balance", rating)


def level_words(level: int | None) -> str:
    return _("notée ensemble, non concerné") if level is None else _("notée ensemble\u00a0: %s") % level


def side_lines(sitting: Sitting, row: Row) -> list[SideLine]:
    """Both sides of a criterion, drawn at one scale."""
    spreads: dict[Side, Spread | None] = {Side.USER: row.user, Side.PROFESSIONAL: row.professional}
    most = max((count for one in spreads.values() if one for count in one.levels), default=0)
    per_mark = max(1, ceil(most / MOST_MARKS))
    lines = max(1, ceil(ceil(most / per_mark) / ACROSS))
    found = []
    for side, spread in spreads.items():
        name = sitting.names[side]
        if spread is None:
            found.append(SideLine(side, VOICES[side], name))
            continue
        comments = sitting.picture.comments.get(side.value, {}).get(row.criterion.code, ())
        found.append(
            SideLine(
                side=side,
                v=VOICES[side],
                name=name,
                cells=tuple(_cell(level, spread.levels[level], per_mark, lines) for level in LEVELS),
                height=lines * 20 + 4,
                n=spread.n,
                median=number(median(spread)),
                not_concerned=spread.not_concerned,
                per_mark=per_mark,
                comments=tuple(comments),
            )
        )
    return found


def _cell(level: int, count: int, per_mark: int, lines: int) -> Cell:
    """Marks pile up from the bottom, five on a line, in the middle of their column."""
    many, bottom, marks = ceil(count / per_mark), lines * 20 - 8, []
    for at in range(many):
        line, place = divmod(at, ACROSS)
        left = 52 - 10 * (min(ACROSS, many - line * ACROSS) - 1)
        marks.append((left + 20 * place, bottom - 20 * line))
    return Cell(level, count, tuple(marks))


def gap_words(sitting: Sitting, row: Row) -> str:
    """The gap and who is higher, in one sentence; "" when a side may not be shown."""
    if row.gap is None or row.user is None:
        return ""
    pair = sitting.campaign.group.is_pair
    if not row.gap:
        return _("Les deux côtés notent pareil\u00a0: %s.") % number(median(row.user))
    size = abs(row.gap)
    points = ngettext("%s point", "%s points", int(size)) % number(size)
    points = points.replace(" ", NBSP)
    high = row.higher or Side.USER
    low = Side.USER if high == Side.PROFESSIONAL else Side.PROFESSIONAL
    if pair:
        facts = {"high": sitting.names[high], "points": points, "low": elide(sitting.names[low], "que")}
        return _("%(high)s note %(points)s plus haut %(low)s.") % facts
    if high == Side.PROFESSIONAL:
        return _("Les professionnels notent %s plus haut que les usagers.") % points
    return _("Les usagers notent %s plus haut que les professionnels.") % points


def confirmed_by(rating: JointRating) -> set[object]:
    """Who said yes to the wording as it is now."""
    yes = JointConfirmation.objects.filter(rating=rating, version=rating.version)
    return set(yes.values_list("attendee", flat=True))
