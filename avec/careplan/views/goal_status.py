"""What becomes of a goal: removed, put aside, reached, taken up again; which ones matter most; its history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.audit.models import Entry
from avec.people.drafts import already_sent, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES

from ..actions import change_goal_status, put_goals_aside, undo_goal_change
from ..changes import last_slip
from ..forms import GoalMoveForm, PrioritiesForm
from ..models import CarePlan, Goal, GoalStatus, Position, StanceChoice
from ..policy import may_write_goal
from ..rules.goal_moves import HANDFUL, GoalMove, GoalMoveRefused, goal_moves_from, past_a_handful
from ..standing import evaluations_of, standing_of, way_told
from ..words import Speaker, position_speaker
from .page import show, to_record

# The address of each move, its question, what it changes, and the button.
MOVES: dict[str, tuple[GoalMove, Any, Any, Any, Any]] = {
    "commencer": (
        GoalMove.START,
        gettext_lazy("Commencer cet objectif ?"),
        gettext_lazy("Il passe « en cours »."),
        gettext_lazy("Commencer l’objectif"),
        gettext_lazy("L’objectif %s est commencé."),
    ),
    "atteint": (
        GoalMove.REACH,
        gettext_lazy("Terminer cet objectif ?"),
        gettext_lazy("Il n’est plus en cours. Il reste dans l’historique, avec ses évaluations."),
        gettext_lazy("Terminer l’objectif"),
        gettext_lazy("L’objectif %s est terminé."),
    ),
    "de-cote": (
        GoalMove.PUT_ASIDE,
        gettext_lazy("Mettre cet objectif de côté ?"),
        gettext_lazy("On le reprend quand on veut : rien n’est perdu."),
        gettext_lazy("Mettre de côté"),
        gettext_lazy("L’objectif %s est mis de côté."),
    ),
    "retirer": (
        GoalMove.REMOVE,
        gettext_lazy("Retirer cet objectif ?"),
        gettext_lazy("Il restera dans l’historique, avec la raison."),
        gettext_lazy("Retirer l’objectif"),
        gettext_lazy("L’objectif %s est retiré. Il reste dans l’historique."),
    ),
    "reprendre": (
        GoalMove.TAKE_UP,
        gettext_lazy("Reprendre cet objectif ?"),
        gettext_lazy("Il redevient « en cours ». Redemandez à chacun ce qu’il en pense."),
        gettext_lazy("Reprendre l’objectif"),
        gettext_lazy("L’objectif %s est repris."),
    ),
}
SLUGS = {move[0]: slug for slug, move in MOVES.items()}
FIELD_WORDS = {
    "statement": gettext_lazy("l’objectif"),
    "title": gettext_lazy("le titre"),
    "due_on": gettext_lazy("le terme"),
    "priority": gettext_lazy("la priorité"),
    "expected_result": gettext_lazy("le critère"),
    "worded_levels": gettext_lazy("les niveaux"),
    "easy_words": gettext_lazy("la version facile"),
    "strategy": gettext_lazy("comment s’y prendre"),
    "referent_id": gettext_lazy("qui y veille"),
    "level": gettext_lazy("le partage"),
    "importance": gettext_lazy("l’importance"),
    "difficulty": gettext_lazy("la difficulté"),
    "picto": gettext_lazy("l’image"),
}


def goal_of(request: MemberRequest, pk: UUID) -> Goal:
    goals = Goal.objects.visible_to(request.member).select_related(
        "plan__person", "person", "referent", "written_by"
    )
    return get_object_or_404(goals, pk=pk)


def ways_from(goal: Goal) -> list[tuple[str, Any]]:
    """What may be done with this goal: (address, words of the button)."""
    return [(SLUGS[move], MOVES[SLUGS[move]][3]) for move in goal_moves_from(goal.status)]


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def move_goal(request: MemberRequest, pk: UUID, move: str) -> HttpResponse:
    """Remove a goal, put it aside, reach it, take it up again: after a question, with a reason."""
    goal = goal_of(request, pk)
    require(may_write_goal(request.member, goal.plan))
    if move not in MOVES:
        raise Http404
    kind, question, what, button, done = MOVES[move]
    if already_sent(request):
        return redirect("careplan:goal_history", goal.pk)
    draft = kept(request, f"move_goal:{goal.pk}")
    form = GoalMoveForm(request.POST or None, initial=draft.initial(), move=kind)
    if request.method == "POST" and form.is_valid():
        try:
            change_goal_status(goal, kind, form.cleaned_data["reason"], by=request.member)
        except GoalMoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            sent(request, draft.key)
            messages.success(request, done % goal.number)
            if kind == GoalMove.TAKE_UP and too_many(request.member, goal.plan_id):
                return redirect("careplan:priorities", goal.plan_id)
            return redirect("careplan:goal_history", goal.pk)
    return show(
        request,
        "careplan/move_goal.html",
        goal.person,
        form,
        draft,
        about=goal,
        goal=goal,
        question=question,
        what=what,
        button=button,
        possible=kind in goal_moves_from(goal.status),
    )


@require_POST
@members(*CARE_ROLES)
def undo_move(request: MemberRequest, pk: UUID) -> HttpResponse:
    goal = goal_of(request, pk)
    try:
        undo_goal_change(goal, by=request.member)
    except GoalMoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("C’est annulé : l’objectif %s est comme avant.") % goal.number)
    return redirect("careplan:goal_history", goal.pk)


# ───────── Which ones matter most


def too_many(member: Member, plan: UUID) -> int:
    """How many live goals this member reads past the handful."""
    return past_a_handful(Goal.objects.visible_to(member).live().filter(plan=plan).count())


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def priorities(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Past seven live goals: which matter most? It asks; deciding later is an answer."""
    plan = get_object_or_404(CarePlan.objects.visible_to(request.member).select_related("person"), pk=pk)
    require(may_write_goal(request.member, plan))
    if already_sent(request):
        return to_record(plan.person, "objectifs")
    goals = Goal.objects.visible_to(request.member).live().filter(plan=plan).select_related("person")
    draft = kept(request, f"priorities:{plan.pk}")
    form = PrioritiesForm(request.POST or None, initial=draft.initial(("keep",)), goals=goals)
    if request.method == "POST" and form.is_valid():
        try:
            aside = put_goals_aside(plan, form.reasons, by=request.member)
        except GoalMoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            sent(request, draft.key)
            if aside:
                messages.success(
                    request, _("C’est noté. Ce qui est mis de côté se reprend depuis l’historique.")
                )
            return to_record(plan.person, "objectifs")
    return show(
        request,
        "careplan/priorities.html",
        plan.person,
        form,
        draft,
        plan=plan,
        handful=HANDFUL,
        count=len(form.goals),
        over=past_a_handful(len(form.goals)),
    )


