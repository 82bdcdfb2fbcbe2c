"""Who does what: the form of an activity, its end, and « faire avec » over time."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.people.drafts import Kept, already_sent, forget_draft, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person, today

from ..actions import ActivityRefused, OutOfDate
from ..actions import add_activity as new_activity
from ..actions import change_activity as save_activity
from ..actions import end_activity as finish
from ..actions import resume_activity as take_up
from ..doers import LIVE, when_where
from ..forms import ActivityForm, EndForm, activity_initial, next_days
from ..models import Activity, ActivityKind, CarePlan, Goal
from ..policy import may_change_activity, may_write_goal
from ..rules.wording import easy_hints
from ..sharing import WideningRefused
from ..together import changes_of, together_of
from .goals import LONGEST_READ
from .page import asked_to_keep, back_from, circle, conflict, merged, show, team, to_record

SEVERAL = ("goals", "doers", "rhythm_days", "rhythm_parts", "picto")
# How far ahead the preview looks for the next days.
AHEAD = timedelta(days=400)


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
    parts = parts_of(request, plan.person, goals)
    form = ActivityForm(request.POST or None, initial=initial, **parts)
    if "reread" in request.POST:
        return reread(request, form, draft, plan)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data.get("goals", ()))
        activity = new_activity(plan, goals=chosen, by=request.member, **form.fields_of_activity())
        sent(request, draft.key)
        messages.success(request, _("L’action « %s » est ajoutée.") % activity.title)
        return to_record(plan.person, "actions")
    return show(request, "careplan/activity.html", plan.person, form, draft, plan=plan, **helped(form))


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def change_activity(request: MemberRequest, pk: UUID) -> HttpResponse:
    activities = Activity.objects.visible_to(request.member).select_related("plan", "person", "owner")
    activity = get_object_or_404(activities, pk=pk)
    person = activity.person
    require(may_change_activity(request.member, activity))
    if already_sent(request):
        return back_from(request, person, "actions")
    draft = kept(request, f"activity:{activity.pk}")
    goals = Goal.objects.visible_to(request.member).filter(plan=activity.plan_id)
    parts = parts_of(request, person, goals, activity)
    usual = activity_initial(activity)
    if asked_to_keep(request) == "theirs":
        forget_draft(request.member, draft.key)
        return back_from(request, person, "actions")
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
            **helped(opened),
        )
    if "reread" in request.POST:
        return reread(request, form, draft, activity.plan, activity)
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
        except ActivityRefused as refusal:
            form.add_error("ends_on", str(refusal))
    if request.method == "POST" and form.is_valid():
        sent(request, draft.key)
        messages.success(request, _("L’action « %s » est enregistrée.") % activity.title)
        return back_from(request, person, "actions")
    return show(
        request,
        "careplan/activity.html",
        person,
        form,
        draft,
        about=activity,
        plan=activity.plan,
        activity=activity,
        **helped(form),
    )


def parts_of(
    request: MemberRequest, person: Person, goals: Any, activity: Activity | None = None
) -> dict[str, Any]:
    """What every form of an activity offers."""
    around = circle(request, person)
    return {"person": person, "goals": goals, "team": team(person), "circle": around, "activity": activity}


def helped(form: ActivityForm) -> dict[str, Any]:
    """What could be simpler in the easy words being written."""
    return {"easy": easy_hints(str(form["easy_words"].value() or "")[:LONGEST_READ])}


def seen_again(form: ActivityForm) -> dict[str, Any]:
    """The rhythm in words with its next days, and what is worth looking at again."""
    form.is_valid()
    words, days = form.cleaned_data.get("rhythm", ""), list[date]()
    if form.made is not None:
        start = max(form.cleaned_data.get("starts_on") or today(), today())
        days = next_days(form.made, start, form.cleaned_data.get("ends_on") or start + AHEAD)
    elif form.cleaned_data.get("rhythm_kind") != "words":
        words = ""
    return {
        "rhythm_words": words,
        "rhythm_refused": form.rhythm_refused,
        "next_days": days,
        "hints": form.hints,
    }


def reread(
    request: MemberRequest, form: ActivityForm, draft: Kept, plan: CarePlan, activity: Activity | None = None
) -> HttpResponse:
    """The form as it was sent, in words, with nothing saved: the way without a script."""
    record_reading("form", plan.person, by=request.member, obj=activity)
    found = seen_again(form)
    context = {
        "person": plan.person,
        "form": form,
        "kept": draft,
        "once": request.POST.get("once") or str(uuid4()),
        "plan": plan,
        "activity": activity,
        "reread": True,
    }
    return render(request, "careplan/activity.html", context | helped(form) | found)


@require_POST
@members(*CARE_ROLES)
def activity_preview(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The rhythm in words while it is chosen. It keeps nothing and blocks nothing."""
    plan = get_object_or_404(CarePlan.objects.visible_to(request.member).select_related("person"), pk=pk)
    goals = Goal.objects.visible_to(request.member).filter(plan=plan)
    form = ActivityForm(request.POST, **parts_of(request, plan.person, goals))
    return render(request, "careplan/activity_preview.html", seen_again(form) | {"live": True})


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def end_activity(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Say that an activity is over, or will not be done, since when."""
    activities = Activity.objects.visible_to(request.member).select_related("plan", "person")
    activity = get_object_or_404(activities, pk=pk)
    require(may_change_activity(request.member, activity))
    if already_sent(request):
        return to_record(activity.person, "actions")
    draft = kept(request, f"end_activity:{activity.pk}")
    form = EndForm(request.POST or None, initial=draft.initial(on=today()))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            finish(activity, on=data["on"], done=data["done"] == "yes", by=request.member)
        except ActivityRefused as refused:
            form.add_error("on", str(refused))
        else:
            sent(request, draft.key)
            messages.success(request, _("L’action « %s » ne compte plus dans le projet.") % activity.title)
            return to_record(activity.person, "actions")
    return show(
        request,
        "careplan/end_activity.html",
        activity.person,
        form,
        draft,
        about=activity,
        activity=activity,
        facts=when_where(activity),
        live=activity.status in LIVE,
    )


@require_POST
@members(*CARE_ROLES)
def resume_activity(request: MemberRequest, pk: UUID) -> HttpResponse:
    activities = Activity.objects.visible_to(request.member).select_related("plan", "person")
    activity = get_object_or_404(activities, pk=pk)
    try:
        take_up(activity, by=request.member)
    except ActivityRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("L’action « %s » est reprise.") % activity.title)
    return to_record(activity.person, "actions")


@require_GET
@members(*CARE_ROLES)
def together(request: MemberRequest, pk: UUID) -> HttpResponse:
    """« Faire avec »: how many activities are done by or with the person, and since when."""
    plan = get_object_or_404(CarePlan.objects.visible_to(request.member).select_related("person"), pk=pk)
    activities = list(Activity.objects.visible_to(request.member).filter(plan=plan))
    record_reading("record", plan.person, by=request.member, obj=plan)
    figure = together_of(activities, changes_of(request.member, plan))
    live = [
        activity
        for activity in activities
        if activity.status in LIVE and activity.kind == ActivityKind.ACTION
    ]
    context = {"person": plan.person, "plan": plan, "together": figure, "activities": live}
    return render(request, "careplan/together.html", context)
