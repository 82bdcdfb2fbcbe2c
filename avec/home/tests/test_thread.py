import pytest
from django.urls import reverse

from avec.audit.models import Entry
from avec.careplan.actions import take_position
from avec.careplan.models import Evaluation
from avec.careplan.rules import Stance
from avec.careplan.tests.factories import (
    activity,
    answered,
    days,
    establishment,
    expectation,
    goal,
    in_team,
    member,
    person,
    plan,
    relative,
    sign_in,
)
from avec.contracts.actions import issue_contract
from avec.people.models import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return establishment()


@pytest.fixture
def nurse(house):
    return member(house)


@pytest.fixture
def odette(house, nurse):
    odette = person(house)
    in_team(odette, nurse, is_referent=True)
    return odette


@pytest.fixture
def project(odette, nurse):
    return plan(odette, nurse)


def url_of(expectation):
    return reverse("home:thread", args=[expectation.pk])


def test_a_sentence_is_followed_to_what_became_of_it_and_back(client, project, nurse):
    said = expectation(project, nurse, "Je veux aller au jardin.")
    also = expectation(project, nurse, "Sentir l’herbe.")
    aim = goal(project, nurse, "Le jardin chaque matin")
    answered(said, nurse, aim)
    answered(also, nurse, aim)
    activity(project, nurse, aim, title="Marcher jusqu’au banc")
    take_position(aim, Stance.AGREES, by=nurse, voice="person")
    take_position(aim, Stance.AGREES, by=nurse)
    issue_contract(project, by=nurse, starts_on=days(0))
    page = sign_in(client, nurse).get(url_of(said)).content.decode()
    for words in (
        "Je veux aller au jardin.",
        "Le jardin chaque matin",
        "article 1, à signer",
        "n’a pas encore choisi",
        "Marcher jusqu’au banc",
        "on regarde ensemble",
    ):
        assert words in page
    assert url_of(also) in page
    assert Entry.objects.filter(verb="thread.read", object_id=str(said.pk)).count() == 1


def test_a_sentence_alone_says_what_is_still_to_come(client, project, nurse):
    page = sign_in(client, nurse).get(url_of(expectation(project, nurse))).content.decode()
    for words in (
        "Sans réponse pour l’instant",
        "pas encore donné d’objectif",
        "Pas encore dans un contrat",
        "Aucune action",
    ):
        assert words in page


def test_the_person_and_a_mandated_relative_read_what_is_shared_with_them(client, odette, project, nurse):
    claire = relative(odette)
    shared = expectation(project, nurse, "Pour tous.")
    ours = expectation(project, nurse, "Pour l’équipe et moi.", level="C2")
    note = expectation(project, nurse, "Note.", voice="observed", level="C3", situation="le soir")
    aim = goal(project, nurse, "Un but entre nous", level="C3")
    answered(shared, nurse, aim)
    for actor, found in ((odette.member, [200, 200, 404]), (claire.member, [200, 404, 404])):
        sign_in(client, actor)
        assert [client.get(url_of(said)).status_code for said in (shared, ours, note)] == found
        page = client.get(url_of(shared)).content.decode()
        assert "Un but entre nous" not in page
        assert "/projets/" not in page


def test_strangers_get_not_found(client, house, odette, project, nurse):
    said = expectation(project, nurse)
    former = member(house)
    in_team(odette, former, ends_on=days(-1))
    other = person(house)
    for actor in (
        former,
        member(establishment()),
        member(house, "quality"),
        other.member,
        relative(other).member,
        relative(odette, None).member,
    ):
        assert sign_in(client, actor).get(url_of(said)).status_code == 404
    assert not Entry.objects.filter(verb="thread.read").exists()


def test_a_long_thread_asks_no_more_queries(client, project, nurse, django_assert_max_num_queries):
    said = expectation(project, nurse)
    aim = goal(project, nurse)
    answered(said, nurse, aim)
    activity(project, nurse, aim)
    take_position(aim, Stance.AGREES, by=nurse, voice="person")
    take_position(aim, Stance.AGREES, by=nurse)
    issue_contract(project, by=nurse, starts_on=days(0))
    sign_in(client, nurse)
    client.get(url_of(said))
    with django_assert_max_num_queries(20) as first:
        client.get(url_of(said))
    for number in range(8):
        answered(said, nurse, goal(project, nurse, f"But {number}"))
        answered(expectation(project, nurse), nurse, aim)
        activity(project, nurse, aim)
    for number in range(2, 10):
        take_position(project.goals.get(number=number), Stance.AGREES, by=nurse, voice="person")
        take_position(project.goals.get(number=number), Stance.AGREES, by=nurse)
    issue_contract(project, by=nurse, starts_on=days(0))
    with django_assert_max_num_queries(20) as second:
        client.get(url_of(said))
    assert len(first) == len(second)


def test_a_goal_and_an_activity_lead_back_to_the_words_and_forward_to_both_voices(
    client, house, project, nurse
):
    said = expectation(project, nurse, "Je veux revoir le jardin.")
    aim = goal(project, nurse, "Sortir chaque matin")
    answered(said, nurse, aim)
    deed = activity(project, nurse, aim)
    for voice in ("person", "professional"):
        Evaluation.objects.create(goal=aim, voice=voice, value=1, evaluated_on=today(), by=nurse)
    sign_in(client, nurse)
    for name, line in (("goal_thread", aim), ("activity_thread", deed)):
        text = client.get(reverse(f"home:{name}", args=[line.pk])).content.decode()
        assert 'dir="auto">«\u00a0Je veux revoir le jardin.\u00a0»' in text
        assert "plus que prévu" in text
        assert url_of(said) in text
    sign_in(client, member(house))
    assert client.get(reverse("home:goal_thread", args=[aim.pk])).status_code == 404
    assert client.get(reverse("home:activity_thread", args=[deed.pk])).status_code == 404
