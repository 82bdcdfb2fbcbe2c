"""A campaign as a sheet to open elsewhere: the figures of its picture and no more, with what each column means.

One line for each criterion. Never an answer of anybody: counts above the floor, and « trop peu de réponses »
elsewhere, which is neither a zero nor an empty cell.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as later
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from avec.clocks.rules import neutral

from ..models import PartChoice
from ..rules import LEVELS, Instrument, Joint, Row, Side, Spread, median
from ..said import number, part_words, the_side
from .picture import Picture

Value = str | int | float | date | None
SIDES = {Side.USER: "usagers", Side.PROFESSIONAL: "professionnels"}
TOO_FEW = later("trop peu de réponses")
COUNTED = later("compté une fois pour toutes")
A_LEVEL = later("niveau, de 0 à 4")
AGREED, APART, UNRATED, UNCONCERNED = (
    later("accord"),
    later("pas d’accord"),
    later("pas notée"),
    later("non concerné"),
)


@dataclass(frozen=True)
class Column:
    """A column of the sheet: its name, what it holds, in what, and where it comes from."""

    name: str
    meaning: str
    unit: str = ""
    values: str = ""
    source: str = ""


def columns(picture: Picture) -> list[Column]:
    """Every column in its order: the head of the sheet, and the book of codes."""
    return [
        *_about(picture),
        *(column for side in SIDES for column in _of_side(side, picture.instrument)),
        *_said_together(picture.instrument),
    ]


def _about(picture: Picture) -> list[Column]:
    """The campaign, the barometer and the criterion."""
    instrument = picture.instrument
    chosen, book = _("réglage de la campagne"), _("baromètre, sa version")
    text, code, day = _("texte"), _("code"), (_("date"), "AAAA-MM-JJ")
    return [
        Column("groupe", _("Le groupe qui se mesure"), text, "", chosen),
        Column("campagne", _("Le nom de la campagne"), text, "", chosen),
        Column("premier_jour", _("Le premier jour des réponses"), *day, chosen),
        Column("dernier_jour", _("Le dernier jour prévu des réponses"), *day, chosen),
        Column("comptees_le", _("Le jour où les réponses ont été comptées"), *day, _(COUNTED)),
        Column("protection", _("Comment les réponses étaient protégées"), text, "", chosen),
        Column("partie", _("La partie d’un côté, quand le fichier n’en montre qu’une"), text, "", chosen),
        Column(
            "seuil",
            _("Sous ce nombre de réponses d’un côté, rien n’est dit de lui"),
            _("personnes"),
            str(picture.floor),
            _("règle de protection"),
        ),
        Column("barometre", _("Le code du baromètre"), code, instrument.code, book),
        Column(
            "version",
            _("La version du baromètre\u00a0: seules les mêmes versions se comparent"),
            code,
            instrument.version,
            book,
        ),
        Column("source", _("D’où viennent les critères"), text, instrument.source, book),
        Column(
            "quart",
            _("Le quart de la roue"),
            text,
            ", ".join(one.label for one in instrument.quadrants),
            book,
        ),
        Column("numero", _("Le numéro du critère"), _("rang"), f"1-{len(instrument.criteria)}", book),
        Column("critere", _("Le code du critère"), code, ", ".join(instrument.codes), book),
        Column("libelle", _("Le critère, dans les mots de la source"), text, "", book),
    ]


def _of_side(side: Side, instrument: Instrument) -> list[Column]:
    """What one side answered to the criterion."""
    name, who, few = SIDES[side], {"who": the_side(side)}, {"few": _(TOO_FEW)}

    def people(what: str, meaning: str) -> Column:
        values = _("un nombre, ou «\u00a0%(few)s\u00a0»") % few
        return Column(f"{name}_{what}", meaning, _("personnes"), values, _(COUNTED))

    return [
        people("reponses", _("Combien ont répondu, parmi %(who)s") % who),
        people("n", _("Combien ont donné une note à ce critère, parmi %(who)s") % who),
        people("non_concernes", _("Combien ont répondu «\u00a0non concerné\u00a0», parmi %(who)s") % who),
        *(
            people(
                f"niveau_{level}",
                _("Combien ont choisi le niveau %(level)s («\u00a0%(words)s\u00a0»), parmi %(who)s")
                % {**who, "level": level, "words": instrument.levels[level].rstrip(".")},
            )
            for level in LEVELS
        ),
        Column(
            f"{name}_mediane",
            _("La note du milieu, parmi %(who)s\u00a0; à lire avec le nombre de notes") % who,
            _(A_LEVEL),
            _("0 à 4, de demi en demi, ou «\u00a0%(few)s\u00a0»") % few,
            _(COUNTED),
        ),
    ]


def _said_together(instrument: Instrument) -> list[Column]:
    said = _("séance commune")
    levels = ", ".join(f"{level}\u00a0: {words}" for level, words in enumerate(instrument.levels))

    def level(name: str, meaning: str) -> Column:
        return Column(name, meaning, _(A_LEVEL), levels, said)

    return [
        Column(
            "note_commune_etat",
            _("Ce que le groupe a dit ensemble"),
            _("texte"),
            ", ".join(_(one) for one in (AGREED, APART, UNRATED, UNCONCERNED)),
            said,
        ),
        level(
            "note_commune",
            _("La note dite ensemble, confirmée par les présents\u00a0; jamais calculée. Vide sans accord"),
        ),
        level("note_des_usagers", _("Ce que disent les usagers, quand le groupe n’est pas d’accord")),
        level(
            "note_des_professionnels",
            _("Ce que disent les professionnels, quand le groupe n’est pas d’accord"),
        ),
    ]


def lines(picture: Picture) -> list[list[Value]]:
    """The cells, one line for each criterion, in the order of `columns`."""
    campaign, instrument = picture.campaign, picture.instrument
    quarters = {one.code: one.label for one in instrument.quadrants}
    common: list[Value] = [
        campaign.group.name,
        campaign.title,
        campaign.opens_on,
        campaign.closes_on,
        settled_on(picture),
        str(campaign.get_kind_display()),
        part_words(PartChoice(picture.part)) if picture.part in PartChoice.values else "",
        picture.floor,
        instrument.code,
        instrument.version,
        instrument.source,
    ]
    return [
        [
            *common,
            quarters[row.criterion.quadrant],
            row.criterion.number,
            row.criterion.code,
            row.criterion.label,
            *side_cells(picture.user.answers, row.user),
            *side_cells(picture.professional.answers, row.professional),
            *joint_cells(row),
        ]
        for row in picture.rows
    ]


def settled_on(picture: Picture) -> date:
    """The day in the house's own time."""
    campaign = picture.campaign
    assert campaign.settled_at is not None
    return campaign.settled_at.astimezone(ZoneInfo(campaign.group.establishment.time_zone)).date()


