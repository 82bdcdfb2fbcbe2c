"""Divergences: two voices side by side, the person's first, and what people said when they talked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Case, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.drafts import already_sent, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person

from ..actions import close_divergence
from ..actions import note_divergence as write_divergence
from ..forms.divergences import CloseForm, DivergenceForm
from ..models import CarePlan, Divergence, Expectation, Goal, Need
from ..policy import may_close_divergence, may_note_divergence
from ..rules.divergences import VOICE_ORDER, DivergenceRefused, place_of
from ..tensions import Tension, tensions_of
from .page import circle, show

SEVERAL = ("expectations", "needs")


@require_GET
@members(*CARE_ROLES)
def divergences(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Every divergence of a plan: those to talk about, then those that were talked about."""
    plans = CarePlan.objects.visible_to(request.member).select_related("person")
    plan = get_object_or_404(plans, pk=pk)
    found = tensions_of(request.member, plan, plan.person)
    record_reading("divergences", plan.person, by=request.member, obj=plan)
    context = {
        "person": plan.person,
        "plan": plan,
        "open": found.open,
        "closed": found.closed,
        "may_note": may_note_divergence(request.member, plan),
    }
    return render(request, "careplan/divergences.html", context)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def note_divergence(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Choose what is already written, or tell a reading now; two voices at least."""
    plans = CarePlan.objects.visible_to(request.member).select_related("person")
    plan = get_object_or_404(plans, pk=pk)
    person = plan.person
    require(may_note_divergence(request.member, plan))
    if already_sent(request):
        return redirect("careplan:divergences", plan.pk)
    draft = kept(request, f"divergence:{plan.pk}")
    form = DivergenceForm(
        request.POST or None,
        initial=draft.initial(SEVERAL, **usual(request, plan)),
        person=person,
        circle=circle(request, person),
        offered=offered(request.member, plan),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            divergence = write_divergence(
                plan, data["about"], form.sides, by=request.member, level=data["level"], goal=data["goal"]
            )
        except DivergenceRefused as refused:
            form.add_error(None, str(refused))
        else:
            sent(request, draft.key)
            messages.success(request, _("C’est noté, côte à côte. Il reste à en parler ensemble."))
            return redirect("careplan:divergence", divergence.pk)
    return show(request, "careplan/note_divergence.html", person, form, draft, plan=plan)


def offered(member: Member, plan: CarePlan) -> dict[str, Any]:
    """What a side may be, among what this member reads: the person's words first."""
    said = (
        Expectation.objects.visible_to(member).filter(plan=plan, withdrawn_at__isnull=True).exclude(words="")
    )
    places = [When(voice=voice, then=Value(place_of(voice))) for voice in VOICE_ORDER]
    said = said.order_by(Case(*places, default=Value(len(VOICE_ORDER))), "-said_on", "-written_at")
    return {
        "expectations": said.select_related("person", "relative", "professional"),
        "needs": Need.objects.visible_to(member).filter(plan=plan, status="active"),
        "goal": Goal.objects.visible_to(member).filter(plan=plan),
    }


def usual(request: MemberRequest, plan: CarePlan) -> dict[str, Any]:
    """What the page opens with, from where one comes: words, a need, a goal, or a divergence to take up again."""
    found: dict[str, Any] = {
        "expectations": request.GET.getlist("attente")[:10],
        "needs": request.GET.getlist("besoin")[:10],
        "goal": request.GET.get("objectif", ""),
        "level": "C2",
    }
    before = next(
        (
            one
            for one in tensions_of(request.member, plan, plan.person)
            if str(one.divergence.pk) == request.GET.get("suite")
        ),
        None,
    )
    if before is None:
        return found
    sides = [shown.side for shown in before.sides]
    return found | {
        "about": before.divergence.about,
        "goal": before.divergence.goal_id,
        "level": before.divergence.level,
        "expectations": [str(side.expectation_id) for side in sides if side.expectation_id],
        "needs": [str(side.need_id) for side in sides if side.need_id],
    }


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def divergence(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Both readings side by side; then « ce qu’on s’est dit »."""
    found = Divergence.objects.visible_to(request.member).select_related("plan", "person", "goal")
    one = get_object_or_404(found, pk=pk)
    person = one.person
    tension = shown_to(request.member, one, person)
    may_close = may_close_divergence(request.member, one)
    if already_sent(request):
        return redirect("careplan:divergence", one.pk)
    if request.method == "POST":
        require(may_close)
    draft = kept(request, f"close:{one.pk}")
    form = CloseForm(request.POST or None, initial=draft.initial())
    if request.method == "POST" and form.is_valid():
        try:
            close_divergence(one, form.cleaned_data["words"], by=request.member)
        except DivergenceRefused as refused:
            form.add_error("words", str(refused))
            tension = shown_to(request.member, one, person)
        else:
            sent(request, draft.key)
            messages.success(request, _("C’est noté. Chaque lecture reste écrite, telle quelle."))
            return redirect("careplan:divergence", one.pk)
    goals = Goal.objects.visible_to(request.member).filter(divergences=one)
    return show(
        request,
        "careplan/divergence.html",
        person,
        form,
        draft,
        about=one,
        plan=one.plan,
        tension=tension,
        goal=goals.first() if one.goal_id else None,
        may_close=may_close and tension.is_open,
        may_note=may_note_divergence(request.member, one.plan),
    )


def shown_to(member: Member, divergence: Divergence, person: Person) -> Tension:
    """The divergence as this member reads it; not found when fewer than two sides are left to them."""
    for tension in tensions_of(member, divergence.plan, person):
        if tension.divergence.pk == divergence.pk:
            return tension
    raise Http404
