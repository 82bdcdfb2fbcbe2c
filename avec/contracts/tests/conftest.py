import datetime

import pytest
from django.utils import timezone

from avec.accounts.models import Role
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
from avec.careplan.rules import Stance
from avec.contracts.actions import issue_contract
from avec.people.tests import factories


@pytest.fixture
def scene():
    """A person with an account, their referent, and a plan ready for a contract."""

    class Scene:
        establishment = factories.establishment()
        nurse = factories.member(establishment, job="infirmière")
        person = factories.person(establishment)
        resident = factories.member(establishment, role=Role.PERSON)

    scene = Scene()
    scene.person.member = scene.resident
    scene.person.save()
    factories.in_team(scene.person, scene.nurse, is_referent=True)
    scene.plan = open_plan(scene.person, title="Projet", by=scene.nurse)
    scene.expectation = say(scene.plan, Said("Je veux aller au jardin."), by=scene.resident)
    scene.goal = write_goal(
        scene.plan,
        statement="Aller au jardin chaque matin",
        due_on=timezone.localdate() + datetime.timedelta(days=90),
        priority=1,
        by=scene.nurse,
    )
    answer_expectation(scene.expectation, Replied("taken_up", goal=scene.goal), by=scene.nurse)
    take_position(scene.goal, Stance.AGREES, by=scene.resident)
    take_position(scene.goal, Stance.AGREES, by=scene.nurse)
    add_activity(
        scene.plan,
        goals=[scene.goal],
        title="Marcher jusqu’au banc",
        participation="by",
        rhythm="chaque matin",
        by=scene.nurse,
    )
    return scene


@pytest.fixture
def contract(scene):
    return issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
