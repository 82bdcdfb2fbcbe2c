"""Opening and closing accounts, and the words of the establishment.

Nobody makes an account alone. A token is shown once to whoever invites, opens
one account once, and a new invitation withdraws the one before. An account
that also serves elsewhere keeps its password: a card from one establishment
must never open another one.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .journal import record
from .models import Called, Establishment, Invitation, Member, PartnerCalled, Role, User
from .policy import (
    CIRCLE,
    may_choose_words,
    may_close,
    may_invite,
    may_manage,
    may_share,
    require,
    serves_elsewhere,
)
from .rules import INVITATION_DAYS, fingerprint, new_token, sign_in_name


class InvitationRefused(Exception):
    """Something a person can mend: the sentence says what to do."""


class AddressTaken(InvitationRefused):
    """The address has an account: its password must be given."""


class InvitationOver(Exception):
    """Used, withdrawn, too old or never made: nothing more is said."""


@transaction.atomic
def invite(member: Member, *, by: Member, allowed: bool | None = None, person_id: UUID | None = None) -> str:
    """Make a one-time token for this member, and withdraw the earlier ones. Shown once: only its hash is kept.

    `allowed` is the decision of the room that invites somebody of a person's circle;
    without it, the administration's rule decides.
    """
    decided = may_invite(by, member) if allowed is None else allowed
    require(decided and member.establishment_id == by.establishment_id and member.is_active)
    if serves_elsewhere(member):
        raise InvitationRefused(
            _("Ce compte sert aussi ailleurs. Demandez un nouveau mot de passe depuis la page de connexion.")
        )
    _withdraw_all(member)
    token = new_token()
    invitation = Invitation.objects.create(
        member=member,
        token_hash=fingerprint(token),
        invited_by=by,
        sign_in_name=_free_sign_in_name(member) if member.is_lay and member.user is None else "",
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    record("account.invited", invitation, by=by, person_id=person_id, member=str(member.pk))
    return token


@transaction.atomic
def withdraw_invitations(
    member: Member, *, by: Member, allowed: bool | None = None, person_id: UUID | None = None
) -> None:
    """The links and cards given to this member open nothing any more."""
    decided = may_invite(by, member) if allowed is None else allowed
    require(decided and member.establishment_id == by.establishment_id)
    if _withdraw_all(member):
        record("account.invitation_withdrawn", member, by=by, person_id=person_id)


def _withdraw_all(member: Member) -> int:
    waiting = member.invitations.filter(used_at__isnull=True, withdrawn_at__isnull=True)
    return waiting.update(withdrawn_at=timezone.now())


@transaction.atomic
def accept_invitation(
    token: str, *, email: str = "", password: str = "", account: User | None = None
) -> User:
    """Open the member's account, once. The token stands for the right: nobody else acts here.

    Without an address, the sign-in name of the card is taken. `account` is an existing account
    whose password was just given: the place is added to it. A member who has an
    account already (a lost password) keeps it, with the new password.
    """
    invitation = Invitation.objects.usable().of_token(token).select_related("member__user").first()
    if invitation is None:
        raise InvitationOver
    # One winner when the same link is opened twice at once.
    used = Invitation.objects.usable().filter(pk=invitation.pk).update(used_at=timezone.now())
    if not used:
        raise InvitationOver
    member = invitation.member
    require(not serves_elsewhere(member) and not (member.user_id and account))
    if member.user is not None:
        user = member.user
        user.set_password(password)
    elif account is not None:
        require(may_share(account, member))
        user = account
    elif not email and not invitation.sign_in_name:
        raise InvitationRefused(_("Écrivez votre adresse électronique."))
    elif email and User.objects.filter(email__iexact=email).exists():
        raise AddressTaken(_("Cette adresse a déjà un compte, avec un autre mot de passe."))
    else:
        user = User.objects.create_user(email or invitation.sign_in_name, password)
    user.current_member = member
    user.save()
    member.user = user
    member.save(update_fields=["user"])
    _withdraw_all(member)
    record("account.opened", member, by=member)
    return user


def _free_sign_in_name(member: Member) -> str:
    """A sign-in name that nobody has."""
    while True:
        name = sign_in_name(member.given_name, member.establishment.name, secrets.randbelow(10_000))
        taken = (
            User.objects.filter(email=name).exists() or Invitation.objects.filter(sign_in_name=name).exists()
        )
        if not taken:
            return name


@transaction.atomic
def add_member(
    establishment: Establishment, *, by: Member, role: str, family_name: str, **fields: object
) -> Member:
    """Give somebody who works here a place; their account opens with an invitation."""
    require(may_manage(by, establishment.pk) and role not in CIRCLE)
    member = Member(establishment=establishment, role=Role(role).value, family_name=family_name)
    for name, value in fields.items():
        setattr(member, name, value)
    member.full_clean(exclude=["establishment", "user"])
    member.save()
    record("member.added", member, by=by, role=role)
    return member


@transaction.atomic
def close_access(member: Member, *, by: Member) -> None:
    """From now on this member sees nothing; what they wrote stays theirs."""
    require(may_close(by, member))
    if not member.is_active:
        return
    member.active_until = timezone.now()
    member.save(update_fields=["active_until"])
    _withdraw_all(member)
    record("member.closed", member, by=by)


@transaction.atomic
def open_access_again(member: Member, *, by: Member) -> None:
    """Somebody comes back: same place, same account."""
    require(may_close(by, member))
    if member.is_active:
        return
    member.active_until = None
    member.save(update_fields=["active_until"])
    record("member.opened_again", member, by=by)


@transaction.atomic
def choose_words(house: Establishment, *, called: str, partner_called: str, by: Member) -> None:
    """Name the person and the partner otherwise, on every page of the establishment, from the next one on."""
    house = Establishment.objects.select_for_update().get(pk=house.pk)
    require(may_choose_words(by, house))
    house.called, house.partner_called = Called(called).value, PartnerCalled(partner_called).value
    house.save(update_fields=["called", "partner_called"])
    record("establishment.words_chosen", house, by=by, called=called, partner_called=partner_called)
