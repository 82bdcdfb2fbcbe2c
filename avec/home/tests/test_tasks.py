"""Each kind of thing to do: whose it is, what is missing in it, and the page that its button opens."""

import pytest
from django.urls import reverse

from avec.accounts.models import Role
from avec.careplan.actions import (
    Said,
    evaluate_goal,
    move_plan,
    say,
    say_balance,
    take_position,
    write_goal,
)
from avec.careplan.actions.assessments import Findings, start_assessment
from avec.careplan.models import CarePlan
from avec.careplan.rules import Move, Stance
from avec.careplan.tests.sounds import received
from avec.home.tests.worlds import house
from avec.negotiation.actions import Followed, Refused, ask_again, complete_refusal, note_refusal
from avec.people.actions import ask_to_join
from avec.people.models import Objection
from avec.people.tests.factories import days, in_team, member, person, sign_in, unit

pytestmark = pytest.mark.django_db


def my_day(client, who):
    """The page, and the day itself as it was given to it."""
    response = sign_in(client, who).get(reverse("home:day"))
    assert response.status_code == 200
    tasks = [task for part in response.context["parts"] for task in part.tasks]
    return response.content.decode(), tasks


def kinds(client, who):
    return [task.kind for task in my_day(client, who)[1]]


def opens(client, task):
    """The button of a row leads to a page that opens."""
    return client.get(task.action_url).status_code == 200


def test_a_message_said_aloud_waits_for_somebody_to_write_it(client):
    home = house()
    said = say(
        home.plan, Said("", way="voice", recording=received(), said_on=days(-9)), by=home.odette.member
    )
    page, tasks = my_day(client, home.nurse)
    assert "pas encore écrit" in page
    assert "«\xa0\xa0»" not in page
    [task] = [one for one in tasks if one.said == said]
    assert task.kind == "Message de vive voix à écrire"
    assert task.action_url == reverse("careplan:transcribe", args=[said.pk])
    assert opens(client, task)


def test_a_goal_at_its_term_waits_for_each_voice_then_leaves(client):
    home = house()
    [task] = [one for one in my_day(client, home.nurse)[1] if one.text == home.goal.statement]
    assert task.kind == "Objectif à évaluer à deux voix"
    assert task.action_url == reverse("careplan:evaluate", args=[home.goal.pk])
    assert opens(client, task)
    evaluate_goal(home.goal, by=home.nurse, value=0, voice="professional")
    [task] = [one for one in my_day(client, home.nurse)[1] if one.text == home.goal.statement]
    assert task.kind == "Objectif à évaluer : il manque la voix d’Odette"
    assert task.action_url.endswith("?qui=person")
    assert opens(client, task)
    evaluate_goal(home.goal, by=home.odette.member, value=1)
    assert not [one for one in my_day(client, home.nurse)[1] if one.text == home.goal.statement]


def test_a_position_is_asked_again_of_who_could_not_answer(client):
    home = house()
    take_position(
        home.goal,
        Stance.COULD_NOT,
        by=home.nurse,
        voice="relative",
        relative=home.claire,
        ask_again_on=days(0),
    )
    [task] = [one for one in my_day(client, home.nurse)[1] if one.action == "Redemander"]
    assert home.claire.name in task.kind
    assert task.action_url.endswith(f"?qui={home.claire.pk}")
    page = client.get(task.action_url).content.decode()
    assert f'value="{home.claire.pk}"' in page


def test_a_trainee_s_assessment_waits_for_a_professional_of_the_team(client):
    home = house()
    place = home.odette.establishment
    trainee, colleague = member(place, Role.TRAINEE.value, given_name="Lina"), member(place)
    in_team(home.odette, trainee)
    found = start_assessment(home.plan, Findings("ergothérapie"), by=trainee)
    start_assessment(home.plan, Findings("soins infirmiers"), by=home.nurse)
    [task] = [one for one in my_day(client, home.nurse)[1] if one.action == "Relire"]
    assert task.action_url == reverse("careplan:assessment", args=[found.pk])
    assert task.text == f"{trainee.name}, ergothérapie"
    assert opens(client, task)
    assert "Évaluation de stagiaire à valider" not in kinds(client, trainee)
    assert "Évaluation de stagiaire à valider" not in kinds(client, colleague)


