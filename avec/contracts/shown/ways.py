"""The other ways to choose: on a shared device in the room, on paper."""

from typing import Any

from avec.accounts.models import Member

from ..models import CareContract
from ..policy import may_host


def on_page(contract: CareContract, member: Member) -> dict[str, Any]:
    """Its part of the page of a version: for somebody of the team, while it is to be signed."""
    return {"may_host": may_host(member, contract)}
