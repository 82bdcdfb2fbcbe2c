from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.people.actions import add_to_team, end_place
from avec.people.models import CareTeamMember, Objection, Person
from avec.people.policy import (
    leads,
    may_add_to_team,
    may_change_place,
    may_end_place,
    may_join,
    may_remove_from_team,
)
from avec.people.tests.factories import days, establishment, in_team, member, person, sign_in, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return establishment()


@pytest.fixture
def odette(house):
    return person(house, unit=unit(house))


@pytest.fixture
def cast(house, odette):
    """Everybody who may come near a team."""
    cast = {
        "referent": member(house),
        "colleague": member(house),
        "trainee": member(house, Role.TRAINEE.value),
        "external": member(house),
        "former": member(house),
        "later": member(house),
        "objected": member(house),
        "stranger": member(house),
        "manager": member(house, Role.UNIT_MANAGER.value, unit=odette.unit),
        "manager_elsewhere": member(house, Role.UNIT_MANAGER.value, unit=unit(house, "Les Bouleaux")),
        "manager_without_unit": member(house, Role.UNIT_MANAGER.value),
        "director": member(house, Role.DIRECTOR.value),
        "administrator": member(house, Role.ADMINISTRATOR.value),
        "away": member(establishment(), Role.UNIT_MANAGER.value),
        "person": odette.member,
    }
    in_team(odette, cast["referent"], is_referent=True)
    in_team(odette, cast["colleague"])
    in_team(odette, cast["trainee"])
    in_team(odette, cast["external"], external=True)
    in_team(odette, cast["former"], is_referent=True, ends_on=days(-1))
    in_team(odette, cast["later"], is_referent=True, starts_on=days(1))
    in_team(odette, cast["objected"], is_referent=True)
    Objection.objects.create(person=odette, establishment=house, member=cast["objected"])
    return cast


#                        adds   removes  leaves  names a referent when there is one
TABLE = {
    "referent": (True, True, True, True),
    "colleague": (True, False, True, False),
    "trainee": (False, False, True, False),
    "external": (False, False, True, False),
    "former": (False, False, False, False),
    "later": (False, False, False, False),
    "objected": (False, False, False, False),
    "stranger": (False, False, False, False),
    "manager": (True, True, True, True),
    "manager_elsewhere": (False, False, False, False),
    "manager_without_unit": (False, False, False, False),
    "director": (False, False, False, False),
    "administrator": (False, False, False, False),
    "away": (False, False, False, False),
    "person": (False, False, False, False),
}


@pytest.mark.parametrize("who", TABLE)
def test_who_may_do_what_with_a_team(house, odette, cast, who):
    adds, removes, leaves, names = TABLE[who]
    actor = cast[who]
    newcomer = member(house)
    theirs = CareTeamMember.objects.filter(member=cast["colleague"]).get()
    own = CareTeamMember.objects.filter(person=odette, member=actor).first() or theirs
    assert may_add_to_team(actor, odette) is adds
    assert may_join(actor, newcomer, odette) is adds
    assert may_remove_from_team(actor, odette) is removes
    assert may_end_place(actor, own) is leaves
    assert may_change_place(actor, theirs) is names


@pytest.mark.parametrize("who", TABLE)
def test_nobody_lets_themself_in(odette, cast, who):
    actor = cast[who]
    CareTeamMember.objects.filter(member=actor).exclude(is_referent=True).delete()
    assert not may_join(actor, actor, odette)
    with pytest.raises(PermissionDenied):
        add_to_team(odette, actor, by=actor)


@pytest.mark.parametrize("who", TABLE)
def test_lists_and_single_decisions_agree_on_who_leads(odette, cast, who):
    assert Person.objects.led_by(cast[who]).filter(pk=odette.pk).exists() is leads(cast[who], odette)
    assert leads(cast[who], odette) is (who == "manager")


def test_what_the_person_refused_beats_the_manager_too(house, odette, cast):
    Objection.objects.create(person=odette, establishment=house, member=cast["manager"])
    assert not leads(cast["manager"], odette)
    assert not Person.objects.led_by(cast["manager"]).exists()


def test_a_record_under_limitation_has_no_team_to_name(odette, cast):
    odette.limited_on = days(0)
    odette.save()
    assert not may_add_to_team(cast["referent"], odette)
    assert not may_add_to_team(cast["manager"], odette)
    assert not Person.objects.team_open_to(cast["manager"]).exists()


