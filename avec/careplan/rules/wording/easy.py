"""Hints on easy-to-read text, line by line.

Sources: the State's reference for simplified writing « RLS » (2017), rules 1.6,
1.7, 4.1, 4.2, 5.1 to 5.5, and Inclusion Europe's standards. Software checks the
form only: a text is « FALC » when people concerned have read it again (rule 2.1).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from avec.ui.words import nbsp

from .lists import ACRONYMS_KNOWN
from .reading import READ_AT_MOST, any_of, count_words, folded, sentences

TARGET, LONGEST = 12, 15  # words in a sentence
COMMAS = 2


class EasyKind(StrEnum):
    """What an easy-to-read hint is about."""

    LENGTH = "length"
    ONE_SENTENCE = "one_sentence"
    COMMAS = "commas"
    CONDITIONS = "conditions"
    SIGNS = "signs"
    NUMBERS = "numbers"
    DATE = "date"
    ROMAN = "roman"
    ACRONYM = "acronym"
    CAPITALS = "capitals"


@dataclass(frozen=True)
class EasyHint:
    """What could be simpler on one line (1 is the first). `firm`: beyond the rule, not only its target."""

    line: int
    kind: EasyKind
    words: str
    firm: bool = True


def easy_hints(text: str) -> list[EasyHint]:
    """What could be simpler, line by line; blank lines say nothing. Never blocking."""
    lines = text[: READ_AT_MOST * 5].splitlines()
    return [
        EasyHint(number, hint.kind, nbsp(hint.words), hint.firm)
        for number, line in enumerate(lines, start=1)
        if line.strip()
        for hint in _line(" ".join(line.split()))
    ]


def _line(line: str) -> Iterator[EasyHint]:
    said = sentences(line)
    yield from _length(said)
    if len(said) > 1:
        yield _hint(EasyKind.ONE_SENTENCE, "Une phrase par ligne : allez à la ligne.")
    if line.count(",") > COMMAS:
        yield _hint(EasyKind.COMMAS, "Beaucoup de virgules : faites une liste, ou plusieurs phrases.")
    if any(len(CONDITION.findall(folded(sentence))) > 1 for sentence in said):
        yield _hint(EasyKind.CONDITIONS, "Deux « si » ou « quand » dans une phrase : une phrase pour chacun.")
    yield from _signs(line)
    yield from _numbers(line)
    yield from _capitals(line)


def _hint(kind: EasyKind, words: str, *, firm: bool = True) -> EasyHint:
    return EasyHint(0, kind, words, firm)


CONDITION = any_of(("si", "s’il", "s’ils", "quand", "lorsque"))


def _length(said: list[str]) -> Iterator[EasyHint]:
    longest = max((count_words(sentence) for sentence in said), default=0)
    if longest > LONGEST:
        yield _hint(EasyKind.LENGTH, f"Phrase trop longue : {longest} mots. Essayez {TARGET} mots ou moins.")
    elif longest > TARGET:
        yield _hint(
            EasyKind.LENGTH, f"Phrase un peu longue : {longest} mots. Essayez {TARGET} ou moins.", firm=False
        )


SIGNS = (
    (re.compile(r"[()\[\]{}]"), "Sans parenthèses : écrivez une phrase de plus."),
    (re.compile(";"), "Sans point-virgule : mettez un point."),
    (re.compile(r"…|\.\.\."), "Sans points de suspension : finissez la phrase."),
    (re.compile(r"[–—]|(?<=\s)-(?=\s)"), "Sans tiret : faites deux phrases."),
    (re.compile(r"[%‰]"), "Sans % : écrivez « 7 personnes sur 10 », par exemple."),
    (re.compile(r"[&@#*/\\<>=+§°^~|_]"), "Sans signe spécial : écrivez le mot."),
)
A_DATE = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)")


def _signs(line: str) -> Iterator[EasyHint]:
    if A_DATE.search(line):
        yield _hint(EasyKind.DATE, "Écrivez le mois en lettres : « 3 mars 2027 ».")
        line = A_DATE.sub(" ", line)
    for sign, words in SIGNS:
        if sign.search(line):
            yield _hint(EasyKind.SIGNS, words)


LETTERED = any_of(
    (
        *("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize"),
        *(
            "quatorze",
            "quinze",
            "seize",
            "vingt",
            "trente",
            "quarante",
            "cinquante",
            "soixante",
            "cent",
            "mille",
        ),
        *("dix-sept", "dix-huit", "dix-neuf", "quatre-vingt", "quatre-vingts", "quatre-vingt-dix"),
    )
)
BIG = re.compile(r"(?<![\d,.])\d{1,3}(?:[ \u00a0.]\d{3})+(?!\d)|(?<![\d,.])\d{4,}(?!\d)")
ROMAN = re.compile(
    r"(?<![\w’'-])(?:[IVX]{2,}|(?:[IVX]|[IVXLCDM]{2,})(?=(?:e|er|ère|ème)(?!\w)))(?:e|er|ère|ème)?(?![\w-])"
)


def _numbers(line: str) -> Iterator[EasyHint]:
    if LETTERED.search(folded(line)):
        yield _hint(EasyKind.NUMBERS, "Écrivez les nombres en chiffres : 3, pas « trois ».")
    # A year is no big number.
    if any(not _a_year(found) for found in BIG.findall(line)):
        yield _hint(EasyKind.NUMBERS, "Un grand nombre se comprend mal : écrivez « beaucoup ».", firm=False)
    if ROMAN.search(line):
        yield _hint(EasyKind.ROMAN, "Sans chiffres romains : écrivez 2, pas « II ».")


def _a_year(number: str) -> bool:
    return number.isdecimal() and len(number) == 4 and 1900 <= int(number) <= 2199


ACRONYM = re.compile(r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ]{2,6}(?![\w-])")
CAPITALS = re.compile(r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ’'-]{2,} [A-ZÀ-ÖØ-Þ’'-]{2,}(?!\w)")


def _capitals(line: str) -> Iterator[EasyHint]:
    if CAPITALS.search(line):
        yield _hint(EasyKind.CAPITALS, "Écrivez en minuscules : les capitales se lisent moins bien.")
        return
    for acronym in dict.fromkeys(ACRONYM.findall(line)):
        if acronym not in ACRONYMS_KNOWN and not ROMAN.fullmatch(acronym):
            yield _hint(EasyKind.ACRONYM, f"Expliquez « {acronym} », ou écrivez-le en entier.")
