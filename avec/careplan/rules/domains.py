"""Domains of life: the house names its own; a usual list is offered, in plain words.

Each is set beside a need of the SERAFIN-PH nomenclature, so that what people say
can be counted and exchanged without anybody learning a code.
"""

from avec.people.rules import fold
from avec.ui.words import one_line

# Plain words of our own, and the need of the national list that they fall under.
USUAL: tuple[tuple[str, str], ...] = (
    ("Ma santé, mes douleurs", "1.1"),
    ("Mon moral, mes émotions", "1.1.1"),
    ("Prendre soin de moi, me laver, m’habiller", "1.2.1.1"),
    ("Bouger, me déplacer", "1.2.1.3"),
    ("Mes repas", "1.2.1.1"),
    ("Mes relations, parler et être compris", "1.2.1.2"),
    ("Décider, être en sécurité", "1.2.1.4"),
    ("Ma famille, mes amours", "1.3.3.4"),
    ("Ma chambre, mon logement", "1.3.2.1"),
    ("Mes journées, mes sorties, mes loisirs", "1.3.4.1"),
    ("Apprendre, travailler", "1.3.3"),
    ("Mes droits, mon argent, mes papiers", "1.3.1.1"),
)


class DomainRefused(ValueError):
    """A name that cannot be kept. The message is for the screen."""


def check_words(words: str, others: frozenset[str]) -> str:
    """The name as it is kept. `others`: the folded names already in the list."""
    name = one_line(words)
    if not fold(name):
        raise DomainRefused("Écrivez le nom du domaine.")
    if fold(name) in others:
        raise DomainRefused("Ce domaine est déjà dans la liste.")
    return name
