"""The lines of the board: the clocks of the stays that somebody follows, filtered, counted and sorted.

Everything is read in a constant number of queries and computed here; the page
shows fifty lines of it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import BooleanField, Case, OuterRef, QuerySet, Subquery, UUIDField, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.models import Member
from avec.people.models import CareTeamMember, Stay, in_force, teams_of
from avec.people.rules import fold, mask

from .gather import Timed, clocks_for, on_board
from .models import Deadline
from .policy import counted_for, named_for, of_my_teams
from .rules import ORDER, Anchor, Clock, State, by_date, by_state, worst
from .table import table_of

# What each part of the board holds, in the order of its tabs.
PARTS: dict[str, tuple[Any, frozenset[State]]] = {
    "a-faire": (gettext_lazy("À faire maintenant"), frozenset({State.LATE, State.DUE_SOON})),
    "retard": (gettext_lazy("Date passée"), frozenset({State.LATE})),
    "bientot": (gettext_lazy("Bientôt"), frozenset({State.DUE_SOON})),
    "a-venir": (gettext_lazy("À venir"), frozenset({State.DUE})),
    "fait": (gettext_lazy("Fait, avec la preuve"), frozenset({State.DONE})),
    "sans-date": (gettext_lazy("Date à noter"), frozenset({State.NOT_DUE})),
}
FIRST = "a-faire"
# The anchors that somebody of the team can note: the other clocks without a date have nothing to say yet.
TO_NOTE = frozenset({Anchor.INTERVIEW})


# What the board reads beside the dates of a stay: plain columns, a board goes through hundreds of them.
BESIDE = (
    "person__given_names",
    "person__family_name",
    "person__room",
    "person__search_text",
    "person__unit_id",
    "person__unit__name",
    "opened",
    "inside",
    "referent",
    "referent_given",
    "referent_family",
)


@dataclass(frozen=True, slots=True)
class Named:
    """Whose clocks they are, as a board names them."""

    pk: UUID
    name: str
    room: str
    unit: str
    referent: str
    sorted_by: tuple[str, str]


class Line(NamedTuple):
    """A clock of a stay, as one member sees it."""

    stay: Any
    clock: Clock
    person: Named

    @property
    def opened(self) -> bool:
        """Does the member read this person's record?"""
        return bool(self.stay.opened)

    @property
    def writes(self) -> bool:
        """One of the house's team, not somebody from outside who reads."""
        return bool(self.stay.opened and self.stay.inside)


