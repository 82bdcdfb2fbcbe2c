"""SERAFIN-PH: the needs and the services of the medico-social sector, found by everyday words.

Plain Python. The codes and their official French words stand in serafin.json,
with their source; the everyday words are ours, in serafin_words.py. The
official words are what is shown and exchanged: ours only help to find them.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from avec.people.rules import fold

from .serafin_words import NEED_WORDS, SERVICE_WORDS, SMALL_WORDS

MOST = 12  # what a search gives at most: the whole list is one link away
_DATA = json.loads(Path(__file__).with_name("serafin.json").read_text(encoding="utf-8"))
SYSTEM: str = _DATA["system"]
NEEDS: dict[str, str] = _DATA["needs"]
DIRECT: dict[str, str] = _DATA["direct"]
INDIRECT: dict[str, str] = _DATA["indirect"]
SERVICES: dict[str, str] = DIRECT | INDIRECT


@dataclass(frozen=True)
class Found:
    """A code and its official words."""

    code: str
    words: str

    @property
    def depth(self) -> int:
        return self.code.count(".") + 1


def label(code: str) -> str:
    """The official words of a code, or nothing for a code that is not on the lists."""
    return NEEDS.get(code) or SERVICES.get(code) or ""


def is_need(code: str) -> bool:
    return code in NEEDS


def is_service(code: str) -> bool:
    return code in SERVICES


def find_need(words: str, most: int = MOST) -> list[Found]:
    """The needs that these words speak of, the nearest first."""
    return _find(words, "needs", most)


def find_service(words: str, most: int = MOST) -> list[Found]:
    """The same for what is done to answer; direct services before the house's own running."""
    return _find(words, "services", most)


def by_branch(codes: dict[str, str]) -> list[tuple[str, list[Found]]]:
    """The list as it is read from top to bottom: each branch (« 1.2 », « 2.3 »…) with the codes under it."""
    branches: dict[str, list[Found]] = {}
    for code, words in codes.items():
        if "." in code:
            branches.setdefault(".".join(code.split(".")[:2]), []).append(Found(code, words))
    return [(codes[branch], found) for branch, found in branches.items()]


def _find(words: str, which: str, most: int) -> list[Found]:
    codes = NEEDS if which == "needs" else SERVICES
    typed = words.strip()[:200]
    if typed and set(typed) <= set("0123456789."):
        under = [code for code in codes if (code + ".").startswith(typed.rstrip(".") + ".")]
        return [Found(code, codes[code]) for code in under[:most]]
    asked = [stem(word) for word in fold(typed).split()[:12] if word not in SMALL_WORDS and len(word) > 1]
    scored = []
    for place, (code, (official, everyday)) in enumerate(_index(which).items()):
        each = [max(_near(word, everyday, 3), _near(word, official, 2)) for word in asked]
        if any(each):
            # How many of the words, then how near, then the most precise code, then the official order.
            scored.append((-sum(map(bool, each)), -sum(each), -code.count("."), place, code))
    return [Found(line[-1], codes[line[-1]]) for line in sorted(scored)[:most]]


def _near(word: str, known: Iterable[str], weight: int) -> int:
    """The same word counts twice as much as its beginning."""
    if word in known:
        return weight * 2
    return weight if len(word) > 2 and any(one.startswith(word) for one in known) else 0


@cache
def _index(which: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """For each code, the stems of its official words and of its everyday ones."""
    codes, everyday = (NEEDS, NEED_WORDS) if which == "needs" else (SERVICES, SERVICE_WORDS)
    return {code: (_stems(words), _stems(everyday.get(code, ""))) for code, words in codes.items()}


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in fold(words).split() if word not in SMALL_WORDS)


# Longest first: « promenades » and « se promener » meet at « promen ».
_ENDINGS = (
    "aient",
    "ements",
    "ement",
    "ades",
    "ade",
    "ees",
    "ent",
    "ons",
    "er",
    "ez",
    "es",
    "ee",
    "e",
    "s",
    "x",
)


def stem(word: str) -> str:
    """A folded word without its usual French ending; short words stay as they are."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word
