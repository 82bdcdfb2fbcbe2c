"""A group is started, joined, led, put away. Whoever is in it reads it, and may leave by themselves.

Somebody always leads: without it nothing could be closed or counted.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member, Unit
from avec.accounts.policy import require

from ..journal import record
from ..models import Campaign, CampaignState, Group, GroupKind, GroupMember, Invitation
from ..policy import may_lead, may_start, own_place, usual_side


class GroupRefused(ValueError):
    """Why not, in a sentence for the screen."""


def held_group(group: Group) -> Group:
    """The group as it is now, its row locked to the end of the transaction."""
    return (
        Group.objects.select_for_update(of=("self",)).select_related("establishment", "unit").get(pk=group.pk)
    )


@transaction.atomic
def start_group(
    *, name: str, kind: str, by: Member, about: str = "", unit: Unit | None = None, side: str = ""
) -> Group:
    """Start a group; whoever starts it leads it."""
    require(may_start(by) and kind != GroupKind.PAIR.value)
    require(unit is None or unit.establishment_id == by.establishment_id)
    group = Group.objects.create(
        establishment_id=by.establishment_id, kind=kind, name=name, about=about, unit=unit, created_by=by
    )
    GroupMember.objects.create(
        group=group, member=by, side=side or usual_side(by), leads=True, agreed_at=timezone.now()
    )
    record("group.started", group, by=by, kind=kind)
    return group


@transaction.atomic
def change_group(
    group: Group, *, name: str, kind: str, by: Member, about: str = "", unit: Unit | None = None
) -> None:
    group = held_group(group)
    require(may_lead(by, group) and not group.is_pair and kind != GroupKind.PAIR.value)
    require(unit is None or unit.establishment_id == group.establishment_id)
    group.name, group.kind, group.about, group.unit = name, kind, about, unit
    group.save(update_fields=["name", "kind", "about", "unit"])
    record("group.changed", group, by=by)


@transaction.atomic
def add_member(group: Group, member: Member, *, side: str, by: Member) -> GroupMember:
    """Somebody of the house joins. They see it on their own page, and may leave."""
    group = held_group(group)
    require(may_lead(by, group) and not group.is_pair)
    require(member.establishment_id == group.establishment_id and member.is_active)
    if own_place(group, member) is not None:
        raise GroupRefused(_("%s est déjà dans ce groupe.") % member.name)
    place = GroupMember.objects.create(group=group, member=member, side=side, agreed_at=timezone.now())
    record("group.joined", place, by=by, side=side)
    return place


def _others_lead(place: GroupMember) -> bool:
    return place.group.members.filter(left_at=None, leads=True).exclude(pk=place.pk).exists()


@transaction.atomic
def remove_member(place: GroupMember, *, by: Member) -> None:
    """Leave a group, or take somebody out of it. What was answered holds no name: nothing of it goes."""
    group = held_group(place.group)
    place = GroupMember.objects.select_related("member", "group").get(pk=place.pk)
    require(not group.is_pair and (may_lead(by, group) or own_place(group, by) == place))
    if place.left_at is not None:
        return
    if place.leads and not _others_lead(place):
        raise GroupRefused(_("Personne d’autre n’anime ce groupe\u00a0: choisissez d’abord quelqu’un."))
    place.left_at = timezone.now()
    place.save(update_fields=["left_at"])
    record("group.left", place, by=by)


@transaction.atomic
def let_lead(place: GroupMember, leads: bool, *, by: Member) -> None:
    """Let somebody lead with you, or no longer."""
    group = held_group(place.group)
    place = GroupMember.objects.select_related("member", "group").get(pk=place.pk)
    require(may_lead(by, group) and not group.is_pair and place.left_at is None)
    if place.leads == leads:
        return
    if not leads and not _others_lead(place):
        raise GroupRefused(_("Personne d’autre n’anime ce groupe\u00a0: choisissez d’abord quelqu’un."))
    place.leads = leads
    place.save(update_fields=["leads"])
    record("group.lead" if leads else "group.lead_ended", place, by=by)


@transaction.atomic
def archive_group(group: Group, *, by: Member) -> None:
    """Put a group away: what was read stays readable, nothing new is prepared. What was in preparation goes."""
    group = held_group(group)
    require(may_lead(by, group) and not group.is_pair)
    running = Campaign.objects.filter(group=group, state=CampaignState.OPEN)
    if running.exists():
        raise GroupRefused(_("Une campagne est en cours\u00a0: comptez les réponses, ou annulez-la d’abord."))
    drafts = Campaign.objects.filter(group=group, state=CampaignState.DRAFT)
    Invitation.objects.filter(campaign__in=drafts).delete()
    drafts.delete()
    group.archived_at = timezone.now()
    group.save(update_fields=["archived_at"])
    record("group.archived", group, by=by)
