"""A contract as an accessible PDF: PDF/A-3a to last, PDF/UA-1 to be read by everyone.

The room knows sheets, not contracts: callers give plain words, already chosen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from django.utils.translation import gettext as _

from avec.documents.drawings import by_hand, pictograms, square
from avec.documents.rules import canonical_json
from avec.documents.typeset import in_some_font, one_line, sheet_data, typeset

IMPRINT_FILE = "avec-empreinte.json"
# A longer address would make a square that no phone reads.
LONGEST_SQUARE = 300
# The pictograms of the parts that are not a goal.
WEEK, TALK = "week", "talk"

Voice: TypeAlias = Literal["person", "observed", "relative", "representative", "professional", "joint"]
Reading: TypeAlias = Literal["full", "easy"]


@dataclass(frozen=True)
class Party:
    voice: Voice
    name: str
    capacity: str = ""  # « infirmière, pour l’équipe »


@dataclass(frozen=True)
class Quote:
    """Words somebody said, without guillemets: the sheet adds them, save around an observation."""

    voice: Voice
    name: str
    words: str
    date_words: str = ""
    capacity: str = ""


@dataclass(frozen=True)
class Position:
    """What a party thinks of a clause. Without a stance, boxes are printed to tick by hand."""

    voice: Voice
    name: str
    stance: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Section:
    heading: str
    paragraphs: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class EasyPart:
    """Sentences that go together in easy reading, and the pictogram beside them (a key of ui.pictograms)."""

    lines: tuple[str, ...]
    picto: str = ""


@dataclass(frozen=True)
class Day:
    """What happens on one day of an ordinary week."""

    heading: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Clause:
    number: str
    heading: str
    full_text: tuple[str, ...] = ()
    easy_lines: tuple[str, ...] = ()
    picto: str = ""
    actions: tuple[EasyPart, ...] = ()  # in easy reading, what is done, after the sentences of the goal
    origins: tuple[Quote, ...] = ()
    term: str = ""
    priority: str = ""
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True)
class NotPossible:
    """An expectation that cannot be met: why, who says so, what is offered instead."""

    quote: Quote
    answer: str
    answered_by: str = ""
    instead: str = ""


@dataclass(frozen=True)
class NegotiatedPoint:
    """A point that was talked over: what came of it, and each voice's words where there was no agreement."""

    number: str
    heading: str
    text: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class NegotiatedGroup:
    """The points of one outcome: « Nous sommes d’accord », « Ce qui ne se négocie pas »…"""

    heading: str
    points: tuple[NegotiatedPoint, ...] = ()


@dataclass(frozen=True)
class Negotiated:
    """A negotiation that the contract tells: what was agreed, what was not, and who has reservations."""

    heading: str
    facts: tuple[str, ...] = ()
    groups: tuple[NegotiatedGroup, ...] = ()
    reserves: tuple[Position, ...] = ()
    easy_lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proof:
    """One fact about how a choice was given: « Façon : sur papier »."""

    label: str
    words: str


@dataclass(frozen=True)
class SignatureLine:
    """A signatory. Without an outcome, the line is printed to be filled in by hand."""

    voice: Voice
    name: str
    capacity: str
    outcome: str = ""  # « A signé », « A dit oui à voix haute »…
    reservations: str = ""  # their own words, shown as a quotation: nothing else goes there
    on_articles: tuple[str, ...] = ()  # « Article 2 : d’accord en partie »
    when: str = ""  # « le 12 novembre 2026 »
    how: str = ""  # « sur cet appareil, devant Sonia Benali »
    when_exact: str = ""  # « 12 novembre 2026, 10 h 42 (heure de Paris) »
    authentication: str = ""  # « mot de passe et code à usage unique »
    shown: str = ""  # the fingerprint that was shown; the sheet's own when empty
    open: bool = False  # the outcome is not the last word: the boxes are printed too
    closed: str = ""  # why it is not to be filled in any more: said where the boxes would be
    says: str = ""  # « Je signe en mon nom… »; « En tant que : … » without it
    enough: str = ""  # « La signature d’un des deux parents suffit. »
    proofs: tuple[Proof, ...] = ()  # more about how the choice was given, on the page of evidence
    drawn: tuple[tuple[tuple[int, int], ...], ...] = ()  # the signature by hand: strokes, in 1,000 by 400


