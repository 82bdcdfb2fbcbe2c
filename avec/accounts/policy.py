"""What must hold for an action, said once: `require(may_…)`.

A refusal carries no data: it becomes « not found » for whoever asked. The
administration opens and closes the accounts of those who work here; never
those of the persons and of their relatives, whose space holds their words:
their team invites them (avec.people).
"""

from django.core.exceptions import PermissionDenied

from .models import Establishment, Member, Role, User

# Their accounts are opened by the team, not by the administration.
CIRCLE = frozenset({Role.PERSON.value, Role.RELATIVE.value})


def require(allowed: bool) -> None:
    """Stop an action that is not allowed; the transaction is undone and the page answers 404."""
    if not allowed:
        raise PermissionDenied


def may_manage(by: Member, establishment_id: object) -> bool:
    """Add members and see the state of their accounts."""
    return by.is_active and by.role == Role.ADMINISTRATOR.value and by.establishment_id == establishment_id


def may_invite(by: Member, to: Member) -> bool:
    """Accounts of staff are opened by the administration; the circle's by the person's team (avec.people)."""
    return may_manage(by, to.establishment_id) and to.role not in CIRCLE


def may_close(by: Member, to: Member) -> bool:
    """Nobody closes their own access: somebody must stay to open it again."""
    return may_invite(by, to) and by.pk != to.pk


def may_choose_words(by: Member, house: Establishment) -> bool:
    """How the pages call the person and the partner: the direction decides, the administration may type it."""
    return (
        by.is_active
        and by.role in {Role.DIRECTOR.value, Role.ADMINISTRATOR.value}
        and by.establishment_id == house.pk
    )


def serves_elsewhere(member: Member) -> bool:
    """Does this member's account hold another place?"""
    return member.user_id is not None and (
        Member.objects.filter(user_id=member.user_id).exclude(pk=member.pk).exists()
    )


def may_share(account: User, member: Member) -> bool:
    """An account holds one place per establishment, but a professional may be somebody's relative there (T38)."""
    here = account.members.filter(establishment_id=member.establishment_id)
    return member.role in CIRCLE or not here.exclude(role__in=CIRCLE).exists()
