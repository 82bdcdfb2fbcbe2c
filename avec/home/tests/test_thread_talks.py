"""The thread passes through the negotiations: of a sentence, of a goal, of an activity."""

import pytest
from django.urls import reverse

from avec.careplan.models import Activity, Goal
from avec.negotiation.actions import answer_text, conclude, go_on
from avec.negotiation.rules import Answer, Becomes
from avec.negotiation.tests.test_effects import GOAL, concluded_by_both, rested, settled, started
from avec.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db


def shows(client, who, name, pk, negotiation):
    sign_in(client, who)
    page = client.get(reverse(f"home:{name}", args=[pk])).content.decode()
    return reverse("negotiation:table", args=[negotiation.pk]) in page


def test_what_was_made_leads_back_to_the_negotiation(client):
    found = rested()
    go_on(found.negotiation, by=found.nurse)
    for who in found.everybody:
        answer_text(found.negotiation, found.seat(who), Answer.YES, by=who)
    conclude(found.negotiation, by=found.nurse)
    goal, activity = Goal.objects.get(plan=found.plan), Activity.objects.get(plan=found.plan)
    for who in found.everybody:
        assert shows(client, who, "goal_thread", goal.pk, found.negotiation)
        assert shows(client, who, "activity_thread", activity.pk, found.negotiation)


def test_words_lead_to_the_negotiation_that_started_from_them(client):
    found, expectation = started()
    assert shows(client, found.nurse, "thread", expectation.pk, found.negotiation)
    settled(found, found.points[0], Becomes.GOAL, GOAL)
    concluded_by_both(found)
    assert shows(client, found.resident, "thread", expectation.pk, found.negotiation)
    # A relative who was not at that table reads nothing of it.
    assert not shows(client, found.daughter, "thread", expectation.pk, found.negotiation)
