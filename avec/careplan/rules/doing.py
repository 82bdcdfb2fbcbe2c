"""Who does an activity, from when to when, and what to look at again: said in words, never blocking.

When the person is among those who do it, « par » or « avec » are likely; it is
suggested, never written for them: what is true today is what is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from avec.ui.words import date_long, nbsp

LONGEST = 250  # the column and the national exchange keep no more


def performers_in_words(names: Sequence[str]) -> str:
    """« Odette et Malik », « Odette, Claire Duval et la bibliothèque » ; what does not fit is counted."""
    names = [" ".join(name.split()) for name in names]
    names = list(dict.fromkeys(name for name in names if name))
    for kept in range(len(names), 0, -1):
        more = len(names) - kept
        shown = names[:kept] + ([f"{more} autre{'s' if more > 1 else ''}"] if more else [])
        words = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} et {shown[-1]}"
        if len(words) <= LONGEST:
            return words
    return names[0][:LONGEST] if names else ""


@dataclass(frozen=True)
class Doing:
    """What the hints weigh of an activity being written."""

    with_person: bool = False
    performers: int = 0
    participation: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    # The latest term of the goals it serves.
    goal_term: date | None = None
    goals: int = 0


def end_before_start(starts_on: date | None, ends_on: date | None) -> str:
    """The sentence when an end comes before its start; empty when the dates are in order."""
    if starts_on is None or ends_on is None or ends_on >= starts_on:
        return ""
    return nbsp(f"Cela finirait avant de commencer : écrivez une fin à partir du {date_long(starts_on)}.")


def hints_on(doing: Doing, *, called: str) -> list[str]:
    """What is worth looking at again, in words. Nothing here stops anybody."""
    hints = []
    if doing.with_person and doing.participation in {"presence", "for"}:
        hints.append(
            f"{called} est parmi celles et ceux qui le font : est-ce « par {called} » ou « avec {called} » ?"
        )
    if not doing.with_person and doing.performers and doing.participation in {"by", "with"}:
        hints.append(f"{called} y prend part : faut-il l’ajouter à « Qui le fait » ?")
    if doing.ends_on and doing.goal_term and doing.ends_on > doing.goal_term:
        hints.append(
            f"L’action finit après le terme de l’objectif ({date_long(doing.goal_term)}) : "
            "on en parlera ce jour-là."
        )
    if doing.starts_on and doing.goal_term and doing.starts_on > doing.goal_term:
        hints.append(
            f"L’action commence après le terme de l’objectif ({date_long(doing.goal_term)}) : est-ce voulu ?"
        )
    return [nbsp(hint) for hint in hints]
