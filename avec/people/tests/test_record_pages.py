import pytest
from django.urls import reverse

from avec.accounts.models import Invitation
from avec.audit.models import Entry
from avec.people.journal import record_reading
from avec.people.models import Objection, RelatedPerson
from avec.people.tests.factories import (
    account,
    days,
    establishment,
    in_team,
    member,
    person,
    relative,
    sign_in,
)

pytestmark = pytest.mark.django_db
PAGES = ["people:circle", "people:readers"]


@pytest.fixture
def house():
    return establishment()


@pytest.fixture
def nurse(house):
    return member(house)


@pytest.fixture
def odette(house, nurse):
    odette = person(house)
    in_team(odette, nurse, is_referent=True)
    return odette


@pytest.mark.parametrize("name", PAGES)
def test_the_team_opens_it_and_the_reading_is_noted(client, odette, nurse, name):
    answer = sign_in(client, nurse).get(reverse(name, args=[odette.pk]))
    assert answer.status_code == 200
    assert odette.name in answer.content.decode()
    assert Entry.objects.about(odette.pk).readings().filter(actor_id=nurse.pk).count() == 1


@pytest.mark.parametrize("name", PAGES)
def test_others_get_not_found_and_leave_no_trace(client, house, odette, nurse, name):
    former, away, colleague = member(house), member(establishment()), member(house)
    in_team(odette, former, ends_on=days(-1))
    objected = member(house)
    in_team(odette, objected)
    Objection.objects.create(person=odette, establishment=house, member=objected)
    for actor in (
        former,
        away,
        colleague,
        objected,
        odette.member,
        relative(odette).member,
        member(house, "director"),
    ):
        assert sign_in(client, actor).get(reverse(name, args=[odette.pk])).status_code == 404
    assert not Entry.objects.about(odette.pk).readings().exists()


def test_mandates_are_said_in_words(client, odette, nurse):
    relative(odette, "trusted", given_name="Claire", family_name="Duval", relation="sa fille")
    relative(
        odette,
        "property",
        given_name="Paul",
        family_name="Vidal",
        civility="M.",
        mandate={"ends_on": days(90)},
    )
    relative(odette, "carer", given_name="Luc", family_name="Prat", mandate={"revoked_on": days(-2)})
    relative(odette, None, given_name="Ida", family_name="Serre")
    page = sign_in(client, nurse).get(reverse("people:circle", args=[odette.pk])).content.decode()
    assert "lit ce que la personne partage avec ses proches" in page
    assert "ne lit pas le dossier" in page
    assert "retiré le" in page
    assert "Aucun mandat" in page
    assert "M. Vidal" in page


def test_the_circle_page_asks_the_same_number_of_queries_for_more_people(
    client, odette, nurse, house, django_assert_max_num_queries
):
    sign_in(client, nurse)
    relative(odette)
    url = reverse("people:circle", args=[odette.pk])
    with django_assert_max_num_queries(9) as first:
        client.get(url)
    for _ in range(6):
        relative(odette)
        in_team(odette, member(house))
    with django_assert_max_num_queries(9) as second:
        client.get(url)
    assert len(first) == len(second)


def test_who_has_read_is_paged_in_the_same_number_of_queries(
    client, odette, nurse, house, django_assert_max_num_queries
):
    sign_in(client, nurse)
    claire = relative(odette)
    record_reading("record", odette, by=claire.member)
    url = reverse("people:readers", args=[odette.pk])
    with django_assert_max_num_queries(9) as first:
        client.get(url)
    for _ in range(30):
        record_reading("contract", odette, by=member(house, job="kinésithérapeute"))
    with django_assert_max_num_queries(9) as second:
        page = client.get(url).content.decode()
    assert len(first) == len(second)
    assert "le contrat" in page
    assert "kinésithérapeute" in page
    assert "Page 1 sur 2" in page
    last = client.get(url, {"page": 2}).content.decode()
    assert "sa fille" in last


def test_the_team_invites_the_person_once(client, odette, nurse):
    sign_in(client, nurse)
    url = reverse("people:invite_person", args=[odette.pk])
    assert "Préparer la carte" in client.get(url).content.decode()
    assert Invitation.objects.count() == 0
    page = client.post(url).content.decode()
    invitation = Invitation.objects.get()
    assert invitation.member == odette.member
    assert "/compte/invitation/" in page
    assert Entry.objects.filter(verb="person.invited", person_id=odette.pk).exists()


def test_a_person_without_a_place_gets_one(client, house, nurse):
    paul = person(house, member=None)
    in_team(paul, nurse)
    sign_in(client, nurse).post(reverse("people:invite_person", args=[paul.pk]))
    paul.refresh_from_db()
    assert paul.member.role == "person"


def test_a_relative_is_invited_with_a_mandate_only(client, odette, nurse):
    sign_in(client, nurse)
    claire = relative(odette, member=None)
    without = relative(odette, None, member=None)
    assert client.post(reverse("people:invite", args=[odette.pk, claire.pk])).status_code == 200
    assert client.post(reverse("people:invite", args=[odette.pk, without.pk])).status_code in {403, 404}
    claire.refresh_from_db()
    without.refresh_from_db()
    assert claire.member.role == "relative"
    assert without.member is None


def test_a_trainee_or_a_stranger_invites_nobody(client, house, odette):
    trainee = member(house, "trainee")
    in_team(odette, trainee)
    url = reverse("people:invite_person", args=[odette.pk])
    assert sign_in(client, trainee).post(url).status_code == 302
    assert sign_in(client, member(house)).post(url).status_code == 404
    claire = relative(person(house))
    account(claire.member)
    assert (
        sign_in(client, trainee).post(reverse("people:invite", args=[odette.pk, claire.pk])).status_code
        == 404
    )
    assert Invitation.objects.count() == 0
    assert RelatedPerson.objects.count() == 1