# ───────── The history of a goal


@dataclass(frozen=True)
class Event:
    """Something that happened to a goal: in whose voice, in which words, when."""

    at: datetime
    title: str
    words: str = ""
    speaker: Speaker | None = None
    by: str = ""


@require_GET
@members(*CARE_ROLES)
def goal_history(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Everything that became of a goal, the latest first. A fixed number of queries."""
    goal = goal_of(request, pk)
    may_write = may_write_goal(request.member, goal.plan)
    record_reading("record", goal.person, by=request.member, obj=goal)
    standing = standing_of(goal, evaluations_of(request.member, goal.plan).get(goal.pk, []), goal.person)
    context = {
        "person": goal.person,
        "goal": goal,
        "events": events_of(request.member, goal, standing.said),
        "standing": standing,
        "ways": ways_from(goal) if may_write else [],
        "slip": last_slip(goal, request.member) if may_write else None,
        "may_write": may_write,
    }
    return render(request, "careplan/goal_history.html", context)


def events_of(member: Member, goal: Goal, heard: list[Any]) -> list[Event]:
    events = [Event(goal.written_at, _("Objectif écrit"), by=goal.written_by.name if goal.written_by else "")]
    events += changed_words(goal)
    for change in goal.changes.select_related("by"):
        events.append(
            Event(
                change.at,
                _("Objectif %s") % GoalStatus(change.after).label,
                change.reason,
                by=change.by.name if change.by else "",
            )
        )
    positions = Position.objects.visible_to(member).filter(goal=goal).select_related("relative", "by")
    for position in positions:
        speaker = position_speaker(position, goal.person)
        told = position.voice != "professional" and position.by is not None and not position.by.is_lay
        by = _("noté par %s") % position.by.name if told and position.by else ""
        title = _("Position : %s") % str(StanceChoice(position.stance).label).lower()
        events.append(Event(position.at, title, position.reason, speaker, by))
    zone = timezone.get_current_timezone()
    for one in heard:
        told = one.evaluation
        # Placed on the day it was said; of one day, in the order it was written.
        at = datetime.combine(told.evaluated_on, timezone.localtime(told.at).time(), zone)
        events.append(Event(at, _("Évaluation : %s") % one.level, one.words, one.speaker, way_told(told)))
    return sorted(events, key=lambda event: event.at, reverse=True)


def changed_words(goal: Goal) -> list[Event]:
    """When the goal was written again, by whom, and which parts of it: the journal keeps no text."""
    entries = list(
        Entry.objects.filter(person_id=goal.person_id, object_id=str(goal.pk), verb="goal.changed").order_by(
            "at"
        )
    )
    names = Member.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    events = []
    for entry in entries:
        fields = [str(FIELD_WORDS[name]) for name in entry.detail.get("fields", []) if name in FIELD_WORDS]
        actor = names.get(entry.actor_id) if entry.actor_id else None
        words = ", ".join(fields) if 0 < len(fields) <= 4 else ""
        title = _("Objectif réécrit : %s") % words if words else _("Objectif réécrit")
        events.append(Event(entry.at, title, by=actor.name if actor else ""))
    return events
