"""The steps of a plan, and the moves from one to another (domain.md §3, life cycle)."""

from enum import StrEnum

from avec.accounts.vocabulary import worded


class Step(StrEnum):
    """Where the plan is. Steps overlap in real life; what is guarded are the gates."""

    GATHERING = "gathering"
    ASSESSMENT = "assessment"
    CO_CONSTRUCTION = "co_construction"
    CONTRACT = "contract"
    IN_FORCE = "in_force"
    UNDER_REVIEW = "under_review"
    ON_HOLD = "on_hold"
    RENEWED = "renewed"
    CLOSED = "closed"


# Steps in which the plan is still open to change.
OPEN_STEPS = frozenset(set(Step) - {Step.RENEWED, Step.CLOSED})

# The way forward. The contract moves two of them itself: it is issued, then signed.
IN_ORDER = (
    Step.GATHERING,
    Step.ASSESSMENT,
    Step.CO_CONSTRUCTION,
    Step.CONTRACT,
    Step.IN_FORCE,
    Step.UNDER_REVIEW,
    Step.RENEWED,
)


class Move(StrEnum):
    """What people decide about a plan as a whole."""

    GO_ON = "go_on"
    REOPEN = "reopen"
    HOLD = "hold"
    RESUME = "resume"
    REVIEW = "review"
    RENEW = "renew"
    CLOSE = "close"


class MoveRefused(ValueError):
    """A move that this step does not allow. The message is for the screen."""


# What each move may start from. Signing and issuing are the contract's own.
MOVES: dict[Move, frozenset[Step]] = {
    Move.GO_ON: frozenset({Step.GATHERING, Step.ASSESSMENT}),
    Move.REOPEN: frozenset({Step.ASSESSMENT, Step.CO_CONSTRUCTION, Step.IN_FORCE, Step.UNDER_REVIEW}),
    Move.HOLD: frozenset(OPEN_STEPS - {Step.ON_HOLD, Step.CONTRACT}),
    Move.RESUME: frozenset({Step.ON_HOLD}),
    Move.REVIEW: frozenset({Step.IN_FORCE, Step.CO_CONSTRUCTION}),
    Move.RENEW: frozenset({Step.UNDER_REVIEW}),
    Move.CLOSE: frozenset(OPEN_STEPS - {Step.CONTRACT}),
}
# Moves that go back, stop or end: the person reads why.
WITH_REASON = frozenset({Move.REOPEN, Move.HOLD, Move.REVIEW, Move.CLOSE})


def moves_from(step: Step) -> list[Move]:
    """What can be decided now, in the order in which it is offered."""
    return [move for move in Move if step in MOVES[move]]


def reopenable(step: Step) -> list[Step]:
    """The steps that can be reopened from this one: those already passed, the contract's own left out."""
    if step not in MOVES[Move.REOPEN]:
        return []
    passed = IN_ORDER[: IN_ORDER.index(step)]
    return [one for one in passed if one != Step.CONTRACT]


def next_step(step: Step, move: Move, *, to: Step | None = None, before_hold: Step | None = None) -> Step:
    """Where a move leads. `to`: the step reopened; `before_hold`: where a plan on hold comes from."""
    if step not in MOVES[move]:
        raise MoveRefused("Cette étape ne le permet pas : relisez où en est le projet.")
    if move == Move.GO_ON:
        return IN_ORDER[IN_ORDER.index(step) + 1]
    if move == Move.REOPEN:
        if to is None or to not in reopenable(step):
            raise MoveRefused("Choisissez une étape déjà passée.")
        return to
    if move == Move.RESUME:
        return before_hold if before_hold in OPEN_STEPS - {Step.ON_HOLD} else Step.GATHERING
    return {
        Move.HOLD: Step.ON_HOLD,
        Move.REVIEW: Step.UNDER_REVIEW,
        Move.RENEW: Step.RENEWED,
        Move.CLOSE: Step.CLOSED,
    }[move]


def check_reason(move: Move, reason: str) -> None:
    """Whoever reads the history finds why."""
    if move in WITH_REASON and len(reason.strip()) < 10:
        raise MoveRefused(worded("Écrivez pourquoi, en une phrase : %(short_the)s pourra la lire."))
