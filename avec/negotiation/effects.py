"""What was agreed goes into the plan: through the plan's own actions, all of it or nothing.

Called while the negotiation is being concluded, in the same transaction: a
conflict or a refusal of the plan becomes a sentence, and nothing is written.
Nothing is shared wider in the plan than it was at the table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.vocabulary import worded
from avec.careplan.actions import (
    Origins,
    OutOfDate,
    Replied,
    add_activity,
    answer_expectation,
    change_activity,
    write_goal,
)
from avec.careplan.doers import LIVE, ActivityRefused, Doer, end_of, start_of
from avec.careplan.models import LIVE_GOALS, Activity, CarePlan, Expectation, Goal
from avec.careplan.policy import is_open, may_change_activity, may_write_goal
from avec.careplan.rules import AnswerRefused
from avec.careplan.sharing import WideningRefused
from avec.people.models import RelatedPerson, today

from .models import Negotiation
from .rules import Becomes, MoveRefused
from .rules.becomes import day_of
from .rules.table import Outcome
from .sitting import Sitting, key_of

CLOSED = (
    "Le projet est terminé\u00a0: ce qui est décidé ne peut plus y entrer. "
    "Ouvrez une négociation dans le projet en cours."
)


@dataclass
class Made:
    """What the agreement made of the plan, by the key of its point."""

    goals: dict[str, Goal] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    # The goals that it serves or makes, in the order of the points.
    served: list[Goal] = field(default_factory=list)


def into_the_plan(sitting: Sitting, agreed: Sequence[Outcome], *, by: Member) -> Made:
    """Write what was agreed into the plan, once. Raises MoveRefused with a sentence; nothing is written then.

    The goals come first, for the activities that serve them; the expectation that the talk started from is
    answered when a goal came of it.
    """
    made = Made()
    if not agreed:
        return made
    negotiation = sitting.negotiation
    negotiation.plan = CarePlan.objects.select_for_update(of=("self",)).get(pk=negotiation.plan_id)
    negotiation.plan.person = negotiation.person
    for sentence in obstacles(sitting, agreed, by=by):
        raise MoveRefused(sentence)
    named = named_in(negotiation, agreed)
    try:
        for outcome in agreed:
            if outcome.becomes == Becomes.GOAL:
                made.goals[outcome.point] = _goal(sitting, outcome, by)
        for outcome in agreed:
            if outcome.becomes == Becomes.ACTIVITY:
                made.activities[outcome.point] = _activity(
                    sitting,
                    outcome,
                    made.goals.get(str(outcome.fields.get("point"))) or named.goal(outcome),
                    by,
                )
            elif outcome.becomes == Becomes.SCHEDULE:
                made.activities[outcome.point] = _schedule(sitting, outcome, named.activity(outcome), by)
        made.served = list(_served(agreed, made, negotiation))
        _answer(negotiation, agreed, made, by=by)
    except OutOfDate as clash:
        raise MoveRefused(_changed(str(getattr(clash.current, "title", "")))) from clash
    except (ActivityRefused, WideningRefused, AnswerRefused) as refusal:
        raise MoveRefused(str(refusal)) from refusal
    except PermissionDenied as refusal:
        raise MoveRefused(worded("Vous ne pouvez pas changer le projet %(short_of_the)s.")) from refusal
    return made


def obstacles(sitting: Sitting, agreed: Sequence[Outcome], *, by: Member) -> Iterator[str]:
    """What would stop it from going into the plan: said while the text is read, before everybody answers."""
    changing = [outcome for outcome in agreed if outcome.becomes != Becomes.NOTHING]
    if not changing:
        return
    plan = sitting.negotiation.plan
    if not is_open(plan):
        yield CLOSED
        return
    if not may_write_goal(by, plan):
        yield worded("Vous ne pouvez pas changer le projet %(short_of_the)s.")
        return
    named, keys = named_in(sitting.negotiation, changing), {one.point for one in agreed}
    for outcome in changing:
        number = sitting.points[outcome.point].number
        if sentence := _obstacle(outcome, named, keys, by):
            yield _("Point %(number)s. %(sentence)s Rouvrez les positions pour reprendre ce point.") % {
                "number": number,
                "sentence": sentence,
            }


@dataclass(frozen=True)
class Named:
    """The goals and activities of the plan that the agreement names, among those open to the whole table."""

    goals: Mapping[UUID, Goal]
    activities: Mapping[UUID, Activity]

    def goal(self, outcome: Outcome) -> Goal | None:
        key = key_of(outcome.fields.get("goal"))
        return self.goals.get(key) if key else None

    def activity(self, outcome: Outcome) -> Activity | None:
        key = key_of(outcome.fields.get("activity"))
        return self.activities.get(key) if key else None


def named_in(negotiation: Negotiation, agreed: Sequence[Outcome]) -> Named:
    """In two queries, however many points there are."""
    here = {"plan": negotiation.plan_id, "level__lte": negotiation.level}
    keys = {
        name: {key for key in (key_of(one.fields.get(name)) for one in agreed) if key is not None}
        for name in ("goal", "activity")
    }
    return Named(
        goals=Goal.objects.filter(**here).in_bulk(keys["goal"]),
        activities=Activity.objects.filter(**here).select_related("plan", "person").in_bulk(keys["activity"]),
    )


def _obstacle(outcome: Outcome, named: Named, agreed: set[str], by: Member) -> str:
    fields = outcome.fields
    if outcome.becomes == Becomes.GOAL:
        due_on = day_of(fields.get("due_on"))
        return _("Le terme de cet objectif est passé.") if due_on is None or due_on <= today() else ""
    if outcome.becomes == Becomes.ACTIVITY:
        if fields.get("point") and fields["point"] not in agreed:
            return _("L’objectif que cette action sert n’est plus décidé.")
        goal = named.goal(outcome)
        if fields.get("goal") and (goal is None or goal.status not in LIVE_GOALS):
            return _("L’objectif que cette action sert n’est plus en cours.")
        return ""
    activity = named.activity(outcome)
    title = str(fields.get("activity_title", ""))
    if activity is None or activity.status not in LIVE:
        return _("L’action « %s » est finie.") % title
    if not may_change_activity(by, activity):
        return _("Vous ne pouvez pas changer l’action « %s ».") % title
    was = fields.get("was") or {}
    now = {"rhythm": activity.rhythm, "place": activity.place, "performer": activity.performer}
    return _changed(title) if any(now[name] != words for name, words in was.items() if name in now) else ""


def _changed(title: str) -> str:
    return _("L’action « %s » a changé dans le projet depuis que vous en avez parlé.") % title


def _goal(sitting: Sitting, outcome: Outcome, by: Member) -> Goal:
    negotiation, fields = sitting.negotiation, outcome.fields
    return write_goal(
        negotiation.plan,
        by=by,
        origins=Origins(expectations=_origins(negotiation, fields)),
        statement=fields["statement"],
        title=sitting.points[outcome.point].words[:200],
        due_on=day_of(fields["due_on"]),
        priority=fields["priority"],
        expected_result=fields.get("expected_result", ""),
        easy_words=fields.get("easy_words", ""),
        level=negotiation.level,
    )


def _origins(negotiation: Negotiation, fields: Mapping[str, Any]) -> list[Expectation]:
    """The words that were chosen, and those that the talk started from; words taken back are no origin."""
    keys = {key for key in map(key_of, fields.get("expectations", ())) if key is not None}
    if negotiation.expectation_id is not None:
        keys.add(negotiation.expectation_id)
    found = Expectation.objects.filter(
        pk__in=keys, plan=negotiation.plan, level__lte=negotiation.level, withdrawn_at__isnull=True
    )
    return list(found)


def _activity(sitting: Sitting, outcome: Outcome, goal: Goal | None, by: Member) -> Activity:
    negotiation, fields = sitting.negotiation, outcome.fields
    return add_activity(
        negotiation.plan,
        goals=[goal] if goal else [],
        by=by,
        performers=_doers(negotiation, fields),
        title=fields["title"],
        participation=fields["participation"],
        level=negotiation.level,
        **_how(fields),
    )


def _schedule(sitting: Sitting, outcome: Outcome, activity: Activity | None, by: Member) -> Activity:
    """Only what was talked about changes; and what comes of the table is read by those who were to read it."""
    negotiation, fields = sitting.negotiation, outcome.fields
    assert activity is not None  # an obstacle otherwise
    return change_activity(
        activity,
        version=activity.version,
        by=by,
        performers=_doers(negotiation, fields) if fields.get("doers") else None,
        level=max(activity.level, negotiation.level),
        **_how(fields),
    )


def _how(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that were filled; a rhythm said otherwise replaces the rule with it."""
    columns: dict[str, Any] = {}
    if fields.get("rhythm"):
        columns |= {"rhythm": fields["rhythm"], "recurrence": fields.get("recurrence", "")}
    if fields.get("place"):
        columns["place"] = fields["place"]
    if starts_on := day_of(fields.get("starts_on")):
        columns["starts_at"] = start_of(starts_on)
    if ends_on := day_of(fields.get("ends_on")):
        columns["ends_at"] = end_of(ends_on)
    return columns


