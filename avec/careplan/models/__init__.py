from .activities import Activity, ActivityKind, ActivityQuerySet, ActivityStatus, ParticipationChoice
from .answers import Answer, ReplyChoice
from .expectations import Expectation, ExpectationKind, ExpectationQuerySet, Importance, SpokenVoice
from .files import Agreement, AgreementSide, Attachment
from .goals import LIVE_GOALS, Goal, GoalQuerySet, GoalStatus, Position, StanceChoice
from .needs import Assessment, Need, NeedStatus
from .plans import CarePlan, CarePlanQuerySet, PlanKind, StepChoice

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
    "CarePlan",
    "CarePlanQuerySet",
    "Expectation",
    "ExpectationKind",
    "ExpectationQuerySet",
    "Goal",
    "GoalQuerySet",
    "GoalStatus",
    "Importance",
    "Need",
    "NeedStatus",
    "ParticipationChoice",
    "PlanKind",
    "Position",
    "ReplyChoice",
    "SpokenVoice",
    "StanceChoice",
    "StepChoice",
]
