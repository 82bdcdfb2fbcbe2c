"""What stands on the table: the moves told one after the other, never stored twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from .moves import Answer, Becomes, Move, OutcomeKind, Phase, Result, Verb, is_negotiable

# Who the parties speak as. The person's side and the professionals' meet at the table.
PROFESSIONAL = "professional"
PERSON = "person"


@dataclass(frozen=True)
class Party:
    """Somebody at the table. `stands_for`: speaks for the person, and why they are not there themself."""

    key: str
    voice: str
    stands_for: str = ""
    left: bool = False
    left_because: str = ""

    @property
    def is_for_person(self) -> bool:
        return self.voice == PERSON or bool(self.stands_for)


@dataclass(frozen=True)
class Explained:
    """A point that cannot be negotiated was explained: by whom is the move's; understood or not, in which form."""

    number: int
    understood: str
    form: str


@dataclass(frozen=True)
class Point:
    key: str
    words: str
    nature: str = ""
    source: str = ""
    how_of: str = ""
    dropped: bool = False
    explained: tuple[Explained, ...] = ()

    @property
    def negotiable(self) -> bool | None:
        return is_negotiable(self.nature)


@dataclass(frozen=True)
class Stake:
    """An interest, not a position; `kept`: the party chose not to say."""

    number: int
    party: str
    words: str
    kept: bool = False


@dataclass(frozen=True)
class Position:
    number: int
    party: str
    point: str
    words: str


class Offer(StrEnum):
    """Where a concession stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Concession:
    """Somebody moves, on a point, from what to what; the others answer. `for_`: the concession it answers."""

    number: int
    party: str
    point: str
    was: str
    becomes: str
    for_: int = 0
    accepted_by: tuple[str, ...] = ()
    declined_by: tuple[str, ...] = ()
    # Once everybody else at the table said yes, it is given: who comes or leaves later changes nothing to it.
    accepted: bool = False
    withdrawn: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of a negotiable point. `becomes` and `fields`: what it changes in the plan, once concluded."""

    number: int
    point: str
    kind: OutcomeKind
    words: str
    becomes: Becomes = Becomes.NOTHING
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answered:
    """What a party answers to the text read back; the latest counts, the others stay in the history."""

    number: int
    answer: Answer
    words: str


@dataclass
class Table:
    """The negotiation as it stands after its moves."""

    phase: Phase = Phase.FRAME
    number: int = 0
    aim: str = ""
    aim_number: int = 0
    aim_accepted: dict[str, bool] = field(default_factory=dict)
    due_on: date | None = None
    parties: dict[str, Party] = field(default_factory=dict)
    points: dict[str, Point] = field(default_factory=dict)
    stakes: list[Stake] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    concessions: dict[int, Concession] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    read_back: int = 0
    missed: date | None = None  # the deadline past which it is concluded as it stands
    answers: dict[str, Answered] = field(default_factory=dict)
    present: tuple[str, ...] = ()
    touched: dict[str, int] = field(default_factory=dict)  # the last move about each point

    @property
    def at_table(self) -> list[Party]:
        return [party for party in self.parties.values() if not party.left]

    @property
    def live_points(self) -> list[Point]:
        return [point for point in self.points.values() if not point.dropped]

    @property
    def negotiable_points(self) -> list[Point]:
        return [point for point in self.live_points if point.negotiable]

    def is_overdue(self, today: date) -> bool:
        return self.phase != Phase.CONCLUDED and self.due_on is not None and self.due_on < today

    def stands(self, concession: Concession) -> Offer:
        """Declined as soon as one says so; accepted when every other party at the table did."""
        if concession.withdrawn:
            return Offer.WITHDRAWN
        if concession.declined_by:
            return Offer.DECLINED
        return Offer.ACCEPTED if concession.accepted else Offer.OFFERED

    def all_said_yes(self, concession: Concession) -> bool:
        others = {party.key for party in self.at_table if party.key != concession.party}
        return bool(others) and others <= set(concession.accepted_by)

    def waiting_for(self, concession: Concession) -> list[Party]:
        """Who has not answered it yet."""
        if self.stands(concession) != Offer.OFFERED:
            return []
        done = {concession.party, *concession.accepted_by}
        return [party for party in self.at_table if party.key not in done]

    def latest_positions(self, point: str) -> dict[str, Position]:
        return {one.party: one for one in self.positions if one.point == point}

    @property
    def result(self) -> Result:
        """Nothing is agreed against somebody who says no to the text; else, as much as the points say.

        A point that nobody classed before the deadline was not agreed either.
        """
        answers = [self.answers[party.key].answer for party in self.at_table if party.key in self.answers]
        agreed = [one for one in self.outcomes.values() if one.kind == OutcomeKind.AGREED]
        if not agreed or Answer.NO in answers:
            return Result.NONE
        open_points = [point for point in self.live_points if point.negotiable is not False]
        return Result.TOTAL if len(agreed) == len(open_points) else Result.PARTIAL

    @property
    def agreed(self) -> list[Outcome]:
        """What goes into the plan: what was agreed, when nobody says no to the text read back."""
        if self.result == Result.NONE:
            return []
        return [
            self.outcomes[point.key]
            for point in self.negotiable_points
            if point.key in self.outcomes and self.outcomes[point.key].kind == OutcomeKind.AGREED
        ]


