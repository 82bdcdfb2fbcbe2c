from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.people.drafts import already_sent, forget_draft, kept, sent
from avec.people.models import CARE_ROLES

from ..actions import OutOfDate
from ..actions import add_activity as new_activity
from ..actions import change_activity as save_activity
from ..forms import ActivityForm
from ..models import Activity, CarePlan, Goal
from ..policy import may_change_activity, may_write_goal
from ..sharing import WideningRefused
from .page import asked_to_keep, conflict, merged, show, team, to_record

SEVERAL = ("goals",)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def add_activity(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Add who does what, when, and with how much of the person in it."""
    plan = get_object_or_404(CarePlan.objects.visible_to(request.member).select_related("person"), pk=pk)
    require(may_write_goal(request.member, plan))
    if already_sent(request):
        return to_record(plan.person, "actions")
    draft = kept(request, f"activity:{plan.pk}")
    goals = Goal.objects.visible_to(request.member).live().filter(plan=plan)
    initial = draft.initial(SEVERAL, level="C1", goals=request.GET.getlist("objectif")[:20])
    form = ActivityForm(
        request.POST or None, initial=initial, person=plan.person, goals=goals, team=team(plan.person)
    )
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data.get("goals", ()))
        activity = new_activity(plan, goals=chosen, by=request.member, **form.fields_of_activity())
        sent(request, draft.key)
        messages.success(request, _("L’action « %s » est ajoutée.") % activity.title)
        return to_record(plan.person, "actions")
    return show(request, "careplan/activity.html", plan.person, form, draft, plan=plan)


def activity_initial(activity: Activity) -> dict[str, Any]:
    names = (
        "title",
        "participation",
        "performer",
        "rhythm",
        "place",
        "description",
        "status",
        "level",
        "version",
    )
    return {name: getattr(activity, name) for name in names} | {
        "owner": str(activity.owner_id or ""),
        "goals": [str(pk) for pk in activity.goals.values_list("pk", flat=True)],
    }


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def change_activity(request: MemberRequest, pk: UUID) -> HttpResponse:
    activities = Activity.objects.visible_to(request.member).select_related("plan", "person", "owner")
    activity = get_object_or_404(activities, pk=pk)
    person = activity.person
    require(may_change_activity(request.member, activity))
    if already_sent(request):
        return to_record(person, "actions")
    draft = kept(request, f"activity:{activity.pk}")
    goals = Goal.objects.visible_to(request.member).filter(plan=activity.plan_id)
    parts: dict[str, Any] = {"person": person, "goals": goals, "team": team(person), "activity": activity}
    usual = activity_initial(activity)
    if asked_to_keep(request) == "theirs":
        forget_draft(request.member, draft.key)
        return to_record(person, "actions")
    form = ActivityForm(request.POST or None, initial=draft.initial(SEVERAL, **usual), **parts)
    if request.method == "POST" and asked_to_keep(request) == "both":
        both = merged(form, ActivityForm(initial=usual, **parts), activity.version)
        opened = ActivityForm(initial=both, **parts)
        return show(
            request,
            "careplan/activity.html",
            person,
            opened,
            draft,
            plan=activity.plan,
            activity=activity,
            both=True,
        )
    if request.method == "POST" and form.is_valid():
        try:
            save_activity(
                activity,
                version=form.cleaned_data["version"] or 0,
                by=request.member,
                goals=list(form.cleaned_data.get("goals", ())),
                offered=list(goals),
                **form.fields_of_activity(),
            )
        except OutOfDate as clash:
            fresh = ActivityForm(initial=activity_initial(clash.current), **parts)
            return conflict(request, person, form, fresh, clash.current, request.path)
        except WideningRefused as refusal:
            form.add_error("level", str(refusal))
    if request.method == "POST" and form.is_valid():
        sent(request, draft.key)
        messages.success(request, _("L’action « %s » est enregistrée.") % activity.title)
        return to_record(person, "actions")
    return show(
        request,
        "careplan/activity.html",
        person,
        form,
        draft,
        about=activity,
        plan=activity.plan,
        activity=activity,
    )
