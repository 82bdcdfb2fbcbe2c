"""Cards: one token, one answer. The token is on the card alone; here only its imprint is kept."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from django.conf import settings

from avec.accounts.models import Member

from .models import Campaign, Invitation
from .rules import Side

# Read aloud or typed from paper: no letter that looks like a figure (I, L, O, U left out). 12 of 32: 60 bits.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12


class NoCardLeft(ValueError):
    """As many cards were given on this side as people were to be asked."""


def new_token() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def tokens_of(request_id: str, campaign: Campaign, side: Side, count: int) -> list[str]:
    """Tokens that the same request makes again: who presses twice, or loses the file, gets one set of cards.

    Drawn with a key that is not in the database, from an identifier that is not kept.
    """

    def one(place: int) -> str:
        seed = f"{request_id}:{campaign.pk.hex}:{side.value}:{count}:{place}".encode()
        drawn = hmac.digest(settings.SECRET_KEY.encode(), b"barometer.card:" + seed, "sha256")
        return "".join(LETTERS[byte % len(LETTERS)] for byte in drawn[:LENGTH])

    return [one(place) for place in range(count)]


def tidy(typed: str) -> str:
    """A token as it was typed: spaces, dashes and small letters do not matter, nor O for 0, I or L for 1."""
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    return plain.translate(str.maketrans("OIL", "011"))


def shown(token: str) -> str:
    """In three groups of four, to be read and typed."""
    return "-".join(token[start : start + 4] for start in range(0, len(token), 4))


def imprint(token: str) -> str:
    return hashlib.sha256(tidy(token).encode()).hexdigest()


def card_of(token: str) -> Invitation | None:
    """The card of this token, whatever became of its campaign. None: no such card."""
    if not token or len(token) > 40:
        return None
    return (
        Invitation.objects.select_related("campaign__group__establishment", "campaign__barometer")
        .filter(token_hash=imprint(token))
        .first()
    )


def left(campaign: Campaign, side: Side) -> int:
    """How many cards of a side may still be given. It says nothing of how many have answered."""
    return max(campaign.asked(side.value) - campaign.invitations.filter(side=side.value).count(), 0)


def are_given(campaign: Campaign, side: Side, tokens: Sequence[str]) -> bool:
    """Are there cards of this side for all these tokens? Once counted, no card is left."""
    mine = campaign.invitations.filter(side=side.value, token_hash__in=[imprint(one) for one in tokens])
    return mine.count() == len(tokens)


def give(
    campaign: Campaign,
    side: Side,
    count: int,
    *,
    members: Sequence[Member | None] = (),
    tokens: Sequence[str] = (),
) -> list[str]:
    """New cards of a side; their tokens, which nothing gives again. Call with the campaign's row locked.

    `tokens`: already drawn (tokens_of). Raises NoCardLeft, and gives none, when fewer are left than asked for.
    """
    if count > left(campaign, side):
        raise NoCardLeft
    tokens = list(tokens) or [new_token() for _ in range(count)]
    owners = list(members) or [None] * count
    Invitation.objects.bulk_create(
        Invitation(campaign=campaign, side=side.value, token_hash=imprint(token), member=owner)
        for token, owner in zip(tokens, owners, strict=True)
    )
    return tokens
