"""The plan and its lines: needs, assessments, goals, expectations, activities."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.careplan.models import (
    Activity,
    Assessment,
    CarePlan,
    Expectation,
    Goal,
    Need,
    PlanKind,
    SpokenVoice,
)
from avec.interop.importing.people import enter_team, member_of
from avec.interop.importing.work import Work, moment, of
from avec.interop.records import (
    ParsedActivity,
    ParsedAssessment,
    ParsedExpectation,
    ParsedGoal,
    ParsedNeed,
    ParsedPlan,
)
from avec.interop.rules import fold_words
from avec.people.models import Person, RelatedPerson


def write_plans(work: Work) -> None:
    for plan in work.records.plans:
        _plan(work, plan)
    for need in work.records.needs:
        _need(work, need)
    for assessment in work.records.assessments:
        _assessment(work, assessment)
    for goal in work.records.goals:
        _goal(work, goal)
    for expectation in work.records.expectations:
        _expectation(work, expectation)
    for activity in work.records.activities:
        _activity(work, activity)
    for activity in work.records.activities:
        _tie_part(work, activity)


def _plan(work: Work, parsed: ParsedPlan) -> None:
    person = work.persons[parsed.person]
    if parsed.kind and parsed.kind not in PlanKind.values:
        work.ignore(parsed.title, _("type de projet « %(kind)s » inconnu") % {"kind": parsed.kind})
        parsed.kind = ""
    shelf = work.shelf(CarePlan, "title", person=person)
    names = "kind title description communication step starts_on ends_on"
    plan = work.plans[parsed.key] = work.settle(
        "plan",
        parsed.identifier or parsed.title,
        shelf.find(parsed.identifier, parsed.title),
        CarePlan,
        {name: getattr(parsed, name) for name in names.split()},
        identifier=parsed.identifier,
        created_by=work.by,
        **of(person),
    )
    shelf.add(plan)


def _line(
    work: Work,
    kind: str,
    model: Any,
    parsed: Any,
    names: str,
    fields: dict[str, Any] | None = None,
    words: str = "words",
    **fixed: Any,
) -> Any:
    """One line of a plan, found by its number, or written with the fields that the record names."""
    plan = work.plans[parsed.plan]
    shelf = work.shelf(model, words, plan=plan)
    if model is Goal:
        fixed["number"] = shelf.last + 1
    line = work.lines[parsed.key] = work.settle(
        kind,
        parsed.identifier or str(getattr(parsed, words))[:60],
        shelf.find(parsed.identifier, getattr(parsed, words)),
        model,
        {name: getattr(parsed, name) for name in names.split()} | (fields or {}),
        plan=plan,
        identifier=parsed.identifier,
        **of(plan.person),
        **fixed,
    )
    shelf.add(line)
    return line


def _linked(work: Work, keys: list[str], model: Any, owner: Any) -> list[Any]:
    """Lines of the same plan only: a link to another person's plan is never made."""
    found = [work.lines[key] for key in keys if key in work.lines]
    return [line for line in found if isinstance(line, model) and line.plan_id == owner.plan_id]


def _need(work: Work, parsed: ParsedNeed) -> None:
    _line(work, "need", Need, parsed, "status words serafin analyses comments is_strength")


def _assessment(work: Work, parsed: ParsedAssessment) -> None:
    if not parsed.plan:
        return
    person = work.plans[parsed.plan].person
    fields = {
        "assessor": member_of(work, parsed.assessor, person),
        "author": member_of(work, parsed.author, person),
        "responsible": member_of(work, parsed.responsible, person),
        "assessed_at": moment(parsed.assessed_at, person),
    }
    names = "questionnaire status by_person method comment items"
    _line(work, "assessment", Assessment, parsed, names, fields, words="questionnaire")


def _goal(work: Work, parsed: ParsedGoal) -> None:
    person = work.plans[parsed.plan].person
    referent = member_of(work, parsed.referent, person)
    names = "status title statement starts_on due_on priority expected_result strategy person_opinion domains"
    goal = _line(work, "goal", Goal, parsed, names, {"referent": referent}, words="statement")
    enter_team(work, referent, person)
    if goal.pk in work.new:
        goal.needs.set(_linked(work, parsed.needs, Need, goal))
        goal.assessments.set(_linked(work, parsed.assessments, Assessment, goal))


