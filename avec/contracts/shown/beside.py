"""What the contract is not, and the texts that stand beside it."""

from typing import Any

from avec.accounts.models import Member

from ..beside import beside_of
from ..models import CareContract


def on_page(contract: CareContract, member: Member) -> dict[str, Any]:
    """Its part of the page of a version."""
    return {"beside": beside_of(contract.person, member)}
