"""The table as the person, or somebody of their circle, sees it from their own place.

What waits for their answer comes first; then, point by point, what they asked, gave
and got, and what the others asked. Nothing here is counted against anybody.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.careplan.models import Goal

from .models import NextStepChoice, Outcome
from .present import ShownConcession, ShownParty, ShownPoint, ShownPosition, ShownTable
from .rules import PHASES, Answer, Offer, OutcomeKind, Phase, Result
from .rules.waiting import Ask, waits_of
from .text import ReadBack, kept_text

STEPS: dict[Phase, tuple[Any, Any]] = {
    Phase.FRAME: (
        gettext_lazy("On prépare"),
        gettext_lazy("On choisit un but, des points et une date."),
    ),
    Phase.EXPLORE: (
        gettext_lazy("On dit ce qui compte"),
        gettext_lazy("Chaque personne dit ce qui compte pour elle."),
    ),
    Phase.POSITIONS: (
        gettext_lazy("On cherche un accord"),
        gettext_lazy(
            "Chaque personne dit ce qu’elle demande. Chaque personne peut changer un peu sa demande."
        ),
    ),
    Phase.CONCLUDE: (
        gettext_lazy("On relit et on répond"),
        gettext_lazy("Le texte est prêt. Chaque personne répond."),
    ),
}
STEP_TITLES: dict[Phase, Any] = {phase: title for phase, (title, _words) in STEPS.items()}
OUTCOMES: dict[OutcomeKind, tuple[str, Any]] = {
    OutcomeKind.AGREED: ("check", gettext_lazy("Nous sommes d’accord")),
    OutcomeKind.SET_ASIDE: ("pause", gettext_lazy("Nous en parlerons plus tard")),
    OutcomeKind.DISAGREED: ("cross", gettext_lazy("Nous ne sommes pas d’accord")),
}
RESULTS: dict[Result, Any] = {
    Result.TOTAL: gettext_lazy("Nous sommes d’accord sur tout."),
    Result.PARTIAL: gettext_lazy("Nous sommes d’accord sur une partie."),
    Result.NONE: gettext_lazy("Nous ne sommes pas d’accord."),
}
NEXT: dict[NextStepChoice, tuple[Any, ...]] = {
    NextStepChoice.DATE: (gettext_lazy("Nous en reparlons."),),
    NextStepChoice.MEDIATOR: (
        gettext_lazy("Nous demandons une médiation."),
        gettext_lazy("Quelqu’un d’extérieur nous aide à nous parler."),
    ),
    NextStepChoice.QUALIFIED: (
        gettext_lazy("Nous demandons une personne qualifiée."),
        gettext_lazy("Elle ne travaille pas ici. Elle aide à faire respecter les droits."),
    ),
    NextStepChoice.ETHICS: (
        gettext_lazy("Nous demandons l’avis du comité d’éthique."),
        gettext_lazy("Ce groupe cherche ce qui est le plus juste."),
    ),
}
ANSWERS: dict[Answer, Any] = {
    Answer.YES: gettext_lazy("oui"),
    Answer.RESERVATIONS: gettext_lazy("oui, avec des réserves"),
    Answer.NO: gettext_lazy("non"),
}


# Up to this many points, what was said of each is unfolded.
FEW = 3


@dataclass(frozen=True)
class Step:
    """One of the four steps, in words."""

    number: int
    title: str
    words: str
    done: bool
    now: bool


@dataclass(frozen=True)
class MyWait:
    """One thing that waits for the reader, with what it is about."""

    ask: Ask
    number: int = 0
    point: ShownPoint | None = None
    offer: ShownConcession | None = None


@dataclass
class MyPoint:
    """A point that is negotiated: mine first, then the others'."""

    shown: ShownPoint
    asked: ShownPosition | None = None
    others: list[ShownPosition] = field(default_factory=list)
    gave: list[ShownConcession] = field(default_factory=list)
    got: list[ShownConcession] = field(default_factory=list)
    offered: list[ShownConcession] = field(default_factory=list)
    to_answer: list[ShownConcession] = field(default_factory=list)
    accepted_by_me: list[ShownConcession] = field(default_factory=list)
    past: list[ShownConcession] = field(default_factory=list)
    became: Outcome | None = None
    goal: UUID | None = None
    # What was said is unfolded at once: on a point still open, among few.
    shown_open: bool = False

    @property
    def key(self) -> str:
        return self.shown.key

    @property
    def words(self) -> str:
        return self.shown.point.words

    @property
    def number(self) -> int:
        return self.shown.point.number

    @property
    def is_open(self) -> bool:
        return self.shown.outcome is None

    @property
    def was_talked(self) -> bool:
        """Is there anything said on it that still stands?"""
        return bool(
            self.asked
            or self.others
            or self.gave
            or self.got
            or self.offered
            or self.to_answer
            or self.accepted_by_me
        )

    @property
    def icon(self) -> str:
        if self.shown.outcome is None:
            return "talk" if self.shown.state == "talked" else "clock"
        return OUTCOMES[self.shown.outcome.kind][0]

    @property
    def state(self) -> str:
        """Where this point stands, in words."""
        if self.shown.outcome is None:
            return _("On en parle") if self.shown.state == "talked" else _("On n’en a pas encore parlé")
        return str(OUTCOMES[self.shown.outcome.kind][1])


