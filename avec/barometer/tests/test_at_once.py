"""Fifty submissions of one card at the same second: one counts. Twenty phones in a room: no card too many."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from avec.barometer.actions import open_campaign
from avec.barometer.cards import give
from avec.barometer.models import Invitation, SelfRating
from avec.barometer.room import room_code
from avec.barometer.rules import Side
from avec.contracts.tests.threads import at_once, shared_copy

from . import matter


@pytest.fixture
def opened(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), shared_copy(tmp_path):
        leader = matter.member()
        yield open_campaign(matter.campaign(matter.group(leader), users=5), by=leader)


# The suite makes its database for the modules that say they need one.
@pytest.mark.django_db
def test_the_suite_has_a_database():
    assert not SelfRating.objects.exists()


def test_fifty_submissions_of_one_card_are_one_answer(opened):
    [token] = give(opened, Side.USER, 1)
    url = reverse("barometer_card:card", args=[token])

    def send(value):
        return Client().post(url, {"c-views": str(value % 5), "w-": f"Mot {value}"}).content.decode()

    pages = at_once(*[lambda place=place: send(place) for place in range(50)])
    said = Counter(
        "kept" if "Votre réponse est comptée" in page else "already" if "a déjà répondu" in page else page
        for page in pages
    )
    assert said == {"kept": 1, "already": 49}
    assert SelfRating.objects.filter(campaign=opened).count() == 1
    assert opened.comments.count() == 1


def test_twenty_phones_take_the_five_cards_there_are(opened):
    url = reverse("barometer_card:room", args=[room_code(opened, Side.USER)])
    given = at_once(
        *[
            lambda place=place: Client().post(url, {"once": f"phone {place}"}).status_code
            for place in range(20)
        ]
    )
    assert Counter(given) == {302: 5, 422: 15}
    assert Invitation.objects.filter(campaign=opened).count() == 5
