"""What the pages of a record share: the person at the top, their circle, the parts of the record."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from avec.accounts.access import MemberRequest

from ..banner import Around, banner_fields, banner_of, circle_of, parts_of_record
from ..models import Person, RelatedPerson


def open_record(request: MemberRequest, pk: UUID, page: str) -> tuple[Person, list[Around], dict[str, Any]]:
    """The person, their circle, and what heads each page of their record. 404 for whoever may not open it."""
    persons = Person.objects.visible_to(request.member).select_related("unit", "establishment", "member")
    person = get_object_or_404(persons.annotate(**banner_fields()), pk=pk)
    circle = circle_of(RelatedPerson.objects.visible_to(request.member).filter(person=person))
    head = {
        "person": person,
        "banner": banner_of(person, circle, person),
        "tabs": parts_of_record(person, page),
    }
    return person, circle, head
