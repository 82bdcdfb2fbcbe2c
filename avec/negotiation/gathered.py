"""The tables where one member sits, with what waits for them at each: two queries, however many tables."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, UUIDField

from avec.accounts.models import Member

from .models import Move, Negotiation, Party
from .rules import Move as Plain
from .rules import Table, Verb, replay
from .rules.waiting import Waiting, waits_of


@dataclass(frozen=True)
class Seated:
    """One negotiation, and what waits there for its reader. `party`: their seat's key, "" without one."""

    negotiation: Negotiation
    party: str
    waits: list[Waiting]


def with_my_seat(negotiations: QuerySet[Negotiation], member: Member) -> QuerySet[Negotiation, Any]:
    """The same, each with `my_seat`: where this member sits, None elsewhere."""
    own = Q(professional=member) | Q(relative__member=member)
    own |= Q(voice="person", negotiation__person__member=member)
    seats = Party.objects.filter(own, negotiation=OuterRef("pk"), left_at__isnull=True)
    # A key read through a subquery comes as text on SQLite unless its type is said.
    return negotiations.annotate(my_seat=Subquery(seats.values("pk")[:1], output_field=UUIDField()))


def seated(negotiations: Iterable[Any]) -> list[Seated]:
    """What waits at each of these negotiations, read with `with_my_seat`."""
    rows = list(negotiations)
    tables = tables_of([row.pk for row in rows if row.my_seat and not row.is_concluded])
    found = []
    for row in rows:
        table, party = tables.get(row.pk), str(row.my_seat or "")
        found.append(Seated(row, party, waits_of(table, party) if table else []))
    return found


def tables_of(negotiations: list[UUID]) -> dict[UUID, Table]:
    """Each table as its moves tell it. The words stay in the database: what waits does not depend on them."""
    if not negotiations:
        return {}
    rows = Move.objects.filter(negotiation__in=negotiations).order_by("negotiation", "number")
    moves: dict[UUID, list[Plain]] = defaultdict(list)
    for pk, number, verb, party, point, about, detail in rows.values_list(
        "negotiation_id", "number", "verb", "party_id", "point_id", "about", "detail"
    ):
        key = (str(party or ""), str(point or ""))
        moves[pk].append(Plain(Verb(verb), number, *key, about=about, words=SAID, detail=detail))
    return {pk: replay(told) for pk, told in moves.items()}


# Stands for words that nobody reads here.
SAID = "…"
