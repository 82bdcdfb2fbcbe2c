import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from avec.audit.models import Entry
from avec.people.actions import object_to_reader, stop_sharing
from avec.people.models import CareTeamMember, Objection
from avec.people.tests.factories import days, in_team, member, relative, sign_in

from .worlds import house

pytestmark = pytest.mark.django_db


def tie_of(home, professional):
    return CareTeamMember.objects.get(person=home.odette, member=professional)


def test_the_person_stops_sharing_and_everything_closes_at_once(client):
    home = house()
    sign_in(client, home.odette.member)
    address = reverse("home:own_stop_sharing", args=[home.claire.pk])
    assert address in client.get(reverse("home:own_team")).content.decode()
    assert "Ne plus partager avec Claire" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert address not in client.get(reverse("home:own_team")).content.decode()
    assert Entry.objects.filter(verb="mandate.revoked").count() == 1
    client.logout()
    assert sign_in(client, home.claire.member).get(reverse("home:own")).status_code == 403


def test_what_a_judgment_gives_is_not_taken_back_here(client):
    home = house()
    tutor = relative(home.odette, "representation", given_name="Philippe")
    sign_in(client, home.odette.member)
    address = reverse("home:own_stop_sharing", args=[tutor.pk])
    assert address not in client.get(reverse("home:own_team")).content.decode()
    assert client.post(address).status_code == 404


def test_a_professional_the_person_objects_to_reads_nothing_more(client):
    home = house()
    colleague = member(home.odette.establishment, given_name="Malik")
    in_team(home.odette, colleague)
    record = reverse("home:record", args=[home.odette.pk])
    assert sign_in(client, colleague).get(record).status_code == 200
    client.logout()
    sign_in(client, home.odette.member)
    address = reverse("home:own_objection", args=[tie_of(home, colleague).pk])
    assert client.post(address).status_code == 302
    assert "Ne peut pas lire mon dossier." in client.get(reverse("home:own_team")).content.decode()
    client.logout()
    assert sign_in(client, colleague).get(record).status_code == 404
    client.logout()
    circle = reverse("people:circle", args=[home.odette.pk])
    assert "ne lit plus le dossier" in sign_in(client, home.nurse).get(circle).content.decode()


def test_the_person_changes_their_mind(client):
    home = house()
    tie = tie_of(home, home.nurse)
    sign_in(client, home.odette.member)
    address = reverse("home:own_objection", args=[tie.pk])
    client.post(address)
    assert "Laisser" in client.get(address).content.decode()
    client.post(address)
    assert Objection.objects.get().ends_on == days(-1)
    client.logout()
    assert sign_in(client, home.nurse).get(reverse("home:record", args=[home.odette.pk])).status_code == 200


def test_nobody_chooses_for_the_person(client):
    home = house()
    for other in (home.nurse, home.claire.member):
        with pytest.raises(PermissionDenied):
            stop_sharing(home.claire, by=other)
        with pytest.raises(PermissionDenied):
            object_to_reader(tie_of(home, home.nurse), by=other)
    address = reverse("home:own_objection", args=[tie_of(home, home.nurse).pk])
    assert sign_in(client, home.claire.member).post(address).status_code == 404
    assert not Objection.objects.exists()
