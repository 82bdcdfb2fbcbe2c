from django.db import transaction
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record
from avec.people.models import RelatedPerson

from ..facts import facts_of
from ..models import Balance, CarePlan, SpokenVoice, StepChange
from ..policy import may_move, may_say_balance, may_write_down_for
from ..rules import (
    Condition,
    Move,
    MoveRefused,
    PlanFacts,
    Step,
    check_reason,
    gate_to_assessment,
    gate_to_co_construction,
    gate_to_renewal,
    next_step,
)
from ..voices import own_voice


class GateClosed(Exception):
    """The plan may not go on yet; the conditions say what is missing."""

    def __init__(self, conditions: list[Condition]) -> None:
        super().__init__()
        self.conditions = conditions


def note_step(plan: CarePlan, step: Step, *, by: Member, reason: str = "") -> None:
    """Put the plan at a step, and keep when, by whom and why. The caller decided that it may be."""
    if plan.step == step.value:
        return
    StepChange.objects.create(plan=plan, before=plan.step, after=step.value, reason=reason.strip(), by=by)
    plan.step = step.value
    plan.save(update_fields=["step"])


def gate_of(move: Move, plan: CarePlan, facts: PlanFacts | None = None) -> list[Condition]:
    """What must hold before this move; an empty list when nothing is asked."""
    if move == Move.GO_ON and plan.step == Step.GATHERING:
        return gate_to_assessment(facts or facts_of(plan))
    if move == Move.GO_ON and plan.step == Step.ASSESSMENT:
        return gate_to_co_construction(facts or facts_of(plan))
    if move == Move.RENEW:
        return gate_to_renewal(facts or facts_of(plan))
    return []


@transaction.atomic
def move_plan(
    plan: CarePlan, move: Move, *, by: Member, reason: str = "", to: Step | None = None
) -> CarePlan:
    """Take the plan to another step. MoveRefused with a sentence, or GateClosed with what is missing.

    Renewing makes another plan too: see `renew_plan`.
    """
    plan = CarePlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    require(may_move(by, plan))
    if move == Move.RENEW:
        raise MoveRefused(_("Un projet se renouvelle depuis son bilan."))
    check_reason(move, reason)
    step = next_step(Step(plan.step), move, to=to, before_hold=step_before_hold(plan))
    conditions = gate_of(move, plan)
    if not all(condition.met for condition in conditions):
        raise GateClosed(conditions)
    before = plan.step
    note_step(plan, step, by=by, reason=reason)
    record("plan.moved", plan, by=by, person=plan.person, before=before, after=step.value)
    return plan


def step_before_hold(plan: CarePlan) -> Step | None:
    """Where the plan was when it was put on hold, to go on from there."""
    if plan.step != Step.ON_HOLD:
        return None
    held = plan.step_changes.filter(after=Step.ON_HOLD.value).order_by("-at").first()
    return Step(held.before) if held else None


@transaction.atomic
def say_balance(
    plan: CarePlan, words: str, *, by: Member, voice: str = "", relative: RelatedPerson | None = None
) -> Balance:
    """Say what came of the plan, in one's own voice, or as it was told to the team."""
    plan = CarePlan.objects.select_related("person").get(pk=plan.pk)
    require(may_say_balance(by, plan))
    spoken = own_voice(by, plan.person)
    if spoken is not None:
        voice, relative = spoken
    else:
        require(may_write_down_for(by, plan.person))
        require(relative is None or relative.person_id == plan.person_id)
        voice = voice or SpokenVoice.PROFESSIONAL.value
    balance = Balance.objects.create(plan=plan, voice=voice, relative=relative, words=words.strip(), by=by)
    record("plan.balance", balance, by=by, person=plan.person, voice=voice)
    return balance
