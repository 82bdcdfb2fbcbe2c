"""Beginnings of sentences, to help when the page is blank. Written here: no words from any person's plan."""

from enum import StrEnum

from avec.ui.words import nbsp


class Kind(StrEnum):
    """What the sentence is for; the last three are the SERAFIN-PH families of needs."""

    WISH = "wish"
    KEEP = "keep"
    TOGETHER = "together"
    REFUSE = "refuse"
    HEALTH = "1.1"
    AUTONOMY = "1.2"
    SOCIAL = "1.3"


OPENERS = {
    Kind.WISH: (
        "Je voudrais pouvoir … avec …",
        "Je voudrais apprendre à …",
        "Je voudrais retrouver …",
        "Avant …, je voudrais …",
    ),
    Kind.KEEP: (
        "Je continue à …",
        "Je garde l’habitude de …",
        "Je fais encore … moi-même.",
        "Je tiens à …, chaque …",
    ),
    Kind.TOGETHER: (
        "On … avec moi, le …",
        "On me demande avant de …",
        "On m’apprend à …",
        "On me laisse le temps de …",
    ),
    Kind.REFUSE: (
        "Je ne veux plus … Je préfère …",
        "Je choisis moi-même …",
        "On arrête de … On fait plutôt …",
    ),
    Kind.HEALTH: (
        "J’ai moins mal quand je …",
        "Je dors mieux : je me couche à … et …",
        "Je sais à quoi sert mon traitement, et je …",
        "Je marche jusqu’à …, avec …",
    ),
    Kind.AUTONOMY: (
        "Je fais seul … le matin. On m’aide pour …",
        "Je choisis … chaque jour.",
        "Je vais à … sans aide.",
        "Je prépare … avec …",
    ),
    Kind.SOCIAL: (
        "Je vois … chaque …",
        "Je vais à … avec …",
        "Je participe à …, le …",
        "J’habite … et je …",
    ),
}
EVERYWHERE = (Kind.WISH, Kind.KEEP, Kind.TOGETHER, Kind.REFUSE)


def openers(kind: str = "") -> tuple[str, ...]:
    """The beginnings for a kind, or for a SERAFIN-PH code (« 1.2.1.3 »); without either, one of each."""
    for known in OPENERS:
        if kind == known or kind.startswith(f"{known}."):
            return tuple(nbsp(words) for words in OPENERS[known])
    return tuple(nbsp(OPENERS[known][0]) for known in EVERYWHERE)
