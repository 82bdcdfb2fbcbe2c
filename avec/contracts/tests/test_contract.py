import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from avec.careplan.actions import Said, say
from avec.careplan.models import Agreement
from avec.contracts.actions import Choice, NotReady, issue_contract, seal_copy, sign_line
from avec.contracts.models import CareContract, Signature
from avec.contracts.preparing import preview
from avec.contracts.rules import Outcome, SigningRefused
from avec.contracts.sheet import contract_sheet
from avec.contracts.tests.signing import RIGHTS_READ, line_of, sign_all
from avec.contracts.verify import check_document, verify_database
from avec.documents.actions import file_bytes
from avec.people.tests import factories

pytestmark = pytest.mark.django_db


def test_the_contract_says_what_the_plan_says(contract):
    clause = contract.content["clauses"][0]
    assert clause["statement"] == "Aller au jardin chaque matin"
    assert clause["origins"][0]["words"] == "Je veux aller au jardin."
    assert clause["activities"][0]["participation"] == "by"


def test_an_unanswered_expectation_keeps_the_contract_waiting(scene):
    say(scene.plan, Said("Je veux un chat."), by=scene.resident)
    with pytest.raises(NotReady) as refusal:
        issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    assert [condition.words for condition in refusal.value.conditions] == ["1 attente sans réponse."]
    assert not CareContract.objects.exists()


def test_nobody_signs_for_somebody_else(scene, contract):
    for line, intruder in (("person", scene.nurse), ("professional", scene.resident)):
        with pytest.raises(PermissionDenied):
            sign_line(
                line_of(contract, line),
                Choice(Outcome.SIGNED, rights_read=RIGHTS_READ),
                method="password",
                by=intruder,
            )
    assert not Signature.objects.exists()


def test_two_signatures_put_the_contract_in_force_and_bring_the_agreements(scene, contract):
    sign_all(scene, contract)
    contract.refresh_from_db()
    assert contract.state == "in_force"
    assert set(Agreement.objects.values_list("side", flat=True)) == {"structure", "user"}


def test_a_line_is_chosen_once(scene, contract):
    sign_line(line_of(contract, "professional"), Choice(Outcome.SIGNED), method="password", by=scene.nurse)
    with pytest.raises(SigningRefused):
        sign_line(
            line_of(contract, "professional"), Choice(Outcome.SIGNED), method="password", by=scene.nurse
        )
    signature = Signature.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            line=signature.line,
            outcome="signed",
            by=scene.nurse,
            method="password",
            fingerprint=contract.fingerprint,
        )


def test_not_now_leaves_the_line_open(scene, contract):
    sign_line(line_of(contract, "person"), Choice(Outcome.NOT_NOW), method="password", by=scene.resident)
    sign_all(scene, contract)
    contract.refresh_from_db()
    assert contract.state == "in_force"


def test_the_person_signs_after_reading_their_rights(scene, contract):
    with pytest.raises(SigningRefused):
        sign_line(line_of(contract, "person"), Choice(Outcome.SIGNED), method="password", by=scene.resident)


def test_a_refusal_closes_nothing(scene, contract):
    sign_line(
        line_of(contract, "person"),
        Choice(Outcome.REFUSED, words="Je préfère attendre."),
        method="password",
        by=scene.resident,
    )
    contract.refresh_from_db()
    assert contract.state == "refused"
    scene.plan.refresh_from_db()
    assert scene.plan.step == "co_construction"
    assert issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse).version == 2


def test_a_new_version_withdraws_the_one_that_waits(scene, contract):
    second = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    contract.refresh_from_db()
    assert (contract.state, second.version) == ("withdrawn", 2)
    with pytest.raises(SigningRefused):
        sign_line(
            line_of(contract, "professional"), Choice(Outcome.SIGNED), method="password", by=scene.nurse
        )


def test_an_amendment_replaces_the_contract_once_signed(scene, contract):
    sign_all(scene, contract)
    amendment = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    contract.refresh_from_db()
    assert (amendment.previous, contract.state) == (contract, "in_force")
    assert amendment.content["balance"] == ["« Aller au jardin chaque matin » : c’est toujours en cours."]
    sign_all(scene, amendment)
    contract.refresh_from_db()
    assert contract.state == "superseded"


