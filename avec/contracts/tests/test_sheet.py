"""A version on paper: what is printed of it, in its two readings, and the proof of each choice."""

import subprocess
from dataclasses import replace
from io import BytesIO

import pytest
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from avec.contracts.actions import (
    Choice,
    attest_choice,
    choose_on_paper,
    issue_contract,
    scan_paper,
    sign_here,
    sign_line,
    write_individual_document,
)
from avec.contracts.evidence import enough
from avec.contracts.models import CareContract, IndividualWhyChoice
from avec.contracts.rules import Outcome, from_data, short_code
from avec.contracts.sheet import contract_sheet
from avec.contracts.tests.signing import RIGHTS_READ, line_of, sign_all
from avec.documents.drawings import symbols
from avec.documents.pdf import EasyPart, contract_pdf
from avec.documents.tests.test_pdf import fonts_of, pages_of, tags_of

pytestmark = pytest.mark.django_db
DRAWN = [[[50, 200], [150, 60]], [[400, 100]]]


def printed(contract, reading="full", **more):
    found = subprocess.run(
        ["pdftotext", "-", "-"],  # noqa: S607
        input=contract_pdf(contract_sheet(contract, reading, **more)),
        capture_output=True,
        check=True,
    )
    return " ".join(found.stdout.decode().replace("\u00a0", " ").split())


def signature(contract, voice):
    return next(line for line in contract_sheet(contract, "full").signatures if line.voice == voice)


def proofs(contract, voice):
    return {proof.label: proof.words for proof in signature(contract, voice).proofs}


@pytest.mark.parametrize("reading", ["full", "easy"])
def test_the_week_and_the_short_code_are_printed(contract, reading):
    text = printed(contract, reading)
    assert "Une semaine ordinaire" in text
    assert "Chaque jour" in text
    assert text.count(f"code {short_code(contract.fingerprint)}") >= 2


def test_the_easy_reading_stands_beside_its_images_and_stays_accessible(scene, contract):
    scene.goal.picto = "garden"
    scene.goal.save()
    again = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    sheet = contract_sheet(again, "easy", verify_url="https://avec.example/verifier/")
    assert sheet.clauses[0].picto == "garden"
    pdf = contract_pdf(sheet)
    reader = PdfFileReader(BytesIO(pdf))
    assert "/Figure" not in tags_of(reader)  # an ornament beside its sentence
    metadata = reader.root["/Metadata"].data.decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert str(reader.root["/Lang"]).startswith("fr")
    fonts = [font for page in pages_of(reader) for font in fonts_of(page)]
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    assert "OpenMoji" in printed(again, "easy")
    assert "OpenMoji" not in printed(again, "full")


def test_every_pictogram_can_be_printed(contract):
    sheet = contract_sheet(contract, "easy")
    parts = tuple(EasyPart((key,), key) for key in symbols())
    assert contract_pdf(replace(sheet, clauses=(replace(sheet.clauses[0], actions=parts),)))


def test_the_week_is_a_real_table_in_the_full_reading(contract):
    pdf = contract_pdf(contract_sheet(contract, "full"))
    assert {"/Table", "/TH", "/TD"} <= set(tags_of(PdfFileReader(BytesIO(pdf))))


def test_each_line_says_in_whose_name_it_is_signed(contract):
    assert "Je signe en mon nom" in printed(contract)


@pytest.mark.parametrize(
    ("one_of", "among", "words"),
    [
        ("", 3, ""),
        ("parent", 1, ""),
        ("parent", 2, "La signature d’un des deux parents suffit."),
        ("guardian", 3, "Une seule de ces 3 signatures suffit."),
    ],
)
def test_one_signature_of_a_group_is_said_to_be_enough(one_of, among, words):
    assert enough(one_of, among) == words


@pytest.mark.parametrize("reading", ["full", "easy"])
def test_the_paper_asks_all_that_is_copied_from_it_and_only_that(contract, reading):
    text = printed(contract, reading)
    asked = text[text.index("Les choix et les signatures") :]
    assert asked.count("J’ai lu mes droits :") == 1
    for words in ("Je peux dire non à un soin.", "mes réserves, ou pourquoi", "le nom du témoin"):
        assert words in asked
    # The signature of a professional is not copied from paper: no box of theirs.
    assert "Signe dans Avec, depuis son espace" in asked
    assert asked.count("Signature ou croix") == len(
        [one for one in contract.lines.all() if not one.member_id]
    )


