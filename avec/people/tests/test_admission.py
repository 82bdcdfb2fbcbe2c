import re
from uuid import uuid4

import pytest
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.people.asks import asking
from avec.people.models import CareTeamMember, Draft, Person, Stay
from avec.people.tests.factories import days, establishment, in_team, member, person, sign_in, unit

pytestmark = pytest.mark.django_db
DOOR = "/personnes/accueillir/"


@pytest.fixture
def house():
    return establishment()


@pytest.fixture
def nurse(house):
    return member(house)


def said(**fields):
    usual = {
        "given_names": "Odette Marie",
        "family_name": "Marcillac",
        "gender": "female",
        "birth_date": "1943-05-02",
        "admitted_on": days(0).isoformat(),
        "local_id": "2026-0001",
        "once": str(uuid4()),
    }
    return usual | fields


def test_a_nurse_admits_somebody_and_goes_on_to_the_plan(client, house, nurse):
    sign_in(client, nurse)
    page = client.get(DOOR).content.decode()
    assert "Son arrivée" in page
    answer = client.post(DOOR, said(referent="on", used_name="Dédette", communication="Parler en face."))
    odette = Person.objects.get(establishment=house)
    assert answer.status_code == 302
    assert answer.url == reverse("careplan:open_plan", args=[odette.pk])
    assert odette.called == "Dédette"
    assert odette.stays.get().admitted_on == days(0)
    tie = odette.team.get()
    assert tie.member == nurse
    assert tie.is_referent
    assert Entry.objects.filter(verb="person.admitted", person_id=odette.pk).exists()
    assert client.get(answer.url).status_code == 200
    assert not Draft.objects.exists()


def test_the_number_of_the_house_is_proposed_and_follows(client, house, nurse):
    year = days(0).year
    person(house, local_id=f"{year}-0041")
    page = sign_in(client, nurse).get(DOOR).content.decode()
    assert f"{year}-0042" in page
    client.post(DOOR, said(local_id=""))
    assert Person.objects.filter(local_id=f"{year}-0042").exists()


