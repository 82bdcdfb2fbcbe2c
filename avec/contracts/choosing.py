"""One choice on one line, kept once, and what it makes of the contract. Called inside an action's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.careplan.actions import note_step, take_position
from avec.careplan.models import Agreement, AgreementSide
from avec.careplan.rules import Stance, Step
from avec.people.models import today

from .models import CareContract, PaperScan, Signature, SignatureLine, State
from .proof import imprint_of_choice
from .rules import (
    AGREED,
    COME_BACK_DAYS,
    FINAL,
    ContractState,
    Outcome,
    SigningRefused,
    Waited,
    Way,
    check_choice,
    next_state,
)
from .told import chosen_at, with_ways


@dataclass(frozen=True)
class Choice:
    """What a signatory chose, and what they had read. `clauses` maps an article's number to a Stance."""

    outcome: Outcome
    words: str = ""
    rights_read: Sequence[str] = ()
    clauses: Mapping[str, str] = field(default_factory=dict)
    reading: str = "full"
    come_back_on: date | None = None  # after an oral yes or « not now »
    witness_name: str = ""  # who saw a mark made, when the team's witness signs the contract too
    drawn: Sequence[Sequence[Sequence[int]]] = ()  # strokes of points, from 0 to 1000


def held_line(line: SignatureLine) -> SignatureLine:
    """The line as it is now, its contract held until the choice is kept: fifty at once make one."""
    contract = (
        CareContract.objects.select_for_update(of=("self",))
        .select_related("person__establishment", "person__member", "plan")
        .get(pk=line.contract_id)
    )
    line = SignatureLine.objects.select_related("member", "relative__member").get(pk=line.pk)
    line.contract = contract
    return line


def refuse_former(contract: CareContract) -> None:
    if contract.state in {State.SUPERSEDED.value, State.WITHDRAWN.value}:
        raise SigningRefused(_("Une autre version de ce contrat existe : c’est elle qui se signe."))


def still_open(line: SignatureLine) -> None:
    """Before the state: pressing twice must not end on a closed door."""
    if line.signatures.filter(outcome__in=[outcome.value for outcome in FINAL]).exists():
        raise SigningRefused(_("Le choix est déjà fait pour cette ligne."))
    refuse_former(line.contract)
    if line.contract.state != State.TO_SIGN.value:
        raise SigningRefused(_("Cette version ne se signe plus."))


def keep_choice(
    line: SignatureLine,
    choice: Choice,
    way: Way,
    *,
    method: str,
    by: Member,
    witness: Member | None = None,
    scan: PaperScan | None = None,
) -> Signature:
    """Write the choice down, and what it makes of the contract."""
    signature = write_choice(line, choice, way, method=method, by=by, witness=witness, scan=scan)
    settle(line.contract, by=by)
    return signature


def write_choice(
    line: SignatureLine,
    choice: Choice,
    way: Way,
    *,
    method: str,
    by: Member,
    witness: Member | None = None,
    scan: PaperScan | None = None,
) -> Signature:
    """Write the choice down alone: a paper holds several, and the contract moves once they are all there."""
    contract = line.contract
    # Who signs the contract too is no witness of a mark.
    apart = witness is not None and not contract.lines.filter(member=witness).exists()
    check_choice(
        choice.outcome,
        words=choice.words,
        rights_read=choice.rights_read,
        stances=list(choice.clauses.values()),
        is_person=line.voice == "person",
        way=way,
        witnessed=apart or bool(choice.witness_name.strip()),
    )
    comes_back = choice.come_back_on
    if choice.outcome == Outcome.ORAL and comes_back is None:
        comes_back = today() + timedelta(days=COME_BACK_DAYS)
    if comes_back is not None and comes_back < today():
        raise SigningRefused(_("Écrivez une date à venir pour revenir."))
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
        way=way.value,
        witness=witness,
        witness_name=choice.witness_name.strip() if choice.outcome == Outcome.MARK else "",
        drawn=[list(stroke) for stroke in choice.drawn],
        scan=scan,
        come_back_on=comes_back if choice.outcome in {Outcome.ORAL, Outcome.NOT_NOW} else None,
    )
    keep_positions(contract, line, choice, by=by)
    return signature


def told(signature: Signature) -> dict[str, Any]:
    """What the journal keeps of a choice, to be able to prove it."""
    return {
        "outcome": signature.outcome,
        "contract": str(signature.line.contract_id),
        "imprint": imprint_of_choice(signature),
    }


def keep_positions(contract: CareContract, line: SignatureLine, choice: Choice, *, by: Member) -> None:
    """The person's word on each article is their position on its goal."""
    if line.voice != "person":
        return
    for clause in contract.clauses.select_related("goal__plan", "goal__person"):
        stance = choice.clauses.get(str(clause.number))
        if stance:
            # Written down by a witness, it is still the person’s own.
            take_position(clause.goal, Stance(stance), voice="person", by=by)


def latest_outcomes(contract: CareContract) -> dict[SignatureLine, Signature | None]:
    """Each line of the contract with its latest choice."""
    lines = contract.lines.prefetch_related(Prefetch("signatures", with_ways())).select_related(
        "member", "relative__member"
    )
    latest: dict[SignatureLine, Signature | None] = {}
    for line in lines:
        signatures = list(line.signatures.all())
        latest[line] = signatures[-1] if signatures else None
    return latest


def settle(contract: CareContract, *, by: Member) -> None:
    """Move the contract to the state that the choices make, and the plan with it."""
    latest = latest_outcomes(contract)
    waited = [
        Waited(Outcome(choice.outcome) if choice else None, line.one_of)
        for line, choice in latest.items()
        if line.required
    ]
    state = next_state(waited)
    if state.value == contract.state:
        return
    contract.state = state.value
    contract.save(update_fields=["state"])
    before = held_former(contract)
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


def held_former(contract: CareContract) -> CareContract | None:
    """The version that this one amends, held: somebody may be ending it at this very moment."""
    if contract.previous_id is None:
        return None
    return CareContract.objects.select_for_update(of=("self",)).get(pk=contract.previous_id)


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
        signed_at=chosen_at(choice, ZoneInfo(contract.person.establishment.time_zone)),
        valid_from=contract.starts_on,
        valid_until=contract.ends_on,
    )
