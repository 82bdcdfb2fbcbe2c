"""The journal, in the words of the accounts: who opened or closed which way in."""

from typing import Any
from uuid import UUID

from django.db.models import Model

from avec.audit.actions import record as write_line
from avec.audit.actions import seal_journal

from .models import Member


def record(verb: str, obj: Model, *, by: Member, person_id: UUID | None = None, **detail: Any) -> None:
    """Leave the trace of a change, and seal the journal up to it. Call inside the action's transaction."""
    write_line(
        verb,
        obj,
        establishment_id=by.establishment_id,
        actor_id=by.pk,
        person_id=person_id,
        purpose="technical",
        detail=detail,
    )
    seal_journal(by.establishment_id)
