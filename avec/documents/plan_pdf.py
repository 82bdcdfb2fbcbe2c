"""A care plan as an accessible PDF: the same sheet on screen, in A4 and in large print.

Like the contract's, the sheet holds plain words already chosen: what the reader may not read is
never in it. A plan is not signed and may change tomorrow: the sheet says when it was printed.
"""

import dataclasses
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol, TypeAlias

import typst
from django.utils.translation import gettext as _

from avec.documents.pdf import FONTS, Party, Position, Quote, Voice, each_text, one_line
from avec.documents.printable import printable

TEMPLATE = Path(__file__).resolve().parent / "typst" / "plan.typ"
Size: TypeAlias = Literal["full", "large"]


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


class OnPaper(Protocol):
    """What every sheet of a record says of itself, in its margins and its properties."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def title(self) -> str: ...
    @property
    def person_name(self) -> str: ...
    @property
    def establishment(self) -> str: ...
    @property
    def printed(self) -> str: ...
    @property
    def made_on(self) -> date: ...
    @property
    def size(self) -> Size: ...


def plan_pdf(sheet: PlanSheet) -> bytes:
    """The sheet as a tagged PDF (PDF/A-2a, PDF/UA-1), the same bytes each time for the same sheet."""
    try:
        return compiled(sheet, own_font_only=False)
    except typst.TypstError:
        return compiled(sheet, own_font_only=True)


def compiled(sheet: PlanSheet, *, own_font_only: bool) -> bytes:
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        sys_inputs={"sheet": json.dumps(sheet_data(sheet, words=labels(), own_font_only=own_font_only))},
    )


def sheet_data(sheet: OnPaper, *, words: dict[str, object], own_font_only: bool) -> dict[str, object]:
    """The sheet as the template reads it: every text printable, some shortened for the margins."""
    replaced = False

    def clean(text: str) -> str:
        nonlocal replaced
        shown, changed = printable(text, own_font_only=own_font_only)
        replaced = replaced or changed
        return shown

    raw = dataclasses.asdict(sheet)
    del raw["made_on"]
    data: dict[str, object] = each_text(raw, clean)  # type: ignore[assignment]
    return data | {
        "reading": sheet.size,
        "is_draft": False,
        "words": words,
        "document_title": clean(f"{one_line(sheet.title, 120)} – {one_line(sheet.person_name, 120)}"),
        "person_short": clean(one_line(sheet.person_name, 32)),
        "title_short": clean(one_line(sheet.title, 32)),
        "version_short": clean(one_line(sheet.printed.split(",")[0], 36)),
        "establishment_short": clean(one_line(sheet.establishment, 50)),
        "establishment": clean(one_line(sheet.establishment, 200)),
        "year": sheet.made_on.year,
        "month": sheet.made_on.month,
        "day": sheet.made_on.day,
        "replaced": replaced,
    }


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
