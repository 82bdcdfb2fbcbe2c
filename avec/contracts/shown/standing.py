"""Where a version stands: waiting too long for its signatures, and what its easy text may call itself."""

from typing import Any

from django.utils import timezone

from avec.accounts.models import Member
from avec.people.models import today
from avec.people.policy import may_validate

from ..models import CareContract, State
from ..policy import may_note_reading
from ..reread import easy_words, proof_reading_of
from ..rules import from_data, is_stale


def on_page(contract: CareContract, member: Member) -> dict[str, Any]:
    """Its part of the page of a version."""
    issued_on = timezone.localdate(contract.issued_at)
    waits = contract.state == State.TO_SIGN.value and is_stale(issued_on, today())
    return {
        "stale": issued_on if waits and may_validate(member, contract.person) else None,
        "easy_says": easy_words(proof_reading_of(contract.person, from_data(contract.content))),
        "may_reread": contract.state != State.WITHDRAWN.value and may_note_reading(member, contract.person),
    }
