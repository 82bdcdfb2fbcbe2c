"""Who issues a contract, who signs which line, who reads it.

Nobody signs for somebody else (access.md, decision 6): a line opens to the one
account it names, and to no other, whatever their role. In the room or on paper,
somebody of the team may write down what the signatory chose in front of them:
it is said so on the line, with their name, and never for a colleague.
"""

from avec.accounts.models import Member, Role
from avec.careplan.models import CarePlan
from avec.careplan.policy import is_open
from avec.people.models import Person, Stay, today
from avec.people.policy import may_read, may_validate, may_write

from .models import CareContract, ContractDraft, SignatureLine, State
from .rules import lapsed
from .signatories import SIGNATORIES

RULING = frozenset({Role.DIRECTOR.value, Role.QUALITY.value})


def signatory_of(line: SignatureLine) -> Member | None:
    """The account that may sign this line, once its owner has one."""
    if line.relative is not None:
        return line.relative.member
    if line.voice == "person":
        return line.contract.person.member
    return line.member


def is_over(line: SignatureLine) -> bool:
    """Does the mandate that this line asks for no longer hold? Another one does not take its place (T28, T35)."""
    if line.relative is None:
        return False
    asked = {kind for kind, signatory in SIGNATORIES.items() if line.signatory in {signatory.value, ""}}
    day = today()
    return not any(
        mandate.kind in asked
        and mandate.revoked_on is None
        and (mandate.starts_on is None or mandate.starts_on <= day)
        and (mandate.ends_on is None or mandate.ends_on >= day)
        for mandate in line.relative.mandates.all()
    )


def may_prepare(member: Member | None, plan: CarePlan) -> bool:
    return may_validate(member, plan.person) and is_open(plan)


def may_withdraw(member: Member | None, contract: CareContract) -> bool:
    return may_validate(member, contract.person) and contract.state == "to_sign"


def may_draft(member: Member | None, draft: ContractDraft) -> bool:
    """Change a draft, propose it or throw it away: those who may propose a contract."""
    return may_prepare(member, draft.plan) and draft.closed_at is None


def may_end(member: Member | None, contract: CareContract) -> bool:
    return may_validate(member, contract.person) and contract.state == "in_force"


def may_follow_up(member: Member | None, contract: CareContract) -> bool:
    """Say what comes after a choice not to sign, and write the individual document."""
    return may_validate(member, contract.person) and contract.state == "refused"


def may_write_individual(member: Member | None, contract: CareContract) -> bool:
    """The individual document takes the place of a contract that was not signed, or of one for a short stay."""
    return (
        may_validate(member, contract.person)
        and contract.state in {"refused", "to_sign"}
        and still_in_course(contract) is None
    )


def still_in_course(contract: CareContract) -> CareContract | None:
    """The signed version that this one was to change. Until it ends, what each committed to there holds."""
    former = contract.previous
    holds = (
        former is not None and former.state == State.IN_FORCE.value and not lapsed(former.ends_on, today())
    )
    return former if holds else None


def is_short_stay(person: Person) -> bool:
    """Under two months a year, an individual document is enough (CASF, D311)."""
    return bool(
        Stay.objects.filter(person=person).order_by("-admitted_on").values_list("short", flat=True).first()
    )


def may_hand_over(member: Member | None, contract: CareContract) -> bool:
    """A text that was proposed, signed or not, may be handed over; one taken back may not."""
    return may_write(member, contract.person) and contract.state != "withdrawn"


def may_note_reading(member: Member | None, person: Person) -> bool:
    """Write down that people concerned read the easy text again."""
    return may_write(member, person)


def may_set_beside(member: Member | None, person: Person) -> bool:
    """Say that a stay contract or a programme of care exists beside."""
    return may_write(member, person)


def may_change_signing_rules(member: Member | None, establishment_id: object) -> bool:
    """Direction and quality keep the table of signatories of their house."""
    return (
        member is not None
        and member.is_active
        and member.role in RULING
        and member.establishment_id == establishment_id
    )


def may_negotiate(member: Member | None, contract: CareContract) -> bool:
    """Talk one of its articles over: the team opens it, with everybody's own seat."""
    live = contract.state in {"to_sign", "in_force", "refused"} and is_open(contract.plan)
    return live and may_write(member, contract.person)


def may_sign(member: Member | None, line: SignatureLine) -> bool:
    """The named signatory, while their relationship lasts (T47)."""
    return (
        member is not None
        and signatory_of(line) == member
        and may_read(member, line.contract.person)
        and line.contract.state == "to_sign"
        and not is_over(line)
    )


def may_host(member: Member | None, contract: CareContract) -> bool:
    """Open this version on a device that the signatories share, in the room; scan its paper."""
    return may_validate(member, contract.person) and contract.state == "to_sign"


def may_sign_here(signatory: Member | None, line: SignatureLine, *, host: Member | None) -> bool:
    """The named signatory, on the device of somebody of the team."""
    return may_host(host, line.contract) and may_sign(signatory, line)


def may_attest(member: Member | None, line: SignatureLine) -> bool:
    """Write down what a signatory chose in front of oneself, or on paper.

    Never a professional's choice: they have an account to sign with. Nor one's own. Nor that of somebody
    whose mandate is over.
    """
    return (
        may_host(member, line.contract)
        and line.voice != "professional"
        and signatory_of(line) != member
        and not is_over(line)
    )
