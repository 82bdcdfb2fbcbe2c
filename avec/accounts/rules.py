"""Ways in and their limits: what an invitation, a sign-in name and a session are worth.

An invitation opens one account, once, within seven days; only the fingerprint
of its token is kept, so that reading the database opens nothing. Somebody
without an electronic address gets a sign-in name: it looks like an address,
is made by us and no mail is ever sent to it. A session ends after 30 minutes
without a sign of life and 12 hours in all; who is there is told two minutes
before, and one key is enough to stay.
"""

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass

INVITATION_DAYS = 7
# Ends a sign-in name. No public domain ends so; mail is never sent there anyway.
NAME_ENDING = ".avec"

MINUTE = 60
IDLE = 30 * MINUTE
TOTAL = 12 * 60 * MINUTE
WARNING = 2 * MINUTE
# A session is written again at most once in this time: reading pages must not write at every page.
RENEWAL = 5 * MINUTE


def new_token() -> str:
    """256 bits: nobody finds it by trying."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is kept of a token. Its 256 bits need no salt nor slow hashing."""
    return hashlib.sha256(token.encode()).hexdigest()


def slug(text: str) -> str:
    """Plain lower-case letters, digits and hyphens: « Les Tilleuls » gives « les-tilleuls »."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "-")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def sign_in_name(given_name: str, place: str, number: int) -> str:
    """« odette-4821@les-tilleuls.avec »: short enough to be read from a card and typed."""
    return f"{slug(given_name) or 'bonjour'}-{number:04}@{slug(place)[:40] or 'ici'}{NAME_ENDING}"


def is_sign_in_name(address: str) -> bool:
    """Made by us: no mailbox behind it."""
    return address.lower().endswith(NAME_ENDING)


@dataclass(frozen=True)
class Life:
    """A session's life, in seconds since the epoch: when it opened, when it was last written."""

    opened: float
    seen: float

    def left(self, now: float) -> int:
        """Seconds before it ends, whichever limit comes first; 0 when it is over."""
        return max(0, int(min(self.seen + IDLE, self.opened + TOTAL) - now))

    def is_over(self, now: float) -> bool:
        return self.left(now) == 0

    def may_grow(self, now: float) -> bool:
        """Would a sign of life give more time, or does the total of 12 hours decide?"""
        return self.opened + TOTAL > self.seen + IDLE or now + IDLE < self.opened + TOTAL

    def is_stale(self, now: float) -> bool:
        return now - self.seen >= RENEWAL
