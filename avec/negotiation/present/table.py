"""The whole table as a page shows it to one reader: its phases, its gate, its balance, and what this reader may do."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.accounts.models import Member
from avec.people.models import today

from ..models import Negotiation, PhaseChoice, Point
from ..policy import hands_of, may_add_point
from ..rules import PHASES, Balance, Phase, Verb, balance_of, gate_of
from ..rules.gates import Condition, days_over
from ..sitting import Sitting
from .parties import ShownParty, listed, shown_party
from .points import ShownPoint, shown_point

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


def shown_table(sitting: Sitting, member: Member) -> ShownTable:
    """What this reader sees of the table."""
    negotiation, table = sitting.negotiation, sitting.table
    hands = hands_of(member, negotiation)
    parties = {key: shown_party(sitting, party, member, hands) for key, party in sitting.parties.items()}
    points = [shown_point(sitting, parties, key) for key, one in table.points.items() if not one.dropped]
    rows = list(sitting.parties.values())
    return ShownTable(
        sitting=sitting,
        negotiation=negotiation,
        member=member,
        parties=[one for one in parties.values() if not one.left],
        gone=[one for one in parties.values() if one.left],
        points=points,
        dropped=[sitting.points[key] for key, one in table.points.items() if one.dropped],
        phases=phases_of(sitting),
        gate=gate_of(table),
        balance=balance_of(table),
        may_lead=hands.lead,
        may_conclude=hands.conclude,
        may_add_point=may_add_point(member, negotiation, rows, hands),
        today=today(),
    )


def phases_of(sitting: Sitting) -> list[ShownPhase]:
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
