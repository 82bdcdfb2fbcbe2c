"""The copies of a version: the papers that came back, who has theirs, what is sealed and stamped."""

from dataclasses import dataclass
from typing import Any

from avec.accounts.models import Member
from avec.documents.stamp import stamp_wanted
from avec.people.models import CARE_ROLES

from ..models import (
    SIGNED_STATES,
    CareContract,
    HandingChoice,
    Handover,
    PaperScan,
    SealedCopy,
    SignatureLine,
)
from ..policy import may_hand_over, signatory_of


@dataclass(frozen=True)
class LineCopies:
    """A signatory, and each copy they were given; `take`: the reader may say that they have theirs."""

    line: SignatureLine
    handed: list[Handover]
    mine: bool
    take: bool


@dataclass(frozen=True)
class CopiesShown:
    scans: list[PaperScan]
    lines: list[LineCopies]
    others: list[Handover]  # given to somebody who does not sign
    hand_over: bool
    seal: SealedCopy | None  # the first copy sealed
    seal_waits: bool
    stamp_waits: bool


def on_page(contract: CareContract, member: Member) -> dict[str, Any]:
    """Its part of the page of a version. Around the person, each sees their own copy only."""
    team = member.role in CARE_ROLES
    everybody = team or contract.person.member_id == member.pk
    handovers = list(Handover.objects.filter(contract=contract).select_related("by"))
    lines = contract.lines.select_related("member", "relative__member").exclude(voice="professional")
    shown = []
    for line in lines:
        line.contract = contract
        mine = signatory_of(line) == member
        if everybody or mine:
            shown.append(copies_of(contract, line, handovers, mine=mine))
    sealed = list(contract.copies.select_related("stamped").order_by("sealed_at"))
    signed = contract.state in SIGNED_STATES
    return {
        "copies": CopiesShown(
            scans=list(PaperScan.objects.filter(contract=contract).select_related("by", "file")),
            lines=shown,
            others=[one for one in handovers if one.line_id is None] if everybody else [],
            hand_over=may_hand_over(member, contract),
            seal=sealed[0] if sealed else None,
            seal_waits=team and signed and not sealed,
            stamp_waits=team and stamp_wanted() and any(not hasattr(copy, "stamped") for copy in sealed),
        )
    }


def copies_of(
    contract: CareContract, line: SignatureLine, handovers: list[Handover], *, mine: bool
) -> LineCopies:
    handed = [one for one in handovers if one.line_id == line.pk]
    said = any(one.how == HandingChoice.SPACE.value for one in handed)
    closed = contract.state in {"to_sign", "withdrawn"}
    return LineCopies(line=line, handed=handed, mine=mine, take=mine and not said and not closed)
