import pytest
from django.urls import reverse

from avec.accounts.models import Role
from avec.careplan.actions import Said, open_plan, say
from avec.people.models import Objection, Person
from avec.people.tests.factories import days, establishment, in_team, member, person, sign_in, unit

pytestmark = pytest.mark.django_db
URL = "/notre-etablissement/"


def crowd(place, count, *, unit=None, nurse=None, words=""):
    for number in range(count):
        someone = person(place, unit=unit, given_names="Rose", family_name=f"Pujol{number}")
        if words:
            in_team(someone, nurse)
            say(open_plan(someone, title="Projet", by=nurse), Said(words), by=nurse)


def page(client, who):
    response = sign_in(client, who).get(URL)
    assert response.status_code == 200
    return response.content.decode()


def test_under_eleven_people_nothing_is_counted(client):
    place = establishment()
    crowd(place, 10)
    text = page(client, member(place, Role.QUALITY.value))
    assert "Encore trop peu pour afficher." in text
    assert "<td" not in text


def test_a_small_group_is_left_out_with_another(client):
    place = establishment()
    crowd(place, 14)
    crowd(place, 3, nurse=member(place), words="Un thé.")
    text = page(client, member(place, Role.DIRECTOR.value))
    assert "trop peu pour afficher" in text
    assert ">14<" not in text.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("role", [Role.QUALITY, Role.DIRECTOR])
def test_quality_and_direction_read_no_name_and_no_word(client, role):
    place = establishment()
    crowd(place, 12, nurse=member(place), words="Un thé.")
    text = page(client, member(place, role.value))
    assert "Pujol" not in text
    assert "thé" not in text


def test_a_unit_manager_follows_names_and_dates_of_their_unit_without_a_word(client):
    place = establishment()
    acacias, bouleaux = unit(place), unit(place, "Les Bouleaux")
    crowd(place, 2, unit=acacias, nurse=member(place), words="Un thé.")
    person(place, unit=bouleaux, family_name="Ailleurs")
    text = page(client, member(place, Role.UNIT_MANAGER.value, unit=acacias))
    assert "Pujol0" in text
    assert "thé" not in text
    assert "Ailleurs" not in text


def test_a_unit_manager_without_a_unit_follows_nobody(client):
    place = establishment()
    crowd(place, 2)
    text = page(client, member(place, Role.UNIT_MANAGER.value))
    assert "Pujol" not in text
    assert "Aucune unité ne vous est confiée." in text


def test_a_limited_record_has_no_name_here(client):
    place = establishment()
    acacias = unit(place)
    crowd(place, 2, unit=acacias)
    Person.objects.filter(family_name="Pujol1").update(limited_on=days(0))
    text = page(client, member(place, Role.UNIT_MANAGER.value, unit=acacias))
    assert "Pujol0" in text
    assert "Pujol1" not in text


def test_whoever_does_not_want_this_manager_has_no_name_here(client):
    place = establishment()
    acacias = unit(place)
    crowd(place, 2, unit=acacias)
    manager = member(place, Role.UNIT_MANAGER.value, unit=acacias)
    refusing = Person.objects.get(family_name="Pujol1")
    Objection.objects.create(person=refusing, establishment=place, member=manager)
    text = page(client, manager)
    assert "Pujol0" in text
    assert "Pujol1" not in text


def test_another_establishment_counts_for_nothing(client):
    place = establishment()
    crowd(establishment(), 12)
    assert "Encore trop peu" in page(client, member(place, Role.DIRECTOR.value))


@pytest.mark.parametrize("role", [Role.PROFESSIONAL, Role.PERSON, Role.RELATIVE, Role.ADMINISTRATOR])
def test_figures_are_for_those_who_steer(client, role):
    sign_in(client, member(establishment(), role.value))
    assert client.get(URL).status_code == 404


@pytest.mark.parametrize("count", [3, 15])
def test_the_number_of_queries_does_not_follow_the_number_of_persons(
    client, django_assert_max_num_queries, count
):
    place = establishment()
    acacias = unit(place)
    crowd(place, count, unit=acacias, nurse=member(place), words="Un thé.")
    sign_in(client, member(place, Role.UNIT_MANAGER.value, unit=acacias))
    with django_assert_max_num_queries(8):
        client.get(URL)


def test_its_address_is_the_one_the_menu_gives():
    assert reverse("home:figures") == URL


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.UNIT_MANAGER, ["careplan:domains", "careplan:questionnaires", "negotiation:grounds"]),
        (
            Role.QUALITY,
            [
                "clocks:table",
                "contracts:signing_rules",
                "contracts:seals",
                "careplan:domains",
                "careplan:questionnaires",
                "negotiation:grounds",
            ],
        ),
        (
            Role.DIRECTOR,
            [
                "clocks:table",
                "contracts:signing_rules",
                "contracts:seals",
                "careplan:domains",
                "careplan:questionnaires",
                "negotiation:grounds",
                "accounts:words",
            ],
        ),
    ],
)
def test_each_finds_the_settings_that_they_may_change_and_no_other(client, role, names):
    response = sign_in(client, member(establishment(), role.value)).get(URL)
    urls = [setting.url for setting in response.context["settings"]]
    assert urls == [reverse(name) for name in names]
    for url in urls:
        assert url in response.content.decode()
        assert client.get(url).status_code == 200
