import uuid

import pytest
from django.urls import reverse

from avec.audit.models import Entry
from avec.careplan.actions import Replied, answer_expectation, take_position, withdraw_expectation
from avec.careplan.models import CarePlan, Need
from avec.careplan.rules import Reply, Stance
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
from avec.contracts.actions import Choice, issue_contract, sign_line
from avec.contracts.rules import Outcome
from avec.home import gather
from avec.people.models import Objection
from avec.people.policy import may_write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return establishment()


@pytest.fixture
def nurse(house):
    return member(house, given_name="Sonia", family_name="Benali", civility="Mme")


@pytest.fixture
def odette(house, nurse):
    odette = person(house, used_name="Odette", communication="Se placer à sa gauche.", room="12")
    in_team(odette, nurse, is_referent=True)
    return odette


def url_of(person):
    return reverse("home:record", args=[person.pk])


def read(client, member, person):
    return sign_in(client, member).get(url_of(person)).content.decode()


def test_the_page_shows_the_thread_from_words_to_activities(client, odette, nurse):
    claire = relative(odette, given_name="Claire", relation="sa fille")
    project = plan(odette, nurse)
    garden = expectation(project, nurse, "Je veux aller au jardin toute seule.", importance=3)
    kitchen = expectation(project, nurse, "Éplucher les légumes.", said_on=days(-6))
    expectation(project, nurse, "Qu’on m’appelle quand maman tombe.", voice="relative", relative=claire)
    aim = goal(project, nurse, "Aller au jardin chaque matin")
    answered(garden, nurse, aim)
    activity(project, nurse, aim, title="Marcher jusqu’au banc")
    activity(project, nurse, aim, title="Ouvrir la porte", participation="for")
    take_position(aim, Stance.AGREES, by=nurse, voice="person")
    take_position(aim, Stance.AGREES, by=nurse)
    page = read(client, nurse, odette)
    for words in (
        "Ce qu’Odette demande",
        "Je veux aller au jardin toute seule.",
        "compte beaucoup",
        "Sans réponse depuis 6 jours",
        "Ce que ses proches demandent",
        "Claire",
        "Aller au jardin chaque matin",
        "Vient de",
        "D’accord",
        "Marcher jusqu’au banc",
        "objectif 1",
        "2 sans réponse",
        "sans négociation",
        "Se placer à sa gauche.",
        "chambre 12",
        "référente",
        "2 attentes sans réponse.",
    ):
        assert words in page, words
    assert reverse("careplan:answer", args=[kitchen.pk]) in page
    assert reverse("home:thread", args=[garden.pk]) in page
    assert Entry.objects.filter(verb="record.read", person_id=odette.pk, actor_id=nurse.pk).count() == 1


def test_without_a_plan_the_page_offers_to_open_one(client, odette, nurse, house):
    page = read(client, nurse, odette)
    assert "n’a pas encore de projet" in page
    assert reverse("careplan:open_plan", args=[odette.pk]) in page
    outside = member(house)
    in_team(odette, outside, external=True)
    assert reverse("careplan:open_plan", args=[odette.pk]) not in read(client, outside, odette)
    assert Entry.objects.filter(verb="record.read").count() == 2


def test_words_taken_back_leave_the_day_and_stay_in_the_history(client, odette, nurse):
    words = expectation(plan(odette, nurse), nurse, "Finalement non.")
    withdraw_expectation(words, by=nurse)
    page = read(client, nurse, odette)
    assert "Une attente retirée" in page
    assert "n’a encore rien demandé" in page
    assert "sans réponse" not in page


def test_an_answer_is_read_in_full(client, odette, nurse):
    project = plan(odette, nurse)
    stove = expectation(project, nurse, "Garder mon réchaud.")
    refused = Replied(
        Reply.DECLINED, reason="À cause du risque d’incendie.", instead="La cafetière de l’office."
    )
    answer_expectation(stove, refused, by=nurse)
    house = expectation(project, nurse, "Revoir ma maison.")
    answer_expectation(house, Replied(Reply.POSTPONED, until=days(100)), by=nurse)
    page = read(client, nurse, odette)
    for words in (
        "Pas possible.",
        "risque d’incendie",
        "À la place",
        "La cafetière",
        "Reportée.",
        "Reparler de",
    ):
        assert words in page


def test_a_contract_shows_where_its_signatures_are(client, odette, nurse):
    project = plan(odette, nurse)
    said = expectation(project, nurse)
    aim = goal(project, nurse)
    answered(said, nurse, aim)
    activity(project, nurse, aim)
    assert "la position de la personne" in read(client, nurse, odette)
    take_position(aim, Stance.AGREES, by=nurse, voice="person")
    take_position(aim, Stance.AGREES, by=nurse)
    page = read(client, nurse, odette)
    assert "Préparer le contrat" in page
    assert "il manque" not in page
    contract = issue_contract(project, by=nurse, starts_on=days(0))
    page = read(client, nurse, odette)
    assert "à signer, 0 sur 2" in page

    assert "article 1, à signer" in page
    for line in contract.lines.order_by("order"):
        signatory = nurse if line.voice == "professional" else odette.member
        sign_line(
            line,
            Choice(Outcome.SIGNED, rights_read=["no", "change", "team", "say"]),
            by=signatory,
            method="password",
        )
    page = read(client, nurse, odette)
    assert "article 1, signé" in page
    assert "Préparer un avenant" in page


