"""Goal Attainment Scaling: five levels worded for one goal, and one figure for several goals.

What we believe: the scale belongs to the goal, never to the person. The person
and the professional use the same five levels, side by side, and neither answer
is averaged with the other. The T-score is for professionals only; it says how
far a set of goals is from what was expected, and compares nobody with nobody.

Formula: Kiresuk TJ, Sherman RE. Goal attainment scaling: a general method for
evaluating comprehensive community mental health programs. Community Mental
Health Journal 1968; 4(6): 443-453, doi:10.1007/BF01530764:

    T = 50 + 10·Σ(w·x) / sqrt((1 − ρ)·Σw² + ρ·(Σw)²)      with ρ = 0.3

Weights (importance × difficulty): Turner-Stokes L. Goal attainment scaling
(GAS) in rehabilitation: a practical guide. Clinical Rehabilitation 2009; 23(4):
362-370, doi:10.1177/0269215508101742 (with its published erratum: the square
root bears on the whole denominator).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from avec.ui.words import nbsp, one_line

# How much goals of one person are supposed to move together (Kiresuk & Sherman 1968).
RHO = 0.3
LEVELS = (-2, -1, 0, 1, 2)

LEVEL_WORDS = {
    -2: "bien moins que prévu",
    -1: "moins que prévu",
    0: "comme prévu",
    1: "plus que prévu",
    2: "bien plus que prévu",
}


@dataclass(frozen=True)
class Face:
    """One of the five faces of the person's own scale: its key (an image) and its words."""

    key: str
    words: str


FACES = {
    -2: Face("very-bad", "ça ne va pas du tout"),
    -1: Face("bad", "ça ne va pas bien"),
    0: Face("between", "entre les deux"),
    1: Face("good", "ça va bien"),
    2: Face("very-good", "ça va très bien"),
}


class ScoreRefused(ValueError):
    """A level or a weight that is not on the scale. The message is for the screen."""


@dataclass(frozen=True)
class Scored:
    """One goal as evaluated: its level and how much it weighs."""

    value: int
    weight: float = 1

    def __post_init__(self) -> None:
        # True is 1 for Python; a box ticked is not a level.
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value not in LEVELS:
            raise ScoreRefused("Choisissez un niveau entre −2 et +2.")
        if isinstance(self.weight, bool) or not math.isfinite(self.weight) or self.weight <= 0:
            raise ScoreRefused("Le poids d’un objectif est un nombre plus grand que zéro.")


def weight_of(importance: int | None, difficulty: int | None) -> int:
    """Importance × difficulty when both were given (1 to 3 each); one alone weighs nothing more than none."""
    for grade in (importance, difficulty):
        if grade is not None and (isinstance(grade, bool) or grade not in (1, 2, 3)):
            raise ScoreRefused("L’importance et la difficulté vont de 1 à 3.")
    if importance is None or difficulty is None:
        return 1
    return importance * difficulty


def t_score(scores: Sequence[Scored]) -> float:
    """The weighted T-score of the goals evaluated: 50 when they went as expected. Refuses an empty list."""
    if not scores:
        raise ScoreRefused("Il faut au moins un objectif évalué.")
    # Only the proportions count: dividing by the heaviest keeps any weight inside what a float holds.
    heaviest = max(score.weight for score in scores)
    weights = [score.weight / heaviest for score in scores]
    reached = math.fsum(weight * score.value for weight, score in zip(weights, scores, strict=True))
    spread = (1 - RHO) * math.fsum(w * w for w in weights) + RHO * math.fsum(weights) ** 2
    return 50 + 10 * reached / math.sqrt(spread)


