"""The board as a sheet to open elsewhere: the same lines, the same words, no more than on screen."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from avec.accounts.models import Member

from .board import Line
from .rules import neutral
from .words import note, proof_words, state_words, waiting_words, weight_words


def heads() -> list[str]:
    return [
        _("Personne"),
        _("Unité"),
        _("Chambre"),
        _("Fait référence"),
        _("Ce qui est à faire"),
        _("Poids"),
        _("Source"),
        _("À vérifier à la source"),
        _("Compté depuis le"),
        _("Date prévue"),
        _("État"),
        _("Preuve du"),
        _("Preuve"),
    ]


def cells(line: Line) -> list[str | date | None]:
    clock, person = line.clock, line.person
    proof = clock.proof
    return [
        person.name,
        person.unit,
        person.room,
        person.referent,
        clock.row.label,
        weight_words(clock.row),
        clock.row.source,
        _("oui") if clock.row.to_check else "",
        clock.anchor_on,
        clock.due_on,
        state_words(clock),
        proof.on if proof else None,
        proof_words(proof, full=line.opened) if proof else waiting_words(clock) or note(clock),
    ]


def as_csv(lines: Iterable[Line]) -> bytes:
    """For a French spreadsheet: semicolons, UTF-8 said at the beginning, days as 2026-11-17."""
    file = io.StringIO()
    sheet = csv.writer(file, delimiter=";", lineterminator="\r\n")
    sheet.writerow(heads())
    for line in lines:
        sheet.writerow(
            [cell.isoformat() if isinstance(cell, date) else neutral(cell or "") for cell in cells(line)]
        )
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def as_xlsx(lines: Iterable[Line], member: Member) -> bytes:
    """The same as a workbook, days as days."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Les horloges"))
    sheet.freeze_panes = "B2"
    for place, width in enumerate((28, 16, 10, 22, 46, 18, 34, 12, 14, 14, 14, 14, 46)):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    sheet.append([bold(sheet, head) for head in heads()])
    for line in lines:
        sheet.append([written(sheet, cell) for cell in cells(line)])
    book.properties.creator = neutral(member.establishment.name)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def bold(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, value=words)
    cell.font = Font(bold=True)
    return cell


def written(sheet: Any, value: str | date | None) -> Any:
    """A day as a day; words as words, never as a formula."""
    if value is None or value == "":
        return None
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value=datetime(value.year, value.month, value.day))
        cell.number_format = "DD/MM/YYYY"
        return cell
    cell = WriteOnlyCell(sheet, value=neutral(value).replace("\t", " "))
    cell.data_type = "s"
    return cell


KINDS: dict[str, Sequence[str]] = {
    "csv": ("text/csv; charset=utf-8", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}
