"""A campaign is prepared, changed until it opens, then only made longer or larger: who has answered is never asked less."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require

from ..journal import record
from ..models import RUNNING, Barometer, Campaign, CampaignState, Group
from ..policy import may_lead
from ..rules import Kind, Phase, kind_fits_group
from .course import CampaignRefused, check_agreed, held
from .groups import held_group

FIELDS = ("title", "kind", "opens_on", "closes_on", "asked_users", "asked_professionals")


@dataclass(frozen=True)
class Plan:
    """What is chosen before a campaign opens."""

    barometer: Barometer
    title: str
    kind: Kind
    opens_on: date
    closes_on: date
    asked_users: int
    asked_professionals: int


def _check(group: Group, plan: Plan) -> Plan:
    refusal = kind_fits_group(plan.kind, pair=group.is_pair)
    if refusal:
        raise CampaignRefused(refusal)
    if plan.closes_on < plan.opens_on:
        raise CampaignRefused(_("Le dernier jour est avant le premier."))
    return plan


def _row(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in FIELDS} | {"kind": plan.kind.value}


@transaction.atomic
def prepare_campaign(group: Group, plan: Plan, *, by: Member) -> Campaign:
    group = held_group(group)
    require(may_lead(by, group))
    check_agreed(group)
    # One at a time: two at once would ask the same people twice, and one could be taken from the other.
    if Campaign.objects.filter(group=group, state__in=RUNNING).exists():
        raise CampaignRefused(_("Une campagne de ce groupe est déjà en cours\u00a0: finissez-la d’abord."))
    _check(group, plan)
    campaign = Campaign.objects.create(group=group, barometer=plan.barometer, created_by=by, **_row(plan))
    record("campaign.prepared", campaign, by=by, kind=plan.kind.value)
    return campaign


@transaction.atomic
def change_campaign(campaign: Campaign, plan: Plan, *, by: Member) -> Campaign:
    """Everything may change until it opens."""
    campaign = held(campaign)
    require(may_lead(by, campaign.group))
    if campaign.state != CampaignState.DRAFT:
        raise CampaignRefused(
            _("Cette campagne est ouverte\u00a0: sa protection et ses questions ne changent plus.")
        )
    _check(campaign.group, plan)
    campaign.barometer = plan.barometer
    for name, value in _row(plan).items():
        setattr(campaign, name, value)
    campaign.save(update_fields=["barometer", *FIELDS])
    record("campaign.changed", campaign, by=by)
    return campaign


@transaction.atomic
def discard_campaign(campaign: Campaign, *, by: Member) -> None:
    """It was in preparation: nothing was asked of anybody."""
    campaign = held(campaign)
    require(may_lead(by, campaign.group))
    if campaign.state != CampaignState.DRAFT:
        raise CampaignRefused(_("Cette campagne est déjà ouverte."))
    record("campaign.discarded", campaign, by=by)
    campaign.invitations.all().delete()
    campaign.delete()


@transaction.atomic
def widen_campaign(
    campaign: Campaign, *, closes_on: date, asked_users: int, asked_professionals: int, by: Member
) -> Campaign:
    """While it is open: a later last day, more people asked. Never fewer, never sooner."""
    campaign = held(campaign)
    require(may_lead(by, campaign.group))
    if campaign.course.phase(timezone.now()) != Phase.OPEN:
        raise CampaignRefused(_("Cette campagne est fermée\u00a0: on ne la prolonge plus."))
    if closes_on < campaign.closes_on:
        raise CampaignRefused(_("Pour finir plus tôt, utilisez « Fermer »."))
    if asked_users < campaign.asked_users or asked_professionals < campaign.asked_professionals:
        raise CampaignRefused(_("Des cartes ont pu être données\u00a0: ce nombre peut seulement grandir."))
    if campaign.group.is_pair:
        asked_users = asked_professionals = 1
    campaign.closes_on = closes_on
    campaign.asked_users, campaign.asked_professionals = asked_users, asked_professionals
    campaign.save(update_fields=["closes_on", "asked_users", "asked_professionals"])
    record("campaign.widened", campaign, by=by)
    return campaign
