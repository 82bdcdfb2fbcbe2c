import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.actions import Said, say, write_goal
from avec.contracts.models import CareContract, Signature
from avec.contracts.tests.preparing import send
from avec.contracts.tests.signing import RIGHTS_READ, line_of
from avec.people.tests import factories

pytestmark = pytest.mark.django_db
ACCEPT = {"outcome": "signed", "rights": RIGHTS_READ, "article-1": "agrees", "reading": "easy", "words": ""}


def choose_and_confirm(client, line, password=factories.PASSWORD, **fields):
    address = reverse("contracts:sign", args=[line.pk])
    response = client.post(address, ACCEPT | fields)
    if response.status_code != 302:
        return response
    return client.post(address, {"password": password})


def test_the_person_reads_chooses_confirms_and_keeps_a_copy(client, scene, contract):
    factories.sign_in(client, scene.nurse)
    assert choose_and_confirm(client, line_of(contract, "professional")).status_code == 302
    client.logout()
    factories.sign_in(client, scene.resident)
    page = client.get(reverse("contracts:read", args=[contract.pk]))
    assert f"Je signe en mon nom, {scene.person.name}." in page.content.decode()
    assert choose_and_confirm(client, line_of(contract, "person")).status_code == 302
    contract.refresh_from_db()
    assert contract.state == "in_force"
    pdf = client.get(reverse("contracts:pdf", args=[contract.pk, "easy"]))
    assert pdf.content.startswith(b"%PDF-")
    client.logout()
    checked = client.post(
        reverse("contracts:verify"), {"document": SimpleUploadedFile("c.pdf", pdf.content, "application/pdf")}
    )
    assert "Ce document est intact." in checked.content.decode()


def test_a_wrong_password_signs_nothing_and_keeps_the_choice(client, scene, contract):
    factories.sign_in(client, scene.resident)
    line = line_of(contract, "person")
    refused = choose_and_confirm(
        client, line, password="not-this-one", outcome="reservations", words="Le matin seulement."
    )
    assert refused.status_code == 422
    assert "Le matin seulement." in refused.content.decode()
    assert not Signature.objects.exists()
    client.post(reverse("contracts:sign", args=[line.pk]), {"password": factories.PASSWORD})
    assert Signature.objects.get().words == "Le matin seulement."


def test_unread_rights_keep_what_was_chosen(client, scene, contract):
    factories.sign_in(client, scene.resident)
    response = choose_and_confirm(client, line_of(contract, "person"), rights=["no"], words="Mes mots")
    assert response.status_code == 422
    assert "Mes mots" in response.content.decode()


def test_another_member_finds_no_line_to_sign(client, scene, contract):
    factories.sign_in(client, scene.nurse)
    response = choose_and_confirm(client, line_of(contract, "person"))
    assert response.status_code == 404
    assert not Signature.objects.exists()


@pytest.mark.parametrize("page", ["contracts:read", "contracts:pdf"])
def test_a_stranger_finds_no_contract(client, scene, contract, page):
    stranger = factories.member(scene.establishment)
    factories.sign_in(client, stranger)
    arguments = [contract.pk, "full"] if page == "contracts:pdf" else [contract.pk]
    assert client.get(reverse(page, args=arguments)).status_code == 404


def test_a_withdrawn_version_leads_to_the_one_that_counts(client, scene, contract):
    factories.sign_in(client, scene.nurse)
    send(client, scene, "issue")
    newer = CareContract.objects.get(version=2)
    response = choose_and_confirm(client, line_of(contract, "professional"))
    assert response.url == reverse("contracts:read", args=[newer.pk])


def test_preparing_says_what_is_missing(client, scene):
    say(scene.plan, Said("Je veux un chat."), by=scene.resident)
    factories.sign_in(client, scene.nurse)
    page = client.get(reverse("contracts:prepare", args=[scene.person.pk]))
    assert "1 attente sans réponse." in page.content.decode()
    assert "Proposer à la signature" not in page.content.decode()


