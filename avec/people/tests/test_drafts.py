import uuid

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from avec.people.middleware import receive_once
from avec.people.models import Draft
from avec.people.tests.factories import establishment, member, sign_in

pytestmark = pytest.mark.django_db
URL = reverse("people:draft")
KEY = f"say:{uuid.uuid4()}"


def test_a_draft_is_kept_and_said_with_its_time(client):
    nurse = member(establishment())
    sign_in(client, nurse)
    answer = client.post(URL, {"draft_key": KEY, "words": "Le jar", "level": ["C1"], "once": "x"})
    assert "Brouillon enregistré à" in answer.content.decode()
    client.post(URL, {"draft_key": KEY, "words": "Le jardin"})
    draft = Draft.objects.get()
    assert (draft.member, draft.fields) == (nurse, {"words": ["Le jardin"]})


def test_a_draft_holds_nothing_that_the_database_refuses(client):
    sign_in(client, member(establishment()))
    assert client.post(URL, {"draft_key": KEY, "wo\x00rds": "Le\x00 jardin"}).status_code == 200
    assert Draft.objects.get().fields == {"words": ["Le jardin"]}


def test_a_draft_that_arrives_after_its_form_is_not_kept(client):
    nurse = member(establishment())
    sign_in(client, nurse)
    request = RequestFactory().post("/", {"once": "once-1"})
    request.member = nurse
    receive_once(lambda _request: HttpResponse(status=302))(request)
    assert client.post(URL, {"draft_key": KEY, "words": "x", "once": "once-1"}).status_code == 204
    assert not Draft.objects.exists()


def test_a_draft_is_ones_own_even_under_the_same_key(client):
    house = establishment()
    one, other = member(house), member(house)
    sign_in(client, one).post(URL, {"draft_key": KEY, "words": "à moi"})
    sign_in(client, other).post(URL, {"draft_key": KEY, "fresh": "1"})
    assert Draft.objects.get().fields == {"words": ["à moi"]}
    assert not Draft.objects.visible_to(other).exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"words": "sans clé"},
        {"draft_key": "../../etc", "words": "x"},
        {"draft_key": KEY, "words": "x" * 60_001},
        {"draft_key": KEY} | {f"f{n}": "x" for n in range(90)},
    ],
)
def test_what_is_not_one_of_our_forms_is_refused(client, sent):
    assert sign_in(client, member(establishment())).post(URL, sent).status_code == 400
    assert not Draft.objects.exists()


@pytest.mark.parametrize("back", ["https://exemple.test/", "//exemple.test", "\\\\exemple.test", ""])
def test_starting_again_never_leads_elsewhere(client, back):
    answer = sign_in(client, member(establishment())).post(
        URL, {"draft_key": KEY, "fresh": "1", "next": back}
    )
    assert answer.headers["Location"] == "/"


def test_the_oldest_drafts_make_room(client):
    nurse = member(establishment())
    sign_in(client, nurse)
    for _ in range(65):
        client.post(URL, {"draft_key": f"say:{uuid.uuid4()}", "words": "x"})
    assert Draft.objects.count() == 60


def test_a_draft_needs_a_place(client):
    assert client.post(URL, {"draft_key": KEY}).status_code == 302
