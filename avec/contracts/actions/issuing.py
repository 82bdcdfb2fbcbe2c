"""Proposing a version for signature: the plan as it stands is frozen; taking it back before anybody signed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.accounts.vocabulary import worded
from avec.careplan.actions import note_step
from avec.careplan.facts import facts_of
from avec.careplan.models import CarePlan, Goal
from avec.careplan.rules import Condition, Step, gate_to_contract
from avec.documents.rules import fingerprint
from avec.people.journal import record

from ..models import CareContract, Clause, ClauseOrigin, SignatureLine, State
from ..policy import may_prepare, may_withdraw
from ..proof import ISSUED, TOLD_APART, WITHDRAWN, imprint_of_lines, imprint_of_row
from ..rules import as_data, usual_period
from ..signatories import Party, parties_of
from ..text import SHARED, contract_text, goals_for_contract, goals_in, level_of


class NotReady(Exception):
    """The plan is not ready for a contract; the conditions say what is missing."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        super().__init__()
        self.conditions = conditions


def conditions_for(plan: CarePlan, left_out: Sequence[str] = ()) -> list[Condition]:
    """The gate before the contract, on the plan as it stands; a goal left for later holds nothing up."""
    facts = facts_of(plan)
    if left_out:
        later = {key.removeprefix("goal:") for key in left_out if key.startswith("goal:")}
        numbers = set(Goal.objects.filter(plan=plan, pk__in=later).values_list("number", flat=True))
        facts = replace(facts, goals=[goal for goal in facts.goals if goal.number not in numbers])
    return gate_to_contract(facts)


def conditions_to_issue(
    plan: CarePlan, parties: Sequence[Party], left_out: Sequence[str] = ()
) -> list[Condition]:
    """The same, and somebody who signs for the team."""
    conditions = conditions_for(plan, left_out)
    if not any(party.professional for party in parties):
        conditions.append(Condition(False, worded(_("%(Short_the)s a un référent dans l’équipe.")), "cercle"))
    return conditions


@transaction.atomic
def issue_contract(
    plan: CarePlan,
    *,
    by: Member,
    starts_on: date,
    ends_on: date | None = None,
    review_on: date | None = None,
    goals: Sequence[Goal] | None = None,
    left_out: Sequence[str] = (),
    added: Sequence[str] = (),
    why: str = "",
) -> CareContract:
    """Freeze the plan as it stands into a version to sign. Raises NotReady when the gate is closed.

    `left_out`, `added`: what a draft leaves for later and whom it asks besides (models.ContractDraft).
    A version still to be signed is withdrawn; the one in force stays so until
    its amendment is signed.
    """
    # A contract is held before its plan, as by whoever signs it: held the other way round, both would wait for ever.
    waiting_now = CareContract.objects.filter(plan=plan, state=State.TO_SIGN.value).order_by("pk")
    list(waiting_now.select_for_update(of=("self",)).values_list("pk", flat=True))
    plan = (
        CarePlan.objects.select_for_update(of=("self",))
        .select_related("person__establishment")
        .get(pk=plan.pk)
    )
    require(may_prepare(by, plan))
    parties = parties_of(plan.person, added)
    conditions = conditions_to_issue(plan, parties, left_out)
    chosen = goals_in(plan, left_out) if goals is None else list(goals)
    if not chosen and goals_for_contract(plan):
        conditions.append(Condition(False, _("Le contrat a au moins un objectif\u00a0: gardez-en un."), ""))
    if not all(condition.met for condition in conditions):
        raise NotReady([condition for condition in conditions if not condition.met])
    usual_end, usual_review = usual_period(starts_on)
    require(all(goal.plan_id == plan.pk and goal.level in SHARED for goal in chosen))
    existing = CareContract.objects.filter(person=plan.person)
    for waiting in existing.filter(state=State.TO_SIGN.value):
        withdraw_contract(waiting, by=by)
    previous = existing.filter(state=State.IN_FORCE.value).order_by("-version").first()
    version = (existing.order_by("-version").values_list("version", flat=True).first() or 0) + 1
    level = level_of(plan, chosen, left_out, previous=previous)
    parties = [party for party in parties if party.may_be_asked(level)]
    text = contract_text(
        plan,
        goals=chosen,
        parties=parties,
        version=version,
        previous=previous,
        starts_on=starts_on,
        ends_on=ends_on or usual_end,
        review_on=review_on or usual_review,
        why=why.strip() if previous else "",
        left_out=left_out,
    )
    content = as_data(text)
    contract = CareContract.objects.create(
        person=plan.person,
        establishment_id=plan.establishment_id,
        plan=plan,
        previous=previous,
        version=version,
        starts_on=starts_on,
        ends_on=ends_on or usual_end,
        review_on=review_on or usual_review,
        issued_by=by,
        issued_at=timezone.now(),
        content=content,
        fingerprint=fingerprint(content),
        level=level,
        why=why.strip() if previous else "",
    )
    for clause in text.clauses:
        row = Clause.objects.create(contract=contract, goal_id=clause.goal, number=clause.number)
        ClauseOrigin.objects.bulk_create(
            ClauseOrigin(clause=row, expectation_id=origin.expectation) for origin in clause.origins
        )
    lines = SignatureLine.objects.bulk_create(
        SignatureLine(
            contract=contract,
            order=order,
            voice=party.text.voice,
            member=party.professional.member if party.professional else None,
            relative=party.relative,
            name=party.text.name,
            capacity=party.text.capacity,
            required=party.text.required,
            signatory=party.text.signatory,
            one_of=party.text.one_of,
        )
        for order, party in enumerate(parties, 1)
    )
    note_step(plan, Step.CONTRACT, by=by)
    plan.review_on = contract.review_on
    plan.save(update_fields=["review_on"])
    record(
        ISSUED,
        contract,
        by=by,
        person=plan.person,
        version=version,
        fingerprint=contract.fingerprint,
        lines=imprint_of_lines(lines),
        row=imprint_of_row(contract, without=TOLD_APART),
    )
    return contract


@transaction.atomic
def withdraw_contract(contract: CareContract, *, by: Member) -> None:
    """Take back a version before it is signed: it stays readable, and no longer waits for anybody.

    The plan goes back to where one talks; a contract in force still holds.
    """
    contract = (
        CareContract.objects.select_for_update(of=("self",))
        .select_related("person", "plan__person", "previous")
        .get(pk=contract.pk)
    )
    require(may_withdraw(by, contract))
    contract.state = State.WITHDRAWN.value
    contract.save(update_fields=["state"])
    if contract.plan.step == Step.CONTRACT:
        holds = contract.previous is not None and contract.previous.state == State.IN_FORCE.value
        note_step(contract.plan, Step.IN_FORCE if holds else Step.CO_CONSTRUCTION, by=by)
    record(WITHDRAWN, contract, by=by, person=contract.person)
