"""A signed paper that comes back: the sheet, scanned, and what it says of each line, written at once or not at all.

The code read on the paper says of which version it is. A professional's line is never written in from paper:
they sign from their own space.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record

from ..choosing import Choice, settle, still_open, told, write_choice
from ..holding import held_contract
from ..models import CareContract, PaperScan, SignatureLine, State
from ..papers import refuse_unseen_mark, wrong_code
from ..policy import may_attest
from ..proof import CHOSEN
from ..rules import SigningRefused, Way, same_code
from .signing import scan_paper


class WrongCode(SigningRefused):
    """The paper is of another text than the version that is open."""


class LineRefused(SigningRefused):
    """What the paper says of one line cannot be taken as it is."""

    def __init__(self, line: SignatureLine, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Paper:
    """A scan as it was received, the day it was signed, and the code read at the foot of its sheets."""

    title: str
    content_type: str
    content: bytes
    pages: int
    signed_on: date
    code: str


@transaction.atomic
def enter_paper(
    contract: CareContract, paper: Paper, choices: Mapping[SignatureLine, Choice], *, by: Member
) -> PaperScan:
    """Keep the paper and every choice that it holds. Raises FileRefused, WrongCode, LineRefused, SigningRefused."""
    if not same_code(paper.code, contract.fingerprint):
        raise WrongCode(wrong_code(contract, paper.code, by))
    if not choices:
        raise SigningRefused(_("Dites ce qui est écrit sur le papier, pour une personne au moins."))
    scan = scan_paper(
        contract,
        title=paper.title,
        content_type=paper.content_type,
        content=paper.content,
        pages=paper.pages,
        signed_on=paper.signed_on,
        by=by,
    )
    contract = held_contract(contract)
    lines = contract.lines.select_related("member", "relative__member").in_bulk()
    for asked, choice in choices.items():
        require(asked.pk in lines)
        line = lines[asked.pk]
        line.contract = contract
        require(may_attest(by, line) or contract.state != State.TO_SIGN.value)
        try:
            still_open(line)
            refuse_unseen_mark(choice, [other.name for other in lines.values()])
            signature = write_choice(line, choice, Way.PAPER, method="paper", by=by, witness=by, scan=scan)
        except SigningRefused as refusal:
            raise LineRefused(asked, str(refusal)) from None
        record(CHOSEN, signature, by=by, person=contract.person, **told(signature))
    # Once for all: the refusal of one leaves what the others wrote on the same sheet.
    settle(contract, by=by)
    return scan
