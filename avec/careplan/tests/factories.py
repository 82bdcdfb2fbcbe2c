"""Care plans for the tests, reached through the actions; with everything of `people.tests.factories`."""

from typing import Any

from avec.accounts.models import Member
from avec.careplan.actions import Replied, Said, add_activity, answer_expectation, open_plan, say, write_goal
from avec.careplan.models import Activity, CarePlan, Expectation, Goal
from avec.careplan.rules import Reply
from avec.people.models import Person
from avec.people.tests.factories import (
    PASSWORD,
    account,
    days,
    establishment,
    in_team,
    member,
    person,
    relative,
    sign_in,
    unit,
)

__all__ = [
    "PASSWORD",
    "account",
    "activity",
    "answered",
    "days",
    "establishment",
    "expectation",
    "goal",
    "in_team",
    "member",
    "person",
    "plan",
    "relative",
    "sign_in",
    "unit",
]


def plan(person: Person, by: Member, **fields: Any) -> CarePlan:
    """A plan opened by somebody of the team."""
    return open_plan(
        person, by=by, **{"title": "Mon projet", "stay": person.stays.order_by("admitted_on").last()} | fields
    )


def expectation(
    plan: CarePlan, by: Member, words: str = "Je veux aller au jardin toute seule.", **said: Any
) -> Expectation:
    return say(plan, Said(words=words, **said), by=by)


def goal(plan: CarePlan, by: Member, statement: str = "Aller seule au jardin", **fields: Any) -> Goal:
    return write_goal(plan, by=by, **{"statement": statement, "due_on": days(60), "priority": 1} | fields)


def answered(expectation: Expectation, by: Member, goal: Goal | None = None) -> Expectation:
    """The same expectation, taken up by a goal, or declined with a reason."""
    replied = (
        Replied(reply=Reply.TAKEN_UP, goal=goal)
        if goal
        else Replied(reply=Reply.DECLINED, reason="Le règlement de sécurité ne le permet pas.")
    )
    answer_expectation(expectation, replied, by=by)
    expectation.refresh_from_db()
    return expectation


def activity(plan: CarePlan, by: Member, *goals: Goal, **fields: Any) -> Activity:
    usual = {"title": "Marcher jusqu’au banc", "participation": "by", "rhythm": "chaque matin"}
    return add_activity(plan, goals=list(goals), by=by, **usual | fields)
