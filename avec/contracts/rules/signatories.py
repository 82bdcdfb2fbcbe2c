"""Who signs, from the protection measure in force: a table that each house may change, with its sources.

The person is always asked. Whoever represents them signs beside them, in their own name: nobody signs the
person's name (Code civil 459). The shipped sources were read in quotation: each row says « to be checked at source ».
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from avec.ui.words import elide


class Measure(StrEnum):
    """The protection measure that a contract follows."""

    NONE = "none"
    ASSISTANCE = "assistance"  # curatelle
    REPRESENTATION = "representation"  # tutelle à la personne
    FAMILY_ASSISTANCE = "family_assistance"  # habilitation familiale, en assistance
    FAMILY_REPRESENTATION = "family_representation"  # habilitation familiale, en représentation
    FUTURE = "future"  # mandat de protection future
    PROPERTY = "property"  # the goods only
    MINOR = "minor"


class Signatory(StrEnum):
    PERSON = "person"
    TEAM = "team"  # the referent, for the team
    GUARDIAN = "guardian"  # who assists or represents the person by judgment, mandate or law
    PARENT = "parent"
    TRUSTED = "trusted"  # personne de confiance
    CARER = "carer"  # a relative with the person's written agreement


class Demand(StrEnum):
    """What is asked of a signatory."""

    SIGNS = "signs"  # the contract waits for them
    JUDGED = "judged"  # the contract waits for them when their judgment asks for their signature
    ONE_SIGNS = "one_signs"  # one of those who hold the same right is enough
    MAY = "may"  # they may sign, as a witness or because they can: nothing waits for them
    NO = "no"


@dataclass(frozen=True)
class Row:
    measure: Measure
    signatory: Signatory
    demand: Demand
    source: str
    to_check: bool = True


PERSON_SIGNS = "CASF, art. L311-4 ; Code civil, art. 459"
TEAM_SIGNS = "Pratique du contrat de soins : le référent s’engage pour l’équipe"
TRUSTED_MAY = "CASF, art. L311-5-1 ; CSP, art. L1111-6 : elle accompagne, elle ne signe pas à la place"
CARER_NO = "Un accord écrit ouvre la lecture, il ne donne pas la signature"
PROPERTY_NO = "Code civil, art. 425 : une mesure sur les biens ne touche pas la personne"

# The guardian's row of each measure: what is asked, and where it is written.
GUARDIANS: Mapping[Measure, tuple[Demand, str]] = {
    Measure.NONE: (Demand.NO, "Aucune mesure"),
    Measure.ASSISTANCE: (Demand.JUDGED, "Code civil, art. 459 et 467"),
    Measure.REPRESENTATION: (Demand.SIGNS, "Code civil, art. 459 et 475 ; CASF, art. L311-4"),
    Measure.FAMILY_ASSISTANCE: (Demand.JUDGED, "Code civil, art. 494-1 et 467"),
    Measure.FAMILY_REPRESENTATION: (Demand.SIGNS, "Code civil, art. 494-1 et 494-6"),
    Measure.FUTURE: (Demand.SIGNS, "Code civil, art. 477 et 479"),
    Measure.PROPERTY: (Demand.NO, PROPERTY_NO),
    Measure.MINOR: (Demand.NO, "Les parents signent"),
}
# Where somebody represents the person, the person signs too, as far as they can: nothing waits for it.
REPRESENTED = frozenset(
    {Measure.REPRESENTATION, Measure.FAMILY_REPRESENTATION, Measure.FUTURE, Measure.MINOR}
)


def usual_rows() -> tuple[Row, ...]:
    """The table as it is shipped: a row for each measure and each signatory."""
    rows = []
    for measure, (asked, source) in GUARDIANS.items():
        person = Demand.MAY if measure in REPRESENTED else Demand.SIGNS
        parents = Demand.ONE_SIGNS if measure == Measure.MINOR else Demand.NO
        rows += [
            Row(measure, Signatory.PERSON, person, PERSON_SIGNS),
            Row(measure, Signatory.TEAM, Demand.SIGNS, TEAM_SIGNS, to_check=False),
            Row(measure, Signatory.GUARDIAN, asked, source),
            Row(measure, Signatory.PARENT, parents, "Code civil, art. 371-1 et 372-2 (acte usuel)"),
            Row(measure, Signatory.TRUSTED, Demand.MAY, TRUSTED_MAY),
            Row(measure, Signatory.CARER, Demand.NO, CARER_NO),
        ]
    return tuple(rows)


Table = Mapping[tuple[Measure, Signatory], Demand]


def table_of(rows: Iterable[Row]) -> dict[tuple[Measure, Signatory], Demand]:
    return {(row.measure, row.signatory): row.demand for row in rows}


def unfit(signatory: Signatory, demand: Demand, measure: Measure) -> str:
    """Why a house may not ask this, or "". The person is always asked, and somebody always signs for the house."""
    if signatory == Signatory.PERSON and demand not in {Demand.SIGNS, Demand.MAY}:
        return "Le contrat parle d’elle ou de lui : choisissez « signe » ou « peut signer »."
    if signatory == Signatory.PERSON and demand == Demand.MAY and measure not in REPRESENTED:
        return "Personne ne représente dans cette mesure : choisissez « signe »."
    if signatory == Signatory.TEAM and demand != Demand.SIGNS:
        return "Le référent s’engage toujours pour l’équipe : choisissez « signe »."
    if demand == Demand.JUDGED and signatory != Signatory.GUARDIAN:
        return "Seul un jugement demande cette signature : elle ne va qu’à qui assiste ou représente."
    if demand == Demand.ONE_SIGNS and signatory != Signatory.PARENT:
        return "« L’un d’eux suffit » ne va qu’aux parents."
    return ""


# The measure that a contract follows when there are several, the one that asks most first.
WEIGHT = (
    Measure.MINOR,
    Measure.REPRESENTATION,
    Measure.FAMILY_REPRESENTATION,
    Measure.FUTURE,
    Measure.ASSISTANCE,
    Measure.FAMILY_ASSISTANCE,
    Measure.PROPERTY,
)


def measure_of(measures: Iterable[Measure]) -> Measure:
    """The one measure that the contract follows, NONE when there is none."""
    held = set(measures)
    return next((measure for measure in WEIGHT if measure in held), Measure.NONE)


@dataclass(frozen=True)
class Asked:
    """What is asked of one signatory: must they sign; which others make their signature enough."""

    asked: bool
    required: bool
    one_of: str = ""


def asked_of(signatory: Signatory, measure: Measure, table: Table, *, judged: bool = False) -> Asked:
    """`judged`: their judgment asks for their signature. Without a row, nothing is asked."""
    demand = table.get((measure, signatory), Demand.NO)
    if demand == Demand.JUDGED:
        return Asked(asked=judged, required=judged)
    return Asked(
        asked=demand != Demand.NO,
        required=demand in {Demand.SIGNS, Demand.ONE_SIGNS},
        one_of=signatory.value if demand == Demand.ONE_SIGNS else "",
    )


def signs_as(name: str, capacity: str, signatory: Signatory, *, person: str) -> str:
    """« Je signe en tant que … », so that nobody thinks they sign the person's name."""
    if signatory == Signatory.PERSON:
        return f"Je signe en mon nom, {name}."
    beside_them = f" Je ne signe pas à la place {elide(person)}."
    beside = {
        Signatory.GUARDIAN: beside_them,
        Signatory.PARENT: beside_them,
        Signatory.TRUSTED: f" Je suis témoin.{beside_them}",
        Signatory.CARER: f" Je suis témoin.{beside_them}",
    }.get(signatory, "")
    return f"Je signe en mon nom, {name}, en tant que : {capacity}.{beside}"
