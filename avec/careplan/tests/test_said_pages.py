"""« Tout ce qui a été dit »: found, narrowed, counted; and what still waits."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from avec.careplan.actions import Replied, answer_expectation, withdraw_expectation
from avec.careplan.models import Answer, Expectation
from avec.careplan.tests.factories import (
    answered,
    days,
    establishment,
    expectation,
    in_team,
    member,
    person,
    plan,
    relative,
    sign_in,
)
from avec.careplan.tests.sounds import received
from avec.careplan.waiting import Waiting, postponed_past, to_write_down, unanswered_by_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return establishment()


@pytest.fixture
def nurse(house):
    return member(house)


@pytest.fixture
def odette(house, nurse):
    odette = person(house, used_name="Odette")
    in_team(odette, nurse, is_referent=True)
    return odette


@pytest.fixture
def project(odette, nurse):
    return plan(odette, nurse)


@pytest.fixture
def team(client, nurse):
    return sign_in(client, nurse)


def text(answer):
    return unescape(answer.content.decode())


def found(team, project, **asked):
    page = text(team.get(reverse("careplan:said", args=[project.pk]), asked))
    return {
        words
        for words in ("Je veux ma fenêtre.", "Pas de purée.", "Elle sourit.", "Plus de visites.")
        if words in page
    }


@pytest.fixture
def four(project, nurse, odette):
    claire = relative(odette)
    expectation(project, odette.member, "Je veux ma fenêtre.", domain="Ma chambre")
    refusal = expectation(project, odette.member, "Pas de purée.", kind="not_wanted", domain="Mes repas")
    answered(refusal, nurse)
    expectation(project, nurse, "Elle sourit.", voice="observed", situation="au jardin")
    expectation(project, claire.member, "Plus de visites.")
    return project


EVERYTHING = {"Je veux ma fenêtre.", "Pas de purée.", "Elle sourit.", "Plus de visites."}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, EVERYTHING),
        ({"voix": "person"}, {"Je veux ma fenêtre.", "Pas de purée."}),
        ({"voix": "observed"}, {"Elle sourit."}),
        ({"voix": "anything"}, EVERYTHING),
        ({"etat": "attend"}, EVERYTHING - {"Pas de purée."}),
        ({"etat": "repondue"}, {"Pas de purée."}),
        ({"etat": "retiree"}, set()),
        ({"refus": "on"}, {"Pas de purée."}),
        ({"domaine": "Mes repas"}, {"Pas de purée."}),
        ({"domaine": "-"}, {"Elle sourit.", "Plus de visites."}),
        ({"q": "FENETRE"}, {"Je veux ma fenêtre."}),
        ({"q": "purée"}, {"Pas de purée."}),
        ({"q": "jardin"}, {"Elle sourit."}),
        ({"q": "rien de tel"}, set()),
        ({"q": "fenêtre", "voix": "relative"}, set()),
        ({"par": "domaine"}, EVERYTHING),
    ],
)
def test_words_are_found_by_voice_domain_answer_and_search(team, four, asked, words):
    assert found(team, four, **asked) == words


def test_the_persons_words_come_first_and_refusals_have_their_own_heading(team, four):
    page = text(team.get(reverse("careplan:said", args=[four.pk])))
    places = [
        page.index(words)
        for words in (
            "Ce qu’Odette souhaite",
            "Ce qu’Odette ne veut pas",
            "Ce que l’on a vu",
            "Ce que ses proches",
        )
    ]
    assert places == sorted(places)


def test_what_was_taken_back_shows_only_when_asked_for(team, project, odette):
    said = expectation(project, odette.member, "Je veux ma fenêtre.")
    withdraw_expectation(said, by=odette.member)
    assert found(team, project) == set()
    assert found(team, project, etat="retiree") == {"Je veux ma fenêtre."}


def test_nothing_said_yet_says_what_to_do(team, project):
    assert "n’a encore rien demandé" in text(team.get(reverse("careplan:said", args=[project.pk])))


def test_a_long_list_has_pages_and_one_sheet_for_the_printer(team, project, odette):
    for number in range(25):
        expectation(project, odette.member, f"Souhait {number}.")
    url = reverse("careplan:said", args=[project.pk])
    assert "Page 1 sur 2" in text(team.get(url))
    everything = text(team.get(url, {"tout": "1"}))
    assert "Page 1 sur" not in everything
    assert everything.count("Souhait ") >= 25


def test_the_page_asks_as_many_queries_for_one_line_as_for_many(
    team, project, odette, nurse, django_assert_max_num_queries
):
    expectation(project, odette.member, "Un.")
    url = reverse("careplan:said", args=[project.pk])
    with django_assert_max_num_queries(20) as first:
        team.get(url)
    for number in range(15):
        answered(expectation(project, odette.member, f"Souhait {number}."), nurse)
        expectation(project, nurse, f"Vu {number}.", voice="observed", situation="ici")
    with django_assert_max_num_queries(20) as second:
        team.get(url)
    assert len(first) == len(second)


def test_only_the_team_opens_it(client, project, odette, house):
    expectation(project, odette.member, "Je veux ma fenêtre.")
    for who in (member(house), relative(odette).member, odette.member):
        sign_in(client, who)
        assert client.get(reverse("careplan:said", args=[project.pk])).status_code == 404


# ───────── What still waits


def test_what_waits_is_counted_as_read_and_the_rest_is_a_number(
    project, odette, nurse, django_assert_num_queries
):
    claire, jean = relative(odette), relative(odette)
    expectation(project, odette.member, "Shared.")
    expectation(project, odette.member, "Closed.", level="C2")
    expectation(project, claire.member, "Hers.")
    expectation(project, odette.member, "", way="voice", recording=received())
    answered(expectation(project, odette.member, "Done."), nurse)
    with django_assert_num_queries(1):
        counted = unanswered_by_plan(nurse, [project])
    assert counted == {project.pk: Waiting(seen=4, hidden=0, to_write=1)}
    assert unanswered_by_plan(jean.member, [project]) == {project.pk: Waiting(2, 2, 1)}
    assert unanswered_by_plan(claire.member, [project])[project.pk].everything == 4
    assert unanswered_by_plan(None, [project])[project.pk].seen == 0
    assert unanswered_by_plan(nurse, []) == {}


def test_who_reads_less_is_told_of_a_number_only(client, project, odette, nurse, house):
    outside = member(house)
    in_team(odette, outside, external=True)
    expectation(project, nurse, "Note de travail.", voice="professional", level="C3")
    sign_in(client, outside)
    page = text(client.get(reverse("careplan:said", args=[project.pk])))
    assert "que vous ne lisez pas" in page
    assert "Note de travail" not in page


def test_a_postponed_answer_comes_back_on_its_day(team, project, odette, nurse):
    said = expectation(project, odette.member, "Je veux ma fenêtre.")
    answer_expectation(said, Replied("postponed", until=days(5)), by=nurse)
    assert not postponed_past(nurse, [project]).exists()
    assert postponed_past(nurse, [project], days(5)).get() == said
    Answer.objects.filter(expectation=said).update(until=days(0) - timedelta(days=2))
    assert postponed_past(nurse, [project]).get() == said
    assert not postponed_past(None, [project]).exists()
    page = text(team.get(reverse("careplan:said", args=[project.pk]), {"etat": "a_reprendre"}))
    assert "En reparler, et répondre" in page


def test_messages_to_write_down_wait_until_somebody_does(project, odette, nurse):
    said = expectation(project, odette.member, "", way="voice", recording=received())
    assert to_write_down(nurse, [project]).get() == said
    assert not to_write_down(relative(odette, "property").member, [project]).exists()
    Expectation.objects.filter(pk=said.pk).update(words="Je veux.")
    assert not to_write_down(nurse, [project]).exists()