def test_the_sealed_copy_verifies_and_a_changed_byte_shows(scene, contract):
    sign_all(scene, contract)
    copy = seal_copy(contract, "full", by=scene.nurse)
    assert seal_copy(contract, "full", by=scene.nurse) == copy
    pdf = file_bytes(copy.file)
    assert check_document(pdf).sound
    middle = len(pdf) // 2
    assert not check_document(pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]).sound
    assert not check_document(b"nothing of the kind").sound


def test_a_superseded_copy_is_intact_and_says_so(scene, contract):
    sign_all(scene, contract)
    pdf = file_bytes(seal_copy(contract, "full", by=scene.nurse).file)
    sign_all(scene, issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse))
    verdict = check_document(pdf)
    assert verdict.sound
    assert "avenant" in verdict.sentences[-1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contracts_carecontract SET fingerprint = 'x'",
        "UPDATE contracts_carecontract SET content = '{}'",
        "DELETE FROM contracts_carecontract",
        "UPDATE contracts_clause SET number = 9",
        "DELETE FROM contracts_clauseorigin",
        "UPDATE contracts_signatureline SET name = 'x'",
        "UPDATE contracts_signature SET outcome = 'refused'",
        "DELETE FROM contracts_signature",
        "UPDATE contracts_sealedcopy SET reading = 'x'",
        "DELETE FROM contracts_sealedcopy",
    ],
)
def test_the_database_refuses_to_change_what_was_signed(scene, contract, statement):
    sign_all(scene, contract)
    seal_copy(contract, "full", by=scene.nurse)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_whole_database_verifies(scene, contract):
    sign_all(scene, contract)
    seal_copy(contract, "easy", by=scene.nurse)
    lines, sound = verify_database()
    assert sound, lines


def test_a_contract_that_says_more_than_relatives_read_stays_closed_to_them(scene):
    claire = factories.relative(scene.person)
    shared = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    assert CareContract.objects.visible_to(claire.member).get() == shared
    assert shared.lines.filter(relative=claire).exists()
    scene.goal.level = "C2"
    scene.goal.save()
    closed = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    assert closed.level == "C2"
    assert not closed.lines.filter(relative=claire).exists()
    assert list(CareContract.objects.visible_to(claire.member)) == [shared]
    assert closed in CareContract.objects.visible_to(scene.resident)


def test_the_preview_says_which_witness_will_not_be_asked(scene):
    claire = factories.relative(scene.person)
    assert preview(scene.plan).not_asked == []
    scene.goal.level = "C2"
    scene.goal.save()
    shown = preview(scene.plan)
    assert shown.not_asked == [claire.name]
    assert claire.name not in [party.name for party in shown.text.parties]


def test_whoever_must_sign_by_judgment_reads_what_they_sign(scene):
    curator = factories.relative(scene.person, kind="assistance", mandate={"co_signs": True})
    scene.goal.level = "C2"
    scene.goal.save()
    contract = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    assert contract in CareContract.objects.visible_to(curator.member)


def test_a_choice_on_an_article_is_never_printed_as_the_person_s_words(scene, contract):
    line = line_of(contract, "person")
    choice = Choice(Outcome.NOT_NOW, words="Demain.", clauses={"1": "in_part"})
    sign_line(line, choice, method="password", by=scene.resident)
    shown = next(one for one in contract_sheet(contract, "easy").signatures if one.voice == "person")
    assert shown.reservations == "Demain."
    assert [text.split(": ")[1] for text in shown.on_articles] == ["d’accord en partie"]


def test_what_somebody_else_sealed_is_never_taken_for_ours(scene, contract, settings, tmp_path):
    """A forger joins what the real contract says of itself to pages of their own."""
    sign_all(scene, contract)
    pdf = file_bytes(seal_copy(contract, "full", by=scene.nurse).file)
    settings.DATA_DIR = tmp_path / "elsewhere"
    verdict = check_document(pdf)
    assert not verdict.sound
    assert "intact" not in verdict.title
    assert not any("version" in sentence for sentence in verdict.sentences)


def test_pressing_twice_is_told_and_not_refused(scene, contract):
    sign_all(scene, contract)
    with pytest.raises(SigningRefused, match="déjà fait"):
        sign_all(scene, contract)
