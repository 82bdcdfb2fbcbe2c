"""How a contract was signed, and what followed, on the record and on the thread of a sentence."""

import html

import pytest
from django.db.models import Q
from django.urls import reverse

from avec.careplan.models import Agreement
from avec.clocks.gather import contracts_near
from avec.contracts.actions import end_contract, note_next_step, write_individual_document
from avec.contracts.models import EndChoice, IndividualWhyChoice, NextChoice
from avec.contracts.rules import Outcome
from avec.home.figures import first_signatures
from avec.people.models import Person
from avec.people.tests.factories import days, sign_in
from avec.ui.words import date_long

from .contracts import attested, chosen_by, on_paper, proposed, refused, signed
from .worlds import house

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return house()


def page(client, reader, name, obj):
    sign_in(client, reader)
    return html.unescape(client.get(reverse(name, args=[obj.pk])).content.decode())


def test_the_thread_says_how_each_one_signed(client, home):
    contract = proposed(home)
    attested(contract, Outcome.MARK, by=home.nurse, witness_name="Karim Haddad")
    thread = page(client, home.nurse, "home:thread", home.answered)
    assert f"a fait une croix le {date_long(days(0))}, devant Karim Haddad" in thread
    # Their own space says the same.
    assert "devant Karim Haddad" in page(client, home.odette.member, "home:thread", home.answered)


def test_a_paper_is_dated_of_its_own_day_everywhere(client, home):
    contract = proposed(home)
    chosen_by(contract, "professional", Outcome.SIGNED)
    on_paper(contract, by=home.nurse)
    assert "sur papier" in page(client, home.nurse, "home:thread", home.answered)
    agreement = Agreement.objects.get(plan=home.plan, by_person=True)
    assert agreement.signed_at.astimezone().time().isoformat() == "00:00:00"


def test_a_choice_not_to_sign_goes_on_by_the_individual_document(client, home):
    contract = refused(home)
    record = page(client, home.nurse, "home:record", home.odette)
    assert "non signé" in record
    note_next_step(contract, NextChoice.TALK, on=days(5), words="Avec sa fille.", by=home.nurse)
    write_individual_document(contract, IndividualWhyChoice.REFUSED, by=home.nurse)
    record = page(client, home.nurse, "home:record", home.odette)
    assert "le document individuel (DIPC) est écrit" in record
    assert "Document individuel (DIPC), article 1" in record
    assert "la suite prévue" in record
    for reader in (home.nurse, home.odette.member):
        thread = page(client, reader, "home:thread", home.answered)
        assert "Document individuel (DIPC), article 1" in thread
        assert f"Suite prévue le {date_long(days(5))}" in thread
        assert "Avec sa fille." in thread


def test_the_end_of_a_contract_is_on_the_thread_and_on_the_record(client, home):
    contract = signed(home)
    end_contract(contract, EndChoice.CHANGED, on=days(0), words="Un retour à la maison.", by=home.nurse)
    record = page(client, home.nurse, "home:record", home.odette)
    assert f"terminé le {date_long(days(0))}" in record
    thread = page(client, home.nurse, "home:thread", home.answered)
    assert "Contrat terminé, article 1" in thread
    assert "la situation a trop changé" in thread
    assert "Un retour à la maison." in thread


def test_a_long_story_asks_no_more_queries(client, home, django_assert_num_queries):
    contract = refused(home)
    for later in range(1, 4):
        note_next_step(contract, NextChoice.TALK, on=days(later), by=home.nurse)
    write_individual_document(contract, IndividualWhyChoice.REFUSED, by=home.nurse)
    sign_in(client, home.nurse)
    with django_assert_num_queries(14):
        client.get(reverse("home:record", args=[home.odette.pk]))


def test_a_mark_signs_like_a_hand_and_a_version_taken_back_is_no_first_contract(home):
    proposed(home)
    contract = proposed(home)  # the first version is withdrawn, nobody had signed it
    chosen_by(contract, "professional", Outcome.SIGNED)
    assert first_signatures(Person.objects.all()) == {}
    attested(contract, Outcome.MARK, by=home.nurse, witness_name="Karim Haddad")
    assert first_signatures(Person.objects.all()) == {home.odette.pk: days(0)}
    place = home.odette.establishment
    ((_issued, told),) = [
        one for one in contracts_near(Q(person=home.odette), place)[home.odette.pk] if one[1].signed_on
    ]
    assert (told.ref, told.signed_on) == (contract.pk, days(0))
    assert Agreement.objects.filter(plan=home.plan).count() == 2