@dataclass
class MyTable:
    """The whole, for one lay reader. `seat`: their own, None for a person who is represented, or who left."""

    shown: ShownTable
    is_self: bool
    easy: bool
    seat: ShownParty | None
    waits: list[MyWait]
    points: list[MyPoint]
    steps: list[Step]

    @property
    def first(self) -> MyWait | None:
        return self.waits[0] if self.waits else None

    @property
    def then(self) -> list[MyWait]:
        return self.waits[1:]

    @property
    def step(self) -> Step | None:
        return next((one for one in self.steps if one.now), None)

    @property
    def others(self) -> list[ShownParty]:
        return [one for one in self.shown.parties if not one.mine]

    @property
    def spokesman(self) -> ShownParty | None:
        """Who speaks for the person, when somebody does."""
        return next((one for one in self.shown.parties if one.party.stands_for), None)

    @property
    def awaited(self) -> list[ShownParty]:
        """Who else has something to answer now."""
        table = self.shown.sitting.table
        return [one for one in self.others if any(w.ask != Ask.POSITION for w in waits_of(table, one.key))]

    @property
    def awaited_names(self) -> str:
        return self.shown.names(tuple(one.key for one in self.awaited))

    @property
    def aim_is_shared(self) -> bool:
        """Did everybody at the table say yes to the aim? Until then, nobody says « we all want »."""
        return all(one.aim is True for one in self.shown.parties)

    @property
    def aim_number(self) -> int:
        return self.shown.sitting.table.aim_number

    @property
    def gave(self) -> list[ShownConcession]:
        return [one for point in self.points for one in point.gave]

    @property
    def got(self) -> list[ShownConcession]:
        return [one for point in self.points for one in point.got]

    @property
    def asked(self) -> list[ShownPosition]:
        return [point.asked for point in self.points if point.asked is not None]

    @property
    def left(self) -> ShownParty | None:
        """The reader's own seat, once they left it."""
        return next((one for one in self.shown.gone if is_own(self.shown, one)), None)

    @property
    def read_back(self) -> int:
        """The number of the text read back; 0 while there is none."""
        return self.shown.sitting.table.read_back

    @cached_property
    def text(self) -> ReadBack | None:
        return kept_text(self.shown.sitting)

    @property
    def reads_easy(self) -> bool:
        return self.easy and self.text is not None and bool(self.text.easy)

    @property
    def everybody(self) -> list[ShownParty]:
        """The reader first, then the others in the order of the table."""
        return sorted(self.shown.parties, key=lambda one: not one.mine)

    @property
    def answers(self) -> list[tuple[ShownParty, str]]:
        return [(one, answer_words(one)) for one in self.everybody]

    @property
    def my_answer(self) -> str:
        return answer_words(self.seat)

    @property
    def result(self) -> str:
        given = self.shown.negotiation.result
        return str(RESULTS[Result(given)]) if given else ""

    @property
    def next_lines(self) -> list[str]:
        given = self.shown.negotiation.next_step
        return [str(line) for line in NEXT[NextStepChoice(given)]] if given else []


