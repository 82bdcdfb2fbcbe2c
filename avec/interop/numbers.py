"""The national number of each line: the one it came with, or the one we make from its key."""

from typing import Any

from avec.accounts.models import Member
from avec.careplan.models import (
    Activity,
    Agreement,
    Assessment,
    Attachment,
    CarePlan,
    Expectation,
    Goal,
    Need,
)
from avec.interop.rules import Number, PersonNumber, make_identifier, make_professional_number
from avec.people.models import Person, RelatedPerson

ACTIVITY_NUMBERS = {"action": Number.ACTION, "resource": Number.RESOURCE, "service": Number.SERVICE}
NUMBERS = {
    CarePlan: Number.PLAN,
    Expectation: Number.EXPECTATION,
    Need: Number.NEED,
    Goal: Number.GOAL,
    Assessment: Number.ASSESSMENT,
}


def person_number(person: Person) -> PersonNumber:
    return PersonNumber(person.establishment.finess, person.local_id)


def number_of(line: Any) -> str:
    """The number by which other systems know this line; two calls always answer the same."""
    if isinstance(line, Member):
        return line.national_id or make_professional_number(line.establishment.finess, line.pk)
    if line.identifier:
        return str(line.identifier)
    owner = person_number(line.person)
    if isinstance(line, RelatedPerson):
        return f"{owner}-PROCHE-{line.pk.hex[:12].upper()}"
    if isinstance(line, Attachment):
        return f"{owner}-DOC-{line.file_id.hex[:12].upper()}"
    kind = ACTIVITY_NUMBERS[line.kind] if isinstance(line, Activity) else NUMBERS[type(line)]
    return make_identifier(owner, kind, line.pk)


def source_of(agreement: Agreement) -> str:
    """Agreements have no number in the guide: the one they came with, or ours."""
    return agreement.source_key or f"{person_number(agreement.person)}-ACCORD-{agreement.pk.hex[:12].upper()}"
