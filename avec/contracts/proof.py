"""What the journal knows of a contract: written when it is issued and at each choice, checked by `avec verify`.

The journal's codes are made with a key that the database does not hold. Whoever
writes in the database past its triggers changes a contract, a line or a
signature; they cannot make the journal say so.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext as _

from avec.audit.models import Entry
from avec.documents.rules import fingerprint

from .models import CareContract, Signature, SignatureLine, State
from .rules import ContractState, Outcome, Waited, Way, next_state

ISSUED, CHOSEN = "contract.issued", "contract.chosen"
WITHDRAWN, ENDED = "contract.withdrawn", "contract.ended"
CONTRACTS = (
    "carecontract",
    "clause",
    "clauseorigin",
    "signatureline",
    "signature",
    "sealedcopy",
    "paperscan",
    "stampedcopy",
    "proofreading",
    "handover",
    "individualdocument",
    "individualcopy",
    "nextstep",
    "contractend",
)
JOURNAL = ("audit_entry", "audit_seal", "audit_sealing", "documents_storedfile", "documents_filecontent")
# A contract only goes forward, and nothing joins it once somebody chose (migrations/0004).
ORDER = {
    "contracts_carecontract_no_return",
    "contracts_signature_no_late",
    "contracts_signatureline_no_late",
}
# What each state says of the required choices; a withdrawn version says nothing.
MADE_BY = {
    State.TO_SIGN.value: ContractState.TO_SIGN,
    State.IN_FORCE.value: ContractState.IN_FORCE,
    State.SUPERSEDED.value: ContractState.IN_FORCE,
    State.ENDED.value: ContractState.IN_FORCE,
    State.REFUSED.value: ContractState.REFUSED,
}


def imprint_of_lines(lines: list[SignatureLine]) -> str:
    """Who is asked to sign, in which capacity."""
    fields = ("order", "voice", "name", "capacity", "required")
    # Left out where empty: what the journal said before these columns existed still holds.
    later = ("signatory", "one_of")
    rows = [
        {name: getattr(line, name) for name in fields}
        | {"member": str(line.member_id or ""), "relative": str(line.relative_id or "")}
        | {name: getattr(line, name) for name in later if getattr(line, name)}
        for line in sorted(lines, key=lambda line: line.order)
    ]
    return fingerprint({"lines": rows})


def imprint_of_choice(choice: Signature) -> str:
    """Everything that somebody chose, and how they were recognised."""
    fields = ("outcome", "words", "rights_read", "choices", "method", "reading", "fingerprint")
    about = {
        "line": str(choice.line_id),
        "by": str(choice.by_id),
        "at": choice.at.astimezone(UTC).isoformat(),
    }
    if choice.way != Way.OWN.value or choice.witness_id or choice.scan_id:
        about |= {
            "way": choice.way,
            "witness": str(choice.witness_id or ""),
            "scan": str(choice.scan_id or ""),
        }
    if choice.witness_name:
        about["witness_name"] = choice.witness_name
    if choice.come_back_on:
        about["come_back_on"] = choice.come_back_on.isoformat()
    more = {"drawn": choice.drawn} if choice.drawn else {}
    return fingerprint({name: getattr(choice, name) for name in fields} | about | more)


def imprint_of_row(row: Model, *, without: Collection[str] = ("id",)) -> str:
    """Everything that a row says, to be able to tell that it was changed.

    What is empty is left out: a column added later, empty on former rows, does not move their imprint.
    """
    fields = [field for field in row._meta.concrete_fields if field.name not in without]
    said = {field.attname: _plain(getattr(row, field.attname)) for field in fields}
    return fingerprint({name: value for name, value in said.items() if value})


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return "" if value is None else str(value)


# What moves, and what its own fingerprint says already.
TOLD_APART = ("state", "content")


def faults_of(contract: CareContract) -> Iterator[str]:
    """What the journal cannot account for in one contract."""
    lines = list(contract.lines.prefetch_related("signatures"))
    choices = {str(choice.pk): choice for line in lines for choice in line.signatures.all()}
    issued = Entry.objects.filter(verb=ISSUED, object_id=str(contract.pk)).first()
    if issued is None:
        yield _("le journal ne dit pas qu’il a été proposé")
    elif "fingerprint" in issued.detail and (
        issued.detail["fingerprint"] != contract.fingerprint
        or issued.detail["lines"] != imprint_of_lines(lines)
    ):
        yield _("son texte ou ses signataires ne sont pas ceux qui ont été proposés")
    elif issued.detail.get("row", row := imprint_of_row(contract, without=TOLD_APART)) != row:
        yield _("ses dates, son partage ou sa version ne sont pas ceux qui ont été proposés")
    if any(choice.fingerprint != contract.fingerprint for choice in choices.values()):
        yield _("une signature porte sur un autre texte")
    known = Entry.objects.filter(verb=CHOSEN, person_id=contract.person_id)
    chosen = {entry.object_id: entry.detail for entry in known}
    for pk, choice in choices.items():
        if pk not in chosen:
            yield _("une signature n’est pas dans le journal")
        elif chosen[pk].get("imprint", imprint_of_choice(choice)) != imprint_of_choice(choice):
            yield _("une signature a été changée")
    for pk, detail in chosen.items():
        if detail.get("contract") == str(contract.pk) and pk not in choices:
            yield _("une signature a été retirée")
    waited = [(list(line.signatures.all()), line.one_of) for line in lines if line.required]
    made = next_state(
        [Waited(Outcome(found[-1].outcome) if found else None, group) for found, group in waited]
    )
    if contract.state != State.WITHDRAWN.value and MADE_BY[contract.state] != made:
        yield _("son état n’est pas celui que font les signatures")
    elif contract.state != state_told(contract):
        yield _("son état n’est pas celui que dit le journal")


def state_told(contract: CareContract) -> str:
    """The state that the journal and the versions after this one make, from the one of its signatures."""
    if Entry.objects.filter(verb=WITHDRAWN, object_id=str(contract.pk)).exists():
        return State.WITHDRAWN.value
    if Entry.objects.filter(verb=ENDED, object_id=str(contract.pk)).exists():
        return State.ENDED.value
    replaced = (State.IN_FORCE.value, State.SUPERSEDED.value, State.ENDED.value)
    if contract.amendments.filter(state__in=replaced).exists():
        return State.SUPERSEDED.value
    unsettled = {State.WITHDRAWN.value: "", State.SUPERSEDED.value: "", State.ENDED.value: ""}
    return unsettled.get(contract.state, contract.state)


def missing_guards() -> list[str]:
    """The triggers that should refuse any change, and are not there or are asleep."""
    if connection.vendor == "postgresql":
        names = {"contracts": ("change", "delete", "truncate"), "journal": ("change", "truncate")}
        awake = "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'"
    else:
        names = {"contracts": ("change", "delete", "replace"), "journal": ("update", "delete", "replace")}
        awake = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    expected = {f"contracts_{table}_no_{name}" for table in CONTRACTS for name in names["contracts"]}
    expected |= {f"{table}_no_{name}" for table in JOURNAL for name in names["journal"]}
    expected |= ORDER
    with connection.cursor() as cursor:
        cursor.execute(awake)
        return sorted(expected - {name for (name,) in cursor.fetchall()})
