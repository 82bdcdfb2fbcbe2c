"""Scales and questionnaires as data: their shape, how a file is read, what answers give.

A house loads those it is entitled to. Only a small part of what a questionnaire
may be is taken, and the rest is refused in plain words rather than half shown: a
scale that asks less than it should measures something else. A score is a sum,
given only when every question it needs was answered.
"""

from .answering import (
    Answer,
    Answers,
    answered,
    bounds,
    faults_of,
    from_items,
    score_of,
    shown_questions,
    to_items,
    told,
    worded_score,
)
from .reading import LARGEST, parse, read
from .shape import (
    FACES,
    Condition,
    Form,
    FormRefused,
    Kind,
    Option,
    Question,
    Range,
    to_json,
)

__all__ = [
    "FACES",
    "LARGEST",
    "Answer",
    "Answers",
    "Condition",
    "Form",
    "FormRefused",
    "Kind",
    "Option",
    "Question",
    "Range",
    "answered",
    "bounds",
    "faults_of",
    "from_items",
    "parse",
    "read",
    "score_of",
    "shown_questions",
    "to_items",
    "to_json",
    "told",
    "worded_score",
]
