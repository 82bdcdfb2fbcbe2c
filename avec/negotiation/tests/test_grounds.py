"""What cannot be negotiated here: who keeps the list, who reads it, its sources, its reviews."""

from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.tests.factories import days, establishment, member, sign_in
from avec.negotiation.actions import (
    Grounded,
    add_ground,
    add_usual_grounds,
    change_ground,
    retire_ground,
    review_ground,
    take_back_ground,
)
from avec.negotiation.models import Ground
from avec.negotiation.rules.grounds import GroundRefused
from avec.negotiation.rules.usual import BELGIAN, FRENCH
from avec.people.clash import OutOfDate

pytestmark = pytest.mark.django_db
SMOKING = Grounded("house_rules", "Ne pas fumer dans la chambre", "Notre règlement, article 12")
SENT = {
    "nature": "house_rules",
    "words": "Ne pas fumer dans la chambre",
    "source": "Notre règlement, article 12",
    "easy_words": "Le feu est dangereux.",
    "open_words": "Où fumer dehors.",
}


@pytest.fixture
def house():
    return establishment()


@pytest.fixture
def director(house):
    return member(house, role=Role.DIRECTOR)


@pytest.fixture
def smoking(director):
    return add_ground(SMOKING, by=director)


def text_of(response):
    return unescape(response.content.decode())


def test_a_house_starts_from_the_usual_list_of_its_country(client, director):
    sign_in(client, director)
    assert "La liste est vide." in text_of(client.get(reverse("negotiation:grounds")))
    load = reverse("negotiation:load_grounds")
    assert client.post(load, {"country": "fr"}).status_code == 302
    assert Ground.objects.count() == len(FRENCH)
    assert not Ground.objects.filter(checked=True).exists()
    text = text_of(client.get(reverse("negotiation:grounds")))
    assert text.count("Pour l’expliquer") == len(FRENCH)
    assert "à vérifier à la source" in text
    assert Entry.objects.filter(verb="grounds.loaded").count() == 1


def test_what_the_house_changed_or_retired_does_not_come_back(director):
    add_usual_grounds("fr", by=director)
    fire = Ground.objects.get(code="fire")
    change_ground(fire, Grounded("law", "Rien devant les sorties", "Type J"), version=1, by=director)
    retire_ground(Ground.objects.get(code="smoking"), by=director)
    assert add_usual_grounds("fr", by=director) == 0
    common = {one.code for one in FRENCH} & {one.code for one in BELGIAN}
    added = add_usual_grounds("be", by=director)
    assert 0 < added <= len(BELGIAN) - len(common)
    with pytest.raises(GroundRefused):
        add_usual_grounds("xx", by=director)


def test_who_steers_adds_and_changes(client, director):
    sign_in(client, director)
    assert client.post(reverse("negotiation:add_ground"), SENT | {"once": "7"}).status_code == 302
    assert client.post(reverse("negotiation:add_ground"), SENT | {"once": "7"}).status_code == 302
    ground = Ground.objects.get()
    url = reverse("negotiation:change_ground", args=[ground.pk])
    assert client.get(url).status_code == 200
    sent = SENT | {"source": "Notre règlement, article 14", "version": "1"}
    assert client.post(url, sent).status_code == 302
    ground.refresh_from_db()
    assert (ground.source, ground.version) == ("Notre règlement, article 14", 2)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", ""),
        ("source", "a" * 20_000),
        ("words", " "),
        ("nature", "organisation"),
        ("nature", ""),
        ("easy_words", "a" * 20_000),
    ],
)
def test_what_is_missing_is_said(client, director, field, value):
    sign_in(client, director)
    response = client.post(reverse("negotiation:add_ground"), SENT | {field: value})
    assert response.status_code == 422
    assert "field__error" in text_of(response)
    assert not Ground.objects.exists()


def test_the_same_words_twice_are_refused(client, director, smoking):
    sign_in(client, director)
    response = client.post(
        reverse("negotiation:add_ground"), SENT | {"words": "NE PAS FUMER dans la chambre"}
    )
    assert response.status_code == 422
    assert "déjà dans la liste" in text_of(response)


def test_two_people_at_once_see_both_texts(client, director, smoking):
    sign_in(client, director)
    url = reverse("negotiation:change_ground", args=[smoking.pk])
    change_ground(smoking, Grounded("law", smoking.words, "Article 20"), version=1, by=director)
    sent = SENT | {"source": "Article 30", "version": "1"}
    response = client.post(url, sent)
    text = text_of(response)
    assert response.status_code == 409
    assert "Article 20" in text
    assert "Article 30" in text
    smoking.refresh_from_db()
    assert smoking.source == "Article 20"
    both = client.post(url, sent | {"version": "2", "keep": "both"})
    assert "Article 30 / Article 20" in text_of(both)
    assert client.post(url, sent | {"version": "2", "keep": "theirs"}).status_code == 302
    smoking.refresh_from_db()
    assert smoking.source == "Article 20"
    assert client.post(url, sent | {"version": "2", "keep": "mine"}).status_code == 302
    smoking.refresh_from_db()
    assert (smoking.source, smoking.version) == ("Article 30", 3)


