"""Two persons look at how they work together. It begins by the choice of both, and ends by the choice of either.

Nobody is pressed: who said no is not asked again by the same person; the way stays open from their side. A pair
is always named, for both know who the other is.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require

from ..cards import give
from ..journal import record
from ..models import RUNNING, Campaign, Group, GroupKind, GroupMember
from ..policy import known_to, may_belong, own_place, usual_side
from ..rules import Side
from .course import CampaignRefused, cancel_campaign, held
from .groups import GroupRefused, held_group


def pairs_between(one: Member, other: Member) -> "list[Group]":
    """Every pair these two ever made or were asked to make."""
    mine = GroupMember.objects.filter(member=one).values("group")
    theirs = GroupMember.objects.filter(member=other).values("group")
    return list(
        Group.objects.filter(Q(pk__in=mine) & Q(pk__in=theirs), kind=GroupKind.PAIR).order_by("created_at")
    )


@transaction.atomic
def ask_for_pair(to: Member, *, by: Member) -> Group:
    """Ask somebody one knows. Until they say yes, nothing else happens."""
    # Two who ask each other in the same instant make one pair: the rows of both are held, always in one order.
    list(Member.objects.select_for_update(of=("self",)).filter(pk__in=(by.pk, to.pk)).order_by("pk"))
    # One on each side: a card is given to each side, and both would otherwise wait for the same one.
    require(known_to(by).filter(pk=to.pk).exists() and usual_side(by) != usual_side(to))
    before = pairs_between(by, to)
    if any(pair.archived_at is None for pair in before):
        raise GroupRefused(_("Vous avez déjà un binôme ensemble, ou une demande qui attend."))
    if before and before[-1].members.filter(member=to, agreed_at=None, left_at__isnull=False).exists():
        raise GroupRefused(
            _("%s a dit non. Si son avis change, la proposition viendra de son côté.") % to.given_name
        )
    pair = Group.objects.create(
        establishment_id=by.establishment_id,
        kind=GroupKind.PAIR.value,
        name=f"{by.name} et {to.name}"[:120],
        created_by=by,
    )
    GroupMember.objects.create(group=pair, member=by, side=usual_side(by), agreed_at=timezone.now())
    GroupMember.objects.create(group=pair, member=to, side=usual_side(to))
    record("pair.asked", pair, by=by)
    return pair


@transaction.atomic
def agree_to_pair(pair: Group, *, by: Member) -> None:
    """Yes. Both now lead it: either may prepare, open, and count once both have answered."""
    pair = held_group(pair)
    place = own_place(pair, by)
    require(pair.is_pair and place is not None and pair.archived_at is None)
    assert place is not None
    if place.agreed_at is not None:
        return
    place.agreed_at = timezone.now()
    place.save(update_fields=["agreed_at"])
    pair.members.filter(left_at=None).update(leads=True)
    record("pair.agreed", pair, by=by)


@transaction.atomic
def decline_pair(pair: Group, *, by: Member) -> None:
    """No, without a reason; or whoever asked takes the question back. Nothing was asked of anybody yet."""
    pair = held_group(pair)
    place = own_place(pair, by)
    require(pair.is_pair and place is not None)
    assert place is not None
    if pair.archived_at is not None:
        return
    if not pair.members.filter(agreed_at=None).exists():
        raise GroupRefused(_("Vous aviez tous les deux dit oui. Vous pouvez arrêter ce binôme."))
    place.left_at = pair.archived_at = timezone.now()
    place.save(update_fields=["left_at"])
    pair.save(update_fields=["archived_at"])
    record("pair.declined" if place.agreed_at is None else "pair.withdrawn", pair, by=by)


@transaction.atomic
def end_pair(pair: Group, *, by: Member) -> None:
    """Either ends it. What is not counted yet is erased; what both have read, both may read again."""
    pair = held_group(pair)
    require(pair.is_pair and may_belong(by, pair))
    if pair.archived_at is not None:
        return
    for campaign in Campaign.objects.filter(group=pair, state__in=RUNNING):
        cancel_campaign(campaign, by=by)
    pair.archived_at = timezone.now()
    pair.save(update_fields=["archived_at"])
    record("pair.ended", pair, by=by)


@transaction.atomic
def own_card(campaign: Campaign, *, by: Member) -> str:
    """The token of one's own card, made anew: only its owner is ever given it."""
    campaign = held(campaign)
    place = own_place(campaign.group, by)
    require(campaign.group.is_pair and place is not None and campaign.group.archived_at is None)
    assert place is not None
    now = timezone.now()
    if campaign.course.is_waiting(now):
        raise CampaignRefused(_("Le premier jour n’est pas encore là."))
    if not campaign.course.takes_phones(now):
        raise CampaignRefused(_("On ne répond plus\u00a0: cette mesure est fermée."))
    if campaign.invitations.filter(member=by, used=True).exists():
        raise CampaignRefused(_("Vous avez déjà répondu."))
    campaign.invitations.filter(member=by).delete()
    token = give(campaign, Side(place.side), 1, members=[by])[0]
    record("pair.card_given", campaign, by=by)
    return token
