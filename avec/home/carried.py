"""Short lists carried by the row of another query, as JSON: the record asks one question for its plan and for them.

A list read so is short (a person has a few negotiations, a few refusals), and is told here: keys, days and moments
come back as what they were, whichever the database.
"""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, JSONField, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date, parse_datetime


class Listed(Aggregate):
    """The rows of a group as one JSON list; their order is not said."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


def carried(rows: Any, *names: str) -> Subquery:
    """These columns of these rows, all of one person, as a column of the query of their plan."""
    grouped = (
        rows.order_by().values("person").annotate(all=Listed(JSONObject(**{name: name for name in names})))
    )
    return Subquery(grouped.values("all"), output_field=JSONField())


def key(value: Any) -> UUID | None:
    return UUID(str(value)) if value else None


def day(value: Any) -> date | None:
    return parse_date(str(value)) if value else None


def moment(value: Any) -> datetime | None:
    """SQLite keeps moments in universal time, and does not say so."""
    found = parse_datetime(str(value)) if value else None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found
