"""The plan goes on, goes back, and gives the next one: nothing is lost on the way."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from avec.accounts.models import Role
from avec.careplan.actions import (
    Carried,
    Decision,
    GateClosed,
    move_plan,
    renew_plan,
    say_balance,
    withdraw_expectation,
)
from avec.careplan.models import (
    CarePlan,
    Evaluation,
    GoalChange,
    Need,
    ParticipationChange,
    StepChange,
)
from avec.careplan.rules import Move, MoveRefused, Step
from avec.careplan.tests import factories as make
from avec.people.models import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    class Home:
        house = make.establishment()
        nurse = make.member(house)
        person = make.person(house)

    home = Home()
    make.in_team(home.person, home.nurse, is_referent=True)
    home.plan = make.plan(home.person, home.nurse)
    return home


def evaluated(goal, by):
    for voice in ("person", "professional"):
        Evaluation.objects.create(goal=goal, voice=voice, value=0, evaluated_on=today(), by=by)


def under_review(home):
    """A plan with two goals, reviewed and weighed by both voices."""
    words = make.expectation(home.plan, home.nurse)
    garden = make.goal(home.plan, home.nurse)
    make.answered(words, home.nurse, garden)
    garden.expectations.add(words)
    door = make.goal(home.plan, home.nurse, "Frapper avant d’entrer", due_on=make.days(-3))
    need = Need.objects.create(
        plan=home.plan, person=home.person, establishment=home.house, words="Voit peu", written_by=home.nurse
    )
    door.needs.add(need)
    easy = {"easy_words": "Vous marchez.", "picto": "bench"}
    make.activity(home.plan, home.nurse, garden, participation="with", **easy)
    for goal in (garden, door):
        evaluated(goal, home.nurse)
    say_balance(home.plan, "J’ai revu le jardin.", by=home.nurse, voice="person")
    say_balance(home.plan, "Quatre sorties par semaine.", by=home.nurse)
    CarePlan.objects.filter(pk=home.plan.pk).update(step=Step.UNDER_REVIEW.value)
    home.plan.refresh_from_db()
    return garden, door, words


def test_the_plan_goes_on_once_the_person_was_heard(home):
    with pytest.raises(GateClosed) as closed:
        move_plan(home.plan, Move.GO_ON, by=home.nurse)
    assert [condition.where for condition in closed.value.conditions] == ["attentes"]
    make.expectation(home.plan, home.nurse)
    assert move_plan(home.plan, Move.GO_ON, by=home.nurse).step == Step.ASSESSMENT
    change = StepChange.objects.get()
    assert (change.before, change.after, change.by) == ("gathering", "assessment", home.nurse)


def test_words_taken_back_do_not_count_as_heard(home):
    said = make.expectation(home.plan, home.nurse)
    withdraw_expectation(said, by=home.nurse)
    with pytest.raises(GateClosed):
        move_plan(home.plan, Move.GO_ON, by=home.nurse)


def test_a_step_is_reopened_with_its_reason(home):
    make.expectation(home.plan, home.nurse)
    plan = move_plan(home.plan, Move.GO_ON, by=home.nurse)
    with pytest.raises(MoveRefused):
        move_plan(plan, Move.REOPEN, by=home.nurse, to=Step.GATHERING)
    plan = move_plan(
        plan, Move.REOPEN, by=home.nurse, to=Step.GATHERING, reason="Elle a quelque chose à ajouter."
    )
    assert plan.step == Step.GATHERING
    assert StepChange.objects.order_by("-at").first().reason == "Elle a quelque chose à ajouter."


def test_a_plan_on_hold_comes_back_where_it_was(home):
    make.expectation(home.plan, home.nurse)
    move_plan(home.plan, Move.GO_ON, by=home.nurse)
    plan = move_plan(home.plan, Move.HOLD, by=home.nurse, reason="Elle est à l’hôpital.")
    assert plan.step == Step.ON_HOLD
    assert move_plan(plan, Move.RESUME, by=home.nurse).step == Step.ASSESSMENT


@pytest.mark.parametrize("who", ["trainee", "stranger", "person"])
def test_a_trainee_a_stranger_and_the_person_do_not_move_the_plan(home, who):
    make.expectation(home.plan, home.nurse)
    role = {"trainee": Role.TRAINEE.value, "stranger": Role.PROFESSIONAL.value, "person": Role.PERSON.value}
    someone = make.member(home.house, role[who])
    if who == "trainee":
        make.in_team(home.person, someone)
    if who == "person":
        home.person.member = someone
        home.person.save()
    with pytest.raises(PermissionDenied):
        move_plan(home.plan, Move.GO_ON, by=someone)
    assert CarePlan.objects.get().step == Step.GATHERING


def test_the_next_plan_starts_from_the_balance_of_the_last(home):
    garden, door, words = under_review(home)
    following = renew_plan(
        home.plan,
        {garden.pk: Carried(Decision.KEEP), door.pk: Carried(Decision.ADJUST)},
        by=home.nurse,
    )
    kept, adjusted = following.goals.order_by("number")
    assert (kept.continues, adjusted.continues) == (garden, door)
    assert (kept.status, adjusted.status) == ("active", "planned")
    assert kept.due_on == garden.due_on
    assert adjusted.due_on is None, "a term in the past is asked again"
    carried = following.expectations.get()
    assert (carried.carried_from, carried.words, carried.voice) == (words, words.words, words.voice)
    assert carried.current_answer.goal == kept
    assert list(kept.expectations.all()) == [carried]
    assert [need.words for need in adjusted.needs.all()] == ["Voit peu"]
    activity = following.activities.get()
    assert (activity.participation, list(activity.goals.all())) == ("with", [kept])
    assert (activity.easy_words, activity.picto) == ("Vous marchez.", "bench")
    assert ParticipationChange.objects.filter(activity=activity).exists()
    assert not kept.positions.exists(), "nobody agreed to the new plan yet"
    home.plan.refresh_from_db()
    assert home.plan.step == Step.RENEWED
    assert following.previous == home.plan


def test_a_goal_that_stops_says_why_and_stays_in_the_former_plan(home):
    garden, door, _words = under_review(home)
    stop = Carried(Decision.STOP, "Tout le monde frappe, de jour comme de nuit.")
    with pytest.raises(MoveRefused):
        renew_plan(home.plan, {garden.pk: Carried(Decision.KEEP)}, by=home.nurse)
    with pytest.raises(MoveRefused):
        renew_plan(
            home.plan, {garden.pk: Carried(Decision.KEEP), door.pk: Carried(Decision.STOP)}, by=home.nurse
        )
    assert CarePlan.objects.count() == 1
    following = renew_plan(home.plan, {garden.pk: Carried(Decision.KEEP), door.pk: stop}, by=home.nurse)
    assert following.goals.count() == 1
    door.refresh_from_db()
    assert door.status == "completed"
    assert GoalChange.objects.get(goal=door).reason == stop.reason


def test_the_next_plan_waits_for_the_person_s_voice(home):
    garden, door, _words = under_review(home)
    third = make.goal(home.plan, home.nurse, "Appeler sa sœur")
    Evaluation.objects.create(goal=third, voice="professional", value=1, evaluated_on=today(), by=home.nurse)
    keep = {goal.pk: Carried(Decision.KEEP) for goal in (garden, door, third)}
    with pytest.raises(GateClosed):
        renew_plan(home.plan, keep, by=home.nurse)
    assert CarePlan.objects.count() == 1


def test_renewing_twice_is_refused(home):
    garden, door, _words = under_review(home)
    keep = {goal.pk: Carried(Decision.KEEP) for goal in (garden, door)}
    renew_plan(home.plan, keep, by=home.nurse)
    with pytest.raises((MoveRefused, PermissionDenied)):
        renew_plan(home.plan, keep, by=home.nurse)
    assert CarePlan.objects.count() == 2


def test_the_former_plan_s_history_stays(home):
    garden, door, words = under_review(home)
    keep = {goal.pk: Carried(Decision.KEEP) for goal in (garden, door)}
    renew_plan(home.plan, keep, by=home.nurse)
    words.refresh_from_db()
    assert words.current_answer.goal == garden
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM careplan_balance WHERE plan_id IS NOT NULL")
        assert cursor.fetchone()[0] == 2
