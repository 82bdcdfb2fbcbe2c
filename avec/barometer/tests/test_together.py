"""The joint session: nothing is computed, nothing holds without everybody present, nothing changes once closed."""

import re
from dataclasses import replace
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.accounts.tests.factories import entered
from avec.audit.models import Entry
from avec.barometer.actions import open_campaign, settle_campaign
from avec.barometer.actions.together import (
    TogetherRefused,
    Wording,
    attend,
    close_session,
    leave,
    open_session,
    say_together,
    say_yes,
    take_yes_back,
)
from avec.barometer.models import Comment, GroupMember, JointRating, ReviewChoice, SideChoice
from avec.barometer.rules import Kind, Side, Spread
from avec.barometer.shown.picture import picture_of
from avec.barometer.shown.sitting import BY_GAP, gap_words, side_lines, sitting_of
from avec.people.clash import OutOfDate

from . import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return matter.member()


@pytest.fixture
def campaign(leader):
    return matter.settled(matter.campaign(matter.group(leader)), leader)


@pytest.fixture
def room(campaign, leader):
    """A session with Rose and Marcel on one side, Malik on the other."""
    open_session(campaign, by=leader)
    rose, marcel = attend(campaign, Side.USER, ["Rose", "Marcel"], by=leader)
    (malik,) = attend(campaign, Side.PROFESSIONAL, ["Malik"], by=leader)
    return rose, marcel, malik


def said(campaign, by, wording=None, *, version=0, criterion="views"):
    return say_together(campaign, criterion, wording or Wording(level=2), version=version, by=by)


def test_a_session_needs_the_counting(leader):
    sealed = matter.campaign(matter.group(leader))
    with pytest.raises(TogetherRefused):
        open_session(sealed, by=leader)


def test_opened_twice_it_is_the_same_session(campaign, leader):
    assert open_session(campaign, by=leader) == open_session(campaign, by=leader)


def test_only_who_leads_the_group_holds_it(campaign, leader):
    other = matter.member(name="Colin")
    GroupMember.objects.create(group=campaign.group, member=other, side=SideChoice.PROFESSIONAL)
    with pytest.raises(PermissionDenied):
        open_session(campaign, by=other)


def test_somebody_of_each_side_is_needed_to_rate(campaign, leader):
    open_session(campaign, by=leader)
    attend(campaign, Side.USER, ["Rose"], by=leader)
    with pytest.raises(TogetherRefused):
        said(campaign, leader)


def test_two_of_the_same_name_are_told_apart(campaign, leader, room):
    with pytest.raises(TogetherRefused, match="initiale"):
        attend(campaign, Side.USER, ["rose"], by=leader)


def test_it_holds_once_everybody_present_said_yes(campaign, leader, room):
    rose, marcel, malik = room
    said(campaign, leader)
    say_yes(campaign, "views", [rose.pk], version=1, by=leader)
    say_yes(campaign, "views", [malik.pk], version=1, by=leader)
    assert picture_of(campaign).rows[0].joint is None
    say_yes(campaign, "views", [marcel.pk], version=1, by=leader)
    assert picture_of(campaign).rows[0].joint.level == 2


def test_everybody_in_one_touch(campaign, leader, room):
    said(campaign, leader)
    assert say_yes(campaign, "views", None, version=1, by=leader).confirmed_at


def test_a_yes_may_be_taken_back(campaign, leader, room):
    said(campaign, leader)
    say_yes(campaign, "views", None, version=1, by=leader)
    assert take_yes_back(campaign, "views", room[0].pk, version=1, by=leader).confirmed_at is None
    assert picture_of(campaign).rows[0].joint is None


def test_other_words_ask_everybody_again(campaign, leader, room):
    said(campaign, leader)
    say_yes(campaign, "views", None, version=1, by=leader)
    changed = said(campaign, leader, Wording(level=2, words="On s’assoit."), version=1)
    assert (changed.version, changed.confirmed_at) == (2, None)


def test_the_same_words_again_change_nothing(campaign, leader, room):
    said(campaign, leader)
    say_yes(campaign, "views", None, version=1, by=leader)
    assert said(campaign, leader, version=0).confirmed_at


def test_not_concerned_is_agreed_without_a_level(campaign, leader, room):
    said(campaign, leader, Wording(level=None))
    say_yes(campaign, "views", None, version=1, by=leader)
    joint = picture_of(campaign).rows[0].joint
    assert joint is not None
    assert joint.level is None


