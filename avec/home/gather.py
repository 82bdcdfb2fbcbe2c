"""What a person's page shows, gathered in as few queries as there are kinds of things to show.

Each reader below asks one question of the database, however long the record
is: lines tied to several others come as one row for each tie, and are folded
here. What the member may not read is never asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from avec.accounts.models import Member, Role
from avec.careplan.models import (
    LIVE_GOALS,
    Activity,
    ActivityStatus,
    Answer,
    Assessment,
    Attachment,
    CarePlan,
    Evaluation,
    Expectation,
    Goal,
    Need,
    Position,
    SpokenVoice,
)
from avec.careplan.rules import OPEN_STEPS
from avec.contracts.models import CareContract, ClauseOrigin, IndividualDocument, NextStep
from avec.contracts.rules import AGREED
from avec.contracts.told import chosen_day
from avec.people.banner import Around, banner_fields, circle_of
from avec.people.models import Person, RelatedPerson, teams_of

from .record_talks import refusals_column, talks_column

LIVE_ACTIVITIES = frozenset({ActivityStatus.PREPARING.value, ActivityStatus.ACTIVE.value})
SIGNED = [outcome.value for outcome in AGREED]


@dataclass
class Said:
    """An expectation, the goals it gave, and its article in the latest contract."""

    expectation: Expectation
    goals: set[UUID] = field(default_factory=set)
    article: int | None = None
    contract: UUID | None = None

    @property
    def answer(self) -> Answer | None:
        return self.expectation.current_answer

    @property
    def waits(self) -> bool:
        return self.expectation.current_answer_id is None and self.expectation.withdrawn_at is None


@dataclass
class Aim:
    """A goal and where each party stands on it today."""

    goal: Goal
    positions: list[Position] = field(default_factory=list)
    has_origin: bool = False
    # The latest evaluation of each voice that this member reads.
    evaluations: list[Evaluation] = field(default_factory=list)

    @property
    def heard(self) -> list[tuple[str, date]]:
        return [(evaluation.voice, evaluation.evaluated_on) for evaluation in self.evaluations]

    @property
    def live(self) -> bool:
        return self.goal.status in LIVE_GOALS


@dataclass
class Deed:
    """An activity and the goals it serves."""

    activity: Activity
    goals: set[UUID] = field(default_factory=set)

    @property
    def live(self) -> bool:
        return self.activity.status in LIVE_ACTIVITIES


def plan_for(member: Member, person: UUID) -> CarePlan | None:
    """The plan in progress, or the last one, with the person, the banner's facts, and `inside`: in the team now?"""
    assessments = Assessment.objects.visible_to(member).filter(plan=OuterRef("pk"), withdrawn_at__isnull=True)
    is_open = Case(When(step__in=[step.value for step in OPEN_STEPS], then=Value(1)), default=Value(0))
    return (
        CarePlan.objects.visible_to(member)
        .filter(person=person)
        .select_related("person__establishment", "person__unit")
        .annotate(
            inside=teams_of(member, "person_id", external=False),
            assessed=counted(assessments.exclude(status="in-progress")),
            to_validate=counted(
                assessments.filter(status="in-progress", author__role=Role.TRAINEE.value).exclude(
                    author=member
                )
            ),
            talks=talks_column(member),
            refused=refusals_column(member),
            **banner_fields("person_id"),
        )
        .order_by(is_open.desc(), "-created_at")
        .first()
    )


def counted(rows: Any) -> Coalesce:
    """How many rows, as a column of another query."""
    grouped = rows.order_by().values("plan").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)


def person_for(member: Member, person: UUID) -> Person | None:
    """The same without a plan."""
    persons = Person.objects.visible_to(member).select_related("establishment", "unit")
    inside = teams_of(member, "pk", external=False)
    return persons.annotate(inside=inside, **banner_fields()).filter(pk=person).first()


def circle_around(member: Member, person: Person) -> list[Around]:
    """Who is around the person; for somebody of the circle, themself: who else the person chose is not told."""
    circle = RelatedPerson.objects.visible_to(member).filter(person=person)
    return circle_of(circle.filter(member=member) if member.role == Role.RELATIVE.value else circle)


def with_article(expectations: Any) -> Any:
    """Adds the article that an expectation gave in the latest contract, and that contract."""
    origins = ClauseOrigin.objects.filter(expectation=OuterRef("pk")).exclude(
        clause__contract__state="withdrawn"
    )
    latest = origins.order_by("-clause__contract__version")
    return expectations.annotate(
        article=Subquery(latest.values("clause__number")[:1]),
        # A key read through a subquery comes as text on SQLite unless its type is said.
        article_of=Subquery(latest.values("clause__contract")[:1], output_field=UUIDField()),
    )


def words_said(member: Member, plan: CarePlan) -> list[Said]:
    rows = with_article(
        Expectation.objects.visible_to(member)
        .filter(plan=plan)
        .select_related("current_answer__by", "relative", "professional", "written_by", "transcribed_by")
        .annotate(goal_pk=F("goals__pk"))
    )
    found: dict[UUID, Said] = {}
    for row in rows:
        said = found.setdefault(row.pk, Said(row, article=row.article, contract=row.article_of))
        if row.goal_pk:
            said.goals.add(row.goal_pk)
    return list(found.values())


