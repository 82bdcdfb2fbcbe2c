"""What followed a version, row by row, as the journal says it: copies handed over, papers, what came next, its end.

A row from before the journal kept its imprint is only looked for.
"""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Model

from avec.audit.models import Entry

from .models import ContractEnd, Handover, IndividualDocument, NextStep, PaperScan, ProofReading
from .proof import ENDED, imprint_of_row
from .proof_files import Fault

# What the journal calls each, the table, the way to its establishment, and its name for who reads the report.
ROWS: tuple[tuple[str, type[Model], str, str], ...] = (
    ("contract.handed_over", Handover, "contract__establishment", "copie remise"),
    ("contract.scanned", PaperScan, "contract__establishment", "papier"),
    ("contract.followed", NextStep, "contract__establishment", "suite d’un refus"),
    ("contract.individual", IndividualDocument, "contract__establishment", "document individuel"),
    ("contract.reread", ProofReading, "establishment", "relecture"),
    (ENDED, ContractEnd, "contract__establishment", "fin de contrat"),
)


def faults_of_rows(establishment_id: UUID) -> Iterator[Fault]:
    for verb, model, path, what in ROWS:
        lines = Entry.objects.filter(verb=verb, establishment_id=establishment_id)
        said = {entry.object_id: entry.detail for entry in lines}
        rows = {str(row.pk): row for row in model._default_manager.filter(**{path: establishment_id})}
        for pk, row in rows.items():
            if pk not in said:
                yield Fault(what, pk, "le journal n’en dit rien")
            elif said[pk].get("imprint", imprint := imprint_of_row(row)) != imprint:
                yield Fault(what, pk, "ce n’est pas ce que dit le journal")
        for pk in said.keys() - rows.keys():
            yield Fault(what, pk, "la ligne a été retirée")
