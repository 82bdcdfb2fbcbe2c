"""The team invites a person, and those of their circle, into their own space.

A mandate, never the family tie, gives a relative something to read. The way in
is shown once, to hand over.
"""

from django.db import transaction

from avec.accounts.actions import invite
from avec.accounts.models import Member, Role
from avec.accounts.policy import require

from ..journal import record
from ..models import Person, RelatedPerson
from ..policy import may_invite_around, may_invite_relative


@transaction.atomic
def invite_person(person: Person, *, by: Member) -> str:
    """Give the person a way into their own space: a one-time token, shown once."""
    require(may_invite_around(by, person))
    if person.member is None:
        person.member = Member.objects.create(
            establishment_id=person.establishment_id,
            role=Role.PERSON.value,
            civility=person.civility,
            given_name=person.called,
            family_name=person.family_name,
        )
        person.save(update_fields=["member"])
    token = invite(person.member, by=by, allowed=True, person_id=person.pk)
    record("person.invited", person, by=by, person=person)
    return token


@transaction.atomic
def invite_relative(relative: RelatedPerson, *, by: Member) -> str:
    """Give somebody of the circle a way in, once a mandate opens something to them."""
    require(may_invite_relative(by, relative))
    if relative.member is None:
        relative.member = Member.objects.create(
            establishment_id=relative.establishment_id,
            role=Role.RELATIVE.value,
            civility=relative.civility,
            given_name=relative.given_name,
            family_name=relative.family_name,
            email=relative.email,
        )
        relative.save(update_fields=["member"])
    token = invite(relative.member, by=by, allowed=True, person_id=relative.person_id)
    record("relative.invited", relative, by=by, person=relative.person)
    return token