def test_no_box_is_left_to_tick_once_no_choice_is_taken(scene, contract):
    """Not on a sealed copy: what is ticked there by hand would be worth nothing."""
    assert "Signature ou croix" in printed(contract)
    refusal = Choice(Outcome.REFUSED)
    sign_line(line_of(contract, "person"), refusal, method="password", by=scene.resident)
    contract.refresh_from_db()
    assert signature(contract, "professional").closed == "N’a pas signé"
    for reading in ("full", "easy"):
        assert "Signature ou croix" not in printed(contract, reading)
        assert "N’a pas signé" in printed(contract, reading)


def test_the_easy_reading_draws_the_rights_and_ranks_nothing(contract):
    sheet = contract_sheet(contract, "easy")
    assert len(sheet.rights_pictos) == len(sheet.rights)
    assert set(sheet.rights_pictos) <= set(symbols())
    assert "Priorité" not in printed(contract, "easy")
    assert contract_sheet(contract, "full").rights_pictos == ()


def test_the_proof_of_a_choice_on_a_device_of_the_team(scene, contract):
    attest_choice(
        line_of(contract, "person"),
        Choice(Outcome.ORAL, rights_read=RIGHTS_READ, reading="easy"),
        by=scene.nurse,
    )
    told = proofs(contract, "person")
    assert told["Version lue"] == "facile à lire"
    assert "L’équipe revient pour la signature, au plus tard le" in told
    assert signature(contract, "person").authentication == f"attesté par {scene.nurse.name}"
    sign_here(
        line_of(contract, "person"),
        Choice(Outcome.SIGNED, rights_read=RIGHTS_READ, drawn=DRAWN),
        method="password",
        host=scene.nurse,
        by=scene.resident,
    )
    told = proofs(contract, "person")
    assert told["Façon"].startswith("sur un appareil de l’équipe")
    assert told["Droits lus et cochés"].startswith("Je peux dire non à un soin")
    assert told["Choix d’avant"].startswith("a dit oui à voix haute")
    assert "UTC+0" in signature(contract, "person").when_exact
    pdf = contract_pdf(contract_sheet(contract, "full"))
    assert "/Figure" in tags_of(PdfFileReader(BytesIO(pdf)))  # the drawing, with its words


def test_the_print_of_a_scanned_paper_is_told(scene, contract):
    scan = scan_paper(
        contract,
        title="Papier",
        content_type="application/pdf",
        content=b"%PDF-1.7 paper",
        pages=3,
        signed_on=timezone.localdate(),
        by=scene.nurse,
    )
    choose_on_paper(
        line_of(contract, "person"), Choice(Outcome.SIGNED, rights_read=RIGHTS_READ), scan, by=scene.nurse
    )
    told = proofs(contract, "person")
    assert told["Papier scanné, gardé dans l’application"] == "3 pages"
    assert told["Empreinte du papier scanné (SHA-256)"].replace(" ", "") == scan.file.sha256
    assert signature(contract, "person").authentication == f"papier signé, relu par {scene.nurse.name}"


def test_an_amendment_opens_with_what_changes_and_why(scene, contract):
    sign_all(scene, contract)
    activity = scene.goal.activities.get()
    activity.rhythm = "le mardi"
    activity.save()
    amendment = issue_contract(
        scene.plan, starts_on=timezone.localdate(), why="Elle marche mieux.", by=scene.nurse
    )
    for reading in ("full", "easy"):
        text = printed(amendment, reading)
        assert "Pourquoi : Elle marche mieux." in text
        assert "c’était chaque matin, c’est maintenant le mardi." in text
    amendment.previous.level = "C2"
    assert "c’était chaque matin" not in printed(amendment)


def test_the_individual_document_says_the_same_and_why_it_exists(scene, contract):
    choice = Choice(Outcome.REFUSED, rights_read=RIGHTS_READ)
    sign_line(line_of(contract, "person"), choice, method="password", by=scene.resident)
    contract.refresh_from_db()
    document = write_individual_document(contract, IndividualWhyChoice.REFUSED, by=scene.nurse)
    text = printed(contract, document=document)
    assert "Document individuel de prise en charge (DIPC)" in text
    assert "Il ne remplace pas l’accord" in text
    assert from_data(contract.content).clauses[0].statement in text
    assert "Je peux dire non à un soin." in text
    assert "Signature ou croix" not in text
    assert "Ce contrat n’est pas signé, par choix." in printed(contract)


def test_a_draft_that_is_not_kept_says_that_it_may_change(scene, contract):
    draft = CareContract(
        person=scene.person,
        establishment=scene.establishment,
        plan=scene.plan,
        version=2,
        issued_by=scene.nurse,
        content=contract.content,
        fingerprint=contract.fingerprint,
        **{name: getattr(contract, name) for name in ("starts_on", "ends_on", "review_on")},
    )
    text = printed(draft)
    assert "Ce texte peut encore changer." in text
    assert "Signature ou croix" in text
