"""Who issues a contract, who signs which line, who reads it.

Nobody signs for somebody else (access.md, decision 6): a line opens to the one
account it names, and to no other, whatever their role.
"""

from avec.accounts.models import Member
from avec.careplan.models import CarePlan
from avec.careplan.policy import is_open
from avec.people.policy import may_read, may_validate, may_write

from .models import CareContract, SignatureLine


def signatory_of(line: SignatureLine) -> Member | None:
    """The account that may sign this line, once its owner has one."""
    if line.relative is not None:
        return line.relative.member
    if line.voice == "person":
        return line.contract.person.member
    return line.member


def may_prepare(member: Member | None, plan: CarePlan) -> bool:
    return may_validate(member, plan.person) and is_open(plan)


def may_withdraw(member: Member | None, contract: CareContract) -> bool:
    return may_validate(member, contract.person) and contract.state == "to_sign"


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
    )
