"""Decisions of a group: written after the results, followed up in both voices."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.people.clash import OutOfDate, asked_to_keep, clash_of, hidden_values, merged
from avec.people.drafts import Kept, already_sent, forget_draft, kept, sent
from avec.ui.forms import form_status

from ..actions.decisions import DecisionRefused, follow_decision
from ..actions.decisions import decide as write_decision
from ..forms.decisions import DecisionForm, FollowForm
from ..journal import record_reading
from ..models import Campaign, Decision, DecisionState
from ..policy import may_lead, may_read_words, readable_campaigns
from ..shown.decided import decided, decisions_of
from .ways import counted_of, frame_of, once_of


@require_http_methods(["GET", "POST"])
@members()
def decide(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Write what the group decides: one thing, two names, a day, a sign."""
    campaign = counted_of(request, pk)
    require(may_lead(request.member, campaign.group))
    instrument = campaign.barometer.instrument
    about = [code for code in request.GET.getlist("critere")[:20] if code in instrument.codes]
    if already_sent(request):
        return back_from(campaign, about)
    draft = kept(request, f"decision:{campaign.pk}")
    form = DecisionForm(
        request.POST or None, initial=draft.initial(("criteria",), criteria=about), instrument=instrument
    )
    if request.method == "POST" and form.is_valid():
        write_decision(campaign, by=request.member, **form.cleaned_data)
        sent(request, draft.key)
        messages.success(request, _("La décision est écrite, à deux noms."))
        return back_from(campaign, about)
    record_reading("decision", campaign, by=request.member)
    context = {
        "frame": frame_of(request.member),
        "campaign": campaign,
        "form": form,
        "kept": draft,
        "once": once_of(request),
        "decided": decisions_of(campaign, timezone.localdate()),
        "about": about,
    }
    return render(request, "barometer/together/decide.html", context, status=form_status(form))


def back_from(campaign: Campaign, about: list[str]) -> HttpResponse:
    """To the criterion that led here, unless the session is closed; else to the last decision written."""
    session = getattr(campaign, "together", None)
    if about and (session is None or session.closed_at is None):
        return redirect("barometer:joint", campaign.pk, about[0])
    last = campaign.decisions.order_by("-created_at").first()
    return redirect("barometer:decision", last.pk) if last else redirect("barometer:decide", campaign.pk)


@require_http_methods(["GET", "POST"])
@members()
def decision(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One decision and where it is; whoever leads the group follows it up."""
    decisions = Decision.objects.filter(campaign__in=readable_campaigns(request.member))
    found = get_object_or_404(
        decisions.select_related("campaign__group__establishment", "campaign__barometer"), pk=pk
    )
    leads = may_lead(request.member, found.campaign.group)
    if request.method == "POST":
        require(leads)
    if already_sent(request):
        return redirect("barometer:decision", pk)
    usual = follow_initial(found)
    draft = kept(request, f"follow:{pk}")
    if asked_to_keep(request) == "theirs":
        forget_draft(request.member, draft.key)
        return redirect("barometer:decision", pk)
    form = FollowForm(request.POST or None, initial=draft.initial(**usual))
    if asked_to_keep(request) == "both":
        both = merged(form, FollowForm(initial=usual), found.version)
        return page(request, found, FollowForm(initial=both), draft, leads=leads, both=True)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            follow_decision(found, by=request.member, **data | {"state": DecisionState(data["state"])})
        except OutOfDate as clash:
            return clash_page(request, form, clash.current)
        except DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            sent(request, draft.key)
            messages.success(request, _("C’est enregistré."))
            return redirect("barometer:decision", pk)
    return page(request, found, form, draft, leads=leads)


def follow_initial(found: Decision) -> dict[str, Any]:
    names = ("version", "state", "due_on", "user_outcome", "professional_outcome")
    return {name: getattr(found, name) for name in names}


def page(
    request: MemberRequest,
    found: Decision,
    form: FollowForm,
    draft: Kept,
    *,
    leads: bool,
    both: bool = False,
) -> HttpResponse:
    record_reading("decision", found, by=request.member)
    campaign = found.campaign
    named = may_read_words(request.member, campaign)
    context = {
        "frame": frame_of(request.member),
        "campaign": campaign,
        "decision": decided(found, campaign.barometer.instrument, timezone.localdate(), named=named),
        "criteria": [one for one in campaign.barometer.instrument.criteria if one.code in found.criteria],
        "leads": leads,
        "named": named,
        "form": form,
        "kept": draft,
        "both": both,
        "once": once_of(request),
    }
    return render(request, "barometer/together/decision.html", context, status=form_status(form))


def clash_page(request: MemberRequest, form: FollowForm, current: Decision) -> HttpResponse:
    """Somebody saved in the meantime: both texts, nothing lost, nothing saved yet."""
    record_reading("decision", current, by=request.member)
    context = {
        "frame": frame_of(request.member),
        "decision": current,
        "clash": clash_of(form, FollowForm(initial=follow_initial(current))),
        "sent": hidden_values(request.POST, request.POST.lists()),
        "version": current.version,
    }
    return render(request, "barometer/together/decision_clash.html", context, status=409)
