"""From the plan to the contract's text: gathered once, never retyped.

Only what the person may read goes in (levels C1 and C2): a contract has no
line that one of its parties cannot see.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from avec.careplan.models import Activity, CarePlan, Expectation, Goal, GoalStatus, Position
from avec.people.models import CareTeamMember, Mandate, MandateKind, Person, RelatedPerson, in_force
from avec.people.rules import CEILING, Kind, Level, Voice

from .models import CareContract
from .negotiated import negotiated_texts, negotiations_for_contract
from .rules import (
    ActivityText,
    AnsweredText,
    ClauseText,
    ContractText,
    OriginText,
    PartyText,
    PositionText,
    easy_activity,
    from_data,
)

SHARED = CEILING[Kind.SELF]
# Voices stand side by side in the same order everywhere, the person's first.
VOICES = [voice.value for voice in Voice]


class Party:
    """Who signs: the text shown, and who it is for the database."""

    def __init__(
        self,
        text: PartyText,
        professional: CareTeamMember | None = None,
        relative: RelatedPerson | None = None,
    ) -> None:
        self.text = text
        self.professional = professional
        self.relative = relative

    def may_be_asked(self, level: str) -> bool:
        """A witness signs what their mandate lets them read; who must sign by judgment reads what they sign."""
        return level == Level.C1 or self.relative is None or self.text.required


def parties_of(person: Person) -> list[Party]:
    """Who signs, from the protection in force (Code civil 459: one decides alone as far as one's state allows).

    The referent; the person, or who represents them by judgment; then whoever the
    judgment asks to sign beside them. A trusted person is a witness, never required.
    """
    parties = []
    referent = (
        CareTeamMember.objects.filter(in_force(), person=person, is_referent=True, external=False)
        .select_related("member")
        .order_by("starts_on")
        .first()
    )
    if referent is not None:
        job = referent.function or referent.member.job
        capacity = _("%(job)s, pour l’équipe") % {"job": job} if job else _("pour l’équipe")
        parties.append(
            Party(PartyText("professional", referent.member.name, capacity), professional=referent)
        )
    mandates = list(
        Mandate.objects.filter(in_force(), related_person__person=person, revoked_on__isnull=True)
        .exclude(kind__in=[MandateKind.PROPERTY.value, MandateKind.CARER.value])
        .select_related("related_person")
        .order_by("kind", "starts_on")
    )
    represented = any(mandate.kind in {"representation", "parent"} for mandate in mandates)
    parties.append(
        Party(
            PartyText(
                "person", person.name, person.establishment.words.known(person.gender).one, not represented
            )
        )
    )
    for mandate in mandates:
        related = mandate.related_person
        if mandate.kind in {"representation", "parent"} or (
            mandate.kind == "assistance" and mandate.co_signs
        ):
            voice, required = "representative", True
        elif mandate.kind == "trusted":
            voice, required = "relative", False
        else:
            continue
        words = mandate.words or str(mandate.get_kind_display())
        capacity = ", ".join(dict.fromkeys(word for word in (related.relation, words) if word))
        parties.append(Party(PartyText(voice, related.name, capacity, required), relative=related))
    return parties


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


def activity_text(activity: Activity) -> ActivityText:
    return ActivityText(
        title=activity.title,
        performer=performer_of(activity),
        rhythm=activity.rhythm,
        place=activity.place,
        participation=activity.participation,
    )


def clause_text(number: int, goal: Goal) -> ClauseText:
    activities = tuple(
        activity_text(activity)
        for activity in goal.activities.all()
        if activity.level in SHARED
        and activity.status in {"preparing", "active"}
        and activity.kind == "action"
    )
    easy = [line.strip() for line in goal.easy_words.splitlines() if line.strip()] or [goal.statement]
    for activity in activities:
        easy.extend(easy_activity(activity))
    return ClauseText(
        number=number,
        goal=str(goal.pk),
        heading=goal.title or goal.statement.split(".")[0][:80],
        statement=goal.statement,
        easy=tuple(easy),
        picto=goal.picto,
        due_on=goal.due_on.isoformat() if goal.due_on else "",
        priority=goal.priority or 0,
        expected_result=goal.expected_result,
        activities=activities,
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


def goals_for_contract(plan: CarePlan) -> list[Goal]:
    return list(
        Goal.objects.filter(plan=plan, level__in=SHARED)
        .live()
        .select_related("person")
        .prefetch_related(
            "activities__owner",
            "expectations__relative",
            "expectations__professional",
            "expectations__person",
            "positions__relative",
        )
    )


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


def level_of(plan: CarePlan, goals: Sequence[Goal]) -> str:
    """The most restricted level among everything that the contract will say."""
    levels = {expectation.level for expectation in answered_elsewhere(plan)}
    levels.update(negotiation.level for negotiation in negotiations_for_contract(plan))
    for goal in goals:
        levels.add(goal.level)
        levels.update(origin.level for origin in goal.expectations.all() if origin.level in SHARED)
        levels.update(activity.level for activity in goal.activities.all() if activity.level in SHARED)
    return max(levels, default="C1")


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
) -> ContractText:
    """Everything a version will say, from the plan as it stands."""
    person = plan.person
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
        negotiated=negotiated_texts(plan),
    )