def replay(moves: Iterable[Move]) -> Table:
    """The table after moves that were already accepted: nothing is checked again."""
    table = Table()
    for move in moves:
        lay(table, move)
    return table


def lay(table: Table, move: Move) -> None:
    """Put one move on the table."""
    table.number = move.number or table.number + 1
    if move.point:
        table.touched[move.point] = table.number
    LAYING[move.verb](table, move, table.number)


def _join(table: Table, move: Move, number: int) -> None:
    table.parties[move.party] = Party(
        move.party, str(move.detail.get("voice", "")), str(move.detail.get("stands_for", ""))
    )


def _leave(table: Table, move: Move, number: int) -> None:
    """Its offers still waiting are taken back with it; those that only waited for its answer are accepted."""
    table.parties[move.party] = replace(table.parties[move.party], left=True, left_because=move.words)
    for one in table.concessions.values():
        if table.stands(one) != Offer.OFFERED:
            continue
        if one.party == move.party:
            table.concessions[one.number] = replace(one, withdrawn=True)
        elif table.all_said_yes(one):
            table.concessions[one.number] = replace(one, accepted=True)


def _aloud(table: Table, move: Move, number: int) -> None:
    """How a party answers changes nothing of what it said: the line is for who reads the history."""


def _aim(table: Table, move: Move, number: int) -> None:
    table.aim, table.aim_number, table.aim_accepted = move.words, number, {}


def _accept_aim(table: Table, move: Move, number: int) -> None:
    table.aim_accepted[move.party] = move.verb == Verb.ACCEPT_AIM


def _deadline(table: Table, move: Move, number: int) -> None:
    table.due_on = move.due_on


def _add_point(table: Table, move: Move, number: int) -> None:
    table.points[move.point] = Point(
        move.point,
        move.words,
        str(move.detail.get("nature", "")),
        str(move.detail.get("source", "")),
        str(move.detail.get("how_of", "")),
    )


def _class_point(table: Table, move: Move, number: int) -> None:
    table.points[move.point] = replace(
        table.points[move.point],
        nature=str(move.detail.get("nature", "")),
        source=str(move.detail.get("source", "")),
        words=move.words or table.points[move.point].words,
    )


def _drop_point(table: Table, move: Move, number: int) -> None:
    table.points[move.point] = replace(table.points[move.point], dropped=True)
    table.outcomes.pop(move.point, None)


