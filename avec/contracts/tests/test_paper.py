"""Signing on paper: the sheet that comes back and what it says, written at once or not at all."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from avec.audit.models import Entry
from avec.contracts.actions import Choice, issue_contract, sign_line
from avec.contracts.models import PaperScan, Signature
from avec.contracts.rules import Outcome, short_code
from avec.contracts.tests.signing import RIGHTS_READ, line_of
from avec.documents.models import HeldSound, StoredFile
from avec.documents.tests.test_sandbox import locked_pdf, of_pages
from avec.documents.tests.test_scans import png
from avec.people.models import Mandate
from avec.people.tests import factories

pytestmark = pytest.mark.django_db


def sheet(content=None, name="signé.pdf"):
    return SimpleUploadedFile(name, content if content is not None else of_pages(2))


def answers(contract, voice="person", **changed):
    line = line_of(contract, voice)
    said = {
        "scan": sheet(),
        "code": short_code(contract.fingerprint).lower().replace("-", " "),
        "signed_on": timezone.localdate().isoformat(),
        "reading": "easy",
        f"outcome-{line.order}": "signed",
        f"rights-{line.order}": RIGHTS_READ,
    }
    for name, value in changed.items():
        said[
            f"{name}-{line.order}" if name in {"outcome", "rights", "words", "witness", "back"} else name
        ] = value
    return {name: value for name, value in said.items() if value is not None}


def post(client, contract, **changed):
    return client.post(reverse("contracts:paper", args=[contract.pk]), answers(contract, **changed))


@pytest.fixture
def team(client, scene, contract):
    factories.sign_in(client, scene.nurse)
    return client


def nothing_written():
    return not (Signature.objects.exists() or PaperScan.objects.exists() or StoredFile.objects.exists())


def test_the_paper_and_what_it_says_are_kept_together(team, scene, contract):
    page = team.get(reverse("contracts:paper", args=[contract.pk])).content.decode()
    assert short_code(contract.fingerprint) in page
    assert "signe depuis son espace" in page
    assert post(team, contract).url == reverse("contracts:read", args=[contract.pk])
    choice = Signature.objects.get()
    assert (choice.way, choice.method, choice.by, choice.reading) == ("paper", "paper", scene.nurse, "easy")
    assert choice.scan.pages == 2
    contract.refresh_from_db()
    assert contract.state == "to_sign"
    sign_line(line_of(contract, "professional"), Choice(Outcome.SIGNED), method="password", by=scene.nurse)
    contract.refresh_from_db()
    assert contract.state == "in_force"
    assert "sur papier" in team.get(reverse("contracts:read", args=[contract.pk])).content.decode()


def test_a_photograph_will_do(team, contract):
    assert post(team, contract, scan=sheet(png(), "photo.png")).status_code == 302
    assert PaperScan.objects.get().file.content_type == "image/png"


def test_pressing_twice_keeps_one(team, contract):
    again = {"once": "8d7f3c0e-0000-4000-8000-000000000000"}
    assert [post(team, contract, **again).status_code for _ in range(2)] == [302, 302]
    assert PaperScan.objects.count() == Signature.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"code": "0000-0000"}, "Ce code n’est celui d’aucune version"),
        ({"code": ""}, "Recopiez le code"),
        ({"signed_on": "2031-01-01"}, "il ne peut pas être à venir"),
        ({"signed_on": "2020-01-01"}, "vérifiez la date"),
        ({"signed_on": ""}, "Écrivez une date."),
        ({"reading": None}, "lequel des deux textes"),
        ({"outcome": None}, "Dites ce qui est écrit sur le papier"),
        ({"outcome": "nothing"}, "ne dit rien de personne"),
        ({"rights": RIGHTS_READ[:2]}, "Les 4 droits se lisent avant de signer"),
        ({"outcome": "reservations", "words": ""}, "Recopiez les réserves"),
        ({"outcome": "mark"}, "Écrivez qui a vu faire la croix"),
        ({"outcome": "oral", "back": "2020-01-01"}, "Écrivez une date à venir"),
        ({"scan": None}, "Choisissez un fichier."),
        ({"scan": sheet(of_pages(300))}, "Ce document a 300 pages"),
        ({"scan": sheet(b"%PDF-1.7 truncated")}, "Ce PDF est abîmé"),
        ({"scan": sheet(b"Bonjour", "contrat.txt")}, "Choisissez un PDF ou une image"),
        ({"scan": sheet(locked_pdf("secret"))}, "protégé par un mot de passe"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_written(team, contract, changed, words):
    kept = {"words": "Le matin seulement.", **changed}
    response = post(team, contract, **kept)
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert kept["words"] in page
    assert nothing_written()


def test_a_paper_that_came_in_is_not_asked_again(team, contract):
    page = post(team, contract, code="").content.decode()
    held = re.search(r'name="scan_held" value="([^"]+)"', page)[1]
    assert post(team, contract, scan=None, scan_held=held).status_code == 302
    assert PaperScan.objects.get().file.title == "signé"
    assert not HeldSound.objects.exists()


def test_the_code_of_another_version_says_which(team, scene, contract):
    newer = issue_contract(
        scene.plan,
        starts_on=timezone.localdate(),
        review_on=timezone.localdate() + datetime.timedelta(days=300),
        by=scene.nurse,
    )
    response = post(team, newer, code=short_code(contract.fingerprint))
    assert response.status_code == 422
    assert "Ce papier porte le code d’une autre version\u00a0: la version 1." in response.content.decode()
    assert nothing_written()


def test_a_version_that_was_taken_back_leads_to_the_one_that_counts(team, scene, contract):
    newer = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    assert post(team, contract).url == reverse("contracts:read", args=[newer.pk])
    assert nothing_written()


def test_a_mark_names_who_saw_it_and_who_signs_nothing(team, scene, contract):
    refused = post(team, contract, outcome="mark", witness=scene.nurse.name)
    assert refused.status_code == 422
    assert "qui ne signe pas ce contrat" in refused.content.decode()
    assert nothing_written()
    assert post(team, contract, outcome="mark", witness="Paul Durand").status_code == 302
    assert Signature.objects.get().witness_name == "Paul Durand"


def test_an_oral_yes_says_when_one_comes_back(team, contract):
    post(team, contract, outcome="oral")
    assert Signature.objects.get().come_back_on == timezone.localdate() + datetime.timedelta(days=7)


def test_articles_ticked_on_paper_are_kept(team, contract):
    line = line_of(contract, "person")
    refused = post(team, contract, **{f"article-1-{line.order}": "in_part"})
    assert "avec des réserves" in refused.content.decode()
    post(team, contract, outcome="reservations", **{f"article-1-{line.order}": "in_part"})
    assert Signature.objects.get().choices == {"1": "in_part"}


def test_two_who_refuse_on_one_sheet_are_both_written(client, scene):
    curator = factories.relative(scene.person, "assistance")
    Mandate.objects.filter(related_person=curator).update(co_signs=True)
    contract = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    factories.sign_in(client, scene.nurse)
    second = contract.lines.get(relative=curator)
    post(client, contract, outcome="refused", **{f"outcome-{second.order}": "refused"})
    assert Signature.objects.filter(outcome="refused").count() == 2
    contract.refresh_from_db()
    assert contract.state == "refused"


def test_a_professional_is_never_written_in(team, contract):
    line = line_of(contract, "professional")
    post(team, contract, **{f"outcome-{line.order}": "signed"})
    assert not line.signatures.exists()


def test_who_is_not_of_the_team_finds_nothing(client, scene, contract):
    factories.sign_in(client, factories.member(scene.establishment))
    assert client.get(reverse("contracts:paper", args=[contract.pk])).status_code == 404
    assert post(client, contract).status_code == 404
    assert nothing_written()


def test_a_trainee_who_tries_is_logged(client, scene, contract):
    trainee = factories.member(scene.establishment, role="trainee")
    factories.in_team(scene.person, trainee)
    factories.sign_in(client, trainee)
    assert post(client, contract).status_code == 404
    assert nothing_written()
    assert Entry.objects.filter(verb="signature.refused", actor_id=trainee.pk).exists()


def test_the_scan_is_read_by_who_reads_the_contract(team, client, scene, contract):
    post(team, contract, scan=sheet(png(), "photo.png"))
    address = reverse("contracts:scan", args=[PaperScan.objects.get().pk])
    shown = team.get(address)
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert Entry.objects.filter(verb="paper_scan.read", actor_id=scene.nurse.pk).count() == 1
    client.logout()
    factories.sign_in(client, factories.member(scene.establishment))
    assert client.get(address).status_code == 404
