"""My goals: each one, what I think of it, where I am with it."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest
from avec.careplan.actions import EvaluationRefused, evaluate_goal, take_position
from avec.careplan.models import Goal
from avec.careplan.rules import Stance
from avec.people.drafts import already_sent, kept, sent
from avec.people.models import today
from avec.ui.forms import form_status
from avec.ui.words import date_long

from ..forms import USUAL_WAIT, EvaluateForm, StanceForm
from .aims import Aim, aims_of, open_goals
from .helping import helps_of
from .space import Space, once, own_space, posted


@own_space("own_goals")
def own_goals(request: MemberRequest, space: Space) -> HttpResponse:
    """What we aim at together: each with the one thing to do now."""
    return render(
        request, "home/own_goals.html", {"space": space, "goals": aims_of(space, open_goals(space))}
    )


def one_of(space: Space, pk: UUID) -> Aim:
    """This goal among those that are open to this member, or nothing is there."""
    goals = open_goals(space).filter(pk=pk)
    get_object_or_404(goals)
    return aims_of(space, goals)[0]


@own_space("own_goals")
def own_goal(request: MemberRequest, space: Space, pk: UUID) -> HttpResponse:
    """One goal: where it comes from, what I think of it, where I am, who helps me."""
    aim = one_of(space, pk)
    return render(
        request, "home/own_goal.html", {"space": space, "aim": aim, "helps": helps_of(space, [aim.goal])}
    )


@own_space("own_goals")
def own_position(request: MemberRequest, space: Space, pk: UUID) -> HttpResponse:
    """One question: am I all right with this goal? The earlier answer stays in the history."""
    aim = one_of(space, pk)
    if already_sent(request):
        return redirect("home:own_goal", pk)
    draft = kept(request, f"own_position:{pk}")
    form = StanceForm(posted(request), initial=draft.initial())
    if request.method == "POST" and form.is_valid():
        stance, reason = Stance(form.cleaned_data["stance"]), form.cleaned_data["reason"]
        wait = timedelta(days=form.cleaned_data["again"] or USUAL_WAIT)
        again = today() + wait if stance == Stance.COULD_NOT else None
        take_position(aim.goal, stance, by=request.member, reason=reason, ask_again_on=again)
        sent(request, draft.key)
        messages.success(request, said_back(again))
        return redirect("home:own_goal", pk)
    context = {"space": space, "aim": aim, "form": form, "kept": draft, "once": once(request)}
    return render(request, "home/own_position.html", context, status=form_status(form))


def said_back(again: date | None) -> str:
    if again is not None:
        return _("C’est noté. On me redemandera le %s.") % date_long(again)
    return _("Mon choix est noté. Je peux changer d’avis.")


@own_space("own_goals")
def own_evaluate(request: MemberRequest, space: Space, pk: UUID) -> HttpResponse:
    """Where I am with this goal: a face, my words, or both. What I said before stays."""
    aim = one_of(space, pk)
    if already_sent(request):
        return redirect("home:own_goal", pk)
    draft = kept(request, f"own_evaluate:{pk}")
    form = EvaluateForm(posted(request), initial=draft.initial(), goal=aim.goal)
    if request.method == "POST" and form.is_valid() and evaluated(form, aim.goal, request):
        sent(request, draft.key)
        messages.success(request, _("C’est noté. Ce que j’ai dit avant reste."))
        return redirect("home:own_goal", pk)
    context = {"space": space, "aim": aim, "form": form, "kept": draft, "once": once(request)}
    return render(request, "home/own_evaluate.html", context, status=form_status(form))


def evaluated(form: EvaluateForm, goal: Goal, request: MemberRequest) -> bool:
    """Was it kept? Else the form says why."""
    try:
        evaluate_goal(
            goal, by=request.member, value=form.cleaned_data["value"], words=form.cleaned_data["words"]
        )
    except EvaluationRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True
