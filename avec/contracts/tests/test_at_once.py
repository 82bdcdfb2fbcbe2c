"""Fifty signatures of one line at the same second, by every way: one is kept, the others are told so."""

from collections import Counter
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from avec.audit.models import Entry
from avec.contracts.actions import (
    Choice,
    attest_choice,
    discard_draft,
    end_contract,
    issue_contract,
    keep_draft,
    sign_here,
    sign_line,
    withdraw_contract,
)
from avec.contracts.models import CareContract, ContractDraft, EndChoice, Signature
from avec.contracts.preparing import usual_choice
from avec.contracts.proof import faults_of
from avec.contracts.rules import Outcome, SigningRefused
from avec.contracts.tests.signing import RIGHTS_READ, line_of, sign_all
from avec.contracts.tests.threads import at_once, shared_copy
from avec.people.models import today
from avec.people.tests import factories

ALREADY = "Le choix est déjà fait pour cette ligne."


@pytest.fixture
def told(django_db_setup, django_db_blocker, request, tmp_path):
    """A contract to sign, in a database where each thread commits; a colleague holds the device."""
    with django_db_blocker.unblock(), shared_copy(tmp_path):
        scene = request.getfixturevalue("scene")
        scene.host = factories.member(scene.establishment)
        factories.in_team(scene.person, scene.host)
        scene.contract = issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
        yield scene


def choice(words):
    return Choice(Outcome.RESERVATIONS, words=words, rights_read=RIGHTS_READ)


def refused(given):
    return [str(one) for one in given if isinstance(one, SigningRefused)]


@pytest.mark.django_db
def test_one_after_the_other_the_second_is_told_so(scene, contract):
    line = line_of(contract, "person")
    sign_line(line, choice("Oui"), method="password", by=scene.resident)
    for way in ("password", "passkey"):
        with pytest.raises(SigningRefused, match=ALREADY):
            sign_line(line, choice("Encore"), method=way, by=scene.resident)
    assert Signature.objects.get(line=line).words == "Oui"


def test_fifty_signatures_of_one_line_by_every_way_are_one(told):
    line = line_of(told.contract, "person")
    ways = [
        lambda words: sign_line(line, choice(words), method="password", by=told.resident),
        lambda words: sign_here(line, choice(words), method="password", host=told.host, by=told.resident),
        lambda words: attest_choice(line, choice(words), by=told.host),
    ]
    given = at_once(*[lambda place=place: ways[place % 3](f"Choix {place}") for place in range(50)])
    assert Counter(refused(given)) == {ALREADY: 49}
    kept = Signature.objects.get(line=line)
    assert [one for one in given if isinstance(one, Signature)] == [kept]
    assert Entry.objects.filter(verb="contract.chosen").count() == 1
    assert not list(faults_of(told.contract))


def test_fifty_answers_that_leave_the_line_open_and_one_that_closes_it(told):
    """An oral yes may be said again: every one is kept, until a final choice closes the line."""
    line = line_of(told.contract, "person")
    orals = [
        lambda: attest_choice(line, Choice(Outcome.ORAL), by=told.host),
    ] * 20
    given = at_once(*orals, lambda: sign_line(line, choice("Oui"), method="password", by=told.resident))
    assert set(refused(given)) <= {ALREADY}
    final = Signature.objects.get(line=line, outcome="reservations")
    assert Signature.objects.filter(line=line).latest("at") == final
    assert Signature.objects.filter(line=line).count() == 21 - len(refused(given))


def test_the_last_two_signatures_at_once_put_the_contract_in_force_once(told):
    person, professional = line_of(told.contract, "person"), line_of(told.contract, "professional")
    at_once(
        lambda: sign_here(person, choice("Oui"), method="password", host=told.host, by=told.resident),
        lambda: sign_line(professional, Choice(Outcome.SIGNED), method="password", by=told.nurse),
    )
    told.contract.refresh_from_db()
    assert told.contract.state == "in_force"
    assert told.plan.agreements.count() == 2


def test_signed_and_withdrawn_at_the_same_second_hold_together(told):
    line = line_of(told.contract, "person")
    given = at_once(
        *[lambda: sign_line(line, choice("Oui"), method="password", by=told.resident)] * 10,
        lambda: withdraw_contract(told.contract, by=told.nurse) or "withdrawn",
    )
    told.contract.refresh_from_db()
    assert told.contract.state == "withdrawn"
    kept = Signature.objects.filter(line=line).count()
    assert kept == len([one for one in given if isinstance(one, Signature)]) <= 1
    assert not list(faults_of(told.contract))


def test_signing_last_while_another_version_is_proposed_waits_and_never_blocks(told):
    """Proposing holds the plan and the contract, signing the contract and the plan: always in the same order."""
    sign_line(
        line_of(told.contract, "professional"), Choice(Outcome.SIGNED), method="password", by=told.nurse
    )
    line = line_of(told.contract, "person")

    def propose():
        try:
            return issue_contract(told.plan, starts_on=today(), by=told.nurse)
        except PermissionDenied as refusal:
            return refusal

    def sign():
        return sign_line(line, choice("Oui"), method="password", by=told.resident)

    given = at_once(propose, sign, propose, sign)
    states = [one.state for one in CareContract.objects.filter(person=told.person).order_by("version")]
    assert states[0] in {"in_force", "withdrawn"}
    assert Signature.objects.filter(line=line).count() == (states[0] == "in_force")
    assert states.count("to_sign") <= 1
    assert not [fault for one in CareContract.objects.all() for fault in faults_of(one)], given


def test_ending_a_contract_while_its_amendment_is_signed_keeps_both(told):
    sign_all(told, told.contract)
    amendment = issue_contract(told.plan, starts_on=today(), by=told.nurse)
    sign_line(line_of(amendment, "professional"), Choice(Outcome.SIGNED), method="password", by=told.nurse)

    def end():
        try:
            return end_contract(told.contract, EndChoice.WISH, on=today(), by=told.nurse)
        except PermissionDenied as refusal:
            return refusal

    def sign():
        line = line_of(amendment, "person")
        return sign_line(line, choice("Oui"), method="password", by=told.resident)

    at_once(end, sign)
    told.contract.refresh_from_db()
    amendment.refresh_from_db()
    assert amendment.state == "in_force"
    assert told.contract.state in {"ended", "superseded"}
    assert not [*faults_of(told.contract), *faults_of(amendment)]


def test_a_draft_thrown_away_while_it_is_kept_does_not_come_back(told):
    draft = keep_draft(told.plan, usual_choice(told.plan.person), version=0, by=told.nurse)
    again = replace(usual_choice(told.plan.person), why="Il va mieux")
    at_once(
        lambda: keep_draft(told.plan, again, version=1, by=told.nurse),
        lambda: discard_draft(draft, by=told.nurse) or "thrown away",
    )
    draft.refresh_from_db()
    assert draft.closed_at is not None
    assert ContractDraft.objects.open().filter(plan=told.plan).count() <= 1
