"""The table as a page shows it to one reader: names, states in words, and what this reader may do from each seat."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.accounts.models import Member
from avec.people.models import today

from .models import Move, Negotiation, OutcomeChoice, Party, PhaseChoice, Point
from .policy import Hands, hands_of, has_seat, may_add_point, may_move_for
from .rules import (
    PHASES,
    Balance,
    Concession,
    Offer,
    Outcome,
    Phase,
    Understood,
    Verb,
    balance_of,
    gate_of,
)
from .rules.balance import side_of
from .rules.gates import Condition, days_over
from .rules.table import Answered
from .sitting import Sitting


def listed(names: list[str]) -> str:
    """« Odette », « Odette et Claire », « Odette, Claire et Sonia »."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s et %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


@dataclass
class ShownParty:
    """Somebody at the table. `mine`: the reader's own seat; `by_me`: the reader may move from it."""

    party: Party
    mine: bool
    by_me: bool
    side: str
    aim: bool | None = None
    stakes: list[Move] = field(default_factory=list)
    kept_stake: bool = False
    answered: Answered | None = None
    present: bool = False

    @property
    def key(self) -> str:
        return str(self.party.pk)

    @property
    def v(self) -> str:
        return self.party.voice

    @property
    def name(self) -> str:
        return self.party.name

    @property
    def word(self) -> str:
        return self.party.capacity

    @property
    def left(self) -> bool:
        return self.party.left_at is not None

    @property
    def has_account(self) -> bool:
        """Has a way in of their own, on a device of theirs."""
        if self.party.relative is not None:
            return self.party.relative.member_id is not None
        return self.party.professional_id is not None or self.party.negotiation.person.member_id is not None

    @property
    def heard(self) -> bool:
        return bool(self.stakes) or self.kept_stake


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


# As many marks as are drawn for one party; the figure beside them says the rest.
DRAWN = 20


@dataclass
class ShownBalance:
    """What one party gave, as the balance draws it."""

    who: ShownParty
    given: int
    offered: int

    @property
    def given_marks(self) -> range:
        return range(min(self.given, DRAWN))

    @property
    def offered_marks(self) -> range:
        return range(min(self.offered, DRAWN))

    @property
    def words(self) -> str:
        """« Odette a fait 2 pas. »"""
        facts = {"name": self.who.name, "given": self.given}
        if not self.given:
            return _("%(name)s n’a pas encore de pas accepté.") % facts
        return (
            ngettext("%(name)s a fait %(given)s pas.", "%(name)s a fait %(given)s pas.", self.given) % facts
        )


@dataclass
class ShownPhase:
    word: str
    phase: Phase
    done: bool
    now: bool
    when: datetime | None


@dataclass
class ShownTable:
    """Everything a page needs of one negotiation, for one reader, without another query."""

    sitting: Sitting
    negotiation: Negotiation
    member: Member
    parties: list[ShownParty]
    gone: list[ShownParty]
    points: list[ShownPoint]
    dropped: list[Point]
    phases: list[ShownPhase]
    gate: list[Condition]
    balance: Balance
    may_lead: bool
    may_conclude: bool
    may_add_point: bool
    today: date

    @property
    def phase(self) -> str:
        return self.sitting.table.phase.value

    @property
    def version(self) -> int:
        return self.sitting.table.number

    @property
    def mine(self) -> ShownParty | None:
        return next((one for one in self.parties if one.mine), None)

    @property
    def my_seats(self) -> list[ShownParty]:
        """The seats this reader moves from: their own first, then those they write down for."""
        return sorted((one for one in self.parties if one.by_me), key=lambda one: not one.mine)

    @property
    def negotiable(self) -> list[ShownPoint]:
        return [one for one in self.points if one.negotiable]

    @property
    def fixed(self) -> list[ShownPoint]:
        return [one for one in self.points if one.negotiable is False]

    @property
    def unclassed(self) -> list[ShownPoint]:
        return [one for one in self.points if one.negotiable is None]

    @property
    def gate_open(self) -> bool:
        return all(condition.met for condition in self.gate)

    @property
    def overdue(self) -> int:
        """Days past the deadline; 0 when it is not."""
        return days_over(self.sitting.table, self.today)

    @property
    def days_left(self) -> int | None:
        due = self.sitting.table.due_on
        return (due - self.today).days if due and due >= self.today else None

    @property
    def time_used(self) -> float:
        """The share of the time that is gone, from 0 to 1."""
        due = self.sitting.table.due_on
        start = timezone.localdate(self.negotiation.written_at)
        if due is None or due <= start:
            return 1.0
        return min(1.0, max(0.0, (self.today - start).days / (due - start).days))

    @property
    def waiting_points(self) -> list[ShownPoint]:
        """Those that still have to be settled, or to be classed."""
        return [one for one in self.points if one.outcome is None and one.negotiable is not False]

    def following(self, opened: ShownPoint | None) -> ShownPoint | None:
        """The next point that waits, after the one in hand."""
        waiting = [one for one in self.waiting_points if one is not opened]
        place = opened.point.number if opened else 0
        return next((one for one in waiting if one.point.number > place), waiting[0] if waiting else None)

    def side(self, side: str) -> list[ShownParty]:
        return [one for one in self.parties if one.side == side]

    @property
    def two_sides(self) -> bool:
        return len({one.side for one in self.parties}) == 2

    @property
    def person_side(self) -> list[ShownParty]:
        return self.side("person")

    @property
    def person_side_names(self) -> str:
        return listed([one.name for one in self.person_side])

    @property
    def team_side_names(self) -> str:
        return listed([one.name for one in self.side("professional")])

    @property
    def may_answer_as_person(self) -> bool:
        return any(one.by_me for one in self.person_side)

    @property
    def may_answer_as_team(self) -> bool:
        return any(one.by_me for one in self.side("professional"))

    @property
    def present_names(self) -> str:
        """Who is in the room, by name."""
        return listed([one.name for one in self.parties if one.present])

    @property
    def balance_rows(self) -> list[ShownBalance]:
        shown = {one.key: one for one in [*self.parties, *self.gone]}
        return [
            ShownBalance(shown[row.party.key], len(row.given), len(row.offered))
            for row in self.balance.parties
        ]

    @property
    def one_sided_words(self) -> str:
        return " ".join(row.words for row in self.balance_rows)

    def names(self, keys: tuple[str, ...]) -> str:
        """The parties of these keys by name, as a sentence lists them."""
        return listed([self.sitting.parties[key].name for key in keys])

    def point(self, key: object) -> ShownPoint | None:
        return next((one for one in self.points if one.key == str(key)), None)