def answer_words(party: ShownParty | None) -> str:
    """« oui, avec des réserves »; "" as long as nothing was answered."""
    return str(ANSWERS[party.answered.answer]) if party and party.answered else ""


def is_own(shown: ShownTable, one: ShownParty) -> bool:
    member, party = shown.member, one.party
    if party.relative is not None:
        return party.relative.member_id == member.pk
    return party.voice == "person" and shown.negotiation.person.member_id == member.pk


def my_table(shown: ShownTable, *, easy: bool) -> MyTable:
    """The table from the reader's own place; concluded, two queries more say what it became."""
    seat = shown.mine
    found = MyTable(
        shown=shown,
        is_self=shown.negotiation.person.member_id == shown.member.pk,
        easy=easy,
        seat=seat,
        waits=my_waits(shown, seat),
        points=[my_point(point, seat, few=len(shown.negotiable) <= FEW) for point in shown.negotiable],
        steps=steps_of(shown),
    )
    if shown.negotiation.is_concluded:
        tell_what_it_became(found)
    return found


def my_waits(shown: ShownTable, seat: ShownParty | None) -> list[MyWait]:
    if seat is None:
        return []
    offers = {one.number: one for point in shown.points for one in point.concessions}
    return [
        MyWait(
            one.ask,
            one.number,
            shown.point(one.point) if one.point else None,
            offers.get(one.number) if one.ask == Ask.OFFER else None,
        )
        for one in waits_of(shown.sitting.table, seat.key)
    ]


def my_point(shown: ShownPoint, seat: ShownParty | None, *, few: bool) -> MyPoint:
    """Each concession in one place only, from where the reader sits."""
    found = MyPoint(shown, shown_open=few and shown.outcome is None)
    for position in shown.positions:
        if position.who.mine:
            found.asked = position
        else:
            found.others.append(position)
    for one in shown.concessions:
        place(found, one, seat).append(one)
    return found


def place(point: MyPoint, one: ShownConcession, seat: ShownParty | None) -> list[ShownConcession]:
    if one.state in {Offer.DECLINED, Offer.WITHDRAWN}:
        return point.past
    if one.state == Offer.ACCEPTED:
        return point.gave if one.who.mine else point.got
    if one.who.mine:
        return point.offered
    waits = seat is not None and seat.key in {party.key for party in one.waiting}
    return point.to_answer if waits else point.accepted_by_me


def steps_of(shown: ShownTable) -> list[Step]:
    now = shown.sitting.table.phase
    place = len(PHASES) if now == Phase.CONCLUDED else PHASES.index(now)
    return [
        Step(number + 1, str(STEPS[phase][0]), str(STEPS[phase][1]), number < place, number == place)
        for number, phase in enumerate(PHASES)
    ]


def tell_what_it_became(table: MyTable) -> None:
    """What of each agreed point is in the plan now; a goal is a link when this reader opens it."""
    rows = Outcome.objects.filter(negotiation=table.shown.negotiation).select_related("goal", "activity")
    by_point = {str(row.point_id): row for row in rows}
    goals = [row.goal_id for row in by_point.values() if row.goal_id]
    opened = (
        Goal.objects.visible_to(table.shown.member).filter(pk__in=goals) if goals else Goal.objects.none()
    )
    readable = set(opened.values_list("pk", flat=True))
    for point in table.points:
        point.became = by_point.get(point.key)
        if point.became is not None and point.became.goal_id in readable:
            point.goal = point.became.goal_id