def aims(member: Member, plan: CarePlan) -> list[Aim]:
    rows: Any = (
        Goal.objects.visible_to(member)
        .filter(plan=plan)
        .select_related("referent")
        .annotate(
            now=FilteredRelation("positions", condition=Q(positions__is_current=True)),
            from_words=Exists(Goal.expectations.through.objects.filter(goal=OuterRef("pk"))),
            from_need=Exists(Goal.needs.through.objects.filter(goal=OuterRef("pk"))),
        )
        .annotate(
            position=F("now__pk"),
            position_voice=F("now__voice"),
            position_stance=F("now__stance"),
            position_reason=F("now__reason"),
            position_at=F("now__at"),
            position_again=F("now__ask_again_on"),
            relative_pk=F("now__relative__pk"),
            relative_member=F("now__relative__member"),
            relative_civility=F("now__relative__civility"),
            relative_given=F("now__relative__given_name"),
            relative_family=F("now__relative__family_name"),
            relative_relation=F("now__relative__relation"),
        )
        .order_by(F("priority").asc(nulls_last=True), "number", "now__at")
    )
    found: dict[UUID, Aim] = {}
    for row in rows:
        aim = found.setdefault(row.pk, Aim(row, has_origin=row.from_words or row.from_need))
        if row.position and reads_position(member, row):
            aim.positions.append(position_of(row))
    return list(found.values())


def reads_position(member: Member, row: Any) -> bool:
    """As `PositionQuerySet.visible_to`: a relative never reads another relative's position (T27)."""
    of_circle = row.position_voice in {SpokenVoice.RELATIVE.value, SpokenVoice.REPRESENTATIVE.value}
    return not (of_circle and member.role == Role.RELATIVE.value and row.relative_member != member.pk)


def position_of(row: Any) -> Position:
    """The position carried by a row of `aims`."""
    relative = row.relative_pk and RelatedPerson(
        pk=row.relative_pk,
        civility=row.relative_civility,
        given_name=row.relative_given,
        family_name=row.relative_family,
        relation=row.relative_relation,
    )
    return Position(
        pk=row.position,
        voice=row.position_voice,
        stance=row.position_stance,
        reason=row.position_reason,
        at=row.position_at,
        ask_again_on=row.position_again,
        relative=relative or None,
    )


def deeds(member: Member, plan: CarePlan) -> list[Deed]:
    rows: Any = (
        Activity.objects.visible_to(member)
        .filter(plan=plan)
        .select_related("owner")
        .annotate(goal_pk=F("goals__pk"))
        .order_by("written_at", "identifier", "pk", "goals__number")
    )
    found: dict[UUID, Deed] = {}
    for row in rows:
        deed = found.setdefault(row.pk, Deed(row))
        if row.goal_pk:
            deed.goals.add(row.goal_pk)
    return list(found.values())


def needs_noted(member: Member, plan: CarePlan) -> list[Need]:
    found = Need.objects.visible_to(member).filter(plan=plan, status="active")
    found = found.exclude(assessment__withdrawn_at__isnull=False)
    return list(found.select_related("written_by", "assessment"))


def contracts_with_signatures(member: Member, person: Person) -> list[CareContract]:
    """Every version, latest first, without its text: `to_choose` lines, `chosen` ones, when the last was; and after.

    Of a group in which one signature is enough (two parents), one line counts.
    """
    agreed = Q(lines__required=True, lines__signatures__outcome__in=SIGNED)
    line = Case(
        When(lines__one_of="", then=Cast("lines__order", CharField())),
        default=F("lines__one_of"),
        output_field=CharField(),
    )
    instead = IndividualDocument.objects.filter(contract=OuterRef("pk"))
    steps = NextStep.objects.filter(contract=OuterRef("pk")).order_by("-at")
    return list(
        CareContract.objects.visible_to(member)
        .filter(person=person)
        .defer("content")
        .select_related("end")
        .annotate(
            to_choose=Count(line, filter=Q(lines__required=True), distinct=True),
            chosen=Count(line, filter=agreed, distinct=True),
            signed_on=Max(chosen_day("lines__signatures__"), filter=agreed),
            instead_at=Subquery(instead.values("at")[:1]),
            step_on=Subquery(steps.values("on")[:1]),
            step_what=Subquery(steps.values("what")[:1]),
        )
        .order_by("-version")
    )


def attachments(member: Member, plan: CarePlan) -> list[Attachment]:
    found = Attachment.objects.visible_to(member).filter(plan=plan).select_related("file", "written_by")
    return list(found.order_by("-written_at"))


def with_evaluations(aims: Iterable[Aim], evaluations: Mapping[UUID, list[Evaluation]]) -> None:
    """Give each goal its evaluations, the latest first; no query."""
    for aim in aims:
        aim.evaluations = evaluations.get(aim.goal.pk, [])
