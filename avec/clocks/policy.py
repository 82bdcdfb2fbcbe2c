"""Who sees the clocks, and who writes what shows that they are kept.

The clocks of a person belong to their team, like their record. The manager of
a unit sees whose date comes when, for the stays of that unit, without a word
of what was written; direction and quality see numbers (access.md, T39, T40).
The table of deadlines names nobody: those who see clocks read it, direction
and quality change it.
"""

from django.db.models import Exists, OuterRef, Q

from avec.accounts.models import Member, Role
from avec.people.models import CARE_ROLES, Objection, Stay, in_force, open_records
from avec.people.policy import may_validate

from .models import Deadline, Evidence, EvidenceChoice, LifeEvent

COUNTING = frozenset({Role.DIRECTOR.value, Role.QUALITY.value})
SEEING = (*sorted(CARE_ROLES), *sorted(COUNTING))


def may_see_clocks(member: Member | None) -> bool:
    """Open the board: what stands on it follows from the ties."""
    return member is not None and member.is_active and member.role in SEEING


def counts_only(member: Member) -> bool:
    """Numbers by unit, and never a name."""
    return member.role in COUNTING


def of_my_teams(member: Member | None) -> Q:
    """The stays of the persons whose record this member opens."""
    return open_records(member, "person_id", "person__")


def of_my_unit(member: Member) -> Q:
    """The stays whose names and dates the manager of a unit follows (T39).

    None under limitation, nor of somebody who does not want this manager to read: a refusal beats any permission.
    """
    if member.role != Role.UNIT_MANAGER.value or not member.is_active or member.unit_id is None:
        return Q(pk__in=[])
    objected = Objection.objects.filter(in_force(), member=member, person=OuterRef("person_id"))
    unit = Q(
        establishment=member.establishment_id, person__unit=member.unit_id, person__limited_on__isnull=True
    )
    return unit & ~Q(Exists(objected))


def named_for(member: Member) -> Q:
    """The stays that this member's board names."""
    if not may_see_clocks(member) or counts_only(member):
        return Q(pk__in=[])
    return of_my_teams(member) | of_my_unit(member)


def counted_for(member: Member) -> Q:
    """The stays that this member's numbers are about."""
    if not may_see_clocks(member) or not counts_only(member):
        return Q(pk__in=[])
    return Q(establishment=member.establishment_id)


def may_write_on(member: Member | None, stay: Stay) -> bool:
    """Write a proof, a life event, the dates of a stay: the person's team, never a trainee alone (T16)."""
    return may_validate(member, stay.person) and stay.establishment_id == stay.person.establishment_id


def may_write_evidence(member: Member | None, stay: Stay, deadline: Deadline) -> bool:
    """By hand, for a deadline of the same house whose proof is not the plan itself."""
    return (
        may_write_on(member, stay)
        and deadline.establishment_id == stay.establishment_id
        and deadline.evidence != EvidenceChoice.SETTLED.value
    )


def may_cancel(member: Member | None, written: Evidence | LifeEvent) -> bool:
    """Whoever of the team may write it may say that it was a mistake; once."""
    return written.cancelled_at is None and may_write_on(member, written.stay)


def may_change_table(member: Member | None, establishment_id: object) -> bool:
    return (
        member is not None
        and member.is_active
        and member.role in COUNTING
        and member.establishment_id == establishment_id
    )
