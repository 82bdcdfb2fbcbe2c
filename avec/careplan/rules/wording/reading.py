"""How the hints read a text: folded to plain letters, cut into words and sentences. Linear, whatever is typed."""

import re
import unicodedata
from collections.abc import Iterable

# A goal is a sentence or two: what comes after is not read for hints.
READ_AT_MOST = 4_000
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name comes after these: no sentence ends there.
TITLES = _words("m mm mme mmes mlle mlles dr drs pr me mgr st ste av bd")
# A sentence may end there, when a capital follows.
SHORTENED = _words(
    "etc h min s m mm cm km g kg env ex cf art chap p fig num tel janv fevr avr juil sept oct nov dec"
)
# « La vitamine C. », « le bâtiment B. »: a letter that is no initial.
LETTERED_THINGS = _words(
    "vitamine vitamines batiment plan salle unite hepatite groupe aile entree escalier etage ligne point option"
)
A_STOP = re.compile(r"(?<![.!?…])[.!?…]++(?:[ \u00a0]?+[»”)])*+(?=\s)")
INITIAL = re.compile(r"(?:[^\W\d_a-z]\.-?)*[^\W\d_a-z]")
WORD_AT_MOST = 40  # letters looked at before a stop


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
    """Cut after . ! ? … and a space, quotation closed; « M. Karim », « B. Masson », « 3.5 », « 14 h 30 » are not cut."""
    found: list[str] = []
    start = 0
    for stop in A_STOP.finditer(text):
        if not _goes_on(text, start, stop):
            found.append(text[start : stop.end()])
            start = stop.end()
    found.append(text[start:])
    return [sentence.strip() for sentence in found if WORD.search(sentence)]


def _goes_on(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the sentence begun at `start` goes on after this stop."""
    after = text[stop.end() : stop.end() + WORD_AT_MOST].lstrip()[:1]
    sign = stop.group()
    if sign != ".":
        # « Oui ! » dit-elle; je ne sais… peut-être.
        return after.islower() and (sign[-1] in "»”)…" or sign.endswith("..."))
    if stop.start() - start < WORD_AT_MOST and text[start : stop.start()].strip().isdecimal():
        return True  # « 1. » opens a line of a list
    before = [
        _bare(word) for word in text[max(start, stop.start() - 2 * WORD_AT_MOST) : stop.start()].split()
    ]
    if not before:
        return False
    last, former = before[-1], folded(before[-2]) if len(before) > 1 else ""
    word = folded(last)
    if word in TITLES and not (word in SHORTENED and former[-1:].isdecimal()):
        return True
    if INITIAL.fullmatch(last):
        return after.isalpha() and former not in LETTERED_THINGS
    return word in SHORTENED and (after.islower() or after.isdecimal())


def _bare(word: str) -> str:
    """« l’unité » is « unité »."""
    return re.split("[’'«“(]", word)[-1]


def any_of(expressions: Iterable[str]) -> re.Pattern[str]:
    """One of these folded expressions, as whole words."""
    longest_first = sorted(expressions, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(words) for words in longest_first)})(?![\w-])")
