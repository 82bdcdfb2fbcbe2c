import pytest
from django.urls import reverse

from avec.accounts.models import Role
from avec.home.tests.worlds import house
from avec.people.tests.factories import establishment, in_team, member, person, sign_in, unit

pytestmark = pytest.mark.django_db
FIRST = {
    Role.PROFESSIONAL: "day",
    Role.TRAINEE: "day",
    Role.UNIT_MANAGER: "figures",
    Role.DIRECTOR: "figures",
    Role.QUALITY: "figures",
    Role.USERS_REPRESENTATIVE: "place",
    Role.RESEARCHER: "place",
    Role.TRAINER: "place",
    Role.STUDENT: "place",
    Role.ADMINISTRATOR: "place",
    Role.RIGHTS_OFFICER: "place",
    Role.PERSON: "own",
    Role.RELATIVE: "own",
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_begins_at_its_own_page(client, role):
    sign_in(client, member(establishment(), role.value))
    assert client.get("/").url == reverse(f"home:{FIRST[role]}")


def test_a_manager_in_a_team_begins_with_their_day(client):
    place = establishment()
    manager = member(place, Role.UNIT_MANAGER.value)
    in_team(person(place), manager)
    page = sign_in(client, manager).get("/", follow=True)
    assert page.redirect_chain[0][0] == reverse("home:day")
    assert "L’établissement" in page.content.decode()


def test_without_an_account_one_is_led_to_the_sign_in(client, settings):
    settings.AVEC_DEMO = False
    assert client.get("/").url == reverse("account_login")


@pytest.mark.parametrize(
    "role", [role for role in Role if FIRST[role] == "place"], ids=lambda role: role.value
)
def test_other_roles_are_told_what_is_never_open_to_them(client, role):
    home = house()
    sign_in(client, member(home.odette.establishment, role.value))
    page = client.get(reverse("home:place")).content.decode()
    assert "Ce qui ne vous est jamais ouvert, et pourquoi" in page
    assert "Odette" not in page


@pytest.mark.parametrize("name", ["help", "accessibility", "data", "legal"])
def test_pages_for_everybody_open_without_an_account(client, settings, name):
    settings.AVEC_CONTACT_EMAIL = "accueil@exemple.test"
    page = client.get(reverse(f"home:{name}"))
    assert page.status_code == 200
    assert "accueil@exemple.test" in page.content.decode()
    assert "{%" not in page.content.decode()


def test_the_menu_names_only_pages_that_open(client):
    home = house()
    for who in (home.nurse, home.odette.member, home.claire.member):
        response = sign_in(client, who).get("/", follow=True)
        items = list(response.wsgi_request.navigation)
        assert [item.current for item in items].count(True) == 1
        for item in items:
            assert client.get(item.url).status_code == 200, item


def entry_read(client, address):
    """The entry of the menu that says « you are here »."""
    items = list(client.get(address).wsgi_request.navigation)
    return next((item.url for item in items if item.current), "")


def test_the_manager_of_a_unit_is_in_the_teams_when_naming_one(client):
    home = house()
    place = home.odette.establishment
    home.odette.unit = unit(place)
    home.odette.save()
    manager = member(place, Role.UNIT_MANAGER.value, unit=home.odette.unit)
    in_team(person(place), manager)
    sign_in(client, manager)
    teams = reverse("people:teams")
    assert entry_read(client, teams) == teams
    assert entry_read(client, reverse("people:team", args=[home.odette.pk])) == teams
    assert entry_read(client, reverse("people:list")) == reverse("people:list")


def test_the_settings_of_the_house_belong_to_the_house(client):
    sign_in(client, member(establishment(), Role.DIRECTOR.value))
    for name in ("careplan:domains", "careplan:questionnaires", "accounts:words"):
        assert entry_read(client, reverse(name)) == reverse("home:figures")
