"""The record of a negotiation as an accessible PDF: what was said, given, explained and decided, in each voice.

Like the plan's, the sheet holds plain words already chosen.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from avec.documents.pdf import Party, Position, Quote, Voice
from avec.documents.typeset import Size, record_pdf


@dataclass(frozen=True)
class Step:
    """What somebody moved, from what to what, and where it stands."""

    voice: Voice
    name: str
    becomes: str
    was: str
    state: str


@dataclass(frozen=True)
class PointPart:
    """One point: each voice's words, the steps of each, then what came of it."""

    number: str
    heading: str
    facts: tuple[str, ...] = ()
    said: tuple[Quote, ...] = ()
    steps: tuple[Step, ...] = ()
    outcome: str = ""
    outcome_words: str = ""


@dataclass(frozen=True)
class Told:
    """One line of the history: when, in a sentence, and the words that go with it."""

    when: str
    sentence: str
    words: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """`blocks`: short lines that go together, each block apart from the next."""

    heading: str
    lines: tuple[str, ...] = ()
    blocks: tuple[tuple[str, ...], ...] = ()
    said: tuple[Quote, ...] = ()
    points: tuple[PointPart, ...] = ()
    answers: tuple[Position, ...] = ()
    story: tuple[Told, ...] = ()


@dataclass(frozen=True)
class NegotiationSheet:
    title: str
    person_name: str
    establishment: str
    printed: str  # « imprimé le 12 novembre 2026, par Sonia Benali »
    made_on: date
    size: Size = "full"
    subtitle: str = ""
    parties: tuple[Party, ...] = ()
    parts: tuple[Part, ...] = ()
    note: str = ""


def negotiation_pdf(sheet: NegotiationSheet) -> bytes:
    return record_pdf("negotiation.typ", sheet, labels())


def labels() -> dict[str, object]:
    """The sheet's own words."""
    return {
        "draft": "",
        "page": _("Page"),
        "of": _("sur"),
        "colon": _("\u00a0: "),
        "around": _("Autour de la table"),
        "seen_by": _("Vu par "),
        "team": _("L’équipe"),
        "positions": _("Ce que chacun demande"),
        "steps": _("Les pas de chacun"),
        "instead_of": _("au lieu de\u00a0: "),
        "outcome": _("Pour ce point\u00a0: "),
        "replaced": _(
            "□ remplace un signe que l’imprimé ne sait pas écrire. Le texte exact est dans l’application."
        ),
    }
