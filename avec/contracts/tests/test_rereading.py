import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from avec.contracts.models import ProofReading
from avec.contracts.preparing import preview
from avec.contracts.reread import easy_parts, easy_words, proof_reading_of
from avec.contracts.rules import easy_print, easy_reading, from_data
from avec.people.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse(client, scene):
    factories.sign_in(client, scene.nurse)
    return client


def address(contract):
    return reverse("contracts:reread", args=[contract.pk])


def answers(contract, **changes):
    return {
        "who": "others",
        "readers": "Karim et Lucie",
        "agreed": "on",
        "read_on": timezone.localdate().isoformat(),
        "clear": "yes",
        "text": easy_print(from_data(contract.content)),
    } | changes


def footer(client, contract):
    return client.get(reverse("contracts:read", args=[contract.pk])).content.decode()


def test_the_page_holds_every_sentence_that_the_print_is_of(nurse, scene, contract):
    text = from_data(contract.content)
    assert tuple(line for part in easy_parts(text) for line in part.lines) == easy_reading(text)
    page = nurse.get(address(contract)).content.decode()
    assert all(line.split("\u00a0")[0][:30] in page for line in easy_reading(text))
    assert easy_print(text)[:12] in page


def test_falc_is_written_once_people_concerned_found_it_clear(nurse, scene, contract):
    assert "nous n’écrivons donc pas" in footer(nurse, contract)
    assert nurse.post(address(contract), answers(contract)).status_code == 302
    reading = ProofReading.objects.get()
    assert reading.readers == "Karim et Lucie"
    assert "par Karim et Lucie\u00a0: ce texte est facile à lire et à comprendre (FALC)." in footer(
        nurse, contract
    )


def test_the_latest_reading_decides(nurse, scene, contract):
    text = from_data(contract.content)
    nurse.post(address(contract), answers(contract))
    nurse.post(address(contract), answers(contract, clear="no", remarks="Le mot « banc »."))
    assert proof_reading_of(scene.person, text) is None
    # Written down later, a reading of an earlier day changes nothing.
    earlier = (timezone.localdate() - datetime.timedelta(days=9)).isoformat()
    nurse.post(address(contract), answers(contract, read_on=earlier))
    assert proof_reading_of(scene.person, text) is None
    assert "FALC" in easy_words(None)


def test_a_word_that_changes_asks_for_another_reading(nurse, scene, contract):
    nurse.post(address(contract), answers(contract))
    draft = preview(scene.plan).text
    assert proof_reading_of(scene.person, draft) is not None
    scene.goal.easy_words = "Vous allez au jardin."
    scene.goal.save()
    assert proof_reading_of(scene.person, preview(scene.plan).text) is None


def test_a_text_that_changed_while_it_was_read_is_read_again(nurse, scene):
    page = reverse("contracts:reread_draft", args=[scene.person.pk])
    old = nurse.get(page).context["easy_print"]
    scene.goal.easy_words = "Vous allez au jardin."
    scene.goal.save()
    data = {"who": "alone", "read_on": timezone.localdate().isoformat(), "clear": "yes", "text": old}
    response = nurse.post(page, data)
    assert response.status_code == 422
    assert "Le texte a changé" in response.content.decode()
    assert not ProofReading.objects.exists()
    assert nurse.post(page, data | {"text": response.context["easy_print"]}).status_code == 302
    # Reading one's own text asks nobody's leave.
    assert ProofReading.objects.get().readers == scene.person.called


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"who": ""}, "Choisissez qui a relu."),
        ({"readers": ""}, "Écrivez qui a relu."),
        ({"agreed": ""}, "demandez d’abord son accord"),
        ({"clear": ""}, "Dites si tout est clair."),
        ({"clear": "no"}, "Écrivez ce qui n’est pas clair."),
        ({"read_on": "2999-01-01"}, "Écrivez une date"),
        ({"read_on": (timezone.localdate() + datetime.timedelta(days=3)).isoformat()}, "à venir"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(nurse, scene, contract, changes, sentence):
    response = nurse.post(address(contract), answers(contract, **changes))
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert "readers" in changes or "Karim et Lucie" in page
    assert not ProofReading.objects.exists()


def test_pressing_twice_notes_one_reading(nurse, scene, contract):
    sent = answers(contract, once="one press")
    nurse.post(address(contract), sent)
    nurse.post(address(contract), sent)
    assert ProofReading.objects.count() == 1


def test_a_stranger_reads_and_notes_nothing(client, scene, contract):
    factories.sign_in(client, factories.member(scene.establishment))
    assert client.get(address(contract)).status_code == 404
    assert client.post(address(contract), answers(contract)).status_code == 404
    factories.sign_in(client, scene.resident)
    assert client.post(address(contract), answers(contract)).status_code in {403, 404}
    assert not ProofReading.objects.exists()
