"""What several of our columns say together, in the one text that a profile has for it.

Written out by the export, and known again by the import: a text of ours that comes back is no difference.
"""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from avec.careplan.models import Activity, Assessment, CarePlan, Evaluation, Expectation, Goal, Position
from avec.careplan.rules import rhythm
from avec.careplan.standing import level_words
from avec.interop.rules import COLON, ORIGINS, PLAN_IN, PLAN_OUT
from avec.interop.safe_json import without_control
from avec.ui.words import date_long, quote


def as_written(line: Any) -> dict[str, str]:
    """What the export makes of this line, by the column where an import would put it."""
    texts: dict[str, str] = {}
    if isinstance(line, Goal):
        texts = {"title": goal_title(line), "person_opinion": person_opinion(line)}
    elif isinstance(line, Expectation):
        texts = {"origin_words": origin_of(line)}
    elif isinstance(line, Assessment):
        texts = {"comment": comment_of(line)}
    elif isinstance(line, CarePlan):
        texts = {"step": PLAN_IN[PLAN_OUT[line.step]]}
    elif isinstance(line, Activity):
        texts = {"rhythm": rhythm_of(line)}
    return {name: without_control(text).strip() for name, text in texts.items()}


def goal_title(goal: Goal) -> str:
    return goal.title or _("Objectif %(number)s") % {"number": goal.number}


def own_position(goal: Goal) -> Position | None:
    """What the person thinks of a goal today. Nobody else's position is theirs."""
    return goal.positions.filter(voice="person", is_current=True).first()


def person_opinion(goal: Goal) -> str:
    """The person's position, or else the opinion that came with the goal, as it was received."""
    position = own_position(goal)
    return position_words(position) if position else goal.person_opinion


def position_words(position: Position) -> str:
    """« D’accord en partie, le 12 janvier 2026 : pas l’hiver » ; what could not be answered says when to ask again."""
    zone = ZoneInfo(position.goal.establishment.time_zone)
    words = [
        position.get_stance_display(),
        _("le %(day)s") % {"day": date_long(position.at.astimezone(zone))},
    ]
    if position.ask_again_on:
        words.append(_("à redemander le %(day)s") % {"day": date_long(position.ask_again_on)})
    said = ", ".join(words)
    return f"{said}{COLON}{position.reason}" if position.reason else said


def origin_of(expectation: Expectation) -> str:
    """Who spoke, in words that are read back as the same voice."""
    if expectation.origin_words:
        return expectation.origin_words
    words = ORIGINS[expectation.voice]
    somebody = expectation.relative or expectation.professional
    return f"{words}{COLON}{somebody.name}" if somebody else words


def comment_of(assessment: Assessment) -> str:
    """A scale has one free text: what its author retains of it, then their comment."""
    return "\n\n".join(text for text in (assessment.summary.strip(), assessment.comment.strip()) if text)


def assessment_title(assessment: Assessment) -> str:
    about = assessment.discipline or (assessment.form.title if assessment.form else "")
    words = _("Évaluation")
    return f"{words}{COLON}{about}" if about else words


def rhythm_of(activity: Activity) -> str:
    """The rhythm as it was said; a rule without words is put in words."""
    if activity.rhythm or not activity.recurrence:
        return activity.rhythm
    try:
        return rhythm.in_words(rhythm.parse(activity.recurrence))
    except rhythm.RhythmRefused:
        return ""


def evaluation_words(goal: Goal, evaluation: Evaluation) -> str:
    """« Objectif 1, Aller seule au jardin : +1, plus que prévu. « Je vais mieux. » ». Only the words are quoted."""
    about = _("Objectif %(number)s") % {"number": goal.number}
    about = f"{about}, {goal.title or goal.statement}{COLON}"
    words = quote(without_control(evaluation.words))
    if evaluation.value is None:
        return about + words
    level = f"{level_words(evaluation.value)}."
    return f"{about}{level} {words}".strip()
