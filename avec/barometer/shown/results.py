"""The results of a campaign as a page, a sheet or a poster lays them out. Everything comes from the picture."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.ui.words import date_long

from ..models import Campaign
from ..rules import LEVELS, TALK, Criterion, Quadrant, Row, Side, Spread, median
from ..said import VOICES, number
from .drawing import GapLine, Wheel, gap_line, wheel_of
from .picture import Picture
from .sentences import (
    Names,
    Saying,
    counted_part,
    counted_side,
    gap_words,
    joint_words,
    part_group,
    period_words,
    stands_out,
    value_words,
)

SIDES = (Side.USER, Side.PROFESSIONAL)
BAR = 34  # the tallest bar of a distribution


@dataclass(frozen=True)
class Cell:
    level: int
    count: int
    height: int  # of BAR

    @property
    def top(self) -> int:
        return BAR + 2 - self.height


@dataclass(frozen=True)
class Answers:
    """What one side answered to a criterion, level by level. Without cells, too few."""

    v: str
    name: str
    cells: tuple[Cell, ...] = ()
    n: int = 0
    not_concerned: int = 0
    median: str = ""


@dataclass(frozen=True)
class Line:
    """A criterion, in the table of gaps and among the answers."""

    criterion: Criterion
    drawn: GapLine
    user: str
    user_n: int  # 0 where nothing may be said, and for a pair
    professional: str
    professional_n: int
    joint: str
    agreed: bool
    gap: str  # « 2 », « aucun », ""
    gap_words: str
    wide: bool
    answers: tuple[Answers, ...]

    @property
    def hidden(self) -> bool:
        """One side at least may not be shown."""
        return not self.gap


@dataclass(frozen=True)
class Quarter:
    quadrant: Quadrant
    lines: tuple[Line, ...]
    first: int


@dataclass(frozen=True)
class Asked:
    """A side: how many answered, and of which parts; or too few, and nothing more."""

    v: str
    name: str
    count: str
    parts: tuple[str, ...] = ()
    too_few: bool = False


@dataclass(frozen=True)
class Way:
    """One way to read: everybody, or one part of a side."""

    words: str
    part: str
    chosen: bool


@dataclass(frozen=True)
class Talked:
    """Words, in their voice: of the session, or left with an answer."""

    v: str
    name: str
    when: str
    words: str


@dataclass(frozen=True)
class Moved:
    """How those who answered both times moved on a criterion."""

    criterion: Criterion
    user: str
    professional: str


@dataclass(frozen=True)
class Results:
    picture: Picture
    names: Names
    sayings: list[Saying]
    asked: tuple[Asked, ...]
    period: str
    wheel: Wheel
    wheel_words: str
    quarters: tuple[Quarter, ...]

    @property
    def campaign(self) -> Campaign:
        return self.picture.campaign

    @property
    def pair(self) -> bool:
        return self.campaign.group.is_pair

    @property
    def lines(self) -> list[Line]:
        return [line for quarter in self.quarters for line in quarter.lines]

    @property
    def sides(self) -> list[tuple[str, str]]:
        return [(VOICES[side], self.names[side]) for side in SIDES]

    @property
    def has_joint(self) -> bool:
        return any(row.joint for row in self.picture.rows)

    @property
    def has_apart(self) -> bool:
        return any(row.joint and row.joint.user_level is not None for row in self.picture.rows)

    @property
    def silent(self) -> bool:
        """Neither side may be shown: nothing to draw."""
        return all(self.picture.side(side).answers is None for side in Side)


def results_of(picture: Picture, names: Names) -> Results:
    rows = {row.criterion.code: row for row in picture.rows}
    pair = picture.campaign.group.is_pair
    quarters = []
    for quadrant in picture.instrument.quadrants:
        own = picture.instrument.of(quadrant.code)
        lines = tuple(_line(rows[one.code], names, pair=pair) for one in own)
        quarters.append(Quarter(quadrant, lines, own[0].number))
    return Results(
        picture=picture,
        names=names,
        sayings=stands_out(picture, names),
        asked=tuple(_asked(picture, side, names) for side in SIDES),
        period=period_words(picture.campaign),
        wheel=wheel_of(picture),
        wheel_words=_wheel_words(picture, names),
        quarters=tuple(quarters),
    )


def _asked(picture: Picture, side: Side, names: Names) -> Asked:
    seen = picture.side(side)
    if picture.campaign.group.is_pair:
        return Asked(VOICES[side], names[side], names[side])
    if seen.answers is None:
        words = _("%s\u00a0: trop peu de réponses") % names[side]
        return Asked(VOICES[side], names[side], words, too_few=True)
    if picture.part in seen.parts:
        return Asked(VOICES[side], names[side], counted_part(picture.part, seen.answers))
    parts = tuple(counted_part(part, count) for part, count in seen.parts.items())
    return Asked(VOICES[side], names[side], counted_side(side, seen.answers), parts)


def _line(row: Row, names: Names, *, pair: bool) -> Line:
    gap = "" if row.gap is None else number(abs(row.gap)) if row.gap else _("aucun")
    return Line(
        criterion=row.criterion,
        drawn=gap_line(row),
        user=_value(row.user, pair=pair),
        user_n=row.user.n if row.user and not pair else 0,
        professional=_value(row.professional, pair=pair),
        professional_n=row.professional.n if row.professional and not pair else 0,
        joint=joint_words(row.joint),
        agreed=bool(row.joint and row.joint.agreed),
        gap=gap,
        gap_words=gap_words(row, names, pair=pair) if row.gap else "",
        wide=row.gap is not None and abs(row.gap) >= TALK,
        answers=_answers(row, names),
    )


def _value(found: Spread | None, *, pair: bool) -> str:
    if found is None:
        return _("non concerné, ou laissé vide") if pair else _("trop peu de réponses")
    return number(median(found))


def _answers(row: Row, names: Names) -> tuple[Answers, ...]:
    spreads: dict[Side, Spread | None] = {Side.USER: row.user, Side.PROFESSIONAL: row.professional}
    most = max((count for one in spreads.values() if one for count in one.levels), default=0)
    return tuple(_answers_of(side, found, names, most) for side, found in spreads.items())


def _answers_of(side: Side, found: Spread | None, names: Names, most: int) -> Answers:
    if found is None:
        return Answers(VOICES[side], names[side])
    return Answers(
        v=VOICES[side],
        name=names[side],
        cells=tuple(
            Cell(level, found.levels[level], round(BAR * found.levels[level] / most)) for level in LEVELS
        ),
        n=found.n,
        not_concerned=found.not_concerned,
        median=value_words(found),
    )


def _wheel_words(picture: Picture, names: Names) -> str:
    """What the drawing shows, for who does not see it. All the values are in the table."""
    users, team = names[Side.USER], names[Side.PROFESSIONAL]
    count = len(picture.rows)
    words = [
        ngettext("%s critère noté de 0 à 4.", "%s critères notés de 0 à 4.", count) % count,
        _("%(users)s\u00a0: première moitié de chaque secteur, en points. ") % {"users": users}
        + _("%(team)s\u00a0: seconde moitié, en lignes.") % {"team": team},
    ]
    together = sum(1 for row in picture.rows if row.joint and row.joint.agreed)
    if together:
        words.append(
            ngettext(
                "%s critère a une note commune, en double trait.",
                "%s critères ont une note commune, en double trait.",
                together,
            )
            % together
        )
    words += [f"{saying.strong} {saying.rest}" for saying in stands_out(picture, names)]
    words.append(_("Toutes les valeurs sont dans le tableau qui suit."))
    return " ".join(words)


def ways_of(picture: Picture, chosen: str) -> list[Way]:
    """Everybody, then each part that may be shown of either side. Empty where there is no choice.

    `picture` is the whole one: what may be read apart does not depend on what is read.
    """
    parts = [part for side in SIDES for part in picture.side(side).parts]
    if not parts:
        return []
    ways = [Way(_("Tout le monde"), "", not chosen)]
    return ways + [Way(_capital(part_group(part)), part, part == chosen) for part in parts]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def session_words(picture: Picture, names: Names) -> list[Talked]:
    """What was said in the session, criterion by criterion; where they did not agree, both sides."""
    found = []
    for row in picture.rows:
        said = picture.said.get(row.criterion.code)
        if said is None:
            continue
        about = _("critère %s") % row.criterion.number
        if said.words:
            when = about if row.joint is None else f"{_joint_when(row)}, {about}"
            found.append(Talked("joint", "", when, said.words))
        if said.user:
            found.append(Talked("person", names[Side.USER], about, said.user))
        if said.professional:
            found.append(Talked("professional", names[Side.PROFESSIONAL], about, said.professional))
    return found


def _joint_when(row: Row) -> str:
    if row.joint is None or row.joint.level is None:
        return joint_words(row.joint)
    return _("noté %s") % row.joint.level


def words_left(picture: Picture, names: Names) -> list[Talked]:
    """What was left with the answers and read over: of a side, never of somebody."""
    found = []
    for side in SIDES:
        about = {row.criterion.code: _("critère %s") % row.criterion.number for row in picture.rows}
        said = picture.comments.get(side.value, {})
        for code in ["", *about]:
            found += [
                Talked(VOICES[side], names[side], about.get(code, ""), words) for words in said.get(code, ())
            ]
    return found


def moves_of(picture: Picture) -> list[Moved]:
    """Of those who answered both times with their code: how many went up, stayed, went down."""
    rows = []
    for criterion in picture.instrument.criteria:
        said = {side: _move_words(picture.followed.get(side.value), criterion.code) for side in SIDES}
        if any(said.values()):
            rows.append(Moved(criterion, said[Side.USER], said[Side.PROFESSIONAL]))
    return rows


def followed_counts(picture: Picture) -> list[tuple[str, str]]:
    """(voice, « 6 usagers ont répondu les deux fois »)."""
    found = []
    for side in SIDES:
        both = (picture.followed.get(side.value) or {}).get("both")
        if both:
            found.append((VOICES[side], counted_side(side, both)))
    return found


def _move_words(side: dict[str, Any] | None, code: str) -> str:
    counts = ((side or {}).get("criteria") or {}).get(code)
    if not counts:
        return ""
    words = (("up", _("plus haut")), ("same", _("pareil")), ("down", _("plus bas")))
    return ", ".join(f"{counts[key]}\u00a0{said}" for key, said in words if counts[key])


def session_facts(campaign: Campaign, present: int) -> str:
    """« séance du 6 novembre 2026, 14 personnes »; "" before it."""
    session = getattr(campaign, "together", None)
    if session is None:
        return ""
    day = date_long(timezone.localdate(session.closed_at or session.opened_at))
    people = ngettext("%s personne", "%s personnes", present) % present
    return _("séance du %(day)s, %(people)s") % {"day": day, "people": people}