def test_each_thing_missing_leads_to_the_page_that_does_it(client, scene):
    say(scene.plan, Said("Je veux un chat."), by=scene.resident)
    say(scene.plan, Said("Note de travail.", voice="professional", level="C3"), by=scene.nurse)
    read = write_goal(scene.plan, statement="Odette dort.", due_on=None, priority=1, by=scene.nurse)
    colleague = factories.member(scene.establishment)
    factories.in_team(scene.person, colleague)
    closed = write_goal(scene.plan, statement="À part.", due_on=None, priority=1, by=scene.nurse, level="C4")
    factories.sign_in(client, colleague)
    response = client.get(reverse("contracts:prepare", args=[scene.person.pk]))
    page = response.content.decode()
    assert reverse("careplan:change_goal", args=[read.pk]) in page
    assert reverse("careplan:position", args=[read.pk]) + "?qui=person" in page
    assert reverse("careplan:said", args=[scene.plan.pk]) + "?etat=attend" in page
    assert str(closed.pk) not in page
    for row in response.context["gate"]:
        if row["url"]:
            assert client.get(row["url"].split("#")[0]).status_code == 200, row


def test_a_period_that_ends_before_it_starts_is_refused(client, scene, contract):
    factories.sign_in(client, scene.nurse)
    response = client.post(
        reverse("contracts:prepare", args=[scene.person.pk]),
        {"starts_on": "2026-05-01", "ends_on": "2026-04-01", "review_on": "2026-04-15"},
    )
    assert response.status_code == 422
    assert CareContract.objects.count() == 1


def test_a_trainee_does_not_issue_alone(client, scene):
    trainee = factories.member(scene.establishment, role=Role.TRAINEE)
    factories.in_team(scene.person, trainee)
    factories.sign_in(client, trainee)
    assert client.get(reverse("contracts:prepare", args=[scene.person.pk])).status_code == 404


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7 truncated"])
def test_a_file_that_is_no_contract_gets_a_sentence(client, content):
    response = client.post(reverse("contracts:verify"), {"document": SimpleUploadedFile("c.pdf", content)})
    assert response.status_code in {200, 422}
    assert "Ce document est intact." not in response.content.decode()


def test_reading_a_contract_leaves_a_line(client, scene, contract):
    factories.sign_in(client, scene.resident)
    client.get(reverse("contracts:read", args=[contract.pk]))
    assert Entry.objects.filter(verb="contract.read", actor_id=scene.resident.pk).count() == 1


def test_choosing_nothing_says_so_and_keeps_what_was_ticked(client, scene, contract):
    factories.sign_in(client, scene.resident)
    fields = {"reading": "easy", "rights": RIGHTS_READ, "words": "Mes mots", "article-1": "in_part"}
    response = client.post(reverse("contracts:sign", args=[line_of(contract, "person").pk]), fields)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Choisissez une des réponses." in page
    assert "Mes mots" in page
    assert page.count(" checked") == len(RIGHTS_READ) + 2


def test_reading_again_before_confirming_keeps_the_choice(client, scene, contract):
    factories.sign_in(client, scene.resident)
    client.post(
        reverse("contracts:sign", args=[line_of(contract, "person").pk]), ACCEPT | {"words": "Mes mots"}
    )
    page = client.get(reverse("contracts:read", args=[contract.pk])).content.decode()
    assert "Mes mots" in page
    # The reading, the rights, one article and the outcome.
    assert page.count(" checked") == len(RIGHTS_READ) + 3


def test_the_confirmation_reads_back_the_choice_on_each_article(client, scene, contract):
    factories.sign_in(client, scene.resident)
    address = reverse("contracts:sign", args=[line_of(contract, "person").pk])
    client.post(address, ACCEPT | {"article-1": "in_part", "outcome": "reservations"})
    assert "<b>en partie</b>" in client.get(address).content.decode()


def test_a_choice_that_comes_back_shows_the_contract_and_leaves_a_line(client, scene, contract):
    factories.sign_in(client, scene.resident)
    address = reverse("contracts:sign", args=[line_of(contract, "person").pk])
    assert client.post(address, {"outcome": "nothing"}).status_code == 422
    assert Entry.objects.filter(verb="contract.read", actor_id=scene.resident.pk).count() == 1


def test_documents_are_not_verified_without_end(client, db):
    address = reverse("contracts:verify")
    statuses = [client.post(address, REMOTE_ADDR="192.0.2.9").status_code for _ in range(21)]
    assert statuses == [422] * 20 + [429]


def test_who_chose_the_full_text_reads_it_first(client, scene, contract):
    factories.sign_in(client, scene.resident)
    address = reverse("contracts:read", args=[contract.pk])
    assert client.get(address).context["easy"]
    client.post("/compte/affichage/", {"reading": "full"})
    assert not client.get(address).context["easy"]
