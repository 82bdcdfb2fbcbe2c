"""The words of an easy text: those to explain, those that have a simpler one, one word for one thing.

Sources: RLS 5.5, 6.4, 6.7 and 7.5. A word is explained when a line of the text
begins with it and says what it is: « ESAT : un lieu de travail », « La curatelle,
c’est… ». Words are looked for in our lists: nobody's own text is quoted back.
"""

import re
from collections.abc import Iterable, Iterator

from .easy_hint import EasyHint, EasyKind, advice, firmly
from .easy_lists import FOREIGN, SAME_THING, SIMPLER, TO_EXPLAIN
from .lists import ACRONYMS_KNOWN, JARGON
from .reading import any_of, folded

AT_MOST_EACH = 3  # on one line: more would read as a reproach
ACRONYM = re.compile(r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ]{2,6}(?![\w-])")
AFTER_ARTICLE = re.compile(r"(?<=[LDld][’'])[A-ZÀ-ÖØ-Þ]{2,6}(?![\w-])")
EXPLAINS = re.compile(
    r"[« ]*(?:(?:le|la|les|un|une|des|votre|vos) |l’)?([\w’ -]{2,40}?)[» ]*"
    r"(?::|,? c’est |,? ce sont | veut dire | veulent dire | signifie | est un| sont des )"
)


def explained_in(lines: Iterable[str]) -> frozenset[str]:
    """What the lines explain, folded: the acronyms and the words that open an explanation."""
    heads = (EXPLAINS.match(folded(line)) for line in lines)
    return frozenset(_one(head[1]) for head in heads if head)


def _one(words: str) -> str:
    """The same word for one and for several."""
    return " ".join(word.removesuffix("s") for word in words.strip().split())


def _known(terms: Iterable[str]) -> tuple[re.Pattern[str], dict[str, str]]:
    """An expression that finds these terms, one or several, and how each is shown."""
    shown: dict[str, str] = {}
    for term in terms:
        shown |= {folded(term): term, f"{folded(term)}s": term}
    return any_of(shown), shown


HARD, HARD_SHOWN = _known([*TO_EXPLAIN, *FOREIGN, *(shown for shown, _instead in JARGON.values())])
EASIER, EASIER_SHOWN = _known(SIMPLER)


def terms(line: str, explained: frozenset[str]) -> Iterator[EasyHint]:
    """The words of one line that ask for an explanation, or have a simpler one."""
    plain = folded(line)
    hard = dict.fromkeys(HARD_SHOWN[found] for found in HARD.findall(plain))
    for term in [term for term in hard if _one(folded(term)) not in explained][:AT_MOST_EACH]:
        yield firmly(EasyKind.WORD, _to_explain(term))
    for term in list(dict.fromkeys(EASIER_SHOWN[found] for found in EASIER.findall(plain)))[:AT_MOST_EACH]:
        yield advice(EasyKind.SIMPLER, f"« {term} » : dites plutôt « {SIMPLER[term]} ».")


def _to_explain(term: str) -> str:
    if term in TO_EXPLAIN:
        return f"« {term} » est difficile : expliquez-le. Par exemple : « {TO_EXPLAIN[term]} »."
    if term in FOREIGN:
        return f"« {term} » vient d’une autre langue : dites plutôt « {FOREIGN[term]} »."
    return f"« {term} » est un mot de métier : dites-le autrement, ou expliquez-le."


def acronyms(line: str, explained: frozenset[str]) -> Iterator[EasyHint]:
    found = dict.fromkeys([*ACRONYM.findall(line), *AFTER_ARTICLE.findall(line)])
    for acronym in found:
        if acronym not in ACRONYMS_KNOWN and _one(folded(acronym)) not in explained:
            yield firmly(EasyKind.ACRONYM, f"Expliquez « {acronym} », ou écrivez-le en entier.")


THINGS, THING_SHOWN = _known(word for words in SAME_THING for word in words)
THING_OF = {word: number for number, words in enumerate(SAME_THING) for word in words}


def same_words(line: str, met: dict[int, str]) -> Iterator[EasyHint]:
    """Another word than the one `met` before for the same thing; `met` is kept from line to line."""
    for found in THINGS.findall(folded(line)):
        word = THING_SHOWN[found]
        first = met.setdefault(THING_OF[word], word)
        if word != first:
            yield advice(EasyKind.SAME_WORD, f"Gardez le même mot : « {first} » plus haut, « {word} » ici.")
