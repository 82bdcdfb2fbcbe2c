"""What must hold for an action, said once: `require(may_…)`.

A refusal carries no data: it becomes « not found » for whoever asked.
"""

from django.core.exceptions import PermissionDenied

from .models import Member, Role


def require(allowed: bool) -> None:
    """Stop an action that is not allowed; the transaction is undone and the page answers 404."""
    if not allowed:
        raise PermissionDenied


def may_invite(by: Member, to: Member) -> bool:
    """Accounts of staff are opened by the administration; the circle's by the person's team (avec.people)."""
    return by.establishment_id == to.establishment_id and by.role == Role.ADMINISTRATOR.value
