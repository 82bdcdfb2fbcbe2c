"""What was agreed goes into the plan: all of it, once, or nothing."""

import pytest

from avec.careplan.actions import (
    Replied,
    Said,
    add_activity,
    answer_expectation,
    change_activity,
    end_activity,
    say,
)
from avec.careplan.models import Activity, Answer, Goal
from avec.careplan.rules import Step
from avec.careplan.tests.factories import days
from avec.negotiation.actions import (
    MoveRefused,
    Opening,
    Seat,
    accept_aim,
    add_point,
    answer_text,
    conclude,
    go_on,
    open_negotiation,
    say_stake,
    settle,
)
from avec.negotiation.effects import obstacles
from avec.negotiation.models import Move, Outcome
from avec.negotiation.rules import Answer as Reply
from avec.negotiation.rules import Becomes, OutcomeKind
from avec.negotiation.sitting import sitting_of

from .table import around, negotiated

pytestmark = pytest.mark.django_db

GOAL = {"statement": "Je me lève à 9 heures.", "due_on": days(60).isoformat(), "priority": 2}
AGREED = OutcomeKind.AGREED


def rise(found, **more):
    """An activity that the nurse does with the person, for the goal of the first point."""
    who = [
        {"kind": "person", "name": "Odette"},
        {"kind": "relative", "key": str(found.relative.pk), "name": found.relative.name},
        {"kind": "professional", "key": str(found.nurse.pk), "name": found.nurse.name},
        {"kind": "professional", "name": "l’aide-soignante du soir"},
    ]
    return {"title": "Se lever", "participation": "with", "doers": who, "rhythm": "chaque jour, à 9 h"} | more


def answered(found, *, but=None):
    """Everybody answers yes to the text, save those in `but`."""
    go_on(found.negotiation, by=found.nurse)
    for who in found.everybody:
        answer, words = (but or {}).get(who.pk, (Reply.YES, ""))
        answer_text(found.negotiation, found.seat(who), answer, words=words, by=who)


def settled(found, point, becomes, fields, kind=AGREED):
    settle(
        found.negotiation, point, kind, "Lever à 9 heures, avec de l’aide", by=found.nurse,
        becomes=becomes, fields=fields,
    )  # fmt: skip


def rested(**opening):
    """A table on which the first point gives a goal, and the second an activity that serves it."""
    found = negotiated(around(**opening))
    first, second = found.points
    settled(found, first, Becomes.GOAL, GOAL)
    settled(found, second, Becomes.ACTIVITY, rise(found, point=str(first.pk)))
    return found


def test_goals_and_activities_are_made_with_their_origin():
    found = rested()
    answered(found)
    negotiation = conclude(found.negotiation, by=found.nurse)
    goal, activity = Goal.objects.get(plan=found.plan), Activity.objects.get(plan=found.plan)
    assert (goal.statement, goal.priority, goal.due_on) == (GOAL["statement"], 2, days(60))
    assert goal.title == found.points[0].words
    assert list(activity.goals.all()) == [goal]
    assert activity.performer.endswith("et l’aide-soignante du soir")
    assert activity.performers.count() == 4
    assert activity.rhythm == "chaque jour, à 9 h"
    first, second = Outcome.objects.filter(negotiation=negotiation)
    assert (first.goal, first.activity, first.took_effect) == (goal, None, True)
    assert (second.goal, second.activity, second.took_effect) == (None, activity, True)
    assert negotiation.result == "total"


def test_it_goes_into_the_plan_once():
    found = rested()
    answered(found)
    conclude(found.negotiation, by=found.nurse)
    with pytest.raises(MoveRefused, match="conclue"):
        conclude(found.negotiation, by=found.nurse)
    assert Goal.objects.count() == Activity.objects.count() == 1
    assert Move.objects.filter(verb="conclude").count() == 1


def test_somebody_says_no_and_nothing_goes_into_the_plan():
    found = rested()
    answered(found, but={found.resident.pk: (Reply.NO, "C’est encore trop tôt.")})
    negotiation = conclude(found.negotiation, next_step="date", next_on=days(10), by=found.nurse)
    assert negotiation.result == "none"
    assert not Goal.objects.exists()
    assert not Activity.objects.exists()
    assert not Outcome.objects.filter(took_effect=True).exists()


def test_nobody_concludes_without_everybody_s_answer():
    found = rested()
    go_on(found.negotiation, by=found.nurse)
    for who in (found.resident, found.nurse):
        answer_text(found.negotiation, found.seat(who), Reply.YES, by=who)
    with pytest.raises(MoveRefused, match="Chaque personne a répondu"):
        conclude(found.negotiation, by=found.nurse)
    assert not Goal.objects.exists()


def test_reservations_are_kept_with_the_agreement():
    found = rested()
    answered(found, but={found.daughter.pk: (Reply.RESERVATIONS, "Je veux qu’on me prévienne.")})
    negotiation = conclude(found.negotiation, by=found.nurse)
    assert negotiation.result == "total"
    assert Goal.objects.count() == 1
    table = sitting_of(negotiation).table
    assert [one.words for one in table.answers.values() if one.words] == ["Je veux qu’on me prévienne."]


