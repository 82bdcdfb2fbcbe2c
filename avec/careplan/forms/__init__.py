from .activities import ActivityForm, EndForm, activity_initial, participation_choices
from .evaluations import EvaluationForm, ReviewForm
from .expectations import REPLIES, AnswerForm, SayForm
from .goal_status import GoalMoveForm, PrioritiesForm
from .goals import LEVEL_FIELDS, GoalFields, GoalForm
from .parts import (
    REASON_NEEDED,
    SHARED,
    TEAM_ONLY,
    Named,
    level_field,
    marked,
    people_around,
    radios,
    team_choices,
)
from .plans import PlanForm
from .positions import PositionForm
from .rhythms import next_days
from .serafin import SerafinField

__all__ = [
    "LEVEL_FIELDS",
    "REASON_NEEDED",
    "REPLIES",
    "SHARED",
    "TEAM_ONLY",
    "ActivityForm",
    "AnswerForm",
    "EndForm",
    "EvaluationForm",
    "GoalFields",
    "GoalForm",
    "GoalMoveForm",
    "Named",
    "PlanForm",
    "PositionForm",
    "PrioritiesForm",
    "ReviewForm",
    "SayForm",
    "SerafinField",
    "activity_initial",
    "level_field",
    "marked",
    "next_days",
    "participation_choices",
    "people_around",
    "radios",
    "team_choices",
]
