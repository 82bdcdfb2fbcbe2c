"""The gates of a plan: what must hold before it goes on, said in words, with the place where it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from avec.accounts.vocabulary import worded

from .stances import Stance


class Lack(StrEnum):
    """What a condition asks for: the page turns it into a link that does it."""

    WORDS = "words"
    NEEDS = "needs"
    ANSWERS = "answers"
    GOALS = "goals"
    GOAL_FIELDS = "goal_fields"
    PERSON_POSITION = "person_position"
    TEAM_POSITION = "team_position"
    EVALUATION = "evaluation"
    ACTIVITIES = "activities"
    PARTICIPATION = "participation"
    BALANCE = "balance"


@dataclass(frozen=True)
class GoalFacts:
    """What the gates need to know of one goal.

    `ask_again_on`: when the person, who could not answer, is asked again. `term`: the day it is due, and
    `evaluated_by`: the voices heard on it since its term, or since the plan began when it has not come.
    """

    number: int
    statement: str
    has_term: bool
    has_priority: bool
    has_origin: bool
    person_stance: Stance | None
    team_stance: Stance | None = None
    ask_again_on: date | None = None
    term: date | None = None
    evaluated_by: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PlanFacts:
    """What the gates need to know of a plan."""

    unanswered: int
    goals: Sequence[GoalFacts]
    activities: int
    activities_unsaid: int
    # Words of the person, or seen for them; what was tried when there are none.
    own_words: int = 0
    tried: bool = False
    needs: int = 0
    balance_of: frozenset[str] = frozenset()
    today: date = date.min


@dataclass(frozen=True)
class Condition:
    """One line of a gate: met or not, in words, and where it is done.

    `where`: an anchor of the record; `lack` and `goal` (its number, 0 for none): what to do there.
    `later`: met for now, and it comes back on a date.
    """

    met: bool
    words: str
    where: str
    lack: Lack | None = None
    goal: int = 0
    later: bool = False


def gate_to_assessment(plan: PlanFacts) -> list[Condition]:
    """One listens before one assesses."""
    heard = plan.own_words > 0 or plan.tried
    words = (
        worded("La voix %(short_of_the)s a été entendue.")
        if heard
        else worded(
            "Rien n’a encore été dit par %(short_the)s, ni vu pour %(them)s : écrivez ses mots, "
            "ou ce qui a été essayé pour l’entendre."
        )
    )
    return [Condition(heard, words, "attentes", Lack.WORDS)]


def gate_to_co_construction(plan: PlanFacts) -> list[Condition]:
    """Goals are written on what the person says and on what was found together."""
    found = plan.needs > 0
    words = "Un besoin ou un point fort est noté." if found else "Notez au moins un besoin ou un point fort."
    return [*gate_to_assessment(plan), Condition(found, words, "besoins", Lack.NEEDS)]


def gate_to_contract(plan: PlanFacts) -> list[Condition]:
    """What must hold before a contract is written from the plan (domain.md §3)."""
    conditions = [answered(plan)]
    conditions.append(Condition(bool(plan.goals), "Au moins un objectif.", "objectifs", Lack.GOALS))
    for goal in plan.goals:
        conditions += conditions_of(goal, plan.today)
    if plan.activities_unsaid:
        unsaid = plan.activities_unsaid
        words = (
            worded("1 action ne dit pas comment %(short_the)s y prend part.")
            if unsaid == 1
            else worded(f"{unsaid} actions ne disent pas comment %(short_the)s y prend part.")
        )
        conditions.append(Condition(False, words, "actions", Lack.PARTICIPATION))
    words = "Au moins une action dit qui fait quoi."
    conditions.append(Condition(plan.activities > 0, words, "actions", Lack.ACTIVITIES))
    return conditions


def answered(plan: PlanFacts) -> Condition:
    count = plan.unanswered
    words = (
        f"{count} attente{'s' if count > 1 else ''} sans réponse."
        if count
        else "Chaque attente a une réponse."
    )
    return Condition(count == 0, words, "attentes", Lack.ANSWERS)


def conditions_of(goal: GoalFacts, today: date) -> list[Condition]:
    """What one goal lacks; nothing when it lacks nothing."""
    where = f"objectif-{goal.number}"
    found = []
    fields = (
        ("un terme", goal.has_term),
        ("une priorité", goal.has_priority),
        ("une origine", goal.has_origin),
    )
    missing = [word for word, there in fields if not there]
    if missing:
        words = f"Il manque à l’objectif {goal.number} : {', '.join(missing)}."
        found.append(Condition(False, words, where, Lack.GOAL_FIELDS, goal.number))
    found += positions_on(goal, today)
    if goal.term and goal.term < today and not {"person", "professional"} <= goal.evaluated_by:
        words = (
            f"Le terme de l’objectif {goal.number} est passé : dites à deux voix où l’on en est, "
            "ou donnez-lui un autre terme."
        )
        found.append(Condition(False, words, where, Lack.EVALUATION, goal.number))
    return found


def positions_on(goal: GoalFacts, today: date) -> list[Condition]:
    """The person's position is compulsory, exactly like the establishment's (domain.md §3).

    « N’a pas pu répondre » is an open question: it holds until the day it is asked again, never after.
    """
    where, number = f"objectif-{goal.number}", goal.number
    found = []
    if goal.person_stance is None:
        words = worded(f"Il manque à l’objectif {number} : la position %(short_of_the)s.")
        found.append(Condition(False, words, where, Lack.PERSON_POSITION, number))
    elif goal.person_stance == Stance.COULD_NOT:
        waits = goal.ask_again_on is not None and goal.ask_again_on > today
        words = (
            worded(f"Objectif {number} : %(short_the)s n’a pas pu répondre. La question reste ouverte.")
            if waits
            else worded(f"Objectif {number} : %(short_the)s n’avait pas pu répondre. Redemandez-lui.")
        )
        found.append(Condition(waits, words, where, Lack.PERSON_POSITION, number, later=waits))
    if goal.team_stance is None:
        words = f"Il manque à l’objectif {number} : la position de l’équipe."
        found.append(Condition(False, words, where, Lack.TEAM_POSITION, number))
    return found


def gate_to_renewal(plan: PlanFacts) -> list[Condition]:
    """The next plan starts from what came of this one, in both voices (domain.md §3)."""
    conditions = [answered(plan)]
    for goal in plan.goals:
        silent = {"person": worded("la voix %(short_of_the)s"), "professional": "la voix de l’équipe"}
        missing = [word for voice, word in silent.items() if voice not in goal.evaluated_by]
        words = f"Objectif {goal.number} : où en est-on ? Il manque {' et '.join(missing)}."
        if missing:
            where = f"objectif-{goal.number}"
            conditions.append(Condition(False, words, where, Lack.EVALUATION, goal.number))
    if plan.goals and all(condition.met for condition in conditions[1:]):
        conditions.append(Condition(True, "Chaque objectif est évalué à deux voix.", "objectifs"))
    for voice, word in (("person", worded("par %(short_the)s")), ("professional", "par l’équipe")):
        said = voice in plan.balance_of
        words = f"Le bilan est dit {word}." if said else f"Il manque le bilan dit {word}."
        conditions.append(Condition(said, words, "bilan", Lack.BALANCE))
    return conditions
