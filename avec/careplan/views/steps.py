"""Where the plan is, what it waits for, and the moves that take it further or back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.accounts.vocabulary import speak_of
from avec.people.drafts import already_sent, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES

from ..actions import Carried, Decision, GateClosed, gate_of, move_plan, renew_plan, say_balance
from ..balances import balance_for
from ..facts import facts_of
from ..forms.steps import BalanceForm, MoveForm, RenewalForm
from ..gatelinks import gate_rows
from ..models import Balance, CarePlan, Goal, StepChange, StepChoice
from ..policy import may_move, may_say_balance, may_write_down_for
from ..rules import Move, MoveRefused, Step, gate_to_contract, moves_from
from ..words import balance_speaker
from .page import circle, show

Words = str | Promise


@dataclass(frozen=True)
class MoveWords:
    """A move as the page says it: the button, the question, what it changes, what is said once done."""

    button: Words
    question: Words
    lead: Words
    done: Words


MOVE_WORDS: dict[Move, MoveWords] = {
    Move.GO_ON: MoveWords(
        gettext_lazy("Passer à l’étape suivante"),
        gettext_lazy("Passer à l’étape suivante ?"),
        gettext_lazy("Rien ne se ferme\u00a0: on peut toujours ajouter des attentes et revenir en arrière."),
        gettext_lazy("Le projet passe à l’étape suivante."),
    ),
    Move.REOPEN: MoveWords(
        gettext_lazy("Rouvrir une étape"),
        gettext_lazy("Rouvrir une étape ?"),
        gettext_lazy("Ce qui est écrit et signé reste. Le contrat en cours continue de valoir."),
        gettext_lazy("L’étape est rouverte."),
    ),
    Move.HOLD: MoveWords(
        gettext_lazy("Mettre en pause"),
        gettext_lazy("Mettre le projet en pause ?"),
        gettext_lazy(
            "Par exemple pendant une hospitalisation. Rien n’est perdu, on reprendra au même point."
        ),
        gettext_lazy("Le projet est en pause."),
    ),
    Move.RESUME: MoveWords(
        gettext_lazy("Reprendre le projet"),
        gettext_lazy("Reprendre le projet ?"),
        gettext_lazy("Il reprend à l’étape où il était."),
        gettext_lazy("Le projet reprend."),
    ),
    Move.REVIEW: MoveWords(
        gettext_lazy("Commencer le bilan"),
        gettext_lazy("Commencer le bilan ?"),
        gettext_lazy(
            "Chacun dit où l’on en est. Le bilan se fait au moins une fois par an, "
            "et à chaque événement qui compte."
        ),
        gettext_lazy("Le bilan est ouvert. Chacun peut dire ce que cela a donné."),
    ),
    Move.CLOSE: MoveWords(
        gettext_lazy("Terminer le projet sans suite"),
        gettext_lazy("Terminer ce projet, sans en ouvrir un autre ?"),
        gettext_lazy("Il se lira encore, il ne se changera plus. On pourra en ouvrir un nouveau."),
        gettext_lazy("Le projet est terminé."),
    ),
}


def plan_of_page(request: MemberRequest, pk: UUID) -> CarePlan:
    plans = CarePlan.objects.visible_to(request.member).select_related("person__establishment", "previous")
    plan = get_object_or_404(plans, pk=pk)
    # What is missing is worded before the reading is noted: its words agree with the person already.
    speak_of(plan.person.gender)
    return plan


def goals_by_number(request: MemberRequest, plan: CarePlan) -> dict[int, UUID]:
    goals = Goal.objects.visible_to(request.member).filter(plan=plan).values_list("number", "pk")
    return dict(goals)


@require_GET
@members(*CARE_ROLES)
def steps(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Where the plan is, what the next step waits for, and how it came there."""
    plan = plan_of_page(request, pk)
    may_act = may_move(request.member, plan)
    step = Step(plan.step)
    facts = facts_of(plan)
    numbers = goals_by_number(request, plan)
    gates = [
        (_("Pour continuer"), gate_of(Move.GO_ON, plan, facts)) if Move.GO_ON in moves_from(step) else None,
        (_("Pour écrire le contrat"), gate_to_contract(facts))
        if step in {Step.GATHERING, Step.ASSESSMENT, Step.CO_CONSTRUCTION, Step.IN_FORCE}
        else None,
        (_("Pour ouvrir le prochain projet"), gate_of(Move.RENEW, plan, facts))
        if step in {Step.IN_FORCE, Step.UNDER_REVIEW}
        else None,
    ]
    context: dict[str, Any] = {
        "plan": plan,
        "step": StepChoice(plan.step).label,
        "gates": [
            (
                title,
                gate_rows(conditions, plan, plan.person, numbers, may_act=may_act),
                all(condition.met for condition in conditions),
            )
            for title, conditions in (gate for gate in gates if gate)
        ],
        "moves": [(move, MOVE_WORDS[move]) for move in moves_from(step) if may_act and move in MOVE_WORDS],
        "may_renew": may_act and step == Step.UNDER_REVIEW,
        "waits_for_signature": step == Step.CONTRACT,
        "history": StepChange.objects.filter(plan=plan).select_related("by").order_by("-at"),
        "next": plan.next.first(),
    }
    record_reading("steps", plan.person, by=request.member, obj=plan)
    return render(request, "careplan/steps.html", context | {"person": plan.person})


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def move(request: MemberRequest, pk: UUID, move: str) -> HttpResponse:
    """Ask before the plan moves, say what it changes, and take the reason."""
    plan = plan_of_page(request, pk)
    if move not in {one.value for one in MOVE_WORDS}:
        raise Http404
    chosen = Move(move)
    require(may_move(request.member, plan))
    if already_sent(request):
        return redirect("careplan:steps", plan.pk)
    step = Step(plan.step)
    if chosen not in moves_from(step):
        messages.error(request, _("Le projet a changé d’étape entre-temps\u00a0: relisez où il en est."))
        return redirect("careplan:steps", plan.pk)
    draft = kept(request, f"move:{plan.pk}:{move}")
    form = MoveForm(
        request.POST if request.method == "POST" else None, initial=draft.initial(), move=chosen, step=step
    )
    closed: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            move_plan(
                plan,
                chosen,
                by=request.member,
                reason=form.cleaned_data.get("reason", ""),
                to=form.chosen_step,
            )
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
        except GateClosed as gate:
            form.add_error(None, _("Il manque encore quelque chose pour passer à la suite."))
            closed = gate.conditions
        else:
            sent(request, draft.key)
            messages.success(request, str(MOVE_WORDS[chosen].done))
            return redirect("careplan:balance" if chosen == Move.REVIEW else "careplan:steps", plan.pk)
    conditions = closed or gate_of(chosen, plan)
    return show(
        request,
        "careplan/move.html",
        plan.person,
        form,
        draft,
        about=plan,
        plan=plan,
        move_words=MOVE_WORDS[chosen],
        gate=gate_rows(conditions, plan, plan.person, goals_by_number(request, plan)),
        ready=all(condition.met for condition in conditions),
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def balance(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The balance of the plan: each voice side by side, and what is still missing before the next plan."""
    plan = plan_of_page(request, pk)
    may_say = may_say_balance(request.member, plan) and may_write_down_for(request.member, plan.person)
    if already_sent(request):
        return redirect("careplan:balance", plan.pk)
    if request.method == "POST":
        require(may_say)
    around = circle(request, plan.person)
    draft = kept(request, f"balance:{plan.pk}")
    initial = draft.initial(who=request.GET.get("qui", ""))
    form = BalanceForm(request.POST or None, initial=initial, person=plan.person, circle=around)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        someone = form.circle.get(data["who"])
        say_balance(
            plan,
            data["words"],
            by=request.member,
            voice=someone.voice if someone else data["who"],
            relative=someone.relative if someone else None,
        )
        sent(request, draft.key)
        messages.success(request, _("C’est noté dans le bilan."))
        return redirect("careplan:balance", plan.pk)
    said = Balance.objects.filter(plan=plan).select_related("relative", "by").order_by("at")
    ordered = sorted(said, key=lambda one: ORDER.index(one.voice))
    conditions = gate_of(Move.RENEW, plan)
    return show(
        request,
        "careplan/balance.html",
        plan.person,
        form,
        draft,
        about=plan,
        plan=plan,
        may_say=may_say,
        said=[(balance_speaker(one, plan.person), one) for one in ordered],
        counted=balance_for(request.member, plan, plan.person),
        gate=gate_rows(conditions, plan, plan.person, goals_by_number(request, plan), may_act=may_say),
        ready=all(condition.met for condition in conditions),
        may_renew=may_move(request.member, plan) and plan.step == Step.UNDER_REVIEW,
        may_review=may_move(request.member, plan) and Move.REVIEW in moves_from(Step(plan.step)),
    )


# The order of voices, everywhere.
ORDER = ("person", "observed", "relative", "representative", "professional")


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def renew(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Choose what goes on, and open the next plan."""
    plan = plan_of_page(request, pk)
    following = plan.next.first()
    if following is not None or already_sent(request):
        return redirect("home:record", plan.person_id)
    require(may_move(request.member, plan))
    if plan.step != Step.UNDER_REVIEW:
        messages.error(request, _("Un projet se renouvelle pendant son bilan\u00a0: commencez le bilan."))
        return redirect("careplan:steps", plan.pk)
    goals = list(Goal.objects.visible_to(request.member).filter(plan=plan).live())
    draft = kept(request, f"renew:{plan.pk}")
    form = RenewalForm(request.POST or None, initial=draft.initial(title=plan.title), goals=goals)
    if request.method == "POST" and form.is_valid():
        try:
            unread = Goal.objects.filter(plan=plan).live().exclude(pk__in=[goal.pk for goal in goals])
            # A goal kept for named people goes on: who does not read it decides nothing of it.
            kept_closed = {pk: Carried(Decision.KEEP) for pk in unread.values_list("pk", flat=True)}
            renew_plan(
                plan, kept_closed | form.decisions(), by=request.member, title=form.cleaned_data["title"]
            )
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
        except PermissionDenied:
            # Somebody else renewed it between the page and the press.
            if CarePlan.objects.filter(previous=plan).exists():
                return redirect("home:record", plan.person_id)
            raise
        except GateClosed:
            form.add_error(None, _("Le bilan n’est pas complet\u00a0: il manque encore une voix."))
        else:
            sent(request, draft.key)
            messages.success(
                request,
                _("Le prochain projet est ouvert. Demandez à chacun sa position sur chaque objectif."),
            )
            return redirect("home:record", plan.person_id)
    conditions = gate_of(Move.RENEW, plan)
    return show(
        request,
        "careplan/renew.html",
        plan.person,
        form,
        draft,
        about=plan,
        plan=plan,
        gate=gate_rows(conditions, plan, plan.person, goals_by_number(request, plan)),
        ready=all(condition.met for condition in conditions),
    )
