"""What we aim at together, and what I think of it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest
from avec.careplan.actions import take_position
from avec.careplan.models import Activity, Goal, Position
from avec.careplan.rules import OPEN_STEPS, Stance
from avec.ui.forms import form_status

from ..fates import sentences
from ..forms import StanceForm
from .space import Space, own_space

OPEN = [step.value for step in OPEN_STEPS]


@own_space("own_goals")
def own_goals(request: MemberRequest, space: Space) -> HttpResponse:
    """What we aim at together, who helps with what, and what I think of it."""
    activities = Activity.objects.visible_to(space.member).live().order_by("written_at")
    goals = open_goals(space).prefetch_related(
        Prefetch("activities", activities, to_attr="help"), "positions__relative", "positions__by"
    )
    seen = [Aim(goal, position_of(space, goal), space.is_self) for goal in goals]
    return render(
        request,
        "home/own_goals.html",
        {"space": space, "goals": seen, "participant": _("moi") if space.is_self else space.person.called},
    )


@dataclass(frozen=True)
class Aim:
    """A goal and what this member said of it so far."""

    goal: Goal
    position: Position | None
    easy: bool = True

    @property
    def lines(self) -> tuple[str, ...]:
        return sentences((self.easy and self.goal.easy_words) or self.goal.statement)


def open_goals(space: Space) -> QuerySet[Goal]:
    goals = Goal.objects.visible_to(space.member).live()
    return goals.filter(person=space.person, plan__step__in=OPEN).select_related("plan", "person")


def position_of(space: Space, goal: Goal) -> Position | None:
    """The latest position of this member, in their own voice."""
    relative = space.tie.pk if space.tie else None
    return next(
        (
            p
            for p in goal.positions.all()
            if p.is_current and p.voice == space.voice and p.relative_id == relative
        ),
        None,
    )


@own_space("own_goals")
def own_goal(request: MemberRequest, space: Space, pk: UUID) -> HttpResponse:
    """One question: am I all right with this goal? The earlier answer stays in the history."""
    goal = get_object_or_404(open_goals(space).prefetch_related("positions"), pk=pk)
    form = StanceForm(request.POST or None)
    if form.is_valid():
        take_position(
            goal, Stance(form.cleaned_data["stance"]), by=request.member, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("Votre choix est noté. Vous pouvez changer d’avis quand vous voulez."))
        return redirect("home:own_goals")
    aim = Aim(goal, position_of(space, goal), space.is_self)
    context = {"space": space, "aim": aim, "form": form}
    return render(request, "home/own_goal.html", context, status=form_status(form))
