from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record
from avec.people.models import RelatedPerson, today

from ..models import Evaluation, Goal, GoalStatus, SpokenVoice
from ..policy import may_evaluate, may_write_down_for
from ..rules.gas import LEVELS
from ..voices import own_voice


class EvaluationRefused(ValueError):
    """An evaluation that says nothing, or not about this goal or this day. The message is for the screen."""


@dataclass(frozen=True)
class Told:
    """Where a goal stands, as it is told: a level, words, or both."""

    value: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Said:
    """In whose voice, and on which day."""

    voice: str = ""
    relative: RelatedPerson | None = None
    on: date | None = None


@transaction.atomic
def evaluate_goal(
    goal: Goal,
    *,
    by: Member,
    value: int | None = None,
    words: str = "",
    voice: str = "",
    relative: RelatedPerson | None = None,
    evaluated_on: date | None = None,
) -> Evaluation:
    """Say where a goal stands: a level, words, or both. Another day adds a line; none is ever changed.

    The person and their circle speak in their own voice. The team writes its own evaluation, what it saw for
    somebody who does not speak, or what the person or a relative told it: `by` says who wrote it down.
    """
    goal = Goal.objects.select_for_update(of=("self",)).select_related("plan", "person").get(pk=goal.pk)
    require(may_evaluate(by, goal))
    evaluation = _write(goal, Told(value, words), Said(voice, relative, evaluated_on), by=by)
    record("goal.evaluated", evaluation, by=by, person=goal.person, voice=evaluation.voice)
    return evaluation


@transaction.atomic
def evaluate_goals(
    told: Mapping[Goal, Told],
    *,
    by: Member,
    voice: str = "",
    relative: RelatedPerson | None = None,
    evaluated_on: date | None = None,
) -> dict[Goal, str]:
    """Several goals in one sitting, each by itself: those refused come back with their sentence."""
    locked = Goal.objects.select_for_update(of=("self",)).select_related("plan", "person")
    refused = {}
    said = Said(voice, relative, evaluated_on)
    for goal in locked.filter(pk__in=[one.pk for one in told]):
        require(may_evaluate(by, goal))
        try:
            evaluation = _write(goal, told[goal], said, by=by)
        except EvaluationRefused as refusal:
            refused[goal] = str(refusal)
        else:
            record("goal.evaluated", evaluation, by=by, person=goal.person, voice=evaluation.voice)
    return refused


def _write(goal: Goal, told: Told, said: Said, *, by: Member) -> Evaluation:
    """Keep one evaluation of a goal that the caller holds, checked, and of which it leaves the trace."""
    voice, relative = said.voice, said.relative
    spoken = own_voice(by, goal.person)
    if spoken is not None:
        voice, relative = spoken
    else:
        require(may_write_down_for(by, goal.person))
        require(relative is None or relative.person_id == goal.person_id)
        voice = voice or SpokenVoice.PROFESSIONAL.value
    words, day = told.words.strip(), said.on or today()
    _check_told(goal, told.value, words, day)
    return Evaluation.objects.create(
        goal=goal, voice=voice, relative=relative, value=told.value, words=words, evaluated_on=day, by=by
    )


def _check_told(goal: Goal, value: int | None, words: str, day: date) -> None:
    if value is None and not words:
        raise EvaluationRefused(_("Choisissez un niveau, ou dites-le en mots."))
    if value is not None and value not in LEVELS:
        raise EvaluationRefused(_("Choisissez un niveau entre −2 et +2."))
    if day > today():
        raise EvaluationRefused(_("Ce jour est à venir : écrivez le jour où cela a été dit."))
    if goal.status == GoalStatus.CANCELLED.value:
        raise EvaluationRefused(_("Cet objectif est retiré : reprenez-le d’abord."))
