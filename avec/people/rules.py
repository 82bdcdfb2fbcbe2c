"""Who may see what of a person's record, as plain facts and one decision.

Access comes from a relationship to the person, dated and scoped, never from a
job title. Deny by default; a refusal (objection, limitation, other
establishment) beats any permission. Source: access.md and its truth table
(CSP L1110-4, L1110-12, L1111-5 to L1111-7; CASF L311-3, L311-5-1; Code civil 459).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Voice(StrEnum):
    """Who says it. Voices are never merged; together exists only when both sides said it jointly."""

    PERSON = "person"
    OBSERVED = "observed"
    RELATIVE = "relative"
    REPRESENTATIVE = "representative"
    PROFESSIONAL = "professional"
    JOINT = "joint"


class Level(StrEnum):
    """Who an element is shared with: chosen by its author (access.md, the model)."""

    C1 = "C1"  # the person, mandated relatives, the team
    C2 = "C2"  # the person and the team
    C3 = "C3"  # a working note of the team
    C4 = "C4"  # named people only
    C5 = "C5"  # from or about a third party: the team, never in the person's copy


class Kind(StrEnum):
    """What somebody is to the person."""

    SELF = "self"
    TEAM = "team"
    EXTERNAL = "external"  # a professional from outside, with the person's consent
    CARER = "carer"  # a relative with the person's written consent
    TRUSTED = "trusted"  # personne de confiance
    REPRESENTATION = "representation"  # tutelle or habilitation for the person
    ASSISTANCE = "assistance"  # curatelle
    PROPERTY = "property"  # the judgment is about property only
    PARENT = "parent"


class Purpose(StrEnum):
    CARE = "care"
    RIGHTS = "rights"


# What each relationship reads at most. C4 is for the people it names, and nobody else.
CEILING: dict[Kind, frozenset[Level]] = {
    Kind.SELF: frozenset({Level.C1, Level.C2}),
    Kind.TEAM: frozenset({Level.C1, Level.C2, Level.C3, Level.C5}),
    Kind.EXTERNAL: frozenset({Level.C1, Level.C2}),
    Kind.CARER: frozenset({Level.C1}),
    Kind.TRUSTED: frozenset({Level.C1}),
    Kind.REPRESENTATION: frozenset({Level.C1, Level.C2}),
    Kind.ASSISTANCE: frozenset({Level.C1}),
    Kind.PROPERTY: frozenset(),
    Kind.PARENT: frozenset({Level.C1, Level.C2}),
}

LAY_KINDS = frozenset(
    {Kind.CARER, Kind.TRUSTED, Kind.REPRESENTATION, Kind.ASSISTANCE, Kind.PROPERTY, Kind.PARENT}
)


class Deed(StrEnum):
    """What one does with a record."""

    READ = "read"
    SPEAK = "speak"  # add one's own words
    WRITE = "write"  # write for the team: answers, goals, activities
    VALIDATE = "validate"  # issue a contract, close a step: not alone for a trainee


DEEDS: dict[Kind, frozenset[Deed]] = {
    Kind.SELF: frozenset({Deed.READ, Deed.SPEAK}),
    Kind.TEAM: frozenset({Deed.READ, Deed.SPEAK, Deed.WRITE, Deed.VALIDATE}),
    Kind.EXTERNAL: frozenset({Deed.READ}),
    Kind.CARER: frozenset({Deed.READ, Deed.SPEAK}),
    Kind.TRUSTED: frozenset({Deed.READ, Deed.SPEAK}),
    Kind.REPRESENTATION: frozenset({Deed.READ, Deed.SPEAK}),
    Kind.ASSISTANCE: frozenset({Deed.READ, Deed.SPEAK}),
    Kind.PROPERTY: frozenset(),
    Kind.PARENT: frozenset({Deed.READ, Deed.SPEAK}),
}


@dataclass(frozen=True)
class Relationship:
    """One tie between an actor and a person. `starts` and `ends` are included days; `ends` None means open."""

    kind: Kind
    starts: date | None = None
    ends: date | None = None
    revoked: bool = False
    consent: bool = True  # for an external professional: still given?
    wider: bool = False  # assistance with the person's express consent: C2 too (T33)

    def active(self, today: date) -> bool:
        started = self.starts is None or self.starts <= today
        ended = self.ends is not None and self.ends < today
        return started and not ended and not self.revoked and (self.kind != Kind.EXTERNAL or self.consent)


@dataclass(frozen=True)
class Standing:
    """Everything a decision needs to know about an actor before a person's record."""

    same_establishment: bool
    member_active: bool = True
    trainee: bool = False
    relationships: tuple[Relationship, ...] = ()
    objection: bool = False  # the person objected to this professional (T11)
    limited: bool = False  # the file is under limitation (T52)


def readable_levels(standing: Standing, today: date) -> frozenset[Level]:
    """The levels this actor reads of this person today; empty when the record is closed to them."""
    if not standing.same_establishment or not standing.member_active:
        return frozenset()
    if standing.objection or standing.limited:
        return frozenset()
    levels: frozenset[Level] = frozenset()
    for relationship in standing.relationships:
        if relationship.active(today):
            levels |= CEILING[relationship.kind]
            if relationship.kind == Kind.ASSISTANCE and relationship.wider:
                levels |= {Level.C2}
    return levels


