"""What follows a choice not to sign, the individual document, the end of a contract."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.contracts.actions import (
    AfterRefused,
    Choice,
    end_contract,
    issue_contract,
    note_next_step,
    sign_line,
    write_individual_document,
)
from avec.contracts.models import (
    ContractEnd,
    EndChoice,
    IndividualDocument,
    IndividualWhyChoice,
    NextChoice,
    NextStep,
)
from avec.contracts.rules import Outcome
from avec.contracts.shown.after import step_words, why_ended
from avec.contracts.tests.signing import line_of, sign_all
from avec.people.models import Stay
from avec.people.tests import factories
from avec.people.tests.factories import days, sign_in
from avec.ui.words import date_long

pytestmark = pytest.mark.django_db
IN_A_WEEK = {"what": "talk", "on": days(7).isoformat(), "words": "Dans sa chambre, avec Claire."}


def page(contract, name):
    return reverse(f"contracts:{name}", args=[contract.pk])


def read(client, who, contract):
    response = sign_in(client, who).get(page(contract, "read"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def refused(scene, contract):
    """The person chose not to sign."""
    line = line_of(contract, "person")
    sign_line(line, Choice(Outcome.REFUSED, words="Pas ainsi."), method="password", by=scene.resident)
    contract.refresh_from_db()
    return contract


@pytest.fixture
def signed(scene, contract):
    sign_all(scene, contract)
    contract.refresh_from_db()
    return contract


def test_the_person_reads_that_it_is_their_right_and_that_care_goes_on(client, scene, refused):
    text = read(client, scene.resident, refused)
    assert "Vous avez choisi de ne pas signer." in text
    assert "C’est votre droit." in text
    assert "Vos soins continuent." in text
    assert "La suite n’est pas encore décidée." in text
    assert "Vous pouvez changer d’avis." in text
    assert reverse("home:own_say") in text
    assert page(refused, "next_step") not in text


def test_the_team_reads_it_in_the_name_of_the_person_and_decides(client, scene, refused):
    text = read(client, scene.nurse, refused)
    assert f"{scene.person.called} a choisi de ne pas signer." in text
    for name in ("next_step", "individual"):
        assert page(refused, name) in text


def test_what_comes_next_is_said_to_everybody_the_person_first(client, scene, refused):
    client = sign_in(client, scene.nurse)
    assert client.get(page(refused, "next_step")).status_code == 200
    done = client.post(page(refused, "next_step"), IN_A_WEEK)
    assert done.status_code == 302
    step = NextStep.objects.get()
    assert (step.what, step.on, step.by) == ("talk", days(7), scene.nurse)
    assert Entry.objects.filter(verb="contract.followed", object_id=str(step.pk)).exists()
    text = read(client, scene.resident, refused)
    assert f"L’équipe vous en reparle le {date_long(days(7))}." in text
    assert "Dans sa chambre, avec Claire." in text
    assert "n’est pas encore décidée" not in text


@pytest.mark.parametrize("what", list(NextChoice))
@pytest.mark.parametrize("to_you", [True, False])
@pytest.mark.parametrize("on", [3, -3])
def test_each_next_step_is_short_sentences_with_its_day(scene, what, to_you, on):
    step = NextStep(what=what.value, on=days(on))
    sentences = step_words(step, scene.person, to_you=to_you)
    assert date_long(days(on)) in sentences[-1]
    assert all(sentence.endswith(".") for sentence in sentences)
    assert ("C’était prévu" in sentences[-1]) == (on < 0)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"what": ""}, "Choisissez ce qui suit."),
        ({"on": ""}, "sans date, rien ne se passe"),
        ({"on": "2020-01-01"}, "Écrivez une date à venir."),
        ({"on": "le 3"}, "Écrivez une date, par exemple"),
    ],
)
def test_a_next_step_without_its_day_comes_back_with_what_was_typed(client, scene, refused, sent, said):
    response = sign_in(client, scene.nurse).post(page(refused, "next_step"), IN_A_WEEK | sent)
    assert response.status_code == 422
    text = response.content.decode()
    assert said in text
    assert "Dans sa chambre, avec Claire." in text
    assert not NextStep.objects.exists()


def test_pressing_twice_notes_one_step(client, scene, refused):
    client = sign_in(client, scene.nurse)
    once = {"once": "2b1f6f9c-3c6c-4c56-8a43-0a9f6c5a1a01"}
    for _press in range(2):
        assert client.post(page(refused, "next_step"), IN_A_WEEK | once).status_code == 302
    assert NextStep.objects.count() == 1


@pytest.mark.parametrize("name", ["next_step", "end"])
def test_only_who_validates_for_the_team_decides(client, scene, refused, name):
    trainee = factories.member(scene.establishment, Role.TRAINEE.value)
    factories.in_team(scene.person, trainee)
    for who in (scene.resident, factories.member(scene.establishment), trainee):
        client = sign_in(client, who)
        assert client.get(page(refused, name)).status_code in {403, 404}
        assert client.post(page(refused, name), IN_A_WEEK | {"why": "other"}).status_code in {403, 404}
    assert not NextStep.objects.exists()
    assert not ContractEnd.objects.exists()


def test_a_version_that_nobody_refused_waits_for_no_next_step(client, scene, contract):
    response = sign_in(client, scene.nurse).post(page(contract, "next_step"), IN_A_WEEK)
    assert response.status_code == 302
    assert not NextStep.objects.exists()
    with pytest.raises(PermissionDenied):
        note_next_step(contract, NextChoice.TALK, on=days(3), by=scene.nurse)


def test_the_individual_document_says_what_it_is_before_it_is_written(client, scene, refused):
    client = sign_in(client, scene.nurse)
    before = client.get(page(refused, "individual")).content.decode()
    assert "personne ne le signe" in before
    assert not IndividualDocument.objects.exists()
    for _press in range(2):
        assert client.post(page(refused, "individual")).status_code == 302
    document = IndividualDocument.objects.get()
    assert (document.why, document.fingerprint) == ("refused", refused.fingerprint)
    after = client.get(page(refused, "individual")).content.decode()
    assert "L’établissement s’engage seul." in after
    assert scene.goal.statement in after
    text = read(client, scene.resident, refused)
    assert "Un document individuel est écrit" in text
    assert "Vos soins continuent." in client.get(page(refused, "individual")).content.decode()


def test_its_copies_are_sealed_and_handed_over_from_its_page(client, scene, refused):
    document = write_individual_document(refused, IndividualWhyChoice.REFUSED, by=scene.nurse)
    client = sign_in(client, scene.nurse)
    text = client.get(page(refused, "individual")).content.decode()
    assert "Aucune copie n’est encore remise." in text
    pdf = reverse("contracts:individual_pdf", args=[document.pk, "easy"])
    assert pdf in text
    assert client.get(pdf).content.startswith(b"%PDF-")
    give = page(refused, "hand_over") + f"?document={document.pk}"
    assert give in text
    line = line_of(refused, "person")
    sent = {"to": str(line.pk), "how": "paper", "on": days(0).isoformat(), "what": "individual"}
    assert client.post(give, sent).status_code == 302
    assert f"Remise à {line.name} le" in client.get(page(refused, "individual")).content.decode()
    told = sign_in(client, scene.resident).get(page(refused, "individual")).content.decode()
    assert give not in told


def test_nobody_but_the_team_writes_the_individual_document(client, scene, refused):
    for who in (scene.resident, factories.member(scene.establishment)):
        client = sign_in(client, who)
        assert client.get(page(refused, "individual")).status_code == 404
        assert client.post(page(refused, "individual")).status_code == 404
    assert not IndividualDocument.objects.exists()


def test_a_short_stay_takes_an_individual_document_while_the_contract_waits(client, scene, contract):
    client = sign_in(client, scene.nurse)
    assert client.get(page(contract, "individual")).status_code == 404
    with pytest.raises(AfterRefused):
        write_individual_document(contract, IndividualWhyChoice.SHORT, by=scene.nurse)
    Stay.objects.update(short=True)
    assert "Ce séjour dure moins de 2 mois par an." in read(client, scene.nurse, contract)
    assert client.post(page(contract, "individual")).status_code == 302
    assert IndividualDocument.objects.get().why == "short"


def test_an_amendment_not_signed_leaves_the_signed_version_in_course(client, scene, signed):
    amendment = issue_contract(scene.plan, starts_on=days(0), why="Elle marche mieux.", by=scene.nurse)
    line = line_of(amendment, "person")
    sign_line(line, Choice(Outcome.REFUSED), method="password", by=scene.resident)
    for who in (scene.nurse, scene.resident):
        assert "La version 1, signée, reste en cours." in read(client, who, amendment)
    text = read(client, scene.nurse, amendment)
    assert page(amendment, "next_step") in text
    assert page(amendment, "individual") not in text
    assert 'value="document"' not in client.get(page(amendment, "next_step")).content.decode()
    response = client.get(page(amendment, "individual"), follow=True)
    assert "il n’y a pas de document individuel à écrire à sa place" in response.content.decode()
    amendment.refresh_from_db()
    with pytest.raises(PermissionDenied):
        write_individual_document(amendment, IndividualWhyChoice.REFUSED, by=scene.nurse)
    end_contract(signed, EndChoice.WISH, on=days(0), by=scene.nurse)
    assert page(amendment, "individual") in read(client, scene.nurse, amendment)


def test_the_end_of_a_contract_says_why_and_erases_nothing(client, scene, signed):
    assert page(signed, "end") in read(client, scene.nurse, signed)
    form = client.get(page(signed, "end")).content.decode()
    assert "Rien n’est effacé" in form
    sent = {"on": timezone.localdate().isoformat(), "why": "wish", "words": "Elle rentre chez elle."}
    assert client.post(page(signed, "end"), sent).status_code == 302
    signed.refresh_from_db()
    assert signed.state == "ended"
    text = read(client, scene.resident, signed)
    assert f"Ce contrat est terminé depuis le {date_long(timezone.localdate())}." in text
    assert "l’a demandé." in text
    assert "Elle rentre chez elle." in text
    again = client.get(page(signed, "end"))
    assert again.status_code == 404


def test_ending_twice_leaves_one_end(client, scene, signed):
    client = sign_in(client, scene.nurse)
    sent = {"on": timezone.localdate().isoformat(), "why": "term", "words": ""}
    for _press in range(2):
        assert client.post(page(signed, "end"), sent).status_code == 302
    assert ContractEnd.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"on": days(3).isoformat()}, "la fin se note quand elle est là"),
        ({"on": days(-3).isoformat()}, "Écrivez un jour après le début du contrat."),
        ({"why": "other", "words": ""}, "Écrivez la raison."),
        ({"why": ""}, "Choisissez une des réponses."),
    ],
)
def test_an_end_that_cannot_be_comes_back_with_what_was_typed(client, scene, signed, sent, said):
    usual = {"on": timezone.localdate().isoformat(), "why": "changed", "words": "Retour chez elle."}
    response = sign_in(client, scene.nurse).post(page(signed, "end"), usual | sent)
    assert response.status_code == 422
    text = response.content.decode()
    assert said in text
    assert (usual | sent)["words"] in text
    assert not ContractEnd.objects.exists()


@pytest.mark.parametrize("why", list(EndChoice))
def test_each_reason_is_a_sentence(why):
    said = why_ended(ContractEnd(why=why.value))
    assert said.endswith(".") or (why == EndChoice.OTHER and not said)


def test_the_person_reads_how_to_ask_for_the_end(client, scene, signed):
    assert reverse("home:own_say") in read(client, scene.resident, signed)


def test_the_page_asks_as_many_queries_whatever_was_decided(client, scene, refused):
    sign_in(client, scene.nurse).get(page(refused, "read"))
    note_next_step(refused, NextChoice.TALK, on=days(2), by=scene.nurse)
    with CaptureQueriesContext(connection) as one:
        client.get(page(refused, "read"))
    for count in range(6):
        note_next_step(refused, NextChoice.MEDIATOR, on=days(3 + count), by=scene.nurse)
    with CaptureQueriesContext(connection) as many:
        client.get(page(refused, "read"))
    assert len(one) == len(many)


def test_an_end_before_the_signature_is_refused(scene, contract):
    with pytest.raises(PermissionDenied):
        end_contract(contract, EndChoice.TERM, on=timezone.localdate(), by=scene.nurse)
    assert not ContractEnd.objects.exists()
