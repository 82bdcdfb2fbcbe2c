"""The time stamp that may follow a seal: when, said by whom, and whether it adds anything else.

It is the only thing that may come after a seal: one update, that holds the stamp and
nothing besides, and that covers the whole file. Who says the time is told apart from
whether the document holds: anybody can be an authority that nobody knows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509 as asn1_x509
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    GenericFieldModificationRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule
from pyhanko.sign.validation import validate_pdf_timestamp
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from avec.documents.envelope import chain_holds, common_name, fills_its_place, plain_stamp, within_validity

# As the library's own rule for a document that nobody may change, less what we never write:
# properties, data about revoked certificates, objects that nothing names.
ONLY_A_STAMP = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),  # type: ignore[no-untyped-call]
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(),  # type: ignore[no-untyped-call]
            SigFieldModificationRule(),
            GenericFieldModificationRule(),
        ]
    ),
    ignore_orphaned_objects=False,
)


@dataclass(frozen=True)
class Stamp:
    """When the document existed, as somebody says; `known`: an authority that we were told to believe."""

    at: datetime
    by: str
    known: bool


def stamp_of(stamp: Any, seal: Any, pdf: bytes, clocks: Iterable[bytes]) -> Stamp | None:
    """What the stamp says, or None when it proves nothing."""
    leaf, others = stamp.signer_cert, stamp.other_embedded_certs
    at = stamp.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    sound = (
        holds(stamp, [leaf], at)
        and stamp.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and stamp.signed_revision == seal.signed_revision + 1
        and fills_its_place(stamp, pdf)
        and plain_stamp(stamp.signed_data)
        and within_validity(leaf, at)
        and chain_holds(leaf, others, closed=True)
    )
    if not sound:
        return None
    roots = [asn1_x509.Certificate.load(der) for der in clocks]
    return Stamp(at, common_name(leaf), bool(roots) and holds(stamp, roots, at))


def holds(stamp: Any, roots: list[Any], at: datetime) -> bool:
    """The library's judgement, if these were believed. A certificate that expired since was good that day."""
    context = ValidationContext(
        trust_roots=roots, other_certs=list(stamp.other_embedded_certs), allow_fetching=False, moment=at
    )
    status = validate_pdf_timestamp(stamp, context)
    return bool(status.valid and status.intact and status.trusted)
