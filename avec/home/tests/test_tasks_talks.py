"""The negotiations of a day: whose turn it is, what has passed its date, what was asked and nobody framed."""

import pytest
from django.urls import reverse

from avec.careplan.tests.factories import days, in_team, member, sign_in
from avec.home.rules import Group
from avec.negotiation.actions import (
    Opening,
    Seat,
    accept_aim,
    answer_text,
    conclude,
    go_on,
    offer,
    open_negotiation,
    settle,
    take_position,
)
from avec.negotiation.models import Negotiation
from avec.negotiation.rules import Answer, OutcomeKind
from avec.negotiation.tests.table import around, explored, negotiated

pytestmark = pytest.mark.django_db


def rows(client, who):
    response = sign_in(client, who).get(reverse("home:day"))
    assert response.status_code == 200
    tasks = [task for part in response.context["parts"] for task in part.tasks]
    return [task for task in tasks if "égoci" in task.kind]


def kinds(client, who):
    return [task.kind.replace("\xa0", " ") for task in rows(client, who)]


def test_each_phase_says_what_it_asks_of_me(client):
    found = around()
    assert kinds(client, found.nurse) == ["Négociation : un but commun attend votre réponse"]
    accept_aim(found.negotiation, found.seat(found.nurse), by=found.nurse)
    assert kinds(client, found.nurse) == []
    found = explored(around())
    assert kinds(client, found.nurse) == ["Négociation : dites ce qui compte pour vous"]
    found = negotiated(around())
    # What one asks for oneself is no task.
    assert kinds(client, found.nurse) == []
    take_position(
        found.negotiation, found.seat(found.resident), found.points[0], "9 heures", by=found.resident
    )
    offer(
        found.negotiation,
        found.seat(found.resident),
        found.points[0],
        was="9 heures",
        becomes="8 heures",
        by=found.resident,
    )
    [task] = rows(client, found.nurse)
    assert "une proposition attend votre réponse" in task.kind
    assert client.get(task.action_url).status_code == 200


def test_the_text_waits_then_the_next_step_comes_on_its_day(client):
    found = negotiated(around())
    settle(found.negotiation, found.points[0], OutcomeKind.AGREED, "Lever à 8 heures", by=found.nurse)
    settle(found.negotiation, found.points[1], OutcomeKind.DISAGREED, "La douche, toujours", by=found.nurse)
    go_on(found.negotiation, by=found.nurse)
    assert kinds(client, found.nurse) == ["Négociation : le texte relu attend votre réponse"]
    for who in found.everybody:
        answer_text(found.negotiation, found.seat(who), Answer.YES, by=who)
    assert kinds(client, found.nurse) == []
    conclude(found.negotiation, by=found.nurse, next_step="date", next_on=days(3))
    [task] = rows(client, found.nurse)
    assert task.group == Group.SOON
    assert "la suite prévue arrive" in task.kind


def test_past_its_date_somebody_decides(client):
    found = around()
    accept_aim(found.negotiation, found.seat(found.nurse), by=found.nurse)
    Negotiation.objects.filter(pk=found.negotiation.pk).update(due_on=days(3))
    [task] = rows(client, found.nurse)
    assert (task.group, task.kind.replace("\xa0", " ")) == (
        Group.SOON,
        "Négociation : la date limite approche",
    )
    Negotiation.objects.filter(pk=found.negotiation.pk).update(due_on=days(-3))
    [task] = rows(client, found.nurse)
    assert task.group == Group.LATE
    assert "au-delà de sa date" in task.kind
    # Somebody of the team who is not at the table sees it too.
    colleague = member(found.person.establishment)
    in_team(found.person, colleague)
    assert [one.group for one in rows(client, colleague)] == [Group.LATE]


def test_what_the_person_asks_waits_to_be_framed(client):
    found = around()
    Negotiation.objects.filter(pk=found.negotiation.pk).update(due_on=days(90))
    accept_aim(found.negotiation, found.seat(found.nurse), by=found.nurse)
    opening = Opening(title="Le dîner", situation="Trop tôt")
    open_negotiation(found.plan, opening, [Seat(), Seat(professional=found.nurse)], by=found.resident)
    [task] = rows(client, found.nurse)
    assert task.kind.endswith("demande à négocier\xa0: à cadrer")
    assert task.text == "Le dîner"


def test_it_is_for_the_team_of_that_very_person(client):
    """T02, T09: neither a colleague who is not in the team, nor somebody from outside."""
    found = around(due_on=days(1))
    outside = member(found.person.establishment)
    in_team(found.person, outside, external=True)
    for who in (outside, member(found.person.establishment)):
        assert rows(client, who) == []
