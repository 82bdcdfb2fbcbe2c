"""The screen of the room: a moment for privacy first, then the same table, for everybody there."""

from datetime import timedelta

import pytest
from django.test import Client

from avec.careplan.tests.factories import member, sign_in
from avec.negotiation.actions import choose_aloud, go_on, settle
from avec.negotiation.models import Move
from avec.negotiation.rules import OutcomeKind
from avec.negotiation.sitting import sitting_of
from avec.negotiation.views.room import gathered_today

from .table import around, explored, negotiated

pytestmark = pytest.mark.django_db


def url(found, name=""):
    return f"/negociations/{found.negotiation.pk}/salle/{name}"


def enter(who):
    return sign_in(Client(), who)


def gather(client, found, **more):
    data = {"present": [str(found.seat(who).pk) for who in (found.resident, found.nurse)], "closed": "on"}
    return client.post(url(found, "avant/"), data | more)


def test_the_screen_opens_only_after_it_was_said_who_is_there():
    found = negotiated(around())
    client = enter(found.nurse)
    assert client.get(url(found)).headers["Location"] == url(found, "avant/")
    assert client.get(url(found, "avant/")).status_code == 200
    assert gather(client, found, others="Nora, stagiaire").headers["Location"] == url(found)
    last = Move.objects.filter(negotiation=found.negotiation).last()
    assert (last.verb, last.words, len(last.detail["present"])) == ("gather", "Nora, stagiaire", 2)
    page = client.get(url(found)).content.decode()
    assert "Écran partagé" in page
    assert 'class="frame-shared' in page
    assert "Menu principal" not in page


def test_it_is_said_again_another_day():
    found = negotiated(around())
    client = enter(found.nurse)
    gather(client, found)
    assert client.get(url(found)).status_code == 200

    sitting = sitting_of(found.negotiation)
    assert gathered_today(sitting)
    sitting.moves[-1].at -= timedelta(days=1)
    assert not gathered_today(sitting)


def test_other_files_are_closed_and_somebody_is_there_first():
    found = negotiated(around())
    client = enter(found.nurse)
    answer = gather(client, found, closed="")
    assert answer.status_code == 422
    assert "Fermez d’abord les autres dossiers" in answer.content.decode()
    answer = gather(client, found, present=[], others="Nora, stagiaire")
    assert answer.status_code == 422
    assert "Nora, stagiaire" in answer.content.decode()
    assert gather(client, found, present=["x"]).status_code == 422


def test_only_the_team_opens_the_screen():
    found = negotiated(around())
    stranger = member(found.nurse.establishment, job="infirmier")
    for who in (found.resident, found.daughter, stranger):
        client = enter(who)
        for path in (url(found), url(found, "avant/")):
            assert client.get(path).status_code in {403, 404}
        assert gather(client, found).status_code in {403, 404}


def test_a_move_made_from_the_screen_comes_back_to_the_screen():
    found = negotiated(around())
    choose_aloud(found.negotiation, found.seat(found.resident), True, by=found.nurse)
    client = enter(found.nurse)
    gather(client, found)
    data = {
        "point": str(found.points[0].pk),
        "partie": str(found.seat(found.resident).pk),
        "words": "Pas avant 9 heures",
        "salle": "1",
    }
    path = f"/negociations/{found.negotiation.pk}/position/"
    assert client.post(path, data).headers["Location"] == url(found) + "?point=1#p1"
    assert "dit de vive voix" in client.get(url(found)).content.decode()
    back = client.post(path, data | {"words": ""})
    assert back.status_code == 422
    assert "Écran partagé" in back.content.decode()
    del data["salle"]
    again = client.post(path, data, headers={"Referer": "http://testserver" + url(found) + "?point=1"})
    assert again.headers["Location"].startswith(url(found))
    # Somebody around the table has no screen of the room to come back to.
    own = enter(found.daughter)
    answer = own.post(path, data | {"partie": str(found.seat(found.daughter).pk), "salle": "1"})
    assert "/salle/" not in answer.headers["Location"]


def test_the_screen_shows_each_phase():
    found = around()
    client = enter(found.nurse)
    gather(client, found)
    assert "Le but commun" in client.get(url(found)).content.decode()
    explored(found)
    assert "Ce qui compte pour chaque personne" in client.get(url(found)).content.decode()
    found = negotiated(around())
    client = enter(found.nurse)
    gather(client, found)
    assert "Les pas de chacun" in client.get(url(found)).content.decode()
    for point in found.points:
        settle(found.negotiation, point, OutcomeKind.SET_ASIDE, "Au printemps", by=found.nurse)
    assert "Passer à" in client.get(url(found)).content.decode()
    go_on(found.negotiation, by=found.nurse)
    page = client.get(url(found)).content.decode()
    assert "Au printemps" in page
