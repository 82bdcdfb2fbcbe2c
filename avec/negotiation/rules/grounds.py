"""Why something cannot be negotiated here: words, a source, and a date by which somebody reads it again."""

from datetime import date, timedelta
from enum import StrEnum

from avec.people.rules import fold

from .moves import NOT_NEGOTIABLE, Nature

# The order of the page: the law first, the prescription last.
NATURES = (Nature.LAW, Nature.HOUSE_RULES, Nature.RECOMMENDATION, Nature.PRESCRIPTION)
SOON = timedelta(days=30)
USUALLY = timedelta(days=365)
LATEST = timedelta(days=5 * 366)


class GroundRefused(ValueError):
    """A ground that would not hold. The message is for the screen."""


class Review(StrEnum):
    NEVER = "never"
    OVERDUE = "overdue"
    SOON = "soon"
    KEPT = "kept"


def review_of(reviewed_on: date | None, review_by: date | None, today: date) -> Review:
    """A ground that nobody reviewed, or whose date has passed, waits for somebody to read it."""
    if review_by is not None and review_by < today:
        return Review.OVERDUE
    if reviewed_on is None:
        return Review.NEVER
    if review_by is not None and review_by <= today + SOON:
        return Review.SOON
    return Review.KEPT


def check_ground(nature: str, words: str, source: str, taken: frozenset[str]) -> None:
    """It says what, and where that comes from; once in the list. `taken`: the other ones, folded."""
    if nature not in NOT_NEGOTIABLE:
        raise GroundRefused(
            "Choisissez d’où cela vient\u00a0: ce qui se négocie n’a pas sa place dans cette liste."
        )
    if len(words.strip()) < 3:
        raise GroundRefused("Écrivez ce qui ne se négocie pas.")
    if len(source.strip()) < 3:
        raise GroundRefused("Écrivez la source\u00a0: sans elle, rien ne dit que cela ne se négocie pas.")
    if fold(words) in taken:
        raise GroundRefused("Ce motif est déjà dans la liste.")


def check_review(reviewed_on: date, review_by: date, today: date) -> None:
    if reviewed_on > today:
        raise GroundRefused("Le jour de la relecture n’est pas encore venu.")
    if review_by <= today:
        raise GroundRefused("Choisissez un jour à venir pour la prochaine relecture.")
    if review_by > today + LATEST:
        raise GroundRefused("C’est trop loin\u00a0: relisez au moins tous les cinq ans.")
