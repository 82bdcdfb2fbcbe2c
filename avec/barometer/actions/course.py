"""A campaign is opened, closed, counted once, published. Every step is whoever leads the group's, and leaves a trace.

Counting freezes the figures, and erases the cards; of an anonymous campaign it erases the answers too, so that
nothing is left but counts that may be shown.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.models import today
from avec.ui.words import date_long

from ..journal import record
from ..models import RUNNING, Campaign, CampaignState, Figures, Group, SelfRating
from ..policy import floor_for, may_lead
from ..rules import APART, Kind, Phase, Side, Voice, followed, kind_fits_group, side_figures


class CampaignRefused(ValueError):
    """Why not, in a sentence for the screen."""


def held(campaign: Campaign) -> Campaign:
    """The campaign as it is now, its row locked to the end of the transaction."""
    return (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("group__establishment", "barometer")
        .get(pk=campaign.pk)
    )


def check_agreed(group: Group) -> None:
    """Nothing is asked of a pair before both said yes. Raises CampaignRefused."""
    if group.is_pair and group.members.filter(left_at=None, agreed_at__isnull=False).count() != 2:
        raise CampaignRefused(_("Il manque l’accord de l’une des deux personnes du binôme."))


@transaction.atomic
def open_campaign(campaign: Campaign, *, by: Member) -> Campaign:
    """Answers may come in from its first day. From now on its protection does not change."""
    campaign = held(campaign)
    require(may_lead(by, campaign.group))
    if campaign.state != CampaignState.DRAFT:
        raise CampaignRefused(_("Cette campagne est déjà ouverte."))
    group = campaign.group
    refusal = kind_fits_group(Kind(campaign.kind), pair=group.is_pair)
    if refusal:
        raise CampaignRefused(refusal)
    if campaign.course.closes <= timezone.now():
        raise CampaignRefused(_("Le dernier jour est passé\u00a0: choisissez une date à venir."))
    check_agreed(group)
    if not group.is_pair:
        _check_apart(campaign)
    campaign.state = CampaignState.OPEN
    campaign.save(update_fields=["state"])
    record("campaign.opened", campaign, by=by, kind=campaign.kind)
    return campaign


def _check_apart(campaign: Campaign) -> None:
    """Not too soon after the group's last one (rules.APART). Raises CampaignRefused, with the day it may open."""
    last = (
        Campaign.objects.filter(group=campaign.group_id, state=CampaignState.SETTLED)
        .order_by("-settled_at")
        .first()
    )
    if last is None or last.settled_at is None:
        return
    opens = timezone.localdate(last.settled_at + APART)
    if max(today(), campaign.opens_on) < opens:
        raise CampaignRefused(
            _(
                "La campagne d’avant a été comptée le %(last)s. À moins de quatre semaines, on devinerait les réponses "
                "de ceux qui n’ont répondu qu’une fois. Choisissez un premier jour à partir du %(opens)s."
            )
            % {"last": date_long(timezone.localdate(last.settled_at)), "opens": date_long(opens)}
        )


@transaction.atomic
def close_campaign(campaign: Campaign, *, by: Member) -> Campaign:
    """Close before the last day. Who had begun may still send, for as long as rules.GRACE."""
    campaign = held(campaign)
    require(may_lead(by, campaign.group))
    if campaign.course.phase(timezone.now()) != Phase.OPEN:
        raise CampaignRefused(_("Cette campagne n’est pas ouverte."))
    campaign.closed_at = timezone.now()
    campaign.save(update_fields=["closed_at"])
    record("campaign.closed", campaign, by=by)
    return campaign


@transaction.atomic
def cancel_campaign(campaign: Campaign, *, by: Member) -> Campaign:
    """Nothing will be counted; what was answered is erased."""
    campaign = held(campaign)
    require(may_lead(by, campaign.group))
    if campaign.state not in RUNNING:
        raise CampaignRefused(_("Cette campagne est finie\u00a0: elle ne s’annule plus."))
    campaign.state = CampaignState.CANCELLED
    campaign.save(update_fields=["state"])
    campaign.invitations.all().delete()
    campaign.self_ratings.all().delete()
    campaign.comments.all().delete()
    record("campaign.cancelled", campaign, by=by)
    return campaign


