"""The needs, the assessments and the files of a person, gathered in one query each, however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from avec.accounts.models import Member, Role
from avec.accounts.vocabulary import worded
from avec.people.models import Person

from . import serafin
from .models import Assessment, Attachment, CarePlan, Goal, Need
from .rules.questionnaires import from_items, told, worded_score
from .scales import form_of


@dataclass
class NeedRow:
    """A need or a strength with its official words, its goals and its files."""

    need: Need
    goals: list[Goal] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)

    @property
    def serafin(self) -> str:
        words = serafin.label(self.need.serafin)
        return f"{self.need.serafin} · {words}" if words else self.need.serafin

    @property
    def is_draft(self) -> bool:
        return self.need.assessment is not None and self.need.assessment.is_open


@dataclass
class Discipline:
    """The assessments of one discipline, the latest first, and its scores over time."""

    name: str
    assessments: list[Assessment] = field(default_factory=list)

    @property
    def current(self) -> Assessment | None:
        return next((one for one in self.assessments if not one.withdrawn_at), None)


@dataclass
class Series:
    """One scale over time, whoever filled it: never two scales together."""

    title: str
    lines: list[tuple[Assessment, int, str]] = field(default_factory=list)


def assessments_of(member: Member, person: Person) -> list[Assessment]:
    """Every assessment this member reads, the latest first. One query."""
    found = Assessment.objects.visible_to(member).filter(person=person)
    people = ("author", "responsible", "assessor", "withdrawn_by", "form")
    return list(found.select_related(*people).order_by("-assessed_at", "-written_at"))


def needs_of(member: Member, plan: CarePlan) -> list[Need]:
    """The needs and strengths of a plan with the goals that answer them. Two queries."""
    goals = Prefetch("goals", Goal.objects.visible_to(member).order_by("number"), to_attr="readable_goals")
    found = Need.objects.visible_to(member).filter(plan=plan).exclude(assessment__withdrawn_at__isnull=False)
    return list(found.select_related("written_by", "assessment").prefetch_related(goals))


def files_of(member: Member, plan: CarePlan) -> list[Attachment]:
    """The files joined to the plan and to its lines, the latest first. One query."""
    found = Attachment.objects.visible_to(member).filter(plan=plan)
    lines = ("expectation", "need", "assessment", "goal", "activity")
    return list(found.select_related("file", "written_by", *lines).order_by("-written_at"))


def need_rows(needs: Iterable[Need], files: Iterable[Attachment]) -> list[NeedRow]:
    """Each need with what hangs on it; no query."""
    by_need: dict[UUID, list[Attachment]] = {}
    for one in files:
        if one.need_id:
            by_need.setdefault(one.need_id, []).append(one)
    return [NeedRow(need, getattr(need, "readable_goals", []), by_need.get(need.pk, [])) for need in needs]


def by_discipline(assessments: Iterable[Assessment]) -> list[Discipline]:
    """One heading for each discipline; what the person answered themself comes first, under its own."""
    found: dict[str, Discipline] = {}
    for one in assessments:
        name = discipline_of(one)
        found.setdefault(name.casefold(), Discipline(name)).assessments.append(one)
    ordered = sorted(found.values(), key=lambda group: group.name.casefold())
    return sorted(ordered, key=lambda group: not group.assessments[0].by_person)


def discipline_of(assessment: Assessment) -> str:
    if assessment.by_person and not assessment.discipline:
        return worded(_("Ce que %(short_the)s en dit %(them)s-même"))
    return assessment.discipline or (assessment.form.title if assessment.form else _("Autre évaluation"))


def series_of(assessments: Iterable[Assessment]) -> list[Series]:
    """Each scale with its validated scores, the oldest first; a scale filled once says nothing of time."""
    found: dict[tuple[str, bool], Series] = {}
    for one in reversed(list(assessments)):
        if one.score is None or one.form is None or one.is_open or one.withdrawn_at:
            continue
        key = (one.form.url, one.by_person)
        words = worded_score(form_of(one.form), one.score)
        found.setdefault(key, Series(one.form.title)).lines.append((one, one.score, words))
    return list(found.values())


def answers_told(assessment: Assessment) -> list[tuple[str, str]]:
    """The questions that were answered, with their answers in words; what came from elsewhere too."""
    if assessment.form is None:
        return [line for item in assessment.items if isinstance(item, dict) for line in item_told(item)]
    form = form_of(assessment.form)
    answers = from_items(form, assessment.items)
    return [(one.words, told(one, answers[one.id])) for one in form.questions if one.id in answers]


def item_told(item: dict[str, Any]) -> list[tuple[str, str]]:
    """An item of a FHIR QuestionnaireResponse, and those under it."""
    rows = item.get("answer")
    values = [value_told(row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    here = (
        [(str(item.get("text") or item.get("linkId") or ""), ", ".join(filter(None, values)))]
        if values
        else []
    )
    inner = item.get("item")
    below = (
        [line for one in inner if isinstance(one, dict) for line in item_told(one)]
        if isinstance(inner, list)
        else []
    )
    return here + below


def value_told(row: dict[str, Any]) -> str:
    for name, value in row.items():
        if not name.startswith("value"):
            continue
        if isinstance(value, bool):
            return _("Oui") if value else _("Non")
        if isinstance(value, dict):
            return str(value.get("display") or value.get("code") or value.get("value") or "")
        return str(value)
    return ""


def state_of(assessment: Assessment) -> str:
    """In a few words, where an assessment is."""
    if assessment.withdrawn_at:
        return _("retirée")
    if assessment.is_open:
        trainee = assessment.author is not None and assessment.author.role == Role.TRAINEE.value
        return _("en cours, à valider par l’équipe") if trainee else _("en cours")
    return _("validée") if assessment.validated_at else _("reçue")


@dataclass(frozen=True)
class OnRecord:
    """What the record page shows of needs, assessments and files."""

    strengths: list[NeedRow]
    needs: list[NeedRow]
    files: list[Attachment]
    to_validate: int
    assessed: int


def on_record(needs: Iterable[Need], files: list[Attachment], *, assessed: int, to_validate: int) -> OnRecord:
    """The fragment `careplan/needs_on_record.html`, from what was gathered; no query."""
    rows = [row for row in need_rows(needs, files) if row.need.status == "active" and not row.is_draft]
    return OnRecord(
        strengths=[row for row in rows if row.need.is_strength],
        needs=[row for row in rows if not row.need.is_strength],
        files=[one for one in files if not one.need_id],
        to_validate=to_validate,
        assessed=assessed,
    )
