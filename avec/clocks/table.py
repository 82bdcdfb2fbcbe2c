"""The table of deadlines of an establishment: its rows, or those of the shipped profile while nobody changed it.

The shipped rows have the keys they will have once written, so that a page may
speak of a row before it is in the database.
"""

from typing import Any
from uuid import UUID, uuid5

from .models import Deadline, ProfileChoice, Timetable
from .rules import PROFILES, Row

SPACE = UUID("5b0c3a52-7d3e-4b8e-9b1e-0f6f2c7a9d41")


def key_of(establishment_id: UUID, code: str) -> UUID:
    return uuid5(SPACE, f"{establishment_id}:{code}")


def fields_of(row: Row) -> dict[str, Any]:
    """A shipped row as the columns of the table."""
    return {
        "label": row.label,
        "source": row.source,
        "weight": row.weight.value,
        "anchor": row.anchor.value,
        "count": row.offset.count,
        "span": row.offset.span.value,
        "before": row.offset.before,
        "evidence": row.evidence.value,
        "applies": row.applies.value,
        "warn_days": row.warn_days,
        "to_check": row.to_check,
        "active": row.active,
    }


def shipped_fields(profile: str) -> dict[str, dict[str, Any]]:
    """The columns of each row of a profile, by code, in its place."""
    rows = PROFILES[profile].rows
    return {row.code: fields_of(row) | {"order": (place + 1) * 10} for place, row in enumerate(rows)}


def shipped(establishment_id: UUID, profile: str) -> list[Deadline]:
    """The rows of a profile for this establishment, not written."""
    return [
        Deadline(pk=key_of(establishment_id, code), establishment_id=establishment_id, code=code, **fields)
        for code, fields in shipped_fields(profile).items()
    ]


def table_of(establishment_id: UUID) -> list[Deadline]:
    """Every row, the retired ones too, in order. One query."""
    written = list(Deadline.objects.of(establishment_id).select_related("revised_by"))
    return written or shipped(establishment_id, ProfileChoice.FRANCE.value)


def profile_of(establishment_id: UUID) -> str:
    kept = Timetable.objects.filter(establishment_id=establishment_id).values_list("profile", flat=True)
    return kept.first() or ProfileChoice.FRANCE.value


def write_table(establishment_id: UUID) -> None:
    """Put the shipped rows in the database, once, before the first change. Inside an action's transaction."""
    Timetable.objects.get_or_create(establishment_id=establishment_id)
    if not Deadline.objects.of(establishment_id).exists():
        Deadline.objects.bulk_create(
            shipped(establishment_id, profile_of(establishment_id)), ignore_conflicts=True
        )
