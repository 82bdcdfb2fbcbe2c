"""Where each condition of a gate is met: a page that does it, or a place of the record."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse

from avec.people.models import Person

from .models import CarePlan
from .rules import Condition, Lack


def gate_rows(
    conditions: Iterable[Condition],
    plan: CarePlan,
    person: Person,
    goals: Mapping[int, UUID],
    *,
    may_act: bool = True,
) -> list[dict[str, Any]]:
    """The lines of a gate as the page shows them. `goals`: the key of each goal that the reader reads, by number."""
    return [
        {
            "label": condition.words,
            "met": condition.met,
            "url": place_of(condition, plan, person, goals, may_act=may_act)
            if not condition.met or condition.later
            else "",
        }
        for condition in conditions
    ]


def place_of(
    condition: Condition, plan: CarePlan, person: Person, goals: Mapping[int, UUID], *, may_act: bool
) -> str:
    """The page that does what is missing; the place of the record for who only reads."""
    record = reverse("home:record", args=[person.pk])
    there = f"{record}#{condition.where}"
    goal = goals.get(condition.goal)
    if condition.goal and goal is None:
        return record  # a goal that this member does not read: the gate counts it, the page does not open it
    if not may_act:
        return there
    match condition.lack:
        case Lack.WORDS:
            return reverse("careplan:say", args=[person.pk])
        case Lack.ANSWERS:
            return reverse("careplan:said", args=[plan.pk]) + "?etat=attend"
        case Lack.NEEDS:
            return reverse("careplan:assessments", args=[person.pk])
        case Lack.GOALS:
            return reverse("careplan:write_goal", args=[plan.pk])
        case Lack.ACTIVITIES:
            return reverse("careplan:add_activity", args=[plan.pk])
        case Lack.BALANCE:
            return reverse("careplan:balance", args=[plan.pk]) + "#ecrire"
        case Lack.GOAL_FIELDS:
            return reverse("careplan:change_goal", args=[goal])
        case Lack.PERSON_POSITION:
            return reverse("careplan:position", args=[goal]) + "?qui=person"
        case Lack.TEAM_POSITION:
            return reverse("careplan:position", args=[goal]) + "?qui=professional"
        case Lack.EVALUATION:
            return reverse("careplan:evaluate", args=[goal])
        case _:
            return there
