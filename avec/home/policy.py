"""Who steers with figures. A figure opens no record; a name goes only with dates and a step (access.md, T39-T40)."""

from django.db.models import Exists, OuterRef, Q

from avec.accounts.models import Member, Role
from avec.people.models import Objection, in_force

STEERING = (Role.UNIT_MANAGER.value, Role.DIRECTOR.value, Role.QUALITY.value)


def may_see_figures(member: Member | None) -> bool:
    """Aggregates of the establishment, or of one's unit."""
    return member is not None and member.is_active and member.role in STEERING


def may_follow_names(member: Member | None) -> bool:
    """Names with their dates: the manager of a unit, for that unit and no other."""
    return may_see_figures(member) and member is not None and member.role == Role.UNIT_MANAGER.value


def counted_by(member: Member) -> Q:
    """The persons that a figure shown to this member is about."""
    if not may_see_figures(member):
        return Q(pk__in=[])
    house = Q(establishment=member.establishment_id)
    if member.role == Role.UNIT_MANAGER.value:
        return house & Q(unit=member.unit_id, unit__isnull=False)
    return house


def followed_by(member: Member) -> Q:
    """The persons whose name, step and dates this member sees; none under limitation (T52).

    Nor whoever does not want this manager to read: a refusal beats any permission (T11).
    """
    if not may_follow_names(member):
        return Q(pk__in=[])
    objected = Objection.objects.filter(in_force(), member=member, person=OuterRef("pk"))
    return counted_by(member) & Q(limited_on__isnull=True) & ~Q(Exists(objected))
