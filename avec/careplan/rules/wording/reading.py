"""How the hints read a text: folded to plain letters, cut into words and sentences. Linear, whatever is typed."""

import re
import unicodedata
from collections.abc import Iterable

# A goal is a sentence or two: what comes after is not read for hints.
READ_AT_MOST = 4_000
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
ABBREVIATIONS = {"m", "mm", "mme", "mlle", "dr", "pr", "me", "st", "ste", "av", "bd", "etc"}


def folded(text: str) -> str:
    """Lower case, no accents, ’ for every apostrophe, one space: « Bien-être » reads « bien-etre »."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub("['`´‘]", "’", letters).split())


def words_of(text: str) -> list[str]:
    """The words of a text; « aujourd’hui » and « l’eau » are cut at the apostrophe."""
    return WORD.findall(text)


def count_words(text: str) -> int:
    """Words as one counts them: « l’eau » is one."""
    return sum(1 for chunk in text.replace("\u00a0", " ").split() if WORD.search(chunk))


def sentences(text: str) -> list[str]:
    """Cut after . ! ? … and a space; « M. Karim », « 14 h. » at the end and « 3.5 » are not cut."""
    found: list[str] = []
    start = 0
    for end in re.finditer(r"(?<![.!?…])[.!?…]++(?=\s)", text):
        before = text[max(0, end.start() - 6) : end.start()].split()
        if end.group() == "." and before and folded(before[-1]).split("’")[-1] in ABBREVIATIONS:
            continue
        found.append(text[start : end.end()])
        start = end.end()
    found.append(text[start:])
    return [sentence.strip() for sentence in found if WORD.search(sentence)]


def any_of(expressions: Iterable[str]) -> re.Pattern[str]:
    """One of these folded expressions, as whole words."""
    longest_first = sorted(expressions, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(words) for words in longest_first)})(?![\w-])")