def test_a_number_taken_meanwhile_is_said_and_the_words_stay(client, house, nurse):
    person(house, local_id="2026-0001")
    answer = sign_in(client, nurse).post(DOOR, said())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "déjà celui de quelqu’un" in page
    assert "Odette Marie" in page
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"family_name": ""}, "Écrivez le nom de famille."),
        ({"given_names": ""}, "Écrivez au moins un prénom."),
        ({"birth_date": days(1).isoformat()}, "Écrivez une date de naissance passée."),
        ({"birth_date": "1843-05-02"}, "Écrivez une date"),
        ({"birth_date": "1901-01-01", "admitted_on": "1900-01-01"}, "avant la naissance"),
        ({"admitted_on": days(800).isoformat()}, "d’ici un an"),
        ({"admitted_on": ""}, "Écrivez la date d’arrivée."),
        ({"local_id": "a/b"}, "des lettres, des chiffres"),
        ({"family_name": "x" * 300}, "120 caractères"),
        ({"unit": str(uuid4())}, "Choisissez une unité de la liste."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_created(client, nurse, fields, words):
    answer = sign_in(client, nurse).post(DOOR, said(**fields))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Person.objects.exists()


def test_emoji_and_right_to_left_names_are_names(client, nurse):
    sign_in(client, nurse).post(DOOR, said(given_names="أوديت 🌿", family_name="שלום"))
    assert Person.objects.get().given_names == "أوديت 🌿"


def test_two_presses_admit_one_person(client, nurse):
    sign_in(client, nurse)
    form = said()
    client.post(DOOR, form)
    assert client.post(DOOR, form).status_code == 302
    assert Person.objects.count() == 1


@pytest.mark.parametrize("role", ["trainee", "director", "quality", "administrator", "researcher"])
def test_others_do_not_admit(client, house, role):
    sign_in(client, member(house, role))
    assert client.get(DOOR).status_code == 404
    assert client.post(DOOR, said()).status_code == 404
    assert not Person.objects.exists()


class TestSomebodyAlike:
    @pytest.fixture
    def odette(self, house):
        return person(
            house,
            given_names="Odètte",
            family_name="MARCILLAC",
            local_id="P1",
            room="12",
            communication="Fatiguée le soir.",
            unit=unit(house),
        )

    def ask(self, client, **fields):
        return client.post(DOOR, said(**fields))

    def test_it_is_asked_before_anything_is_written_and_shows_no_record(self, client, nurse, odette):
        answer = self.ask(sign_in(client, nurse))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "peut-être déjà là" in page
        assert "2 mai 1943" in page
        assert "Les Acacias" in page
        assert "Fatiguée" not in page
        assert "chambre" not in page
        assert Person.objects.count() == 1
        assert "Odette Marie" in client.get(DOOR).content.decode()
        assert Entry.objects.filter(verb="admission.read", person_id=odette.pk, actor_id=nurse.pk).exists()

    @pytest.mark.parametrize(
        "fields",
        [
            {"birth_date": ""},
            {"family_name": "Autre", "birth_name": "Marcillac"},
            {"given_names": "odette"},
        ],
    )
    def test_a_birth_name_or_a_missing_date_is_alike_too(self, client, nurse, odette, fields):
        assert self.ask(sign_in(client, nurse), **fields).status_code == 409

    @pytest.mark.parametrize("fields", [{"birth_date": "1944-05-02"}, {"given_names": "Jeanne"}])
    def test_another_date_or_first_name_is_another_person(self, client, nurse, odette, fields):
        assert self.ask(sign_in(client, nurse), **fields).status_code == 302

    def test_another_house_s_persons_are_not_shown(self, client, odette):
        assert self.ask(sign_in(client, member(establishment()))).status_code == 302

    def test_it_is_another_person(self, client, nurse, odette):
        sign_in(client, nurse)
        page = self.ask(client).content.decode()
        sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        answer = client.post(DOOR, sent | {"other": "1"})
        assert answer.status_code == 302
        assert Person.objects.count() == 2

    def test_it_is_them_asks_the_team_and_opens_nothing(self, client, house, nurse, odette):
        referent = member(house)
        in_team(odette, referent, is_referent=True)
        sign_in(client, nurse)
        answer = self.ask(client, same=str(odette.pk))
        assert answer.status_code == 302
        assert client.get(reverse("people:circle", args=[odette.pk])).status_code == 404
        assert Person.objects.count() == 1
        assert asking(odette) == [nurse]
        page = sign_in(client, referent).get(reverse("people:team", args=[odette.pk])).content.decode()
        assert "On demande à rejoindre cette équipe." in page
        assert nurse.name in page
        client.post(
            reverse("people:add_colleague", args=[odette.pk, nurse.pk]), {"starts_on": days(0).isoformat()}
        )
        assert asking(odette) == []
        assert sign_in(client, nurse).get(reverse("people:circle", args=[odette.pk])).status_code == 200

    def test_it_is_them_and_one_is_in_the_team_already(self, client, nurse, odette):
        in_team(odette, nurse)
        answer = self.ask(sign_in(client, nurse), same=str(odette.pk))
        assert answer.url == reverse("people:identity", args=[odette.pk])
        assert not Entry.objects.filter(verb="team.asked").exists()

    def test_somebody_else_s_number_asks_nothing(self, client, house, nurse, odette):
        stranger = person(house, given_names="Jeanne", family_name="Autre")
        assert self.ask(sign_in(client, nurse), same=str(stranger.pk)).status_code == 409
        assert not Entry.objects.filter(verb="team.asked").exists()


class TestAUnitManager:
    @pytest.fixture
    def manager(self, house):
        return member(house, Role.UNIT_MANAGER.value, job="cadre", unit=unit(house))

    def test_admits_without_opening_the_record_then_names_the_team(self, client, house, manager):
        sign_in(client, manager)
        answer = client.post(DOOR, said(unit=str(manager.unit_id)))
        odette = Person.objects.get()
        assert answer.url == reverse("people:team", args=[odette.pk])
        assert not CareTeamMember.objects.exists()
        assert "Personne n’accompagne encore" in client.get(answer.url).content.decode()
        assert client.get(reverse("people:circle", args=[odette.pk])).status_code == 404

    def test_may_be_in_the_team_of_somebody_new(self, client, manager):
        sign_in(client, manager).post(DOOR, said(joins="on", referent="on"))
        assert CareTeamMember.objects.get().is_referent

    @pytest.mark.parametrize("fields", [{"unit": ""}, {"unit": "other"}, {"unit": "own", "referent": "on"}])
    def test_somebody_must_be_able_to_name_the_team(self, client, house, manager, fields):
        units = {"other": str(unit(house, "Les Bouleaux").pk), "own": str(manager.unit_id), "": ""}
        answer = sign_in(client, manager).post(DOOR, said(**fields | {"unit": units[fields["unit"]]}))
        assert answer.status_code == 422
        assert not Stay.objects.exists()
