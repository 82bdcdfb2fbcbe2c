"""The national number of each line: the one it came with, or the one we make from its key."""

from typing import Any
from uuid import uuid5

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
from avec.documents.models import StoredFile
from avec.interop.rules import (
    EXPORTS,
    Number,
    PersonNumber,
    is_national,
    make_identifier,
    make_professional_number,
)
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
        return _document_number(owner, line.file_id)
    return make_identifier(owner, kind_of(line), line.pk)


def kind_of(line: Any) -> Number:
    return ACTIVITY_NUMBERS[line.kind] if isinstance(line, Activity) else NUMBERS[type(line)]


def exported_number(line: Any) -> str:
    """The number under which a line leaves: a received one that is not in the national form is replaced."""
    number = number_of(line)
    if is_national(number, kind_of(line)):
        return number
    return make_identifier(person_number(line.person), kind_of(line), line.pk)


def recording_number(expectation: Expectation) -> str:
    """A voice kept as sound is known as any file joined to a line is."""
    return _document_number(person_number(expectation.person), expectation.recording_id)


def _document_number(owner: PersonNumber, file: Any) -> str:
    return f"{owner}-DOC-{file.hex[:12].upper()}"


def review_number(plan: CarePlan, when: str) -> str:
    """Reviews are not lines of ours: the number comes from the plan and the day (or « balance »)."""
    key = uuid5(EXPORTS, f"{exported_number(plan)}|{when}")
    return make_identifier(person_number(plan.person), Number.REVIEW, key)


def file_number(person: Person, file: StoredFile) -> str:
    """A file that hangs on no line is known by its fingerprint."""
    return f"{person_number(person)}-DOC-{file.sha256[:12].upper()}"


def stand_in_number(plan: CarePlan) -> str:
    """The agreement of the structure that the export makes up while nobody has signed."""
    return f"{exported_number(plan)}-ACCORD"


def source_of(agreement: Agreement) -> str:
    """Agreements have no number in the guide: the one they came with, or ours."""
    return agreement.source_key or f"{person_number(agreement.person)}-ACCORD-{agreement.pk.hex[:12].upper()}"
