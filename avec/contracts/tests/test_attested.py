"""A choice that somebody of the team writes down is still the signatory's own."""

import pytest
from django.core.exceptions import PermissionDenied

from avec.accounts.models import Role
from avec.careplan.models import Position
from avec.contracts.actions import Choice, attest_choice, sign_line
from avec.contracts.models import Signature
from avec.contracts.rules import RIGHTS, Outcome, SigningRefused
from avec.people.tests import factories

pytestmark = pytest.mark.django_db
ALL_RIGHTS = [right for right, _ in RIGHTS]


def line_of(contract, voice):
    return contract.lines.get(voice=voice)


def test_what_the_person_says_of_an_article_stays_their_own_position(scene, contract):
    choice = Choice(Outcome.RESERVATIONS, rights_read=ALL_RIGHTS, clauses={"1": "in_part"})
    signature = attest_choice(line_of(contract, "person"), choice, by=scene.nurse)
    assert (signature.method, signature.witness, signature.way) == ("witness", scene.nurse, "room")
    position = Position.objects.get(goal=scene.goal, voice="person", is_current=True)
    assert position.stance == "in_part"
    assert Position.objects.get(goal=scene.goal, voice="professional", is_current=True).stance == "agrees"


def test_nobody_attests_for_a_colleague(scene, contract):
    colleague = factories.member(scene.establishment, role=Role.PROFESSIONAL)
    factories.in_team(scene.person, colleague)
    with pytest.raises(PermissionDenied):
        attest_choice(line_of(contract, "professional"), Choice(Outcome.SIGNED), by=colleague)
    assert not Signature.objects.exists()


def test_a_mark_needs_a_witness_who_does_not_sign(scene, contract):
    line = line_of(contract, "person")
    mark = Choice(Outcome.MARK, rights_read=ALL_RIGHTS)
    with pytest.raises(SigningRefused, match="témoin"):
        attest_choice(line, mark, by=scene.nurse)
    colleague = factories.member(scene.establishment, role=Role.PROFESSIONAL)
    factories.in_team(scene.person, colleague)
    assert attest_choice(line, mark, by=colleague).witness == colleague


def test_no_mark_from_ones_own_space(scene, contract):
    with pytest.raises(SigningRefused, match="témoin"):
        sign_line(
            line_of(contract, "person"),
            Choice(Outcome.MARK, rights_read=ALL_RIGHTS, witness_name="Marie Petit"),
            method="password",
            by=scene.resident,
        )
