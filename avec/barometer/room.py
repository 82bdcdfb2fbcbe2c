"""The shared screen: everybody present takes a card of their side with their own phone, while some are left.

A card is drawn, never asked of anybody: what a phone keeps is the card, and only for as long as the campaign lasts.
"""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .actions.course import held
from .cards import LETTERS, card_of, give, tidy, tokens_of
from .models import Campaign, CampaignState
from .rules import Phase, Side

# Typed by whoever cannot scan: short, for it opens nothing but a card that anybody in the room may take.
CODE = 8


class RoomClosed(ValueError):
    """No card is given: the campaign is not open yet, or no longer."""


def room_code(campaign: Campaign, side: Side) -> str:
    """The shared screen's code in letters, the same each time it is shown. Nothing of it is kept."""
    drawn = salted_hmac("barometer.room", f"{campaign.pk.hex}:{side.value}", algorithm="sha256").digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in drawn[:CODE])


def room_by_code(typed: str) -> tuple[Campaign, Side] | None:
    """The open campaign and the side of a code that was typed."""
    plain = tidy(typed)
    if len(plain) != CODE:
        return None
    for campaign in Campaign.objects.filter(state=CampaignState.OPEN).select_related(
        "group__establishment", "barometer"
    ):
        for side in Side:
            if room_code(campaign, side) == plain:
                return campaign, side
    return None


@transaction.atomic
def draw_card(campaign: Campaign, side: Side, request_id: str) -> str:
    """The token of one card. Pressing twice draws the same one. Raises RoomClosed, or cards.NoCardLeft.

    Once it is closed, only a card that was drawn before is found again: nobody begins.
    """
    campaign, now = held(campaign), timezone.now()
    if campaign.group.is_pair or not campaign.course.takes_phones(now):
        raise RoomClosed
    [token] = tokens_of(request_id, campaign, side, 1)
    if card_of(token) is None:
        if campaign.course.phase(now) != Phase.OPEN:
            raise RoomClosed
        give(campaign, side, 1, tokens=[token])
    return token


def cookie_of(campaign: Campaign) -> str:
    """The name under which a phone finds its card again: one for each campaign."""
    return f"avec_b_{campaign.pk.hex[:12]}"


def cookie_secure() -> bool:
    return bool(settings.SESSION_COOKIE_SECURE)