@pytest.mark.parametrize("who", ["objected", "director", "administrator", "away", "person"])
def test_who_cannot_join(odette, cast, who):
    CareTeamMember.objects.filter(member=cast[who]).delete()
    assert not may_join(cast["referent"], cast[who], odette)


class TestJoining:
    def join(self, client, odette, colleague, **fields):
        usual = {"function": "éducatrice", "starts_on": days(0).isoformat(), "once": str(uuid4())}
        return client.post(reverse("people:add_colleague", args=[odette.pk, colleague.pk]), usual | fields)

    def test_a_colleague_is_found_by_name_or_job_and_added(self, client, house, odette, cast):
        lea = member(house, given_name="Léa", family_name="Roux", job="éducatrice")
        sign_in(client, cast["colleague"])
        search = reverse("people:find_colleague", args=[odette.pk])
        page = client.get(search, {"q": "éducat"}).content.decode()
        assert "Léa Roux" in page
        assert cast["director"].name not in client.get(search).content.decode()
        assert "Personne ne correspond" in client.get(search, {"q": "zzz"}).content.decode()
        assert self.join(client, odette, lea).status_code == 302
        assert Person.objects.visible_to(lea).exists()
        assert Entry.objects.get(verb="team.joined").detail["member"] == str(lea.pk)

    def test_an_address_finds_nobody(self, client, house, odette, cast):
        member(house, given_name="Léa", family_name="Roux", email="secret@exemple.fr")
        page = sign_in(client, cast["colleague"]).get(
            reverse("people:find_colleague", args=[odette.pk]), {"q": "secret"}
        )
        assert "Roux" not in page.content.decode()

    def test_the_manager_of_the_unit_names_the_first_and_reads_nothing(self, client, house, cast):
        jeanne = person(house, unit=cast["manager"].unit, communication="Ne pas lire ceci.")
        sign_in(client, cast["manager"])
        teams = client.get(reverse("people:teams")).content.decode()
        assert "Nommer l’équipe" in teams
        assert jeanne.name in teams
        page = client.get(reverse("people:team", args=[jeanne.pk])).content.decode()
        assert "Ne pas lire ceci." not in page + teams
        assert self.join(client, jeanne, cast["stranger"], is_referent="on").status_code == 302
        assert CareTeamMember.objects.get(person=jeanne).is_referent
        for name in ("circle", "identity", "readers", "change_identity"):
            assert client.get(reverse(f"people:{name}", args=[jeanne.pk])).status_code == 404
        assert self.join(client, jeanne, cast["manager"]).status_code == 404
        assert Entry.objects.filter(verb="team.read", person_id=jeanne.pk).exists()

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"starts_on": ""}, "Écrivez la date de début."),
            ({"starts_on": days(-2).isoformat()}, "une date à venir"),
            ({"ends_on": days(-1).isoformat()}, "La fin est avant le début"),
            ({"external": "on"}, "Demandez d’abord son accord"),
            ({"external": "on", "consent": "on", "is_referent": "on"}, "ne fait pas référence"),
        ],
    )
    def test_what_is_wrong_is_said(self, client, odette, cast, fields, words):
        answer = self.join(sign_in(client, cast["colleague"]), odette, cast["stranger"], **fields)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Person.objects.visible_to(cast["stranger"]).exists()

    def test_somebody_from_outside_needs_the_person_s_consent_and_loses_it_at_once(
        self, client, odette, cast
    ):
        sign_in(client, cast["referent"])
        self.join(client, odette, cast["stranger"], external="on", consent="on")
        tie = CareTeamMember.objects.get(member=cast["stranger"])
        assert tie.external
        client.post(reverse("people:end_place", args=[tie.pk]), {"how": "consent"})
        assert not Person.objects.visible_to(cast["stranger"]).exists()
        assert Entry.objects.filter(verb="team.consent_withdrawn").exists()

    def test_nobody_is_twice_in_a_team(self, client, odette, cast):
        answer = self.join(sign_in(client, cast["referent"]), odette, cast["colleague"])
        assert answer.status_code == 422
        assert "déjà dans cette équipe" in answer.content.decode()

    def test_a_trainee_is_no_referent(self, client, house, odette, cast):
        intern = member(house, "trainee")
        self.join(sign_in(client, cast["referent"]), odette, intern, is_referent="on")
        assert not CareTeamMember.objects.get(member=intern).is_referent

    def test_who_was_refused_is_neither_found_nor_added(self, client, odette, cast):
        sign_in(client, cast["referent"])
        page = client.get(reverse("people:find_colleague", args=[odette.pk])).content.decode()
        assert cast["objected"].name not in page
        assert self.join(client, odette, cast["objected"]).status_code == 404