def test_apart_keeps_both_values_and_both_words(campaign, leader, room):
    apart = Wording(
        agreed=False, user_level=1, professional_level=3, user_words="Trop vite.", professional_words="Non."
    )
    said(campaign, leader, apart)
    say_yes(campaign, "views", None, version=1, by=leader)
    picture = picture_of(campaign, words=True)
    assert (picture.rows[0].joint.user_level, picture.rows[0].joint.professional_level) == (1, 3)
    assert picture.said["views"].user == "Trop vite."


@pytest.mark.parametrize(
    "wording",
    [
        Wording(level=5),
        Wording(level=-1),
        Wording(agreed=False, user_level=1),
        Wording(agreed=False, level=2, user_level=1, professional_level=3),
        Wording(level=2, user_level=1),
    ],
)
def test_what_is_no_rating_is_refused(campaign, leader, room, wording):
    with pytest.raises(TogetherRefused):
        said(campaign, leader, wording)
    assert not JointRating.objects.exists()


def test_a_second_screen_is_told(campaign, leader, room):
    said(campaign, leader)
    with pytest.raises(OutOfDate):
        said(campaign, leader, Wording(level=4), version=0)
    with pytest.raises(OutOfDate):
        say_yes(campaign, "views", None, version=7, by=leader)


def test_who_leaves_is_no_longer_waited_for(campaign, leader, room):
    rose, marcel, malik = room
    said(campaign, leader)
    say_yes(campaign, "views", [marcel.pk, malik.pk], version=1, by=leader)
    assert [rating.criterion for rating in leave(campaign, rose, by=leader)] == ["views"]
    assert picture_of(campaign).rows[0].joint.level == 2


def test_when_a_whole_side_has_left_nothing_holds(campaign, leader, room):
    rose, marcel, malik = room
    said(campaign, leader)
    say_yes(campaign, "views", [rose.pk, marcel.pk], version=1, by=leader)
    assert leave(campaign, malik, by=leader) == []


def test_who_comes_back_is_the_same_person(campaign, leader, room):
    rose = room[0]
    said(campaign, leader)
    say_yes(campaign, "views", [rose.pk], version=1, by=leader)
    leave(campaign, rose, by=leader)
    assert attend(campaign, Side.USER, ["Rose"], by=leader) == [rose]


def test_closed_nothing_changes_any_more(campaign, leader, room):
    said(campaign, leader)
    say_yes(campaign, "views", None, version=1, by=leader)
    close_session(campaign, by=leader)
    for attempt in (
        lambda: said(campaign, leader, Wording(level=4), version=1),
        lambda: attend(campaign, Side.USER, ["Odette"], by=leader),
        lambda: leave(campaign, room[0], by=leader),
        lambda: close_session(campaign, by=leader),
    ):
        with pytest.raises(TogetherRefused, match="close"):
            attempt()
    with pytest.raises(DatabaseError), transaction.atomic():
        JointRating.objects.update(level=4)


def test_the_journal_says_no_level_and_no_word(campaign, leader, room):
    said(campaign, leader, Wording(level=2, words="On s’assoit."))
    lines = Entry.objects.filter(verb__startswith="together.")
    assert {line.verb for line in lines} == {"together.opened", "together.attended", "together.said"}
    assert "assoit" not in str([line.detail for line in lines])


def address(name, campaign, *more):
    return reverse(f"barometer:{name}", args=[campaign.pk, *more])


@pytest.fixture
def here(client, leader):
    return entered(client, leader)


def test_a_stranger_to_the_group_finds_nothing(client, campaign):
    for role in (Role.PROFESSIONAL.value, Role.DIRECTOR.value):
        entered(client, matter.member(role, name=role))
        assert client.get(address("together", campaign)).status_code == 404
        assert client.get(address("joint", campaign, "views")).status_code == 404
        assert client.post(address("attendees", campaign), {"names": "X", "side": "user"}).status_code == 404


def test_a_member_reads_and_writes_nothing(client, campaign, leader, room):
    other = matter.member(name="Colin")
    GroupMember.objects.create(group=campaign.group, member=other, side=SideChoice.PROFESSIONAL)
    entered(client, other)
    page = client.get(address("joint", campaign, "views"))
    assert page.status_code == 200
    assert "Écrire notre note" not in page.content.decode()
    sent = client.post(address("joint", campaign, "views"), {"version": 0, "level": 2})
    assert sent.status_code == 404
    assert client.get(address("close_together", campaign)).status_code == 404


def test_nothing_is_chosen_beforehand(here, campaign, leader, room):
    assert " checked" not in here.get(address("joint", campaign, "views")).content.decode()
    said(campaign, leader)
    assert " checked" not in here.get(address("joint", campaign, "views")).content.decode()


