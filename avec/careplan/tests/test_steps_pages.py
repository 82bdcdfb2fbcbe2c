"""The pages of the plan's life: where it is, what is missing, moving it, weighing it, opening the next."""

import pytest
from django.urls import reverse

from avec.audit.models import Entry
from avec.careplan.models import Balance, CarePlan, StepChange
from avec.careplan.tests import factories as make
from avec.careplan.tests.test_life_of_the_plan import evaluated, home, under_review

pytestmark = pytest.mark.django_db
__all__ = ["home"]


def page(client, name, *args):
    response = client.get(reverse(f"careplan:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_what_the_next_step_waits_for_and_leads_there(client, home):
    make.sign_in(client, home.nurse)
    text = page(client, "steps", home.plan.pk)
    assert "Rien n’a encore été dit" in text
    assert reverse("careplan:say", args=[home.person.pk]) in text
    assert Entry.objects.filter(verb="steps.read").exists()


def test_moving_without_what_is_asked_changes_nothing(client, home):
    make.sign_in(client, home.nurse)
    url = reverse("careplan:move", args=[home.plan.pk, "go_on"])
    response = client.post(url, {"once": "a"})
    assert response.status_code == 422
    assert CarePlan.objects.get().step == "gathering"


def test_the_plan_moves_and_its_history_says_who(client, home):
    make.expectation(home.plan, home.nurse)
    make.sign_in(client, home.nurse)
    client.post(reverse("careplan:move", args=[home.plan.pk, "go_on"]))
    assert CarePlan.objects.get().step == "assessment"
    assert home.nurse.name in page(client, "steps", home.plan.pk)


def test_a_reason_too_short_is_asked_again_with_what_was_typed(client, home):
    make.sign_in(client, home.nurse)
    response = client.post(reverse("careplan:move", args=[home.plan.pk, "hold"]), {"reason": "vu"})
    assert response.status_code == 422
    assert "vu</textarea>" in response.content.decode()
    assert not StepChange.objects.exists()


def test_a_stale_page_says_so(client, home):
    make.sign_in(client, home.nurse)
    response = client.post(reverse("careplan:move", args=[home.plan.pk, "resume"]), follow=True)
    assert "a changé d’étape entre-temps" in response.content.decode()


@pytest.mark.parametrize("move", ["renew", "contract", "x"])
def test_an_unknown_move_is_not_found(client, home, move):
    make.sign_in(client, home.nurse)
    assert client.get(reverse("careplan:move", args=[home.plan.pk, move])).status_code == 404


def test_the_balance_is_said_by_several_voices(client, home):
    make.sign_in(client, home.nurse)
    url = reverse("careplan:balance", args=[home.plan.pk])
    client.post(url, {"who": "person", "words": "J’ai revu le jardin.", "once": "1"})
    client.post(url, {"who": "person", "words": "J’ai revu le jardin.", "once": "1"})
    client.post(url, {"who": "professional", "words": "Quatre sorties par semaine.", "once": "2"})
    assert [one.voice for one in Balance.objects.order_by("at")] == ["person", "professional"]
    assert "J’ai revu le jardin." in page(client, "balance", home.plan.pk)


def test_the_next_plan_opens_from_the_page(client, home):
    garden, door, _words = under_review(home)
    make.sign_in(client, home.nurse)
    url = reverse("careplan:renew", args=[home.plan.pk])
    said = {"title": "Le projet de 2027", f"goal-{garden.pk}": "keep", f"goal-{door.pk}": "stop", "once": "1"}
    response = client.post(url, said)
    assert response.status_code == 422
    assert "pourquoi il s’arrête" in response.content.decode()
    client.post(url, said | {f"why-{door.pk}": "Tout le monde frappe maintenant."})
    assert CarePlan.objects.get(previous=home.plan).title == "Le projet de 2027"
    client.post(url, said)
    assert CarePlan.objects.count() == 2


@pytest.mark.parametrize("name", ["steps", "balance", "renew"])
def test_a_stranger_finds_nothing(client, home, name):
    make.sign_in(client, make.member(home.house))
    assert client.get(reverse(f"careplan:{name}", args=[home.plan.pk])).status_code == 404


def test_the_questions_do_not_grow_with_the_goals(client, home, django_assert_max_num_queries):
    make.sign_in(client, home.nurse)
    for number in range(6):
        evaluated(make.goal(home.plan, home.nurse, f"Objectif {number}"), home.nurse)
    with django_assert_max_num_queries(24):
        page(client, "steps", home.plan.pk)
