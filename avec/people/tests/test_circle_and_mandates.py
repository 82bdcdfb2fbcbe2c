from uuid import uuid4

import pytest
from django.urls import reverse

from avec.audit.models import Entry
from avec.people.actions.circle import MANDATE, RELATIVE
from avec.people.banner import banner_fields, banner_of, circle_of
from avec.people.clash import version_of
from avec.people.models import Mandate, Person, RelatedPerson
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
    odette = person(house)
    in_team(odette, nurse, is_referent=True)
    return odette


@pytest.fixture
def claire(odette):
    return relative(odette, None, given_name="Claire", family_name="Duval")


def circle_page(client, someone) -> str:
    return client.get(reverse("people:circle", args=[someone.pk])).content.decode()


def banner_words(someone) -> str:
    row = Person.objects.annotate(**banner_fields()).get(pk=someone.pk)
    fact = banner_of(someone, circle_of(someone.circle.all()), row).facts[-1]
    return " ".join([*(voice["word"] for voice in fact["voices"]), fact["note"]])


def give(client, somebody: RelatedPerson, **fields):
    usual = {"kind": "carer", "agreed": "on", "starts_on": days(-3).isoformat(), "once": str(uuid4())}
    url = reverse("people:give_mandate", args=[somebody.person_id, somebody.pk])
    return client.post(url, usual | fields)


class TestTheCircle:
    def test_somebody_is_added_and_reads_nothing_yet(self, client, odette, nurse):
        sign_in(client, nurse)
        said = {"given_name": "Claire", "family_name": "Duval", "relation": "sa fille", "once": str(uuid4())}
        said |= {"phone": "06 12 34 56 78", "email": "claire@exemple.fr"}
        assert client.post(reverse("people:add_relative", args=[odette.pk]), said).status_code == 302
        page = circle_page(client, odette)
        assert "sa fille" in page
        assert "Aucun mandat" in page
        assert Entry.objects.filter(verb="relative.added").exists()

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"family_name": ""}, "Écrivez le nom."),
            ({"phone": "appeler Léa"}, "Écrivez un numéro"),
            ({"email": "claire"}, "Écrivez une adresse"),
            ({"given_name": "Claire", "family_name": "DUVAL", "relation": "Sa fille"}, "déjà dans le cercle"),
        ],
    )
    def test_what_is_wrong_is_said(self, client, odette, nurse, claire, fields, words):
        said = {"given_name": "Luc", "family_name": "Prat"} | fields
        answer = sign_in(client, nurse).post(reverse("people:add_relative", args=[odette.pk]), said)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert RelatedPerson.objects.count() == 1

    def test_a_line_is_mended_and_two_editors_lose_nothing(self, client, odette, nurse, claire):
        url = reverse("people:change_relative", args=[odette.pk, claire.pk])
        said = {name: getattr(claire, name) for name in RELATIVE}
        said |= {"phone": "0611223344", "version": version_of(claire, RELATIVE)}
        sign_in(client, nurse)
        assert client.post(url, said).status_code == 302
        again = client.post(url, said | {"phone": "0699999999"})
        assert again.status_code == 409
        assert "0611223344" in again.content.decode()
        claire.refresh_from_db()
        assert claire.phone == "0611223344"

    def test_a_line_written_by_mistake_is_taken_out(self, client, odette, nurse):
        luc = relative(odette, None, member=None)
        sign_in(client, nurse).post(reverse("people:remove_relative", args=[odette.pk, luc.pk]))
        assert not RelatedPerson.objects.exists()
        assert Entry.objects.filter(verb="relative.removed").exists()

    def test_who_held_a_mandate_or_has_a_space_stays(self, client, odette, nurse, claire):
        luc = relative(odette, "carer", member=None, mandate={"revoked_on": days(-1)})
        sign_in(client, nurse)
        for somebody in (luc, claire):
            client.post(reverse("people:remove_relative", args=[odette.pk, somebody.pk]))
        assert RelatedPerson.objects.count() == 2
        assert not Entry.objects.filter(verb="relative.removed").exists()

    def test_another_person_s_relative_is_not_found(self, client, house, odette, nurse):
        other = relative(person(house))
        sign_in(client, nurse)
        for name in ("change_relative", "remove_relative", "give_mandate"):
            assert client.get(reverse(f"people:{name}", args=[odette.pk, other.pk])).status_code == 404