@dataclass(frozen=True)
class ContractSheet:
    title: str
    person_name: str
    establishment: str
    version_words: str  # « version 3, écrite le 12 novembre 2026 »; the header keeps what is before the comma
    made_on: date
    reading: Reading
    fingerprint: str
    version_id: str
    establishment_id: str
    subtitle: str = ""
    period: str = ""
    reading_note: str = ""  # who proof-read the easy version, or that nobody did yet
    parties: tuple[Party, ...] = ()
    sections: tuple[Section, ...] = ()  # before the clauses: last year's review
    clauses: tuple[Clause, ...] = ()
    negotiated: tuple[Negotiated, ...] = ()
    not_possible: tuple[NotPossible, ...] = ()
    closing: tuple[Section, ...] = ()  # after them: how care is carried out, the copy handed over
    rights: tuple[str, ...] = ()
    rights_pictos: tuple[str, ...] = ()  # beside each right, in the easy reading
    rights_note: str = ""
    what_it_is_not: tuple[str, ...] = ()
    signatures: tuple[SignatureLine, ...] = ()
    verify_words: str = ""
    verify_url: str = ""
    is_draft: bool = False
    draft_words: tuple[str, str] | None = None  # what it is while nobody signed it, if not the usual words
    foreword: tuple[str, ...] = ()  # why this document exists, in a frame
    week: tuple[Day, ...] = ()
    code: str = ""  # the short code at the foot of each page
    level: tuple[str, ...] = ()  # what the signatures and the seal are worth; the usual words when empty


def contract_pdf(sheet: ContractSheet) -> bytes:
    """The sheet as a tagged PDF, the same bytes each time for the same sheet."""
    return in_some_font(lambda own_font_only: compiled(sheet, own_font_only=own_font_only))


def compiled(sheet: ContractSheet, *, own_font_only: bool) -> bytes:
    data = contract_data(sheet, own_font_only=own_font_only)
    return typeset("contract.typ", "a-3a", data, imprint=canonical_json(imprint(sheet)).decode())


def imprint(sheet: ContractSheet) -> dict[str, object]:
    """What the file says of itself, attached to it and read back by verify_pdf."""
    return {
        "avec": 1,
        "fingerprint": sheet.fingerprint,
        "version": sheet.version_id,
        "establishment": sheet.establishment_id,
        "reading": sheet.reading,
    }


def contract_data(sheet: ContractSheet, *, own_font_only: bool) -> dict[str, object]:
    more = {
        "version_short": one_line(sheet.version_words.split(",")[0], 24),
        "fingerprint_words": in_groups(sheet.fingerprint),
        "verify_url_words": sheet.verify_url,
        "shown": [{"who": who, "hash": in_groups(seen)} for who, seen in shown_to(sheet)],
    }
    followed = sheet.verify_url.startswith(("https://", "http://"))
    words = labels()
    if sheet.draft_words is not None:
        words["draft"], words["draft_says"] = sheet.draft_words
    if sheet.level and sheet.reading == "full":
        words["level"] = list(sheet.level)
    return sheet_data(sheet, more, own_font_only=own_font_only) | {
        "words": words,
        # Drawings: of ours, never of somebody's words.
        "images": pictograms(pictos_of(sheet)) if sheet.reading == "easy" else {},
        "square": square(sheet.verify_url) if followed and len(sheet.verify_url) <= LONGEST_SQUARE else "",
        "hands": [by_hand(line.drawn) for line in sheet.signatures],
        # The very address, for who follows it.
        "verify_url": sheet.verify_url if followed else "",
    }


def pictos_of(sheet: ContractSheet) -> Iterator[str]:
    for clause in sheet.clauses:
        yield clause.picto
        yield from (part.picto for part in clause.actions)
    yield from sheet.rights_pictos
    if sheet.week:
        yield WEEK
    if sheet.negotiated:
        yield TALK


