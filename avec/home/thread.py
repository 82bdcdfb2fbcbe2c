"""« Le fil »: a line of the plan followed back to the sentence it comes from, and forward to what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member, Role
from avec.careplan.models import LIVE_GOALS, Activity, Answer, Evaluation, Expectation, Goal, Need
from avec.careplan.policy import may_answer
from avec.careplan.standing import standing_of
from avec.careplan.words import Speaker, answered_by, not_written_yet, short, speaker_of, when_said
from avec.contracts.models import CareContract, Clause, SignatureLine
from avec.contracts.told import after_words, choice_words, with_ways
from avec.negotiation.models import Negotiation
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person
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
    after: list[tuple[str, str]]  # what followed, and the words somebody added


def articles_of(member: Member, person: UUID, about: Q) -> list[Article]:
    """The articles that these sentences or goals gave, latest contract first."""
    contracts = CareContract.objects.visible_to(member).filter(person=person).defer("content")
    clauses = (
        Clause.objects.filter(about, contract__in=contracts)
        .exclude(contract__state="withdrawn")
        .select_related("contract__end", "goal")
        .defer("contract__content")
        .prefetch_related("origins", "contract__next_steps", "contract__individual_documents")
        .order_by("-contract__version", "number")
        .distinct()
    )
    clauses_found = list(clauses)
    sources = {origin.expectation_id for clause in clauses_found for origin in clause.origins.all()}
    readable = Expectation.objects.visible_to(member).in_bulk(sources)
    lines: dict[UUID, list[SignatureLine]] = {}
    asked = SignatureLine.objects.filter(contract__in={clause.contract_id for clause in clauses_found})
    for line in asked.prefetch_related(Prefetch("signatures", with_ways())).order_by("order"):
        lines.setdefault(line.contract_id, []).append(line)
    return [
        Article(
            clause,
            link("contracts:read", clause.contract_id, anchor=f"article-{clause.number}"),
            contract_words(
                clause.contract, clause.number, instead=bool(clause.contract.individual_documents.all())
            ),
            [
                (link("home:thread", origin.expectation_id), short(readable[origin.expectation_id].words))
                for origin in clause.origins.all()
                if origin.expectation_id in readable
            ],
            [signer(line) for line in lines.get(clause.contract_id, [])],
            after_words(clause.contract),
        )
        for clause in clauses_found
    ]


def signer(line: SignatureLine) -> tuple[str, str, str, str]:
    signatures = list(line.signatures.all())
    if not signatures:
        return line.voice, line.name, line.capacity, _("n’a pas encore choisi")
    return line.voice, line.name, line.capacity, choice_words(signatures[-1])


def answers_of(
    member: Member, expectation: Expectation, readable: list[Goal]
) -> list[tuple[Answer, Goal | None, str]]:
    answers = Answer.objects.filter(expectation=expectation).select_related("goal", "by").order_by("-at")
    return [(one, one.goal if one.goal in readable else None, answered_by(one)) for one in answers]


@dataclass(frozen=True)
class Source:
    """A sentence at the beginning of the thread: whose, when, and where its own thread is."""

    expectation: Expectation
    speaker: Speaker
    when: str
    url: str
    unsaid: str


def sources_of(expectations: Iterable[Expectation], person: Person) -> list[Source]:
    return [
        Source(
            one,
            speaker_of(one, person),
            when_said(one, person),
            link("home:thread", one.pk),
            not_written_yet(one),
        )
        for one in expectations
    ]


@dataclass(frozen=True)
class Talk:
    """A negotiation on the thread: what it is about, where it stands, and its page."""

    title: str
    state: str
    url: str


def talks_of(member: Member, person: Person, about: Q) -> list[Talk]:
    """The negotiations that started from these words or goals, or that made them; those this member reads."""
    found = (
        Negotiation.objects.visible_to(member).filter(about, person=person).distinct().order_by("written_at")
    )
    return [
        Talk(
            one.title,
            _("conclue le %(day)s\u00a0: %(result)s")
            % {
                "day": date_long(timezone.localdate(one.concluded_at)),
                "result": one.get_result_display(),
            }
            if one.concluded_at
            else _("en cours\u00a0: %s") % one.get_phase_display(),
            link("negotiation:table", one.pk),
        )
        for one in found
    ]


def forward(member: Member, person: Person, goals: Sequence[Goal], articles: Q, talks: Q) -> dict[str, Any]:
    """From goals on: the negotiations, the contract, what is done, what came of it in each voice, the next plan."""
    evaluations: dict[UUID, list[Evaluation]] = {}
    rows = Evaluation.objects.visible_to(member).filter(goal__in=goals).select_related("relative", "by")
    for evaluation in rows:
        evaluations.setdefault(evaluation.goal_id, []).append(evaluation)
    activities = Activity.objects.visible_to(member).live().filter(goals__in=goals)
    following = Goal.objects.visible_to(member).filter(continues__in=goals).select_related("plan")
    return {
        "person": person,
        "goals": goals,
        "talks": talks_of(member, person, talks),
        "articles": articles_of(member, person.pk, articles),
        "activities": list(activities.select_related("owner").distinct()),
        "standings": [standing_of(goal, evaluations.get(goal.pk, ()), person) for goal in goals],
        "looks": [goal for goal in goals if goal.due_on and goal.status in LIVE_GOALS],
        "following": [(one, link("home:goal_thread", one.pk)) for one in following],
        "lay": member.is_lay,
        "frame": "ui/frame_own.html" if member.is_lay else "ui/frame_work.html",
    }


@require_GET
@members(*READERS)
def thread(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One sentence, followed to what became of it."""
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
    record_reading("thread", person, by=member, obj=expectation)
    talks = Q(expectation=expectation) | about_goals(followed)
    context = forward(member, person, followed, Q(origins__expectation=expectation), talks) | {
        "title": _("Le fil, de la parole à ce qui est fait"),
        "sources": sources_of([expectation], person),
        "asked": expectation,
        "latest": answers[0] if answers else None,
        "earlier": answers[1:],
        "may_answer": not member.is_lay
        and expectation.withdrawn_at is None
        and may_answer(member, expectation),
        "carried": carried(member, expectation),
        "back": link("home:own_said")
        if member.is_lay
        else link("home:record", person.pk, anchor=f"attente-{pk}"),
    }
    return render(request, "home/thread.html", context)


