"""The time stamp that may follow a seal: when, said by whom, and whether it adds anything else.

It is the only thing that may come after a seal: one update, that holds the stamp and
nothing besides, and that covers the whole file. Who says the time is told apart from
whether the document holds: anybody can be an authority that nobody knows.
"""

import contextlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils import generic
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
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

# What the field and the value of a stamp hold, and nothing that could be shown or run.
FIELD = frozenset({"/FT", "/T", "/TU", "/Type", "/Subtype", "/F", "/Rect", "/P", "/V"})
VALUE = frozenset({"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange"})
# What says where a file's tables are, and names the file: the rest of it is what it shows.
ITS_OWN = frozenset({"/Prev", "/Size", "/ID"})
OUT_OF_SIGHT = [-9999.0] * 4


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


# ── What an update holds ────────────────────────────────────────────────────


class OnlyAStamp(StandardDiffPolicy):
    """Tells at once the update that we write ourselves; any other is for the library to judge."""

    def review_file(self, reader: Any, base_revision: Any, *told: Any, **more: Any) -> Any:
        # What is not written as we do may lack anything.
        with contextlib.suppress(KeyError, IndexError, AttributeError, TypeError, ValueError):
            if is_ours(reader, base_revision):
                return DiffResult(ModificationLevel.LTA_UPDATES, set())
        return super().review_file(reader, base_revision, *told, **more)


# As the library's own rule for a document that nobody may change, less what we never write:
# properties, data about revoked certificates, objects that nothing names.
ONLY_A_STAMP = OnlyAStamp(
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


def is_ours(reader: Any, revision: int) -> bool:
    """One update, of four objects: a field, its value, and the two lists that name the field at their end.

    An update changes the objects that it names and no other: where these are as they were, all is.
    """
    before, last = reader.get_historical_resolver(revision), revision + 1
    form = reader.root.raw_get("/AcroForm")
    named = raw(reader.root["/AcroForm"]["/Fields"])[-1]
    field = named.get_object()
    four = [form, named, field.raw_get("/P"), field.raw_get("/V")]
    if not all(isinstance(one, generic.IndirectObject) for one in four):
        return False
    form, named, page, value = (one.reference for one in four)
    return (
        reader.xrefs.total_revisions == last + 1
        and not reader.xrefs.refs_freed_in_revision(last)
        and set(reader.xrefs.explicit_refs_in_revision(last)) == {form, named, page, value}
        and all(before.is_ref_unassignable(new) for new in (named, value))
        and set(field) == FIELD
        and set(value.get_object()) == VALUE
        and [float(edge) for edge in field["/Rect"]] == OUT_OF_SIGHT
        and names_one_more(reader, before, form, "/Fields", named)
        and names_one_more(reader, before, page, "/Annots", named)
        and writing(reader.trailer_view, ITS_OWN) == writing(before.trailer_view, ITS_OWN)
    )


def names_one_more(reader: Any, before: Any, holder: Any, key: str, named: Any) -> bool:
    """The same object as before, but for its list, that has this one more."""
    then, now = before.get_object(holder), reader.get_object(holder)
    was, lists = then.get(key), now.raw_get(key)
    if not isinstance(was, generic.ArrayObject) or not isinstance(lists, generic.ArrayObject):
        return False
    *same, last = raw(lists)
    return bool(
        last.reference == named
        and [writing(one) for one in same] == [writing(one) for one in raw(then.raw_get(key))]
        and writing(now, {key}) == writing(then, {key})
    )


def raw(array: Any) -> list[Any]:
    """What is written in it: the names of objects, not the objects."""
    return [array.raw_get(place) for place in range(len(array))]


def writing(value: Any, but: Collection[str] = ()) -> bytes:
    """The value as it would be written, without these keys."""
    if but:
        kept = {key: value.raw_get(key) for key in value if key not in but}
        value = generic.DictionaryObject(kept)  # type: ignore[no-untyped-call]
    out = BytesIO()
    value.write_to_stream(out)
    return out.getvalue()
