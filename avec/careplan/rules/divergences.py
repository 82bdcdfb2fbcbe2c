"""Two voices that do not read the situation alike: written side by side, nobody decides who is right.

The person's side comes first. A divergence never opens what one of its sides keeps
closed: it is shared with no more people than the narrowest of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from avec.people.rules import Level

# The order of voices, everywhere.
VOICE_ORDER = ("person", "observed", "relative", "representative", "professional")


class DivergenceRefused(ValueError):
    """A divergence that would say nothing, or too much. The message is for the screen."""


@dataclass(frozen=True)
class Reading:
    """One side: whose voice, who it is exactly, in which words, and who may read them."""

    voice: str
    speaker: str
    words: str
    level: Level = Level.C1


def place_of(voice: str) -> int:
    return VOICE_ORDER.index(voice) if voice in VOICE_ORDER else len(VOICE_ORDER)


def check_readings(readings: Sequence[Reading]) -> None:
    """At least two people, each with something to read."""
    if any(not reading.words.strip() for reading in readings):
        raise DivergenceRefused("Écrivez comment chacun voit les choses.")
    if len({(reading.voice, reading.speaker) for reading in readings}) < 2:
        raise DivergenceRefused("Il faut au moins deux voix, de deux personnes différentes.")


def check_sharing(level: Level, readings: Iterable[Reading]) -> None:
    """Shared with no more people than each of its sides."""
    narrowest = max((reading.level for reading in readings), default=Level.C1)
    if narrowest > Level.C3:
        raise DivergenceRefused(
            "Une de ces lectures n’est ouverte qu’à des personnes nommées : elle ne se met pas à côté d’une autre."
        )
    if level < narrowest:
        raise DivergenceRefused(
            "Une de ces lectures est partagée avec moins de monde : choisissez le même partage qu’elle."
        )


def check_closing(words: str) -> None:
    """What was said stays beside both readings: without it, nothing tells that people talked."""
    if len(words.strip()) < 10:
        raise DivergenceRefused("Écrivez ce que vous vous êtes dit, en une phrase au moins.")
