"""Hints on easy-to-read text, line by line.

Sources: the State's reference for simplified writing « RLS » (2017), rules 1.6 to
1.8, 4.1, 4.2, 5.1 to 5.5, 6.4, 6.7, 7.1 to 7.5, and Inclusion Europe's standards.
Software checks the form only: a text is « FALC » when people concerned have read
it again (rule 2.1).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from avec.ui.words import nbsp

from .easy_hint import EasyHint, EasyKind, advice, firmly
from .easy_manner import manner
from .easy_terms import acronyms, explained_in, same_words, terms
from .reading import READ_AT_MOST, any_of, count_words, folded, sentences

TARGET, LONGEST = 12, 15  # words in a sentence
COMMAS = 2
TOGETHER = 3  # sentences one after the other, without a blank line


def easy_hints(text: str) -> list[EasyHint]:
    """What could be simpler, line by line; blank lines say nothing. Never blocking."""
    return hints_of_lines(text[: READ_AT_MOST * 5].splitlines())


def hints_of_lines(lines: Sequence[str]) -> list[EasyHint]:
    """The same on lines already cut: what one line explains is explained for all of them."""
    lines = [" ".join(line.split()) for line in lines]
    explained = explained_in(lines)
    met: dict[int, str] = {}
    together, found = 0, []
    for number, line in enumerate(lines, start=1):
        said = sentences(line)
        before, together = together, together + _ended(said) if line else 0
        following = lines[number] if number < len(lines) else ""
        of_line = [
            *_line(line, said),
            *terms(line, explained),
            *_capitals(line, explained),
            *manner(said),
            *same_words(line, met),
            *_in_its_block(line, following, before, together),
        ]
        found += [replace(hint, line=number, words=nbsp(hint.words)) for hint in of_line]
    return found


def _ended(said: Sequence[str]) -> int:
    """How many of these are whole sentences; the items of a list are not."""
    return sum(sentence.rstrip(" »”)")[-1:] in ".!?…" for sentence in said)


def _in_its_block(line: str, following: str, before: int, together: int) -> Iterator[EasyHint]:
    if before <= TOGETHER < together:
        yield advice(EasyKind.PARAGRAPH, f"Plus de {TOGETHER} phrases à la suite : laissez une ligne vide.")
    if "\u00ad" in line or (CUT.search(line) and following[:1].islower()):
        yield firmly(EasyKind.CUT, "Ne coupez pas un mot : écrivez-le sur une seule ligne.")


CUT = re.compile(r"[^\W\d_]-$")


def _line(line: str, said: Sequence[str]) -> Iterator[EasyHint]:
    yield from _length(said)
    if len(said) > 1:
        yield firmly(EasyKind.ONE_SENTENCE, "Une phrase par ligne : allez à la ligne.")
    if line.count(",") > COMMAS:
        yield firmly(EasyKind.COMMAS, "Beaucoup de virgules : faites une liste, ou plusieurs phrases.")
    if any(len(CONDITION.findall(folded(sentence))) > 1 for sentence in said):
        yield firmly(
            EasyKind.CONDITIONS, "Deux « si » ou « quand » dans une phrase : une phrase pour chacun."
        )
    yield from _signs(line)
    yield from _numbers(line)


CONDITION = any_of(("si", "s’il", "s’ils", "quand", "lorsque"))


def _length(said: Sequence[str]) -> Iterator[EasyHint]:
    longest = max((count_words(sentence) for sentence in said), default=0)
    if longest > LONGEST:
        yield firmly(EasyKind.LENGTH, f"Phrase trop longue : {longest} mots. Essayez {TARGET} mots ou moins.")
    elif longest > TARGET:
        yield advice(EasyKind.LENGTH, f"Phrase un peu longue : {longest} mots. Essayez {TARGET} ou moins.")


SIGNS = (
    (re.compile(r"[()\[\]{}]"), "Sans parenthèses : écrivez une phrase de plus."),
    (re.compile(";"), "Sans point-virgule : mettez un point."),
    (re.compile(r"…|\.\.\."), "Sans points de suspension : finissez la phrase."),
    (re.compile(r"[–—]|(?<=\s)-(?=\s)"), "Sans tiret : faites deux phrases."),
    (re.compile(r"[%‰]"), "Sans % : écrivez « 7 personnes sur 10 », par exemple."),
    (re.compile(r"[&@#*/\\<>=+§°^~|_€$£×÷±→]"), "Sans signe spécial : écrivez le mot."),
)
A_DATE = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)")


SHORT_MONTH = re.compile(
    r"\d(?:er)? (?:janv|févr?|fev|avr|juil|sept|oct|nov|déc|dec)(?:\.|(?!\w))", re.IGNORECASE
)


def _signs(line: str) -> Iterator[EasyHint]:
    if A_DATE.search(line):
        yield firmly(EasyKind.DATE, "Écrivez le mois en lettres : « 3 mars 2027 ».")
        line = A_DATE.sub(" ", line)
    elif SHORT_MONTH.search(line):
        yield firmly(EasyKind.DATE, "Écrivez le mois en entier : « 3 novembre 2027 ».")
    for sign, words in SIGNS:
        if sign.search(line):
            yield firmly(EasyKind.SIGNS, words)


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
        yield firmly(EasyKind.NUMBERS, "Écrivez les nombres en chiffres : 3, pas « trois ».")
    # A year is no big number.
    if any(not _a_year(found) for found in BIG.findall(line)):
        yield advice(EasyKind.NUMBERS, "Un grand nombre se comprend mal : écrivez « beaucoup ».")
    if ROMAN.search(line):
        yield firmly(EasyKind.ROMAN, "Sans chiffres romains : écrivez 2, pas « II ».")


def _a_year(number: str) -> bool:
    return number.isdecimal() and len(number) == 4 and 1900 <= int(number) <= 2199


CAPITALS = re.compile(r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ’'-]{2,} [A-ZÀ-ÖØ-Þ’'-]{2,}(?!\w)")


def _capitals(line: str, explained: frozenset[str]) -> Iterator[EasyHint]:
    if CAPITALS.search(line):
        yield firmly(EasyKind.CAPITALS, "Écrivez en minuscules : les capitales se lisent moins bien.")
        return
    yield from acronyms(ROMAN.sub(" ", line), explained)
