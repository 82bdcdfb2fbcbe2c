"""An activity told simply, when the team wrote no easy words for it: short sentences, one idea each.

Nothing is guessed: « Arroser les plantes » stays as it is written, and what is
said of it (with whom, when, where, with what) comes after, said to the person.
"""

import re
from collections.abc import Iterator

from avec.ui.words import nbsp

from .reading import READ_AT_MOST, count_words, sentences

LINE = 12  # words, the target of an easy sentence
ITEMS = 3  # things on one line, at most


def told_simply(
    title: str,
    *,
    performer: str = "",
    rhythm: str = "",
    place: str = "",
    participation: str = "",
    means: str = "",
    called: str = "",
) -> tuple[str, ...]:
    """What is done, by whom, when, where and with what. `called`: the person's name, who reads « vous »."""
    told = [
        *_whole(title),
        *_who(others_doing(performer, called), participation),
        *_when(rhythm, called),
        *_where(place),
        *_with_what(means),
    ]
    return tuple(nbsp(line) for line in told)


def _whole(words: str) -> list[str]:
    """The sentences of a text, each with its capital and its stop."""
    return [_ended(sentence) for sentence in sentences(" ".join(words[:READ_AT_MOST].split()))]


def _ended(sentence: str) -> str:
    sentence = sentence.rstrip(" ,;:")
    return sentence[:1].upper() + sentence[1:] + ("" if sentence[-1:] in ".!?…»" else ".")


LITTLE = re.compile(
    r"(?:Le|La|Les|Un|Une|Des|Du|Deux|Chaque|Tous|Toutes|Quand|Au|Aux|À|En|Dans|Chez|Sur|Après|Avant) |L’"
)


def _in_a_sentence(words: str) -> str:
    """« L’équipe » is « l’équipe » inside a sentence; a name keeps its capital."""
    return words[:1].lower() + words[1:] if LITTLE.match(words) else words


SEVERAL = re.compile(
    r"(?<!\w)et (?!d[ue] |des |d’|le (?:matin|midi|soir)(?!\w))|^(?:les|des|nos|\d+) ", re.IGNORECASE
)


def others_doing(performer: str, called: str) -> str:
    """Who does it, apart from the person, who is named first or last; inside a sentence."""
    names = " ".join(performer[:READ_AT_MOST].split()).rstrip(" .,;")
    if called:
        person = re.escape(called)
        names = re.sub(rf"^{person}(?:, | et |$)|(?:,| et) {person}$", "", names)
    return _in_a_sentence(names)


def _who(others: str, participation: str) -> Iterator[str]:
    do_it = "le font" if SEVERAL.search(others) else "le fait"
    who = others or "l’équipe"
    if participation == "by":
        yield "Vous le faites vous-même."
        if others:
            yield _ended(f"{others} {do_it} aussi")
    elif participation == "with":
        yield f"Vous le faites avec {who}."
    elif participation == "presence":
        yield _ended(f"{who} {do_it}")
        yield "Vous êtes là."
    elif participation == "for":
        yield _ended(f"{who} {do_it} pour vous")
    elif others:
        yield _ended(f"{others} {do_it}")


NUMBERS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
# « Un fauteuil neuf » counts nothing.
LETTERED = re.compile(
    rf"(?<![\w-])(?!neuf(?! (?:fois|jours|mois|semaines|heures|minutes)))(?:{'|'.join(NUMBERS)})(?![\w-])",
    re.IGNORECASE,
)
HIS_OR_HERS = re.compile(r"(?<![\w-])(?:(son|sa)|ses)(?= )", re.IGNORECASE)
# What ends a rhythm is an idea of its own.
AN_END = re.compile(r", (?=jusqu’|\d+ fois en tout)")


def _when(rhythm: str, called: str) -> Iterator[str]:
    words = _to_the_reader(rhythm)
    if called:
        words = words.replace(f"quand {called} le demande", "quand vous le demandez")
    said = sentences(words)
    for number, part in enumerate(AN_END.split(said[0].rstrip(" .")) if said else ()):
        yield _ended(_it_is(part) if number == 0 else _it_lasts(part))
    yield from map(_ended, said[1:])


def _it_is(part: str) -> str:
    """« C’est le mardi »; what begins with a capital and no little word is a sentence of its own."""
    return part if part[:1].isupper() and not LITTLE.match(part) else f"C’est {_in_a_sentence(part)}"


def _it_lasts(part: str) -> str:
    return f"Cela dure {part}" if part.startswith("jusqu’") else f"C’est {part}"


def _to_the_reader(words: str) -> str:
    """On one line, numbers in digits, « sa chambre » said « votre chambre »."""
    words = LETTERED.sub(_digits, " ".join(words[:READ_AT_MOST].split()))
    return HIS_OR_HERS.sub(lambda found: "votre" if found[1] else "vos", words)


def _digits(found: re.Match[str]) -> str:
    word = found[0].lower()
    return str(NUMBERS.index(word) + 2) if word in NUMBERS else found[0]


SOMEWHERE = re.compile(
    r"(?:au|aux|à|chez|dans|en|sur|sous|devant|derrière|près|autour|dehors|ici|hors|par|entre)(?!\w)",
    re.IGNORECASE,
)


def _where(place: str) -> Iterator[str]:
    words = _to_the_reader(place)
    if len(sentences(words)) > 1:
        yield from _whole(words)
    elif SOMEWHERE.match(words):
        yield _ended(f"C’est {words[0].lower()}{words[1:]}")
    elif words:
        yield _ended(f"Le lieu : {_in_a_sentence(words)}")


def _with_what(means: str) -> Iterator[str]:
    """Things are listed after « Il faut »; sentences stay as they were written."""
    lines = [_to_the_reader(line.strip(" -–•*\t")) for line in means[:READ_AT_MOST].splitlines()]
    if any(line[-1:] in {".", "!", "?"} for line in lines):
        for line in lines:
            yield from _whole(line)
        return
    things = [thing.strip() for line in lines for thing in re.split("[,;]", line)]
    things = [_in_a_sentence(thing) for thing in things if thing]
    in_one = f"Il faut : {', '.join(things)}."
    if things and len(things) <= ITEMS and count_words(in_one) <= LINE:
        yield in_one
    elif things:
        yield "Il faut :"
        yield from things