def _doers(negotiation: Negotiation, fields: Mapping[str, Any]) -> list[Doer]:
    """Who does it; somebody who left the circle or the house since is still named, in words."""
    written = list(fields.get("doers", ()))
    keys = {key for key in (key_of(doer.get("key")) for doer in written) if key is not None}
    relatives = RelatedPerson.objects.filter(person=negotiation.person_id).in_bulk(keys)
    members = Member.objects.filter(establishment=negotiation.establishment_id).in_bulk(keys)
    doers = []
    for doer in written:
        key = key_of(doer.get("key"))
        kind, name = doer["kind"], str(doer.get("name", ""))[:120]
        if key in relatives:
            doers.append(Doer(kind, relative=relatives[key]))
        elif key in members:
            doers.append(Doer(kind, member=members[key]))
        else:
            doers.append(Doer(kind, words="" if kind == "person" else name))
    return doers


def _served(agreed: Sequence[Outcome], made: Made, negotiation: Negotiation) -> Iterator[Goal]:
    """The goals that the agreement makes, then those that its activities serve."""
    yield from made.goals.values()
    for outcome in agreed:
        activity = made.activities.get(outcome.point)
        if activity is not None:
            yield from activity.goals.filter(status__in=LIVE_GOALS, level__lte=negotiation.level)
    goal = negotiation.goal
    if goal is not None and made.activities and goal.status in LIVE_GOALS:
        yield goal


def _answer(negotiation: Negotiation, agreed: Sequence[Outcome], made: Made, *, by: Member) -> None:
    """The words that the talk started from are answered by the goal that came of it."""
    if negotiation.expectation_id is None or not made.served:
        return
    expectation = Expectation.objects.get(pk=negotiation.expectation_id)
    waits = (
        expectation.current_answer_id is None
        and expectation.withdrawn_at is None
        and not expectation.waits_for_words
        and expectation.plan_id == negotiation.plan_id
    )
    if not waits:
        return
    reason = _("Nous en avons parlé ensemble, et nous nous sommes mis d’accord.")
    if expectation.level >= negotiation.level:
        # Words read by fewer people than this answer would be stay at the table.
        reason = "\n".join([reason, *[outcome.words for outcome in agreed]])
    answer_expectation(expectation, Replied("negotiated", reason=reason, goal=made.served[0]), by=by)
