"""The journal is written by one function and proved by another.

Every reading of a personal record and every change leaves a line. A reading
costs one insertion; seals are added with the next change, so that reading a
record never waits for somebody else's.
"""

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

from .models import Entry, Seal, Sealing
from .rules import GENESIS, Finding, seal_code


def line(
    verb: str,
    obj: Model,
    *,
    establishment_id: UUID,
    actor_id: UUID | None,
    person_id: UUID | None,
    purpose: str = "care",
    detail: dict[str, Any] | None = None,
) -> Entry:
    """A line of the journal with its code, not written yet. `detail`: identifiers and codes only."""
    entry = Entry(
        establishment_id=establishment_id,
        actor_id=actor_id,
        person_id=person_id,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        purpose=purpose,
        detail=detail or {},
    )
    entry.code = entry.expected_code()
    return entry


def record(verb: str, obj: Model, **about: Any) -> Entry:
    """Write one line: the same arguments as `line`."""
    entry = line(verb, obj, **about)
    entry.save(force_insert=True)
    return entry


def record_all(lines: Iterable[Entry]) -> None:
    """Write several lines at once: a page about many persons costs one insertion."""
    Entry.objects.bulk_create(lines)


def hold_establishment(establishment_id: UUID) -> None:
    """Let one transaction at a time extend an establishment's chain.

    SQLite has one writer already (BEGIN IMMEDIATE); PostgreSQL takes an advisory lock.
    """
    if connection.vendor == "postgresql":
        number = int.from_bytes(hashlib.sha256(establishment_id.bytes).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


@transaction.atomic
def seal_journal(establishment_id: UUID) -> Seal | None:
    """Chain the lines that no seal covers yet. Answers None when there are none."""
    hold_establishment(establishment_id)
    pending = list(Entry.objects.pending(establishment_id).values_list("pk", "code"))
    if not pending:
        return None
    last = Seal.objects.filter(establishment_id=establishment_id).order_by("-number").first()
    previous = last.code if last else GENESIS
    seal = Seal.objects.create(
        establishment_id=establishment_id,
        number=last.number + 1 if last else 1,
        count=len(pending),
        previous=previous,
        code=seal_code(settings.AVEC_JOURNAL_KEY, previous, (code for _, code in pending)),
    )
    Sealing.objects.bulk_create(
        Sealing(entry_id=pk, seal=seal, position=position) for position, (pk, _) in enumerate(pending, 1)
    )
    return seal


def verify_journal(establishment_id: UUID) -> list[Finding]:
    """Every line and every seal of an establishment, checked again from the start."""
    findings = []
    for entry in Entry.objects.filter(establishment_id=establishment_id).iterator(2000):
        if entry.code != entry.expected_code():
            findings.append(
                Finding(f"ligne {entry.pk}", "cette ligne a été changée ou n’a pas été écrite par Avec")
            )
    previous, number = GENESIS, 0
    for seal in Seal.objects.filter(establishment_id=establishment_id).order_by("number"):
        number += 1
        codes = list(seal.lines.order_by("position").values_list("entry__code", flat=True))
        if seal.number != number:
            findings.append(Finding(f"sceau {number}", "ce sceau manque"))
            number = seal.number
        if seal.previous != previous or len(codes) != seal.count:
            findings.append(Finding(f"sceau {seal.number}", "des lignes ou un sceau ont été retirés"))
        elif seal.code != seal_code(settings.AVEC_JOURNAL_KEY, previous, codes):
            findings.append(Finding(f"sceau {seal.number}", "des lignes ont été changées ou déplacées"))
        previous = seal.code
    return findings
