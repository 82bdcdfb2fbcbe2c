"""What people do in a care plan: say, answer, aim, act, take position.

Each action checks, writes and leaves its trace in one transaction. Words are
kept as they were said: an answer, a position or a wording is added, never
written over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member, Role
from avec.accounts.policy import require
from avec.people.journal import record
from avec.people.models import Person, RelatedPerson, today
from avec.people.policy import may_write
from avec.people.rules import Level

from .models import (
    LIVE_GOALS,
    Activity,
    Answer,
    CarePlan,
    Expectation,
    Goal,
    Need,
    Position,
    SpokenVoice,
    StepChoice,
)
from .policy import (
    may_answer,
    may_change_activity,
    may_say,
    may_share,
    may_take_position,
    may_widen,
    may_withdraw,
    may_write_down_for,
    may_write_goal,
)
from .rules import AnswerRefused, Reply, Stance, check_answer


class OutOfDate(Exception):
    """Somebody else saved in the meantime. Both texts are shown; nothing is lost."""

    def __init__(self, current: Any) -> None:
        super().__init__()
        self.current = current


@transaction.atomic
def open_plan(
    person: Person,
    *,
    title: str,
    by: Member,
    stay: Any = None,
    starts_on: date | None = None,
    kind: str = "",
) -> CarePlan:
    require(may_write(by, person))
    plan = CarePlan.objects.create(
        person=person,
        establishment_id=person.establishment_id,
        stay=stay,
        title=title,
        kind=kind,
        starts_on=starts_on or today(),
        created_by=by,
    )
    record("plan.opened", plan, by=by, person=person)
    return plan


def plan_of(person: Person) -> CarePlan | None:
    """The plan in progress, the latest one if there are several."""
    return CarePlan.objects.current().filter(person=person).first()


@dataclass(frozen=True)
class Said:
    """What was said: by whom, in which words, how much it matters, and shared with whom."""

    words: str
    voice: str = SpokenVoice.PERSON.value
    kind: str = "wish"
    importance: int | None = None
    said_on: date | None = None
    situation: str = ""
    level: str = "C1"
    relative: RelatedPerson | None = None
    comment: str = ""


@transaction.atomic
def say(plan: CarePlan, said: Said, *, by: Member) -> Expectation:
    """Add an expectation: one's own words, or somebody's words written down by the team.

    The voice is decided here from who is speaking: nobody types in another's name.
    """
    person = plan.person
    require(may_say(by, person))
    voice, relative = said.voice, said.relative
    if by.role == Role.PERSON.value:
        voice, relative = SpokenVoice.PERSON.value, None
    elif by.role == Role.RELATIVE.value:
        relative = RelatedPerson.objects.filter(person=person, member=by).prefetch_related("mandates").first()
        voice = voice_of(relative)
    else:
        require(may_write_down_for(by, person))
        require(relative is None or relative.person_id == person.pk)
    expectation = Expectation.objects.create(
        plan=plan,
        person=person,
        establishment_id=person.establishment_id,
        voice=voice,
        relative=relative,
        professional=by if voice in {SpokenVoice.PROFESSIONAL.value, SpokenVoice.OBSERVED.value} else None,
        kind=said.kind,
        words=said.words.strip(),
        comment=said.comment,
        importance=said.importance,
        said_on=said.said_on or today(),
        situation=said.situation,
        level=said.level,
        written_by=by,
    )
    record("expectation.said", expectation, by=by, person=person)
    return expectation


def voice_of(relative: RelatedPerson | None) -> str:
    """Somebody of the circle speaks as a relative, or as a representative when a judgment says so."""
    legal = {"representation", "assistance", "parent", "property"}
    if relative is not None and any(mandate.kind in legal for mandate in relative.mandates.all()):
        return SpokenVoice.REPRESENTATIVE.value
    return SpokenVoice.RELATIVE.value


@transaction.atomic
def withdraw_expectation(expectation: Expectation, *, by: Member) -> None:
    """Take words back: they leave the screens of the day and stay in the history."""
    expectation = Expectation.objects.select_for_update(of=("self",)).get(pk=expectation.pk)
    require(may_withdraw(by, expectation))
    expectation.withdrawn_at = expectation.withdrawn_at or timezone.now()
    expectation.save(update_fields=["withdrawn_at"])
    record("expectation.withdrawn", expectation, by=by, person=expectation.person)


@transaction.atomic
def share_expectation(expectation: Expectation, level: Level, *, by: Member) -> None:
    """Choose who reads one's words. At once: whoever may no longer read them finds nothing (T23)."""
    expectation = (
        Expectation.objects.select_for_update(of=("self",)).select_related("person").get(pk=expectation.pk)
    )
    require(may_share(by, expectation, level))
    before, expectation.level = expectation.level, level.value
    expectation.save(update_fields=["level"])
    record(
        "expectation.shared", expectation, by=by, person=expectation.person, before=before, after=level.value
    )