def side_cells(answers: int | None, found: Spread | None) -> list[Value]:
    few = _(TOO_FEW)
    if found is None:
        return [few if answers is None else answers, *([few] * (len(LEVELS) + 3))]
    return [answers, found.n, found.not_concerned, *found.levels, median(found)]


def joint_cells(row: Row) -> list[Value]:
    joint: Joint | None = row.joint
    if joint is None:
        return [_(UNRATED), None, None, None]
    if joint.level is not None:
        return [_(AGREED), joint.level, None, None]
    if joint.user_level is None:
        return [_(UNCONCERNED), None, None, None]
    return [_(APART), None, joint.user_level, joint.professional_level]


def as_csv(picture: Picture) -> bytes:
    """For a French spreadsheet: semicolons, UTF-8 said at the beginning, days as 2026-11-17, halves as 2,5."""
    file = io.StringIO()
    sheet = csv.writer(file, delimiter=";", lineterminator="\r\n")
    sheet.writerow([column.name for column in columns(picture)])
    sheet.writerows([plain(value) for value in line] for line in lines(picture))
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return number(value)
    return neutral(value)


def as_xlsx(picture: Picture) -> bytes:
    """The same as a workbook, numbers as numbers; the second sheet is the book of codes."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Les résultats"))
    sheet.freeze_panes = "A2"
    told = columns(picture)
    sheet.append([bold(sheet, column.name) for column in told])
    for line in lines(picture):
        sheet.append([written(sheet, value) for value in line])
    codes = book.create_sheet(_("Les codes"))
    codes.freeze_panes = "B2"
    for letter, width in zip("ABCDE", (28, 60, 20, 60, 28), strict=True):
        codes.column_dimensions[letter].width = width
    codes.append([bold(codes, head) for head in code_heads()])
    for column in told:
        cells = (column.name, column.meaning, column.unit, column.values, column.source)
        codes.append([wrapped(codes, words) for words in cells])
    book.properties.creator = neutral(picture.campaign.group.establishment.name)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def code_heads() -> Sequence[str]:
    return (
        _("Colonne"),
        _("Ce qu’elle dit"),
        _("Compté en"),
        _("Valeurs possibles"),
        _("D’où cela vient"),
    )


def bold(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, value=words)
    cell.font = Font(bold=True)
    return cell


def wrapped(sheet: Any, words: str) -> Any:
    cell = written(sheet, words)
    if cell is not None:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def written(sheet: Any, value: Value) -> Any:
    """A day as a day, a number as a number; words as words, never as a formula."""
    if value is None or value == "":
        return None
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value=datetime(value.year, value.month, value.day))
        cell.number_format = "DD/MM/YYYY"
        return cell
    if isinstance(value, int | float):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=neutral(value).replace("\t", " "))
    cell.data_type = "s"
    return cell


KINDS = {
    "csv": ("text/csv; charset=utf-8", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}
