"""« Qui signe »: the house's table of signatories."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.contracts.actions import RuleRefused, change_rule, issue_contract
from avec.contracts.models import SigningRule
from avec.contracts.rules import Demand, Measure, Signatory
from avec.contracts.signatories import rules_of
from avec.people.tests import factories
from avec.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db
TABLE = "/contrats/qui-signe/"


@pytest.fixture
def house():
    return factories.establishment()


def rule(house, measure=Measure.ASSISTANCE, signatory=Signatory.GUARDIAN):
    return next(
        one for one in rules_of(house.pk) if (one.measure, one.signatory) == (measure.value, signatory.value)
    )


def change_address(one):
    return reverse("contracts:change_signing_rule", args=[one.pk])


def restore_address(one):
    return reverse("contracts:restore_signing_rule", args=[one.pk])


def sent(one, **fields):
    return {"demand": "signs", "source": "Décision de la maison.", "version": str(one.version)} | fields


def test_its_address():
    assert reverse("contracts:signing_rules") == TABLE


@pytest.mark.parametrize("role", [Role.PROFESSIONAL, Role.TRAINEE, Role.UNIT_MANAGER])
def test_care_roles_read_it_and_change_nothing(client, house, role):
    client = sign_in(client, factories.member(house, role.value))
    text = client.get(TABLE).content.decode()
    assert "Curatelle" in text
    assert "Code civil, art. 459 et 467" in text
    assert "à vérifier à la source" in text
    assert "Un contrat déjà proposé garde ses lignes" in text
    one = rule(house)
    assert change_address(one) not in text
    for address in (change_address(one), restore_address(one)):
        assert client.get(address).status_code == 404
        assert client.post(address, sent(one)).status_code == 404
    assert not SigningRule.objects.exists()


@pytest.mark.parametrize("role", [Role.PERSON, Role.RELATIVE, Role.ADMINISTRATOR])
def test_others_do_not_open_it(client, house, role):
    assert sign_in(client, factories.member(house, role.value)).get(TABLE).status_code == 404


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.QUALITY])
def test_direction_and_quality_change_a_row_and_put_it_back(client, house, role):
    boss = factories.member(house, role.value)
    client = sign_in(client, boss)
    one = rule(house)
    assert change_address(one) in client.get(TABLE).content.decode()
    assert client.get(change_address(one)).status_code == 200
    assert client.post(change_address(one), sent(one)).status_code == 302
    written = SigningRule.objects.get()
    assert (written.demand, written.source, written.to_check) == ("signs", "Décision de la maison.", False)
    assert Entry.objects.filter(verb="signing_rule.changed", actor_id=boss.pk).exists()
    text = client.get(TABLE).content.decode()
    assert "Décision de la maison." in text
    assert f"revu par {boss.name}" in text
    asked = client.get(restore_address(one)).content.decode()
    assert "Signe si son jugement le demande" in asked
    assert client.post(restore_address(one)).status_code == 302
    assert not SigningRule.objects.exists()
    assert Entry.objects.filter(verb="signing_rule.restored", actor_id=boss.pk).exists()
    assert client.post(restore_address(one)).status_code == 302


def test_the_row_of_another_house_is_not_found(client, house):
    boss = factories.member(house, Role.DIRECTOR.value)
    other = rule(factories.establishment())
    client = sign_in(client, boss)
    for address in (change_address(other), restore_address(other)):
        assert client.get(address).status_code == 404
        assert client.post(address, sent(other)).status_code == 404
    assert not SigningRule.objects.exists()


@pytest.mark.parametrize(
    ("signatory", "fields", "said"),
    [
        (Signatory.GUARDIAN, {"source": " "}, "Écrivez la source"),
        (Signatory.GUARDIAN, {"demand": ""}, "Choisissez une des réponses."),
        (Signatory.PERSON, {"demand": "no"}, "Choisissez une des réponses."),
        (Signatory.TEAM, {"demand": "may"}, "Choisissez une des réponses."),
        (Signatory.TRUSTED, {"demand": "one_signs"}, "Choisissez une des réponses."),
    ],
)
def test_a_row_that_cannot_be_asked_comes_back_with_what_was_typed(client, house, signatory, fields, said):
    one = rule(house, signatory=signatory)
    client = sign_in(client, factories.member(house, Role.DIRECTOR.value))
    response = client.post(change_address(one), sent(one) | fields)
    assert response.status_code == 422
    assert said in response.content.decode()
    if "source" not in fields:
        assert "Décision de la maison." in response.content.decode()
    assert not SigningRule.objects.exists()


def test_the_action_refuses_what_the_form_does_not_offer(house):
    boss = factories.member(house, Role.DIRECTOR.value)
    with pytest.raises(RuleRefused, match="choisissez"):
        change_rule(
            rule(house, signatory=Signatory.PERSON), Demand.NO, source="x", to_check=False, version=1, by=boss
        )


def test_two_who_change_at_once_compare_and_lose_nothing(client, house):
    boss = factories.member(house, Role.DIRECTOR.value)
    one = rule(house)
    opened = one.version
    change_rule(one, Demand.SIGNS, source="Par un collègue.", to_check=True, version=opened, by=boss)
    client = sign_in(client, factories.member(house, Role.QUALITY.value))
    typed = sent(one, demand="may", source="Mes mots.", version=str(opened))
    late = client.post(change_address(one), typed)
    assert late.status_code == 422
    text = late.content.decode()
    assert "Par un collègue." in text
    assert "Mes mots." in text
    assert SigningRule.objects.get().source == "Par un collègue."
    again = typed | {"version": str(SigningRule.objects.get().version)}
    assert client.post(change_address(one), again).status_code == 302
    assert SigningRule.objects.get().source == "Mes mots."


def test_pressing_twice_changes_once(client, house):
    client = sign_in(client, factories.member(house, Role.DIRECTOR.value))
    one = rule(house)
    once = {"once": "2b1f6f9c-3c6c-4c56-8a43-0a9f6c5a1a04"}
    for _press in range(2):
        assert client.post(change_address(one), sent(one) | once).status_code == 302
    assert Entry.objects.filter(verb="signing_rule.changed").count() == 1


def test_a_contract_already_proposed_keeps_its_lines(scene):
    factories.relative(scene.person, "trusted")
    before = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    boss = factories.member(scene.establishment, Role.DIRECTOR.value)
    one = rule(scene.establishment, Measure.NONE, Signatory.TRUSTED)
    change_rule(one, Demand.NO, source="La maison.", to_check=False, version=one.version, by=boss)
    assert before.lines.filter(signatory="trusted").exists()
    after = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    assert not after.lines.filter(signatory="trusted").exists()


def test_the_table_asks_as_many_queries_whatever_was_changed(client, house):
    boss = factories.member(house, Role.DIRECTOR.value)
    client = sign_in(client, boss)
    client.get(TABLE)
    with CaptureQueriesContext(connection) as usual:
        client.get(TABLE)
    for measure in Measure:
        one = rule(house, measure, Signatory.TRUSTED)
        change_rule(one, Demand.NO, source="La maison.", to_check=False, version=one.version, by=boss)
    with CaptureQueriesContext(connection) as changed:
        client.get(TABLE)
    assert len(usual) == len(changed)