@transaction.atomic
def settle_campaign(campaign: Campaign, *, by: Member) -> Campaign:
    """Count, once and for all. A late answer never moves what was read."""
    campaign = held(campaign)
    require(may_lead(by, campaign.group))
    phase = campaign.course.phase(timezone.now())
    if campaign.group.is_pair and campaign.self_ratings.count() == 2:
        # Both have answered: nobody else is waited for.
        phase = Phase.CLOSED if phase in {Phase.OPEN, Phase.GRACE} else phase
    if phase == Phase.GRACE:
        raise CampaignRefused(
            _(
                "Elle vient de fermer\u00a0: des réponses commencées peuvent encore arriver. "
                "Les résultats s’ouvrent 30 minutes après la fermeture."
            )
        )
    if phase != Phase.CLOSED:
        raise CampaignRefused(_("Personne ne lit les réponses tant que la campagne n’est pas fermée."))
    voices = voices_of(campaign)
    if campaign.group.is_pair and len(voices) < 2:
        # Each agreed to be read by somebody who answers too.
        raise CampaignRefused(
            _(
                "Une des deux réponses manque\u00a0: on ne lit pas l’une sans l’autre. Annulez pour recommencer."
            )
        )
    floor, codes = floor_for(campaign), campaign.barometer.instrument.codes
    sides = {
        side.value: side_figures([voice for voice in voices if voice.side == side], codes, floor)
        for side in Side
    }
    data: dict[str, Any] = {"sides": sides}
    if campaign.kind == Kind.PSEUDONYMOUS.value:
        data["followed"] = followed_figures(campaign, voices)
    campaign.state = CampaignState.SETTLED
    campaign.settled_at = timezone.now()
    campaign.save(update_fields=["state", "settled_at"])
    Figures.objects.create(campaign=campaign, data=data, settled_by=by, settled_at=campaign.settled_at)
    campaign.invitations.all().delete()
    if campaign.kind == Kind.ANONYMOUS.value:
        campaign.self_ratings.all().delete()
    for side in Side:
        if sides[side.value]["answers"] is None:
            # Too few to hide who wrote: nobody reads them, not even to review them.
            campaign.comments.filter(side=side.value).delete()
    record("campaign.settled", campaign, by=by)
    return campaign


def voices_of(campaign: Campaign) -> list[Voice]:
    rows = SelfRating.objects.filter(campaign=campaign).values_list("side", "part", "ratings", "follow")
    return [Voice(Side(side), part, ratings, follow) for side, part, ratings, follow in rows]


def followed_figures(campaign: Campaign, voices: list[Voice]) -> dict[str, Any] | None:
    """How the same people moved since the group's last campaign with codes, on the same version only."""
    before = (
        Campaign.objects.filter(
            group=campaign.group_id,
            barometer=campaign.barometer_id,
            kind=Kind.PSEUDONYMOUS.value,
            state=CampaignState.SETTLED,
        )
        .exclude(pk=campaign.pk)
        .order_by("-settled_at")
        .first()
    )
    if before is None:
        return None
    then, codes = voices_of(before), campaign.barometer.instrument.codes
    return {
        "since": before.pk.hex,
        **{
            side.value: followed(
                [voice for voice in then if voice.side == side],
                [voice for voice in voices if voice.side == side],
                codes,
                floor_for(campaign),
            )
            for side in Side
        },
    }


@transaction.atomic
def publish_campaign(campaign: Campaign, *, by: Member) -> Campaign:
    """Let everybody in the house read the figures and the decisions; the words stay in the group."""
    campaign = held(campaign)
    require(may_lead(by, campaign.group))
    if campaign.state != CampaignState.SETTLED:
        raise CampaignRefused(_("On publie une fois les réponses comptées."))
    if campaign.group.is_pair:
        raise CampaignRefused(_("Ce qu’un binôme se dit ne se publie pas."))
    if campaign.published_at is None:
        campaign.published_at = timezone.now()
        campaign.save(update_fields=["published_at"])
        record("campaign.published", campaign, by=by)
    return campaign
