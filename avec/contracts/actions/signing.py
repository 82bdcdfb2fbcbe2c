"""Choosing: each signatory on their own line, from their space, on a shared device in the room, or on paper.

No choice is an error and none blocks care. When everybody that the contract waits for has signed, it
is in force and the plan carries the agreements. A line takes one final choice: the database keeps the rule.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.documents.actions import store_file
from avec.people.journal import record
from avec.people.models import today

from ..choosing import Choice, held_line, keep_choice, refuse_former, still_open, told
from ..models import CareContract, PaperScan, Signature, SignatureLine, State
from ..policy import may_attest, may_host, may_sign, may_sign_here, signatory_of
from ..proof import CHOSEN, imprint_of_row
from ..rules import SigningRefused, Way


@transaction.atomic
def sign_line(line: SignatureLine, choice: Choice, *, method: str, by: Member) -> Signature:
    """Record the signatory's choice on their own line, from their own space.

    `method`: how they proved again who they are. Raises SigningRefused, with a sentence, when the choice
    cannot be taken as it is.
    """
    line = held_line(line)
    require(signatory_of(line) == by)
    still_open(line)
    require(may_sign(by, line))
    signature = keep_choice(line, replace(choice, witness_name="", drawn=()), Way.OWN, method=method, by=by)
    record(CHOSEN, signature, by=by, person=line.contract.person, **told(signature))
    return signature


@transaction.atomic
def open_room(contract: CareContract, there: Sequence[SignatureLine], *, by: Member) -> None:
    """The device of somebody of the team goes round: who was there, and that nothing else was open on it."""
    require(may_host(by, contract))
    require(all(line.contract_id == contract.pk for line in there))
    record(
        "contract.gathered", contract, by=by, person=contract.person, there=[str(line.pk) for line in there]
    )


@transaction.atomic
def sign_here(line: SignatureLine, choice: Choice, *, method: str, host: Member, by: Member) -> Signature:
    """The signatory chose on the device of somebody of the team (`host`), and proved who they are there."""
    line = held_line(line)
    require(signatory_of(line) == by)
    still_open(line)
    require(may_sign_here(by, line, host=host))
    signature = keep_choice(line, choice, Way.ROOM, method=method, by=by, witness=host)
    record(CHOSEN, signature, by=by, person=line.contract.person, **told(signature))
    return signature


@transaction.atomic
def attest_choice(line: SignatureLine, choice: Choice, *, by: Member) -> Signature:
    """Write down what a signatory chose in front of oneself: it is said so, with the name of who attests."""
    line = held_line(line)
    require(may_attest(by, line) or line.contract.state != State.TO_SIGN.value)
    still_open(line)
    signature = keep_choice(line, choice, Way.ROOM, method="witness", by=by, witness=by)
    record(CHOSEN, signature, by=by, person=line.contract.person, **told(signature))
    return signature


@transaction.atomic
def scan_paper(
    contract: CareContract,
    *,
    title: str,
    content_type: str,
    content: bytes,
    pages: int,
    signed_on: date,
    by: Member,
) -> PaperScan:
    """Keep the signed paper of this very version. Raises FileRefused, SigningRefused."""
    contract = (
        CareContract.objects.select_for_update(of=("self",)).select_related("person").get(pk=contract.pk)
    )
    refuse_former(contract)
    require(may_host(by, contract))
    if not timezone.localdate(contract.issued_at) <= signed_on <= today():
        raise SigningRefused(
            _(
                "Le papier se signe entre le jour où ce texte est écrit et aujourd’hui\u00a0: vérifiez la date."
            )
        )
    file = store_file(
        title=title,
        content_type=content_type,
        content=content,
        establishment_id=contract.establishment_id,
        subject_id=contract.person_id,
    )
    scan = PaperScan.objects.create(contract=contract, file=file, pages=pages, signed_on=signed_on, by=by)
    record(
        "contract.scanned",
        scan,
        by=by,
        person=contract.person,
        contract=str(contract.pk),
        sha256=file.sha256,
        imprint=imprint_of_row(scan),
    )
    return scan


@transaction.atomic
def choose_on_paper(line: SignatureLine, choice: Choice, scan: PaperScan, *, by: Member) -> Signature:
    """Write down what the paper says of one line: the paper, scanned back, is its proof."""
    line = held_line(line)
    require(may_attest(by, line) or line.contract.state != State.TO_SIGN.value)
    require(scan.contract_id == line.contract_id)
    still_open(line)
    signature = keep_choice(line, choice, Way.PAPER, method="paper", by=by, witness=by, scan=scan)
    record(CHOSEN, signature, by=by, person=line.contract.person, **told(signature))
    return signature