def test_a_review_is_dated_and_says_what_was_read(client, director, smoking):
    sign_in(client, director)
    url = reverse("negotiation:check_ground", args=[smoking.pk])
    sent = {
        "checked": "on",
        "reviewed_on": days(0).isoformat(),
        "review_by": days(365).isoformat(),
        "version": "1",
    }
    for field, value in (
        ("reviewed_on", days(1).isoformat()),
        ("review_by", days(0).isoformat()),
        ("review_by", ""),
        ("review_by", "30/02/2027"),
    ):
        assert client.post(url, sent | {field: value}).status_code == 422
    assert client.post(url, sent).status_code == 302
    smoking.refresh_from_db()
    assert (smoking.reviewed_by, smoking.reviewed_on, smoking.checked) == (director, days(0), True)
    stale = client.post(url, sent)
    assert stale.status_code == 409
    assert "Relisez-le" in text_of(stale)
    change_ground(smoking, Grounded("law", "Ne pas fumer au lit", smoking.source), version=2, by=director)
    smoking.refresh_from_db()
    assert not smoking.checked


def test_a_late_review_shows(client, director, smoking):
    review_ground(smoking, version=1, reviewed_on=days(-400), review_by=days(20), checked=True, by=director)
    Ground.objects.update(review_by=days(-1))
    sign_in(client, director)
    assert "Un motif est à relire" in text_of(client.get(reverse("negotiation:grounds")))


def test_retired_then_taken_back(client, director, smoking):
    sign_in(client, director)
    url = reverse("negotiation:retire_ground", args=[smoking.pk])
    for _press in range(2):
        assert client.post(url, {"retire": "1"}).status_code == 302
    smoking.refresh_from_db()
    assert smoking.retired_at
    assert "n’est plus proposé" in text_of(client.get(reverse("negotiation:grounds")))
    assert client.get(reverse("negotiation:change_ground", args=[smoking.pk])).status_code == 404
    with pytest.raises(GroundRefused):
        retire_ground(smoking, by=director)
    assert client.post(url, {"back": "1"}).status_code == 302
    smoking.refresh_from_db()
    assert smoking.retired_at is None
    with pytest.raises(GroundRefused):
        take_back_ground(smoking, by=director)


def test_a_stale_version_is_never_saved(director, smoking):
    with pytest.raises(OutOfDate):
        change_ground(smoking, SMOKING, version=0, by=director)
    with pytest.raises(OutOfDate):
        review_ground(smoking, version=9, reviewed_on=days(0), review_by=days(9), checked=True, by=director)


def test_everybody_of_staff_reads_and_keeps_nothing(client, house, smoking):
    for role in (Role.PROFESSIONAL, Role.TRAINEE):
        reader = member(house, role=role)
        sign_in(client, reader)
        text = text_of(client.get(reverse("negotiation:grounds")))
        assert "Ne pas fumer" in text
        assert "Ajouter un motif" not in text
        for name, args in (
            ("add_ground", []),
            ("change_ground", [smoking.pk]),
            ("check_ground", [smoking.pk]),
            ("retire_ground", [smoking.pk]),
            ("load_grounds", []),
        ):
            assert client.post(reverse(f"negotiation:{name}", args=args), SENT).status_code == 404
        with pytest.raises(PermissionDenied):
            add_ground(SMOKING, by=reader)
        with pytest.raises(PermissionDenied):
            retire_ground(smoking, by=reader)


@pytest.mark.parametrize("role", [Role.PERSON, Role.RELATIVE, Role.ADMINISTRATOR, Role.RESEARCHER])
def test_the_list_is_for_staff(client, house, role, smoking):
    sign_in(client, member(house, role=role))
    assert client.get(reverse("negotiation:grounds")).status_code == 404


def test_another_house_keeps_its_own(client, smoking):
    other = member(establishment(), role=Role.DIRECTOR)
    sign_in(client, other)
    assert "Ne pas fumer" not in text_of(client.get(reverse("negotiation:grounds")))
    assert client.post(reverse("negotiation:change_ground", args=[smoking.pk]), SENT).status_code == 404
    with pytest.raises(PermissionDenied):
        change_ground(smoking, SMOKING, version=1, by=other)


def test_the_list_asks_as_many_queries_for_one_as_for_all(client, director, smoking):
    sign_in(client, director)
    url = reverse("negotiation:grounds")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    add_usual_grounds("fr", by=director)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(one)
