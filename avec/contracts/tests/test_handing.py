"""Copies handed over: by the team, by a mail that says nothing, or said by the signatory."""

from smtplib import SMTPException

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Member
from avec.accounts.rules import NAME_ENDING
from avec.audit.models import Entry
from avec.contracts.actions import Choice, issue_contract, sign_line, write_individual_document
from avec.contracts.models import CareContract, Handover, IndividualWhyChoice
from avec.contracts.rules import Outcome
from avec.contracts.shown.copies import on_page
from avec.contracts.tests.signing import line_of, sign_all
from avec.contracts.tests.test_paper import post as enter_paper
from avec.people.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client, scene, contract):
    factories.account(scene.resident)
    factories.sign_in(client, scene.nurse)
    return client


def post(client, contract, **changed):
    said = {
        "to": str(line_of(contract, "person").pk),
        "how": "paper",
        "on": timezone.localdate().isoformat(),
    }
    return client.post(reverse("contracts:hand_over", args=[contract.pk]), said | changed)


def test_a_copy_on_paper_is_noted(team, scene, contract):
    assert post(team, contract).url == reverse("contracts:read", args=[contract.pk]) + "#copie"
    handed = Handover.objects.get()
    assert (handed.line, handed.how, handed.by) == (line_of(contract, "person"), "paper", scene.nurse)
    assert Entry.objects.filter(verb="contract.handed_over", person_id=scene.person.pk).count() == 1
    page = team.get(reverse("contracts:read", args=[contract.pk])).content.decode()
    assert "copie remise" in page
    assert "sur papier, en main propre" in page


def test_a_copy_for_somebody_else_has_their_name(team, contract):
    assert post(team, contract, to="other").status_code == 422
    assert post(team, contract, to="other", name="Paul Durand").status_code == 302
    assert Handover.objects.get().to == "Paul Durand"


def test_the_mail_names_nobody_and_says_nothing_of_care(team, scene, contract, mailoutbox, settings):
    settings.AVEC_SITE_URL = "https://avec.example/"
    assert post(team, contract, how="mail").status_code == 302
    (mail,) = mailoutbox
    assert mail.to == [scene.resident.user.email]
    assert "https://avec.example" in mail.body
    for word in (*scene.person.name.split(), "contrat", "soin", "projet"):
        assert word.lower() not in (mail.subject + mail.body).lower()
    assert Handover.objects.get().how == "mail"


def test_a_mail_that_does_not_leave_is_not_noted(team, contract, monkeypatch):
    def fails(*args, **kwargs):
        raise SMTPException

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fails)
    response = post(team, contract, how="mail")
    assert response.status_code == 422
    assert "Le courriel n’est pas parti" in response.content.decode()
    assert not Handover.objects.exists()


def test_who_has_no_space_gets_no_mail(team, scene, mailoutbox):
    tutor = factories.relative(scene.person, "representation")
    contract = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    response = post(team, contract, to=str(contract.lines.get(relative=tutor).pk), how="mail")
    assert response.status_code == 422
    assert "n’a pas d’espace dans Avec" in response.content.decode()
    assert not mailoutbox
    assert not Handover.objects.exists()


def test_a_sign_in_name_is_no_mailbox(team, scene, contract, mailoutbox):
    user = scene.resident.user
    user.email = f"odette{NAME_ENDING}"
    user.save()
    response = post(team, contract, how="mail")
    assert "Aucune adresse électronique" in response.content.decode()
    assert not mailoutbox


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"to": ""}, "Choisissez à qui"),
        ({"how": ""}, "Choisissez comment"),
        ({"on": "2031-01-01"}, "et aujourd’hui"),
        ({"on": "2020-01-01"}, "et aujourd’hui"),
        ({"how": "mail", "to": "other", "name": "Paul"}, "part seulement à qui signe"),
        ({"how": "mail", "on": "2020-01-01"}, "écrivez la date du jour"),
    ],
)
def test_what_cannot_be_noted_is_said(team, contract, mailoutbox, changed, words):
    response = post(team, contract, **changed)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Handover.objects.exists()
    assert not mailoutbox


def test_pressing_twice_notes_one_and_sends_one(team, contract, mailoutbox):
    once = {"once": "8d7f3c0e-0000-4000-8000-000000000001", "how": "mail"}
    assert [post(team, contract, **once).status_code for _ in range(2)] == [302, 302]
    assert Handover.objects.count() == len(mailoutbox) == 1


def test_the_individual_document_may_be_what_is_handed(team, scene, contract):
    sign_line(line_of(contract, "person"), Choice(Outcome.REFUSED), method="password", by=scene.resident)
    contract.refresh_from_db()
    document = write_individual_document(contract, IndividualWhyChoice.REFUSED, by=scene.nurse)
    assert post(team, contract).status_code == 422
    assert post(team, contract, what="individual").status_code == 302
    assert Handover.objects.get().document == document


def test_a_stranger_to_the_team_hands_nothing(client, scene, contract):
    factories.sign_in(client, factories.member(scene.establishment))
    assert client.get(reverse("contracts:hand_over", args=[contract.pk])).status_code == 404
    assert post(client, contract).status_code == 404
    assert not Handover.objects.exists()


def test_the_signatory_says_once_that_they_have_their_copy(client, scene, contract):
    sign_all(scene, contract)
    factories.sign_in(client, scene.resident)
    address = reverse("contracts:take_copy", args=[line_of(contract, "person").pk])
    assert "J’ai ma copie" in client.get(reverse("contracts:read", args=[contract.pk])).content.decode()
    for _ in range(2):
        assert client.post(address).status_code == 302
    assert Handover.objects.get().how == "space"
    assert "J’ai ma copie" not in client.get(reverse("contracts:read", args=[contract.pk])).content.decode()


def test_nobody_says_it_for_somebody_else_nor_too_early(client, scene, contract):
    address = reverse("contracts:take_copy", args=[line_of(contract, "person").pk])
    factories.sign_in(client, scene.resident)
    assert client.post(address).status_code == 302
    client.logout()
    factories.sign_in(client, scene.nurse)
    assert client.post(address).status_code == 404
    assert not Handover.objects.exists()


def test_the_copies_of_a_version_take_the_same_number_of_queries(client, scene, contract):
    def asked():
        fresh = CareContract.objects.select_related("person__member", "person__establishment").get(
            pk=contract.pk
        )
        with CaptureQueriesContext(connection) as queries:
            on_page(fresh, Member.objects.get(pk=scene.nurse.pk))
        return [query["sql"][:90] for query in queries]

    factories.sign_in(client, scene.nurse)
    enter_paper(client, contract, outcome="oral")
    post(client, contract)
    before = asked()
    for _ in range(3):
        enter_paper(client, contract, outcome="oral")
        post(client, contract)
    assert len(asked()) == len(before) <= 7, asked()
