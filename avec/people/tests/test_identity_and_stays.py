from uuid import uuid4

import pytest
from django.urls import reverse

from avec.audit.models import Entry
from avec.people.actions.identity import IDENTITY
from avec.people.clash import version_of
from avec.people.models import Person
from avec.people.tests.factories import days, establishment, in_team, member, person, relative, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return establishment()


@pytest.fixture
def nurse(house):
    return member(house)


@pytest.fixture
def odette(house, nurse):
    odette = person(house, given_names="Odette", family_name="Marcillac", local_id="P1")
    in_team(odette, nurse, is_referent=True)
    return odette


def form_of(someone: Person, **fields):
    usual = {
        "civility": someone.civility,
        "given_names": someone.given_names,
        "family_name": someone.family_name,
        "gender": someone.gender,
        "birth_date": someone.birth_date.isoformat() if someone.birth_date else "",
        "room": someone.room,
        "local_id": someone.local_id,
        "version": version_of(someone, IDENTITY),
        "once": str(uuid4()),
    }
    return usual | fields


class TestIdentity:
    def test_it_is_read_by_the_team_and_noted(self, client, odette, nurse):
        page = sign_in(client, nurse).get(reverse("people:identity", args=[odette.pk])).content.decode()
        assert "2 mai 1943" in page
        assert "Noter le départ" in page
        assert Entry.objects.filter(verb="identity.read", person_id=odette.pk, actor_id=nurse.pk).exists()

    def test_what_changes_is_named_in_the_journal_without_its_value(self, client, odette, nurse):
        url = reverse("people:change_identity", args=[odette.pk])
        answer = sign_in(client, nurse).post(url, form_of(odette, used_name="Dédette", room="14"))
        assert answer.url == reverse("people:identity", args=[odette.pk])
        odette.refresh_from_db()
        assert odette.called == "Dédette"
        line = Entry.objects.get(verb="person.changed")
        assert line.detail == {"fields": ["used_name", "room"]}
        assert Person.objects.visible_to(nurse).matching("dedette").exists()

    def test_a_name_never_turns_the_words_around_it(self, client, odette, nurse):
        url = reverse("people:change_identity", args=[odette.pk])
        sign_in(client, nurse).post(url, form_of(odette, used_name="\u202eDédette\u2069"))
        odette.refresh_from_db()
        assert odette.used_name == "Dédette"

    def test_two_editors_and_nothing_is_lost(self, client, odette, nurse):
        url = reverse("people:change_identity", args=[odette.pk])
        mine = form_of(odette, room="14", communication="Lui parler en face.")
        Person.objects.filter(pk=odette.pk).update(communication="Fatiguée le soir.")
        sign_in(client, nurse)
        answer = client.post(url, mine)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Lui parler en face." in page
        assert "Fatiguée le soir." in page
        odette.refresh_from_db()
        assert odette.communication == "Fatiguée le soir."
        both = client.post(url, mine | {"keep": "both", "version": version_of(odette, IDENTITY)})
        assert "Lui parler en face.\nFatiguée le soir." in both.content.decode().replace("\r", "")
        kept = client.post(url, mine | {"keep": "mine", "version": version_of(odette, IDENTITY)})
        assert kept.status_code == 302
        odette.refresh_from_db()
        assert odette.communication == "Lui parler en face."

    def test_nothing_changed_writes_nothing(self, client, odette, nurse):
        odette.refresh_from_db()
        sign_in(client, nurse).post(
            reverse("people:change_identity", args=[odette.pk]), form_of(odette, birth_order="3")
        )
        assert not Entry.objects.filter(verb="person.changed").exists()

    def test_another_person_s_number_is_refused(self, client, house, odette, nurse):
        person(house, local_id="P2")
        answer = sign_in(client, nurse).post(
            reverse("people:change_identity", args=[odette.pk]), form_of(odette, local_id="P2")
        )
        assert answer.status_code == 422
        assert "déjà celui de quelqu’un d’autre" in answer.content.decode()

    def test_an_external_professional_reads_it_and_changes_nothing(self, client, house, odette):
        outside = member(house)
        in_team(odette, outside, external=True)
        sign_in(client, outside)
        page = client.get(reverse("people:identity", args=[odette.pk]))
        assert page.status_code == 200
        assert "Changer l’identité" not in page.content.decode()
        url = reverse("people:change_identity", args=[odette.pk])
        assert client.post(url, form_of(odette, room="99")).status_code == 404

    @pytest.mark.parametrize("name", ["identity", "change_identity", "come_back", "add_relative"])
    def test_others_get_not_found(self, client, house, odette, name):
        for actor in (member(house), member(establishment()), odette.member, relative(odette).member):
            assert sign_in(client, actor).get(reverse(f"people:{name}", args=[odette.pk])).status_code == 404

    def test_the_draft_comes_back(self, client, odette, nurse):
        sign_in(client, nurse)
        key = f"identity:{odette.pk}"
        client.post("/personnes/brouillon/", {"draft_key": key, "used_name": "Dédé", "once": str(uuid4())})
        page = client.get(reverse("people:change_identity", args=[odette.pk])).content.decode()
        assert "Dédé" in page
        assert "est repris" in page


