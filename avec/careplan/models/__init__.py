from .activities import (
    Activity,
    ActivityKind,
    ActivityQuerySet,
    ActivityStatus,
    ParticipationChange,
    ParticipationChoice,
    Performer,
    PerformerKind,
)
from .answers import Answer, ReplyChoice
from .divergences import Divergence, DivergenceSide
from .evaluations import Balance, Evaluation
from .expectations import (
    Confirmation,
    Domain,
    Expectation,
    ExpectationKind,
    ExpectationQuerySet,
    Importance,
    SpokenVoice,
    WayChoice,
)
from .files import Agreement, AgreementSide, Attachment
from .goals import LIVE_GOALS, Goal, GoalChange, GoalQuerySet, GoalStatus, Position, StanceChoice
from .needs import Assessment, Need, NeedStatus, Questionnaire
from .plans import CarePlan, CarePlanQuerySet, PlanKind, StepChange, StepChoice

__all__ = [
    "LIVE_GOALS",
    "Activity",
    "ActivityKind",
    "ActivityQuerySet",
    "ActivityStatus",
    "Agreement",
    "AgreementSide",
    "Answer",
    "Assessment",
    "Attachment",
    "Balance",
    "CarePlan",
    "CarePlanQuerySet",
    "Confirmation",
    "Divergence",
    "DivergenceSide",
    "Domain",
    "Evaluation",
    "Expectation",
    "ExpectationKind",
    "ExpectationQuerySet",
    "Goal",
    "GoalChange",
    "GoalQuerySet",
    "GoalStatus",
    "Importance",
    "Need",
    "NeedStatus",
    "ParticipationChange",
    "ParticipationChoice",
    "Performer",
    "PerformerKind",
    "PlanKind",
    "Position",
    "Questionnaire",
    "ReplyChoice",
    "SpokenVoice",
    "StanceChoice",
    "StepChange",
    "StepChoice",
    "WayChoice",
]
