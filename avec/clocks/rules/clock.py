"""One deadline, the facts of one stay, today: one clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from .days import Offset, due_on


class State(StrEnum):
    LATE = "late"
    DUE_SOON = "due_soon"
    DUE = "due"
    DONE = "done"
    NOT_DUE = "not_due"  # waits for its anchor
    DOES_NOT_APPLY = "does_not_apply"


# The order of a board: what weighs most first.
ORDER = {state: place for place, state in enumerate(State)}


class Weight(StrEnum):
    OBLIGATION = "obligation"
    RECOMMENDATION = "recommendation"
    HOUSE = "house"


class Anchor(StrEnum):
    """The day from which a deadline counts."""

    ADMISSION = "admission"
    INTERVIEW = "interview"
    REFUSAL = "refusal"  # the day the person chose not to sign the stay contract; else admission
    CONTRACT = "contract"  # the latest signature of the care contract by everybody
    LAST_REVIEW = "last_review"  # the last review; else the first signature; else admission
    LIFE_EVENT = "life_event"
    PLAN_REVIEW = "plan_review"  # the date written in the plan or the contract
    EXPECTATION = "expectation"  # the oldest words without an answer
    POSTPONED = "postponed"  # the nearest date on which a postponed answer is talked about again
    ASK_AGAIN = "ask_again"  # the nearest date on which a position is asked for again
    GOAL_TERM = "goal_term"  # the nearest term of a live goal
    DISCHARGE = "discharge"


# Anchors of lines of the plan that wait: the proof is the act itself.
WAITED_FOR = frozenset({Anchor.EXPECTATION, Anchor.POSTPONED, Anchor.ASK_AGAIN, Anchor.GOAL_TERM})


class EvidenceKind(StrEnum):
    """What shows that it is done."""

    WRITTEN = "written"  # somebody writes it down, with the day and by whom
    SIGNING = "signing"  # the same, signed or not signed by choice
    OBJECTIVES = "objectives"  # the care contract signed with its goals; or written down
    REVIEW = "review"  # an amendment signed, a plan renewed; or written down
    SETTLED = "settled"  # nothing waits any more in the plan


class Applies(StrEnum):
    ALWAYS = "always"
    LONG_STAY = "long_stay"  # two months a year or more
    SHORT_OR_REFUSED = (
        "short_or_refused"  # under two months a year, or the stay contract not signed by choice
    )


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"  # the person chose not to sign


class ProofSource(StrEnum):
    WRITTEN = "written"
    CONTRACT = "contract"
    AMENDMENT = "amendment"
    NOT_SIGNED = "not_signed"  # the care contract, not signed by choice
    RENEWAL = "renewal"


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows it, and when. `ref`: the evidence, contract or plan that it is."""

    on: date
    source: ProofSource = ProofSource.WRITTEN
    outcome: Outcome = Outcome.DONE
    ref: UUID | None = None
    words: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Contracted:
    """A version of the care contract. `signed_on`: the last of the signatures that put it in force."""

    ref: UUID | None = None
    signed_on: date | None = None
    not_signed_on: date | None = None
    amends: bool = False
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Lines of the plan that wait: how many, since or for which day; `known`: were there any at all?"""

    count: int = 0
    first: date | None = None
    known: bool = False


NOTHING = Waiting()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one stay. `written` holds the proofs written by hand, by deadline."""

    admitted_on: date
    interview_on: date | None = None
    discharged_on: date | None = None
    short: bool = False
    refused_on: date | None = None
    life_event_on: date | None = None
    plan_review_on: date | None = None
    contracts: tuple[Contracted, ...] = ()
    renewals: tuple[Proof, ...] = ()
    waiting: Mapping[Anchor, Waiting] = field(default_factory=dict)
    written: Mapping[UUID, tuple[Proof, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table of deadlines."""

    code: str
    label: str
    source: str
    weight: Weight
    anchor: Anchor
    offset: Offset
    evidence: EvidenceKind = EvidenceKind.WRITTEN
    applies: Applies = Applies.ALWAYS
    warn_days: int = 7
    to_check: bool = False
    active: bool = True
    id: UUID | None = None


class Clock(NamedTuple):
    """Where one deadline of one stay is today. A tuple: a board makes thousands of them."""

    row: Row
    state: State
    due_on: date | None = None
    anchor_on: date | None = None
    proof: Proof | None = None
    waiting: int = 0
    today: date | None = None

    @property
    def share(self) -> float:
        """How much of the delay is used up, 0 to 1."""
        if self.due_on is None or self.anchor_on is None or self.today is None:
            return 0.0
        start = min(self.anchor_on, self.due_on - timedelta(days=max(self.row.warn_days, 1)))
        return min(max((self.today - start).days / (self.due_on - start).days, 0.0), 1.0)


# A review held this long before the date written for it is that review.
EARLY = timedelta(days=92)


def read_clock(row: Row, facts: Facts, today: date) -> Clock:
    """Where this deadline is for this stay. Total: every row and every stay have a state."""
    gone = facts.discharged_on is not None and facts.discharged_on < today
    if row.anchor in WAITED_FOR:
        return read_waiting(row, facts.waiting.get(row.anchor, NOTHING), today, gone=gone)
    proofs = proofs_of(row, facts)
    anchor = anchor_of(row, facts, proofs)
    due = due_on(anchor, row.offset) if anchor else None
    proof = latest(proof for proof in proofs if counts(row, proof, anchor)) if proofs else None
    if proof is not None and row.anchor != Anchor.LAST_REVIEW:
        state = State.DONE
    elif not applies(row, facts) or (gone and row.anchor != Anchor.DISCHARGE):
        state, due = State.DOES_NOT_APPLY, None
    else:
        state = state_of(due, row.warn_days, today)
    return Clock(row, state, due, anchor, proof, today=today)


def read_waiting(row: Row, waiting: Waiting, today: date, *, gone: bool) -> Clock:
    """A clock of the lines that wait in the plan: done when none does."""
    if gone:
        return Clock(row, State.DOES_NOT_APPLY, today=today)
    if not waiting.count or waiting.first is None:
        return Clock(row, State.DONE if waiting.known else State.NOT_DUE, today=today)
    due = due_on(waiting.first, row.offset)
    state = state_of(due, row.warn_days, today)
    return Clock(row, state, due, waiting.first, waiting=waiting.count, today=today)


def state_of(due: date | None, warn_days: int, today: date) -> State:
    """The day itself still belongs to whoever has to do it."""
    if due is None:
        return State.NOT_DUE
    if due < today:
        return State.LATE
    return State.DUE_SOON if (due - today).days <= warn_days else State.DUE


def applies(row: Row, facts: Facts) -> bool:
    if row.applies == Applies.LONG_STAY:
        return not facts.short
    if row.applies == Applies.SHORT_OR_REFUSED:
        return facts.short or facts.refused_on is not None
    return True


def latest(proofs: Iterable[Proof]) -> Proof | None:
    return max(proofs, key=lambda proof: proof.on, default=None)


def proofs_of(row: Row, facts: Facts) -> list[Proof]:
    """What could show it: written by hand for this deadline, and what the contract and the plan say by themselves."""
    proofs = list(facts.written.get(row.id, ())) if row.id else []
    if row.evidence == EvidenceKind.OBJECTIVES:
        proofs += objectives(facts)
    if row.evidence == EvidenceKind.REVIEW:
        proofs += reviews(facts)
    return proofs


def objectives(facts: Facts) -> list[Proof]:
    """The first care contract signed by everybody, which holds the goals; else the choice not to sign it."""
    signed = [
        Proof(one.signed_on, ProofSource.CONTRACT, ref=one.ref) for one in facts.contracts if one.signed_on
    ]
    if signed:
        return [min(signed, key=lambda proof: proof.on)]
    return [
        Proof(one.not_signed_on, ProofSource.NOT_SIGNED, Outcome.REFUSED, one.ref)
        for one in facts.contracts
        if one.not_signed_on
    ]


def reviews(facts: Facts) -> list[Proof]:
    """Each amendment signed by everybody, and each plan that started from the last one's balance."""
    amended = [
        Proof(one.signed_on, ProofSource.AMENDMENT, ref=one.ref)
        for one in facts.contracts
        if one.signed_on and one.amends
    ]
    return [*amended, *facts.renewals]


def signed_days(facts: Facts) -> list[date]:
    return [one.signed_on for one in facts.contracts if one.signed_on]


def anchor_of(row: Row, facts: Facts, proofs: Iterable[Proof]) -> date | None:
    """The day it counts from; None while that day is not known."""
    match row.anchor:
        case Anchor.ADMISSION:
            return facts.admitted_on
        case Anchor.INTERVIEW:
            return facts.interview_on
        case Anchor.REFUSAL:
            return max(facts.refused_on or facts.admitted_on, facts.admitted_on)
        case Anchor.CONTRACT:
            return max(signed_days(facts), default=None)
        case Anchor.LAST_REVIEW:
            days = [proof.on for proof in proofs] or [min(signed_days(facts), default=facts.admitted_on)]
            return max(days)
        case Anchor.LIFE_EVENT:
            return facts.life_event_on
        case Anchor.PLAN_REVIEW:
            return facts.plan_review_on
        case Anchor.DISCHARGE:
            return facts.discharged_on
        case _:
            return None


def counts(row: Row, proof: Proof, anchor: date | None) -> bool:
    """Is this proof about this turn of the clock? A review before the event, or long before the date, is not."""
    if anchor is None:
        return row.anchor not in {Anchor.LIFE_EVENT, Anchor.PLAN_REVIEW}
    if row.anchor == Anchor.LIFE_EVENT:
        return proof.on >= anchor
    if row.anchor == Anchor.PLAN_REVIEW:
        return proof.on >= anchor - EARLY
    return True


def by_date(clock: Clock) -> tuple[bool, date, int]:
    """The earliest date first; what has no date comes last."""
    return (clock.due_on is None, clock.due_on or date.max, ORDER[clock.state])


def by_state(clock: Clock) -> tuple[int, bool, date]:
    """Late first, then soon, then to come; the earliest first in each."""
    return (ORDER[clock.state], clock.due_on is None, clock.due_on or date.max)


def worst(clocks: Iterable[Clock]) -> State:
    """What weighs most among these clocks; « done » when there is none."""
    return min((clock.state for clock in clocks), key=ORDER.__getitem__, default=State.DONE)
