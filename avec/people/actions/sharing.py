"""What the person takes back themself: a mandate they gave, the reading of a professional."""

from datetime import timedelta

from django.db import transaction

from avec.accounts.models import Member
from avec.accounts.policy import require

from ..journal import record
from ..models import CareTeamMember, Mandate, Objection, RelatedPerson, in_force, today
from ..policy import GIVEN, may_choose_readers


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
