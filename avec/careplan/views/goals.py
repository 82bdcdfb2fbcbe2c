from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.drafts import Kept, already_sent, forget_draft, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person
from avec.ui.words import date_long

from ..actions import Origins, OutOfDate, take_position
from ..actions import change_goal as save_goal
from ..actions import write_goal as add_goal
from ..forms import LEVEL_FIELDS, GoalForm, PositionForm
from ..models import CarePlan, Expectation, Goal, Need, Position, StanceChoice
from ..policy import may_take_position, may_write_down_for, may_write_goal
from ..rules import Stance
from ..rules.wording import Kind as OpenerKind
from ..rules.wording import easy_hints, hints, openers
from ..sharing import WideningRefused
from ..standing import VOICES
from ..words import position_speaker
from .goal_status import too_many, ways_from
from .page import asked_to_keep, back_from, circle, conflict, merged, show, team, to_record

SEVERAL = ("expectations", "needs", "picto")
# As much of a text as the hints look at.
LONGEST_READ = 4000


def offered(member: Member, plan_id: UUID) -> dict[str, Any]:
    """What a goal may come from, among what this member reads."""
    return {
        "expectations": Expectation.objects.visible_to(member)
        .filter(plan=plan_id, withdrawn_at__isnull=True)
        .select_related("person", "relative", "professional"),
        "needs": Need.objects.visible_to(member).filter(plan=plan_id, status="active"),
    }


