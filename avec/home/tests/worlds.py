"""A small house, with what each page gathers, made by the actions themselves."""

from dataclasses import dataclass

from avec.accounts.models import Member
from avec.careplan.actions import (
    Replied,
    Said,
    add_activity,
    answer_expectation,
    open_plan,
    say,
    take_position,
    write_goal,
)
from avec.careplan.models import CarePlan, Expectation, Goal
from avec.careplan.rules import Stance
from avec.people.models import Person, RelatedPerson
from avec.people.tests.factories import days, establishment, in_team, member, person, relative


@dataclass
class House:
    nurse: Member
    odette: Person
    claire: RelatedPerson
    plan: CarePlan
    waiting: Expectation
    hidden: Expectation
    answered: Expectation
    noted: Expectation
    goal: Goal


def house(beside: "House | None" = None, **fields: object) -> House:
    """Odette, Sonia who answers for her, Claire her daughter; one word waits, one is answered, one is the team's.

    `beside`: in the same establishment as this one, with the same Sonia.
    """
    place = beside.odette.establishment if beside else establishment()
    odette = person(place, **{"given_names": "Odette", "easy_read": True} | fields)
    nurse = beside.nurse if beside else member(place, given_name="Sonia")
    in_team(odette, nurse, is_referent=True)
    claire = relative(odette, "carer", given_name="Claire")
    plan = open_plan(odette, title="Projet d’Odette", by=nurse)
    waiting = say(plan, Said("Éplucher les légumes.", level="C1", said_on=days(-6)), by=odette.member)
    hidden = say(plan, Said("Je m’ennuie au salon.", level="C2"), by=odette.member)
    answered = say(plan, Said("Aller au jardin seule.", level="C1"), by=odette.member)
    goal = write_goal(
        plan,
        by=nurse,
        statement="Odette va au jardin seule.",
        easy_words="Je vais au jardin.\nJe porte le bracelet.",
        due_on=days(10),
        priority=1,
        level="C1",
    )
    add_activity(
        plan, goals=[goal], by=nurse, title="Aller au jardin", performer="Malik", participation="with"
    )
    answer_expectation(answered, Replied("taken_up", goal=goal), by=nurse)
    take_position(goal, Stance.AGREES, by=nurse)
    noted = say(plan, Said("Note de travail secrète.", voice="professional", level="C3"), by=nurse)
    return House(nurse, odette, claire, plan, waiting, hidden, answered, noted, goal)