def test_a_trainee_writes_but_does_not_prepare_a_contract(client, house, odette, nurse):
    trainee = member(house, "trainee")
    in_team(odette, trainee)
    project = plan(odette, nurse)
    aim = goal(project, nurse)
    answered(expectation(project, nurse), nurse, aim)
    activity(project, nurse, aim)
    take_position(aim, Stance.AGREES, by=nurse, voice="person")
    take_position(aim, Stance.AGREES, by=nurse)
    page = read(client, trainee, odette)
    assert "Ajouter une attente" in page
    assert "Préparer le contrat" not in page


def test_a_professional_from_outside_reads_and_writes_nothing(client, house, odette, nurse):
    outside = member(house)
    in_team(odette, outside, external=True)
    project = plan(odette, nurse)
    expectation(project, nurse, "À partager.")
    expectation(project, nurse, "Entre nous.", voice="observed", situation="le soir", level="C3")
    page = read(client, outside, odette)
    assert "À partager." in page
    assert "Entre nous." not in page
    assert "Ajouter une attente" not in page
    assert "Répondre" not in page


def test_strangers_get_not_found(client, house, odette, nurse):
    plan(odette, nurse)
    former, objected = member(house), member(house)
    in_team(odette, former, ends_on=days(-1))
    in_team(odette, objected)
    Objection.objects.create(person=odette, establishment=house, member=objected)
    for actor in (
        former,
        objected,
        member(house),
        member(establishment()),
        member(house, "unit_manager"),
        member(house, "director"),
        member(house, "administrator"),
        odette.member,
        relative(odette).member,
    ):
        assert sign_in(client, actor).get(url_of(odette)).status_code == 404
    assert sign_in(client, nurse).get(reverse("home:record", args=[uuid.uuid4()])).status_code == 404
    client.logout()
    assert client.get(url_of(odette)).status_code == 302
    assert not Entry.objects.filter(verb="record.read").exists()


def test_a_hostile_name_stays_words(client, house, nurse):
    mallory = person(house, given_names="<script>alert(1)</script>", room="<b>1</b>")
    in_team(mallory, nurse)
    expectation(plan(mallory, nurse), nurse, "<img src=x onerror=alert(1)>\nsur deux lignes", voice="person")
    page = read(client, nurse, mallory)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>1</b>" not in page


def full(project, nurse, count):
    aim = goal(project, nurse)
    for number in range(count):
        words = expectation(project, nurse, f"Attente {number}")
        if number % 3:
            answered(words, nurse, aim if number % 2 else goal(project, nurse, f"But {number}"))
        activity(project, nurse, aim, title=f"Action {number}")
        Need.objects.create(
            plan=project,
            person=project.person,
            establishment=project.establishment,
            words=f"Besoin {number}",
            written_by=nurse,
        )
    take_position(aim, Stance.AGREES, by=nurse, voice="person")
    take_position(aim, Stance.AGREES, by=nurse)
    take_position(aim, Stance.IN_PART, by=nurse, voice="professional", reason="Le sol est mouillé.")


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_at_most_fourteen_queries_however_long_the_record(
    client, house, odette, nurse, count, django_assert_num_queries
):
    for _ in range(count):
        relative(odette)
        in_team(odette, member(house))
    project = plan(odette, nurse)
    full(project, nurse, count)
    sign_in(client, nurse)
    client.get(url_of(odette))
    with django_assert_num_queries(14):
        page = client.get(url_of(odette)).content.decode()
    assert "Attente 0" in page
    if count > 1:
        assert "autres attentes, avec leurs réponses" in page


def test_who_may_write_is_the_same_in_the_page_and_in_the_policy(house, odette, nurse):
    plan(odette, nurse)
    people = [nurse, member(house), member(house, "trainee"), member(house, "unit_manager")]
    in_team(odette, people[2])
    in_team(odette, people[3], external=True)
    for actor in people:
        found = gather.plan_for(actor, odette.pk)
        assert bool(found and found.inside) == may_write(actor, odette)


def test_the_plan_in_progress_comes_before_a_newer_closed_one(house, odette, nurse):
    project = plan(odette, nurse)
    CarePlan.objects.create(person=odette, establishment=house, title="Fini", step="closed")
    assert gather.plan_for(nurse, odette.pk) == project


def test_a_closed_plan_is_read_and_not_changed(client, odette, nurse):
    project = plan(odette, nurse)
    CarePlan.objects.filter(pk=project.pk).update(step="closed")
    page = read(client, nurse, odette)
    assert "Ce projet est terminé." in page
    assert "Ajouter une attente" not in page