class TestStays:
    def leave(self, client, odette, day):
        url = reverse("people:leave", args=[odette.stays.first().pk])
        return client.post(url, {"discharged_on": day.isoformat(), "once": str(uuid4())})

    def come_back(self, client, odette, day):
        url = reverse("people:come_back", args=[odette.pk])
        return client.post(url, {"admitted_on": day.isoformat(), "once": str(uuid4())})

    def test_a_departure_then_a_return_are_two_stays(self, client, odette, nurse):
        sign_in(client, nurse)
        assert self.leave(client, odette, days(-5)).status_code == 302
        page = client.get(reverse("people:identity", args=[odette.pk])).content.decode()
        assert "Noter un retour" in page
        assert "départ le" in page
        assert self.come_back(client, odette, days(-5)).status_code == 302
        assert odette.stays.count() == 2
        assert Entry.objects.filter(verb="stay.ended").count() == 1
        assert Entry.objects.filter(verb="stay.begun").count() == 1
        assert "ici depuis le" in client.get(reverse("people:identity", args=[odette.pk])).content.decode()

    def test_an_end_before_the_start_is_refused_in_clear_words(self, client, odette, nurse):
        answer = self.leave(sign_in(client, nurse), odette, days(-60))
        assert answer.status_code == 422
        assert "La fin est avant le début" in answer.content.decode()
        assert odette.stays.get().discharged_on is None

    def test_a_return_before_the_departure_is_refused(self, client, odette, nurse):
        sign_in(client, nurse)
        self.leave(client, odette, days(-5))
        answer = self.come_back(client, odette, days(-6))
        assert answer.status_code == 422
        assert "chevauchent" in answer.content.decode()
        assert self.come_back(client, odette, days(-5)).status_code == 302
        assert self.come_back(client, odette, days(-1)).status_code == 422

    def test_a_mistake_in_the_dates_is_mended(self, client, odette, nurse):
        stay = odette.stays.get()
        url = reverse("people:correct_stay", args=[stay.pk])
        sign_in(client, nurse)
        client.post(url, {"admitted_on": days(-40).isoformat(), "interview_on": days(-50).isoformat()})
        stay.refresh_from_db()
        assert stay.admitted_on == days(-40)
        assert Entry.objects.get(verb="stay.corrected").detail == {"fields": ["admitted_on", "interview_on"]}
        wrong = client.post(url, {"admitted_on": "1900-01-01"})
        assert wrong.status_code == 422
        assert "avant la naissance" in wrong.content.decode()

    def test_a_trainee_notes_no_date(self, client, house, odette):
        trainee = member(house, "trainee")
        in_team(odette, trainee)
        sign_in(client, trainee)
        assert self.leave(client, odette, days(0)).status_code == 404
        assert self.come_back(client, odette, days(0)).status_code == 404
        assert (
            "Noter le départ" not in client.get(reverse("people:identity", args=[odette.pk])).content.decode()
        )