UNDERSTOOD: dict[str, Any] = {
    Understood.YES.value: lambda: _("compris"),
    Understood.IN_PART.value: lambda: _("compris en partie"),
    Understood.NO.value: lambda: _("pas compris\u00a0: à reprendre"),
    Understood.NOT_SAID.value: lambda: _("on ne sait pas si c’est compris"),
}


def shown_table(sitting: Sitting, member: Member) -> ShownTable:
    """What this reader sees of the table."""
    negotiation, table = sitting.negotiation, sitting.table
    hands = hands_of(member, negotiation)
    parties = {key: _party(sitting, party, member, hands) for key, party in sitting.parties.items()}
    points = [_point(sitting, parties, key) for key, one in table.points.items() if not one.dropped]
    rows = list(sitting.parties.values())
    return ShownTable(
        sitting=sitting,
        negotiation=negotiation,
        member=member,
        parties=[one for one in parties.values() if not one.left],
        gone=[one for one in parties.values() if one.left],
        points=points,
        dropped=[sitting.points[key] for key, one in table.points.items() if one.dropped],
        phases=_phases(sitting),
        gate=gate_of(table),
        balance=balance_of(table),
        may_lead=hands.lead,
        may_conclude=hands.conclude,
        may_add_point=may_add_point(member, negotiation, rows, hands),
        today=today(),
    )


def _party(sitting: Sitting, party: Party, member: Member, hands: Hands) -> ShownParty:
    table, key = sitting.table, str(party.pk)
    stakes = [one for one in table.stakes if one.party == key]
    return ShownParty(
        party=party,
        mine=has_seat(member, party),
        by_me=may_move_for(member, party, hands),
        side=side_of(table.parties[key]),
        aim=table.aim_accepted.get(key),
        stakes=[sitting.move_at(one.number) for one in stakes if not one.kept],
        kept_stake=any(one.kept for one in stakes),
        answered=table.answers.get(key),
        present=key in table.present,
    )


def _point(sitting: Sitting, parties: dict[str, ShownParty], key: str) -> ShownPoint:
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
        _concession(sitting, parties, one) for one in table.concessions.values() if one.point == key
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


def _concession(sitting: Sitting, parties: dict[str, ShownParty], one: Concession) -> ShownConcession:
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
        named=_is_named(list(parties.values()), parties[one.party]),
    )


def _is_named(parties: list[ShownParty], who: ShownParty) -> bool:
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


def _phases(sitting: Sitting) -> list[ShownPhase]:
    """The four phases, and when each was last left."""
    left: dict[str, datetime] = {}
    for move in sitting.moves:
        if move.verb == Verb.GO_ON.value:
            left[str(move.detail.get("from", ""))] = move.at
    now = sitting.table.phase
    place = len(PHASES) if now == Phase.CONCLUDED else PHASES.index(now)
    return [
        ShownPhase(
            word=str(PhaseChoice(phase.value).label).capitalize(),
            phase=phase,
            done=number < place,
            now=number == place,
            when=left.get(phase.value) if number < place else None,
        )
        for number, phase in enumerate(PHASES)
    ]
