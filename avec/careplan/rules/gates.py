from collections.abc import Sequence
from dataclasses import dataclass

from .stances import Stance


@dataclass(frozen=True)
class GoalFacts:
    """What the contract's gate needs to know of one goal."""

    number: int
    statement: str
    has_term: bool
    has_priority: bool
    has_origin: bool
    person_stance: Stance | None


@dataclass(frozen=True)
class PlanFacts:
    """What the contract's gate needs to know of a plan."""

    unanswered: int
    goals: Sequence[GoalFacts]
    activities: int
    activities_unsaid: int


@dataclass(frozen=True)
class Condition:
    """One line of a gate: met or not, in words, and the place where it is done (an anchor of the page)."""

    met: bool
    words: str
    where: str


def gate_to_contract(plan: PlanFacts) -> list[Condition]:
    """What must hold before a contract is written from the plan (domain.md §3)."""
    no_answer = plan.unanswered
    conditions = [
        Condition(
            no_answer == 0,
            "Chaque attente a une réponse."
            if no_answer == 0
            else f"{no_answer} attente{'s' if no_answer > 1 else ''} sans réponse.",
            "attentes",
        ),
        Condition(bool(plan.goals), "Au moins un objectif.", "objectifs"),
    ]
    for goal in plan.goals:
        missing = [
            word
            for word, there in (
                ("un terme", goal.has_term),
                ("une priorité", goal.has_priority),
                ("une origine", goal.has_origin),
                ("la position de la personne", goal.person_stance is not None),
            )
            if not there
        ]
        if missing:
            conditions.append(
                Condition(
                    False,
                    f"Il manque à l’objectif {goal.number} : {', '.join(missing)}.",
                    f"objectif-{goal.number}",
                )
            )
    if plan.activities_unsaid:
        s = "s" if plan.activities_unsaid > 1 else ""
        conditions.append(
            Condition(
                False,
                f"{plan.activities_unsaid} action{s} ne dit pas comment la personne y prend part."
                if not s
                else f"{plan.activities_unsaid} actions ne disent pas comment la personne y prend part.",
                "actions",
            )
        )
    conditions.append(Condition(plan.activities > 0, "Au moins une action dit qui fait quoi.", "actions"))
    return conditions
