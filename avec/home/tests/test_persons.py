import pytest
from django.urls import reverse

from avec.careplan.tests.factories import (
    days,
    establishment,
    expectation,
    in_team,
    member,
    person,
    plan,
    relative,
    sign_in,
    unit,
)

pytestmark = pytest.mark.django_db
URL = reverse("people:list")


def accompanied(house, nurse, count=1, **fields):
    found = []
    for number in range(count):
        someone = person(house, family_name=f"Nom{number:02}", **fields)
        in_team(someone, nurse, is_referent=number % 2 == 0)
        expectation(plan(someone, nurse), nurse)
        found.append(someone)
    return found


def test_the_list_shows_my_persons_with_their_thread_and_what_waits(client):
    house = establishment()
    nurse = member(house)
    (odette,) = accompanied(house, nurse)
    stranger = person(house, family_name="Ailleurs")
    page = sign_in(client, nurse).get(URL).content.decode()
    assert odette.name in page
    assert "1 attente sans réponse" in page
    assert "recueil des attentes" in page
    assert "chambre" in page
    assert stranger.name not in page


def test_somebody_without_a_plan_is_listed_so(client):
    house = establishment()
    nurse = member(house)
    in_team(person(house), nurse)
    assert "pas de projet ouvert" in sign_in(client, nurse).get(URL).content.decode()


@pytest.mark.parametrize("words", ["zoe", "Élodie ZOÉ", "b-12", "chambre B 12", "LEFÈVRE zo"])
def test_a_search_needs_neither_accents_nor_order(client, words):
    house = establishment()
    nurse = member(house)
    in_team(person(house, given_names="Zoé", family_name="Lefèvre", used_name="Élodie", room="B 12"), nurse)
    in_team(person(house, given_names="Paul", family_name="Martin"), nurse)
    page = sign_in(client, nurse).get(URL, {"q": words}).content.decode()
    assert "Zoé Lefèvre" in page
    assert "Paul Martin" not in page
    assert "1 nom correspond" in page


def test_nobody_found_says_what_to_do(client):
    house = establishment()
    nurse = member(house)
    in_team(person(house), nurse)
    page = sign_in(client, nurse).get(URL, {"q": "<b>xyz"}).content.decode()
    assert "Personne ne correspond" in page
    assert "<b>xyz" not in page
    assert "Voir toute la liste" in page


def test_an_empty_list_says_how_a_record_opens(client):
    assert (
        "Vous n’êtes dans l’équipe de personne"
        in sign_in(client, member(establishment())).get(URL).content.decode()
    )


def test_the_filters_keep_the_referent_and_the_unit(client):
    house = establishment()
    nurse = member(house)
    acacias = unit(house)
    mine = person(house, family_name="Mienne", unit=acacias)
    other = person(house, family_name="Autre")
    in_team(mine, nurse, is_referent=True)
    in_team(other, nurse)
    sign_in(client, nurse)
    for query in ({"mine": "1"}, {"unit": str(acacias.pk)}):
        page = client.get(URL, query).content.decode()
        assert mine.name in page
        assert other.name not in page
    assert other.name in client.get(URL, {"unit": "n’importe quoi"}).content.decode()


def test_a_live_search_answers_the_rows_and_says_how_many(client):
    house = establishment()
    nurse = member(house)
    accompanied(house, nurse, 2)
    answer = sign_in(client, nurse).get(URL, {"q": "nom01"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert "Nom01" in page
    assert "Nom00" not in page
    assert 'hx-swap-oob="innerHTML:#told"' in page
    assert "HX-Request" in answer.headers["Vary"]


def test_the_list_asks_as_many_queries_for_one_as_for_thirty(client, django_assert_max_num_queries):
    house = establishment()
    nurse = member(house)
    unit(house)
    accompanied(house, nurse, 1)
    sign_in(client, nurse)
    with django_assert_max_num_queries(8) as first:
        client.get(URL)
    accompanied(house, nurse, 30)
    with django_assert_max_num_queries(8) as second:
        page = client.get(URL).content.decode()
    assert len(first) == len(second)
    assert "Page 1 sur 2" in page
    assert "Page 2 sur 2" in client.get(URL, {"page": "999"}).content.decode()


def test_only_care_roles_open_the_list(client):
    house = establishment()
    odette = person(house)
    for actor in (
        odette.member,
        relative(odette).member,
        member(house, "director"),
        member(house, "administrator"),
    ):
        assert sign_in(client, actor).get(URL).status_code == 404


def test_an_ended_membership_or_another_house_lists_nothing(client):
    house = establishment()
    nurse, away = member(house), member(establishment())
    odette = person(house)
    in_team(odette, nurse, starts_on=days(-30), ends_on=days(-1))
    for actor in (nurse, away):
        assert odette.name not in sign_in(client, actor).get(URL).content.decode()


def test_past_the_first_pages_the_list_asks_for_a_name(client, monkeypatch):
    monkeypatch.setattr("avec.home.persons.COUNTED", 3)
    house = establishment()
    nurse = member(house)
    accompanied(house, nurse, 4)
    page = sign_in(client, nurse).get(URL).content.decode()
    assert "Plus de 3 personnes. Écrivez un nom" in page
    assert "Nom03" not in page
    assert "Nom03" in client.get(URL, {"q": "nom03"}).content.decode()
