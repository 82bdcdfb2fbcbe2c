from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record
from avec.people.rules import Level

from ..found import Found, drop, fill
from ..models import Assessment, Attachment, CarePlan, Need, Questionnaire
from ..models.needs import IN_PROGRESS
from ..policy import (
    may_assess,
    may_assess_oneself,
    may_change_assessment,
    may_validate_assessment,
    may_withdraw_assessment,
)
from ..rules.questionnaires import Answers, faults_of, score_of, to_items
from ..scales import answers_of, form_of, usable
from .conflicts import OutOfDate


class AssessmentRefused(ValueError):
    """What it lacks to be kept or validated. The message is for the screen."""


class AlreadyOpen(Exception):
    """One open assessment for each author and discipline: `current` is the one to go on with."""

    def __init__(self, current: Assessment) -> None:
        super().__init__()
        self.current = current


@dataclass(frozen=True)
class Findings:
    """What one professional found: a draft may lack anything but its discipline."""

    discipline: str
    summary: str = ""
    method: str = ""
    level: str = Level.C2.value
    assessed_on: date | None = None
    by_person: bool = False
    answers: Answers = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)


@transaction.atomic
def start_assessment(
    plan: CarePlan, findings: Findings, *, by: Member, questionnaire: Questionnaire | None = None
) -> Assessment:
    """Open one's assessment of a discipline. AlreadyOpen when there is one to go on with."""
    plan = CarePlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    require(may_assess(by, plan))
    require(questionnaire is None or usable(questionnaire, by))
    current = Assessment.objects.being_written().filter(plan=plan, author=by, discipline=findings.discipline)
    if (found := current.first()) is not None:
        raise AlreadyOpen(found)
    assessment = Assessment(
        plan=plan,
        person_id=plan.person_id,
        establishment_id=plan.establishment_id,
        status=IN_PROGRESS,
        author=by,
        written_by=by,
        form=questionnaire,
        questionnaire=questionnaire.url if questionnaire else "",
    )
    _write(assessment, findings, by)
    try:
        with transaction.atomic():
            assessment.save()
    except IntegrityError:
        raise AlreadyOpen(current.get()) from None
    _write_needs(assessment, findings, by)
    record("assessment.started", assessment, by=by, person=plan.person)
    return assessment


@transaction.atomic
def change_assessment(assessment: Assessment, findings: Findings, *, version: int, by: Member) -> Assessment:
    """Go on writing one's own. OutOfDate when it was saved since the page was opened, elsewhere."""
    assessment = _held(assessment)
    require(may_change_assessment(by, assessment))
    if assessment.version != version:
        raise OutOfDate(assessment)
    _write(assessment, findings, by)
    assessment.version += 1
    assessment.save()
    _write_needs(assessment, findings, by)
    _tighten(Attachment.objects.filter(assessment=assessment), findings.level)
    record("assessment.changed", assessment, by=by, person=assessment.person)
    return assessment


@transaction.atomic
def validate_assessment(assessment: Assessment, *, version: int, by: Member) -> Assessment:
    """From now on it stays as it is. What was read is what is validated: OutOfDate when it changed since."""
    assessment = _held(assessment)
    require(may_validate_assessment(by, assessment))
    if assessment.version != version:
        raise OutOfDate(assessment)
    _check_whole(assessment)
    assessment.status = "completed"
    assessment.validated_at = timezone.now()
    if assessment.author_id != by.pk:
        assessment.responsible = by
    assessment.save(update_fields=["status", "validated_at", "responsible"])
    record("assessment.validated", assessment, by=by, person=assessment.person)
    return assessment


@transaction.atomic
def assess_oneself(
    plan: CarePlan, questionnaire: Questionnaire, answers: Answers, words: str = "", *, by: Member
) -> Assessment:
    """The person answers a questionnaire made for them: validated as it is sent, and theirs."""
    plan = CarePlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    require(may_assess_oneself(by, plan) and usable(questionnaire, by) and questionnaire.for_person)
    form = form_of(questionnaire)
    if faults_of(form, answers):
        raise AssessmentRefused(_("Il manque des réponses."))
    now = timezone.now()
    assessment = Assessment.objects.create(
        plan=plan,
        person_id=plan.person_id,
        establishment_id=plan.establishment_id,
        status="completed",
        by_person=True,
        author=by,
        written_by=by,
        form=questionnaire,
        questionnaire=questionnaire.url,
        summary=words,
        items=to_items(form, answers),
        score=score_of(form, answers),
        assessed_at=now,
        validated_at=now,
    )
    record("assessment.validated", assessment, by=by, person=plan.person)
    return assessment


@transaction.atomic
def withdraw_assessment(assessment: Assessment, reason: str, *, by: Member) -> None:
    """Take it back with a reason: it stays readable, marked. Its needs are no longer current."""
    assessment = _held(assessment)
    require(may_withdraw_assessment(by, assessment))
    if len(reason.strip()) < 5:
        raise AssessmentRefused(_("Écrivez pourquoi vous la retirez."))
    assessment.withdrawn_at, assessment.withdrawn_by = timezone.now(), by
    assessment.withdrawn_reason = reason.strip()
    assessment.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record("assessment.withdrawn", assessment, by=by, person=assessment.person)


def _check_whole(assessment: Assessment) -> None:
    """AssessmentRefused when there is nothing to validate, or when the scale has holes."""
    if assessment.form is not None:
        from_form = form_of(assessment.form)
        faults = faults_of(from_form, answers_of(assessment))
        if faults:
            raise AssessmentRefused(_("La grille n’est pas complète : répondez aux questions obligatoires."))
    elif not assessment.summary.strip() and not assessment.needs.exists():
        raise AssessmentRefused(_("Écrivez ce que vous retenez, ou au moins un besoin ou un point fort."))


def _held(assessment: Assessment) -> Assessment:
    held = Assessment.objects.select_for_update(of=("self",))
    return held.select_related("plan__person", "person", "author", "responsible", "form").get(
        pk=assessment.pk
    )


def _write(assessment: Assessment, findings: Findings, by: Member) -> None:
    assessment.discipline = findings.discipline
    assessment.summary = findings.summary
    assessment.method = findings.method
    assessment.level = findings.level
    assessment.by_person = findings.by_person and assessment.form is not None
    assessment.assessor = None if assessment.by_person else by
    day = findings.assessed_on or timezone.localdate()
    assessment.assessed_at = timezone.make_aware(datetime.combine(day, time(12)))
    if assessment.form is not None:
        form = form_of(assessment.form)
        assessment.items = to_items(form, findings.answers)
        assessment.score = score_of(form, findings.answers)


def _write_needs(assessment: Assessment, findings: Findings, by: Member) -> None:
    """The lines of the page: those it holds are kept, a line emptied while the page is open goes away."""
    mine = {need.pk: need for need in Need.objects.select_for_update().filter(assessment=assessment)}
    kept = set()
    for place, found in enumerate(findings.found):
        need = mine.get(found.pk) or Need(
            assessment=assessment,
            plan_id=assessment.plan_id,
            person_id=assessment.person_id,
            establishment_id=assessment.establishment_id,
            written_by=by,
            # In the order of the page.
            written_at=timezone.now() + timedelta(milliseconds=place),
        )
        fill(need, found)
        need.version += 0 if need._state.adding else 1
        need.save()
        _tighten(Attachment.objects.filter(need=need), need.level)
        kept.add(need.pk)
    for pk, need in mine.items():
        if pk not in kept:
            drop(need)


def _tighten(attachments: Any, level: str) -> None:
    """A file is never shared more widely than what it is joined to."""
    attachments.filter(level__lt=level).update(level=level)
