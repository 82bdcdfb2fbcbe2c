import datetime
import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avec.contracts.actions import (
    Choice,
    Chosen,
    attest_choice,
    end_contract,
    hand_over,
    issue_contract,
    keep_draft,
    note_next_step,
    sign_line,
    write_individual_document,
)
from avec.contracts.models import (
    CareContract,
    ContractDraft,
    EndChoice,
    HandingChoice,
    IndividualWhyChoice,
    NextChoice,
)
from avec.contracts.rules import Outcome, usual_period
from avec.people.models import today
from avec.people.tests.factories import sign_in
from avec.ui.words import date_long

from .signing import RIGHTS_READ, line_of, sign_all

pytestmark = pytest.mark.django_db


def later(days):
    return today() + datetime.timedelta(days=days)


def page(client, reader, person):
    sign_in(client, reader)
    answer = client.get(reverse("contracts:history", args=[person.pk]))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def draft_of(scene, **fields):
    starts_on = today()
    ends_on, review_on = usual_period(starts_on)
    draft = keep_draft(scene.plan, Chosen(starts_on, ends_on, review_on), version=0, by=scene.nurse)
    ContractDraft.objects.filter(pk=draft.pk).update(**fields)
    return draft


def test_amendments_are_chained_to_what_they_change(client, scene, contract):
    sign_all(scene, contract)
    amendment = issue_contract(scene.plan, starts_on=today(), why="Elle marche mieux.", by=scene.nurse)
    shown = page(client, scene.nurse, scene.person)
    assert "Avenant, version 2" in shown
    assert "Elle marche mieux." in shown
    assert 'href="#version-1"' in shown
    assert "La version 2 la changera, une fois signée" in shown
    sign_all(scene, amendment)
    shown = page(client, scene.nurse, scene.person)
    assert "Remplacée par la version 2" in shown
    assert shown.index("Avenant, version 2") < shown.index("Contrat, version 1")


def test_it_says_how_each_one_chose_and_when_the_team_comes_back(client, scene, contract):
    choice = Choice(Outcome.ORAL, come_back_on=later(4))
    attest_choice(line_of(contract, "person"), choice, by=scene.nurse)
    shown = page(client, scene.nurse, scene.person)
    assert f"a dit oui à voix haute le {date_long(today())}, devant {scene.nurse.name}" in shown
    assert f"L’équipe revient vers {scene.person.name} le {date_long(later(4))}." in shown


def test_a_version_that_waits_too_long_is_said_to_the_team_alone(client, scene, contract, monkeypatch):
    monkeypatch.setattr("avec.contracts.versions.today", lambda: later(40))
    assert "attend des signatures depuis 40 jours" in page(client, scene.nurse, scene.person)
    assert "attend des signatures" not in page(client, scene.resident, scene.person)


def test_a_contract_past_its_term_says_that_care_goes_on(client, scene, contract, monkeypatch):
    sign_all(scene, contract)
    assert "Son terme est passé" not in page(client, scene.resident, scene.person)
    monkeypatch.setattr("avec.contracts.versions.today", lambda: later(400))
    assert "Les soins continuent." in page(client, scene.resident, scene.person)


def test_what_followed_stays_with_its_version(client, scene, contract):
    sign_line(line_of(contract, "person"), Choice(Outcome.REFUSED), method="password", by=scene.resident)
    contract.refresh_from_db()
    note_next_step(contract, NextChoice.TALK, on=later(3), words="Avec sa fille.", by=scene.nurse)
    document = write_individual_document(contract, IndividualWhyChoice.REFUSED, by=scene.nurse)
    how = HandingChoice.PAPER
    hand_over(contract, to=scene.person.name, on=today(), how=how, document=document, by=scene.nurse)
    again = issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
    sign_all(scene, again)
    again.refresh_from_db()
    end_contract(again, EndChoice.CHANGED, on=today(), words="Un retour chez elle.", by=scene.nurse)
    for reader in (scene.nurse, scene.resident):
        shown = page(client, reader, scene.person)
        for words in (
            "a choisi de ne pas signer",
            f"Suite prévue le {date_long(later(3))}",
            "Avec sa fille.",
            "Document individuel (DIPC) écrit le",
            "Document individuel remis à",
            "Terminé le",
            "Un retour chez elle.",
        ):
            assert words in shown


def test_the_draft_is_for_those_who_may_propose_it(client, scene):
    draft_of(scene)
    shown = page(client, scene.nurse, scene.person)
    assert "Reprendre le brouillon" in shown
    assert "gardé jusqu’au" in shown
    assert "Reprendre le brouillon" not in page(client, scene.resident, scene.person)


def test_an_expired_draft_says_so(client, scene):
    draft_of(scene, expires_on=later(-1))
    assert "effacé des propositions" in page(client, scene.nurse, scene.person)


def story(scene):
    """One more version, signed, handed over, ended."""
    contract = issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
    sign_line(line_of(contract, "professional"), Choice(Outcome.SIGNED), method="password", by=scene.nurse)
    choice = Choice(Outcome.SIGNED, rights_read=RIGHTS_READ)
    attest_choice(line_of(contract, "person"), choice, by=scene.nurse)
    contract.refresh_from_db()
    hand_over(contract, to=scene.person.name, on=today(), how=HandingChoice.PAPER, by=scene.nurse)
    end_contract(contract, EndChoice.CHANGED, on=today(), by=scene.nurse)


def test_as_many_queries_whatever_the_number_of_versions(client, scene):
    counts = []
    for number in (1, 4):
        while CareContract.objects.count() < number:
            story(scene)
        draft_of(scene) if number == 1 else None
        for reader in (scene.nurse, scene.resident):
            sign_in(client, reader)
            client.get(reverse("contracts:history", args=[scene.person.pk]))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("contracts:history", args=[scene.person.pk]))
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 20
