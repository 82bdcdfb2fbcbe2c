"""Somebody already here: found at the door, before a second record of them is opened.

Only what admission needs is asked: the name and the birth date that were just
said at the door (access.md, T02).
"""

from django.db.models import Q

from avec.accounts.models import Establishment

from .models import Person
from .rules import Identity, may_be_same, next_number

SHOWN = 10


def identity_of(person: Person) -> Identity:
    return Identity(person.family_name, person.given_names, person.birth_name, person.birth_date)


def same_persons(establishment: Establishment, said: Identity) -> list[Person]:
    """The persons of this establishment who could be the one at the door. One query."""
    named = Q()
    for name in said.family:
        named |= Q(search_text__contains=name)
    born = Q(birth_date=said.birth_date) | Q(birth_date__isnull=True) if said.birth_date else Q()
    if not named:
        return []
    found = Person.objects.filter(named, born, establishment=establishment).select_related("unit")
    return [person for person in found[:200] if may_be_same(said, identity_of(person))][:SHOWN]


def number_to_propose(establishment: Establishment, year: int) -> str:
    """The next free number of the house."""
    taken = Person.objects.filter(establishment=establishment, local_id__startswith=f"{year}-")
    return next_number(year, taken.values_list("local_id", flat=True))
