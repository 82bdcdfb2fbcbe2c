"""An instrument: quadrants, criteria, levels with their words. It is data: another one is another file.

Source of the one that comes with Avec: seed 004, its last page (CRIAPS Occitanie).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LEVELS = range(5)
# « Non concerné » is no level: it is not a zero, and counts in no median.
NOT_CONCERNED = "na"


class Side(StrEnum):
    """Who rates: those who work in the house; those who are cared for, their circle, those who represent them."""

    PROFESSIONAL = "professional"
    USER = "user"


class InstrumentRefused(ValueError):
    """The data is no instrument. The message says which part."""


@dataclass(frozen=True)
class Quadrant:
    code: str
    label: str
    place: str  # top-left, top-right, bottom-right, bottom-left


@dataclass(frozen=True)
class Criterion:
    """What is rated: the source's own label, and what each side reads; five worded levels."""

    code: str
    number: int
    quadrant: str
    label: str
    professional: str
    user: str
    easy: str
    anchors: tuple[str, ...]

    def asked_of(self, side: Side) -> str:
        return self.professional if side == Side.PROFESSIONAL else self.user


@dataclass(frozen=True)
class Instrument:
    code: str
    version: str
    title: str
    source: str
    quadrants: tuple[Quadrant, ...]
    criteria: tuple[Criterion, ...]
    levels: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(criterion.code for criterion in self.criteria)

    def of(self, quadrant: str) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.criteria if criterion.quadrant == quadrant)


# A code is part of the address of a criterion; these are other pages there, or no criterion at all.
CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
TAKEN = frozenset({"presents", "clore", NOT_CONCERNED})
PLACES = ("top-left", "top-right", "bottom-right", "bottom-left")


def read_instrument(data: Mapping[str, Any]) -> Instrument:
    """The instrument of this data. Raises InstrumentRefused, with the part that is wrong."""
    try:
        quadrants = tuple(Quadrant(one["code"], one["label"], one["place"]) for one in data["quadrants"])
        criteria = tuple(
            Criterion(
                code=one["code"],
                number=one["number"],
                quadrant=one["quadrant"],
                label=one["label"],
                professional=one["professional"],
                user=one["user"],
                easy=one["easy"],
                anchors=tuple(one["anchors"]),
            )
            for one in data["criteria"]
        )
        instrument = Instrument(
            code=data["code"],
            version=data["version"],
            title=data["title"],
            source=data["source"],
            quadrants=quadrants,
            criteria=criteria,
            levels=tuple(one["words"] for one in data["levels"]),
        )
    except (KeyError, TypeError) as missing:
        raise InstrumentRefused(f"Il manque une partie\u00a0: {missing}.") from missing
    _check(instrument)
    return instrument


def _check(instrument: Instrument) -> None:
    texts = [instrument.code, instrument.version, instrument.title, instrument.source, *instrument.levels]
    for criterion in instrument.criteria:
        texts += [criterion.code, criterion.label, criterion.professional, criterion.user, criterion.easy]
        texts += criterion.anchors
    for quadrant in instrument.quadrants:
        texts += [quadrant.code, quadrant.label, quadrant.place]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise InstrumentRefused("Un texte est vide.")
    for code in (*instrument.codes, *(quadrant.code for quadrant in instrument.quadrants)):
        if not CODE.fullmatch(code) or code in TAKEN:
            raise InstrumentRefused(
                f"« {code[:20]} » ne peut pas être un code\u00a0: il faut des lettres sans accent, des chiffres, des tirets."
            )
    if len(instrument.levels) != len(LEVELS):
        raise InstrumentRefused("Il faut les mots des 5 niveaux, de 0 à 4.")
    if any(len(criterion.anchors) != len(LEVELS) for criterion in instrument.criteria):
        raise InstrumentRefused("Il faut 5 repères pour chaque critère, de 0 à 4.")
    if not instrument.criteria or len(set(instrument.codes)) != len(instrument.codes):
        raise InstrumentRefused("Chaque critère a son code, et un seul.")
    if [criterion.number for criterion in instrument.criteria] != list(
        range(1, len(instrument.criteria) + 1)
    ):
        raise InstrumentRefused("Les critères sont numérotés dans l’ordre, à partir de 1.")
    known = {quadrant.code for quadrant in instrument.quadrants}
    if len(known) != len(instrument.quadrants):
        raise InstrumentRefused("Chaque quart a son code, et un seul.")
    if {criterion.quadrant for criterion in instrument.criteria} != known:
        raise InstrumentRefused("Chaque critère est dans un quart, et chaque quart a ses critères.")
    if sorted(quadrant.place for quadrant in instrument.quadrants) != sorted(
        PLACES[: len(instrument.quadrants)]
    ):
        raise InstrumentRefused("Chaque quart a sa place sur la roue.")


Ratings = Mapping[str, int | None]


def check_ratings(instrument: Instrument, given: Mapping[str, object]) -> dict[str, int | None]:
    """Each criterion rated 0 to 4, or None for « non concerné ». Raises ValueError for anything else.

    A criterion that was not answered is left out: it counts nowhere.
    """
    ratings: dict[str, int | None] = {}
    for code, value in given.items():
        if code not in instrument.codes:
            raise ValueError(code)
        if value in {"", None}:
            continue
        if value == NOT_CONCERNED:
            ratings[code] = None
        elif isinstance(value, bool) or str(value) not in {str(level) for level in LEVELS}:
            raise ValueError(code)
        else:
            ratings[code] = int(str(value))
    return ratings
