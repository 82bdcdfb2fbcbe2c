"""The journal, in the words of this room: what was done with a group's barometer. Never an answer: nobody signs it."""

from typing import Any

from django.db.models import Model

from avec.accounts.models import Member
from avec.audit.actions import record as write_line
from avec.audit.actions import seal_journal


def record(verb: str, obj: Model, *, by: Member, **detail: Any) -> None:
    """Leave the trace of a change, and seal the journal up to it. Call inside the action's transaction."""
    write_line(
        verb,
        obj,
        establishment_id=by.establishment_id,
        actor_id=by.pk,
        person_id=None,
        purpose="quality",
        detail=detail,
    )
    seal_journal(by.establishment_id)


def record_reading(what: str, obj: Model, *, by: Member) -> None:
    """Leave the trace of a reading: results are the group's, and a pair's are two persons'."""
    write_line(
        f"{what}.read",
        obj,
        establishment_id=by.establishment_id,
        actor_id=by.pk,
        person_id=None,
        purpose="quality",
    )
