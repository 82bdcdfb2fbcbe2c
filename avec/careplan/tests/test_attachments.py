"""Files joined to the plan and to its lines: by their bytes, never wider than what they are joined to."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.actions.attachments import attach
from avec.careplan.actions.needs import change_need, write_need
from avec.careplan.found import Found
from avec.careplan.models import Attachment
from avec.careplan.tests.factories import (
    activity,
    establishment,
    expectation,
    goal,
    in_team,
    member,
    person,
    plan,
    relative,
    sign_in,
)
from avec.documents.models import FileContent, StoredFile

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nun compte rendu"
PNG = b"\x89PNG\r\n\x1a\nune image"


@pytest.fixture
def world():
    house = establishment()
    nurse, colleague, odette = member(house), member(house), person(house)
    in_team(odette, nurse)
    in_team(odette, colleague)
    referent = member(house)
    in_team(odette, referent, is_referent=True)
    opened = plan(odette, nurse)
    need = write_need(opened, Found("De l’aide", is_strength=False, level="C2"), by=nurse)
    return {
        "house": house,
        "nurse": nurse,
        "colleague": colleague,
        "referent": referent,
        "person": odette,
        "plan": opened,
        "need": need,
    }


def as_(world, who):
    return sign_in(Client(), world[who])


def words_of(answer):
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def send(world, content=PDF, name="Bilan kiné.pdf", to="", who="nurse", **fields):
    address = reverse("careplan:attach", args=[world["plan"].pk]) + (f"?a={to}" if to else "")
    sent = {"title": "", "level": "C2", "file": SimpleUploadedFile(name, content)}
    return as_(world, who).post(address, sent | fields)


def joined(world, line=None, by="nurse", level="C2"):
    return attach(
        world["plan"],
        title="Bilan",
        content_type="application/pdf",
        content=PDF,
        level=level,
        by=world[by],
        line=line,
    )


def test_a_file_is_joined_to_the_plan_and_read_back(world):
    assert send(world).status_code == 302
    found = Attachment.objects.get()
    assert (found.title, found.file.content_type, found.written_by) == (
        "Bilan kiné",
        "application/pdf",
        world["nurse"],
    )
    client = as_(world, "colleague")
    answer = client.get(reverse("careplan:attachment", args=[found.pk]))
    assert b"".join(answer) == PDF
    shown = words_of(client.get(reverse("careplan:assessments", args=[world["person"].pk])))
    assert "Bilan kiné" in shown
    assert Entry.objects.filter(verb="attachment.added").count() == 1


def test_every_line_of_the_plan_takes_files(world):
    nurse, opened = world["nurse"], world["plan"]
    lines = {
        "attente": expectation(opened, world["person"].member),
        "besoin": world["need"],
        "objectif": goal(opened, nurse),
        "action": activity(opened, nurse),
    }
    for kind, line in lines.items():
        shown = as_(world, "nurse").get(
            reverse("careplan:attach", args=[opened.pk]), {"a": f"{kind}:{line.pk}"}
        )
        assert "jamais partagé plus largement" in words_of(shown)
        assert send(world, to=f"{kind}:{line.pk}").status_code == 302
    assert Attachment.objects.filter(need=world["need"]).count() == 1
    assert Attachment.objects.count() == 4


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90\x00", "photo.png", "programme"),
        (b"PK\x03\x04", "bilan.pdf", "archive"),
        (b"", "vide.pdf", "vide"),
        (b"<html><script>", "page.pdf", "Choisissez un PDF"),
        (PDF + b"0" * (26 * 1024 * 1024), "gros.pdf", "25 Mo"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_nothing_is_kept(world, content, name, words):
    answer = send(world, content, name, title="Mon titre")
    assert answer.status_code in {413, 422}
    assert words in words_of(answer)
    if answer.status_code == 422:
        assert "Mon titre" in words_of(answer)
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()


def test_no_file_at_all_is_told(world):
    address = reverse("careplan:attach", args=[world["plan"].pk])
    answer = as_(world, "nurse").post(address, {"title": "Rien", "level": "C2"})
    assert answer.status_code == 422
    assert "Choisissez un fichier." in words_of(answer)


def test_it_is_never_shared_more_widely_than_its_line(world):
    assert send(world, to=f"besoin:{world['need'].pk}", level="C1").status_code == 422
    assert send(world, to=f"besoin:{world['need'].pk}", level="C3").status_code == 302
    assert not Attachment.objects.visible_to(world["person"].member).exists()


def test_it_follows_its_line_when_that_closes(world):
    found = joined(world, world["need"])
    narrower = Found("De l’aide", is_strength=False, level="C3")
    change_need(world["need"], narrower, version=1, by=world["nurse"])
    found.refresh_from_db()
    assert found.level == "C3"


@pytest.mark.parametrize("to", ["besoin:1", "autre:00000000-0000-0000-0000-000000000000", "besoin", ":"])
def test_a_line_that_is_not_there_is_not_found(world, to):
    address = reverse("careplan:attach", args=[world["plan"].pk])
    assert as_(world, "nurse").get(address, {"a": to}).status_code == 404


def test_a_line_of_somebody_else_is_not_found(world):
    other = person(world["house"])
    in_team(other, world["nurse"])
    need = write_need(plan(other, world["nurse"]), Found("Autre", is_strength=False), by=world["nurse"])
    address = reverse("careplan:attach", args=[world["plan"].pk])
    assert as_(world, "nurse").get(address, {"a": f"besoin:{need.pk}"}).status_code == 404


def test_it_is_taken_back_with_a_reason_and_its_bytes_stay(world):
    found = joined(world)
    address = reverse("careplan:withdraw_attachment", args=[found.pk])
    assert as_(world, "colleague").get(address).status_code == 404
    client = as_(world, "nurse")
    assert client.post(address, {"reason": "non"}).status_code == 422
    sent = {"reason": "Ce n’est pas son dossier.", "once": "w1"}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302, "a second press"
    found.refresh_from_db()
    assert (found.withdrawn_by, found.withdrawn_reason) == (world["nurse"], "Ce n’est pas son dossier.")
    assert client.get(reverse("careplan:attachment", args=[found.pk])).status_code == 404
    assert bytes(FileContent.objects.get(pk=found.file_id).data) == PDF


def test_the_referent_takes_back_anybody_s(world):
    found = joined(world)
    address = reverse("careplan:withdraw_attachment", args=[found.pk])
    assert as_(world, "referent").post(address, {"reason": "Reçu par erreur."}).status_code == 302


def test_who_may_not_write_joins_nothing(world):
    world["stranger"] = member(world["house"])
    world["manager"] = member(world["house"], Role.QUALITY.value)
    world["own"] = world["person"].member
    world["daughter"] = relative(world["person"], "carer").member
    for who in ("stranger", "manager", "own", "daughter"):
        assert send(world, who=who).status_code == 404
    assert not Attachment.objects.exists()
