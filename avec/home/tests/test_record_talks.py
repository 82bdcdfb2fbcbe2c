"""What a record shows of its negotiations and of the cares refused, without one query more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avec.careplan.tests.factories import days, expectation, goal, in_team, member, sign_in
from avec.home import gather
from avec.home.record_talks import refusals_of, talks_of
from avec.negotiation.actions import Opening, Seat, open_negotiation
from avec.negotiation.models import CareRefusal, Negotiation
from avec.negotiation.refusals import refusals_of as refusals_asked
from avec.negotiation.tests.table import around

pytestmark = pytest.mark.django_db


def record(client, who, found):
    response = sign_in(client, who).get(reverse("home:record", args=[found.person.pk]))
    assert response.status_code == 200
    return response.content.decode()


def another(found, title="Le dîner", **opening):
    usual = {"title": title, "situation": "On n’est pas d’accord."}
    return open_negotiation(
        found.plan, Opening(**usual | opening), [Seat(), Seat(professional=found.nurse)], by=found.nurse
    )


def refusal(found, **fields):
    usual = {
        "plan": found.plan,
        "person": found.person,
        "establishment": found.person.establishment,
        "care": "La toilette",
        "words": "Pas ce matin.",
        "refused_on": days(-3),
        "information": "Le risque d’infection",
        "ask_again_on": days(2),
        "written_by": found.nurse,
    }
    return CareRefusal.objects.create(**usual | fields)


def test_the_record_shows_what_is_negotiated_and_where_to_open_another(client):
    found = around()
    page = record(client, found.nurse, found)
    assert "Les négociations" in page
    assert reverse("negotiation:table", args=[found.negotiation.pk]) in page
    assert reverse("negotiation:open", args=[found.person.pk]) in page
    assert "1 en cours" in page


def test_a_negotiation_past_its_date_is_said_on_the_thread(client):
    found = around(due_on=days(1))
    Negotiation.objects.filter(pk=found.negotiation.pk).update(due_on=days(-2))
    page = record(client, found.nurse, found)
    assert "1 a passé sa date" in page
    assert "Date limite dépassée" in page


def test_words_and_goals_lead_to_the_negotiation_that_starts_from_them(client):
    found = around()
    said = expectation(found.plan, found.nurse)
    aim = goal(found.plan, found.nurse)
    opened = reverse("negotiation:open", args=[found.person.pk])
    page = record(client, found.nurse, found)
    assert f"{opened}?attente={said.pk}" in page
    assert f"{opened}?objectif={aim.pk}" in page
    talk = another(found, expectation=said, level=said.level)
    page = record(client, found.nurse, found)
    assert f"{opened}?attente={said.pk}" not in page
    assert "Voir la négociation" in page
    assert reverse("negotiation:table", args=[talk.pk]) in page


def test_what_the_plan_carries_is_what_a_query_of_its_own_would_say():
    found = around()
    late = another(found, "Le dîner", due_on=days(3))
    kept = refusal(found)
    told = gather.plan_for(found.nurse, found.person.pk)
    talks = talks_of(told.talks)
    assert [one.pk for one in talks.running] == [late.pk, found.negotiation.pk]
    assert talks.running[1].due_on == found.negotiation.due_on
    [row] = refusals_of(told.refused, found.person).stand
    [asked] = refusals_asked(found.nurse, found.person).stand
    assert row.refusal.pk == kept.pk
    for name in ("care", "words", "observed", "refused_on", "last_stance", "last_day", "explained_since"):
        assert getattr(row.refusal, name) == getattr(asked.refusal, name)
    assert (row.state, row.asked_on, row.unexplained) == (asked.state, asked.asked_on, asked.unexplained)


def test_what_a_reader_may_not_read_is_not_carried():
    """T02: a colleague of the house who is not in the team has no plan; a note for the team stays in it."""
    found = around()
    assert gather.plan_for(member(found.person.establishment), found.person.pk) is None
    outside = member(found.person.establishment)
    in_team(found.person, outside, external=True)
    refusal(found, level="C3")
    told = gather.plan_for(outside, found.person.pk)
    assert told is not None
    assert refusals_of(told.refused, found.person).stand == []


@pytest.mark.parametrize("count", [1, 12])
def test_fourteen_queries_whatever_is_negotiated_and_refused(client, count):
    found = around()
    for number in range(count):
        another(found, f"Sujet {number}")
        refusal(found, care=f"Soin {number}")
    record(client, found.nurse, found)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("home:record", args=[found.person.pk])).content.decode()
    assert len(queries) <= 14
    assert "Soin 0" in page
