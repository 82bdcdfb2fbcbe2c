"""Two texts side by side, with what differs marked."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 1500  # longer texts stand side by side without marks


@dataclass(frozen=True)
class Piece:
    text: str
    differs: bool = False


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """The two texts in pieces, those that differ marked; nothing is marked where one of them is empty."""
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    if not old or not new or len(old) + len(new) > MOST_WORDS:
        return [Piece(before)] if before else [], [Piece(after)] if after else []
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, i, j, k, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, words in ((left, old[i:j]), (right, new[k:end])):
            if words:
                side.append(Piece("".join(words), kind != "equal"))
    return left, right
