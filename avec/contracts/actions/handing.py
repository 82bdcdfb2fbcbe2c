"""Copies handed over, easy texts read again by people concerned, and the texts that stand beside the contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.careplan.models import CarePlan
from avec.documents.actions import store_file
from avec.people.journal import record
from avec.people.models import Person, today

from ..models import (
    BesideChoice,
    CareContract,
    HandingChoice,
    Handover,
    IndividualDocument,
    ProofReading,
    SignatureLine,
    TextBeside,
)
from ..policy import may_hand_over, may_note_reading, may_set_beside, signatory_of
from ..proof import imprint_of_row
from .after import AfterRefused


@transaction.atomic
def hand_over(
    contract: CareContract,
    *,
    to: str,
    on: date,
    how: HandingChoice,
    line: SignatureLine | None = None,
    document: IndividualDocument | None = None,
    by: Member,
) -> Handover:
    """Write down that a copy was handed over. Raises AfterRefused.

    `line`: the signatory who received it; `document`: when it is the individual document.
    """
    contract = CareContract.objects.select_related("person").get(pk=contract.pk)
    require(may_hand_over(by, contract))
    require(line is None or line.contract_id == contract.pk)
    require(document is None or document.contract_id == contract.pk)
    issued = timezone.localdate(document.at if document else contract.issued_at)
    if not issued <= on <= today():
        raise AfterRefused(_("Écrivez un jour entre l’écriture de ce texte et aujourd’hui."))
    if not to.strip():
        raise AfterRefused(_("Écrivez à qui la copie est remise."))
    handed = Handover.objects.create(
        contract=contract, line=line, relative=line.relative if line else None,
        to=to.strip(), on=on, how=how.value, document=document, by=by,
    )  # fmt: skip
    record(
        "contract.handed_over",
        handed,
        by=by,
        person=contract.person,
        how=handed.how,
        imprint=imprint_of_row(handed),
    )
    return handed


@transaction.atomic
def take_copy(line: SignatureLine, *, by: Member) -> Handover:
    """The signatory says from their own space that they have their copy: said once, the first time."""
    contract = (
        CareContract.objects.select_for_update(of=("self",)).select_related("person").get(pk=line.contract_id)
    )
    line.contract = contract
    require(signatory_of(line) == by and contract.state not in {"withdrawn", "to_sign"})
    known = Handover.objects.filter(line=line, how=HandingChoice.SPACE.value).first()
    if known is not None:
        return known
    handed = Handover.objects.create(
        contract=contract, line=line, relative=line.relative,
        to=line.name, on=today(), how=HandingChoice.SPACE.value, by=by,
    )  # fmt: skip
    record(
        "contract.handed_over",
        handed,
        by=by,
        person=contract.person,
        how=handed.how,
        imprint=imprint_of_row(handed),
    )
    return handed


@dataclass(frozen=True)
class Reread:
    """What people concerned said of an easy text, known by its print (rules.easy_print)."""

    easy_print: str
    readers: str
    read_on: date
    clear: bool
    remarks: str = ""
    agreed: bool = False


@transaction.atomic
def note_reading(plan: CarePlan, reread: Reread, *, by: Member) -> ProofReading:
    """Write down who read the easy text again, when, and whether all is clear. Raises AfterRefused."""
    person = Person.objects.select_related("establishment").get(pk=plan.person_id)
    require(may_note_reading(by, person))
    if not reread.readers.strip():
        raise AfterRefused(_("Écrivez qui a relu."))
    if not reread.agreed:
        raise AfterRefused(
            _("Ce texte parle de quelqu’un\u00a0: il faut son accord pour que d’autres le lisent.")
        )
    if reread.read_on > today():
        raise AfterRefused(_("Écrivez le jour de la relecture\u00a0: il ne peut pas être à venir."))
    if not reread.clear and not reread.remarks.strip():
        raise AfterRefused(_("Écrivez ce qui n’est pas clair."))
    kept = ProofReading.objects.create(
        person=person,
        establishment_id=person.establishment_id,
        plan=plan,
        easy_print=reread.easy_print,
        readers=reread.readers.strip(),
        agreed=reread.agreed,
        read_on=reread.read_on,
        clear=reread.clear,
        remarks=reread.remarks.strip(),
        by=by,
    )
    record("contract.reread", kept, by=by, person=person, clear=reread.clear, imprint=imprint_of_row(kept))
    return kept


@transaction.atomic
def set_beside(
    person: Person,
    kind: BesideChoice,
    *,
    dated_on: date,
    words: str = "",
    level: str,
    document: Mapping[str, Any] | None = None,
    by: Member,
) -> TextBeside:
    """Say that a stay contract or a programme of care exists; `document`: its file, as store_file takes it.

    Raises FileRefused, AfterRefused.
    """
    require(may_set_beside(by, person))
    if dated_on > today():
        raise AfterRefused(_("Écrivez la date de ce texte\u00a0: elle ne peut pas être à venir."))
    if document is None and not words.strip():
        raise AfterRefused(_("Donnez le fichier, ou écrivez où ce texte est gardé."))
    file = (
        store_file(**document, establishment_id=person.establishment_id, subject_id=person.pk)
        if document is not None
        else None
    )
    text = TextBeside.objects.create(
        person=person, establishment_id=person.establishment_id, kind=kind.value, dated_on=dated_on,
        words=words.strip(), level=level, file=file, written_by=by,
    )  # fmt: skip
    record("text_beside.written", text, by=by, person=person, kind=kind.value)
    return text


@transaction.atomic
def cancel_beside(text: TextBeside, *, by: Member) -> None:
    """Written by mistake: it stays in the journal, and no longer shows."""
    text = TextBeside.objects.select_for_update(of=("self",)).select_related("person").get(pk=text.pk)
    require(may_set_beside(by, text.person) and text.cancelled_at is None)
    text.cancelled_by, text.cancelled_at = by, timezone.now()
    text.save(update_fields=["cancelled_by", "cancelled_at"])
    record("text_beside.cancelled", text, by=by, person=text.person)