def about_goals(goals: Sequence[Goal]) -> Q:
    """Negotiations that a goal started, or that made it."""
    return Q(goal__in=goals) | Q(outcomes__goal__in=goals)


def carried(member: Member, expectation: Expectation) -> list[tuple[str, str]]:
    """The same words in the plan before and in the next: where to go on."""
    readable = Expectation.objects.visible_to(member)
    later = readable.filter(carried_from=expectation).first()
    earlier = readable.filter(pk=expectation.carried_from_id).first() if expectation.carried_from_id else None
    found = [
        (_("Les mêmes mots, dans le projet d’avant"), earlier),
        (_("Les mêmes mots, dans le projet suivant"), later),
    ]
    return [(words, link("home:thread", one.pk)) for words, one in found if one is not None]


def backward(member: Member, goals: Sequence[Goal]) -> tuple[list[Expectation], list[Need]]:
    """Where goals come from, as this member reads it."""
    words = Expectation.objects.visible_to(member).filter(goals__in=goals).select_related(*WITH_VOICES)
    needs = Need.objects.visible_to(member).filter(goals__in=goals).select_related("written_by")
    return list(words.distinct()), list(needs.distinct())


@require_GET
@members(*READERS)
def goal_thread(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One goal, followed back to the words it comes from and forward to what came of it."""
    member = request.member
    goals = Goal.objects.visible_to(member).select_related("person", "plan", "referent")
    goal = get_object_or_404(goals, pk=pk)
    record_reading("thread", goal.person, by=member, obj=goal)
    return line_thread(request, goal.person, [goal], title=_("Le fil de l’objectif %s") % goal.number)


@require_GET
@members(*READERS)
def activity_thread(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One activity, followed back through its goals to the words they come from."""
    member = request.member
    activity = get_object_or_404(Activity.objects.visible_to(member).select_related("person"), pk=pk)
    goals = Goal.objects.visible_to(member).filter(activities=activity).select_related("plan", "referent")
    record_reading("thread", activity.person, by=member, obj=activity)
    title = _("Le fil de l’action « %s »") % short(activity.title, 80)
    return line_thread(request, activity.person, list(goals), title=title, only=activity)


def line_thread(
    request: MemberRequest, person: Person, goals: list[Goal], *, title: str, only: Activity | None = None
) -> HttpResponse:
    member = request.member
    words, needs = backward(member, goals)
    earlier = Goal.objects.visible_to(member).in_bulk([one.continues_id for one in goals if one.continues_id])
    talks = about_goals(goals)
    if only is not None:
        talks |= Q(outcomes__activity=only)
    context = forward(member, person, goals, Q(goal__in=goals), talks) | {
        "title": title,
        "sources": sources_of(words, person),
        "needs": needs,
        "asked": None,
        "before": [(goal, link("home:goal_thread", pk)) for pk, goal in earlier.items()],
        "back": link("home:own_goals") if member.is_lay else link("home:record", person.pk),
    }
    if only is not None:
        context["activities"] = [only]
    return render(request, "home/thread.html", context)
