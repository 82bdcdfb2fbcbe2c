"""The table of a negotiation, read from the database: its parties, its points, its moves, and what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from avec.accounts.models import Member
from avec.people.models import today

from . import rules
from .models import Move, Negotiation, Party, Point
from .policy import has_seat
from .rules import Table, Verb


@dataclass
class Sitting:
    """A negotiation with everything on its table. Keys of the rules are primary keys as text."""

    negotiation: Negotiation
    parties: dict[str, Party]
    points: dict[str, Point]
    moves: list[Move]
    table: Table

    def party_of(self, key: object) -> Party | None:
        return self.parties.get(str(key))

    @property
    def at_table(self) -> list[Party]:
        return [self.parties[party.key] for party in self.table.at_table]

    @property
    def live_points(self) -> list[Point]:
        return [self.points[point.key] for point in self.table.live_points]

    def move_at(self, number: int) -> Move:
        return self.moves[number - 1]


def plain(move: Move, day: Any = None) -> rules.Move:
    """A stored move as the rules know it."""
    return rules.Move(
        verb=Verb(move.verb),
        number=move.number,
        party=str(move.party_id or ""),
        point=str(move.point_id or ""),
        about=move.about,
        words=move.words,
        detail=move.detail,
        day=day or move.at.date(),
    )


def sitting_of(negotiation: Negotiation) -> Sitting:
    """Everything on the table, in three queries whatever there is on it."""
    return sittings_of([negotiation])[0]


def sittings_of(negotiations: Sequence[Negotiation]) -> list[Sitting]:
    """Several tables, in the same three queries."""
    found = {one.pk: Sitting(one, {}, {}, [], Table()) for one in negotiations}
    for party in Party.objects.filter(negotiation__in=found).select_related("relative", "professional"):
        sitting = found[party.negotiation_id]
        party.negotiation = sitting.negotiation
        sitting.parties[str(party.pk)] = party
    for point in Point.objects.filter(negotiation__in=found).select_related("ground"):
        found[point.negotiation_id].points[str(point.pk)] = point
    for move in Move.objects.filter(negotiation__in=found).select_related("by"):
        found[move.negotiation_id].moves.append(move)
    for sitting in found.values():
        sitting.table = rules.replay(plain(move) for move in sitting.moves)
    return list(found.values())


def sit(negotiation: Negotiation) -> Sitting:
    """The same, for a move: one at a time. Call inside the action's transaction.

    Raises MoveRefused when it was concluded: somebody else may just have, and a late answer is told so, not
    refused as a stranger's move.
    """
    locked = (
        Negotiation.objects.select_for_update(of=("self",))
        .select_related("person__establishment", "plan", "facilitator")
        .get(pk=negotiation.pk)
    )
    if locked.is_concluded:
        raise rules.MoveRefused(rules.NOT_NOW[rules.Phase.CONCLUDED])
    locked.plan.person = locked.person
    return sitting_of(locked)


def lay(
    sitting: Sitting,
    verb: Verb,
    *,
    by: Member,
    party: Party | None = None,
    point: Point | None = None,
    about: int = 0,
    words: str = "",
    detail: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Move:
    """Check a move against the rules, then write it. Raises MoveRefused; the action decided who may.

    A point that the move puts on the table is written just before it, once the rules took it.
    """
    at = at or timezone.now()
    move = Move(
        negotiation=sitting.negotiation,
        number=sitting.table.number + 1,
        verb=verb.value,
        party=party,
        point=point,
        about=about,
        words=words.strip(),
        detail=dict(detail or {}),
        aloud=party is not None and verb in rules.MOVED_BY_PARTY and not has_seat(by, party),
        by=by,
        at=at,
    )
    rules.play(sitting.table, plain(move, day=today()))
    if point is not None and verb == Verb.ADD_POINT:
        point.save(force_insert=True)
    move.save(force_insert=True)
    sitting.moves.append(move)
    keep_up(sitting)
    return move


def check_own_answer(sitting: Sitting, party: Party, by: Member, *verbs: Verb) -> None:
    """What somebody answered with their own hand, nobody else writes over, even for who now speaks aloud (T48).

    Asked again (another aim, another text), it is answered again. Raises MoveRefused with a sentence.
    """
    asked = sitting.table.aim_number if Verb.ACCEPT_AIM in verbs else sitting.table.read_back
    said = [
        move
        for move in sitting.moves
        if move.party_id == party.pk and move.verb in set(verbs) and move.number > asked
    ]
    if said and not said[-1].aloud and not has_seat(by, party):
        raise rules.MoveRefused(
            f"{party.name} a répondu de sa main\u00a0: personne d’autre ne change cette réponse."
        )


def keep_up(sitting: Sitting) -> None:
    """What lists read says the same as the moves. The conclusion is written by its own action, last."""
    negotiation, table = sitting.negotiation, sitting.table
    negotiation.aim, negotiation.due_on, negotiation.version = table.aim, table.due_on, table.number
    if table.phase != rules.Phase.CONCLUDED:
        negotiation.phase = table.phase.value
    negotiation.save(update_fields=["aim", "due_on", "version", "phase"])


def key_of(value: object) -> UUID | None:
    """A key typed or forged: None when it is not one."""
    try:
        return UUID(str(value))
    except ValueError:
        return None
