"""Where goals stand, in everybody's voice: one goal, the whole plan, and a sitting that goes through them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.people.drafts import already_sent, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, today

from ..actions import EvaluationRefused, Told, evaluate_goal, evaluate_goals
from ..forms import EvaluationForm, ReviewForm
from ..models import LIVE_GOALS, CarePlan, Goal
from ..policy import may_evaluate, may_write_down_for, may_write_goal
from ..rules.drawing import Chart, Said, evaluation_chart
from ..rules.goal_moves import past_a_handful
from ..standing import PERSON_SIDE, Standing, evaluations_of, score_of, standing_of, weights_of
from .page import circle, show


def chart_of(standing: Standing) -> Chart | None:
    """The levels of both sides over time."""

    def levels(*voices: str) -> list[Said]:
        return [
            Said(one.evaluation.evaluated_on, one.value)
            for one in reversed(standing.said)
            if one.evaluation.voice in voices and one.value is not None
        ]

    return evaluation_chart(levels(*PERSON_SIDE), levels("professional"))


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def evaluate(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Write where a goal stands: what the team sees, or what was said to it."""
    goals = Goal.objects.visible_to(request.member).select_related("plan__person", "person")
    goal = get_object_or_404(goals, pk=pk)
    person = goal.person
    require(may_evaluate(request.member, goal) and may_write_down_for(request.member, person))
    here = reverse("careplan:evaluate", args=[goal.pk])
    if already_sent(request):
        return redirect(here)
    draft = kept(request, f"evaluate:{goal.pk}")
    initial = draft.initial(who=request.GET.get("qui", ""), evaluated_on=today())
    form = EvaluationForm(
        request.POST or None, initial=initial, person=person, circle=circle(request, person), goal=goal
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            evaluate_goal(
                goal,
                by=request.member,
                value=data["value"],
                words=data["words"],
                evaluated_on=data["evaluated_on"],
                **form.voice,
            )
        except EvaluationRefused as refused:
            form.add_error(None, str(refused))
        else:
            sent(request, draft.key)
            messages.success(request, _("C’est noté. Ce qui a été dit avant reste dans l’historique."))
            return redirect(here)
    standing = standing_of(goal, evaluations_of(request.member, goal.plan).get(goal.pk, []), person)
    return show(
        request,
        "careplan/evaluate.html",
        person,
        form,
        draft,
        about=goal,
        goal=goal,
        standing=standing,
        chart=chart_of(standing),
    )


def standings_of(request: MemberRequest, plan: CarePlan, goals: Sequence[Goal]) -> list[Standing]:
    said = evaluations_of(request.member, plan)
    return [standing_of(goal, said.get(goal.pk, []), plan.person) for goal in goals]


def plan_of_page(request: MemberRequest, pk: UUID) -> CarePlan:
    return get_object_or_404(CarePlan.objects.visible_to(request.member).select_related("person"), pk=pk)


@require_GET
@members(*CARE_ROLES)
def evaluations(request: MemberRequest, pk: UUID) -> HttpResponse:
    """« Où en est-on ? »: every goal, both voices side by side, and the weighted figure of each voice apart."""
    plan = plan_of_page(request, pk)
    goals = list(Goal.objects.visible_to(request.member).filter(plan=plan))
    record_reading("record", plan.person, by=request.member, obj=plan)
    standings = standings_of(request, plan, goals)
    live = [standing for standing in standings if standing.goal.status in LIVE_GOALS]
    scores = [score for voice in ("person", "professional") if (score := score_of(voice, live))]
    context: dict[str, Any] = {
        "person": plan.person,
        "plan": plan,
        "standings": live,
        "past": [one for one in standings if one not in live and one.latest],
        "scores": scores,
        "weights": weights_of(live),
        "day": today(),
        "over": past_a_handful(len(live)),
        "may_write": may_write_goal(request.member, plan),
    }
    return render(request, "careplan/evaluations.html", context)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def review(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Go through the goals in one sitting, in one voice; each is saved by itself, blanks stay as they were."""
    plan = plan_of_page(request, pk)
    person = plan.person
    require(may_write_goal(request.member, plan) and may_write_down_for(request.member, person))
    back = reverse("careplan:evaluations", args=[plan.pk])
    if already_sent(request):
        return redirect(back)
    goals = list(
        Goal.objects.visible_to(request.member)
        .live()
        .filter(plan=plan)
        .select_related("plan__person", "person")
    )
    draft = kept(request, f"review_goals:{plan.pk}")
    initial = draft.initial(who=request.GET.get("qui", ""), evaluated_on=today())
    parts: dict[str, Any] = {"person": person, "circle": circle(request, person)}
    form = ReviewForm(request.POST or None, initial=initial, goals=goals, **parts)
    if request.method == "POST" and form.is_valid():
        told = {goal: Told(**said) for goal, said in form.said_of.items()}
        day = form.cleaned_data["evaluated_on"]
        refused = evaluate_goals(told, by=request.member, evaluated_on=day, **form.voice)
        saved = len(told) - len(refused)
        if saved:
            messages.success(
                request,
                ngettext("Une évaluation est notée.", "%s évaluations sont notées.", saved)
                % (saved if saved > 1 else ()),
            )
        if not refused:
            sent(request, draft.key)
            return redirect(back)
        form = ReviewForm(request.POST, goals=list(refused), **parts)
        form.is_valid()
        for goal, words in refused.items():
            form.add_error(f"value_{goal.number}", words)
    standings = {one.goal.pk: one for one in standings_of(request, plan, form.goals)}
    rows = [(standings[goal.pk], value, words) for goal, value, words in form.rows]
    return show(request, "careplan/review.html", person, form, draft, about=plan, plan=plan, rows=rows)