def origins_of(form: GoalForm, choices: dict[str, Any]) -> Origins:
    return Origins(
        expectations=list(form.cleaned_data.get("expectations", ())),
        needs=list(form.cleaned_data.get("needs", ())),
        offered_expectations=list(choices["expectations"]),
        offered_needs=list(choices["needs"]),
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def write_goal(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Add a goal to a plan."""
    plans = CarePlan.objects.visible_to(request.member).select_related("person")
    plan = get_object_or_404(plans, pk=pk)
    require(may_write_goal(request.member, plan))
    if already_sent(request):
        return to_record(plan.person, "objectifs")
    draft = kept(request, f"goal:{plan.pk}")
    choices = offered(request.member, plan.pk)
    usual = {"level": "C1", "expectations": request.GET.getlist("attente")[:20]}
    form = GoalForm(
        request.POST or None,
        initial=draft.initial(SEVERAL, **usual),
        offered=choices,
        team=team(plan.person),
        person=plan.person,
    )
    if "reread" in request.POST:
        return reread(request, form, draft, plan)
    if request.method == "POST" and form.is_valid():
        goal = add_goal(plan, by=request.member, origins=origins_of(form, choices), **form.fields_of_goal())
        sent(request, draft.key)
        messages.success(
            request,
            _("L’objectif %s est écrit. Demandez maintenant à chacun ce qu’il en pense.") % goal.number,
        )
        if too_many(request.member, plan.pk):
            return redirect("careplan:priorities", plan.pk)
        return to_record(plan.person, f"objectif-{goal.number}")
    return show(
        request, "careplan/goal.html", plan.person, form, draft, plan=plan, **helped(form, plan.person)
    )


def helped(form: GoalForm, person: Person) -> dict[str, Any]:
    """The writing help of the form: beginnings of sentences, and what could be clearer in what is written."""
    return {
        "openers": [openers(kind) for kind in (OpenerKind.WISH, OpenerKind.KEEP, OpenerKind.TOGETHER)],
        "written": form["statement"].value() or "",
    } | hints_on(form["statement"].value(), form["easy_words"].value(), person)


def hints_on(statement: Any, easy_words: Any, person: Person) -> dict[str, Any]:
    return {
        "hints": hints(str(statement or "")[:LONGEST_READ], called=person.called),
        "easy": easy_hints(str(easy_words or "")[:LONGEST_READ]),
    }


def reread(
    request: MemberRequest, form: GoalForm, draft: Kept, plan: CarePlan, goal: Goal | None = None
) -> HttpResponse:
    """The form as it was sent, with its hints and nothing saved: the way without a script."""
    record_reading("form", plan.person, by=request.member, obj=goal)
    opened = GoalForm(
        initial=dict(form.data.items()) | {name: form.data.getlist(name) for name in SEVERAL},  # type: ignore[attr-defined]
        offered=offered(request.member, plan.pk),
        team=team(plan.person),
        goal=goal,
        person=plan.person,
    )
    context = {
        "person": plan.person,
        "form": opened,
        "kept": draft,
        "once": request.POST.get("once") or str(uuid4()),
        "plan": plan,
        "goal": goal,
        "reread": True,
    }
    return render(request, "careplan/goal.html", context | helped(opened, plan.person))


@require_POST
@members(*CARE_ROLES)
def goal_hints(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What could be clearer in the words being written. It keeps nothing and blocks nothing."""
    plans = CarePlan.objects.visible_to(request.member).select_related("person")
    plan = get_object_or_404(plans, pk=pk)
    found = hints_on(request.POST.get("statement"), request.POST.get("easy_words"), plan.person)
    return render(request, "careplan/goal_hints.html", found | {"person": plan.person, "live": True})


def goal_initial(goal: Goal) -> dict[str, Any]:
    names = (
        "statement",
        "title",
        "due_on",
        "priority",
        "easy_words",
        "expected_result",
        "strategy",
        "level",
        "importance",
        "difficulty",
    )
    worded = {name: goal.worded_levels.get(str(level), "") for name, level in LEVEL_FIELDS.items()}
    return (
        {name: getattr(goal, name) for name in (*names, "version")}
        | worded
        | {
            "referent": str(goal.referent_id or ""),
            "picto": [goal.picto] if goal.picto else [],
            "expectations": [str(pk) for pk in goal.expectations.values_list("pk", flat=True)],
            "needs": [str(pk) for pk in goal.needs.values_list("pk", flat=True)],
        }
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def change_goal(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Change a goal; when somebody saved in the meantime, both texts are shown."""
    goals = Goal.objects.visible_to(request.member).select_related("plan__person", "person", "referent")
    goal = get_object_or_404(goals, pk=pk)
    person = goal.person
    require(may_write_goal(request.member, goal.plan))
    anchor = f"objectif-{goal.number}"
    if already_sent(request):
        return back_from(request, person, anchor)
    draft = kept(request, f"goal:{goal.pk}")
    choices = offered(request.member, goal.plan_id)
    parts: dict[str, Any] = {"offered": choices, "team": team(person), "goal": goal, "person": person}
    usual = goal_initial(goal)
    if asked_to_keep(request) == "theirs":
        forget_draft(request.member, draft.key)
        return back_from(request, person, anchor)
    form = GoalForm(request.POST or None, initial=draft.initial(SEVERAL, **usual), **parts)
    if request.method == "POST" and asked_to_keep(request) == "both":
        both = merged(form, GoalForm(initial=usual, **parts), goal.version)
        return show(
            request,
            "careplan/goal.html",
            person,
            GoalForm(initial=both, **parts),
            draft,
            plan=goal.plan,
            goal=goal,
            both=True,
            **helped(form, person),
        )
    if "reread" in request.POST:
        return reread(request, form, draft, goal.plan, goal)
    if request.method == "POST" and form.is_valid():
        try:
            save_goal(
                goal,
                version=form.cleaned_data["version"] or 0,
                by=request.member,
                origins=origins_of(form, choices),
                **form.fields_of_goal(),
            )
        except OutOfDate as clash:
            fresh = GoalForm(initial=goal_initial(clash.current), **parts)
            return conflict(request, person, form, fresh, clash.current, request.path)
        except WideningRefused as refusal:
            form.add_error("level", str(refusal))
    if request.method == "POST" and form.is_valid():
        sent(request, draft.key)
        messages.success(request, _("L’objectif %s est enregistré.") % goal.number)
        return back_from(request, person, anchor)
    return show(
        request,
        "careplan/goal.html",
        person,
        form,
        draft,
        about=goal,
        plan=goal.plan,
        goal=goal,
        ways=ways_from(goal),
        **helped(form, person),
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def position(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Write the team's position on a goal, or the one that was said to the team."""
    goals = Goal.objects.visible_to(request.member).select_related("plan", "person")
    goal = get_object_or_404(goals, pk=pk)
    person = goal.person
    require(may_take_position(request.member, goal) and may_write_down_for(request.member, person))
    if already_sent(request):
        return to_record(person, f"objectif-{goal.number}")
    around = circle(request, person)
    draft = kept(request, f"position:{goal.pk}")
    initial = draft.initial(who=request.GET.get("qui", ""))
    form = PositionForm(request.POST or None, initial=initial, person=person, circle=around)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        someone = form.circle.get(data["who"])
        take_position(
            goal,
            Stance(data["stance"]),
            by=request.member,
            reason=data["reason"],
            voice=someone.voice if someone else data["who"],
            relative=someone.relative if someone else None,
            ask_again_on=data["ask_again_on"],
        )
        sent(request, draft.key)
        messages.success(request, _("La position est notée."))
        return (
            redirect("careplan:position", goal.pk)
            if "again" in request.POST
            else to_record(person, f"objectif-{goal.number}")
        )
    seen = Position.objects.visible_to(request.member).filter(goal=goal)
    rows = seen.select_related("relative", "by").order_by("-at")
    ordered = sorted(rows, key=lambda row: VOICES.index(row.voice) if row.voice in VOICES else len(VOICES))
    stances = [
        (position_speaker(row, person), row, StanceChoice(row.stance).label, when_taken(row))
        for row in ordered
    ]
    return show(
        request,
        "careplan/position.html",
        person,
        form,
        draft,
        about=goal,
        goal=goal,
        now=[stance for stance in stances if stance[1].is_current],
        before=[stance for stance in stances if not stance[1].is_current],
    )


def when_taken(position: Position) -> str:
    """« 5 novembre 2026, noté par Sonia Benali, à redemander le 12 novembre »."""
    words = date_long(timezone.localdate(position.at))
    if position.by is not None and not position.by.is_lay and position.voice != "professional":
        words += ", " + _("noté par %s") % position.by.name
    if position.is_current and position.ask_again_on:
        words += ", " + _("à redemander le %s") % date_long(position.ask_again_on)
    return words
