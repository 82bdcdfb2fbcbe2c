"""The easy version first: what the person chose, or before that what their team noted."""

import pytest

from avec.people.tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/compte/affichage/"


def reads_easily(client) -> bool:
    return bool(client.get(PAGE).wsgi_request.display.easy)


@pytest.mark.parametrize("noted", [True, False])
def test_until_the_person_chooses_what_was_noted_decides(client, noted):
    person = factories.person(factories.establishment(), easy_read=noted)
    factories.sign_in(client, person.member)
    assert reads_easily(client) is noted
    chosen = "full" if noted else "easy"
    client.post(PAGE, {"reading": chosen})
    assert reads_easily(client) is not noted


def test_a_relative_and_a_professional_choose_for_themselves(client):
    house = factories.establishment()
    person = factories.person(house, easy_read=True)
    for member in (factories.relative(person, "carer").member, factories.member(house)):
        factories.sign_in(client, member)
        assert not reads_easily(client)
        client.post(PAGE, {"reading": "easy"})
        assert reads_easily(client)
        client.logout()


def test_every_page_of_a_person_is_large_whatever_the_version(client):
    person = factories.person(factories.establishment())
    factories.sign_in(client, person.member)
    client.post(PAGE, {"reading": "full"})
    assert client.get("/aide/").wsgi_request.display.large