def named_stays(member: Member) -> QuerySet[Stay]:
    """The stays that a member's board names, with who refers to each person and what is open to the member."""
    referents = CareTeamMember.objects.filter(
        in_force(), person=OuterRef("person_id"), is_referent=True
    ).order_by("starts_on", "pk")
    return Stay.objects.filter(named_for(member) & on_board(member.establishment)).annotate(
        opened=Case(
            When(of_my_teams(member), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        ),
        inside=teams_of(member, "person_id", external=False),
        # A key read through a subquery comes as text on SQLite unless its type is said.
        referent=Subquery(referents.values("member")[:1], output_field=UUIDField()),
        referent_given=Subquery(referents.values("member__given_name")[:1]),
        referent_family=Subquery(referents.values("member__family_name")[:1]),
    )


def named(stay: Any) -> Named:
    return Named(
        stay.person_id,
        # As `Person.name` says it.
        f"{stay.person__given_names.split(' ')[0]} {stay.person__family_name}".strip(),
        stay.person__room,
        stay.person__unit__name or "",
        referent_of(stay),
        (fold(stay.person__family_name), fold(stay.person__given_names)),
    )


def referent_of(stay: Any) -> str:
    return f"{stay.referent_given or ''} {stay.referent_family or ''}".strip()


def lines_of(timed: Iterable[Timed]) -> Iterator[Line]:
    for one in timed:
        person = named(one.stay)
        for clock in one.clocks:
            if clock.state == State.DOES_NOT_APPLY:
                continue
            if clock.state != State.NOT_DUE or clock.row.anchor in TO_NOTE:
                yield Line(one.stay, clock, person)


def by_name(line: Line) -> tuple[str, str]:
    return line.person.sorted_by


SORTS: dict[str, Callable[[Line], Any]] = {
    "date": lambda line: (by_date(line.clock), by_name(line)),
    "personne": lambda line: (by_name(line), by_date(line.clock)),
    "delai": lambda line: (fold(line.clock.row.label), by_date(line.clock), by_name(line)),
    "etat": lambda line: (by_state(line.clock), by_name(line)),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for: each part means nothing when it is unknown."""

    part: str = FIRST
    words: str = ""
    unit: str = ""
    referent: str = ""
    deadline: str = ""
    mine: bool = False
    sort: str = "date"
    reverse: bool = False

    @property
    def narrowed(self) -> bool:
        return bool(self.words or self.unit or self.referent or self.deadline or self.mine)

    def query(self, **other: str) -> str:
        """The address of the same board, with something else."""
        kept = {
            "etat": self.part if self.part != FIRST else "",
            "q": self.words,
            "unite": self.unit,
            "referent": self.referent,
            "delai": self.deadline,
            "mien": "1" if self.mine else "",
            "tri": ("-" if self.reverse else "") + self.sort,
        }
        if kept["tri"] == "date":
            kept["tri"] = ""
        return urlencode({name: value for name, value in (kept | other).items() if value})


def as_key(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def asked_of(given: Mapping[str, str]) -> Asked:
    sort = given.get("tri", "")
    part = given.get("etat", "")
    return Asked(
        part=part if part in PARTS else FIRST,
        words=given.get("q", "").replace("\x00", "").strip()[:100],
        unit=as_key(given.get("unite", "")),
        referent=as_key(given.get("referent", "")),
        deadline=as_key(given.get("delai", "")),
        mine=given.get("mien") == "1",
        sort=sort.lstrip("-") if sort.lstrip("-") in SORTS else "date",
        reverse=sort.startswith("-"),
    )


@dataclass(frozen=True)
class Board:
    """What one member's board holds for what was asked."""

    asked: Asked
    lines: list[Line]
    counts: dict[str, int]
    units: list[tuple[str, str]]
    referents: list[tuple[str, str]]
    table: list[Deadline]
    stays: int


def board_for(member: Member, asked: Asked) -> Board:
    table = table_of(member.establishment_id)
    timed = clocks_for(named_stays(member), member.establishment, table, BESIDE)
    words = fold(asked.words).split()
    found = [one for one in timed if fits(one.stay, asked, words, member)]
    kept = [
        line for line in lines_of(found) if not asked.deadline or str(line.clock.row.id) == asked.deadline
    ]
    counted = Counter(line.clock.state for line in kept)
    states = PARTS[asked.part][1]
    shown = sorted((line for line in kept if line.clock.state in states), key=SORTS[asked.sort])
    if asked.reverse:
        shown.reverse()
    return Board(
        asked,
        shown,
        {part: sum(counted[state] for state in PARTS[part][1]) for part in PARTS},
        units_of(timed),
        referents_of(timed),
        [row for row in table if row.active],
        len(timed),
    )


def fits(stay: Any, asked: Asked, words: Iterable[str], member: Member) -> bool:
    return (
        (not asked.unit or str(stay.person__unit_id) == asked.unit)
        and (not asked.referent or str(stay.referent) == asked.referent)
        and (not asked.mine or stay.referent == member.pk)
        and all(word in stay.person__search_text for word in words)
    )


def units_of(timed: Iterable[Timed]) -> list[tuple[str, str]]:
    """The units named on a board, for who narrows it."""
    units = {
        str(one.stay.person__unit_id): one.stay.person__unit__name
        for one in timed
        if one.stay.person__unit_id
    }
    return sorted(units.items(), key=lambda unit: fold(unit[1]))


def referents_of(timed: Iterable[Timed]) -> list[tuple[str, str]]:
    known = {str(one.stay.referent): referent_of(one.stay) for one in timed if one.stay.referent}
    return sorted(known.items(), key=lambda one: fold(one[1]))


# --- Numbers, for those who steer without names ----------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """A unit: how many persons have a date gone by, one soon, nothing now. None: too few to show."""

    unit: str
    late: int | None
    soon: int | None
    calm: int | None


@dataclass(frozen=True)
class Numbers:
    total: int
    shares: list[Share]

    @property
    def masked(self) -> bool:
        return any(count is None for share in self.shares for count in (share.late, share.soon, share.calm))


def numbers_for(member: Member) -> Numbers | None:
    """Persons by unit and by what weighs most among their clocks; None when they are too few to be counted.

    All the cells are the groups of one whole, masked together: a row or a column gives nothing away.
    """
    establishment = member.establishment
    stays = Stay.objects.filter(counted_for(member) & on_board(establishment))
    states: dict[UUID, tuple[str, State]] = {}
    for one in clocks_for(stays, establishment, beside=("person__unit__name",)):
        before = states.get(one.stay.person_id, ("", State.DOES_NOT_APPLY))[1]
        now = min(before, worst(one.clocks), key=ORDER.__getitem__)
        states[one.stay.person_id] = (one.stay.person__unit__name or "", now)
    cells = Counter((unit, group_of(state)) for unit, state in states.values())
    units = sorted({unit for unit, _state in states.values()}, key=lambda unit: (unit == "", fold(unit)))
    groups = [(unit, group) for unit in units for group in ("late", "soon", "calm")]
    masked = mask([cells[group] for group in groups])
    if masked is None:
        return None
    shown = dict(zip(groups, masked, strict=True))
    return Numbers(
        len(states),
        [
            Share(unit or _("sans unité"), shown[unit, "late"], shown[unit, "soon"], shown[unit, "calm"])
            for unit in units
        ],
    )


def group_of(state: State) -> str:
    return {State.LATE: "late", State.DUE_SOON: "soon"}.get(state, "calm")
