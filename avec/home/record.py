"""A person's page: the thread of their project, from what they say to what came of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member, Role
from avec.careplan.gatelinks import gate_rows
from avec.careplan.gathered_needs import on_record
from avec.careplan.models import StepChoice
from avec.careplan.policy import is_open
from avec.careplan.rules.goal_moves import HANDFUL
from avec.careplan.shown import confirmations_by_expectation, ways_of
from avec.careplan.standing import evaluations_of
from avec.careplan.tensions import tensions_of
from avec.people.banner import banner_of, parts_of_record
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person

from . import gather
from .links import link
from .record_course import conditions, shares, signing_words, thread_of, timeline, units
from .record_talks import refusals_of, talks_of
from .record_voices import Record, goal_card, row_of, voices_of


@require_GET
@members(*CARE_ROLES)
def record(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The person's page. At most 14 queries, however long the record."""
    member = request.member
    plan = gather.plan_for(member, pk)
    if plan is None:
        return without_plan(request, pk)
    person = plan.person
    circle = gather.circle_around(member, person)
    aims = gather.aims(member, plan)
    gather.with_evaluations(aims, evaluations_of(member, plan))
    gathered = Record(
        person,
        plan,
        member,
        said=gather.words_said(member, plan),
        aims=aims,
        deeds=gather.deeds(member, plan),
        contracts=gather.contracts_with_signatures(member, person),
        may_write=bool(plan.inside) and is_open(plan),  # type: ignore[attr-defined]
        confirmations=confirmations_by_expectation(member, plan),
        tensions=tensions_of(member, plan, person),
        talks=talks_of(plan.talks),  # type: ignore[attr-defined]
    )
    record_reading("record", person, by=member)
    context = head(person, plan, circle) | body(gathered, member)
    count_talks(context["tabs"], person, len(gathered.talks.running))
    return render(request, "home/record.html", context)


def head(person: Person, row: Any, circle: Iterable[Any], tab: str = "home:record") -> dict[str, Any]:
    return {
        "person": person,
        "banner": banner_of(person, circle, row),
        "tabs": parts_of_record(person, tab),
    }


def count_talks(tabs: list[dict[str, Any]], person: Person, running: int) -> None:
    """How many negotiations run, on their tab."""
    here = link("negotiation:list", person.pk)
    for tab in tabs:
        if tab["url"] == here:
            tab["count"] = running


def body(record: Record, member: Member) -> dict[str, Any]:
    plan, counted = record.plan, record.counted()
    sides, withdrawn = voices_of(record)
    files = gather.attachments(member, plan)
    found = on_record(
        gather.needs_noted(member, plan),
        files,
        assessed=plan.assessed,  # type: ignore[attr-defined]
        to_validate=plan.to_validate,  # type: ignore[attr-defined]
    )
    events, left_out = timeline(record, plan.admitted_on)  # type: ignore[attr-defined]
    gate = conditions(record)
    may_validate = record.may_write and member.role != Role.TRAINEE.value
    return {
        "plan": plan,
        "step": StepChoice(plan.step).label,
        "closed": not is_open(plan),
        "may_write": record.may_write,
        "thread": thread_of(record),
        "own": sides[0],
        "sides": sides[1:],
        "withdrawn": withdrawn,
        "goals": [goal_card(record, aim) for aim in record.live_aims],
        "past_goals": [aim.goal for aim in record.aims if not aim.live],
        "rows": [row_of(record, deed) for deed in record.live_deeds],
        "past_rows": [row_of(record, deed) for deed in record.deeds if not deed.live],
        "found": found,
        "member": member,
        "ways": ways_of(plan),
        "tensions": record.tensions,
        "talks": record.talks,
        "refusals": refusals_of(plan.refused, record.person),  # type: ignore[attr-defined]
        "open_url": link("negotiation:open", record.person.pk) if record.may_write else "",
        "too_many": len(record.live_aims) > HANDFUL,
        "counted": counted,
        "total": counted.total + counted.unsaid,
        "shares": shares(counted),
        "units": units(counted),
        "events": events,
        "left_out": left_out,
        "contract": record.contract,
        "contract_words": signing_words(record.contract),
        "contract_url": link("contracts:read", record.contract.pk) if record.contract else "",
        "prepare_url": link("contracts:prepare", record.person.pk) if may_validate else "",
        "ready": all(condition.met for condition in gate),
        "gate": gate_rows(
            [one for one in gate if not one.met or one.later],
            plan,
            record.person,
            {aim.goal.number: aim.goal.pk for aim in record.aims},
            may_act=record.may_write,
        ),
    }


def without_plan(request: MemberRequest, pk: UUID, tab: str = "home:record") -> HttpResponse:
    """Nobody opened a project yet: the page says so, and who may open one does."""
    person = gather.person_for(request.member, pk)
    if person is None:
        raise Http404
    circle = gather.circle_around(request.member, person)
    record_reading("record", person, by=request.member)
    context = head(person, person, circle, tab) | {"may_write": person.inside}  # type: ignore[attr-defined]
    return render(request, "home/record_empty.html", context)
