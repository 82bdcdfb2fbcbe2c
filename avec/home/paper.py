"""The plan on paper: one sheet, shown as a page to print, in A4, in large print, or as an accessible PDF.

Whoever asks for it finds there what they read on screen, and nothing else: the
same readers gather it, with the same rights.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.accounts.vocabulary import speak_of
from avec.careplan.models import CarePlan, Need, ParticipationChoice, StanceChoice, StepChoice
from avec.careplan.rules.divergences import place_of
from avec.careplan.standing import Standing, evaluations_of, standing_of
from avec.careplan.words import Speaker, position_speaker, relative_speaker, speaker_of, when_said
from avec.documents.pdf import Party, Position, Quote
from avec.documents.plan_pdf import Exchange, GoalPart, Heard, Part, PlanSheet, Table, plan_pdf
from avec.documents.serving import pdf_response
from avec.documents.typeset import Size
from avec.negotiation.refusals import Row, Rows, refusals_of
from avec.people.banner import Around
from avec.people.journal import record_reading
from avec.people.models import Person, today
from avec.ui.words import date_long, elide

from . import gather
from .gather import Aim, Deed, Said
from .links import link
from .record_voices import Record, exchange_of, voices_of
from .thread import READERS

LARGE = "grand"


def sheet_for(member: Member, pk: UUID, size: Size) -> tuple[CarePlan, PlanSheet]:
    """The plan as this member reads it. The number of queries is the same however long it is."""
    plan = gather.plan_for(member, pk)
    if plan is None:
        raise Http404
    person = plan.person
    speak_of(person.gender)  # the sheet is worded before its reading is noted
    circle = gather.circle_around(member, person)
    record = Record(
        person,
        plan,
        member,
        said=gather.words_said(member, plan),
        aims=gather.aims(member, plan),
        deeds=gather.deeds(member, plan),
        contracts=gather.contracts_with_signatures(member, person),
        may_write=False,
    )
    evaluations = evaluations_of(member, plan)
    standings = {
        aim.goal.pk: standing_of(aim.goal, evaluations.get(aim.goal.pk, ()), person) for aim in record.aims
    }
    needs = gather.needs_noted(member, plan)
    refusals = refusals_of(member, person)
    day = today()
    sheet = PlanSheet(
        title=_("Le projet %s") % elide(person.called),
        subtitle=_("%(title)s. Étape\u00a0: %(step)s.")
        % {"title": plan.title, "step": StepChoice(plan.step).label},
        person_name=person.name,
        establishment=person.establishment.name,
        printed=_("imprimé le %(day)s, par %(name)s") % {"day": date_long(day), "name": member.name},
        made_on=day,
        size=size,
        parties=tuple(parties(record, circle)),
        note=_(
            "Cette copie n’est pas un contrat\u00a0: personne ne la signe. "
            "Elle montre ce que la personne qui imprime peut lire ce jour-là."
        ),
        parts=tuple(parts(record, standings, needs, refusals)),
    )
    return plan, sheet


def parties(record: Record, circle: Iterable[Around]) -> Iterable[Party]:
    yield Party("person", record.person.name)
    for around in circle:
        yield Party(around.voice, around.name, around.word)  # type: ignore[arg-type]
    yield Party("professional", _("L’équipe"), record.person.establishment.name)


def parts(
    record: Record, standings: dict[UUID, Standing], needs: list[Need], refusals: Rows
) -> Iterable[Part]:
    called = record.person.called
    sides, _withdrawn = voices_of(record)
    nothing = _("%s n’a encore rien demandé.") % called
    for side in sides:
        heading = side.title or _("Ce %s demande") % elide(called, "que")
        said = tuple(exchange(record, one.said) for one in side.exchanges)
        yield Part(heading, () if said else (nothing,), said)
    if refusals.stand:
        words = _("Un refus ne ferme rien\u00a0: les soins continuent autrement, et on redemande.")
        yield Part(_("Les soins refusés"), (words,), tuple(map(refused, refusals.stand)))
    yield Part(_("Ses forces, ses besoins"), tuple(need_words(needs)) or (_("Rien n’est encore noté."),))
    goals = tuple(goal_part(record, aim, standings[aim.goal.pk]) for aim in record.live_aims)
    yield Part(_("Les objectifs"), () if goals else (_("Aucun objectif pour l’instant."),), goals=goals)
    yield activities_part(record)
    past = tuple(
        f"{aim.goal.number}. {aim.goal.statement} ({aim.goal.get_status_display()})"
        for aim in record.aims
        if not aim.live
    )
    if past:
        yield Part(_("Objectifs terminés ou retirés"), past)
    yield Part(_("Les dates"), tuple(dates(record, refusals)) or (_("Aucune date n’est encore écrite."),))


def quote_of(speaker: Speaker, words: str, when: str = "") -> Quote:
    name = (
        speaker.word.removeprefix(_("vu par ")) if speaker.v == "observed" and speaker.word else speaker.name
    )
    capacity = "" if speaker.v == "observed" else speaker.word
    return Quote(speaker.v, name, words, when, capacity)  # type: ignore[arg-type]


def exchange(record: Record, said: Said) -> Exchange:
    expectation, answer = said.expectation, said.answer
    words = expectation.words or _("Message de vive voix, pas encore écrit.")
    if expectation.kind == "not_wanted":
        words = _("Ce que je ne veux pas\u00a0: %s") % words
    quote = quote_of(speaker_of(expectation, record.person), words, when_said(expectation, record.person))
    if answer is None:
        return Exchange(quote)
    shown = exchange_of(record, said)
    told = str(answer.get_reply_display()).capitalize()
    if shown.goal is not None:
        told += _(", par l’objectif %s") % shown.goal.number
    if answer.until:
        told += _(", on en reparle le %s") % date_long(answer.until)
    return Exchange(quote, f"{told}. {answer.reason}".strip(), shown.by, answer.instead)


def refused(row: Row) -> Exchange:
    """A care that is refused, in the person's words, and when it is asked again."""
    one = row.refusal
    quote = Quote(row.voice, row.person.called, one.words, f"{one.care}, {row.when}")  # type: ignore[arg-type]
    told = [row.state[:1].upper() + row.state[1:], row.asked_on, one.care_goes_on]
    answer = ". ".join(part.strip().rstrip(".") for part in told if part.strip()) + "."
    return Exchange(quote, answer, instead=one.alternatives)


