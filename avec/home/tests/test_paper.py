"""The plan on paper: what one reads on screen, in two sizes, as a page and as a PDF."""

import pytest
from django.urls import reverse

from avec.audit.models import Entry
from avec.careplan.actions import take_position
from avec.careplan.models import Evaluation
from avec.careplan.rules import Stance
from avec.careplan.tests import factories as make
from avec.negotiation.actions import Followed, Refused, ask_again, note_refusal
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
    home.words = make.expectation(home.plan, home.nurse, "Je veux revoir le jardin.")
    home.secret = make.expectation(
        home.plan, home.nurse, "Il faut parler de sa chute.", voice="professional", level="C3"
    )
    home.goal = make.goal(home.plan, home.nurse)
    make.answered(home.words, home.nurse, home.goal)
    take_position(home.goal, Stance.AGREES, by=home.nurse, voice="person")
    for voice, value in (("person", 1), ("professional", -1)):
        Evaluation.objects.create(
            goal=home.goal, voice=voice, value=value, evaluated_on=today(), by=home.nurse
        )
    make.activity(home.plan, home.nurse, home.goal)
    return home


def page(client, home, name="paper", **query):
    return client.get(reverse(f"home:{name}", args=[home.person.pk]), query)


def test_the_sheet_holds_words_answers_positions_and_both_evaluations(client, home):
    make.sign_in(client, home.nurse)
    text = page(client, home).content.decode()
    for words in (
        "Je veux revoir le jardin.",
        "par l’objectif 1",
        "D’accord",
        "plus que prévu",
        "moins que prévu",
        "Marcher jusqu’au banc",
        "Il faut parler de sa chute.",
    ):
        assert words in text
    assert Entry.objects.filter(verb="paper.read").count() == 1


def test_the_sheet_agrees_with_the_person_and_says_their_position_first(client, home):
    home.person.gender = "female"
    home.person.save()
    take_position(home.goal, Stance.AGREES, by=home.nurse)
    make.sign_in(client, home.nurse)
    text = page(client, home).content.decode()
    assert "ou la résidente" not in text
    said = text.partition("Ce que chacun en pense")[2]
    assert said.index(home.person.called) < said.index("L’équipe")


def test_large_print_is_asked_for_and_the_pdf_follows(client, home):
    make.sign_in(client, home.nurse)
    text = page(client, home, taille="grand").content.decode()
    assert "plan-large" in text
    assert reverse("home:paper_pdf", args=[home.person.pk]) + "?taille=grand" in text
    for query in ({}, {"taille": "grand"}, {"taille": "autre"}):
        response = page(client, home, "paper_pdf", **query)
        assert response.headers["Content-Type"] == "application/pdf"
        assert "attachment" in response.headers["Content-Disposition"]
        assert response.content.startswith(b"%PDF-")
    assert Entry.objects.filter(verb="paper_pdf.read").count() == 3


def test_the_person_s_copy_leaves_the_team_s_notes_out(client, home):
    home.person.member = make.member(home.house, "person")
    home.person.save()
    make.sign_in(client, home.person.member)
    text = page(client, home).content.decode()
    assert "Je veux revoir le jardin." in text
    assert "sa chute" not in text


def test_a_refused_care_is_on_the_sheet_with_the_day_it_is_asked_again(client, home):
    told = Followed(
        information="La plaie s’infecte.", alternatives="Après le café", care_goes_on="On surveille"
    )
    refusal = note_refusal(
        home.plan, Refused("Le pansement", "Pas à sept heures.", make.days(7), followed=told), by=home.nurse
    )
    make.sign_in(client, home.nurse)
    text = page(client, home).content.decode()
    for words in ("Les soins refusés", "Pas à sept heures.", "Après le café", "On surveille"):
        assert words in text
    assert "redemander un soin refusé, Le pansement" in text
    assert page(client, home, "paper_pdf").content.startswith(b"%PDF")
    ask_again(refusal, "yes", by=home.nurse)
    assert "Les soins refusés" not in page(client, home).content.decode()


def test_a_stranger_finds_nothing(client, home):
    make.sign_in(client, make.member(home.house))
    assert page(client, home).status_code == 404
    assert page(client, home, "paper_pdf").status_code == 404


def test_an_empty_plan_says_so(client):
    house = make.establishment()
    nurse, person = make.member(house), make.person(house)
    make.in_team(person, nurse)
    make.plan(person, nurse)
    make.sign_in(client, nurse)
    text = client.get(reverse("home:paper", args=[person.pk])).content.decode()
    assert "n’a encore rien demandé" in text
    assert "Aucun objectif pour l’instant" in text


def test_the_questions_do_not_grow_with_the_plan(client, home, django_assert_max_num_queries):
    for number in range(8):
        goal = make.goal(home.plan, home.nurse, f"Objectif {number}")
        Evaluation.objects.create(goal=goal, voice="person", value=0, evaluated_on=today(), by=home.nurse)
        make.expectation(home.plan, home.nurse, f"Je voudrais {number}.")
        make.activity(home.plan, home.nurse, goal)
    make.sign_in(client, home.nurse)
    with django_assert_max_num_queries(15):
        page(client, home)