@dataclass(frozen=True)
class Replied:
    """An answer as written: its kind, and what that kind must say."""

    reply: str
    reason: str = ""
    instead: str = ""
    until: date | None = None
    goal: Goal | None = None
    # The fields of a goal written together with the answer.
    new_goal: dict[str, Any] | None = None


@transaction.atomic
def answer_expectation(expectation: Expectation, replied: Replied, *, by: Member) -> Answer:
    """Answer somebody's words. Raises AnswerRefused, with a sentence, when the answer leads nowhere."""
    expectation = (
        Expectation.objects.select_for_update(of=("self",))
        .select_related("person", "plan")
        .get(pk=expectation.pk)
    )
    require(may_answer(by, expectation))
    goal = replied.goal
    require(goal is None or goal.plan_id == expectation.plan_id)
    if expectation.withdrawn_at is not None:
        raise AnswerRefused("Ces mots ont été retirés par qui les avait dits.")
    if replied.new_goal is not None and goal is None:
        goal = write_goal(expectation.plan, by=by, **replied.new_goal)
    check_answer(Reply(replied.reply), reason=replied.reason, goal=goal, until=replied.until, today=today())
    answer = Answer.objects.create(
        expectation=expectation,
        reply=replied.reply,
        goal=goal,
        reason=replied.reason.strip(),
        instead=replied.instead.strip(),
        until=replied.until,
        by=by,
    )
    before = expectation.current_answer
    expectation.current_answer = answer
    expectation.save(update_fields=["current_answer"])
    if goal is not None:
        goal.expectations.add(expectation)
    elif before is not None and before.goal is not None and before.goal.status in LIVE_GOALS:
        # A goal no longer comes from words that are now put off or declined: the contract would say both.
        before.goal.expectations.remove(expectation)
    record("expectation.answered", answer, by=by, person=expectation.person, reply=replied.reply)
    return answer


@dataclass(frozen=True)
class Origins:
    """What a goal answers, among what its author can read: `offered` is what they could choose from."""

    expectations: Sequence[Expectation] = ()
    needs: Sequence[Need] = ()
    offered_expectations: Sequence[Expectation] = ()
    offered_needs: Sequence[Need] = ()

    def tie(self, goal: Goal) -> None:
        """Tie a goal to what it answers; an origin that its author cannot read stays tied."""
        plans = {one.plan_id for one in self.expectations} | {one.plan_id for one in self.needs}
        require(plans <= {goal.plan_id})
        goal.expectations.remove(*[one for one in self.offered_expectations if one not in self.expectations])
        goal.needs.remove(*[one for one in self.offered_needs if one not in self.needs])
        goal.expectations.add(*self.expectations)
        goal.needs.add(*self.needs)


@transaction.atomic
def write_goal(plan: CarePlan, *, by: Member, origins: Origins | None = None, **fields: Any) -> Goal:
    """Add a goal. Its number in the plan never changes and is never used again."""
    plan = CarePlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    require(may_write_goal(by, plan))
    last = Goal.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    goal = Goal.objects.create(
        plan=plan,
        person_id=plan.person_id,
        establishment_id=plan.establishment_id,
        number=last + 1,
        written_by=by,
        **fields,
    )
    if origins is not None:
        origins.tie(goal)
    if plan.step in {StepChoice.GATHERING.value, StepChoice.ASSESSMENT.value}:
        plan.step = StepChoice.CO_CONSTRUCTION.value
        plan.save(update_fields=["step"])
    record("goal.written", goal, by=by, person=plan.person)
    return goal


class WideningRefused(ValueError):
    """Only the author or the referent shares an element with more people. The message is for the screen."""


