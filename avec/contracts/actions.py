"""What people do with a care contract: issue it, choose, withdraw it, keep a sealed copy.

Issuing freezes the text. Choosing is each signatory's own, on their own line,
after they proved again who they are; no choice is an error and none blocks
care. When every required signatory has signed, the contract is in force and the
plan carries the agreements.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.accounts.vocabulary import worded
from avec.careplan.actions import note_step, take_position
from avec.careplan.facts import facts_of
from avec.careplan.models import Agreement, AgreementSide, CarePlan, Goal
from avec.careplan.rules import Condition, Stance, Step, gate_to_contract
from avec.documents.actions import store_file
from avec.documents.pdf import contract_pdf
from avec.documents.rules import fingerprint
from avec.documents.seal import seal_pdf
from avec.people.journal import record

from .models import (
    CareContract,
    Clause,
    ClauseOrigin,
    SealedCopy,
    Signature,
    SignatureLine,
    State,
)
from .policy import may_prepare, may_sign, may_withdraw, signatory_of
from .proof import CHOSEN, ISSUED, imprint_of_choice, imprint_of_lines
from .rules import (
    AGREED,
    ContractState,
    Outcome,
    SigningRefused,
    as_data,
    check_choice,
    next_state,
    usual_period,
)
from .sheet import contract_sheet
from .text import SHARED, contract_text, goals_for_contract, level_of, parties_of


class NotReady(Exception):
    """The plan is not ready for a contract; the conditions say what is missing."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        super().__init__()
        self.conditions = conditions


def conditions_for(plan: CarePlan) -> list[Condition]:
    """The gate before the contract, on the plan as it stands."""
    return gate_to_contract(facts_of(plan))


@transaction.atomic
def issue_contract(
    plan: CarePlan,
    *,
    by: Member,
    starts_on: date,
    ends_on: date | None = None,
    review_on: date | None = None,
    goals: Sequence[Goal] | None = None,
) -> CareContract:
    """Freeze the plan as it stands into a version to sign. Raises NotReady when the gate is closed.

    A version still to be signed is withdrawn; the one in force stays so until
    its amendment is signed.
    """
    plan = (
        CarePlan.objects.select_for_update(of=("self",))
        .select_related("person__establishment")
        .get(pk=plan.pk)
    )
    require(may_prepare(by, plan))
    conditions = conditions_for(plan)
    parties = parties_of(plan.person)
    if not any(party.professional for party in parties):
        conditions.append(Condition(False, worded(_("%(Short_the)s a un référent dans l’équipe.")), "cercle"))
    if not all(condition.met for condition in conditions):
        raise NotReady([condition for condition in conditions if not condition.met])
    usual_end, usual_review = usual_period(starts_on)
    chosen = goals_for_contract(plan) if goals is None else list(goals)
    require(all(goal.plan_id == plan.pk and goal.level in SHARED for goal in chosen))
    existing = CareContract.objects.filter(person=plan.person)
    for waiting in existing.filter(state=State.TO_SIGN.value):
        withdraw_contract(waiting, by=by)
    previous = existing.filter(state=State.IN_FORCE.value).order_by("-version").first()
    version = (existing.order_by("-version").values_list("version", flat=True).first() or 0) + 1
    level = level_of(plan, chosen)
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
    record("contract.withdrawn", contract, by=by, person=contract.person)


@dataclass(frozen=True)
class Choice:
    """What a signatory chose, and what they had read. `clauses` maps an article's number to a Stance."""

    outcome: Outcome
    words: str = ""
    rights_read: Sequence[str] = ()
    clauses: Mapping[str, str] = field(default_factory=dict)
    reading: str = "full"


@transaction.atomic
def sign_line(line: SignatureLine, choice: Choice, *, method: str, by: Member) -> Signature:
    """Record the signatory's choice on their own line. `method`: how they proved again who they are.

    Raises SigningRefused, with a sentence, when the choice cannot be taken as it is.
    """
    contract = (
        CareContract.objects.select_for_update(of=("self",))
        .select_related("person__establishment", "person__member", "plan")
        .get(pk=line.contract_id)
    )
    line = SignatureLine.objects.select_related("member", "relative__member").get(pk=line.pk)
    line.contract = contract
    if contract.state in {State.SUPERSEDED.value, State.WITHDRAWN.value}:
        raise SigningRefused(_("Une autre version de ce contrat existe : c’est elle qui se signe."))
    require(signatory_of(line) == by)
    # Before the state: pressing twice must not end on a closed door.
    if line.signatures.filter(outcome__in=[outcome.value for outcome in (*AGREED, Outcome.REFUSED)]).exists():
        raise SigningRefused(_("Vous avez déjà choisi pour ce contrat."))
    require(may_sign(by, line))
    check_choice(
        choice.outcome,
        words=choice.words,
        rights_read=choice.rights_read,
        stances=list(choice.clauses.values()),
        is_person=line.voice == "person",
    )
    signature = Signature.objects.create(
        line=line,
        outcome=choice.outcome.value,
        words=choice.words.strip(),
        rights_read=list(choice.rights_read),
        choices=dict(choice.clauses),
        by=by,
        at=timezone.now(),
        method=method,
        reading=choice.reading,
        fingerprint=contract.fingerprint,
    )
    keep_positions(contract, line, choice, by=by)
    settle(contract, by=by)
    record(
        CHOSEN,
        signature,
        by=by,
        person=contract.person,
        outcome=choice.outcome.value,
        contract=str(contract.pk),
        imprint=imprint_of_choice(signature),
    )
    return signature


