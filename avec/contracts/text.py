"""From the plan to the contract's text: gathered once, never retyped.

Only what the person may read goes in (levels C1 and C2): a contract has no
line that one of its parties cannot see.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from avec.careplan.models import Activity, CarePlan, Expectation, Goal, GoalStatus, Position
from avec.careplan.rules.wording import told_simply
from avec.negotiation.models import Negotiation
from avec.people.models import Person
from avec.people.rules import CEILING, Kind, Level, Voice

from .models import CareContract
from .negotiated import negotiated_texts, negotiations_for_contract
from .rules import (
    ActivityText,
    AnsweredText,
    ClauseText,
    ContractText,
    Happening,
    OriginText,
    PositionText,
    easy_week_of,
    from_data,
    week_of,
)
from .signatories import Party

SHARED = CEILING[Kind.SELF]
# Voices stand side by side in the same order everywhere, the person's first.
VOICES = [voice.value for voice in Voice]


def speaker(expectation: Expectation) -> str:
    """Who said it, as the contract names them."""
    if expectation.relative is not None:
        relation = expectation.relative.relation
        return f"{expectation.relative.name}, {relation}" if relation else expectation.relative.name
    if expectation.voice == "person":
        return expectation.person.called
    if expectation.professional is not None:
        return expectation.professional.name
    return expectation.origin_words or str(expectation.get_voice_display())


def origin_text(expectation: Expectation) -> OriginText:
    return OriginText(
        expectation=str(expectation.pk),
        voice=expectation.voice,
        name=speaker(expectation),
        words=expectation.words,
        said_on=expectation.said_on.isoformat(),
        kind=expectation.kind,
    )


def position_text(position: Position, person: Person) -> PositionText:
    if position.relative is not None:
        name = position.relative.name
    elif position.voice == "person":
        name = person.called
    else:
        name = _("L’équipe")
    return PositionText(position.voice, name, position.stance, position.reason)


def performer_of(activity: Activity) -> str:
    return activity.performer or (activity.owner.name if activity.owner else "")


def activity_text(activity: Activity, called: str) -> ActivityText:
    return ActivityText(
        title=activity.title,
        performer=performer_of(activity),
        rhythm=activity.rhythm,
        place=activity.place,
        participation=activity.participation,
        means=activity.means.strip(),
        easy=easy_lines(activity, called),
        picto=activity.picto,
    )


def written_lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def easy_lines(activity: Activity, called: str) -> tuple[str, ...]:
    """Its easy words; without any, what its plan says of it, told simply."""
    told = written_lines(activity.easy_words) or told_simply(
        activity.title,
        performer=performer_of(activity),
        rhythm=activity.rhythm,
        place=activity.place,
        participation=activity.participation,
        means=activity.means,
        called=called,
    )
    return told or (activity.title,)


def activities_of(goal: Goal) -> list[Activity]:
    """What is done for this goal, and that the person may read."""
    return [
        activity
        for activity in goal.activities.all()
        if activity.level in SHARED
        and activity.status in {"preparing", "active"}
        and activity.kind == "action"
    ]


def happenings(goals: Sequence[Goal]) -> list[Happening]:
    """Each activity once, whatever the number of goals it serves."""
    activities = {activity.pk: activity for goal in goals for activity in activities_of(goal)}
    return [
        Happening(
            title=activity.title,
            performer=performer_of(activity),
            rhythm=activity.rhythm,
            recurrence=activity.recurrence,
            place=activity.place,
            participation=activity.participation,
        )
        for activity in activities.values()
    ]


def heading_of(goal: Goal) -> str:
    return goal.title or goal.statement.split(".")[0][:80]


def clause_text(number: int, goal: Goal) -> ClauseText:
    return ClauseText(
        number=number,
        goal=str(goal.pk),
        heading=heading_of(goal),
        statement=goal.statement,
        easy=written_lines(goal.easy_words) or (goal.statement,),
        picto=goal.picto,
        due_on=goal.due_on.isoformat() if goal.due_on else "",
        priority=goal.priority or 0,
        expected_result=goal.expected_result,
        activities=tuple(activity_text(activity, goal.person.called) for activity in activities_of(goal)),
        origins=tuple(
            origin_text(expectation)
            for expectation in goal.expectations.all()
            if expectation.level in SHARED and expectation.withdrawn_at is None
        ),
        positions=tuple(
            position_text(position, goal.person)
            for position in sorted(goal.positions.all(), key=lambda position: VOICES.index(position.voice))
            if position.is_current
        ),
    )


def answered_text(expectation: Expectation) -> AnsweredText:
    answer = expectation.current_answer
    assert answer is not None
    return AnsweredText(
        expectation=str(expectation.pk),
        voice=expectation.voice,
        name=speaker(expectation),
        words=expectation.words,
        reply=answer.reply,
        reason=answer.reason,
        instead=answer.instead,
        until=answer.until.isoformat() if answer.until else "",
    )


def balance_of(previous: CareContract | None) -> tuple[str, ...]:
    """What became of the goals of the contract before this one, one sentence each (seed 000: the year's review)."""
    if previous is None:
        return ()
    said = {
        GoalStatus.COMPLETED.value: _("« %s » : c’est terminé."),
        GoalStatus.CANCELLED.value: _("« %s » : cet objectif a été retiré."),
    }
    clauses = previous.clauses.select_related("goal")
    text = from_data(previous.content)
    headings = {clause.goal: clause.heading for clause in text.clauses}
    return tuple(
        said.get(clause.goal.status, _("« %s » : c’est toujours en cours.")) % headings[str(clause.goal_id)]
        for clause in clauses
    )


def shared_goals(plan: CarePlan) -> QuerySet[Goal]:
    """The goals that a contract may tell, alone."""
    return Goal.objects.filter(plan=plan, level__in=SHARED).live()


def goals_for_contract(plan: CarePlan) -> list[Goal]:
    """The same, with all that their articles say."""
    return list(
        shared_goals(plan)
        .select_related("person")
        .prefetch_related(
            "activities__owner",
            "expectations__relative",
            "expectations__professional",
            "expectations__person",
            "positions__relative",
        )
    )


def goals_in(plan: CarePlan, left_out: Sequence[str]) -> list[Goal]:
    """The goals of a version: those that its draft does not leave out."""
    return [goal for goal in goals_for_contract(plan) if f"goal:{goal.pk}" not in left_out]


def answered_elsewhere(plan: CarePlan) -> list[Expectation]:
    """The expectations that are no article: postponed, or not possible."""
    return list(
        Expectation.objects.filter(
            plan=plan,
            level__in=SHARED,
            withdrawn_at__isnull=True,
            current_answer__reply__in=["postponed", "declined"],
        )
        .select_related("current_answer", "relative", "professional", "person")
        .order_by("said_on", "written_at")
    )


def level_of(
    plan: CarePlan,
    goals: Sequence[Goal],
    left_out: Sequence[str] = (),
    *,
    previous: CareContract | None,
) -> str:
    """The most restricted level among everything that the contract will say."""
    levels = {expectation.level for expectation in answered_elsewhere(plan)}
    # A goal that waits is named too, and so is each one of the contract before, in its balance.
    levels.update(goal.level for goal in shared_goals(plan))
    if previous is not None:
        before = Goal.objects.filter(clauses__contract=previous).values_list("level", flat=True)
        # Closed since to the person: they read it then, nobody around them did.
        levels.update(level if level in SHARED else Level.C2.value for level in before)
    levels.update(negotiation.level for negotiation in told_now(plan, left_out))
    for goal in goals:
        levels.add(goal.level)
        levels.update(origin.level for origin in goal.expectations.all() if origin.level in SHARED)
        levels.update(activity.level for activity in goal.activities.all() if activity.level in SHARED)
    return max(levels, default="C1")


def told_now(plan: CarePlan, left_out: Sequence[str]) -> list[Negotiation]:
    """The negotiations that this version tells: those that no contract told yet, but for what waits."""
    return [one for one in negotiations_for_contract(plan) if f"negotiation:{one.pk}" not in left_out]


def contract_text(
    plan: CarePlan,
    *,
    goals: Sequence[Goal],
    parties: Sequence[Party],
    version: int,
    previous: CareContract | None,
    starts_on: date,
    ends_on: date,
    review_on: date,
    why: str = "",
    left_out: Sequence[str] = (),
) -> ContractText:
    """Everything a version will say, from the plan as it stands.

    `left_out`: what its draft leaves for later (models.ContractDraft).
    """
    person = plan.person
    taken = {goal.pk for goal in goals}
    happening = [] if "schedule" in left_out else happenings(goals)
    return ContractText(
        version=version,
        previous=previous.fingerprint if previous else "",
        establishment=plan.establishment.name,
        finess=plan.establishment.finess,
        person=str(person.pk),
        person_name=person.name,
        called=person.called,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
        review_on=review_on.isoformat(),
        balance=balance_of(previous),
        parties=tuple(party.text for party in parties),
        clauses=tuple(clause_text(number, goal) for number, goal in enumerate(goals, 1)),
        answered=tuple(answered_text(expectation) for expectation in answered_elsewhere(plan)),
        negotiated=negotiated_texts(told_now(plan, left_out)),
        why=why,
        schedule=week_of(happening, called=person.called),
        schedule_easy=easy_week_of(happening, called=person.called),
        left_out=tuple(heading_of(goal) for goal in shared_goals(plan) if goal.pk not in taken),
    )
