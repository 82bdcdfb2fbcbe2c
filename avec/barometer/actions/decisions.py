"""A decision is an action of the group: who, as a pair, by when, and how both will know. It comes back in both voices."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.clash import OutOfDate

from ..journal import record
from ..models import OVER, Campaign, CampaignState, Decision, DecisionState
from ..policy import may_lead


class DecisionRefused(ValueError):
    """Why not, in a sentence for the screen."""


@transaction.atomic
def decide(campaign: Campaign, *, criteria: Sequence[str], by: Member, **fields: Any) -> Decision:
    """Write what the group decided. `fields`: words, user_name, professional_name, due_on, sign."""
    campaign = Campaign.objects.select_related("group", "barometer").get(pk=campaign.pk)
    require(may_lead(by, campaign.group))
    if campaign.state != CampaignState.SETTLED:
        raise DecisionRefused(_("On décide une fois les réponses comptées."))
    known = campaign.barometer.instrument.codes
    about = [code for code in known if code in criteria]
    decision = Decision.objects.create(campaign=campaign, criteria=about, created_by=by, **fields)
    record("decision.made", decision, by=by)
    return decision


@transaction.atomic
def follow_decision(
    decision: Decision,
    *,
    state: DecisionState,
    due_on: date,
    user_outcome: str,
    professional_outcome: str,
    version: int,
    by: Member,
) -> Decision:
    """Say where it is. Done or given up, it is said in both voices. Raises OutOfDate when somebody saved since."""
    decision = (
        Decision.objects.select_for_update(of=("self",)).select_related("campaign__group").get(pk=decision.pk)
    )
    require(may_lead(by, decision.campaign.group))
    if decision.version != version:
        raise OutOfDate(decision)
    if state.value in OVER and not (user_outcome and professional_outcome):
        raise DecisionRefused(_("Écrivez ce qu’en dit chaque côté."))
    over_before = decision.state in OVER
    decision.state, decision.due_on = state.value, due_on
    decision.user_outcome, decision.professional_outcome = user_outcome, professional_outcome
    if state.value not in OVER:
        decision.settled_on = None
    elif not over_before:
        decision.settled_on = timezone.localdate()
    decision.version += 1
    decision.save()
    record("decision.followed", decision, by=by, state=decision.state)
    return decision