class TestMandates:
    def test_each_kind_says_what_it_opens_and_where_it_comes_from(self, client, odette, nurse, claire):
        url = reverse("people:give_mandate", args=[odette.pk, claire.pk])
        page = sign_in(client, nurse).get(url).content.decode()
        for source in ("L1110-4", "L311-5-1", "L1111-6", "459", "425"):
            assert source in page
        assert "ne lit rien du dossier" in page

    def test_a_carer_reads_once_the_mandate_is_noted(self, client, odette, nurse, claire):
        assert not Person.objects.visible_to(claire.member).exists()
        assert give(sign_in(client, nurse), claire).status_code == 302
        assert Person.objects.visible_to(claire.member).exists()
        assert Entry.objects.get(verb="mandate.given").detail == {"kind": "carer"}

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"kind": ""}, "Choisissez un mandat."),
            ({"kind": "king"}, "Choisissez un mandat de la liste."),
            ({"agreed": ""}, "Il faut un écrit"),
            ({"starts_on": ""}, "Écrivez la date de l’accord ou du jugement."),
            ({"starts_on": "5 mars"}, "Écrivez une date, par exemple"),
            ({"ends_on": days(-4).isoformat()}, "La fin est avant le début"),
            ({"wider": "on"}, "ne vaut que pour une personne de confiance"),
            ({"co_signs": "on"}, "ne vaut que pour une assistance"),
            ({"kind": "parent"}, "s’arrête à 18 ans"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_opens(self, client, odette, nurse, claire, fields, words):
        answer = give(sign_in(client, nurse), claire, **fields)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Mandate.objects.exists()

    def test_property_only_opens_nothing(self, client, odette, nurse, claire):
        give(sign_in(client, nurse), claire, kind="property", agreed="")
        assert not Person.objects.visible_to(claire.member).exists()

    def test_there_is_one_trusted_person(self, client, odette, nurse, claire):
        relative(odette, "trusted", given_name="Luc", family_name="Prat")
        answer = give(sign_in(client, nurse), claire, kind="trusted")
        assert answer.status_code == 422
        assert "Luc Prat est déjà la personne de confiance" in answer.content.decode()

    def test_the_same_mandate_is_given_once(self, client, odette, nurse, claire):
        sign_in(client, nurse)
        give(client, claire)
        assert give(client, claire).status_code == 422
        assert Mandate.objects.count() == 1

    def test_the_authority_of_a_parent_ends_by_itself_at_18(self, client, house, nurse):
        child = person(house, birth_date=days(0).replace(year=days(0).year - 12, day=15))
        in_team(child, nurse)
        mother = relative(child, None)
        give(sign_in(client, nurse), mother, kind="parent", agreed="")
        born = child.birth_date
        assert Mandate.objects.get().ends_on == born.replace(year=born.year + 18, day=14)

    def test_a_judgment_that_ends_soon_says_so_then_closes(self, client, odette, nurse, claire):
        sign_in(client, nurse)
        give(client, claire, kind="assistance", origin="judge", agreed="", ends_on=days(40).isoformat())
        assert "se termine dans 40 jours" in circle_page(client, odette)
        Mandate.objects.update(ends_on=days(-1))
        assert "terminé le" in circle_page(client, odette)
        assert not Person.objects.visible_to(claire.member).exists()

    def test_it_is_taken_back_at_once_or_ended_on_a_day(self, client, odette, nurse, claire):
        sign_in(client, nurse)
        give(client, claire)
        mandate = Mandate.objects.get()
        url = reverse("people:end_mandate", args=[mandate.pk])
        assert client.post(url, {"how": "on"}).status_code == 422
        early = client.post(url, {"how": "on", "ends_on": days(-9).isoformat()})
        assert "La fin est avant le début" in early.content.decode()
        client.post(url, {"how": "on", "ends_on": days(3).isoformat()})
        assert Person.objects.visible_to(claire.member).exists()
        client.post(url, {"how": "now"})
        assert not Person.objects.visible_to(claire.member).exists()
        assert client.post(url, {"how": "now"}).status_code == 302
        assert Entry.objects.filter(verb="mandate.revoked").count() == 1

    def test_its_dates_are_mended_by_one_editor_at_a_time(self, client, odette, nurse, claire):
        sign_in(client, nurse)
        give(client, claire, kind="assistance", origin="judge", agreed="")
        mandate = Mandate.objects.get()
        url = reverse("people:change_mandate", args=[mandate.pk])
        said = {"starts_on": days(-3).isoformat(), "ends_on": days(200).isoformat(), "co_signs": "on"}
        said["origin"] = "family"
        said["version"] = version_of(mandate, MANDATE)
        assert client.post(url, said).status_code == 302
        assert client.post(url, said | {"words": "son curateur"}).status_code == 409
        mandate.refresh_from_db()
        assert mandate.co_signs
        assert mandate.origin == "family"
        assert mandate.words == ""

    @pytest.mark.parametrize("kind", ["assistance", "representation"])
    def test_a_judged_mandate_says_where_it_comes_from(self, client, odette, nurse, claire, kind):
        sign_in(client, nurse)
        answer = give(client, claire, kind=kind, agreed="", words="sa fille s’en occupe")
        assert answer.status_code == 422
        assert "Choisissez d’où vient ce mandat" in answer.content.decode()
        assert "sa fille s’en occupe" in answer.content.decode()
        assert give(client, claire, kind=kind, agreed="", origin="king").status_code == 422
        assert not Mandate.objects.exists()
        assert give(client, claire, kind=kind, agreed="", origin="family").status_code == 302
        page = circle_page(client, odette)
        assert f"{Mandate.objects.get()}" in page
        assert "habilitation familiale" in str(Mandate.objects.get())
        assert "habilitation familiale" in banner_words(odette)

    def test_its_own_words_do_not_hide_where_it_comes_from(self, odette, claire):
        relative(odette, "representation", mandate={"origin": "future", "words": "veille sur elle"})
        assert "Mandat de protection future. Sans date de fin notée." in banner_words(odette)

    @pytest.mark.parametrize("kind", ["carer", "trusted", "property"])
    def test_the_others_come_from_nobody_else(self, client, odette, nurse, claire, kind):
        """Chosen, then hidden when the kind changes: it says nothing any more."""
        assert give(sign_in(client, nurse), claire, kind=kind, origin="family").status_code == 302
        assert Mandate.objects.get().origin == ""

    def test_a_trainee_adds_a_line_and_gives_no_mandate(self, client, house, odette, claire):
        trainee = member(house, "trainee")
        in_team(odette, trainee)
        sign_in(client, trainee)
        assert client.get(reverse("people:add_relative", args=[odette.pk])).status_code == 200
        assert give(client, claire).status_code == 404
        page = circle_page(client, odette)
        assert "Donner un mandat" not in page
        assert "Ajouter quelqu’un" in page
        assert not Mandate.objects.exists()