def test_an_activity_is_done_otherwise_and_the_rest_of_it_stays():
    found = negotiated(around())
    activity = add_activity(
        found.plan, goals=[], title="La toilette", rhythm="à 7 h", recurrence="FREQ=DAILY @ 07:00",
        place="dans la chambre", participation="for", performer="Malik", by=found.nurse,
    )  # fmt: skip
    fields = {
        "activity": str(activity.pk),
        "activity_title": activity.title,
        "was": {"rhythm": "à 7 h", "place": "dans la chambre", "performer": "Malik"},
        "rhythm": "à 9 h",
        "recurrence": "FREQ=DAILY @ 09:00",
    }
    settled(found, found.points[0], Becomes.SCHEDULE, fields)
    settled(found, found.points[1], Becomes.NOTHING, {})
    answered(found)
    conclude(found.negotiation, by=found.nurse)
    activity.refresh_from_db()
    assert (activity.rhythm, activity.recurrence) == ("à 9 h", "FREQ=DAILY @ 09:00")
    assert (activity.place, activity.performer, activity.participation) == ("dans la chambre", "Malik", "for")
    assert Outcome.objects.get(point=found.points[0]).activity == activity


@pytest.mark.parametrize("since", ["changed", "ended"])
def test_what_changed_since_is_talked_over_again(since):
    found = negotiated(around())
    activity = add_activity(found.plan, goals=[], title="La toilette", rhythm="à 7 h", by=found.nurse)
    fields = {
        "activity": str(activity.pk),
        "activity_title": "La toilette",
        "rhythm": "à 9 h",
        "was": {"rhythm": "à 7 h"},
    }
    settled(found, found.points[0], Becomes.SCHEDULE, fields)
    settled(found, found.points[1], Becomes.GOAL, GOAL)
    answered(found)
    if since == "changed":
        change_activity(activity, version=activity.version, rhythm="à 8 h", by=found.nurse)
    else:
        end_activity(activity, on=days(0), by=found.nurse)
    sitting = sitting_of(found.negotiation)
    assert len(list(obstacles(sitting, sitting.table.agreed, by=found.nurse))) == 1
    with pytest.raises(MoveRefused, match="Point 1"):
        conclude(found.negotiation, by=found.nurse)
    # Nothing at all was written.
    assert not Goal.objects.exists()
    assert not Outcome.objects.exists()
    found.negotiation.refresh_from_db()
    assert found.negotiation.phase == "conclude"


def test_a_change_of_something_else_is_no_obstacle():
    found = negotiated(around(points=1))
    activity = add_activity(found.plan, goals=[], title="La toilette", rhythm="à 7 h", by=found.nurse)
    fields = {
        "activity": str(activity.pk),
        "activity_title": "La toilette",
        "rhythm": "à 9 h",
        "was": {"rhythm": "à 7 h"},
    }
    settled(found, found.points[0], Becomes.SCHEDULE, fields)
    answered(found)
    change_activity(activity, version=activity.version, means="Un fauteuil", by=found.nurse)
    conclude(found.negotiation, by=found.nurse)
    activity.refresh_from_db()
    assert (activity.rhythm, activity.means) == ("à 9 h", "Un fauteuil")


def test_a_closed_plan_takes_nothing_more():
    found = rested()
    answered(found)
    found.plan.step = Step.CLOSED.value
    found.plan.save()
    with pytest.raises(MoveRefused, match="Le projet est terminé"):
        conclude(found.negotiation, by=found.nurse)
    assert not Goal.objects.exists()


def started(**said):
    """A table that starts from the person's own words, not yet answered."""
    found = around()
    expectation = say(found.plan, Said("Je veux dormir le matin.", **said), by=found.resident)
    # The factory opens before anything is said: this one opens from the words.
    again = around_from(found, expectation)
    return again, expectation


def around_from(found, expectation):
    opening = Opening(
        title="Le matin", situation="Lever à 7 h", aim="Bien commencer la journée", due_on=days(10),
        expectation=expectation, level=expectation.level,
    )  # fmt: skip
    seats = [Seat(), Seat(professional=found.nurse)]
    found.negotiation = open_negotiation(found.plan, opening, seats, by=found.nurse)
    found.points = [add_point(found.negotiation, "L’heure du lever", nature="organisation", by=found.nurse)]
    both = (found.resident, found.nurse)
    for who in both:
        accept_aim(found.negotiation, found.seat(who), by=who)
    go_on(found.negotiation, by=found.nurse)
    for who in both:
        say_stake(found.negotiation, found.seat(who), "Dormir", by=who)
    go_on(found.negotiation, by=found.nurse)
    return found


def concluded_by_both(found, **next_step):
    go_on(found.negotiation, by=found.nurse)
    for who in (found.resident, found.nurse):
        answer_text(found.negotiation, found.seat(who), Reply.YES, by=who)
    return conclude(found.negotiation, by=found.nurse, **next_step)


@pytest.mark.parametrize("level", ["C1", "C2"])
def test_the_words_it_started_from_are_answered_by_the_goal(level):
    found, expectation = started(level=level)
    settled(found, found.points[0], Becomes.GOAL, GOAL)
    concluded_by_both(found)
    expectation.refresh_from_db()
    goal = Goal.objects.get(plan=found.plan)
    answer = expectation.current_answer
    assert (answer.reply, answer.goal) == ("negotiated", goal)
    assert "Lever à 9 heures" in answer.reason
    assert list(goal.expectations.all()) == [expectation]
    # Never shared wider than it was said.
    assert goal.level == level


def test_no_agreement_leaves_the_words_unanswered():
    found, expectation = started()
    settled(found, found.points[0], Becomes.NOTHING, {}, kind=OutcomeKind.DISAGREED)
    concluded_by_both(found, next_step="mediator", next_on=days(20))
    expectation.refresh_from_db()
    assert expectation.current_answer is None


def test_an_answer_given_meanwhile_stays():
    found, expectation = started()
    settled(found, found.points[0], Becomes.GOAL, GOAL)
    answer_expectation(expectation, Replied("postponed", until=days(30)), by=found.nurse)
    concluded_by_both(found)
    assert [one.reply for one in Answer.objects.filter(expectation=expectation)] == ["postponed"]
