"""The journal, in the words of the rooms about a person.

`record` for what somebody did, `record_reading` for what somebody read: one
line each, whoever they are, the person included.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from avec.accounts.models import Member
from avec.accounts.vocabulary import speak_of
from avec.audit.actions import line, record_all, seal_journal
from avec.audit.actions import record as write_line

from .models import Person


def record(verb: str, obj: Model, *, by: Member, person: Person, **detail: Any) -> None:
    """Leave the trace of a change, and seal the journal up to it. Call inside the action's transaction."""
    write_line(
        verb,
        obj,
        establishment_id=person.establishment_id,
        actor_id=by.pk,
        person_id=person.pk,
        detail=detail,
    )
    seal_journal(person.establishment_id)


def record_reading(what: str, person: Person, *, by: Member, obj: Model | None = None) -> None:
    """Leave the trace of a reading: `what` is the page (« record », « contract »…).

    The page is then about this person: its words agree with them.
    """
    speak_of(person.gender)
    write_line(
        f"{what}.read",
        obj or person,
        establishment_id=person.establishment_id,
        actor_id=by.pk,
        person_id=person.pk,
    )


def record_readings(what: str, persons: Iterable[Person], *, by: Member) -> None:
    """The same for a page that shows something of several persons: one line each, one insertion."""
    record_all(
        line(
            f"{what}.read",
            person,
            establishment_id=person.establishment_id,
            actor_id=by.pk,
            person_id=person.pk,
        )
        for person in persons
    )