def test_a_journey_from_who_is_there_to_the_end(here, campaign):
    assert "Commencer la séance" in here.get(address("together", campaign)).content.decode()
    here.post(address("together", campaign))
    for side, names in (("user", "Rose, Marcel"), ("professional", "Malik")):
        assert here.post(address("attendees", campaign), {"names": names, "side": side}).status_code == 302
    sent = here.post(address("joint", campaign, "views"), {"version": 0, "level": "3", "words": "Mieux."})
    assert sent.status_code == 302
    page = here.get(address("joint", campaign, "views")).content.decode()
    assert "Rose dit oui" in page
    assert "On attend encore le oui de" in page
    swapped = here.post(
        address("confirm", campaign, "views"), {"version": 1, "all": 1}, headers={"HX-Request": "true"}
    )
    assert "Tout le monde a dit oui" in swapped.content.decode()
    assert "<html" not in swapped.content.decode()
    asked = here.get(address("close_together", campaign)).content.decode()
    assert "ne se rouvre pas" in asked
    here.post(address("close_together", campaign))
    closed = here.get(address("together", campaign)).content.decode()
    assert "notée ensemble\u00a0: 3" in closed
    assert "Mieux." in closed
    assert closed.count("non notée") == 10


def test_what_is_missing_is_said_and_words_stay(here, campaign, leader, room):
    page = here.post(address("joint", campaign, "views"), {"version": 0, "words": "Des mots"})
    assert page.status_code == 422
    assert "Choisissez une note" in page.content.decode()
    assert "Des mots" in page.content.decode()


def test_two_screens_at_once_show_both_texts(here, campaign, leader, room):
    said(campaign, leader, Wording(level=2, words="Le premier texte"))
    sent = {"version": 0, "level": "4", "words": "Le second texte"}
    page = here.post(address("joint", campaign, "views"), sent)
    assert page.status_code == 409
    assert "Le premier texte" in page.content.decode()
    assert "Le second texte" in page.content.decode()
    both = here.post(address("joint", campaign, "views"), sent | {"version": 1, "keep": "both"})
    assert "Le second texte\nLe premier texte" in both.content.decode()
    here.post(address("joint", campaign, "views"), sent | {"version": 1, "keep": "mine"})
    assert JointRating.objects.get().words == "Le second texte"


def test_a_yes_to_former_words_is_told(here, campaign, leader, room):
    said(campaign, leader)
    said(campaign, leader, Wording(level=3), version=1)
    page = here.post(address("confirm", campaign, "views"), {"version": 1, "all": 1}, follow=True)
    assert "a changé" in page.content.decode()


def test_a_version_that_is_no_number_is_refused_quietly(here, campaign, leader, room):
    said(campaign, leader)
    for given in ("", "x", "9" * 40):
        assert (
            here.post(address("confirm", campaign, "views"), {"version": given, "yes": "x"}).status_code
            == 302
        )
    assert (
        here.post(address("joint", campaign, "views"), {"version": "9" * 40, "level": "1"}).status_code == 409
    )


def test_an_unknown_criterion_is_not_found(here, campaign, leader, room):
    assert here.get(address("joint", campaign, "unknown")).status_code == 404


def test_under_the_floor_the_room_is_asked_to_speak(here, leader):
    small = matter.settled(matter.campaign(matter.group(leader, name="Petit")), leader, users=3)
    open_session(small, by=leader)
    page = here.get(address("joint", small, "views")).content.decode()
    assert "Trop peu de réponses\u00a0: dites vos notes de vive voix." in page


def test_shown_comments_stand_beside_the_criterion(leader, here):
    group = matter.group(leader, name="Mots")
    made = matter.campaign(group)
    opened = open_campaign(made, by=leader)
    matter.answers(opened, Side.USER, 6)
    matter.answers(opened, Side.PROFESSIONAL, 6)
    for words, review in (("Debout, et trop vite.", ReviewChoice.SHOWN), ("Caché.", ReviewChoice.HELD)):
        Comment.objects.create(campaign=made, side="user", criterion="views", words=words, review=review)
    counted = settle_campaign(matter.over(opened, leader), by=leader)
    open_session(counted, by=leader)
    page = here.get(address("joint", counted, "views")).content.decode()
    assert "Debout, et trop vite." in page
    assert "Caché." not in page


def test_the_widest_gaps_come_first(campaign, leader, room):
    sitting = sitting_of(campaign, picture_of(campaign, words=True))
    wide = [row.criterion.code for row in sitting.picture.to_talk_about]
    ordered = [point.criterion.code for point in sitting.ordered(BY_GAP)]
    assert ordered[: len(wide)] == wide
    assert sorted(ordered) == sorted(point.criterion.code for point in sitting.points)


