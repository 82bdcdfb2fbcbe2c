"""Cards are given on paper: so many of a side, never more than the campaign asks for. The journal says how many.

Asking twice with one form gives the same cards: a lost download costs none.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require

from ..cards import NoCardLeft, are_given, give, tokens_of
from ..journal import record
from ..models import Campaign, CampaignState
from ..policy import may_lead
from ..rules import Phase, Side
from .course import CampaignRefused, held


class CardsRefused(CampaignRefused):
    """Fewer cards are left than asked for.

    How many is not said: phones take theirs from the same number, and it would count those who answer, live.
    """


@transaction.atomic
def give_cards(
    campaign: Campaign, side: Side, count: int, *, request_id: str, on: str, by: Member
) -> list[str]:
    """The tokens of so many cards of a side. `on`: what they are printed on, « slips » or « forms »."""
    campaign = held(campaign)
    require(may_lead(by, campaign.group) and not campaign.group.is_pair)
    tokens = tokens_of(request_id, campaign, side, count)
    if are_given(campaign, side, tokens):
        return tokens
    if campaign.state != CampaignState.OPEN:
        raise CampaignRefused(_("Ouvrez d’abord la campagne\u00a0: les cartes se donnent ensuite."))
    if _is_over(campaign):
        raise CampaignRefused(_("Cette campagne est fermée\u00a0: on ne donne plus de cartes."))
    try:
        give(campaign, side, count, tokens=tokens)
    except NoCardLeft:
        raise CardsRefused(
            _(
                "Il ne reste pas autant de cartes de ce côté\u00a0: celles que prennent les téléphones comptent aussi. "
                "Demandez-en moins, ou demandez à plus de monde."
            )
        ) from None
    record("cards.given", campaign, by=by, side=side.value, count=count, on=on)
    return tokens


def _is_over(campaign: Campaign) -> bool:
    return campaign.course.phase(timezone.now()) != Phase.OPEN