def need_words(needs: list[Need]) -> Iterable[str]:
    for need in sorted(needs, key=lambda one: not one.is_strength):
        yield _("Point fort\u00a0: %s") % need.words if need.is_strength else need.words


def goal_part(record: Record, aim: Aim, standing: Standing) -> GoalPart:
    goal, person = aim.goal, record.person
    facts = []
    if goal.due_on:
        facts.append(_("Terme\u00a0: %s") % date_long(goal.due_on))
    if goal.priority:
        facts.append(_("Priorité\u00a0: %s") % goal.priority)
    if goal.referent:
        facts.append(_("Y veille\u00a0: %s") % goal.referent.name)
    if goal.expected_result:
        facts.append(_("Atteint quand\u00a0: %s") % goal.expected_result)
    return GoalPart(
        str(goal.number),
        goal.title or _("Objectif %s") % goal.number,
        (goal.statement,),
        tuple(facts),
        tuple(
            quote_of(speaker_of(said.expectation, person), said.expectation.words)
            for said in record.here
            if goal.pk in said.goals and said.expectation.words
        ),
        tuple(stances(aim, person)),
        tuple(
            Heard(heard.speaker.v, heard.speaker.name, heard.level, heard.words, heard.when)  # type: ignore[arg-type]
            for heard in standing.latest
        ),
        standing.gap.words if standing.gap and standing.both else "",
    )


def stances(aim: Aim, person: Person) -> Iterable[Position]:
    for position in sorted(aim.positions, key=lambda one: place_of(one.voice)):
        speaker = (
            relative_speaker(position.relative, position.voice)
            if position.relative
            else position_speaker(position, person)
        )
        label = str(StanceChoice(position.stance).label)
        yield Position(speaker.v, speaker.name, label, position.reason)  # type: ignore[arg-type]


def activities_part(record: Record) -> Part:
    called = record.person.called
    rows = tuple(activity_row(record, deed) for deed in record.live_deeds)
    counted = record.counted()
    lines = [
        _("%(together)s actions sur %(total)s sont faites par %(called)s ou avec %(called)s.")
        % {"together": counted.together, "total": counted.total + counted.unsaid, "called": called}
        if counted.total
        else _("Aucune action pour l’instant.")
    ]
    headers = (_("Action"), _("Qui"), _("Quand, où"), _("La part %s") % elide(called))
    return Part(
        _("Les actions"), tuple(lines), table=Table(_("Qui fait quoi"), headers, rows) if rows else None
    )


def activity_row(record: Record, deed: Deed) -> tuple[str, ...]:
    activity = deed.activity
    who = activity.performer or (activity.owner.name if activity.owner else "")
    when = ", ".join(part for part in (activity.rhythm, activity.place) if part)
    share = (
        str(ParticipationChoice(activity.participation).label)
        if activity.participation
        else _("pas encore dite")
    )
    return (activity.title, who, when, share)


def dates(record: Record, refusals: Rows) -> Iterable[str]:
    """What comes, in order."""
    coming: list[tuple[date, str]] = [
        (aim.goal.due_on, _("terme de l’objectif %s") % aim.goal.number)
        for aim in record.live_aims
        if aim.goal.due_on
    ]
    coming += [
        (position.ask_again_on, _("redemander une position sur l’objectif %s") % aim.goal.number)
        for aim in record.live_aims
        for position in aim.positions
        if position.ask_again_on
    ]
    coming += [
        (row.where.ask_on, _("redemander un soin refusé, %s") % row.refusal.care)
        for row in refusals.stand
        if row.where.ask_on
    ]
    if record.plan.review_on:
        coming.append((record.plan.review_on, _("révision du projet")))
    for day, words in sorted(coming):
        yield f"{date_long(day)}\u00a0: {words}"


def asked_size(request: HttpRequest) -> Size:
    return "large" if request.GET.get("taille") == LARGE else "full"


@require_GET
@members(*READERS)
def paper(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The sheet as a page: read aloud, printed from the browser, or taken as a PDF."""
    size = asked_size(request)
    plan, sheet = sheet_for(request.member, pk, size)
    record_reading("paper", plan.person, by=request.member, obj=plan)
    back = link("home:own") if request.member.is_lay else link("home:record", plan.person_id)
    context: dict[str, Any] = {"person": plan.person, "sheet": sheet, "large": size == "large", "back": back}
    return render(request, "home/paper.html", context)


@require_GET
@members(*READERS)
def paper_pdf(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The same sheet as a tagged PDF."""
    plan, sheet = sheet_for(request.member, pk, asked_size(request))
    data = plan_pdf(sheet)
    record_reading("paper_pdf", plan.person, by=request.member, obj=plan)
    return pdf_response(data, f"{sheet.title} – {date_long(sheet.made_on)}")