def test_marks_are_as_many_as_answers_and_few_when_many(campaign):
    sitting = sitting_of(campaign, picture_of(campaign, words=True))
    for row in sitting.picture.rows:
        for line in side_lines(sitting, row):
            assert sum(len(cell.marks) for cell in line.cells) == line.n
            assert line.median


def test_the_gap_is_said_in_words(campaign):
    sitting = sitting_of(campaign, picture_of(campaign, words=True))
    for row in sitting.picture.rows:
        words = gap_words(sitting, row)
        assert ("plus haut" in words) == bool(row.gap)


def test_a_page_asks_as_much_for_two_present_as_for_twelve(
    here, campaign, leader, room, django_assert_num_queries
):
    said(campaign, leader)
    for page in (address("together", campaign), address("joint", campaign, "views")):
        here.get(page)
        with CaptureQueriesContext(connection) as few:
            here.get(page)
        names = [f"Nom {place} {page[-4]}" for place in range(10)]
        attend(campaign, Side.USER, names, by=leader)
        with django_assert_num_queries(len(few)):
            here.get(page)


def test_a_pair_sees_its_two_notes_not_medians(client, leader):
    pair = matter.group(leader, kind="pair", name="Rose et Sonia")
    rose = matter.member(Role.PERSON.value, name="Pujol")
    GroupMember.objects.create(
        group=pair, member=rose, side=SideChoice.USER, leads=True, agreed_at=timezone.now()
    )
    counted = matter.settled(
        matter.campaign(pair, kind=Kind.NAMED, users=1, professionals=1), leader, users=1, professionals=1
    )
    open_session(counted, by=rose)
    entered(client, rose)
    page = client.get(address("joint", counted, "views")).content.decode()
    assert "médiane" not in page
    assert "La note de Sonia Pujol" in page
    said(counted, rose)
    assert say_yes(counted, "views", None, version=1, by=rose).confirmed_at


def test_after_the_swap_the_page_equals_a_fresh_page(here, campaign, leader, room):
    said(campaign, leader)
    sent = {"version": 1, "yes": room[0].pk}
    swapped = here.post(address("confirm", campaign, "views"), sent, headers={"HX-Request": "true"})
    fresh = here.get(address("joint", campaign, "views")).content.decode()

    def plain(text):
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
        return " ".join(text.split())

    assert plain(swapped.content.decode()) in plain(fresh)


def test_what_comes_before_the_session_is_told_to_wait(here, campaign):
    assert here.post(address("attendees", campaign), {"names": "Rose", "side": "user"}).status_code == 302
    sent = here.post(address("joint", campaign, "views"), {"version": 0, "level": 2})
    assert sent.headers["Location"] == address("together", campaign)
    assert here.post(address("confirm", campaign, "views"), {"version": 1, "all": 1}).status_code == 302
    assert here.get(address("close_together", campaign)).status_code == 302
    assert not JointRating.objects.exists()


def test_what_is_sent_after_the_end_is_shown_and_not_kept(here, campaign, leader, room):
    close_session(campaign, by=leader)
    sent = here.post(address("joint", campaign, "views"), {"version": 0, "level": 2, "words": "Trop tard"})
    assert sent.status_code == 422
    assert "Trop tard" in sent.content.decode()
    came = here.post(address("attendees", campaign), {"names": "Odette", "side": "user"}, follow=True)
    assert "La séance est close" in came.content.decode()
    assert not JointRating.objects.exists()


def test_thousands_of_answers_are_drawn_with_few_marks(campaign):
    sitting = sitting_of(campaign, picture_of(campaign, words=True))
    row = replace(sitting.picture.rows[0], user=Spread((2400, 90, 3, 0, 7)))
    (users, _others) = side_lines(sitting, row)
    assert (users.per_mark, [len(cell.marks) for cell in users.cells]) == (120, [20, 1, 1, 0, 1])


def test_two_screens_lose_nothing_whatever_the_order(campaign, leader, room):
    """Each screen writes on what it last read; who is behind is told, and reads again."""
    chance, seen, kept = Random(7), [0, 0], []  # noqa: S311 (an order for a test)
    for turn in range(60):
        screen = chance.randrange(2)
        try:
            rating = said(campaign, leader, Wording(level=turn % 5, words=str(turn)), version=seen[screen])
            kept.append(str(turn))
        except OutOfDate as clash:
            rating = clash.current
            assert rating.words == kept[-1]
        seen[screen] = rating.version
    assert rating.version == len(kept)