def may_do(standing: Standing, deed: Deed, level: Level, today: date, *, named: bool = False) -> bool:
    """The one decision. `named`: the element is C4 and names this actor, or this actor wrote it."""
    levels = readable_levels(standing, today)
    if not levels:
        return False
    # C4 names people of the team: what one wrote there closes with one's place in it (T04, T09).
    if level == Level.C4 and not (named and Level.C3 in levels):
        return False
    if level != Level.C4 and level not in levels:
        return False
    if deed == Deed.VALIDATE and standing.trainee:
        return False
    return any(
        relationship.active(today) and deed in DEEDS[relationship.kind]
        for relationship in standing.relationships
    )


NOT_IN_WORDS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Text as it is searched: no accents, no case, œ and æ opened, single spaces."""
    plain = text.casefold()
    if not plain.isascii():
        opened = plain.replace("œ", "oe").replace("æ", "ae")
        plain = "".join(c for c in unicodedata.normalize("NFKD", opened) if not unicodedata.combining(c))
    return NOT_IN_WORDS.sub(" ", plain).strip()


def age(born: date, today: date) -> int:
    """Whole years. Somebody born on 29 February grows older on 1 March in other years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


GROWN_UP = 18


def grown_up_on(born: date) -> date:
    """The day somebody turns 18: 1 March for whoever was born on 29 February."""
    try:
        return born.replace(year=born.year + GROWN_UP)
    except ValueError:
        return date(born.year + GROWN_UP, 3, 1)


# What a judgment gives; the rest is given by the person, or by the law to parents.
JUDGED = frozenset({Kind.REPRESENTATION, Kind.ASSISTANCE, Kind.PROPERTY})
# Where the person's express consent (assistance) or express mandate (trusted person) says more.
MAY_BE_WIDER = frozenset({Kind.ASSISTANCE, Kind.TRUSTED})
# Where a judgment may ask for a second signature beside the person's.
MAY_CO_SIGN = frozenset({Kind.ASSISTANCE})
# What may come from a judge, from the family or from the person's own foresight: it decides who signs a contract.
HAS_ORIGIN = frozenset({Kind.ASSISTANCE, Kind.REPRESENTATION})


class DatesRefused(ValueError):
    """Dates that cannot be: the name of the fault is the message."""


def check_order(first: date | None, last: date | None) -> None:
    """Both days are included: an end on the first day is one whole day."""
    if first is not None and last is not None and last < first:
        raise DatesRefused("end_before_start")


def check_mandate(kind: Kind, starts: date | None, ends: date | None, born: date | None, today: date) -> None:
    """A mandate's dates. The authority of parents ends the day before the person turns 18."""
    check_order(starts, ends)
    if kind == Kind.PARENT and born is not None:
        grown = grown_up_on(born)
        if grown <= today:
            raise DatesRefused("grown_up")
        if ends is not None and ends >= grown:
            raise DatesRefused("ends_after_grown_up")


# A stay: the day somebody arrived, and the day they left if they did.
Days = tuple[date, date | None]


def check_stay(stay: Days, others: Iterable[Days], born: date | None) -> None:
    """A person is here once at a time. Somebody who leaves in the morning may come back the same day."""
    arrived, left = stay
    check_order(arrived, left)
    if born is not None and arrived < born:
        raise DatesRefused("before_birth")
    for other_arrived, other_left in others:
        begins_first = left is not None and left <= other_arrived
        begins_after = other_left is not None and other_left <= arrived
        if not (begins_first or begins_after):
            raise DatesRefused("overlap")


@dataclass(frozen=True)
class Identity:
    """What tells two people apart at the door."""

    family_name: str
    given_names: str = ""
    birth_name: str = ""
    birth_date: date | None = None

    @property
    def family(self) -> frozenset[str]:
        return frozenset({fold(self.family_name), fold(self.birth_name)} - {""})

    @property
    def first(self) -> str:
        return fold(self.given_names.strip().split(" ")[0])


def may_be_same(one: Identity, other: Identity) -> bool:
    """Could these be one person? What is not known of one does not tell them apart."""
    if one.birth_date and other.birth_date and one.birth_date != other.birth_date:
        return False
    if one.first and other.first and one.first != other.first:
        return False
    return bool(one.family & other.family)


def next_number(year: int, taken: Iterable[str]) -> str:
    """The next number of the house for a new person: « 2026-0007 »."""
    start = f"{year}-"
    used = [number.removeprefix(start) for number in taken if number.startswith(start)]
    return f"{start}{max([int(rest) for rest in used if rest.isdecimal()], default=0) + 1:04}"


def keeps_a_referent(others: Iterable[Relationship], today: date, last_day: date) -> bool:
    """Once somebody leaves: does one of the other referents stay, that day and the day after?"""
    after = max(today, last_day + timedelta(days=1))
    return any(other.active(after) for other in others)


# A figure about fewer people than this is not shown (access.md, aggregates: the rule of the
# French secure-access centre for hospital data), nor anything it could be worked out from.
FLOOR = 11


def mask(counts: Sequence[int], floor: int = FLOOR) -> list[int | None] | None:
    """The groups of a whole, without those under `floor` (None), the whole being shown beside them.

    None for all of it when the whole is under the floor. What is left out can
    not be found from what is shown: at least two groups are left out, and they
    are `floor` people or more together. Groups of the same size share one fate.
    """
    if sum(counts) < floor:
        return None
    hidden = {count for count in counts if count < floor}
    while hidden:
        out = [count for count in counts if count in hidden]
        if len(out) > 1 and sum(out) >= floor:
            break
        shown = [count for count in counts if count not in hidden]
        hidden.add(min(shown))
    return [None if count in hidden else count for count in counts]
