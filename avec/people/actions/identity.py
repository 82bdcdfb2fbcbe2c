"""Who the person is: mended by the team, each field changed named in the journal, never its value."""

from typing import Any

from django.db import IntegrityError, transaction

from avec.accounts.models import Member
from avec.accounts.policy import require

from ..clash import OutOfDate, version_of
from ..journal import record
from ..models import Person
from ..policy import may_change_identity
from .admission import NumberTaken

# What the form of identity changes, in its order.
IDENTITY = (
    "civility",
    "given_names",
    "family_name",
    "birth_name",
    "used_name",
    "gender",
    "birth_date",
    "unit_id",
    "room",
    "local_id",
    "communication",
    "easy_read",
)


@transaction.atomic
def change_identity(person: Person, *, version: str, by: Member, **fields: Any) -> list[str]:
    """Change who the person is; answers the names of what changed. Raises OutOfDate, NumberTaken."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    require(may_change_identity(by, person))
    if version != version_of(person, IDENTITY):
        raise OutOfDate(person)
    changed = [name for name in IDENTITY if name in fields and fields[name] != getattr(person, name)]
    for name in changed:
        setattr(person, name, fields[name])
    if not changed:
        return []
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as clash:
        raise NumberTaken(person.local_id) from clash
    record("person.changed", person, by=by, person=person, fields=changed)
    return changed
