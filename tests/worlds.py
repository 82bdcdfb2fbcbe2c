"""Worlds for the tests that cross the rooms: reached through actions, as people would."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from avec.accounts.models import Role
from avec.careplan.actions import (
    Replied,
    Said,
    Side,
    add_activity,
    answer_expectation,
    change_goal_status,
    confirm_observation,
    evaluate_goal,
    note_divergence,
    open_plan,
    say,
    take_position,
    write_goal,
)
from avec.careplan.models import Divergence
from avec.careplan.rules import Stance
from avec.careplan.rules.goal_moves import GoalMove
from avec.contracts.actions import Choice, issue_contract, seal_copy, sign_line
from avec.contracts.models import CareContract
from avec.contracts.rules import RIGHTS, Outcome
from avec.negotiation.actions import (
    Followed,
    Refused,
    answer_text,
    ask_again,
    complete_refusal,
    conclude,
    go_on,
    note_refusal,
    settle,
)
from avec.negotiation.models import CareRefusal, Negotiation
from avec.negotiation.rules import Answer, OutcomeKind
from avec.negotiation.tests.table import around, negotiated
from avec.people.tests import factories


def thread(*, finess: str = "") -> dict[str, Any]:
    """A person whose sentence was answered by a goal and an activity; their nurse; a daughter with a mandate."""
    house = factories.establishment(**({"finess": finess} if finess else {}))
    nurse = factories.member(house)
    person = factories.person(house)
    factories.in_team(person, nurse, is_referent=True)
    plan = open_plan(person, title="Projet d’Odette", by=nurse)
    assert person.member
    expectation = say(plan, Said("Je voudrais faire mon café.", importance=4), by=person.member)
    day = timezone.localdate()
    goal = write_goal(
        plan,
        by=nurse,
        title="Le café du matin",
        statement="Faire son café elle-même, trois matins par semaine.",
        due_on=day + timedelta(days=90),
        priority=1,
    )
    answer_expectation(expectation, Replied("taken_up", goal=goal), by=nurse)
    take_position(goal, Stance.AGREES, by=person.member)
    take_position(goal, Stance.AGREES, by=nurse)
    activity = add_activity(
        plan, goals=[goal], by=nurse, title="Préparer le café à l’office", participation="with"
    )
    daughter = factories.relative(person, "carer")
    return {
        "house": house,
        "nurse": nurse,
        "person": person,
        "plan": plan,
        "expectation": expectation,
        "goal": goal,
        "activity": activity,
        "daughter": daughter,
    }


def signed_contract() -> CareContract:
    """A contract in force, signed by each on their own line, and its sealed copy."""
    world = thread()
    contract = issue_contract(world["plan"], by=world["nurse"], starts_on=timezone.localdate())
    for line in contract.lines.all():
        if line.member is not None or line.voice == "person":
            signer = world["person"].member if line.voice == "person" else line.member
            sign_line(
                line,
                Choice(Outcome.SIGNED, rights_read=[code for code, _ in RIGHTS], clauses={"1": "agrees"}),
                method="password",
                by=signer,
            )
    seal_copy(contract, "full", by=world["nurse"])
    evaluate_goal(world["goal"], value=1, words="Trois matins.", by=world["person"].member)
    change_goal_status(world["goal"], GoalMove.PUT_ASIDE, "Après l’hiver.", by=world["nurse"])
    differing_voices(world)
    refused_care(world)
    contract.refresh_from_db()
    return contract


def differing_voices(world: dict[str, Any]) -> Divergence:
    """Something seen, which the daughter confirms; and two readings of it, side by side."""
    seen = say(
        world["plan"],
        Said("Elle va vers la bouilloire.", voice="observed", situation="à l’office"),
        by=world["nurse"],
    )
    confirm_observation(seen, by=world["nurse"], relative=world["daughter"])
    sides = [Side(expectation=seen), Side("relative", "Elle se brûlerait.", world["daughter"])]
    return note_divergence(world["plan"], "Le café", sides, by=world["nurse"])


def refused_care(world: dict[str, Any]) -> CareRefusal:
    """A care refused, what was explained since, and the answer when it was asked again."""
    day = timezone.localdate() + timedelta(days=7)
    refusal = note_refusal(world["plan"], Refused("La douche", "J’ai froid.", day), by=world["person"].member)
    complete_refusal(refusal, Followed(information="La douche protège la peau."), by=world["nurse"])
    ask_again(refusal, "not_now", "Demain.", ask_again_on=day, by=world["nurse"])
    return refusal


def concluded_negotiation() -> Negotiation:
    """A table of its own, where everybody agreed."""
    found = negotiated(around(points=1))
    settle(found.negotiation, found.points[0], OutcomeKind.AGREED, "Lever à 9 heures", by=found.nurse)
    go_on(found.negotiation, by=found.nurse)
    for who in found.everybody:
        answer_text(found.negotiation, found.seat(who), Answer.YES, by=who)
    return conclude(found.negotiation, by=found.nurse)


def other_house() -> dict[str, Any]:
    """The same thread elsewhere."""
    return thread()


ROLES = [role.value for role in Role]