class TestLeaving:
    @pytest.fixture
    def place(self, odette, cast):
        return {tie.member_id: tie for tie in CareTeamMember.objects.filter(person=odette)}

    def end(self, client, tie, **fields):
        return client.post(
            reverse("people:end_place", args=[tie.pk]), {"how": "now", "once": str(uuid4())} | fields
        )

    def test_the_referent_removes_somebody_and_the_record_closes(self, client, odette, cast, place):
        sign_in(client, cast["referent"])
        assert self.end(client, place[cast["colleague"].pk]).status_code == 302
        assert not Person.objects.visible_to(cast["colleague"]).exists()
        assert Entry.objects.filter(verb="team.left").exists()

    def test_on_a_day_it_stays_open_until_the_end_of_it(self, client, odette, cast, place):
        sign_in(client, cast["referent"])
        assert self.end(client, place[cast["colleague"].pk], how="on").status_code == 422
        past = self.end(client, place[cast["colleague"].pk], how="on", last_day=days(-1).isoformat())
        assert past.status_code == 422
        self.end(client, place[cast["colleague"].pk], how="on", last_day=days(0).isoformat())
        assert Person.objects.visible_to(cast["colleague"]).exists()

    def test_a_colleague_leaves_by_themself_and_removes_nobody(self, client, odette, cast, place):
        sign_in(client, cast["colleague"])
        assert self.end(client, place[cast["trainee"].pk]).status_code == 404
        answer = self.end(client, place[cast["colleague"].pk])
        assert answer.url == reverse("people:list")
        assert client.get(reverse("people:team", args=[odette.pk])).status_code == 404

    def test_the_last_referent_names_another_first(self, client, odette, cast, place):
        later = place[cast["later"].pk]
        later.delete()
        place[cast["objected"].pk].delete()
        sign_in(client, cast["referent"])
        mine = place[cast["referent"].pk]
        answer = self.end(client, mine)
        assert answer.status_code == 422
        assert "nommez d’abord un autre référent" in answer.content.decode()
        lower = client.post(reverse("people:change_place", args=[mine.pk]), {"function": "infirmière"})
        assert lower.status_code == 422
        other = place[cast["colleague"].pk]
        named = client.post(
            reverse("people:change_place", args=[other.pk]), {"function": "aide", "is_referent": "on"}
        )
        assert named.status_code == 302
        assert self.end(client, mine).status_code == 302

    def test_once_the_person_has_left_the_last_referent_leaves_too(self, odette, cast, place):
        CareTeamMember.objects.filter(pk__in=[place[cast[n].pk].pk for n in ("later", "objected")]).delete()
        odette.stays.update(discharged_on=days(-1))
        end_place(place[cast["referent"].pk], days(-1), by=cast["referent"])
        assert not Person.objects.visible_to(cast["referent"]).exists()

    def test_somebody_added_by_mistake_today_goes_at_once(self, client, odette, cast):
        tie = in_team(odette, cast["stranger"], starts_on=days(0))
        self.end(sign_in(client, cast["referent"]), tie)
        assert not CareTeamMember.objects.filter(pk=tie.pk).exists()
        assert Entry.objects.filter(verb="team.left", object_id=str(tie.pk)).exists()

    def test_without_any_referent_a_colleague_names_one(self, client, odette, cast, place):
        CareTeamMember.objects.filter(is_referent=True).delete()
        sign_in(client, cast["colleague"])
        tie = place[cast["colleague"].pk]
        client.post(reverse("people:change_place", args=[tie.pk]), {"function": "", "is_referent": "on"})
        tie.refresh_from_db()
        assert tie.is_referent


def test_the_team_pages_ask_the_same_number_of_queries_for_more_people(
    client, house, odette, cast, django_assert_max_num_queries
):
    sign_in(client, cast["manager"])
    for url in (
        reverse("people:teams"),
        reverse("people:team", args=[odette.pk]),
        reverse("people:find_colleague", args=[odette.pk]),
    ):
        with django_assert_max_num_queries(20) as first:
            client.get(url)
        for _ in range(5):
            in_team(odette, member(house, unit=odette.unit))
            in_team(person(house, unit=odette.unit), member(house))
        with django_assert_max_num_queries(20) as second:
            client.get(url)
        assert len(first) == len(second), url


@pytest.mark.parametrize("who", ["referent", "stranger", "director", "person"])
def test_only_managers_open_the_teams_of_a_unit(client, cast, who):
    assert sign_in(client, cast[who]).get(reverse("people:teams")).status_code == 404
