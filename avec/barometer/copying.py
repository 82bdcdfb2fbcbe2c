"""A paper form is copied by somebody named. Apart from the actions: no line is written in the journal.

A line would hold the hour and whose hand, in the order of the papers: beside a list of who gave theirs back,
it would say who answered what. The answer itself says who copied it (SelfRating.typed_by), with no hour.
"""

from collections.abc import Sequence

from django.db import transaction

from avec.accounts.models import Member
from avec.accounts.policy import require

from .actions.course import held
from .answering import AnswerRefused, Fate, answer
from .cards import card_of, give
from .models import Campaign
from .policy import may_lead
from .rules import Ratings, Side


class UnknownCode(ValueError):
    """No card of this campaign has this code."""


@transaction.atomic
def copy_paper(
    campaign: Campaign,
    ratings: Ratings,
    *,
    token: str = "",
    side: Side | None = None,
    part: str = "",
    code: str = "",
    comments: Sequence[tuple[str, str]] = (),
    by: Member,
) -> Fate:
    """Keep what a paper says, for its own card; for one without a code, for a card of its side if one is left.

    Raises UnknownCode, NoCardLeft, AnswerRefused: nothing is written then.
    """
    campaign = held(campaign)
    require(may_lead(by, campaign.group) and not campaign.group.is_pair)
    if not token and side is not None:
        token = give(campaign, side, 1)[0]
    card = card_of(token)
    if card is None or card.campaign_id != campaign.pk:
        raise UnknownCode
    fate = answer(card, ratings, part=part, code=code, comments=comments, typed_by=by)
    if fate not in {Fate.KEPT, Fate.KEPT_LATE, Fate.ALREADY}:
        # The card taken for a paper without a code is given back.
        transaction.set_rollback(True)
    return fate


__all__ = ["AnswerRefused", "Fate", "UnknownCode", "copy_paper"]