def keep_positions(contract: CareContract, line: SignatureLine, choice: Choice, *, by: Member) -> None:
    """The person's word on each article is their position on its goal."""
    if line.voice != "person":
        return
    for clause in contract.clauses.select_related("goal__plan", "goal__person"):
        stance = choice.clauses.get(str(clause.number))
        if stance:
            take_position(clause.goal, Stance(stance), by=by)


def latest_outcomes(contract: CareContract) -> dict[SignatureLine, Signature | None]:
    """Each line of the contract with its latest choice."""
    lines = contract.lines.prefetch_related("signatures__by").select_related("member", "relative__member")
    latest: dict[SignatureLine, Signature | None] = {}
    for line in lines:
        signatures = list(line.signatures.all())
        latest[line] = signatures[-1] if signatures else None
    return latest


def settle(contract: CareContract, *, by: Member) -> None:
    """Move the contract to the state that the choices make, and the plan with it."""
    latest = latest_outcomes(contract)
    required = [
        Outcome(choice.outcome) if choice else None for line, choice in latest.items() if line.required
    ]
    state = next_state(required)
    if state.value == contract.state:
        return
    contract.state = state.value
    contract.save(update_fields=["state"])
    before = contract.previous
    amends = before is not None and before.state == State.IN_FORCE.value
    if state == ContractState.REFUSED:
        # The contract before still holds, or one talks again: nothing waits for a signature any more.
        note_step(contract.plan, Step.IN_FORCE if amends else Step.CO_CONSTRUCTION, by=by)
    if state != ContractState.IN_FORCE:
        return
    if before is not None and amends:
        before.state = State.SUPERSEDED.value
        before.save(update_fields=["state"])
    note_step(contract.plan, Step.IN_FORCE, by=by)
    for line, choice in latest.items():
        if choice is not None and Outcome(choice.outcome) in AGREED:
            agree(contract, line, choice)


def agree(contract: CareContract, line: SignatureLine, choice: Signature) -> None:
    """A signature of the contract is an agreement to the plan (TDDUI: one Consent per signatory)."""
    professional = line.voice == "professional"
    Agreement.objects.create(
        plan=contract.plan,
        person=contract.person,
        establishment_id=contract.establishment_id,
        side=AgreementSide.STRUCTURE.value if professional else AgreementSide.USER.value,
        by_person=line.voice == "person",
        by_relative=line.relative,
        by_professional=line.member if professional else None,
        signed_at=choice.at,
        valid_from=contract.starts_on,
        valid_until=contract.ends_on,
    )


@transaction.atomic
def seal_copy(contract: CareContract, reading: str, *, by: Member) -> SealedCopy:
    """The sealed PDF of a contract in force, made once for each reading and then kept.

    Raises SealUnavailable when the establishment's certificate cannot be used: the
    signatures stand, and the copy is made later.
    """
    contract = (
        CareContract.objects.select_for_update(of=("self",))
        .select_related("person__establishment", "establishment")
        .get(pk=contract.pk)
    )
    require(contract.state in {State.IN_FORCE.value, State.SUPERSEDED.value, State.ENDED.value})
    kept = contract.copies.filter(reading=reading).select_related("file").first()
    if kept is not None:
        return kept
    sealed = seal_pdf(
        contract_pdf(contract_sheet(contract, reading)),
        reason=_("Contrat de soins signé par toutes les parties"),
        field_name="sceau",
        name=contract.establishment.name,
    )
    file = store_file(
        title=_("Contrat de soins, version %(version)s (%(reading)s)")
        % {"version": contract.version, "reading": _("facile à lire") if reading == "easy" else _("complet")},
        content_type="application/pdf",
        content=sealed,
        establishment_id=contract.establishment_id,
        subject_id=contract.person_id,
    )
    copy = SealedCopy.objects.create(contract=contract, reading=reading, file=file, sealed_at=timezone.now())
    record("contract.sealed", copy, by=by, person=contract.person, sha256=file.sha256)
    return copy
