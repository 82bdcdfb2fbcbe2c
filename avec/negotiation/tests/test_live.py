"""A page that follows the table: what it costs, whom it is open to, and what the journal keeps of it."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from avec.accounts.access import CHECKED_BY_ITSELF
from avec.accounts.middleware import BY_ITSELF
from avec.accounts.models import Member
from avec.audit.models import Entry
from avec.careplan.tests.factories import days, relative, sign_in
from avec.negotiation.actions import Seat, accept_aim, add_party, go_on, say_stake, take_position
from avec.negotiation.following import LOOKED_AT, asked_by
from avec.negotiation.models import Negotiation, Party
from avec.negotiation.sitting import sitting_of
from avec.negotiation.views.live import SALT
from avec.people.models import Mandate
from tests.project import walk_patterns

from .table import around, explored, negotiated

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    return explored(around())


def page_of(found, name=""):
    return f"/negociations/{found.negotiation.pk}/{name}"


def enter(who):
    return sign_in(Client(), who)


def follow(client, found):
    """The address that the page follows, and the version it shows."""
    page = client.get(page_of(found)).context
    return page["follow_url"], page["shown"].version


def readings(found):
    return Entry.objects.filter(verb="negotiation.read", object_id=str(found.negotiation.pk)).count()


@pytest.mark.parametrize("who", ["nurse", "resident", "daughter"])
def test_nothing_moved_is_said_in_two_queries(found, who, django_assert_num_queries):
    client = enter(getattr(found, who))
    url, version = follow(client, found)
    for _ in range(2):  # the first question writes its queries, and asks no more than the others
        with django_assert_num_queries(2):
            answer = client.get(url, {"v": version})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_idle_question_costs_little(found):
    """Three milliseconds of the processor; the quickest of many, whatever else the machine is doing."""
    client = enter(found.nurse)
    url, version = follow(client, found)
    taken = []
    for _ in range(30):
        start = time.process_time()
        assert client.get(url, {"v": version}).status_code == 204
        taken.append(time.process_time() - start)
    assert min(taken) < 0.003


def test_a_move_of_somebody_else_is_told_at_the_next_question(found):
    client = enter(found.nurse)
    url, version = follow(client, found)
    say_stake(found.negotiation, found.seat(found.daughter), "Qu’elle dorme", by=found.daughter)
    answer = client.get(url, {"v": version})
    assert answer.status_code == 200
    assert answer.json() == {"open": True, "version": version + 1}
    token = url.rstrip("/").split("/")[-1]
    again = client.get(page_of(found), headers={BY_ITSELF: token, "Avec-Seen": str(version)})
    assert "Qu’elle dorme" in again.content.decode()
    assert [found.seat(found.daughter).name in one for one in again.context["news"]] == [True]


@pytest.mark.parametrize("forged", ["x", "a:b:c", "é", "1" * 3000])
def test_a_forged_token_is_refused(found, forged):
    client = enter(found.nurse)
    assert client.get(page_of(found, f"en-direct/{forged}/")).status_code == 403


def test_a_token_is_good_for_one_table_one_session_and_one_member(found):
    client = enter(found.nurse)
    url, _ = follow(client, found)
    other = explored(around())
    assert client.get(url.replace(str(found.negotiation.pk), str(other.negotiation.pk))).status_code == 403
    assert Client().get(url).status_code == 403
    assert enter(found.nurse).get(url).status_code == 403
    assert enter(found.resident).get(url).status_code == 403
    body = signing.loads(url.rstrip("/").split("/")[-1], salt=SALT)
    wrong = signing.dumps(body, salt="something.else")
    assert client.get(page_of(found, f"en-direct/{wrong}/")).status_code == 403
    late = signing.dumps([*body[:3], int(time.time()) - 1], salt=SALT)
    assert client.get(page_of(found, f"en-direct/{late}/")).status_code == 403
    for odd in ([], "x", [1, 2, 3], None, [*body[:3], "x"]):
        assert client.get(page_of(found, f"en-direct/{signing.dumps(odd, salt=SALT)}/")).status_code == 403


def test_it_closes_at_once_with_the_mandate(found):
    client = enter(found.daughter)
    url, version = follow(client, found)
    assert client.get(url, {"v": version}).status_code == 204
    Mandate.objects.filter(related_person=found.relative).update(revoked_on=days(0))
    assert client.get(url, {"v": version}).status_code == 404


def test_it_closes_with_the_session_the_account_and_the_place(found):
    client = enter(found.nurse)
    url, _ = follow(client, found)
    Session.objects.filter(session_key=client.session.session_key).update(expire_date=timezone.now())
    assert client.get(url).status_code == 403
    client = enter(found.nurse)
    url, _ = follow(client, found)
    client.logout()
    assert client.get(url).status_code == 403
    client = enter(found.nurse)
    url, _ = follow(client, found)
    found.nurse.user.is_active = False
    found.nurse.user.save()
    assert client.get(url).status_code == 403
    found.nurse.user.is_active = True
    found.nurse.user.save()
    assert client.get(url).status_code == 200
    found.nurse.active_until = timezone.now()
    found.nurse.save()
    assert client.get(url).status_code == 403


def test_it_answers_to_questions_only(found):
    client = enter(found.nurse)
    url, _ = follow(client, found)
    assert client.post(url).status_code == 405


def test_a_question_kept_looks_at_no_more_of_a_member_than_what_it_is_kept_for(found):
    found.negotiation.refresh_from_db()
    for who in found.everybody:
        values = [getattr(who, name) for name in LOOKED_AT]
        asking = Member.from_db("default", LOOKED_AT, values)
        left = asking.get_deferred_fields()
        assert list(asked_by(asking, found.negotiation.pk)) == [(found.negotiation.version,)]
        assert asking.get_deferred_fields() == left


def test_a_new_day_is_asked_anew(found, monkeypatch):
    client = enter(found.daughter)
    Mandate.objects.filter(related_person=found.relative).update(ends_on=days(0))
    url, version = follow(client, found)
    assert client.get(url, {"v": version}).status_code == 204
    for place in ("people.models", "negotiation.following"):
        monkeypatch.setattr(f"avec.{place}.today", lambda: days(1))
    assert client.get(url, {"v": version}).status_code == 404


def test_following_is_no_sign_of_life(found):
    client = enter(found.nurse)
    url, version = follow(client, found)
    session = client.session
    seen = session["avec_seen"] = session["avec_seen"] - 20 * 60
    session.save()
    client.get(url, {"v": version})
    token = url.rstrip("/").split("/")[-1]
    assert client.get(page_of(found), headers={BY_ITSELF: token}).status_code == 200
    assert client.session["avec_seen"] == seen
    client.get(page_of(found))
    assert client.session["avec_seen"] > seen


def test_a_page_left_open_leaves_one_line_an_hour(found, monkeypatch):
    client = enter(found.nurse)
    url, _ = follow(client, found)
    token = url.rstrip("/").split("/")[-1]
    assert readings(found) == 1
    for _ in range(3):
        again = client.get(page_of(found), headers={BY_ITSELF: token})
        assert again.context["live_token"] == token
    assert readings(found) == 1
    monkeypatch.setattr("avec.negotiation.views.live.READ_AGAIN", -1)
    again = client.get(page_of(found), headers={BY_ITSELF: token})
    assert again.context["live_token"]
    assert readings(found) == 2
    assert client.get(page_of(found), headers={BY_ITSELF: "forged"}).status_code == 200
    assert readings(found) == 3


def test_the_middlewares_let_by_what_checks_by_itself_and_nothing_else():
    let_by = {name for name, route, _ in walk_patterns() if CHECKED_BY_ITSELF in f"/{route}"}
    by_token = {
        name
        for name, _, pattern in walk_patterns()
        if getattr(pattern.callback, "access", "").startswith("by_token")
    }
    assert let_by == by_token == {"negotiation:follow"}


def full(points, parties):
    """A table with this much on it, everybody speaking aloud but the nurse."""
    found = around(points=points)
    for _ in range(parties - 3):
        kin = relative(found.person, "carer", member=None)
        add_party(found.negotiation, Seat(relative=kin, speaks_aloud=True), by=found.nurse)
    return found


def in_positions(found):
    """The same, once everybody said what matters, aloud or not, and what they ask on each point."""
    aloud = list(Party.objects.filter(negotiation=found.negotiation, speaks_aloud=True))
    for one in aloud:
        accept_aim(found.negotiation, one, by=found.nurse)
    explored(found)
    for one in aloud:
        say_stake(found.negotiation, one, "Dormir", by=found.nurse)
    for who in found.everybody:
        say_stake(found.negotiation, found.seat(who), "Dormir", by=who)
    go_on(found.negotiation, by=found.nurse)
    for point in found.points:
        take_position(found.negotiation, found.seat(found.resident), point, "Non", by=found.resident)
    return found


@pytest.mark.parametrize("phase", ["frame", "positions"])
def test_the_page_asks_as_much_for_five_points_as_for_fifty(phase):
    asked = {}
    for points, parties in ((5, 3), (50, 10)):
        found = full(points, parties)
        if phase == "positions":
            in_positions(found)
        client = enter(found.nurse)
        client.get(page_of(found))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page_of(found)).status_code == 200
        marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
        asked[points] = [one["sql"] for one in captured if not one["sql"].startswith(marks)]
    assert len(asked[5]) == len(asked[50])
    assert len(asked[50]) <= 12, "\n".join(sql[:120] for sql in asked[50])


def test_every_page_of_a_table_can_be_followed():
    found = negotiated(around())
    for who in found.everybody:
        page = enter(who).get(page_of(found)).content.decode()
        assert 'id="table-live"' in page
        assert 'id="table-follow"' in page
        assert "negotiation/live" in page


def test_the_version_is_the_number_of_the_last_move(found):
    assert Negotiation.objects.get(pk=found.negotiation.pk).version == len(
        sitting_of(found.negotiation).moves
    )
