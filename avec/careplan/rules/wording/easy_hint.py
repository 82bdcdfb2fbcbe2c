"""A hint on an easy text: what it is about, on which line, how firmly."""

from dataclasses import dataclass
from enum import StrEnum


class EasyKind(StrEnum):
    """What an easy-to-read hint is about."""

    LENGTH = "length"
    ONE_SENTENCE = "one_sentence"
    PARAGRAPH = "paragraph"
    CUT = "cut"
    COMMAS = "commas"
    CONDITIONS = "conditions"
    SIGNS = "signs"
    NUMBERS = "numbers"
    DATE = "date"
    ROMAN = "roman"
    ACRONYM = "acronym"
    CAPITALS = "capitals"
    WORD = "word"
    SIMPLER = "simpler"
    SAME_WORD = "same_word"
    PASSIVE = "passive"
    NEGATION = "negation"
    TENSE = "tense"
    VOUS = "vous"


@dataclass(frozen=True)
class EasyHint:
    """What could be simpler on one line (1 is the first). `firm`: beyond the rule, not only advice."""

    line: int
    kind: EasyKind
    words: str
    firm: bool = True


def firmly(kind: EasyKind, words: str) -> EasyHint:
    return EasyHint(0, kind, words)


def advice(kind: EasyKind, words: str) -> EasyHint:
    return EasyHint(0, kind, words, firm=False)