def _keep_level(element: Goal | Activity, fields: dict[str, Any], *, by: Member) -> dict[str, str]:
    """What the journal says of a change of sharing; WideningRefused when it opens to more people without right."""
    before, after = element.level, fields.get("level", element.level)
    if after < before and not may_widen(by, element):
        raise WideningRefused(
            _(
                "Ce partage s’ouvre à plus de monde : l’auteur ou la personne référente de l’équipe peut le faire."
            )
        )
    return {} if after == before else {"level_before": before, "level_after": after}


@transaction.atomic
def change_goal(
    goal: Goal, *, version: int, by: Member, origins: Origins | None = None, **fields: Any
) -> Goal:
    """Change a goal. Raises OutOfDate when somebody saved since the form was opened."""
    goal = (
        Goal.objects.select_for_update(of=("self",)).select_related("plan__person", "person").get(pk=goal.pk)
    )
    require(may_write_goal(by, goal.plan))
    if goal.version != version:
        raise OutOfDate(goal)
    shared = _keep_level(goal, fields, by=by)
    for name, value in fields.items():
        setattr(goal, name, value)
    goal.version += 1
    goal.save(update_fields=[*fields, "version"])
    if origins is not None:
        origins.tie(goal)
    record("goal.changed", goal, by=by, person=goal.person, fields=sorted(fields), **shared)
    return goal


@transaction.atomic
def take_position(
    goal: Goal,
    stance: Stance,
    *,
    by: Member,
    reason: str = "",
    voice: str = "",
    relative: RelatedPerson | None = None,
    ask_again_on: date | None = None,
) -> Position:
    """Say what one thinks of a goal; the earlier position stays in the history.

    The team writes its own position, or the one that the person or a relative said to them.
    """
    goal = Goal.objects.select_for_update(of=("self",)).select_related("plan", "person").get(pk=goal.pk)
    require(may_take_position(by, goal))
    if by.role == Role.PERSON.value:
        voice, relative = SpokenVoice.PERSON.value, None
    elif by.role == Role.RELATIVE.value:
        relative = (
            RelatedPerson.objects.filter(person=goal.person, member=by).prefetch_related("mandates").first()
        )
        voice = voice_of(relative)
    else:
        require(may_write_down_for(by, goal.person))
        voice = voice or SpokenVoice.PROFESSIONAL.value
        require(relative is None or relative.person_id == goal.person_id)
    # Somebody of the circle keeps one position, even once a judgment changed the voice they speak in.
    same = {"relative": relative} if relative is not None else {"voice": voice, "relative": None}
    Position.objects.filter(goal=goal, is_current=True, **same).update(is_current=False)
    position = Position.objects.create(
        goal=goal,
        voice=voice,
        relative=relative,
        stance=stance,
        reason=reason.strip(),
        ask_again_on=ask_again_on,
        by=by,
    )
    record("goal.position", position, by=by, person=goal.person, stance=str(stance))
    return position


@transaction.atomic
def add_activity(plan: CarePlan, *, goals: list[Goal], by: Member, **fields: Any) -> Activity:
    require(may_write_goal(by, plan))
    require(all(goal.plan_id == plan.pk for goal in goals))
    activity = Activity.objects.create(
        plan=plan, person_id=plan.person_id, establishment_id=plan.establishment_id, written_by=by, **fields
    )
    activity.goals.set(goals)
    record("activity.added", activity, by=by, person=plan.person)
    return activity


@transaction.atomic
def change_activity(
    activity: Activity,
    *,
    version: int,
    by: Member,
    goals: Sequence[Goal] | None = None,
    offered: Sequence[Goal] = (),
    **fields: Any,
) -> Activity:
    """Change an activity. Raises OutOfDate when somebody saved since the form was opened.

    `goals`: the goals it serves, among those `offered` to its author; the others stay tied.
    """
    activity = (
        Activity.objects.select_for_update(of=("self",)).select_related("plan", "person").get(pk=activity.pk)
    )
    require(may_change_activity(by, activity))
    if activity.version != version:
        raise OutOfDate(activity)
    shared = _keep_level(activity, fields, by=by)
    for name, value in fields.items():
        setattr(activity, name, value)
    activity.version += 1
    activity.save(update_fields=[*fields, "version"])
    if goals is not None:
        require(all(goal.plan_id == activity.plan_id for goal in goals))
        activity.goals.remove(*[goal for goal in offered if goal not in goals])
        activity.goals.add(*goals)
    record("activity.changed", activity, by=by, person=activity.person, fields=sorted(fields), **shared)
    return activity
