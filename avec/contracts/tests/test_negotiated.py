"""What was negotiated goes into the contract: once, in both readings, and older contracts stay what they were."""

import subprocess

import pytest
from django.urls import reverse
from django.utils import timezone

from avec.careplan.actions import take_position
from avec.careplan.models import Goal
from avec.careplan.rules import Stance
from avec.contracts.actions import issue_contract
from avec.contracts.models import CareContract, State
from avec.contracts.preparing import preview
from avec.contracts.rules import as_data, from_data
from avec.contracts.verify import is_unchanged
from avec.documents.rules import fingerprint
from avec.negotiation.actions import (
    Opening,
    Seat,
    accept_aim,
    add_point,
    answer_text,
    conclude,
    go_on,
    open_negotiation,
    say_stake,
    settle,
)
from avec.negotiation.actions import (
    take_position as say_position,
)
from avec.negotiation.models import Negotiation, Party
from avec.negotiation.rules import Answer, Becomes, OutcomeKind
from avec.people.tests import factories
from avec.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db

DAY = timezone.timedelta(days=1)


def negotiated(scene, *, resident=Answer.RESERVATIONS, level="C1"):
    """The person and the nurse agree on one point, not on the other; a third cannot be negotiated."""
    nurse, today = scene.nurse, timezone.localdate()
    opening = Opening(
        title="Le lever", situation="Trop tôt", aim="Bien dormir", due_on=today + 10 * DAY, level=level
    )
    one = open_negotiation(scene.plan, opening, [Seat(), Seat(professional=nurse)], by=nurse)
    seats = {
        party.professional_id or scene.resident.pk: party
        for party in Party.objects.filter(negotiation=one).select_related("negotiation__person")
    }
    both = (scene.resident, nurse)
    agreed = add_point(one, "L’heure du lever", nature="organisation", by=nurse)
    not_agreed = add_point(one, "La douche", nature="organisation", by=nurse)
    add_point(one, "Le pansement", nature="prescription", source="Dr Estève", by=nurse)
    for who in both:
        accept_aim(one, seats[who.pk], by=who)
    go_on(one, by=nurse)
    for who in both:
        say_stake(one, seats[who.pk], "Dormir", by=who)
    go_on(one, by=nurse)
    say_position(one, seats[scene.resident.pk], not_agreed, "Une douche suffit.", by=scene.resident)
    say_position(one, seats[nurse.pk], not_agreed, "Trois douches", by=nurse)
    settle(
        one, agreed, OutcomeKind.AGREED, "Lever à 9 heures", by=nurse, becomes=Becomes.GOAL,
        fields={
            "statement": "Je me lève à 9 heures.", "due_on": (today + 60 * DAY).isoformat(), "priority": 2,
            "expectations": [str(scene.expectation.pk)],
        },
    )  # fmt: skip
    settle(one, not_agreed, OutcomeKind.DISAGREED, "Le nombre de douches", by=nurse)
    go_on(one, by=nurse)
    answer_text(one, seats[scene.resident.pk], resident, words="Si on me laisse dormir.", by=scene.resident)
    answer_text(one, seats[nurse.pk], Answer.YES, by=nurse)
    conclude(one, by=nurse, next_step="mediator", next_on=today + 20 * DAY)
    for goal in Goal.objects.filter(plan=scene.plan):
        for who in both:
            take_position(goal, Stance.AGREES, by=who)
    return Negotiation.objects.get(pk=one.pk)


def issued(scene):
    return issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)


def text_of(pdf: bytes) -> str:
    command = ["pdftotext", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()  # noqa: S603


def signed(contract):
    contract.state = State.IN_FORCE.value
    contract.save(update_fields=["state"])


def test_the_draft_tells_what_was_negotiated(scene, client):
    negotiated(scene)
    sign_in(client, scene.nurse)
    page = client.get(reverse("contracts:prepare", args=[scene.person.pk])).content.decode()
    for words in (
        "Ce que nous avons négocié",
        "Lever à 9 heures",
        "Une douche suffit.",
        "Trois douches",
        "Dr Estève",
        "Si on me laisse dormir.",
        "Je me lève à 9 heures.",
    ):
        assert words in page, words


def test_a_contract_keeps_it_in_both_readings(scene, client):
    negotiated(scene)
    contract = issued(scene)
    assert is_unchanged(contract)
    text = from_data(contract.content)
    assert as_data(text) == contract.content
    (one,) = text.negotiated
    assert [point.kind for point in one.points] == ["agreed", "disagreed", "fixed"]
    assert [(said.voice, said.answer) for said in one.reserves] == [("person", "reservations")]
    assert "Nous ne sommes pas d’accord." in one.easy
    sign_in(client, scene.resident)
    page = client.get(reverse("contracts:read", args=[contract.pk])).content.decode()
    assert "Ce que nous avons négocié" in page
    for reading, words in (("full", "Une douche suffit."), ("easy", "Nous ne sommes pas d’accord.")):
        pdf = client.get(reverse("contracts:pdf", args=[contract.pk, reading])).content
        said = text_of(pdf)
        assert words in " ".join(said.split())
        assert "Ce que nous avons négocié" in " ".join(said.split())


def test_it_is_told_once(scene):
    negotiated(scene)
    first = issued(scene)
    # Not signed yet: the version that replaces it tells it still.
    second = issued(scene)
    assert len(from_data(second.content).negotiated) == 1
    first.refresh_from_db()
    assert first.state == State.WITHDRAWN.value
    signed(second)
    assert preview(scene.plan).negotiated == []
    assert "negotiated" not in issued(scene).content


def test_somebody_said_no_and_nothing_is_told_as_agreed(scene):
    negotiated(scene, resident=Answer.NO)
    (one,) = from_data(issued(scene).content).negotiated
    assert one.result == "none"
    assert [point.kind for point in one.points] == ["disagreed", "disagreed", "fixed"]
    assert "Nous sommes d’accord." not in one.easy


def test_it_is_not_shared_wider_than_the_table(scene):
    negotiated(scene, level="C2")
    assert issued(scene).level == "C2"


def test_a_contract_issued_before_is_the_same_and_verifies(scene, contract):
    """Without the part, the content is what it always was: read, and with the same fingerprint."""
    assert "negotiated" not in contract.content
    old = dict(contract.content)
    text = from_data(old)
    assert text.negotiated == ()
    assert fingerprint(as_data(text)) == contract.fingerprint
    negotiated(scene)
    contract = CareContract.objects.get(pk=contract.pk)
    assert contract.content == old
    assert is_unchanged(contract)


def test_an_article_opens_a_negotiation(scene, contract, client):
    url = reverse("contracts:negotiate", args=[contract.pk, 1])
    sign_in(client, scene.nurse)
    assert url in client.get(reverse("contracts:read", args=[contract.pk])).content.decode()
    page = client.get(url)
    assert page.status_code == 200
    assert "Aller au jardin chaque matin" in page.content.decode()
    assert client.get(reverse("contracts:negotiate", args=[contract.pk, 9])).status_code == 404
    for stranger in (scene.resident, factories.member(scene.establishment)):
        sign_in(client, stranger)
        assert client.get(url).status_code == 404
