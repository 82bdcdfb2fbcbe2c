"""A contract in the small house, and what its signatories chose, made by the actions themselves."""

from avec.careplan.actions import Replied, answer_expectation, take_position
from avec.careplan.rules import Stance
from avec.contracts.actions import (
    Choice,
    attest_choice,
    choose_on_paper,
    issue_contract,
    scan_paper,
    sign_line,
)
from avec.contracts.models import CareContract
from avec.contracts.rules import RIGHTS, Outcome

from .worlds import House, days

READ = [right for right, _ in RIGHTS]


def proposed(home: House, **when: object) -> CareContract:
    """The contract of the house, ready to be signed."""
    if home.waiting.current_answer_id is None:
        for said in (home.waiting, home.hidden, home.noted):
            answer_expectation(said, Replied("taken_up", goal=home.goal), by=home.nurse)
        take_position(home.goal, Stance.AGREES, by=home.odette.member)
        home.waiting.refresh_from_db()
    return issue_contract(home.plan, by=home.nurse, **{"starts_on": days(0)} | when)


def line_of(contract: CareContract, voice: str):
    return contract.lines.get(voice=voice)


def chosen_by(contract: CareContract, voice: str, outcome: Outcome, **parts: object):
    """Somebody's choice from their own space."""
    line = line_of(contract, voice)
    by = line.member or contract.person.member
    return sign_line(line, Choice(outcome, rights_read=READ, **parts), method="password", by=by)


def attested(contract: CareContract, outcome: Outcome, *, by, **parts: object):
    """The person's choice, written down by somebody who was there."""
    return attest_choice(line_of(contract, "person"), Choice(outcome, rights_read=READ, **parts), by=by)


def on_paper(contract: CareContract, *, by, signed_on=None):
    scan = scan_paper(
        contract, title="Papier", content_type="application/pdf", content=b"%PDF-1.7 ...",
        pages=1, signed_on=signed_on or days(0), by=by,
    )  # fmt: skip
    return choose_on_paper(line_of(contract, "person"), Choice(Outcome.SIGNED, rights_read=READ), scan, by=by)


def signed(home: House) -> CareContract:
    contract = proposed(home)
    chosen_by(contract, "professional", Outcome.SIGNED)
    chosen_by(contract, "person", Outcome.SIGNED)
    contract.refresh_from_db()
    return contract


def refused(home: House) -> CareContract:
    contract = proposed(home)
    chosen_by(contract, "person", Outcome.REFUSED)
    contract.refresh_from_db()
    return contract
