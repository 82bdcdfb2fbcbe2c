from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.people.drafts import already_sent, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person, today

from ..actions import Replied, Said, answer_expectation, plan_of, withdraw_expectation
from ..actions import say as say_words
from ..forms import AnswerForm, SayForm
from ..models import LIVE_GOALS, Answer, CarePlan, Expectation, Goal
from ..policy import may_answer, may_withdraw, may_write_down_for
from ..rules import AnswerRefused, Reply
from ..shown import shown
from ..words import answered_by, speaker_of
from .domains import domains_of
from .goals import hints_on
from .page import circle, show, team, to_record

WITH_VOICES = ("person", "plan", "relative", "professional", "written_by", "transcribed_by", "current_answer")


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def say(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Write down what somebody said, or what was seen."""
    person = get_object_or_404(Person.objects.visible_to(request.member), pk=pk)
    require(may_write_down_for(request.member, person))
    plan = plan_of(person)
    if plan is None:
        messages.info(request, _("Ouvrez d’abord le projet : les attentes s’y rangent."))
        return to_record(person)
    if already_sent(request):
        return to_record(person, "attentes")
    draft = kept(request, f"say:{person.pk}")
    around = circle(request, person)
    initial = draft.initial(("pictos",), said_on=today(), kind="wish", level="C1", way="text")
    form = SayForm(
        request.POST or None,
        request.FILES or None,
        initial=initial,
        person=person,
        circle=around,
        domains=domains_of(request.member),
        holder=request.member.pk,
    )
    if request.method == "POST" and form.is_valid():
        said = said_words(form, plan)
        expectation = say_words(plan, said, by=request.member)
        sent(request, draft.key)
        form.let_go()
        if expectation.waits_for_words:
            messages.success(request, _("Sa voix est gardée. Il reste à écrire ce qui est dit."))
        else:
            messages.success(request, _("Ces mots sont notés. Ils attendent maintenant une réponse."))
        return to_record(person, f"attente-{expectation.pk}")
    return show(request, "careplan/say.html", person, form, draft)


def said_words(form: SayForm, plan: CarePlan) -> Said:
    data, around = form.cleaned_data, form.around
    return Said(
        words=form.said,
        way=data["way"],
        recording=data["recording"],
        pictos=data["pictos"],
        domain=data["domain"],
        serafin=form.serafin_code,
        voice=around.voice if around else data["voice"],
        relative=around.relative if around else None,
        kind=data["kind"],
        importance=data["importance"],
        said_on=data["said_on"],
        situation=data["situation"],
        level=data["level"],
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def answer(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Answer somebody's words, which stay beside the form."""
    expectations = Expectation.objects.visible_to(request.member).select_related(*WITH_VOICES)
    expectation = get_object_or_404(expectations, pk=pk)
    person = expectation.person
    require(may_answer(request.member, expectation))
    anchor = f"attente-{expectation.pk}"
    if already_sent(request):
        return to_record(person, anchor)
    if expectation.waits_for_words:
        messages.info(request, _("Écoutez d’abord ce message et écrivez ce qui y est dit."))
        return redirect("careplan:transcribe", expectation.pk)
    readable = list(Goal.objects.visible_to(request.member).filter(plan=expectation.plan_id))
    goals = [goal for goal in readable if goal.status in LIVE_GOALS]
    draft = kept(request, f"answer:{expectation.pk}")
    form = AnswerForm(request.POST or None, initial=draft.initial(), goals=goals, team=team(person))
    if request.method == "POST" and form.is_valid():
        try:
            answer_expectation(expectation, replied(form), by=request.member)
        except AnswerRefused as refused:
            form.add_error(form.where_refused(), str(refused))
        else:
            sent(request, draft.key)
            messages.success(
                request,
                _("Votre réponse est enregistrée. %s peut la lire.") % speaker_of(expectation, person).name,
            )
            return to_record(person, anchor)
    earlier = Answer.objects.filter(expectation=expectation).select_related("goal", "by")
    return show(
        request,
        "careplan/answer.html",
        person,
        form,
        draft,
        about=expectation,
        expectation=expectation,
        plan=expectation.plan,
        speaker=speaker_of(expectation, person),
        shown=shown(expectation, person),
        earlier=[(one, one.goal if one.goal in readable else None, answered_by(one)) for one in earlier],
        goals=goals,
        **hints_on(form["statement"].value(), form["easy_words"].value(), person),
    )


def replied(form: AnswerForm) -> Replied:
    data = form.cleaned_data
    reply = data["reply"]
    if reply == "existing":
        return Replied(Reply.TAKEN_UP, goal=form.goals[data["goal"]])
    if reply == "new":
        names = ("statement", "due_on", "priority", "easy_words")
        written = {name: data[name] for name in names}
        written["referent_id"] = UUID(data["referent"]) if data["referent"] else None
        return Replied(Reply.TAKEN_UP, new_goal=written)
    if reply == Reply.POSTPONED.value:
        return Replied(Reply.POSTPONED, until=data["until"], reason=data["postponed_reason"])
    return Replied(Reply.DECLINED, reason=data["reason"], instead=data["instead"])


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def withdraw(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Take words back, after a question."""
    expectations = Expectation.objects.visible_to(request.member).select_related(*WITH_VOICES)
    expectation = get_object_or_404(expectations, pk=pk)
    person = expectation.person
    require(may_withdraw(request.member, expectation))
    if request.method == "POST":
        withdraw_expectation(expectation, by=request.member)
        messages.success(request, _("Cette attente est retirée. Elle reste dans l’historique."))
        return to_record(person, "attentes")
    record_reading("form", person, by=request.member, obj=expectation)
    context: dict[str, Any] = {
        "person": person,
        "expectation": expectation,
        "shown": shown(expectation, person),
    }
    return render(request, "careplan/withdraw.html", context)
