"""To ask to talk something over from own space, and to see where each talk is: tried by the cast."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avec.careplan.actions import take_position
from avec.careplan.models import CarePlan
from avec.careplan.rules import Stance
from avec.home.tests.worlds import house
from avec.negotiation.actions import Opening, Seat, accept_aim, open_negotiation
from avec.negotiation.models import Negotiation, Party
from avec.people.models import Mandate
from avec.people.tests.factories import days, member, person, relative, sign_in

pytestmark = pytest.mark.django_db


def words_of(page):
    page = re.sub(r"<[^>]+>", " ", page[page.index("<main") :])
    return re.sub(r"[\s\xa0]+", " ", page)


def read(client, who, name="own_talks", query=""):
    response = sign_in(client, who).get(reverse(f"home:{name}") + query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def ask(client, who, query="", **words):
    return sign_in(client, who).post(reverse("home:own_talk") + query, words)


def talk(home, *seats, title="L’heure du lever", **opening):
    usual = {"title": title, "situation": "Trop tôt.", "aim": "Une heure pour chacun", "due_on": days(9)}
    return open_negotiation(
        home.plan, Opening(**usual | opening), [Seat(), *seats, Seat(professional=home.nurse)], by=home.nurse
    )


def seats(negotiation):
    return [
        (one.voice, one.name) for one in Party.objects.filter(negotiation=negotiation).order_by("position")
    ]


def test_the_person_asks_with_who_answers_for_the_team(client):
    home = house()
    page = words_of(read(client, home.odette.member, "own_talk"))
    assert "Sonia lit ma demande." in page
    sent = ask(
        client, home.odette.member, words="Je voudrais me lever plus tard. Sept heures, c’est trop tôt."
    )
    negotiation = Negotiation.objects.get()
    assert sent.url == reverse("negotiation:table", args=[negotiation.pk])
    assert negotiation.situation.startswith("Je voudrais me lever plus tard.")
    assert negotiation.written_by == home.odette.member
    assert seats(negotiation) == [("person", home.odette.called), ("professional", home.nurse.name)]
    assert negotiation.level == "C1"
    table = words_of(sign_in(client, home.odette.member).get(sent.url).content.decode())
    assert "Le but n’est pas encore écrit." in table


def test_from_words_that_are_hidden_it_is_not_shared_wider(client):
    home = house()
    query = f"?attente={home.hidden.pk}"
    assert "Je m’ennuie au salon." in read(client, home.odette.member, "own_talk", query)
    # What starts from words may say nothing more.
    ask(client, home.odette.member, query, words="")
    negotiation = Negotiation.objects.get()
    assert (negotiation.expectation, negotiation.level) == (home.hidden, "C2")
    # Asked again, the same talk opens.
    again = sign_in(client, home.odette.member).get(reverse("home:own_talk") + query)
    assert again.url == reverse("negotiation:table", args=[negotiation.pk])


def test_from_a_goal_that_i_do_not_agree_with(client):
    home = house()
    take_position(home.goal, Stance.DISAGREES, by=home.odette.member)
    url = reverse("home:own_talk") + f"?objectif={home.goal.pk}"
    page = sign_in(client, home.odette.member).get(reverse("home:own_goal", args=[home.goal.pk]))
    assert url in page.content.decode()
    ask(client, home.odette.member, f"?objectif={home.goal.pk}", words="Pas seule.")
    assert Negotiation.objects.get().goal == home.goal


def test_a_relative_asks_in_their_own_name_with_the_person_at_the_table(client):
    home = house()
    ask(client, home.claire.member, words="Je voudrais venir le dimanche.")
    negotiation = Negotiation.objects.get()
    assert [voice for voice, _name in seats(negotiation)] == ["person", "relative", "professional"]
    assert negotiation.written_by == home.claire.member
    assert "Je voudrais venir le dimanche." in read(client, home.claire.member)


def test_nothing_is_asked_without_words_and_the_words_come_back(client):
    home = house()
    empty = ask(client, home.odette.member, words="")
    assert empty.status_code == 422
    assert "Écrivez de quoi vous voulez parler." in empty.content.decode()
    short = ask(client, home.odette.member, words="Ah")
    assert short.status_code == 422
    assert ">\nAh</textarea>" in short.content.decode()
    assert not Negotiation.objects.exists()


def test_sent_twice_it_is_asked_once(client):
    home = house()
    for _ in range(2):
        ask(client, home.odette.member, words="Le lever, plus tard.", once="abc")
    assert Negotiation.objects.count() == 1


def test_without_an_open_plan_the_page_says_what_to_do(client):
    home = house()
    CarePlan.objects.filter(pk=home.plan.pk).update(step="closed")
    page = words_of(read(client, home.odette.member, "own_talk"))
    assert "Le projet n’est pas ouvert en ce moment." in page
    assert ask(client, home.odette.member, words="Le lever, plus tard.").status_code == 200
    assert not Negotiation.objects.exists()


@pytest.mark.parametrize("name", ["attente", "objectif"])
def test_nobody_starts_from_what_they_do_not_read(client, name):
    """T20, T27, T37: words of others, of another person, or a key made up."""
    home, other = house(), house()
    foreign = {"attente": other.waiting.pk, "objectif": other.goal.pk}[name]
    for pk in (foreign, "rien", home.noted.pk):
        assert ask(client, home.odette.member, f"?{name}={pk}", words="Le lever").status_code == 404
    assert ask(client, home.claire.member, f"?attente={home.hidden.pk}", words="Le salon").status_code == 404
    assert not Negotiation.objects.exists()


def test_what_waits_for_me_is_first_in_what_is_coming(client):
    home = house()
    negotiation = talk(home)
    page = words_of(read(client, home.odette.member, "own"))
    assert "Un but attend ma réponse" in page
    assert "On parle d’une chose ensemble." in page
    mine = Party.objects.get(negotiation=negotiation, voice="person")
    accept_aim(negotiation, mine, by=home.odette.member)
    page = words_of(read(client, home.odette.member, "own"))
    assert "Un but attend ma réponse" not in page
    assert "On cherche un accord" in page


def test_a_relative_sees_only_the_talks_where_they_sit(client):
    """T27."""
    home = house()
    talk(home, title="Sans ma fille")
    talk(home, Seat(relative=home.claire), title="Avec ma fille")
    page = read(client, home.claire.member)
    assert "Avec ma fille" in page
    assert "Sans ma fille" not in page
    assert "Sans ma fille" not in read(client, home.claire.member, "own")
    assert "Sans ma fille" in read(client, home.odette.member)


@pytest.mark.parametrize("name", ["own_talks", "own_talk"])
def test_a_mandate_taken_back_closes_everything_at_once(client, name):
    """T28."""
    home = house()
    talk(home, Seat(relative=home.claire))
    read(client, home.claire.member, name)
    Mandate.objects.filter(related_person=home.claire).update(revoked_on=days(0))
    assert client.get(reverse(f"home:{name}")).status_code == 403
    assert ask(client, home.claire.member, words="Le dimanche, je viens.").status_code == 403
    assert Negotiation.objects.count() == 1


def test_the_mandate_for_one_person_shows_nothing_of_another(client):
    """T37."""
    home = house()
    other = person(home.odette.establishment)
    relative(other, "carer", member=home.claire.member)
    talk(home, Seat(relative=home.claire))
    sign_in(client, home.claire.member)
    client.post(reverse("home:own_choose"), {"personne": str(other.pk)})
    assert "L’heure du lever" not in client.get(reverse("home:own_talks")).content.decode()


@pytest.mark.parametrize("name", ["own_talks", "own_talk"])
def test_it_is_for_the_person_and_those_around_them(client, name):
    home = house()
    for who in (home.nurse, member(home.odette.establishment)):
        assert sign_in(client, who).get(reverse(f"home:{name}")).status_code == 404


def test_as_many_queries_whatever_the_number_of_talks(client):
    home = house()
    counts = []
    for number in range(8):
        talk(home, title=f"Sujet {number}")
        if number in (1, 7):
            read(client, home.odette.member)
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("home:own_talks"))
            counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["odette", "claire"])
def test_own_space_stays_within_its_queries_with_talks(client, who):
    home = house()
    for number in range(3):
        talk(home, Seat(relative=home.claire), title=f"Sujet {number}")
    me = getattr(home, who).member
    read(client, me, "own")
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("home:own"))
    assert len(queries) <= 25
