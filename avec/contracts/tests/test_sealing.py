"""Sealed when the last one signs, or later; stamped then or later; and checked by whoever holds a copy."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.contracts.actions import (
    Choice,
    end_contract,
    issue_contract,
    seal_copy,
    seal_individual,
    sign_line,
    stamp_copy,
    write_individual_document,
)
from avec.contracts.copies import copy_file, seal_now, seal_waiting, to_seal, to_stamp
from avec.contracts.models import (
    EndChoice,
    IndividualCopy,
    IndividualWhyChoice,
    SealedCopy,
    StampedCopy,
)
from avec.contracts.rules import Outcome
from avec.contracts.tests.signing import line_of, sign_all
from avec.contracts.tests.test_paper import post
from avec.contracts.tests.test_proof import past_the_guards
from avec.contracts.verify import check_document, verify_database
from avec.documents.actions import file_bytes
from avec.documents.seal import verify_pdf
from avec.documents.tests import timeserver
from avec.documents.unavailable import SealUnavailable, StampUnavailable
from avec.people.tests import factories

pytestmark = pytest.mark.django_db
NOBODY = "http://127.0.0.1:9/"  # the « discard » port: nothing answers there


@pytest.fixture
def clock(settings, tmp_path):
    trust = tmp_path / "clocks.pem"
    trust.write_bytes(timeserver.authority_pem())
    settings.AVEC_TSA_TRUST = str(trust)
    with timeserver.answering() as (address, told):
        settings.AVEC_TSA_URL = address
        yield told


@pytest.fixture
def no_certificate(settings, tmp_path):
    settings.AVEC_SEAL_PKCS12 = str(tmp_path / "absent.p12")


@pytest.fixture
def signed(scene, contract):
    sign_all(scene, contract)
    contract.refresh_from_db()
    return contract


def test_both_readings_are_sealed_and_stamped_at_once(clock, scene, signed):
    seal_now(signed, by=scene.nurse)
    assert SealedCopy.objects.count() == StampedCopy.objects.count() == 2
    content = file_bytes(copy_file(signed, "easy", by=scene.nurse))
    assert verify_pdf(content).stamp_known
    verdict = check_document(content)
    assert verdict.sound
    assert any("Il est horodaté le" in said and timeserver.NAME in said for said in verdict.sentences)


def test_one_changed_byte_of_a_stamped_copy_is_seen(clock, scene, signed):
    seal_now(signed, by=scene.nurse)
    content = file_bytes(copy_file(signed, "full", by=scene.nurse))
    for place in range(200, len(content), len(content) // 7):
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        assert not check_document(changed).sound


def test_without_the_authority_of_time_it_is_signed_sealed_and_stamped_later(settings, clock, scene, signed):
    there, settings.AVEC_TSA_URL = settings.AVEC_TSA_URL, NOBODY
    seal_now(signed, by=scene.nurse)
    assert SealedCopy.objects.count() == 2
    assert not StampedCopy.objects.exists()
    night = seal_waiting()
    assert (night.sealed, night.stamped) == (0, 0)
    assert "Il reste 2 copies à faire." in night.troubles[0]
    settings.AVEC_TSA_URL = there
    assert (seal_waiting().stamped, to_stamp().count()) == (2, 0)
    assert Entry.objects.filter(verb="contract.stamped", actor_id=None).count() == 2
    assert verify_database()[1]


def test_without_the_certificate_it_is_signed_and_sealed_later(settings, no_certificate, scene, signed):
    with pytest.raises(SealUnavailable):
        seal_now(signed, by=scene.nurse)
    assert not SealedCopy.objects.exists()
    night = seal_waiting()
    assert "Il reste 2 copies à faire." in night.troubles[0]
    settings.AVEC_SEAL_PKCS12 = ""
    assert seal_waiting().sealed == 2
    assert not to_seal().exists()
    assert seal_waiting().sealed == 0
    assert verify_database()[1]


def test_the_page_says_that_the_copy_comes_later(client, no_certificate, scene, signed):
    factories.sign_in(client, scene.nurse)
    response = client.get(reverse("contracts:pdf", args=[signed.pk, "full"]), follow=True)
    assert "AVEC_SEAL_PKCS12" in response.content.decode() or "certificat" in response.content.decode()


def test_a_copy_is_stamped_once(clock, scene, signed):
    copy = seal_copy(signed, "full", by=scene.nurse)
    assert stamp_copy(copy, by=scene.nurse) == stamp_copy(copy, by=scene.nurse)
    assert len(clock) == 1


def test_an_authority_that_does_not_answer_is_said(settings, scene, signed):
    copy = seal_copy(signed, "full", by=scene.nurse)
    settings.AVEC_TSA_URL = NOBODY
    with pytest.raises(StampUnavailable):
        stamp_copy(copy, by=scene.nurse)


def refused(scene, contract):
    sign_line(line_of(contract, "person"), Choice(Outcome.REFUSED), method="password", by=scene.resident)
    contract.refresh_from_db()
    return write_individual_document(contract, IndividualWhyChoice.REFUSED, by=scene.nurse)


def test_the_individual_document_is_sealed_and_known_as_such(client, scene, contract):
    document = refused(scene, contract)
    factories.sign_in(client, scene.resident)
    address = reverse("contracts:individual_pdf", args=[document.pk, "easy"])
    content = client.get(address).content
    assert IndividualCopy.objects.count() == 1
    verdict = check_document(content)
    assert verdict.sound
    assert any("C’est un document individuel (DIPC)" in said for said in verdict.sentences)
    assert "L’établissement s’y engage seul\u00a0: personne d’autre ne l’a signé." in verdict.sentences
    assert verify_database()[1]
    client.logout()
    factories.sign_in(client, factories.member(scene.establishment))
    assert client.get(address).status_code == 404


def test_the_night_seals_individual_documents(scene, contract):
    refused(scene, contract)
    assert seal_waiting().sealed == 2
    assert IndividualCopy.objects.count() == 2


def test_each_choice_says_how_it_was_given(client, scene, contract):
    factories.sign_in(client, scene.nurse)
    post(client, contract, outcome="mark", witness="Paul Durand")
    sign_line(line_of(contract, "professional"), Choice(Outcome.SIGNED), method="password", by=scene.nurse)
    contract.refresh_from_db()
    said = "\n".join(check_document(file_bytes(copy_file(contract, "full", by=scene.nurse))).sentences)
    assert "sur papier" in said
    assert "Paul Durand" in said
    assert "C’est la version en cours" in said


def test_a_copy_says_which_amendment_took_its_place(scene, signed):
    former = file_bytes(copy_file(signed, "full", by=scene.nurse))
    newer = issue_contract(scene.plan, starts_on=timezone.localdate(), why="Le chat.", by=scene.nurse)
    assert "C’est la version en cours" in "".join(check_document(former).sentences)
    sign_all(scene, newer)
    verdict = check_document(former)
    assert verdict.sound
    assert "Un avenant l’a remplacé depuis\u00a0: la version 2" in "".join(verdict.sentences)


@pytest.mark.parametrize(("why", "told"), [(EndChoice.TERM, True), (EndChoice.DIED, False)])
def test_a_copy_says_that_the_contract_ended_and_tells_strangers_no_more(scene, signed, why, told):
    content = file_bytes(copy_file(signed, "full", by=scene.nurse))
    end_contract(signed, why, on=timezone.localdate(), by=scene.nurse)
    said = "\n".join(check_document(content).sentences)
    assert "Ce contrat est terminé depuis le" in said
    assert ("Il est arrivé à son terme." in said) is told
    assert "décès" not in said


def test_the_public_page_says_the_same_to_who_holds_the_link(client, scene, signed):
    content = file_bytes(copy_file(signed, "full", by=scene.nurse))
    page = client.post(reverse("contracts:verify"), {"document": SimpleUploadedFile("c.pdf", content)})
    assert "C’est la version en cours" in page.content.decode()


def test_the_sheet_says_where_to_check_it(settings, scene, signed):
    settings.AVEC_SITE_URL = "https://avec.example/"
    seal = seal_copy(signed, "full", by=scene.nurse)
    assert b"https://avec.example/contrats/verifier/" in file_bytes(seal.file)


@pytest.mark.parametrize(
    ("table", "statement", "said"),
    [
        (
            "contracts_paperscan",
            "UPDATE contracts_paperscan SET file_id = (SELECT file_id FROM contracts_sealedcopy LIMIT 1)",
            "ce n’est pas le fichier que dit le journal",
        ),
        (
            "contracts_sealedcopy",
            "UPDATE contracts_sealedcopy SET file_id = (SELECT file_id FROM contracts_paperscan)",
            "le fichier a été changé",
        ),
        ("contracts_stampedcopy", "DELETE FROM contracts_stampedcopy", "le fichier a été retiré"),
    ],
)
def test_a_file_that_is_gone_or_changed_is_seen(client, clock, scene, contract, table, statement, said):
    factories.sign_in(client, scene.nurse)
    post(client, contract, outcome="oral")
    sign_all(scene, contract)
    contract.refresh_from_db()
    seal_now(contract, by=scene.nurse)
    assert verify_database()[1]
    past_the_guards(statement, table=table)
    lines, sound = verify_database()
    assert not sound
    assert said in "\n".join(lines)


def test_an_individual_document_of_another_text_is_seen(scene, contract):
    refused(scene, contract)
    assert verify_database()[1]
    past_the_guards(
        "UPDATE contracts_individualdocument SET fingerprint = 'autre'", table="contracts_individualdocument"
    )
    assert "son texte n’est pas celui du contrat proposé" in "\n".join(verify_database()[0])


def test_sealing_twice_keeps_one(scene, contract):
    document = refused(scene, contract)
    assert seal_individual(document, "full", by=None) == seal_individual(document, "full", by=None)


def test_those_who_keep_the_house_read_whether_the_seal_works(client, no_certificate, scene, signed):
    factories.sign_in(client, factories.member(scene.establishment, role=Role.ADMINISTRATOR))
    page = client.get(reverse("contracts:seals")).content.decode()
    assert "1 contrat signé attend son sceau." in page
    assert "Ce qui est à faire" in page
    assert scene.person.family_name not in page
    client.logout()
    factories.sign_in(client, scene.nurse)
    assert client.get(reverse("contracts:seals")).status_code in {302, 404}
