"""What the database itself refuses, whoever asks, on the engine in use (SQLite and PostgreSQL have the same guards)."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from avec.barometer.actions import cancel_campaign, open_campaign
from avec.barometer.answering import answer
from avec.barometer.cards import card_of, give
from avec.barometer.instruments import usual_barometer
from avec.barometer.models import (
    Attendee,
    Barometer,
    Campaign,
    Comment,
    Figures,
    Invitation,
    JointConfirmation,
    JointRating,
    JointSession,
    SelfRating,
)
from avec.barometer.rules import Kind, Side

from . import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return matter.member()


@pytest.fixture
def opened(leader):
    """Open, with one answer and its words."""
    campaign = open_campaign(matter.campaign(matter.group(leader)), by=leader)
    [token] = give(campaign, Side.USER, 1)
    answer(card_of(token), {"views": 3}, comments=[("views", "On m’écoute.")])
    return campaign


@pytest.fixture
def done(leader):
    return matter.settled(matter.campaign(matter.group(leader)), leader)


@pytest.fixture
def sitting(done, leader):
    """A session that is closed, with one rating that somebody present confirmed."""
    session = JointSession.objects.create(campaign=done, opened_by=leader)
    rose = Attendee.objects.create(session=session, side="user", name="Rose")
    rating = JointRating.objects.create(session=session, criterion="views", level=2)
    JointConfirmation.objects.create(rating=rating, attendee=rose, version=1)
    session.closed_at = timezone.now()
    session.save()
    return session


def refused(change):
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        change()


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_version_of_a_barometer_never_changes():
    usual_barometer()
    refused(lambda: Barometer.objects.update(version="2099"))
    refused(lambda: raw("DELETE FROM barometer_barometer"))


def test_what_was_counted_never_changes(done):
    refused(lambda: Figures.objects.update(data={}))
    refused(lambda: raw("DELETE FROM barometer_figures"))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no INSERT OR REPLACE")
@pytest.mark.parametrize("table", ["barometer_barometer", "barometer_figures"])
def test_nor_is_it_replaced(done, table):
    refused(lambda: raw(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))  # noqa: S608 (from the list above)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["barometer_barometer", "barometer_figures"])
def test_nor_is_the_table_emptied(done, table):
    raw("SET CONSTRAINTS ALL IMMEDIATE")
    refused(lambda: raw(f"TRUNCATE {table} CASCADE"))


@pytest.mark.parametrize("state", ["draft", "open", "cancelled"])
def test_a_campaign_that_was_counted_goes_nowhere_else(done, state):
    refused(lambda: Campaign.objects.update(state=state))


@pytest.mark.parametrize("state", ["draft", "closed", "grace"])
def test_an_open_campaign_does_not_go_back(opened, state):
    refused(lambda: Campaign.objects.update(state=state))


def test_a_draft_is_not_counted_unless_it_was_open(leader):
    matter.campaign(matter.group(leader))
    refused(lambda: Campaign.objects.update(state="settled"))


def test_once_open_its_protection_its_group_and_its_barometer_hold(opened, leader):
    refused(lambda: Campaign.objects.update(kind=Kind.PSEUDONYMOUS.value))
    other = matter.group(leader, name="Autre")
    refused(lambda: Campaign.objects.update(group=other))
    another = Barometer.objects.create(code="other", version="1", content={}, fingerprint="0" * 64)
    refused(lambda: Campaign.objects.update(barometer=another))


def test_a_campaign_is_deleted_only_while_it_is_prepared(opened, leader):
    prepared = matter.campaign(matter.group(leader, name="Autre"))
    prepared.delete()
    refused(lambda: raw("DELETE FROM barometer_campaign"))


def test_an_answer_never_changes_and_is_not_erased_while_open(opened):
    refused(lambda: SelfRating.objects.update(ratings={"views": 0}))
    refused(lambda: SelfRating.objects.all().delete())
    refused(lambda: Comment.objects.all().delete())
    assert SelfRating.objects.get().ratings == {"views": 3}


@pytest.mark.parametrize("end", ["settled", "cancelled", "draft"])
def test_an_answer_comes_in_only_while_open(leader, end):
    campaign = matter.campaign(matter.group(leader))
    if end == "settled":
        campaign = matter.settled(campaign, leader)
    elif end == "cancelled":
        campaign = cancel_campaign(campaign, by=leader)
    refused(lambda: SelfRating.objects.create(campaign=campaign, side="user", ratings={"views": 3}))
    refused(lambda: Comment.objects.create(campaign=campaign, side="user", words="Trop tard."))


def test_words_are_read_over_but_not_rewritten(opened):
    Comment.objects.update(review="shown")
    refused(lambda: Comment.objects.update(words="Tout va bien."))
    refused(lambda: Comment.objects.update(side="professional"))


def test_a_used_card_never_serves_again(opened):
    refused(lambda: Invitation.objects.filter(used=True).update(used=False))


def test_what_was_said_together_holds_once_closed(sitting, leader):
    rating, rose = JointRating.objects.get(), Attendee.objects.get()
    refused(lambda: JointSession.objects.update(closed_at=None))
    refused(lambda: JointRating.objects.update(level=4))
    refused(lambda: JointRating.objects.create(session=sitting, criterion="goals", level=4))
    refused(lambda: Attendee.objects.create(session=sitting, side="user", name="Absent"))
    refused(lambda: Attendee.objects.update(name="Quelqu’un d’autre"))
    refused(lambda: JointConfirmation.objects.create(rating=rating, attendee=rose, version=2))
    refused(lambda: JointConfirmation.objects.update(version=9))
    for table in ("jointconfirmation", "jointrating", "attendee", "jointsession"):
        refused(lambda name=table: raw(f"DELETE FROM barometer_{name}"))  # noqa: S608 (from the list above)


def test_a_confirmation_never_changes_even_during_the_session(done, leader):
    session = JointSession.objects.create(campaign=done, opened_by=leader)
    rose = Attendee.objects.create(session=session, side="user", name="Rose")
    rating = JointRating.objects.create(session=session, criterion="views", level=2)
    JointConfirmation.objects.create(rating=rating, attendee=rose, version=1)
    refused(lambda: JointConfirmation.objects.update(version=2))
    rating.level = 3
    rating.save()


def test_a_joint_rating_is_one_level_or_both_values(done, leader):
    session = JointSession.objects.create(campaign=done, opened_by=leader)
    for wrong in (
        {"agreed": True, "level": 5},
        {"agreed": True, "level": 2, "user_level": 1, "professional_level": 3},
        {"agreed": False, "level": 2, "user_level": 1, "professional_level": 3},
        {"agreed": False, "user_level": 1},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            JointRating.objects.create(session=session, criterion="views", **wrong)
