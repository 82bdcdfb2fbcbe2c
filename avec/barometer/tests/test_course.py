import pytest
from django.db import DatabaseError, transaction

from avec.barometer.actions import CampaignRefused, close_campaign, open_campaign, settle_campaign
from avec.barometer.answering import Fate, answer
from avec.barometer.cards import NoCardLeft, card_of, give, shown
from avec.barometer.models import Comment, Invitation, SelfRating
from avec.barometer.policy import floor_for
from avec.barometer.room import room_by_code, room_code
from avec.barometer.rules import APART, Kind, Side
from avec.barometer.shown.picture import NotSettled, picture_of

from . import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return matter.member()


@pytest.fixture
def campaign(leader):
    return matter.campaign(matter.group(leader))


def test_from_the_first_card_to_the_picture(campaign, leader):
    done = matter.settled(campaign, leader, users=6, professionals=7)
    picture = picture_of(done)
    assert (picture.user.answers, picture.professional.answers) == (6, 7)
    assert all(row.user.n == 6 and row.professional.n == 7 for row in picture.rows)
    # Nothing is left but counts.
    assert not SelfRating.objects.exists()
    assert not Invitation.objects.exists()


def test_a_side_of_four_says_nothing_and_keeps_nothing(campaign, leader):
    done = matter.settled(campaign, leader, users=4, professionals=7)
    assert done.figures.data["sides"]["user"]["answers"] is None
    picture = picture_of(done)
    assert picture.user.answers is None
    assert all(row.user is None for row in picture.rows)


def test_outside_the_house_the_floor_is_ten(campaign, leader):
    done = matter.settled(campaign, leader, users=9, professionals=10)
    picture = picture_of(done, outside=True)
    assert picture.user.answers is None
    assert picture.professional.answers == 10


def test_sealed_until_it_is_settled(campaign, leader):
    opened = open_campaign(campaign, by=leader)
    with pytest.raises(NotSettled):
        picture_of(opened)
    with pytest.raises(CampaignRefused, match="Personne ne lit"):
        settle_campaign(opened, by=leader)
    close_campaign(opened, by=leader)
    with pytest.raises(CampaignRefused, match="30 minutes"):
        settle_campaign(opened, by=leader)


def test_one_card_one_answer(campaign, leader):
    opened = open_campaign(campaign, by=leader)
    [token] = give(opened, Side.USER, 1)
    card = card_of(shown(token).lower())
    assert answer(card, {"views": 3}) == Fate.KEPT
    assert answer(card, {"views": 0}) == Fate.ALREADY
    assert [row.ratings for row in SelfRating.objects.all()] == [{"views": 3}]


def test_within_the_grace_period_an_answer_is_kept_and_told(campaign, leader):
    opened = open_campaign(campaign, by=leader)
    tokens = give(opened, Side.USER, 2)
    close_campaign(opened, by=leader)
    assert answer(card_of(tokens[0]), {"views": 3}) == Fate.KEPT_LATE
    opened.refresh_from_db()
    opened.closed_at -= 2 * matter.GRACE
    opened.save()
    assert answer(card_of(tokens[1]), {"views": 3}) == Fate.CLOSED
    assert answer(card_of(tokens[1]), {"views": 3}, typed_by=leader) == Fate.KEPT


def test_no_more_cards_than_people(leader):
    campaign = matter.campaign(matter.group(leader), users=2)
    give(campaign, Side.USER, 2)
    with pytest.raises(NoCardLeft):
        give(campaign, Side.USER, 1)
    assert campaign.invitations.count() == 2


def test_the_code_of_the_shared_screen_gives_its_campaign_and_side_once_open(campaign, leader):
    assert room_by_code(room_code(campaign, Side.USER)) is None
    open_campaign(campaign, by=leader)
    assert room_by_code(room_code(campaign, Side.USER)) == (campaign, Side.USER)
    assert room_by_code("forged:token") is None
    assert card_of("ABCD") is None


def test_a_pair_is_never_anonymous(leader):
    campaign = matter.campaign(matter.group(leader, kind="pair"), kind=Kind.ANONYMOUS)
    with pytest.raises(CampaignRefused, match="À deux"):
        open_campaign(campaign, by=leader)


def test_the_protection_holds_in_the_database_once_open(campaign, leader):
    opened = open_campaign(campaign, by=leader)
    opened.kind = Kind.NAMED.value
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        opened.save()


def test_comments_of_a_side_too_few_are_erased(campaign, leader):
    opened = open_campaign(campaign, by=leader)
    [token] = give(opened, Side.USER, 1)
    answer(card_of(token), {"views": 3}, comments=[("views", "On ne me demande rien.")])
    matter.answers(opened, Side.PROFESSIONAL, 5)
    assert Comment.objects.count() == 1
    settle_campaign(matter.over(opened, leader), by=leader)
    assert not Comment.objects.exists()


def test_two_campaigns_of_a_group_are_four_weeks_apart(campaign, leader):
    """Five answer, then the same five and one more: taking one from the other would find the sixth."""
    matter.settled(campaign, leader, users=5)
    soon = matter.campaign(campaign.group, title="Trop tôt")
    with pytest.raises(CampaignRefused, match="quatre semaines"):
        open_campaign(soon, by=leader)
    later = matter.campaign(campaign.group, title="Plus tard")
    later.opens_on += 2 * APART
    later.closes_on += 2 * APART
    later.save()
    assert open_campaign(later, by=leader).state == "open"


def test_a_pair_shows_nothing_to_who_is_outside(leader):
    assert floor_for(matter.campaign(matter.group(leader, kind="pair"), kind=Kind.NAMED), outside=True) == 10


def test_words_about_a_criterion_that_too_few_rated_do_not_say_which(campaign, leader):
    opened = open_campaign(campaign, by=leader)
    for token in give(opened, Side.USER, 5):
        answer(card_of(token), {"views": 3})
    [token] = give(opened, Side.USER, 1)
    answer(card_of(token), {"views": 3, "roles": 0}, comments=[("roles", "Je n’ai pas de rôle.")])
    done = settle_campaign(matter.over(opened, leader), by=leader)
    Comment.objects.update(review="shown")
    assert picture_of(done, words=True).comments["user"] == {"": ("Je n’ai pas de rôle.",)}
