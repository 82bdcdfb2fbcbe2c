"""Who accompanies the person: this, and nothing else, opens the record to staff.

Anybody of the team lets a colleague in; a referent or the manager of the unit
lets one out; nobody lets themself in; the last referent names another first.
What the person refused beats all of it.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from avec.accounts.models import Member, Role
from avec.accounts.policy import require

from ..journal import record
from ..models import CareTeamMember, Person, today
from ..policy import may_change_place, may_end_place, may_join
from ..rules import DatesRefused, Kind, Relationship, check_order, keeps_a_referent


class AlreadyInTeam(ValueError):
    """This colleague has a place in the team that runs now or later."""


class LastReferent(ValueError):
    """Nobody else would be referent: another is named first."""


class NotReferent(ValueError):
    """A trainee, or somebody from outside, is not referent."""


def _running(person: Person) -> Any:
    """The places that run now or later."""
    ties = CareTeamMember.objects.filter(person=person, consent_withdrawn_on__isnull=True)
    return ties.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today()))


def _hold(person_id: Any) -> Person:
    """One change of the team at a time."""
    return Person.objects.select_for_update(of=("self",)).get(pk=person_id)


def _keeps_referent(tie: CareTeamMember, last_day: date) -> bool:
    if not Person.objects.here().filter(pk=tie.person_id).exists():
        return True  # the person has left: everybody may leave the team
    others = _running(tie.person).filter(is_referent=True, external=False).exclude(pk=tie.pk)
    ties = [Relationship(Kind.TEAM, other.starts_on, other.ends_on) for other in others]
    return keeps_a_referent(ties, today(), last_day)


def _check_referent(member: Member, *, external: bool, is_referent: bool) -> None:
    if is_referent and (external or member.role == Role.TRAINEE.value):
        raise NotReferent


@transaction.atomic
def add_to_team(
    person: Person,
    colleague: Member,
    *,
    by: Member,
    function: str = "",
    is_referent: bool = False,
    external: bool = False,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> CareTeamMember:
    """Let a colleague into the team. Raises AlreadyInTeam, NotReferent, DatesRefused.

    `external`: from outside, with the person's consent, seen by whoever adds them.
    """
    person = _hold(person.pk)
    require(may_join(by, colleague, person))
    starts_on = starts_on or today()
    check_order(starts_on, ends_on)
    _check_referent(colleague, external=external, is_referent=is_referent)
    if _running(person).filter(member=colleague).exists():
        raise AlreadyInTeam
    tie = CareTeamMember.objects.create(
        person=person,
        establishment_id=person.establishment_id,
        member=colleague,
        function=function or colleague.job,
        is_referent=is_referent,
        external=external,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record("team.joined", tie, by=by, person=person, member=str(colleague.pk), external=external)
    return tie


@transaction.atomic
def change_place(tie: CareTeamMember, *, by: Member, function: str, is_referent: bool) -> list[str]:
    """Say what a colleague does, and whether they are referent. Raises LastReferent, NotReferent."""
    _hold(tie.person_id)
    tie = CareTeamMember.objects.select_related("person", "member").get(pk=tie.pk)
    require(may_change_place(by, tie))
    _check_referent(tie.member, external=tie.external, is_referent=is_referent)
    if tie.is_referent and not is_referent and not _keeps_referent(tie, today() - timedelta(days=1)):
        raise LastReferent
    said = {"function": function, "is_referent": is_referent}
    changed = [name for name, value in said.items() if getattr(tie, name) != value]
    for name in changed:
        setattr(tie, name, said[name])
    if changed:
        tie.save(update_fields=changed)
        record("team.changed", tie, by=by, person=tie.person, fields=changed)
    return changed


@transaction.atomic
def end_place(tie: CareTeamMember, last_day: date, *, by: Member) -> None:
    """Somebody leaves the team at the end of this day; yesterday closes the record at once. Raises LastReferent.

    A place that would have lasted no day at all goes: it was a mistake, and the journal keeps it.
    """
    _hold(tie.person_id)
    tie = CareTeamMember.objects.select_related("person", "member").get(pk=tie.pk)
    require(may_end_place(by, tie))
    if tie.ends_on is not None and tie.ends_on < today():
        raise DatesRefused("already_ended")
    if tie.is_referent and not tie.external and not _keeps_referent(tie, last_day):
        raise LastReferent
    record("team.left", tie, by=by, person=tie.person, member=str(tie.member_id), last_day=str(last_day))
    if tie.starts_on is not None and last_day < tie.starts_on:
        tie.delete()
        return
    tie.ends_on = last_day
    tie.save(update_fields=["ends_on"])


@transaction.atomic
def withdraw_consent(tie: CareTeamMember, *, by: Member) -> None:
    """The person no longer agrees that somebody from outside reads: it closes at once (T10)."""
    _hold(tie.person_id)
    tie = CareTeamMember.objects.select_related("person", "member").get(pk=tie.pk)
    require(may_end_place(by, tie) and tie.external)
    tie.consent_withdrawn_on = tie.consent_withdrawn_on or today()
    tie.save(update_fields=["consent_withdrawn_on"])
    record("team.consent_withdrawn", tie, by=by, person=tie.person, member=str(tie.member_id))
