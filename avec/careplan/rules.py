"""The care plan: its words, its steps and its gates.

A plan only holds if the person it is about helped to write it. So: an
expectation never stays without an answer, a goal has a term, a priority and an
origin, an activity says how much of the person is in it, and every party has a
position, dated, that may change. Source: domain.md §3; seeds 000 and 003.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Step(StrEnum):
    """Where the plan is. Steps overlap in real life; what is guarded are the gates."""

    GATHERING = "gathering"
    ASSESSMENT = "assessment"
    CO_CONSTRUCTION = "co_construction"
    CONTRACT = "contract"
    IN_FORCE = "in_force"
    UNDER_REVIEW = "under_review"
    ON_HOLD = "on_hold"
    RENEWED = "renewed"
    CLOSED = "closed"


# Steps in which the plan is still open to change.
OPEN_STEPS = frozenset(set(Step) - {Step.RENEWED, Step.CLOSED})


class Reply(StrEnum):
    """What an expectation became."""

    TAKEN_UP = "taken_up"
    NEGOTIATED = "negotiated"
    POSTPONED = "postponed"
    DECLINED = "declined"


class Participation(StrEnum):
    """How much of the person is in an activity: « faire avec » rather than « faire pour »."""

    BY = "by"
    WITH = "with"
    PRESENCE = "presence"
    FOR = "for"
    UNSAID = ""  # imported without it: to be asked


class Stance(StrEnum):
    """The position of a party on a goal."""

    AGREES = "agrees"
    IN_PART = "in_part"
    DISAGREES = "disagrees"
    COULD_NOT = "could_not"
    PREFERS_NOT = "prefers_not"


class AnswerRefused(ValueError):
    """An answer that the person could not read or that leads nowhere. The message is for the screen."""


def check_answer(reply: Reply, *, reason: str, goal: object | None, until: date | None, today: date) -> None:
    """What each kind of answer must say (domain.md §3, first gate)."""
    if reply == Reply.TAKEN_UP and goal is None:
        raise AnswerRefused("Choisissez l’objectif qui reprend cette attente, ou écrivez-en un.")
    if reply == Reply.POSTPONED and until is None:
        raise AnswerRefused("Écrivez la date à laquelle on en reparle.")
    if reply == Reply.POSTPONED and until is not None and until <= today:
        raise AnswerRefused("Écrivez une date à venir : on en reparle à ce moment-là.")
    if reply == Reply.DECLINED and len(reason.strip()) < 10:
        raise AnswerRefused("Écrivez pourquoi, avec des mots que la personne peut lire.")


@dataclass(frozen=True)
class Counted:
    """« 7 actions sur 9 sont faites par la personne ou avec elle. »"""

    by: int
    with_: int
    presence: int
    for_: int
    unsaid: int

    @property
    def together(self) -> int:
        return self.by + self.with_

    @property
    def total(self) -> int:
        return self.by + self.with_ + self.presence + self.for_


def count_participation(participations: Iterable[str]) -> Counted:
    """The « faire avec » figure. Activities that do not say are counted apart, never guessed."""
    said = [Participation(participation) for participation in participations]
    return Counted(
        by=said.count(Participation.BY),
        with_=said.count(Participation.WITH),
        presence=said.count(Participation.PRESENCE),
        for_=said.count(Participation.FOR),
        unsaid=said.count(Participation.UNSAID),
    )


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