def in_groups(digits: str) -> str:
    """64 digits are compared by eye eight at a time."""
    return " ".join(digits[start : start + 8] for start in range(0, len(digits), 8))


def shown_to(sheet: ContractSheet) -> list[tuple[str, str]]:
    """The fingerprint each signatory was shown: said once when it is the same for all."""
    seen = [(line.name, line.shown or sheet.fingerprint) for line in sheet.signatures if line.outcome]
    if len({digits for _name, digits in seen}) == 1:
        return [("", seen[0][1])]
    return seen


def labels() -> dict[str, object]:
    """The sheet's own words."""
    return {
        "draft": _("Pas encore signé"),
        "draft_says": _("Ce texte ne change plus. Il n’engage personne tant qu’il n’est pas signé."),
        "page": _("Page"),
        "of": _("sur"),
        "colon": _("\u00a0: "),
        "between": _("Entre"),
        "week": _("Une semaine ordinaire"),
        "week_when": _("Quand"),
        "week_what": _("Ce qui se passe"),
        "code": _("code"),
        "seen_by": _("Vu par "),
        "clauses": _("Ce que nous décidons ensemble"),
        "term": _("Terme\u00a0: "),
        "priority": _("Priorité\u00a0: "),
        "origins": _("Cela vient de"),
        "positions": _("Ce que chacun en pense"),
        "stances": [_("D’accord"), _("En partie"), _("Pas d’accord")],
        "negotiated": _("Ce que nous avons négocié"),
        "reserves": _("Les réserves"),
        "not_possible": _("Ce qui n’est pas possible, et pourquoi"),
        "team": _("L’équipe"),
        "answer": _("Réponse\u00a0: "),
        "instead": _("À la place\u00a0: "),
        "rights": _("Mes droits"),
        "signatures": _("Les choix et les signatures"),
        "any_choice": _("Chaque choix est possible. Les soins continuent dans tous les cas."),
        "signs_as": _("En tant que\u00a0: "),
        "choices": [
            _("Je signe"),
            _("Je signe, avec mes réserves"),
            _("Je dis oui à voix haute"),
            _("Je fais une croix, devant témoin"),
            _("Pas maintenant"),
            _("Je refuse"),
        ],
        "hand_rights": _("J’ai lu mes droits\u00a0:"),
        "hand_choice": _("Mon choix\u00a0:"),
        "hand_words": _("Ce que je veux ajouter\u00a0: mes réserves, ou pourquoi"),
        "hand_witness": _("Pour une croix\u00a0: le nom du témoin"),
        "hand_date": _("Date"),
        "hand_sign": _("Signature ou croix"),
        "reservations": _("Ses mots"),
        "evidence": _("Comment les choix ont été recueillis"),
        "evidence_easy": _("Ces pages servent à vérifier. Vous n’avez pas besoin de les lire."),
        "level": [
            _("Niveau\u00a0: signature électronique simple (règlement eIDAS, article 25)."),
            _("Elle dit qui a choisi, quand, et comment l’application a reconnu cette personne."),
            _("Elle ne vaut ni signature avancée ni signature qualifiée."),
            _("Le sceau du fichier montre si le texte a changé depuis. Il ne signe pour personne."),
        ],
        "who": _("Qui"),
        "who_as": _("En tant que"),
        "choice": _("Choix"),
        "how_known": _("Reconnu par"),
        "when": _("Quand"),
        "more_proof": _("Comment chaque choix a été donné"),
        "drawn": _("Signature dessinée à la main"),
        "shown": _("Empreinte du texte montré avant le choix"),
        "verify": _("Vérifier ce document"),
        "fingerprint": _("Empreinte de cette version\u00a0:"),
        "verify_at": _("À vérifier ici\u00a0: "),
        "credits": _("Images\u00a0: OpenMoji (openmoji.org), licence CC BY-SA 4.0, couleurs retirées."),
        "replaced": _(
            "□ remplace un signe que l’imprimé ne sait pas écrire. "
            "Le texte exact est dans l’application\u00a0; l’empreinte est calculée sur lui."
        ),
        "imprint": _("Empreinte et numéro de version de ce document"),
    }
