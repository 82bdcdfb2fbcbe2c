"""A sheet set in type, whatever it tells: an accessible PDF, the same bytes each time for the same sheet.

What people wrote is passed to the compiler as data and set as text, so that nothing in it can be a command.
"""

import dataclasses
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol, TypeAlias

import typst

from avec.documents.printable import printable
from avec.ui.words import one_line as on_one_line

HERE = Path(__file__).resolve().parent
TEMPLATES, FONTS = HERE / "typst", HERE / "fonts"
# The sheets of a room borrow marks and colours from those here.
ROOMS = HERE.parent

Size: TypeAlias = Literal["full", "large"]
# To last, with the files that it carries (3a) or none (2a).
Standard: TypeAlias = Literal["a-2a", "a-3a"]


class Sheet(Protocol):
    """What every sheet says of itself, in its margins and its properties."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def title(self) -> str: ...
    @property
    def person_name(self) -> str: ...
    @property
    def establishment(self) -> str: ...
    @property
    def made_on(self) -> date: ...


class RecordSheet(Sheet, Protocol):
    """A part of a record, printed on a day by somebody: it is not signed, and may change tomorrow."""

    @property
    def printed(self) -> str: ...
    @property
    def size(self) -> Size: ...


def record_pdf(template: str, sheet: RecordSheet, words: Mapping[str, object]) -> bytes:
    """The sheet as a tagged PDF (PDF/A-2a, PDF/UA-1). `words`: the sheet's own."""
    more = {
        "reading": sheet.size,
        "is_draft": False,
        "version_short": one_line(sheet.printed.split(",")[0], 36),
    }

    def compiled(own_font_only: bool) -> bytes:
        return typeset(
            template, "a-2a", sheet_data(sheet, more, own_font_only=own_font_only) | {"words": words}
        )

    return in_some_font(compiled)


def in_some_font(compiled: Callable[[bool], bytes]) -> bytes:
    """`compiled` is told whether only our own font may be used."""
    try:
        return compiled(False)
    except typst.TypstError:
        # A cluster of marks that no font draws: our own alphabet always can.
        return compiled(True)


def room_pdf(template: Path, raw: Mapping[str, object]) -> bytes:
    """A sheet that a room sets in type itself, of nobody's record (PDF/A-2a, PDF/UA-1). A text that is SVG is a drawing."""

    def compiled(own_font_only: bool) -> bytes:
        def clean(text: str) -> str:
            return text if text.startswith("<svg") else printable(text, own_font_only=own_font_only)[0]

        return compile_pdf(template, ROOMS, "a-2a", each_text(raw, clean))

    return in_some_font(compiled)


def typeset(template: str, standard: Standard, data: Mapping[str, object], **attached: str) -> bytes:
    return compile_pdf(TEMPLATES / template, TEMPLATES, standard, data, **attached)


def compile_pdf(template: Path, root: Path, standard: Standard, data: object, **attached: str) -> bytes:
    """`root`: the folder whose files the template may use."""
    return typst.compile(
        template,
        root=root,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=[standard, "ua-1"],
        sys_inputs={"sheet": json.dumps(data), **attached},
    )


def sheet_data(sheet: Sheet, more: Mapping[str, object], *, own_font_only: bool) -> dict[str, object]:
    """The sheet as its template reads it, and `more`: every text printable, some shortened for the margins."""
    replaced = False

    def clean(text: str) -> str:
        nonlocal replaced
        shown, changed = printable(text, own_font_only=own_font_only)
        replaced = replaced or changed
        return shown

    raw = dataclasses.asdict(sheet)
    del raw["made_on"]
    raw |= {
        "document_title": f"{one_line(sheet.title, 120)} – {one_line(sheet.person_name, 120)}",
        "person_short": one_line(sheet.person_name, 32),
        "title_short": one_line(sheet.title, 32),
        "establishment_short": one_line(sheet.establishment, 50),
        "establishment": one_line(sheet.establishment, 200),
        **more,
    }
    data: dict[str, object] = each_text(raw, clean)  # type: ignore[assignment]
    return data | {
        "year": sheet.made_on.year,
        "month": sheet.made_on.month,
        "day": sheet.made_on.day,
        "replaced": replaced,
    }


def each_text(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: each_text(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [each_text(item, change) for item in value]
    return value


def one_line(text: str, length: int) -> str:
    flat = on_one_line(text)
    return flat if len(flat) <= length else flat[: length - 1].rstrip() + "…"
