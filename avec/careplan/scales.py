"""The scales of the house, as questions; those that come with Avec."""

import json
from functools import cache
from pathlib import Path

from avec.accounts.models import Member

from .models import Assessment, Questionnaire
from .rules.questionnaires import Answers, Form, from_items, parse, read, to_json

FOLDER = Path(__file__).with_name("questionnaires")


def form_of(questionnaire: Questionnaire) -> Form:
    """The questions as they were loaded."""
    return parse(questionnaire.definition)


def answers_of(assessment: Assessment) -> Answers:
    return from_items(form_of(assessment.form), assessment.items) if assessment.form else {}


def usable(questionnaire: Questionnaire, by: Member) -> bool:
    """One of the house's, not retired."""
    return questionnaire.establishment_id == by.establishment_id and questionnaire.retired_at is None


@cache
def ours() -> dict[str, Form]:
    """The short ones that come with Avec, by the name of their file."""
    return {path.stem: read(path.read_bytes()) for path in sorted(FOLDER.glob("*.json"))}


def as_file(form: Form) -> str:
    """The questionnaire as a file that may be loaded again, elsewhere or changed."""
    return json.dumps(to_json(form), ensure_ascii=False, indent=1)
