"""The texts beside the contract: the stay contract, the programme of care."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.contracts.actions import set_beside
from avec.contracts.beside import beside_of
from avec.contracts.models import BesideChoice, TextBeside
from avec.people.tests import factories
from avec.people.tests.factories import days, sign_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def address(scene):
    return reverse("contracts:set_beside", args=[scene.person.pk])


def noted(**fields):
    return {
        "kind": "stay",
        "dated_on": days(-20).isoformat(),
        "words": "Au secrétariat.",
        "level": "C2",
    } | fields


def stay_contract(scene, level="C2", **fields):
    usual = {"dated_on": days(-20), "words": "Au secrétariat.", "level": level, "by": scene.nurse}
    return set_beside(scene.person, BesideChoice.STAY, **usual | fields)


def read(client, who, contract):
    return sign_in(client, who).get(reverse("contracts:read", args=[contract.pk])).content.decode()


def test_the_team_reads_that_none_is_noted_and_where_to_note_it(client, scene, contract):
    text = read(client, scene.nurse, contract)
    assert "Aucun contrat de séjour n’est noté ici." in text
    assert "Aucun programme de soins n’est noté ici." in text
    assert address(scene) + "?quoi=stay" in text
    assert "n’est noté ici" not in read(client, scene.resident, contract)


def test_the_history_says_it_too(client, scene):
    where = reverse("contracts:history", args=[scene.person.pk])
    assert address(scene) + "?quoi=programme" in sign_in(client, scene.nurse).get(where).content.decode()
    assert "Les textes à côté" not in sign_in(client, scene.resident).get(where).content.decode()
    stay_contract(scene)
    assert "Au secrétariat." in client.get(where).content.decode()


def test_a_text_that_exists_is_said_to_the_person_with_where_it_is(client, scene, contract):
    client = sign_in(client, scene.nurse)
    assert client.get(address(scene) + "?quoi=stay").status_code == 200
    assert client.post(address(scene), noted()).status_code == 302
    text = TextBeside.objects.get()
    assert (text.kind, text.level, text.file) == ("stay", "C2", None)
    page = read(client, scene.resident, contract)
    assert "Contrat de séjour" in page
    assert "Au secrétariat." in page
    assert "Noté par erreur" not in page


def test_its_file_goes_out_to_who_reads_it_and_is_journaled(client, scene, contract):
    file = SimpleUploadedFile("sejour.pdf", PDF, "application/pdf")
    assert sign_in(client, scene.nurse).post(address(scene), noted(words="", file=file)).status_code == 302
    text = TextBeside.objects.get()
    where = reverse("contracts:beside_file", args=[text.pk])
    answer = sign_in(client, scene.resident).get(where)
    assert answer.content == PDF
    assert Entry.objects.filter(verb="text_beside.read", actor_id=scene.resident.pk).count() == 1
    for stranger in (factories.member(scene.establishment), factories.relative(scene.person).member):
        assert sign_in(client, stranger).get(where).status_code == 404


def test_a_working_note_of_the_team_is_not_shown_to_the_person(scene, contract):
    stay_contract(scene, level="C3")
    assert not beside_of(scene.person, scene.resident).shown
    assert beside_of(scene.person, scene.nurse).kinds[0].texts


def test_without_a_file_one_answers_404(client, scene):
    text = stay_contract(scene)
    where = reverse("contracts:beside_file", args=[text.pk])
    assert sign_in(client, scene.nurse).get(where).status_code == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"words": ""}, "Donnez le fichier, ou écrivez où ce texte est gardé."),
        ({"dated_on": days(2).isoformat()}, "elle ne peut pas être à venir"),
        ({"kind": ""}, "Choisissez une des réponses."),
        ({"level": "C4"}, "C4"),
        ({"file": SimpleUploadedFile("a.pdf", b"MZ not a pdf", "application/pdf")}, "fichier"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence(client, scene, sent, said):
    response = sign_in(client, scene.nurse).post(address(scene), noted() | sent)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not TextBeside.objects.exists()


def test_only_the_team_notes_and_strikes(client, scene):
    text = stay_contract(scene)
    cancel = reverse("contracts:cancel_beside", args=[text.pk])
    stranger = factories.member(scene.establishment)
    for who in (scene.resident, stranger, factories.member(scene.establishment, Role.QUALITY.value)):
        client = sign_in(client, who)
        assert client.post(address(scene), noted()).status_code == 404
        assert client.get(cancel).status_code == 404
        assert client.post(cancel).status_code == 404
    text.refresh_from_db()
    assert text.cancelled_at is None
    assert TextBeside.objects.count() == 1


def test_pressing_twice_notes_one(client, scene):
    client = sign_in(client, scene.nurse)
    once = {"once": "2b1f6f9c-3c6c-4c56-8a43-0a9f6c5a1a02"}
    for _press in range(2):
        assert client.post(address(scene), noted(**once)).status_code == 302
    assert TextBeside.objects.count() == 1


def test_noted_by_mistake_it_no_longer_shows(client, scene, contract):
    text = stay_contract(scene)
    cancel = reverse("contracts:cancel_beside", args=[text.pk])
    client = sign_in(client, scene.nurse)
    assert "daté du" in client.get(cancel).content.decode()
    once = {"once": "2b1f6f9c-3c6c-4c56-8a43-0a9f6c5a1a03"}
    for _press in range(2):
        assert client.post(cancel, once).status_code == 302
    assert "Au secrétariat." not in read(client, scene.nurse, contract)
    assert client.get(cancel).status_code == 404
    assert Entry.objects.filter(verb="text_beside.cancelled").count() == 1


def test_the_page_asks_as_many_queries_for_one_text_as_for_many(client, scene, contract):
    where = reverse("contracts:read", args=[contract.pk])
    stay_contract(scene)
    sign_in(client, scene.nurse).get(where)
    with CaptureQueriesContext(connection) as one:
        client.get(where)
    for count in range(4):
        stay_contract(scene, dated_on=days(-100 - count))
    with CaptureQueriesContext(connection) as many:
        client.get(where)
    assert len(one) == len(many)
