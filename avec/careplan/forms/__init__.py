from .activities import ActivityForm, participation_choices
from .expectations import REPLIES, AnswerForm, SayForm
from .goals import GoalFields, GoalForm
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
from .serafin import SerafinField

__all__ = [
    "REASON_NEEDED",
    "REPLIES",
    "SHARED",
    "TEAM_ONLY",
    "ActivityForm",
    "AnswerForm",
    "GoalFields",
    "GoalForm",
    "Named",
    "PlanForm",
    "PositionForm",
    "SayForm",
    "SerafinField",
    "level_field",
    "marked",
    "participation_choices",
    "people_around",
    "radios",
    "team_choices",
]