def explain(scores: Sequence[Scored]) -> list[str]:
    """What the T-score says and does not say, in plain French, for professionals."""
    shown = round(t_score(scores), 1)
    number = f"{shown:.1f}".replace(".", ",").removesuffix(",0")
    if shown == 50:
        reading = "dans l’ensemble, c’est allé comme prévu"
    elif shown > 50:
        reading = "dans l’ensemble, c’est allé plus loin que prévu"
    else:
        reading = "dans l’ensemble, c’est allé moins loin que prévu"
    sentences = [f"{number} : {reading}.", "50 veut dire que le niveau prévu est atteint."]
    if len(scores) == 1:
        sentences.append(
            "Calculé sur un seul objectif : ce nombre ne dit rien de plus que l’évaluation elle-même."
        )
    elif len({score.weight for score in scores}) == 1:
        sentences.append(f"Calculé sur {len(scores)} objectifs, qui comptent tous autant.")
    else:
        sentences.append(
            f"Calculé sur {len(scores)} objectifs : un objectif important et difficile compte davantage."
        )
    sentences.append(
        "Ce nombre parle de ces objectifs. Ce n’est jamais la note d’une personne, ni celle d’une équipe."
    )
    sentences.append(
        "Formule de Kiresuk et Sherman (1968), avec une corrélation supposée de 0,3 entre les objectifs."
    )
    return [nbsp(sentence) for sentence in sentences]


class Direction(StrEnum):
    """How the person's evaluation stands beside the professional's."""

    SAME = "same"
    BETTER = "better"
    WORSE = "worse"
    PERSON_SILENT = "person_silent"
    PROFESSIONAL_SILENT = "professional_silent"
    BOTH_SILENT = "both_silent"


@dataclass(frozen=True)
class Gap:
    """Two voices on the same goal. `steps` is person minus professional, none if one is silent."""

    direction: Direction
    steps: int | None
    words: str


def gap(
    person: int | None, professional: int | None, *, called: str = "la personne", team: str = "l’équipe"
) -> Gap:
    """The two evaluations side by side: the gap is information, nobody is right."""
    for value in (person, professional):
        if value is not None:
            Scored(value)
    if person is None or professional is None:
        return _silent(person, professional, called, team)
    steps = person - professional
    if steps == 0:
        return Gap(Direction.SAME, 0, _sentence(f"{called} et {team} voient la même chose."))
    clearly = "nettement " if abs(steps) > 1 else ""
    if steps > 0:
        return Gap(
            Direction.BETTER, steps, _sentence(f"pour {called}, cela va {clearly}mieux que pour {team}.")
        )
    return Gap(
        Direction.WORSE, steps, _sentence(f"pour {called}, cela va {clearly}moins bien que pour {team}.")
    )


def _silent(person: int | None, professional: int | None, called: str, team: str) -> Gap:
    if person is None and professional is None:
        return Gap(
            Direction.BOTH_SILENT, None, _sentence(f"ni {called} ni {team} n’ont encore choisi de niveau.")
        )
    if person is None:
        return Gap(Direction.PERSON_SILENT, None, _sentence(f"{called} n’a pas encore choisi de niveau."))
    return Gap(Direction.PROFESSIONAL_SILENT, None, _sentence(f"{team} n’a pas encore choisi de niveau."))


def _sentence(words: str) -> str:
    return nbsp(words[:1].upper() + words[1:])


def check_levels(levels: Mapping[int, str]) -> list[str]:
    """Gentle hints on levels worded beforehand: all five or none, and no two alike. Never blocking."""
    if not set(levels) <= set(LEVELS):
        raise ScoreRefused("Choisissez un niveau entre −2 et +2.")
    worded = {level: one_line(levels.get(level, "")) for level in LEVELS}
    if not any(worded.values()):
        return []
    hints = [
        f"Il manque le niveau « {LEVEL_WORDS[level]} » : que verrait-on alors ?"
        for level in LEVELS
        if not worded[level]
    ]
    for level in LEVELS:
        for other in LEVELS:
            if level < other and worded[level] and worded[level].casefold() == worded[other].casefold():
                hints.append(
                    f"« {LEVEL_WORDS[level]} » et « {LEVEL_WORDS[other]} » disent la même chose : "
                    "qu’est-ce qui les distingue ?"
                )
    return [nbsp(hint) for hint in hints]