def _expectation(work: Work, parsed: ParsedExpectation) -> None:
    plan = work.plans[parsed.plan]
    label = parsed.identifier or parsed.words[:60]
    voice, speaker = _speaker(work, parsed, plan.person)
    if voice is None:
        voice = SpokenVoice.PROFESSIONAL.value
        why = _("origine « %(origin)s » non reconnue\u00a0: notée comme la parole d’un professionnel")
        work.ignore(label, why % {"origin": parsed.origin_words})
    fixed: dict[str, Any] = {
        "said_on": parsed.said_on or _day_of_plan(work, parsed.plan),
        "withdrawn_at": timezone.now() if parsed.withdrawn else None,
        "written_by": work.by,
    }
    fields = {"voice": voice, "kind": "not_wanted" if parsed.not_wanted else "wish"}
    names = "origin_words words comment importance situation domain serafin"
    expectation = _line(work, "expectation", Expectation, parsed, names, fields, **fixed, **speaker)
    if expectation.pk in work.new:
        if parsed.said_on is None:
            why = _("le fichier ne dit pas quand cela a été dit\u00a0: daté du %(day)s")
            work.ignore(label, why % {"day": expectation.said_on.strftime("%d/%m/%Y")})
        _tie_goals(work, parsed, expectation)


def _tie_goals(work: Work, parsed: ParsedExpectation, expectation: Expectation) -> None:
    shelf = work.shelf(Goal, "statement", plan=work.plans[parsed.plan])
    found = [shelf.by_number.get(number) for number in parsed.goal_identifiers]
    expectation.goals.set([goal for goal in found if goal is not None])


def _day_of_plan(work: Work, key: str) -> date:
    """A day for what the file does not date: the plan's start, its first agreement, or today."""
    if key not in work.days:
        parsed = next(plan for plan in work.records.plans if plan.key == key)
        keys = {agreement for _side, agreement in parsed.agreements}
        signed = [one.signed_at for one in work.records.agreements if one.key in keys]
        days = [one.date() if isinstance(one, datetime) else one for one in signed]
        work.days[key] = parsed.starts_on or min(days, default=timezone.localdate())
    return work.days[key]


def _speaker(work: Work, parsed: ParsedExpectation, person: Person) -> tuple[str | None, dict[str, Any]]:
    """The voice, and who of the circle or of the staff the origin calls by their name."""
    words = set(fold_words(parsed.origin_words))
    if parsed.voice in {None, "relative", "representative"}:
        for name, relative in _circle(work, person):
            if name <= words:
                return parsed.voice or SpokenVoice.RELATIVE.value, {"relative": relative}
    if parsed.voice in {None, "professional"}:
        for (_key, place), member in work.members.items():
            if place == person.establishment_id and _name(member) <= words:
                return SpokenVoice.PROFESSIONAL.value, {"professional": member}
    return parsed.voice, {}


def _circle(work: Work, person: Person) -> list[tuple[set[str], RelatedPerson]]:
    """The circle by the words of their names, read once."""
    if person.pk not in work.names:
        circle = work.shelf(RelatedPerson, "name", person=person).by_number.values()
        work.names[person.pk] = [(_name(relative), relative) for relative in circle]
    return work.names[person.pk]


def _name(somebody: Any) -> set[str]:
    """The words of a name; one that no text holds when there is none."""
    return set(fold_words(f"{somebody.given_name} {somebody.family_name}")) or {"\u0000"}


def _activity(work: Work, parsed: ParsedActivity) -> None:
    person = work.plans[parsed.plan].person
    owner = member_of(work, parsed.owner, person)
    fields = {
        "owner": owner,
        "starts_at": moment(parsed.starts_at, person),
        "ends_at": moment(parsed.ends_at, person),
    }
    names = (
        "kind status title description resource_type performer participation rhythm place means serafin"
        " person_opinion expected_result"
    )
    activity = _line(work, "activity", Activity, parsed, names, fields, words="title")
    enter_team(work, owner, person)
    if activity.pk in work.new:
        activity.goals.set(_linked(work, parsed.goals, Goal, activity))
        activity.assessments.set(_linked(work, parsed.assessments, Assessment, activity))


def _tie_part(work: Work, parsed: ParsedActivity) -> None:
    """A part may come before its whole in the file: parts are tied last."""
    activity, whole = work.lines[parsed.key], work.lines.get(parsed.part_of)
    if not isinstance(whole, Activity) or activity.pk not in work.new or whole.plan_id != activity.plan_id:
        return
    if _holds(activity, whole):
        work.ignore(parsed.identifier or parsed.title, _("deux actions se contiennent l’une l’autre"))
        return
    activity.part_of = whole
    activity.save(update_fields=["part_of"])


def _holds(whole: Activity, part: Activity) -> bool:
    step: Activity | None = part
    while step is not None:
        if step.pk == whole.pk:
            return True
        step = step.part_of
    return False
