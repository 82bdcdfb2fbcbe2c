"""The plan in time: the picture, and the table that says it all."""

import re

import pytest
from django.urls import reverse

from avec.careplan.models import Evaluation
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
    make.in_team(home.person, home.nurse)
    home.plan = make.plan(home.person, home.nurse, starts_on=make.days(-40))
    return home


def page(client, home):
    response = client.get(reverse("home:in_time", args=[home.person.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_each_thing_that_is_dated_has_its_line_and_its_thread(client, home):
    words = make.expectation(home.plan, home.nurse)
    goal = make.goal(
        home.plan, home.nurse, "Revoir le jardin", due_on=make.days(-2), starts_on=make.days(-30)
    )
    Evaluation.objects.create(goal=goal, voice="person", value=0, evaluated_on=today(), by=home.nurse)
    make.sign_in(client, home.nurse)
    text = page(client, home)
    assert text.count("<rect") > 4
    assert "1. Revoir le jardin" in text
    assert "Évaluation, objectif 1" in text
    assert reverse("home:thread", args=[words.pk]) in text
    assert "passé" in text


def test_the_svg_is_written_with_points_and_has_its_words(client, home):
    make.goal(home.plan, home.nurse)
    make.sign_in(client, home.nurse)
    text = page(client, home)
    assert re.search(r'role="img"\s+aria-labelledby="it-t it-d"', text)
    assert not re.search(r'(x|y|width)="\d+,\d', text)


def test_an_end_before_its_start_is_one_day(client, home):
    make.goal(home.plan, home.nurse, starts_on=make.days(90), due_on=make.days(60))
    make.sign_in(client, home.nurse)
    assert "Aller seule au jardin" in page(client, home)


def test_before_a_plan_the_page_says_where_to_begin(client, home):
    newcomer = make.person(home.house)
    make.in_team(newcomer, home.nurse)
    make.sign_in(client, home.nurse)
    text = client.get(reverse("home:in_time", args=[newcomer.pk])).content.decode()
    assert reverse("careplan:open_plan", args=[newcomer.pk]) in text
    assert 'aria-current="page"' in text


def test_a_stranger_finds_nothing(client, home):
    make.sign_in(client, make.member(home.house))
    assert client.get(reverse("home:in_time", args=[home.person.pk])).status_code == 404


def test_the_person_sees_their_own_without_the_team_s_notes(client, home):
    make.goal(home.plan, home.nurse, "Revoir le jardin")
    make.goal(home.plan, home.nurse, "Note de travail", level="C3")
    home.person.member = make.member(home.house, "person")
    home.person.save()
    make.sign_in(client, home.person.member)
    text = page(client, home)
    assert "Revoir le jardin" in text
    assert "Note de travail" not in text


def test_the_questions_do_not_grow_with_the_plan(client, home, django_assert_max_num_queries):
    for number in range(10):
        make.goal(home.plan, home.nurse, f"Objectif {number}", due_on=make.days(10 * number + 5))
        make.expectation(home.plan, home.nurse, f"Je voudrais {number}.")
    make.sign_in(client, home.nurse)
    with django_assert_max_num_queries(14):
        page(client, home)
