"""Nobody reads a record without leaving a line, whatever the way of asking."""

import pytest
from django.urls import reverse

from avec.audit.models import Entry
from avec.home.tests.worlds import house
from avec.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["options", "trace", "put", "delete", "patch"])
@pytest.mark.parametrize("name", ["own", "own_said", "own_goals", "own_team"])
def test_other_methods_show_nothing(client, name, method):
    home = house()
    response = getattr(sign_in(client, home.odette.member), method)(reverse(f"home:{name}"))
    assert response.status_code == 405
    assert not response.content


def test_a_page_asked_for_by_post_leaves_its_line(client):
    home = house()
    sign_in(client, home.odette.member)
    before = Entry.objects.filter(verb="own.read").count()
    assert client.post(reverse("home:own")).status_code == 200
    assert Entry.objects.filter(verb="own.read").count() == before + 1


def test_words_sent_leave_the_line_of_what_was_said_only(client):
    home = house()
    sign_in(client, home.odette.member)
    client.post(reverse("home:own_say"), {"words": "Voir la mer.", "kind": "wish", "level": "C1"})
    assert not Entry.objects.filter(verb="own_say.read").exists()
    assert client.post(reverse("home:own_say"), {"words": ""}).status_code in {200, 422}
    assert Entry.objects.filter(verb="own_say.read").count() == 1
