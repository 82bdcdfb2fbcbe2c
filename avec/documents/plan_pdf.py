"""A care plan as an accessible PDF: the same sheet on screen, in A4 and in large print.

Like the contract's, the sheet holds plain words already chosen: what the reader may not read is
never in it. A plan is not signed and may change tomorrow: the sheet says when it was printed.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from avec.documents.pdf import Party, Position, Quote, Voice
from avec.documents.typeset import Size, record_pdf


@dataclass(frozen=True)
class Exchange:
    """Somebody's words and what became of them; `answer` is empty while they wait."""

    quote: Quote
    answer: str = ""
    answered_by: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Heard:
    """Where a goal stands, as one voice sees it."""

    voice: Voice
    name: str
    level: str = ""
    words: str = ""
    when: str = ""


@dataclass(frozen=True)
class GoalPart:
    number: str
    heading: str
    text: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()  # « Terme : … », « Priorité : … », « Atteint quand : … »
    origins: tuple[Quote, ...] = ()
    positions: tuple[Position, ...] = ()
    heard: tuple[Heard, ...] = ()
    gap: str = ""


@dataclass(frozen=True)
class Table:
    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """A part of the plan. An empty one says what is not there yet, in `lines`."""

    heading: str
    lines: tuple[str, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    goals: tuple[GoalPart, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class PlanSheet:
    title: str
    person_name: str
    establishment: str
    printed: str  # « imprimé le 12 novembre 2026 par Sonia Benali »
    made_on: date
    size: Size = "full"
    subtitle: str = ""
    parties: tuple[Party, ...] = ()
    parts: tuple[Part, ...] = ()
    note: str = ""  # what this copy leaves out, and that it is not signed


def plan_pdf(sheet: PlanSheet) -> bytes:
    return record_pdf("plan.typ", sheet, labels())


def labels() -> dict[str, object]:
    """The sheet's own words."""
    return {
        "draft": "",
        "page": _("Page"),
        "of": _("sur"),
        "colon": _("\u00a0: "),
        "around": _("Autour de ce projet"),
        "seen_by": _("Vu par "),
        "team": _("L’équipe"),
        "answer": _("Réponse\u00a0: "),
        "instead": _("À la place\u00a0: "),
        "no_answer": _("Pas encore de réponse."),
        "origins": _("Cela vient de"),
        "positions": _("Ce que chacun en pense"),
        "heard": _("Où l’on en est, selon chacun"),
        "replaced": _(
            "□ remplace un signe que l’imprimé ne sait pas écrire. Le texte exact est dans l’application."
        ),
    }
