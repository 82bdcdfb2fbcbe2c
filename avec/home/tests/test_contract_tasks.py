"""What the contracts ask for in « Ma journée »: each row comes, says why, and leaves once it is done."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avec.accounts.models import Role
from avec.contracts.actions import (
    Chosen,
    hand_over,
    keep_draft,
    note_next_step,
    write_individual_document,
)
from avec.contracts.models import (
    CareContract,
    ContractDraft,
    HandingChoice,
    IndividualWhyChoice,
    NextChoice,
)
from avec.contracts.rules import Outcome, usual_period
from avec.home import contract_tasks
from avec.people.models import Stay, today
from avec.people.tests.factories import days, in_team, member, sign_in

from .contracts import attested, chosen_by, line_of, proposed, refused, signed
from .worlds import house

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return house()


def rows(who, now=None):
    return [task for kind in contract_tasks.KINDS for task in kind(who, now or today())]


def kinds(who, now=None):
    return [task.kind for task in rows(who, now)]


def test_a_contract_waits_for_my_choice_and_names_the_others(client, home):
    contract = proposed(home)
    [task] = rows(home.nurse)
    assert task.kind == "Contrat à signer\xa0: votre choix est attendu"
    assert home.odette.name in task.text
    chosen_by(contract, "professional", Outcome.SIGNED)
    [task] = rows(home.nurse)
    assert task.kind == "Contrat à faire signer"
    sign_in(client, home.nurse)
    assert client.get(task.action_url).status_code == 200


def test_the_team_comes_back_on_the_day_it_said(home):
    contract = proposed(home)
    chosen_by(contract, "professional", Outcome.SIGNED)
    attested(contract, Outcome.ORAL, by=home.nurse, come_back_on=days(4))
    [task] = rows(home.nurse)
    assert task.kind == f"Revenir voir {home.odette.name} pour son choix"
    assert task.since == days(4)
    assert not task.late
    assert "à voix haute" in task.text
    [task] = rows(home.nurse, days(6))
    assert task.late
    chosen_by(contract, "person", Outcome.SIGNED)
    assert f"Revenir voir {home.odette.name} pour son choix" not in kinds(home.nurse)


def test_a_version_that_waits_too_long_says_so(home):
    chosen_by(proposed(home), "professional", Outcome.SIGNED)
    [task] = rows(home.nurse, days(40))
    assert task.kind == "Contrat qui attend des signatures depuis trop longtemps"
    assert task.late


def test_a_signed_copy_is_handed_over_within_a_week(home):
    contract = signed(home)
    assert rows(home.nurse, days(6)) == []
    [task] = rows(home.nurse, days(7))
    assert task.kind == "Copie du contrat signé à remettre"
    assert home.odette.name in task.text
    assert home.nurse.name not in task.text
    person = line_of(contract, "person")
    hand_over(contract, to=person.name, on=days(0), how=HandingChoice.PAPER, line=person, by=home.nurse)
    assert rows(home.nurse, days(8)) == []


def test_a_copy_of_the_individual_document_is_not_one_of_the_contract(home):
    Stay.objects.filter(person=home.odette).update(short=True)
    contract = proposed(home)
    document = write_individual_document(contract, IndividualWhyChoice.SHORT, by=home.nurse)
    person = line_of(contract, "person")
    hand_over(
        contract,
        to=person.name,
        on=days(0),
        how=HandingChoice.PAPER,
        line=person,
        document=document,
        by=home.nurse,
    )
    chosen_by(contract, "professional", Outcome.SIGNED)
    chosen_by(contract, "person", Outcome.SIGNED)
    [task] = rows(home.nurse, days(7))
    assert task.kind == "Copie du contrat signé à remettre"


def test_a_choice_not_to_sign_asks_what_comes_next_then_keeps_its_date(client, home):
    contract = refused(home)
    [task] = rows(home.nurse)
    assert task.kind == "Contrat non signé, par choix\xa0: dire la suite"
    sign_in(client, home.nurse)
    assert client.get(task.action_url).status_code == 200
    note_next_step(contract, NextChoice.TALK, on=days(10), by=home.nurse)
    [task] = rows(home.nurse)
    assert task.kind == "Contrat non signé\xa0: la suite prévue"
    assert task.text == "en reparler"
    assert rows(home.nurse, days(12))[0].late
    # A new version is on its way: the refusal asks for nothing more.
    proposed(home)
    assert "Contrat non signé\xa0: la suite prévue" not in kinds(home.nurse)


def test_the_individual_document_is_a_next_step_that_was_taken(home):
    contract = refused(home)
    note_next_step(contract, NextChoice.DOCUMENT, on=days(2), by=home.nurse)
    assert len(rows(home.nurse)) == 1
    write_individual_document(contract, IndividualWhyChoice.REFUSED, by=home.nurse)
    assert rows(home.nurse) == []


def test_a_contract_past_its_term_asks_what_comes_next(home):
    signed(home)
    found = rows(home.nurse, days(400))
    assert "Contrat dont le terme est passé\xa0: dire la suite" in [task.kind for task in found]
    proposed(home)
    assert "Contrat dont le terme est passé\xa0: dire la suite" not in kinds(home.nurse, days(400))


def test_a_draft_is_taken_up_again_before_it_goes(client, home):
    proposed(home)
    ends_on, review_on = usual_period(days(0))
    keep_draft(home.plan, Chosen(days(0), ends_on, review_on), version=0, by=home.nurse)
    draft = ContractDraft.objects.get()
    [task] = list(contract_tasks.drafts(home.nurse, draft.expires_on - timedelta(days=7)))
    assert task.kind == "Brouillon de contrat qui s’efface bientôt des propositions"
    assert list(contract_tasks.drafts(home.nurse, draft.expires_on - timedelta(days=8))) == []
    [task] = list(contract_tasks.drafts(home.nurse, draft.expires_on + timedelta(days=1)))
    assert task.late
    sign_in(client, home.nurse)
    assert client.get(task.action_url).status_code == 200


def test_others_are_asked_nothing_that_they_may_not_do(home):
    place = home.odette.establishment
    trainee, outside, stranger = member(place, Role.TRAINEE.value), member(place), member(place)
    in_team(home.odette, trainee)
    in_team(home.odette, outside, external=True)
    refused(home)
    assert len(rows(home.nurse)) == 1
    for who in (trainee, outside, stranger):
        assert rows(who) == []


def test_three_queries_whatever_the_contracts(client, home):
    counts = []
    for number in (1, 4):
        while CareContract.objects.count() < number:
            other = house(home) if CareContract.objects.exists() else home
            attested(proposed(other), Outcome.ORAL, by=home.nurse)
        with CaptureQueriesContext(connection) as queries:
            assert len(rows(home.nurse)) >= number
        counts.append(len(queries))
    assert counts == [3, 3]
    sign_in(client, home.nurse)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("home:day"))
    assert len(queries) <= 16