def test_who_asks_to_join_waits_for_the_team(client):
    home = house()
    place = home.odette.establishment
    first = member(place, given_name="Malik", family_name="Haddad", job="éducateur")
    second, trainee = member(place), member(place, Role.TRAINEE.value)
    in_team(home.odette, trainee)
    ask_to_join(home.odette, by=first)
    ask_to_join(home.odette, by=first)
    [task] = [one for one in my_day(client, home.nurse)[1] if one.action == "Voir la demande"]
    assert task.text == "Malik Haddad, éducateur"
    assert opens(client, task)
    ask_to_join(home.odette, by=second)
    [task] = [one for one in my_day(client, home.nurse)[1] if one.action == "Voir la demande"]
    assert task.text == "Malik Haddad, éducateur et une autre personne"
    asked = "On demande à entrer dans l’équipe"
    assert asked not in kinds(client, trainee)
    assert asked not in kinds(client, first)
    Objection.objects.create(person=home.odette, establishment=place, member=first)
    in_team(home.odette, second)
    assert asked not in kinds(client, home.nurse)


def test_the_manager_who_names_the_team_is_asked_too_and_reads_no_record(client):
    home = house()
    place = home.odette.establishment
    home.odette.unit = unit(place)
    home.odette.save()
    manager = member(place, Role.UNIT_MANAGER.value, unit=home.odette.unit)
    ask_to_join(home.odette, by=member(place))
    [task] = my_day(client, manager)[1]
    assert task.url == reverse("people:team", args=[home.odette.pk])
    assert opens(client, task)


def test_a_plan_under_review_waits_for_its_two_voices(client):
    home = house()
    CarePlan.objects.filter(pk=home.plan.pk).update(step="co_construction")
    move_plan(home.plan, Move.REVIEW, by=home.nurse, reason="Le retour de l’hôpital.")
    assert "Bilan du projet à faire à deux voix" in kinds(client, home.nurse)
    say_balance(home.plan, "Le jardin, oui.", by=home.nurse, voice="professional")
    [task] = [one for one in my_day(client, home.nurse)[1] if one.action == "Compléter le bilan"]
    assert task.kind == "Bilan du projet : il manque la voix d’Odette"
    assert opens(client, task)
    say_balance(home.plan, "Je sors.", by=home.odette.member)
    assert not [one for one in my_day(client, home.nurse)[1] if one.action == "Compléter le bilan"]


def test_a_refused_care_is_explained_then_asked_again(client):
    home = house()
    mine = note_refusal(home.plan, Refused("Les bas", "Ça serre.", days(12)), by=home.odette.member)
    told = Followed(information="La plaie s’infecte.")
    note_refusal(home.plan, Refused("Le pansement", "Non.", days(0), followed=told), by=home.nurse)
    accepted = note_refusal(home.plan, Refused("La douche", "Non.", days(0), followed=told), by=home.nurse)
    ask_again(accepted, "yes", by=home.odette.member)
    tasks = [task for task in my_day(client, home.nurse)[1] if "efus" in task.kind]
    assert {(task.kind, task.text, task.action) for task in tasks} == {
        ("Refus de soins à expliquer", "Les bas", "Compléter"),
        ("Soin refusé, à redemander", "Le pansement", "Redemander"),
    }
    complete_refusal(mine, Followed(information="Les bas évitent l’œdème."), by=home.nurse)
    assert "Refus de soins à expliquer" not in kinds(client, home.nurse)


def test_who_comes_from_outside_is_asked_nothing_they_may_not_do(client):
    home = house()
    outside = member(home.odette.establishment)
    in_team(home.odette, outside, external=True)
    write_goal(home.plan, by=home.nurse, statement="Déjà passé.", due_on=days(-2), priority=2)
    ask_to_join(home.odette, by=member(home.odette.establishment))
    assert kinds(client, outside) == []


@pytest.mark.parametrize("count", [1, 5])
def test_sixteen_queries_whatever_there_is_to_do(client, django_assert_max_num_queries, count):
    home = house()
    place = home.odette.establishment
    manager = member(place, Role.UNIT_MANAGER.value, unit=unit(place))
    trainee = member(place, Role.TRAINEE.value)
    for number in range(count):
        someone = person(place, unit=manager.unit)
        in_team(someone, manager)
        in_team(someone, trainee)
        plan = CarePlan.objects.create(
            person=someone, establishment=place, title="Projet", step="under_review"
        )
        say(plan, Said(f"Mot {number}."), by=manager)
        say(plan, Said("", way="voice", recording=received()), by=someone.member)
        goal = write_goal(plan, by=manager, statement="But.", due_on=days(3), priority=1)
        take_position(goal, Stance.COULD_NOT, by=manager, voice="person", ask_again_on=days(0))
        start_assessment(plan, Findings("ergothérapie"), by=trainee)
        ask_to_join(someone, by=member(place))
    sign_in(client, manager)
    with django_assert_max_num_queries(16):
        response = client.get(reverse("home:day"))
    assert len(response.context["parts"][0].tasks) + len(response.context["parts"][-1].tasks) >= 6 * count
