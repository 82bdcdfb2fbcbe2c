from enum import StrEnum


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
