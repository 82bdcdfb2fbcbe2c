"""What is kept as files beside a contract, proved one by one: sealed copies, stamped ones, papers, individual documents.

A sealed file proves itself; the journal says which files there were, and with which hash.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model

from avec.audit.models import Entry
from avec.documents.actions import file_bytes
from avec.documents.models import FileContent, StoredFile
from avec.documents.seal import verify_pdf

from .models import CareContract, IndividualCopy, IndividualDocument, PaperScan, SealedCopy, StampedCopy


@dataclass(frozen=True)
class Fault:
    """`copy`: a sealed file, counted as such."""

    what: str
    pk: str
    said: str
    copy: bool = False


# What the journal calls each, the table, the way to its contract, and its name for who reads the report.
SEALED: tuple[tuple[str, type[Model], str, str], ...] = (
    ("contract.sealed", SealedCopy, "contract", "copie"),
    ("contract.stamped", StampedCopy, "copy__contract", "copie horodatée"),
    ("individual.sealed", IndividualCopy, "document__contract", "copie du document individuel"),
)


def faults_of_files(establishment_id: UUID) -> Iterator[Fault]:
    for verb, model, path, what in SEALED:
        rows = _rows(model, path, establishment_id, path, "file")
        for row in rows.values():
            if not is_its_copy(row.file, contract_of(row, path)):
                yield Fault(what, str(row.pk), "le fichier a été changé", copy=True)
        yield from journaled(verb, rows, what, establishment_id)
    scans = _rows(PaperScan, "contract", establishment_id, "file")
    for scan in scans.values():
        if not is_as_received(scan.file):
            yield Fault("papier", str(scan.pk), "le fichier a été changé")
    yield from journaled("contract.scanned", scans, "papier", establishment_id)
    documents = _rows(IndividualDocument, "contract", establishment_id, "contract")
    said = prints_in_journal("contract.individual", establishment_id, "fingerprint")
    for pk, document in documents.items():
        if document.fingerprint != document.contract.fingerprint or said.get(pk) != document.fingerprint:
            yield Fault("document individuel", pk, "son texte n’est pas celui du contrat proposé")
    for pk in said.keys() - documents.keys():
        yield Fault("document individuel", pk, "il a été retiré")


def _rows(model: type[Model], path: str, establishment_id: UUID, *related: str) -> dict[str, Any]:
    found = model._default_manager.filter(**{f"{path}__establishment_id": establishment_id})
    return {str(row.pk): row for row in found.select_related(*related)}


def contract_of(row: Any, path: str) -> CareContract:
    for step in path.split("__"):
        row = getattr(row, step)
    contract: CareContract = row
    return contract


def journaled(verb: str, rows: dict[str, Any], what: str, establishment_id: UUID) -> Iterator[Fault]:
    """Each file is the one that the journal says, and none that it says is gone."""
    said = prints_in_journal(verb, establishment_id, "sha256")
    for pk, row in rows.items():
        if pk not in said:
            yield Fault(what, pk, "le journal ne dit pas d’où vient ce fichier")
        elif said[pk] != row.file.sha256:
            yield Fault(what, pk, "ce n’est pas le fichier que dit le journal")
    for pk in said.keys() - rows.keys():
        yield Fault(what, pk, "le fichier a été retiré")


def prints_in_journal(verb: str, establishment_id: UUID, name: str) -> dict[str, str]:
    lines = Entry.objects.filter(verb=verb, establishment_id=establishment_id)
    return {entry.object_id: entry.detail.get(name, "") for entry in lines}


def is_its_copy(file: StoredFile, contract: CareContract) -> bool:
    """Intact, and the copy of this very text."""
    try:
        verdict = verify_pdf(file_bytes(file))
    except FileContent.DoesNotExist:
        return False
    said = (verdict.imprint or {}).get("fingerprint")
    return verdict.intact and verdict.sha256 == file.sha256 and said == contract.fingerprint


def is_as_received(file: StoredFile) -> bool:
    content = FileContent.objects.filter(pk=file.pk).first()
    return content is not None and hashlib.sha256(bytes(content.data)).hexdigest() == file.sha256


def counted_copies(establishment_id: UUID) -> int:
    return sum(
        model._default_manager.filter(**{f"{path}__establishment_id": establishment_id}).count()
        for _verb, model, path, _what in SEALED
    )
