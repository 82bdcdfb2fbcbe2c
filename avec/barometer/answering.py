"""An answer comes in. Nobody signs it: no account, no address, no hour, no line in the journal.

The card is used and the answer written together or not at all; of many attempts with one card, one counts.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from avec.accounts.models import Member

from .models import PARTS_OF, Campaign, Comment, Invitation, ReviewChoice, SelfRating
from .rules import Kind, Phase, Ratings, Side, check_ratings

WORDS = 600  # the longest comment, in characters


class Fate(StrEnum):
    """What became of an attempt."""

    KEPT = "kept"
    KEPT_LATE = "kept_late"  # the campaign closed meanwhile, within the grace period
    ALREADY = "already"  # this card has answered: nothing is written
    CLOSED = "closed"  # too late: nothing is written
    WAITING = "waiting"  # the first day is still to come


class AnswerRefused(ValueError):
    """The answer cannot be read: values out of range, nothing rated, words too long. Nothing is written."""


def follow_imprint(campaign: Campaign, code: str) -> str:
    """A participant's own code, as kept: an imprint made with a key that is not in the database.

    The same in every campaign of the group, and in no other group.
    """
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())
    if not plain:
        return ""
    return salted_hmac("barometer.follow", f"{campaign.group_id.hex}:{plain}", algorithm="sha256").hexdigest()


def read_answer(campaign: Campaign, given: Mapping[str, object]) -> dict[str, int | None]:
    """The ratings, checked against the campaign's own version. Raises AnswerRefused."""
    try:
        ratings = check_ratings(campaign.barometer.instrument, given)
    except (ValueError, TypeError) as wrong:
        raise AnswerRefused("value") from wrong
    if not ratings:
        raise AnswerRefused("empty")
    return ratings


def _part(side: Side, part: str) -> str:
    return part if part in {choice.value for choice in PARTS_OF[side]} else ""


def _words(campaign: Campaign, comments: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The words about each criterion, and about the whole (""): one of each, whatever was sent."""
    places = {"", *campaign.barometer.instrument.codes}
    kept: dict[str, str] = {}
    for about, words in comments:
        if about in places and words.strip():
            kept.setdefault(about, words.strip())
    return kept


@transaction.atomic
def answer(
    card: Invitation,
    ratings: Ratings,
    *,
    part: str = "",
    code: str = "",
    comments: Sequence[tuple[str, str]] = (),
    typed_by: Member | None = None,
    now: datetime | None = None,
) -> Fate:
    """Keep one answer for this card. `ratings`: as `read_answer` gave them. `comments`: (criterion or "", words).

    `typed_by`: whoever types a paper form, by name; paper comes in up to the counting.
    """
    if any(len(words) > WORDS for _, words in comments):
        raise AnswerRefused("long")
    # Locked, so that the counting waits for this answer or comes before it, never in between.
    campaign = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("group__establishment", "barometer")
        .get(pk=card.campaign_id)
    )
    course, now = campaign.course, now or timezone.now()
    if course.is_waiting(now):
        return Fate.WAITING
    if not (course.takes_paper(now) if typed_by else course.takes_phones(now)):
        return Fate.CLOSED
    if not Invitation.objects.filter(pk=card.pk, used=False).update(used=True):
        return Fate.ALREADY
    side = Side(card.side)
    kind = Kind(campaign.kind)
    SelfRating.objects.create(
        campaign=campaign,
        side=side.value,
        part=_part(side, part),
        ratings=dict(ratings),
        follow=follow_imprint(campaign, code) if kind == Kind.PSEUDONYMOUS else "",
        member=card.member if kind == Kind.NAMED else None,
        typed_by=typed_by,
    )
    # A pair reads each other: neither reads the other's words over first, nor hides them.
    review = ReviewChoice.SHOWN if kind == Kind.NAMED else ReviewChoice.WAITING
    Comment.objects.bulk_create(
        Comment(campaign=campaign, side=side.value, criterion=about, words=words, review=review)
        for about, words in _words(campaign, comments).items()
    )
    return Fate.KEPT_LATE if course.phase(now) != Phase.OPEN and not typed_by else Fate.KEPT
