"""The copies of a version: what is sealed, handed over, read again by people concerned."""

from typing import Any

from avec.accounts.models import Member

from ..models import CareContract


def on_page(contract: CareContract, member: Member) -> dict[str, Any]:
    """Its part of the page of a version."""
    return {}
