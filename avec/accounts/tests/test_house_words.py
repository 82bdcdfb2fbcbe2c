"""The words of the house: chosen by the direction or the administration, said everywhere from the next page on."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from avec.accounts.actions import choose_words
from avec.accounts.models import Role
from avec.audit.models import Entry

from .factories import entered, establishment, member

pytestmark = pytest.mark.django_db
ADDRESS = "/compte/mots/"


def signed_in_as(role: str, house) -> Client:
    return entered(Client(), member(house, role))


@pytest.mark.parametrize("role", [Role.DIRECTOR.value, Role.ADMINISTRATOR.value])
def test_the_direction_and_the_administration_choose(role):
    house = establishment()
    client = signed_in_as(role, house)
    answer = client.post(ADDRESS, {"called": "user", "partner_called": "patient"}, follow=True)
    house.refresh_from_db()
    assert (house.called, house.partner_called) == ("user", "patient")
    assert "Les pages emploient maintenant ces mots." in answer.content.decode()
    line = Entry.objects.get(verb="establishment.words_chosen")
    assert line.detail == {"called": "user", "partner_called": "patient"}
    assert "usagers et usagères" in client.get("/compte/").content.decode()


@pytest.mark.parametrize(
    "role", [each.value for each in Role if each not in {Role.DIRECTOR, Role.ADMINISTRATOR}]
)
def test_nobody_else_does(role):
    house = establishment()
    client = signed_in_as(role, house)
    assert client.get(ADDRESS).status_code == 404
    with pytest.raises(PermissionDenied):
        choose_words(house, called="user", partner_called="patient", by=member(house, role))


def test_the_words_of_another_house_are_not_ours_to_choose():
    with pytest.raises(PermissionDenied):
        choose_words(
            establishment(),
            called="user",
            partner_called="patient",
            by=member(establishment(), Role.DIRECTOR.value),
        )


def test_the_sentences_are_read_before_anything_is_kept():
    house = establishment()
    client = signed_in_as(Role.DIRECTOR.value, house)
    page = client.post(
        ADDRESS, {"called": "patient", "partner_called": "patient", "look": "1"}
    ).content.decode()
    for sentence in (
        "La patiente dit ce qui compte pour elle.",
        "Les mots du patient restent tels quels.",
        "L’équipe répond au patient ou à la patiente.",
        "Un patient ou une patiente partenaire relit ce document.",
    ):
        assert sentence in page
    house.refresh_from_db()
    assert house.called == "supported"
    assert "L’équipe répond à l’usagère." in client.get(ADDRESS, {"called": "user"}).content.decode()


def test_a_word_that_does_not_exist_is_refused_with_a_sentence():
    client = signed_in_as(Role.DIRECTOR.value, establishment())
    answer = client.post(ADDRESS, {"called": "client", "partner_called": "patient"})
    assert answer.status_code == 422
    assert "Choisissez un de ces mots." in answer.content.decode()
    assert client.get(ADDRESS, {"called": "<b>"}).status_code == 200
