"""« Le fil »: one sentence followed forward, to its answer, its goal, its contract, what is done; and back again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member, Role
from avec.careplan.models import LIVE_GOALS, Activity, Answer, Expectation, Goal
from avec.careplan.policy import may_answer
from avec.careplan.words import Speaker, answered_by, short, speaker_of, when_said
from avec.contracts.models import CareContract, Clause, OutcomeChoice, SignatureLine
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES
from avec.ui.words import date_long

from .links import link
from .record_voices import contract_words

READERS = (*CARE_ROLES, Role.PERSON.value, Role.RELATIVE.value)
WITH_VOICES = ("person", "plan", "relative", "professional", "written_by", "current_answer")


@dataclass(frozen=True)
class Article:
    """A line of a contract, and the sentences it comes from: the way back."""

    clause: Clause
    url: str
    words: str
    origins: list[tuple[str, str]]
    signers: list[tuple[str, str, str, str]]  # voice, name, capacity, what they chose


def articles_of(member: Member, expectation: Expectation) -> list[Article]:
    """The articles that this sentence gave, latest contract first."""
    contracts = CareContract.objects.visible_to(member).filter(person=expectation.person_id).defer("content")
    clauses = (
        Clause.objects.filter(origins__expectation=expectation, contract__in=contracts)
        .exclude(contract__state="withdrawn")
        .select_related("contract", "goal")
        .defer("contract__content")
        .prefetch_related("origins")
        .order_by("-contract__version", "number")
    )
    clauses_found = list(clauses)
    sources = {origin.expectation_id for clause in clauses_found for origin in clause.origins.all()}
    readable = Expectation.objects.visible_to(member).in_bulk(sources)
    lines: dict[UUID, list[SignatureLine]] = {}
    asked = SignatureLine.objects.filter(contract__in={clause.contract_id for clause in clauses_found})
    for line in asked.prefetch_related("signatures").order_by("order"):
        lines.setdefault(line.contract_id, []).append(line)
    return [
        Article(
            clause,
            link("contracts:read", clause.contract_id, anchor=f"article-{clause.number}"),
            contract_words(clause.contract, clause.number),
            [
                (link("home:thread", origin.expectation_id), short(readable[origin.expectation_id].words))
                for origin in clause.origins.all()
                if origin.expectation_id in readable
            ],
            [signer(line) for line in lines.get(clause.contract_id, [])],
        )
        for clause in clauses_found
    ]


def signer(line: SignatureLine) -> tuple[str, str, str, str]:
    signatures = list(line.signatures.all())
    if not signatures:
        return line.voice, line.name, line.capacity, _("n’a pas encore choisi")
    last = signatures[-1]
    day = date_long(timezone.localdate(last.at))
    chose = _("%(what)s, le %(day)s") % {"what": OutcomeChoice(last.outcome).label, "day": day}
    return line.voice, line.name, line.capacity, chose


def answers_of(
    member: Member, expectation: Expectation, readable: list[Goal]
) -> list[tuple[Answer, Goal | None, str]]:
    answers = Answer.objects.filter(expectation=expectation).select_related("goal", "by").order_by("-at")
    return [(one, one.goal if one.goal in readable else None, answered_by(one)) for one in answers]


@require_GET
@members(*READERS)
def thread(request: MemberRequest, pk: UUID) -> HttpResponse:
    member = request.member
    expectations = Expectation.objects.visible_to(member).select_related(*WITH_VOICES)
    expectation = get_object_or_404(expectations, pk=pk)
    person = expectation.person
    goals = list(Goal.objects.visible_to(member).filter(plan=expectation.plan_id).select_related("referent"))
    came = set(
        Goal.expectations.through.objects.filter(expectation=expectation).values_list("goal_id", flat=True)
    )
    answers = answers_of(member, expectation, goals)
    followed = [goal for goal in goals if goal.pk in came]
    activities = (
        Activity.objects.visible_to(member)
        .live()
        .filter(goals__in=followed)
        .select_related("owner")
        .distinct()
    )
    record_reading("thread", person, by=member, obj=expectation)
    speaker: Speaker = speaker_of(expectation, person)
    context: dict[str, Any] = {
        "person": person,
        "expectation": expectation,
        "speaker": speaker,
        "when": when_said(expectation, person),
        "latest": answers[0] if answers else None,
        "earlier": answers[1:],
        "goals": followed,
        "articles": articles_of(member, expectation),
        "activities": list(activities),
        "looks": [goal for goal in followed if goal.due_on and goal.status in LIVE_GOALS],
        "lay": member.is_lay,
        "may_answer": not member.is_lay
        and expectation.withdrawn_at is None
        and may_answer(member, expectation),
        "frame": "ui/frame_own.html" if member.is_lay else "ui/frame_work.html",
        "back": link("home:own_said")
        if member.is_lay
        else link("home:record", person.pk, anchor=f"attente-{pk}"),
    }
    return render(request, "home/thread.html", context)
