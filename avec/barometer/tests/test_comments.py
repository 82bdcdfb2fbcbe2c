"""Words left with answers: read over by the group, after the counting, above the floor; never changed."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.barometer.actions import open_campaign, review_comment, settle_campaign
from avec.barometer.answering import answer
from avec.barometer.cards import card_of, give
from avec.barometer.models import Comment, ReviewChoice, SideChoice
from avec.barometer.rules import Side
from avec.barometer.shown.picture import NotSettled, picture_of
from avec.barometer.shown.words import words_left
from avec.people.tests.factories import sign_in

from . import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def sonia():
    return matter.member()


def counted(sonia, *, users=6, professionals=7, words=("On m’écoute.", "Zut.")):
    campaign = open_campaign(matter.campaign(matter.group(sonia)), by=sonia)
    for side, count in ((Side.USER, users), (Side.PROFESSIONAL, professionals)):
        for place, token in enumerate(give(campaign, side, count)):
            left = [("views", words[place])] if place < len(words) else []
            answer(card_of(token), {"views": 2}, comments=left)
    return settle_campaign(matter.over(campaign, sonia), by=sonia)


def url(name, of):
    return reverse(f"barometer:{name}", args=[of.pk])


def test_words_are_shown_only_once_read_over(client, sonia):
    campaign = counted(sonia)
    sign_in(client, sonia)
    assert "On m’écoute." in client.get(url("comments", campaign)).content.decode()
    assert picture_of(campaign, words=True).comments["user"] == {}
    comment = Comment.objects.filter(side="user", words="On m’écoute.").get()
    sent = {"comment": comment.pk, "choice": "shown"}
    assert client.post(url("review_comment", campaign), sent).status_code == 302
    assert picture_of(campaign, words=True).comments["user"] == {"views": ("On m’écoute.",)}
    comment.refresh_from_db()
    assert (comment.review, comment.reviewed_by) == (ReviewChoice.SHOWN, sonia)
    line = Entry.objects.get(verb="comment.reviewed")
    assert "écoute" not in str(line.detail)
    client.post(url("review_comment", campaign), {"comment": comment.pk, "choice": "waiting"})
    comment.refresh_from_db()
    assert (comment.review, comment.reviewed_by) == (ReviewChoice.WAITING, None)


def test_a_second_press_leaves_one_trace(sonia):
    campaign = counted(sonia)
    comment = Comment.objects.first()
    for _ in range(2):
        review_comment(campaign, comment, ReviewChoice.HELD, by=sonia)
    assert Entry.objects.filter(verb="comment.reviewed").count() == 1


def test_nobody_reads_words_before_the_counting(client, sonia):
    campaign = open_campaign(matter.campaign(matter.group(sonia)), by=sonia)
    answer(card_of(give(campaign, Side.USER, 1)[0]), {"views": 2}, comments=[("", "Secret.")])
    sign_in(client, sonia)
    assert client.get(url("comments", campaign)).status_code == 404
    with pytest.raises(NotSettled):
        words_left(campaign)


def test_words_of_a_side_under_the_floor_are_gone(client, sonia):
    campaign = counted(sonia, users=4)
    sign_in(client, sonia)
    assert {left.side for left in words_left(campaign)} == {Side.PROFESSIONAL}
    assert "Un usager" not in client.get(url("comments", campaign)).content.decode()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.QUALITY, Role.PROFESSIONAL])
def test_only_the_group_reads_and_chooses(client, sonia, role):
    campaign = counted(sonia)
    sign_in(client, matter.member(role.value, name="Autre"))
    assert client.get(url("comments", campaign)).status_code == 404
    sent = {"comment": Comment.objects.first().pk, "choice": "shown"}
    assert client.post(url("review_comment", campaign), sent).status_code == 404
    assert not Comment.objects.exclude(review=ReviewChoice.WAITING).exists()


def test_a_member_who_does_not_lead_may_read_over(client, sonia):
    campaign = counted(sonia)
    lea = matter.member(Role.USERS_REPRESENTATIVE.value, name="Roux")
    campaign.group.members.create(member=lea, side=SideChoice.USER, agreed_at=timezone.now())
    sign_in(client, lea)
    assert client.get(url("comments", campaign)).status_code == 200


@pytest.mark.parametrize("sent", [{}, {"choice": "rewrite"}, {"choice": "shown", "comment": "x"}])
def test_a_badly_made_choice_is_not_found(client, sonia, sent):
    campaign = counted(sonia)
    sign_in(client, sonia)
    assert client.post(url("review_comment", campaign), sent).status_code == 404


def test_the_comment_of_another_campaign_is_not_found(client, sonia):
    campaign = counted(sonia)
    other = counted(matter.member(name="Autre"), words=("Ailleurs.",))
    sign_in(client, sonia)
    sent = {"comment": other.comments.first().pk, "choice": "shown"}
    assert client.post(url("review_comment", campaign), sent).status_code == 404


def test_the_page_says_no_order_of_arrival_and_no_day(client, sonia):
    campaign = counted(sonia, words=("bbbbb", "aaa", "cccc"))
    sign_in(client, sonia)
    html = client.get(url("comments", campaign)).content.decode()
    found = re.findall(r"\b(aaa|bbbbb|cccc)\b(?=[^<]*</(?:p|q|blockquote|span|div))", html)
    assert html.index("aaa") < html.index("cccc") < html.index("bbbbb"), found
    assert "<time" not in html[html.index("<main") :]


def test_the_page_asks_no_more_with_more_words(client, sonia):
    few = counted(sonia, words=("a",))
    many = counted(matter.member(name="Autre"), words=tuple("abcde"))
    many.group.members.create(member=sonia, side=SideChoice.PROFESSIONAL, agreed_at=timezone.now())
    sign_in(client, sonia)
    counts = []
    for campaign in (few, few, many):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(url("comments", campaign)).status_code == 200
        counts.append(len(seen))
    assert counts[1] == counts[2]
