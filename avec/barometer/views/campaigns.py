"""A campaign: prepared, changed, and its page, which says the next step first."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.people.drafts import already_sent, kept, sent
from avec.people.models import today
from avec.ui.forms import form_status
from avec.ui.words import MONTHS

from ..actions import (
    CampaignRefused,
    change_campaign,
    prepare_campaign,
    widen_campaign,
)
from ..forms.campaigns import CampaignForm, WidenForm, few, protection_of, protections
from ..instruments import usual_barometer
from ..journal import record_reading
from ..models import RUNNING, Campaign, CampaignState, Group
from ..policy import may_belong, may_lead, may_read
from ..rules import INSIDE, Kind, Phase, kind_fits_group
from ..shown.decided import decisions_of
from ..standing import state_words
from .next_steps import more_ways, next_for_pair, next_of
from .pairs import other_of
from .ways import campaign_of, frame_of, group_of, is_own, once_of

USUAL_DAYS = 14


def usual_title() -> str:
    day = today()
    return f"{MONTHS[day.month - 1].capitalize()} {day.year}"


def campaign_form(
    request: MemberRequest, group: Group, form: Any, draft: Any, *, title: str, submit: str, back: str
) -> HttpResponse:
    chosen = form["kind"].value() if "kind" in form.fields else ""
    context = {
        "frame": frame_of(request.member),
        "own": is_own(request.member),
        "group": group,
        "form": form,
        "kept": draft,
        "once": once_of(request),
        "title": title,
        "submit": submit,
        "back": back,
        "protections": protections(pair=group.is_pair),
        "chosen": chosen,
        "floor": INSIDE,
        "pair_words": kind_fits_group(Kind.ANONYMOUS, pair=group.is_pair),
    }
    return render(request, "barometer/campaign_form.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
@members()
def new_campaign(request: MemberRequest, pk: UUID) -> HttpResponse:
    group = group_of(request, pk)
    require(may_lead(request.member, group))
    if already_sent(request):
        return redirect("barometer:group", pk)
    draft = kept(request, f"campaign_new:{group.pk}")
    start = today()
    usual: dict[str, Any] = {
        "barometer": usual_barometer().pk,
        "title": usual_title(),
        "opens_on": start,
        "closes_on": start + timedelta(days=USUAL_DAYS),
        "kind": Kind.NAMED.value if group.is_pair else "",
    }
    form = CampaignForm(request.POST or None, initial=draft.initial(**usual), group=group)
    if request.method == "POST" and form.is_valid():
        try:
            made = prepare_campaign(group, form.plan(), by=request.member)
        except CampaignRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            sent(request, draft.key)
            messages.success(request, _("C’est préparé. Relisez, puis ouvrez."))
            return redirect("barometer:campaign", made.pk)
    return campaign_form(
        request,
        group,
        form,
        draft,
        title=_("Préparer une mesure à deux") if group.is_pair else _("Préparer une campagne"),
        submit=_("Préparer"),
        back=reverse("barometer:group", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
@members()
def edit_campaign(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Before it opens, everything; while it is open, a later last day and more people."""
    campaign = campaign_of(request, pk)
    require(may_lead(request.member, campaign.group))
    if already_sent(request):
        return redirect("barometer:campaign", pk)
    if campaign.state == CampaignState.DRAFT:
        return _change(request, campaign)
    if campaign.course.phase(timezone.now()) == Phase.OPEN:
        return _widen(request, campaign)
    messages.error(request, _("Cette campagne est fermée\u00a0: elle ne se modifie plus."))
    return redirect("barometer:campaign", pk)


def _change(request: MemberRequest, campaign: Campaign) -> HttpResponse:
    draft = kept(request, f"campaign:{campaign.pk}")
    names = ("title", "kind", "opens_on", "closes_on", "asked_users", "asked_professionals")
    usual = {name: getattr(campaign, name) for name in names} | {"barometer": campaign.barometer_id}
    form = CampaignForm(request.POST or None, initial=draft.initial(**usual), group=campaign.group)
    if request.method == "POST" and form.is_valid():
        try:
            change_campaign(campaign, form.plan(), by=request.member)
        except CampaignRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            sent(request, draft.key)
            messages.success(request, _("C’est enregistré."))
            return redirect("barometer:campaign", campaign.pk)
    return campaign_form(
        request,
        campaign.group,
        form,
        draft,
        title=_("Modifier la campagne"),
        submit=_("Enregistrer"),
        back=reverse("barometer:campaign", args=[campaign.pk]),
    )


def _widen(request: MemberRequest, campaign: Campaign) -> HttpResponse:
    names = ("closes_on", "asked_users", "asked_professionals")
    usual = {name: getattr(campaign, name) for name in names}
    form = WidenForm(request.POST or None, initial=usual, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        try:
            widen_campaign(campaign, by=request.member, **form.given())
        except CampaignRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect("barometer:campaign", campaign.pk)
    context = {
        "frame": frame_of(request.member),
        "campaign": campaign,
        "form": form,
        "once": once_of(request),
    }
    return render(request, "barometer/widen.html", context, status=form_status(form))


@require_GET
@members()
def campaign(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Where it is, and what to do now. Never how many have answered."""
    found = campaign_of(request, pk)
    member, group = request.member, found.group
    record_reading("campaign", found, by=member)
    leads, reads, belongs = may_lead(member, group), may_read(member, found), may_belong(member, group)
    pair = group.is_pair
    course, now = found.course, timezone.now()
    answered = pair and found.invitations.filter(member=member, used=True).exists()
    context = {
        "frame": frame_of(member),
        "own": is_own(member),
        "campaign": found,
        "group": group,
        "state": state_words(found, now),
        "next": next_for_pair(found, other_of(group, member), answered, own=is_own(member))
        if pair
        else next_of(found, leads, reads=reads, belongs=belongs),
        "pair": pair,
        "may_answer": pair and course.takes_phones(now) and not answered and group.archived_at is None,
        "leads": leads,
        "few": few(found) if found.state in RUNNING else [],
        "floor": INSIDE,
        "protection": protection_of(found),
        "more": more_ways(found, leads),
        "decided": decisions_of(found, today(), named=belongs) if reads else [],
        "once": once_of(request),
    }
    return render(request, "barometer/campaign.html", context)
