"""The device of the team is lent: until its host takes it back, this session opens one contract's room and nothing else.

What says so is the session itself, in the very key that opens the room: a session that lost it has no room open
either, and one that ends takes the lock with it.
"""

import time
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from avec.accounts.models import Member
from avec.people.models import CARE_ROLES, today

from .models import CareContract, SignatureLine

LENT = "contract_room"


def lend(
    request: HttpRequest, contract: CareContract, there: Iterable[SignatureLine], *, host: Member
) -> None:
    """`there`: the lines of those who are in the room."""
    request.session[LENT] = {
        "contract": str(contract.pk),
        "there": [str(line.pk) for line in there],
        "day": today().isoformat(),
        "host": str(host.pk),
    }


def lent_for(request: HttpRequest) -> str:
    """The key of the only contract that this session opens; "" when it is not lent."""
    return str(request.session.get(LENT, {}).get("contract", ""))


def is_lent(request: HttpRequest, pk: UUID) -> bool:
    return lent_for(request) == str(pk)


def is_there(request: HttpRequest, line: SignatureLine) -> bool:
    """Was it said that whoever signs this line is in the room?"""
    return str(line.pk) in request.session.get(LENT, {}).get("there", ())


def is_of_today(request: HttpRequest) -> bool:
    """Who is there was said today."""
    return bool(request.session.get(LENT, {}).get("day") == today().isoformat())


def is_host(request: HttpRequest, member: Member | None) -> bool:
    """Does this session still act as who lent the device? A place may be closed, or changed from elsewhere."""
    return (
        member is not None
        and member.role in CARE_ROLES
        and str(member.pk) == request.session.get(LENT, {}).get("host")
    )


def asked_back(request: HttpRequest) -> float:
    """Since when the host is asked to prove who they are. A passkey shown before it was for something else."""
    held: dict[str, Any] = request.session[LENT]
    if "asked" not in held:
        held = request.session[LENT] = held | {"asked": time.time()}
    return float(held["asked"])


def not_asked_any_more(request: HttpRequest) -> None:
    """The device stays in the room: what would have given it back counts no more."""
    held = request.session.get(LENT, {})
    if "asked" in held:
        request.session[LENT] = {name: value for name, value in held.items() if name != "asked"}


def take_back(request: HttpRequest) -> None:
    request.session.pop(LENT, None)
