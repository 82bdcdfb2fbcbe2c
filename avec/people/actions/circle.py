"""Who is around the person, and what a mandate opens to them.

Being family opens nothing. A mandate has a source, dates, and an end at which
it closes by itself (T35); taken back, it closes at once (T28).
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from avec.accounts.models import Member
from avec.accounts.policy import require

from ..clash import OutOfDate, version_of
from ..journal import record
from ..models import Mandate, Person, RelatedPerson, today
from ..policy import may_note_circle, may_note_mandate
from ..rules import DatesRefused, Kind, check_mandate, check_order

RELATIVE = ("civility", "given_name", "family_name", "relation", "phone", "email", "comment")
MANDATE = ("starts_on", "ends_on", "wider", "co_signs", "origin", "words")


class StillNamed(ValueError):
    """This person is named elsewhere in the record, or held a mandate: they stay in its history."""


class AlreadyHeld(ValueError):
    """The same mandate runs already. `holder`: who holds it."""

    def __init__(self, holder: RelatedPerson) -> None:
        super().__init__()
        self.holder = holder


@transaction.atomic
def add_relative(person: Person, *, by: Member, **fields: Any) -> RelatedPerson:
    """Write down somebody around the person. They read nothing until a mandate says so."""
    require(may_note_circle(by, person))
    relative = RelatedPerson.objects.create(person=person, establishment_id=person.establishment_id, **fields)
    record("relative.added", relative, by=by, person=person)
    return relative


@transaction.atomic
def change_relative(relative: RelatedPerson, *, version: str, by: Member, **fields: Any) -> list[str]:
    """Mend who they are and how to reach them; answers the names of what changed. Raises OutOfDate."""
    relative = RelatedPerson.objects.select_for_update(of=("self",)).get(pk=relative.pk)
    require(may_note_circle(by, relative.person))
    if version != version_of(relative, RELATIVE):
        raise OutOfDate(relative)
    changed = [name for name in RELATIVE if name in fields and fields[name] != getattr(relative, name)]
    for name in changed:
        setattr(relative, name, fields[name])
    if changed:
        relative.save(update_fields=changed)
        record("relative.changed", relative, by=by, person=relative.person, fields=changed)
    return changed


@transaction.atomic
def remove_relative(relative: RelatedPerson, *, by: Member) -> None:
    """Take out somebody written down by mistake. Raises StillNamed when anything of the record names them."""
    person = relative.person
    require(may_note_circle(by, person))
    if relative.member_id is not None:
        raise StillNamed
    record("relative.removed", relative, by=by, person=person)
    try:
        relative.delete()
    except ProtectedError as named:
        raise StillNamed from named


@transaction.atomic
def give_mandate(relative: RelatedPerson, kind: Kind, *, by: Member, **fields: Any) -> Mandate:
    """Write down what somebody of the circle may do. Raises DatesRefused, AlreadyHeld."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=relative.person_id)
    require(may_note_mandate(by, person))
    check_mandate(kind, fields.get("starts_on"), fields.get("ends_on"), person.birth_date, today())
    running = Mandate.objects.filter(related_person__person=person, kind=kind.value, revoked_on__isnull=True)
    running = running.exclude(ends_on__lt=fields.get("starts_on") or today())
    # The law speaks of one trusted person; the other mandates may be held by several.
    if kind != Kind.TRUSTED:
        running = running.filter(related_person=relative)
    if held := running.select_related("related_person").first():
        raise AlreadyHeld(held.related_person)
    mandate = Mandate.objects.create(related_person=relative, kind=kind.value, **fields)
    record("mandate.given", mandate, by=by, person=person, kind=kind.value)
    return mandate


@transaction.atomic
def correct_mandate(mandate: Mandate, *, version: str, by: Member, **fields: Any) -> list[str]:
    """Mend a mandate's dates and words; answers what changed. Raises OutOfDate, DatesRefused."""
    mandate = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    person = mandate.related_person.person
    require(may_note_mandate(by, person))
    if version != version_of(mandate, MANDATE):
        raise OutOfDate(mandate)
    if mandate.revoked_on is not None:
        raise DatesRefused("already_revoked")
    check_mandate(
        Kind(mandate.kind), fields.get("starts_on"), fields.get("ends_on"), person.birth_date, today()
    )
    changed = [name for name in MANDATE if name in fields and fields[name] != getattr(mandate, name)]
    for name in changed:
        setattr(mandate, name, fields[name])
    if changed:
        mandate.save(update_fields=changed)
        record("mandate.corrected", mandate, by=by, person=person, fields=changed)
    return changed


@transaction.atomic
def end_mandate(mandate: Mandate, ends_on: date | None, *, by: Member) -> Mandate:
    """End a mandate on a day (included), or take it back at once when no day is given. Raises DatesRefused."""
    mandate = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    person = mandate.related_person.person
    require(may_note_mandate(by, person))
    if mandate.revoked_on is not None:
        raise DatesRefused("already_revoked")
    if ends_on is None:
        mandate.revoked_on = today()
        mandate.save(update_fields=["revoked_on"])
        record("mandate.revoked", mandate, by=by, person=person)
        return mandate
    check_order(mandate.starts_on, ends_on)
    mandate.ends_on = ends_on
    mandate.save(update_fields=["ends_on"])
    record("mandate.ended", mandate, by=by, person=person)
    return mandate
