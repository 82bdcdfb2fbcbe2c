"""What an open page asks every two seconds, in two queries that are written once and asked each time.

They are the querysets of everybody (`visible_to`): who reads is decided as
everywhere, in the database, at each question. Only their writing as SQL is
kept, which takes ten times longer than the answer.
"""

import zoneinfo
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from avec.accounts.models import Member
from avec.people.models import today

from .models import Negotiation

# As many questions as are kept by one process: pages open at the same time.
KEPT = 2048
# All that `visible_to` looks at of a member who is active, in the order of the table; a test holds it to this.
LOOKED_AT = ["id", "establishment_id", "role", "active_until"]


@dataclass(frozen=True)
class Question:
    """A query as the database reads it."""

    sql: str
    params: tuple[Any, ...]

    def rows(self) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            return list(cursor.fetchall())


def written(queryset: QuerySet[Any, Any]) -> Question | None:
    """The query of a queryset; None when it can have no row."""
    try:
        sql, params = queryset.query.get_compiler("default").as_sql()
    except EmptyResultSet:
        return None
    return Question(sql, tuple(params))


@lru_cache(maxsize=KEPT)
def who_asks(member: str, session: str) -> Question | None:
    """This member, if they are still there and their account open, in a session that has not ended."""
    alive = Session.objects.filter(session_key=session, expire_date__gt=Now())
    here = Q(active_until__isnull=True) | Q(active_until__gt=Now())
    found = Member.objects.filter(here, Exists(alive), pk=member, user__is_active=True)
    return written(found.order_by().values_list("role", "establishment_id", "establishment__time_zone"))


@lru_cache(maxsize=KEPT)
def which_version(member: str, role: str, house: str, table: UUID, day: date) -> Question | None:
    """The version of this table, if this member reads it on this day."""
    assert day == today()
    asking = Member.from_db("default", LOOKED_AT, [UUID(member), UUID(house), role, None])
    return written(asked_by(asking, table))


def asked_by(member: Member, table: UUID) -> QuerySet[Negotiation, Any]:
    return Negotiation.objects.visible_to(member).filter(pk=table).order_by().values_list("version")


def is_there(member: str, session: str) -> tuple[str, str, str] | None:
    """The role, the house and the time zone of a member who may ask; None when they may not, or no more."""
    question = who_asks(member, session)
    rows = question.rows() if question else []
    return (rows[0][0], str(UUID(str(rows[0][1]))), rows[0][2]) if rows else None


def version_for(member: str, found: tuple[str, str, str], table: UUID) -> int | None:
    """The number of the last move of this table; None when it is not open to this member."""
    role, house, zone = found
    # A mandate ends at midnight where the house is.
    with timezone.override(zoneinfo.ZoneInfo(zone)):
        question = which_version(member, role, house, table, today())
    rows = question.rows() if question else []
    return int(rows[0][0]) if rows else None
