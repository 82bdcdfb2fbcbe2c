"""The word of the house for the person, and for the partner, in every form a sentence needs.

Each establishment chooses one word among four (domain: « Vocabulary »). Of a
person we know, the word agrees with them: « la résidente ». Of nobody in
particular, both forms are written in full, « le résident ou la résidente »,
never with points in the middle of a word; « personne accompagnée » fits everyone
as it is. Somebody whose gender is not known is called so too.

A sentence is written once, with the forms it needs by name:

    worded(_("Chacun donne sa position, %(short_the)s d’abord."))

The house that speaks is set around each request, as the time zone is
(`speaking`); on a page about one person, that person (`speak_of`). Without one, outside a request or before sign-in, the words are
« la personne ». Plain Python: no Django here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Literal

from avec.ui.words import begins_with_vowel, elide

Gender = Literal["m", "f"]
PARTNER = re.compile(" partenaires?$")


@dataclass(frozen=True)
class Noun:
    """One noun of one grammatical gender, its plural, and the little words it takes."""

    gender: Gender
    one: str
    many: str

    def choose(self, masculine: str, feminine: str) -> str:
        return masculine if self.gender == "m" else feminine

    @property
    def a(self) -> str:
        return f"{self.choose('un', 'une')} {self.one}"

    @property
    def the(self) -> str:
        return f"l’{self.one}" if begins_with_vowel(self.one) else f"{self.choose('le', 'la')} {self.one}"

    @property
    def of(self) -> str:
        return elide(self.one)

    @property
    def of_a(self) -> str:
        return f"d’{self.a}"

    @property
    def of_the(self) -> str:
        if begins_with_vowel(self.one):
            return f"de l’{self.one}"
        return f"{self.choose('du', 'de la')} {self.one}"

    @property
    def to_the(self) -> str:
        if begins_with_vowel(self.one):
            return f"à l’{self.one}"
        return f"{self.choose('au', 'à la')} {self.one}"

    @property
    def this(self) -> str:
        masculine = "cet" if begins_with_vowel(self.one) else "ce"
        return f"{self.choose(masculine, 'cette')} {self.one}"

    @property
    def no(self) -> str:
        return f"{self.choose('aucun', 'aucune')} {self.one}"

    @property
    def each(self) -> str:
        return f"chaque {self.one}"

    @property
    def some(self) -> str:
        return f"des {self.many}"

    @property
    def of_many(self) -> str:
        return elide(self.many)

    @property
    def the_many(self) -> str:
        return f"les {self.many}"

    @property
    def to_the_many(self) -> str:
        return f"aux {self.many}"

    @property
    def they(self) -> str:
        return self.choose("il", "elle")

    @property
    def them(self) -> str:
        return self.choose("lui", "elle")

    @property
    def they_many(self) -> str:
        return self.choose("ils", "elles")

    @property
    def them_many(self) -> str:
        return self.choose("eux", "elles")


def join(forms: Iterable[str], link: str) -> str:
    """Each form once, « partenaire » at the end only: « un résident ou une résidente partenaire »."""
    different = list(dict.fromkeys(forms))
    return f" {link} ".join([*(PARTNER.sub("", form) for form in different[:-1]), different[-1]])


@dataclass(frozen=True)
class Phrase:
    """What to call somebody: one noun, or the two forms when nobody in particular is meant.

    `brief` is a shorter noun for when it is known of whom we speak, where there is one; `everybody` (and
    `everybody_brief`) the nouns for several, where one person is meant but the others are not all like them.
    """

    nouns: tuple[Noun, ...]
    brief: tuple[Noun, ...] = ()
    everybody: tuple[Noun, ...] = ()
    everybody_brief: tuple[Noun, ...] = ()

    def _each(self, form: str) -> str:
        return join((getattr(noun, form) for noun in self.nouns), "ou")

    def _all(self, form: str) -> str:
        return join((getattr(noun, form) for noun in self.everybody or self.nouns), "et")

    def __str__(self) -> str:
        return self.one

    @property
    def short(self) -> "Phrase":
        """« la personne » for « la personne accompagnée »; the other words are short already"""
        return Phrase(self.brief or self.nouns, everybody=self.everybody_brief)

    @property
    def one(self) -> str:
        """« résidente », « résident ou résidente »"""
        return self._each("one")

    @property
    def a(self) -> str:
        """« une résidente »"""
        return self._each("a")

    @property
    def the(self) -> str:
        """« la résidente », « l’usager »"""
        return self._each("the")

    @property
    def of(self) -> str:
        """« de résidente », « d’usager »: without an article"""
        return self._each("of")

    @property
    def of_a(self) -> str:
        """« d’une résidente »"""
        return self._each("of_a")

    @property
    def of_the(self) -> str:
        """« de la résidente », « du patient », « de l’usager »"""
        return self._each("of_the")

    @property
    def to_the(self) -> str:
        """« à la résidente », « au patient », « à l’usager »"""
        return self._each("to_the")

    @property
    def this(self) -> str:
        """« cette résidente », « cet usager »"""
        return self._each("this")

    @property
    def no(self) -> str:
        """« aucune résidente »"""
        return self._each("no")

    @property
    def each(self) -> str:
        """« chaque résidente », « chaque résident ou résidente »"""
        return f"chaque {self.one}"

    @property
    def plural(self) -> str:
        """« résidentes », « résidents et résidentes »"""
        return self._all("many")

    @property
    def some(self) -> str:
        """« des résidentes »; the same words say « of the »"""
        return self._all("some")

    @property
    def of_plural(self) -> str:
        """« de résidentes », « d’usagers et d’usagères »: how many, of whom"""
        return self._all("of_many")

    @property
    def the_plural(self) -> str:
        """« les résidentes »"""
        return self._all("the_many")

    @property
    def of_the_plural(self) -> str:
        """« des résidentes »"""
        return self.some

    @property
    def to_the_plural(self) -> str:
        """« aux résidentes »"""
        return self._all("to_the_many")

    @property
    def label(self) -> str:
        """Where one word must do, under a picture of a menu: « Résidents », « Personnes »."""
        return capital((self.everybody or self.nouns)[0].many.split(" ")[0])

    @property
    def they(self) -> str:
        """The subject: « elle », « il », « il ou elle »"""
        return self._each("they")

    @property
    def that_they(self) -> str:
        """« qu’elle », « qu’il ou elle »"""
        return f"qu’{self.they}"

    @property
    def them(self) -> str:
        """After a preposition: « pour elle », « pour lui », « pour lui ou elle »"""
        return self._each("them")

    @property
    def they_plural(self) -> str:
        return self._all("they_many")

    @property
    def them_plural(self) -> str:
        return self._all("them_many")

    def agree(self, masculine: str, feminine: str = "") -> str:
        """An adjective or a participle, given in the masculine: « accompagnée », « accompagné ou accompagnée »."""
        forms = {"m": masculine, "f": feminine or feminine_of(masculine)}
        return " ou ".join(dict.fromkeys(forms[noun.gender] for noun in self.nouns))

    def agree_plural(self, masculine: str, feminine: str = "") -> str:
        """The same for several, the masculine standing for both: « accompagnées », « accompagnés »."""
        every = masculine if any(noun.gender == "m" for noun in self.everybody or self.nouns) else feminine
        if not every:
            every = feminine_of(masculine)
        return plural_of(every)


@dataclass(frozen=True, kw_only=True)
class Vocabulary(Phrase):
    """The words of a house. Itself the word for nobody in particular; `partner` the one for a partner."""

    partner: Phrase
    feminine: Phrase
    masculine: Phrase

    def known(self, gender: str) -> Phrase:
        """For one person, by their administrative gender: « female », « male », or anything else."""
        return {"female": self.feminine, "male": self.masculine}.get(gender, SOMEBODY)


class Forms(Mapping[str, str]):
    """The forms of a house by name, for a sentence: `the`, `The` (it begins the sentence), `short_the`, `partner_the`."""

    def __init__(self, words: Vocabulary) -> None:
        self.phrases = {"": words, "short_": words.short, "partner_": words.partner}

    def __getitem__(self, name: str) -> str:
        lower = name[:1].lower() + name[1:]
        if lower not in list(self):
            raise KeyError(name)
        prefix = next((prefix for prefix in ("short_", "partner_") if lower.startswith(prefix)), "")
        found: str = getattr(self.phrases[prefix], lower.removeprefix(prefix))
        return found if name == lower else capital(found)

    def __iter__(self) -> Iterator[str]:
        return (f"{prefix}{form}" for prefix in self.phrases for form in FORMS)

    def __len__(self) -> int:
        return len(self.phrases) * len(FORMS)


# What a sentence may ask for by name.
FORMS = [name for name, value in vars(Phrase).items() if isinstance(value, property) and name != "short"]


def capital(text: str) -> str:
    """The first letter of a sentence, and no other: « L’usager », « À la résidente »."""
    return text[:1].upper() + text[1:]


def feminine_of(masculine: str) -> str:
    """The regular feminine of an adjective or a participle. An irregular one is given in full."""
    if masculine.endswith("e"):
        return masculine
    if masculine.endswith("er"):
        return f"{masculine[:-2]}ère"
    if masculine.endswith("eux"):
        return f"{masculine[:-1]}se"
    if masculine.endswith("f"):
        return f"{masculine[:-1]}ve"
    if masculine.endswith(("el", "en", "on")):
        return f"{masculine}{masculine[-1]}e"
    return f"{masculine}e"


def plural_of(word: str) -> str:
    """The regular plural of a word."""
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return f"{word[:-2]}aux"
    return f"{word}x" if word.endswith(("eau", "eu")) else f"{word}s"


def noun(gender: Gender, one: str, partner: bool = False) -> Noun:
    """Each word of these nouns takes its own plural: « personnes accompagnées partenaires »."""
    whole = f"{one} partenaire" if partner else one
    return Noun(gender, whole, " ".join(plural_of(word) for word in whole.split(" ")))


# What an establishment may choose, masculine then feminine. The codes are those of accounts.models.Called.
WORDS: dict[str, tuple[tuple[Gender, str], ...]] = {
    "resident": (("m", "résident"), ("f", "résidente")),
    "patient": (("m", "patient"), ("f", "patiente")),
    "supported": (("f", "personne accompagnée"),),
    "user": (("m", "usager"), ("f", "usagère")),
}
# « la personne » is enough once it is known of whom we speak: the rest of the name would only weigh.
SHORT: dict[str, tuple[tuple[Gender, str], ...]] = {"supported": (("f", "personne"),)}


def nouns(pairs: Iterable[tuple[Gender, str]], gender: Gender | None, partner: bool) -> tuple[Noun, ...]:
    """All the nouns of a word, or the one of this gender where it has two."""
    pairs = tuple(pairs)
    kept = [pair for pair in pairs if gender in (None, pair[0])] or pairs
    return tuple(noun(each, one, partner) for each, one in kept)


def phrase(word: str, *, gender: Gender | None = None, partner: bool = False) -> Phrase:
    return Phrase(
        nouns(WORDS[word], gender, partner),
        () if partner else nouns(SHORT.get(word, ()), gender, partner),
    )


def vocabulary(called: str, partner_called: str) -> Vocabulary:
    """The words of a house that chose these two codes."""
    everybody = phrase(called)
    return Vocabulary(
        nouns=everybody.nouns,
        brief=everybody.brief,
        partner=phrase(partner_called, partner=True),
        feminine=phrase(called, gender="f"),
        masculine=phrase(called, gender="m"),
    )


SOMEBODY = phrase("supported")
NEUTRAL = vocabulary("supported", "supported")
_speaking: ContextVar[Vocabulary] = ContextVar("vocabulary", default=NEUTRAL)


def current() -> Vocabulary:
    """The words of the house that speaks, or neutral ones."""
    return _speaking.get()


@contextmanager
def speaking(words: Vocabulary) -> Iterator[None]:
    """Within it, sentences take the words of this house."""
    token = _speaking.set(words)
    try:
        yield
    finally:
        _speaking.reset(token)


def about(words: Vocabulary, gender: str) -> Vocabulary:
    """The same words where « the person » is somebody we know: « la résidente ». Several stay everybody."""
    who = words.known(gender)
    return replace(
        words,
        nouns=who.nouns,
        brief=who.brief,
        everybody=words.everybody or words.nouns,
        everybody_brief=words.everybody_brief or words.brief or words.nouns,
    )


def speak_of(gender: str) -> None:
    """From here on, within `speaking`, the page is about this person."""
    if current() is not NEUTRAL:
        _speaking.set(about(current(), gender))


def worded(text: object) -> str:
    """A sentence with its forms filled in, now: `worded(_("… %(of_the)s …"))`. A « % » of its own is doubled."""
    return str(text) % Forms(current())