def _explain(table: Table, move: Move, number: int) -> None:
    point = table.points[move.point]
    explained = Explained(number, str(move.detail.get("understood", "")), str(move.detail.get("form", "")))
    table.points[move.point] = replace(point, explained=(*point.explained, explained))


def _stake(table: Table, move: Move, number: int) -> None:
    table.stakes.append(Stake(number, move.party, move.words, kept=move.verb == Verb.KEEP_STAKE))


def _position(table: Table, move: Move, number: int) -> None:
    table.positions.append(Position(number, move.party, move.point, move.words))


def _offer(table: Table, move: Move, number: int) -> None:
    table.concessions[number] = Concession(
        number, move.party, move.point, str(move.detail.get("was", "")), move.words, move.about
    )


def _accept(table: Table, move: Move, number: int) -> None:
    one = table.concessions[move.about]
    one = replace(one, accepted_by=(*one.accepted_by, move.party))
    table.concessions[move.about] = replace(one, accepted=table.all_said_yes(one))
    table.touched[one.point] = number


def _decline(table: Table, move: Move, number: int) -> None:
    one = table.concessions[move.about]
    table.concessions[move.about] = replace(one, declined_by=(*one.declined_by, move.party))
    table.touched[one.point] = number


def _withdraw(table: Table, move: Move, number: int) -> None:
    one = table.concessions[move.about]
    table.concessions[move.about] = replace(one, withdrawn=True)
    table.touched[one.point] = number


def _settle(table: Table, move: Move, number: int) -> None:
    table.outcomes[move.point] = Outcome(
        number,
        move.point,
        OutcomeKind(move.detail["kind"]),
        move.words,
        Becomes(move.detail.get("becomes") or Becomes.NOTHING),
        dict(move.detail.get("fields") or {}),
    )


def _unsettle(table: Table, move: Move, number: int) -> None:
    table.outcomes.pop(move.point, None)


def _gather(table: Table, move: Move, number: int) -> None:
    table.present = tuple(move.detail.get("present", ()))


def _go_on(table: Table, move: Move, number: int) -> None:
    table.phase = Phase(move.detail["to"])
    table.missed = table.due_on if move.detail.get("as_it_stands") else None


def _reopen(table: Table, move: Move, number: int) -> None:
    table.phase = Phase(move.detail["to"])
    table.missed = None
    table.read_back, table.answers = 0, {}


def _read_back(table: Table, move: Move, number: int) -> None:
    table.read_back, table.answers = number, {}


def _answer(table: Table, move: Move, number: int) -> None:
    table.answers[move.party] = Answered(number, Answer(move.detail["answer"]), move.words)


def _conclude(table: Table, move: Move, number: int) -> None:
    table.phase = Phase.CONCLUDED


LAYING = {
    Verb.JOIN: _join,
    Verb.LEAVE: _leave,
    Verb.ALOUD: _aloud,
    Verb.AIM: _aim,
    Verb.ACCEPT_AIM: _accept_aim,
    Verb.REFUSE_AIM: _accept_aim,
    Verb.DEADLINE: _deadline,
    Verb.EXTEND: _deadline,
    Verb.ADD_POINT: _add_point,
    Verb.CLASS_POINT: _class_point,
    Verb.DROP_POINT: _drop_point,
    Verb.EXPLAIN: _explain,
    Verb.STAKE: _stake,
    Verb.KEEP_STAKE: _stake,
    Verb.POSITION: _position,
    Verb.OFFER: _offer,
    Verb.ACCEPT: _accept,
    Verb.DECLINE: _decline,
    Verb.WITHDRAW: _withdraw,
    Verb.SETTLE: _settle,
    Verb.UNSETTLE: _unsettle,
    Verb.GATHER: _gather,
    Verb.GO_ON: _go_on,
    Verb.REOPEN: _reopen,
    Verb.READ_BACK: _read_back,
    Verb.ANSWER: _answer,
    Verb.CONCLUDE: _conclude,
}
