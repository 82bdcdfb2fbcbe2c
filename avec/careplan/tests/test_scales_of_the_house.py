"""The scales of the house: who loads them, what is refused, what stays."""

import json
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.actions.assessments import Findings, start_assessment
from avec.careplan.models import Questionnaire
from avec.careplan.tests.factories import establishment, in_team, member, person, plan, sign_in

pytestmark = pytest.mark.django_db
LIST = "careplan:questionnaires"
SMALL = {
    "title": "Douleur",
    "url": "https://exemple.org/douleur",
    "questions": [
        {"id": "a", "words": "Intensité", "kind": "number", "least": 0, "most": 10, "counts": True},
        {"id": "b", "words": "Où ?", "kind": "text"},
    ],
}


@pytest.fixture
def house():
    return establishment()


@pytest.fixture
def quality(house):
    return sign_in(Client(), member(house, Role.QUALITY.value))


def words_of(answer):
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def file_of(data, name="grille.json"):
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return SimpleUploadedFile(name, content, "application/json")


def load(client, data, **fields):
    usual = {"source": "Échelle publiée, domaine public.", "replaces": ""}
    return client.post(reverse(LIST), usual | fields | {"file": file_of(data)})


def test_a_file_is_loaded_with_its_right_of_use(quality):
    answer = load(quality, SMALL, for_person="on")
    found = Questionnaire.objects.get()
    assert answer.url == reverse("careplan:questionnaire", args=[found.pk])
    assert (found.source, found.for_person) == ("Échelle publiée, domaine public.", True)
    shown = words_of(quality.get(answer.url))
    assert "Intensité" in shown
    assert "de 0 à 10" in shown
    assert Entry.objects.filter(verb="questionnaire.loaded").count() == 1


@pytest.mark.parametrize(
    ("data", "fields", "words"),
    [
        (SMALL, {"source": ""}, "par quel droit vous l’utilisez"),
        (SMALL, {"source": "ok"}, "par quel droit vous l’utilisez"),
        (b"MZ\x90\x00", {}, "Ce fichier n’est pas du texte."),
        (b"", {}, "Ce fichier est vide."),
        (b"{" * 300_000, {}, "trop lourd"),
        ({"title": "Vide"}, {}, "n’a pas de question"),
        (SMALL | {"questions": [{"id": "a", "words": "A", "kind": "date"}]}, {}, "« date » n’est pas pris"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_changes(quality, data, fields, words):
    answer = load(quality, data, **fields)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert not Questionnaire.objects.exists()


def test_the_same_version_is_not_loaded_twice(quality):
    load(quality, SMALL)
    again = load(quality, SMALL | {"title": "Autre"})
    assert again.status_code == 422
    assert "La version « 1 » de cette grille est déjà là." in words_of(again)


def test_a_new_version_retires_the_one_it_replaces_and_its_answers_keep_it(quality, house):
    load(quality, SMALL)
    first = Questionnaire.objects.get()
    nurse, odette = member(house), person(house)
    in_team(odette, nurse)
    kept = start_assessment(
        plan(odette, nurse), Findings("douleur", answers={"a": 3}), by=nurse, questionnaire=first
    )
    load(quality, SMALL | {"version": "2", "title": "Douleur, mieux dite"}, replaces=str(first.pk))
    first.refresh_from_db()
    kept.refresh_from_db()
    second = Questionnaire.objects.get(version="2")
    assert first.retired_at is not None
    assert (second.url, second.retired_at) == (first.url, None)
    assert (kept.form, kept.score) == (first, 3)
    assert "n’est plus proposée" in words_of(quality.get(reverse("careplan:questionnaire", args=[first.pk])))


def test_one_of_ours_is_taken_retired_and_taken_again(quality):
    assert "Ce ne sont pas des échelles validées." in words_of(quality.get(reverse(LIST)))
    add = reverse("careplan:add_questionnaire", args=["mon-repas"])
    quality.post(add)
    found = Questionnaire.objects.get()
    quality.post(reverse("careplan:retire_questionnaire", args=[found.pk]))
    found.refresh_from_db()
    assert found.retired_at is not None
    quality.post(add)
    assert Questionnaire.objects.get().retired_at is None
    assert quality.post(reverse("careplan:add_questionnaire", args=["inconnue"])).status_code == 302


def test_it_goes_out_as_a_file_that_may_be_loaded_elsewhere(quality):
    load(quality, SMALL)
    found = Questionnaire.objects.get()
    answer = quality.get(reverse("careplan:questionnaire_file", args=[found.pk]))
    assert "douleur-1.json" in answer.headers["Content-Disposition"]
    elsewhere = sign_in(Client(), member(establishment(), Role.DIRECTOR.value))
    assert load(elsewhere, json.loads(answer.content)).status_code == 302
    assert Questionnaire.objects.count() == 2


@pytest.mark.parametrize("role", [Role.PROFESSIONAL, Role.TRAINEE, Role.ADMINISTRATOR, Role.RESEARCHER])
def test_only_those_who_steer_the_house_load_scales(house, quality, role):
    load(quality, SMALL)
    found = Questionnaire.objects.get()
    client = sign_in(Client(), member(house, role.value))
    assert client.get(reverse(LIST)).status_code == 404
    assert client.post(reverse("careplan:retire_questionnaire", args=[found.pk])).status_code == 404
    reads = role in {Role.PROFESSIONAL, Role.TRAINEE}
    expected = 200 if reads else 404
    assert client.get(reverse("careplan:questionnaire", args=[found.pk])).status_code == expected


def test_another_house_sees_nothing_of_it(quality):
    load(quality, SMALL)
    found = Questionnaire.objects.get()
    elsewhere = sign_in(Client(), member(establishment(), Role.QUALITY.value))
    assert "Douleur" not in words_of(elsewhere.get(reverse(LIST)))
    for name in ("questionnaire", "questionnaire_file"):
        assert elsewhere.get(reverse(f"careplan:{name}", args=[found.pk])).status_code == 404
    assert elsewhere.post(reverse("careplan:retire_questionnaire", args=[found.pk])).status_code == 404
