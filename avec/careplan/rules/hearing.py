"""Hearing somebody: aloud, in pictures, or by what was seen when they do not speak (domain.md §3).

What was said aloud is kept as a sound; the words are written once, by somebody named,
and an answer waits for them: nobody answers what nobody has listened to.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum
from hashlib import sha256


class Way(StrEnum):
    """What was tried to hear somebody who does not speak; asked again at each review."""

    OBSERVATION = "observation"
    PICTOS = "pictos"
    RELATIVE = "relative"
    RECORDING = "recording"
    OTHER = "other"


WAYS: dict[Way, str] = {
    Way.OBSERVATION: "on a regardé vivre, au fil des jours",
    Way.PICTOS: "on a montré des images, des objets ou des photos",
    Way.RELATIVE: "un proche a raconté",
    Way.RECORDING: "on a enregistré la voix, les sons",
    Way.OTHER: "on a essayé autrement",
}


class HearingRefused(ValueError):
    """What was written does not hold. The message is for the screen."""


def check_ways(ways: Collection[str], words: str) -> None:
    """« Autrement » says how; words alone, without a way, say nothing of what was tried."""
    if Way.OTHER in ways and not words.strip():
        raise HearingRefused("Écrivez comment vous avez essayé autrement.")
    if words.strip() and not ways:
        raise HearingRefused("Cochez ce que vous avez essayé.")


def check_transcript(words: str, already: str) -> None:
    """The words of a recording are written once: what is heard later is said beside, never over."""
    if already:
        raise HearingRefused("Ces paroles viennent d’être écrites par quelqu’un d’autre : relisez-les.")
    if not words.strip():
        raise HearingRefused("Écrivez ce que vous entendez, mot à mot.")


def check_said(*, words: str, way: str, has_sound: bool, pictos: Collection[str]) -> None:
    """Each way of saying brings something: words, a sound, or at least one picture."""
    if way == "voice" and not has_sound:
        raise HearingRefused("Enregistrez la voix, ou choisissez un fichier de son.")
    if way == "pictos" and not pictos:
        raise HearingRefused("Choisissez au moins une image.")
    if way == "text" and not words.strip():
        raise HearingRefused("Écrivez les mots qui ont été dits, ou ce qui a été vu.")


def check_confirmation(*, by_who_saw: bool, already: bool, in_the_future: bool) -> None:
    """Somebody else saw the same thing, once each, and not tomorrow."""
    if by_who_saw:
        raise HearingRefused("Vous l’avez vu en premier : quelqu’un d’autre peut le confirmer.")
    if already:
        raise HearingRefused("C’est déjà confirmé par cette personne.")
    if in_the_future:
        raise HearingRefused("Ce jour est à venir : écrivez le jour où cela a été vu.")


def ways_seen(ways: Sequence[str], words: str) -> str:
    """What is written now, short enough to travel in a form: whoever saved in between changes it."""
    return sha256("\x1f".join([*ways, words]).encode()).hexdigest()[:16]
