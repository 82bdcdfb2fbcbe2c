"""One point as a page shows it: what was said and offered on it, side by side, and where it stands in words."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ..models import Move, OutcomeChoice, Point
from ..rules import Concession, Offer, Outcome, Understood, Verb
from ..sitting import Sitting
from .parties import ShownParty, listed


@dataclass
class ShownPosition:
    who: ShownParty
    move: Move
    earlier: list[Move]


@dataclass
class ShownConcession:
    """One step of somebody: from what to what, where it stands, and who the reader may answer for."""

    concession: Concession
    who: ShownParty
    move: Move
    state: Offer
    accepted_by: list[ShownParty]
    declined_by: list[ShownParty]
    why_declined: list[str]
    waiting: list[ShownParty]
    # Others sit on the same side: the step says whose it is.
    named: bool = False
    replies: list["ShownConcession"] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.concession.number

    @property
    def accepted_names(self) -> str:
        return listed([one.name for one in self.accepted_by])

    @property
    def declined_names(self) -> str:
        return listed([one.name for one in self.declined_by])

    @property
    def waiting_names(self) -> str:
        return listed([one.name for one in self.waiting])

    @property
    def may_answer(self) -> list[ShownParty]:
        return [one for one in self.waiting if one.by_me]

    @property
    def mark(self) -> str:
        """Tells its forms from those of the other steps."""
        return str(self.number)

    @property
    def stands(self) -> bool:
        """Offered or accepted: somebody else may answer with a step of theirs."""
        return self.state in {Offer.OFFERED, Offer.ACCEPTED}

    @property
    def may_withdraw(self) -> bool:
        return self.state == Offer.OFFERED and self.who.by_me


@dataclass
class ShownPair:
    """« vous… / nous… »: what the person's side moved, and what answers it on the professionals' side."""

    ours: ShownConcession | None
    theirs: ShownConcession | None

    @property
    def number(self) -> int:
        return min(side.number for side in (self.ours, self.theirs) if side is not None)


@dataclass
class ShownExplained:
    move: Move
    understood: str


@dataclass
class ShownPoint:
    point: Point
    negotiable: bool | None
    positions: list[ShownPosition]
    concessions: list[ShownConcession]
    pairs: list[ShownPair]
    outcome: Outcome | None
    outcome_word: str
    explained: list[ShownExplained]
    hows: list[Point]
    state: str  # agreed, set_aside, disagreed, talked, untouched, explained, to_explain, to_class
    seen: int
    # Who has not said their position, by name.
    silent: str = ""

    @property
    def key(self) -> str:
        return str(self.point.pk)


UNDERSTOOD: dict[str, Any] = {
    Understood.YES.value: lambda: _("compris"),
    Understood.IN_PART.value: lambda: _("compris en partie"),
    Understood.NO.value: lambda: _("pas compris\u00a0: à reprendre"),
    Understood.NOT_SAID.value: lambda: _("on ne sait pas si c’est compris"),
}


def shown_point(sitting: Sitting, parties: dict[str, ShownParty], key: str) -> ShownPoint:
    table, row = sitting.table, sitting.points[key]
    plain = table.points[key]
    said: dict[str, list[Move]] = {}
    for position in table.positions:
        if position.point == key:
            said.setdefault(position.party, []).append(sitting.move_at(position.number))
    # The person's words first, then in the order of the table.
    positions = [
        ShownPosition(parties[party], said[party][-1], said[party][:-1]) for party in parties if party in said
    ]
    concessions = [
        shown_concession(sitting, parties, one) for one in table.concessions.values() if one.point == key
    ]
    by_number = {one.number: one for one in concessions}
    for one in concessions:
        if one.concession.for_ in by_number:
            by_number[one.concession.for_].replies.append(one)
    outcome = table.outcomes.get(key)
    explained = [
        ShownExplained(sitting.move_at(one.number), UNDERSTOOD.get(one.understood, lambda: "")())
        for one in plain.explained
    ]
    if outcome is not None:
        state = outcome.kind.value
    elif plain.negotiable is None:
        state = "to_class"
    elif not plain.negotiable:
        state = "explained" if explained else "to_explain"
    else:
        state = "talked" if positions or concessions else "untouched"
    return ShownPoint(
        point=row,
        negotiable=plain.negotiable,
        positions=positions,
        concessions=concessions,
        pairs=pairs_of(concessions),
        outcome=outcome,
        outcome_word=str(OutcomeChoice(outcome.kind.value).label) if outcome else "",
        explained=explained,
        hows=[sitting.points[other.key] for other in table.live_points if other.how_of == key],
        state=state,
        seen=table.number,
        silent=listed([one.name for key, one in parties.items() if key not in said and not one.left]),
    )


def shown_concession(sitting: Sitting, parties: dict[str, ShownParty], one: Concession) -> ShownConcession:
    table = sitting.table
    declined = [
        move.words
        for move in sitting.moves
        if move.verb == Verb.DECLINE.value and move.about == one.number and move.words
    ]
    return ShownConcession(
        concession=one,
        who=parties[one.party],
        move=sitting.move_at(one.number),
        state=table.stands(one),
        accepted_by=[parties[key] for key in one.accepted_by],
        declined_by=[parties[key] for key in one.declined_by],
        why_declined=declined,
        waiting=[parties[party.key] for party in table.waiting_for(one)],
        named=is_named(list(parties.values()), parties[one.party]),
    )


def is_named(parties: list[ShownParty], who: ShownParty) -> bool:
    sides = {one.side for one in parties if not one.left}
    beside = [one for one in parties if one.side == who.side and one is not who]
    return len(sides) < 2 or bool(beside)


def pairs_of(concessions: list[ShownConcession]) -> list[ShownPair]:
    """« vous… / nous… », side by side: what answers a concession faces it; the others follow in order."""
    faced: set[int] = set()
    pairs = []
    by_number = {one.number: one for one in concessions}
    for one in concessions:
        first = by_number.get(one.concession.for_)
        if first is not None and first.who.side != one.who.side and first.number not in faced:
            faced |= {first.number, one.number}
            ours, theirs = (first, one) if first.who.side == "person" else (one, first)
            pairs.append(ShownPair(ours, theirs))
    for one in concessions:
        if one.number not in faced:
            pairs.append(ShownPair(one, None) if one.who.side == "person" else ShownPair(None, one))
    return sorted(pairs, key=lambda pair: pair.number)
