"""What people do around a person: invite them, and those of their circle, into their own space.

The team invites; a mandate, never the family tie, gives a relative something
to read. The way in is shown once, to hand over.
"""

from datetime import timedelta

from django.db import transaction

from avec.accounts.actions import invite
from avec.accounts.models import Member, Role
from avec.accounts.policy import require

from .journal import record
from .models import CareTeamMember, Mandate, Objection, Person, RelatedPerson, in_force, today
from .policy import GIVEN, may_choose_readers, may_invite_around, may_invite_relative


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


@transaction.atomic
def stop_sharing(relative: RelatedPerson, *, by: Member) -> int:
    """The person no longer shares with somebody of their circle: what they gave ends at once.

    Answers how many mandates ended. What a judgment gives stays (access.md, T23, T28).
    """
    require(may_choose_readers(by, relative.person))
    mandates = Mandate.objects.filter(related_person=relative, kind__in=GIVEN, revoked_on__isnull=True)
    ended = mandates.update(revoked_on=today())
    record("mandate.revoked", relative, by=by, person=relative.person, mandates=ended)
    return ended


@transaction.atomic
def object_to_reader(tie: CareTeamMember, *, by: Member) -> Objection:
    """The person does not want this professional to read their record: it beats the team, at once (T11)."""
    require(may_choose_readers(by, tie.person))
    standing = Objection.objects.filter(in_force(), person=tie.person, member=tie.member).first()
    objection = standing or Objection.objects.create(
        person=tie.person, establishment_id=tie.establishment_id, member=tie.member
    )
    record("objection.made", objection, by=by, person=tie.person)
    return objection


@transaction.atomic
def lift_objection(tie: CareTeamMember, *, by: Member) -> None:
    """The person lets this professional read again."""
    require(may_choose_readers(by, tie.person))
    objections = Objection.objects.filter(in_force(), person=tie.person, member=tie.member)
    # The day before: an objection holds until the end of its last day.
    ended = objections.update(ends_on=today() - timedelta(days=1))
    record("objection.lifted", tie, by=by, person=tie.person, objections=ended)
