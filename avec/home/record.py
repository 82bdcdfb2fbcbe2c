"""A person's page: the thread of their project, from what they say to what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member, Role
from avec.careplan.models import ActivityKind, CarePlan, Goal, StanceChoice, StepChoice
from avec.careplan.policy import is_open
from avec.careplan.rules import (
    Condition,
    Counted,
    GoalFacts,
    PlanFacts,
    Stance,
    count_participation,
    gate_to_contract,
)
from avec.careplan.words import Speaker, answered_by, position_speaker, short, speaker_of, when_said
from avec.contracts.models import CareContract, State
from avec.people.banner import banner_of, parts_of_record
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person, today
from avec.ui.words import date_long, distance

from . import gather
from .gather import Aim, Deed, Said
from .links import link
from .rules import CONTRACT, thread_states

# Beyond this, answered words are folded under « … autres attentes, avec leurs réponses ».
SHOWN = 6
# The timeline keeps the latest past dates and the next ones.
PAST, COMING = 6, 8
TOGETHER = ("by", "with", "presence", "for")


@dataclass
class Exchange:
    """Somebody's words and their answer, as the page shows them."""

    said: Said
    speaker: Speaker
    when: str
    since: str = ""
    goal: Goal | None = None
    by: str = ""
    states: list[str] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    late: bool = False  # said after the contract in progress was written
    may_answer: bool = False
    may_withdraw: bool = False

    @property
    def anchor(self) -> str:
        return f"attente-{self.said.expectation.pk}"

    @property
    def goal_anchor(self) -> str:
        return f"#objectif-{self.goal.number}" if self.goal else ""


@dataclass
class Voices:
    """The words of one side, those that wait first."""

    title: str
    anchor: str
    exchanges: list[Exchange]

    @property
    def shown(self) -> list[Exchange]:
        waiting = sum(1 for exchange in self.exchanges if exchange.said.waits)
        return self.exchanges[: max(SHOWN, waiting)]

    @property
    def more(self) -> list[Exchange]:
        return self.exchanges[len(self.shown) :]


@dataclass
class GoalCard:
    aim: Aim
    term: str
    origins: list[tuple[str, str]]
    stances: list[tuple[Speaker, str, str, str]]
    silent: str
    deeds: int

    @property
    def goal(self) -> Goal:
        return self.aim.goal


@dataclass
class Row:
    """A line of the table of activities."""

    deed: Deed
    goals: str
    who_when: str


@dataclass
class Record:
    """Everything gathered of one record, by kind."""

    person: Person
    plan: CarePlan
    member: Member
    said: Sequence[Said]
    aims: Sequence[Aim]
    deeds: Sequence[Deed]
    contracts: Sequence[CareContract]
    may_write: bool

    @property
    def live_aims(self) -> list[Aim]:
        return [aim for aim in self.aims if aim.live]

    @property
    def live_deeds(self) -> list[Deed]:
        return [deed for deed in self.deeds if deed.live]

    @property
    def here(self) -> list[Said]:
        """The words that were not taken back."""
        return [said for said in self.said if said.expectation.withdrawn_at is None]

    @property
    def waiting(self) -> int:
        return sum(1 for said in self.said if said.waits)

    @property
    def contract(self) -> CareContract | None:
        """The version to sign, else the one in force, else none."""
        order = (State.TO_SIGN.value, State.IN_FORCE.value, State.REFUSED.value)
        found = [contract for contract in self.contracts if contract.state in order]
        return min(found, key=lambda contract: order.index(contract.state)) if found else None

    def goal(self, pk: UUID | None) -> Goal | None:
        return next((aim.goal for aim in self.aims if aim.goal.pk == pk), None)

    @property
    def actions(self) -> list[Deed]:
        """What somebody does: means and services are not counted among them."""
        return [deed for deed in self.live_deeds if deed.activity.kind == ActivityKind.ACTION.value]

    def counted(self) -> Counted:
        return count_participation(deed.activity.participation for deed in self.actions)


# ───────── The words and their answers


def exchange_of(record: Record, said: Said) -> Exchange:
    expectation, answer = said.expectation, said.answer
    exchange = Exchange(
        said,
        speaker_of(expectation, record.person),
        when_said(expectation, record.person),
        may_answer=record.may_write and expectation.withdrawn_at is None,
        may_withdraw=record.may_write
        and expectation.withdrawn_at is None
        and expectation.written_by_id == record.member.pk,
    )
    if answer is None:
        contract = record.contract
        exchange.late = contract is not None and expectation.written_at > contract.issued_at
        days = (today() - expectation.said_on).days
        exchange.since = (
            _("Sans réponse, dite aujourd’hui")
            if days < 1
            else _("Sans réponse depuis hier")
            if days == 1
            else _("Sans réponse depuis %s jours") % days
        )
        return exchange
    exchange.by = answered_by(answer)
    exchange.goal = record.goal(answer.goal_id)
    if exchange.goal is not None:
        exchange.states, exchange.links = follow(record, said, exchange.goal)
    return exchange


def follow(record: Record, said: Said, goal: Goal) -> tuple[list[str], list[dict[str, Any]]]:
    """The five steps from a sentence: what is done, where it stands, what comes."""
    contract = next((one for one in record.contracts if one.pk == said.contract), None)
    signed = contract is not None and contract.state == State.IN_FORCE.value
    count = sum(1 for deed in record.live_deeds if goal.pk in deed.goals)
    steps = [
        (
            _("Attente dite le %s") % date_long(said.expectation.said_on),
            link("home:thread", said.expectation.pk),
            True,
        ),
        (_("Pas de négociation ouverte"), "", True),
        (
            contract_words(contract, said.article),
            link("contracts:read", contract.pk, anchor=f"article-{said.article}") if contract else "",
            signed,
        ),
        (
            _("Aucune action pour l’instant")
            if not count
            else _("1 action prévue")
            if count == 1
            else _("%s actions prévues") % count,
            link("home:record", record.person.pk, anchor="actions") if count else "",
            signed and count > 0,
        ),
        (
            _("Évaluation prévue le %s") % date_long(goal.due_on)
            if goal.due_on
            else _("Pas encore de date d’évaluation"),
            "",
            False,
        ),
    ]
    now = next(place for place, (_label, _url, done) in enumerate(steps) if not done)
    states = ["done"] * now + ["now"] + ["todo"] * (len(steps) - now - 1)
    links = [
        {"label": label, "url": url, "current": place == now}
        for place, (label, url, _done) in enumerate(steps)
    ]
    return states, links


def contract_words(contract: CareContract | None, article: int | None) -> str:
    if contract is None:
        return _("Pas encore dans un contrat")
    states = {
        State.TO_SIGN.value: _("Contrat, article %s, à signer"),
        State.IN_FORCE.value: _("Contrat, article %s, signé"),
        State.REFUSED.value: _("Contrat, article %s, non signé"),
    }
    return states.get(contract.state, _("Contrat précédent, article %s")) % article


def voices_of(record: Record) -> tuple[list[Voices], list[Exchange]]:
    """The person's words first, then what was seen, then the circle's, then the team's; and those taken back."""
    exchanges = [exchange_of(record, said) for said in record.said]
    exchanges.sort(key=lambda one: (not one.said.waits, -one.said.expectation.said_on.toordinal()))
    back = [one for one in exchanges if one.said.expectation.withdrawn_at is not None]

    def said_by(*voices: str) -> list[Exchange]:
        return [one for one in exchanges if one not in back and one.said.expectation.voice in voices]

    own = Voices("", "attentes", said_by("person"))
    others = [
        Voices(_("Ce que l’on a vu"), "observe", said_by("observed")),
        Voices(_("Ce que ses proches demandent"), "proches", said_by("relative", "representative")),
        Voices(_("Ce que l’équipe propose"), "propositions", said_by("professional")),
    ]
    return [own, *[side for side in others if side.exchanges]], back


# ───────── Goals, activities


def goal_card(record: Record, aim: Aim) -> GoalCard:
    goal = aim.goal
    origins = [
        (f"#attente-{said.expectation.pk}", short(said.expectation.words))
        for said in record.said
        if goal.pk in said.goals
    ]
    stances = []
    order = ["person", "relative", "representative", "professional"]
    for position in sorted(
        aim.positions, key=lambda one: order.index(one.voice) if one.voice in order else 9
    ):
        note = _("le %s") % date_long(timezone.localdate(position.at))
        if position.ask_again_on:
            note += ", " + _("à redemander le %s") % date_long(position.ask_again_on)
        label = str(StanceChoice(position.stance).label)
        stances.append((position_speaker(position, record.person), label, position.reason, note))
    voices = {position.voice for position in aim.positions}
    missing = [
        name
        for voice, name in (("person", record.person.called), ("professional", _("l’équipe")))
        if voice not in voices
    ]
    return GoalCard(
        aim,
        term_words(goal.due_on),
        origins,
        stances,
        _("On ne sait pas encore ce qu’en pense %s.") % _(" ni ").join(missing) if missing else "",
        sum(1 for deed in record.live_deeds if goal.pk in deed.goals),
    )


def term_words(due_on: date | None) -> str:
    if due_on is None:
        return ""
    if due_on < today():
        return _("Terme : %(day)s, %(distance)s : à évaluer") % {
            "day": date_long(due_on),
            "distance": distance(due_on, today()),
        }
    return _("Terme : %(day)s, %(distance)s") % {
        "day": date_long(due_on),
        "distance": distance(due_on, today()),
    }


def row_of(record: Record, deed: Deed) -> Row:
    activity = deed.activity
    numbers = sorted(aim.goal.number for aim in record.aims if aim.goal.pk in deed.goals)
    goals = ""
    if numbers:
        word = _("objectif %s") if len(numbers) == 1 else _("objectifs %s")
        goals = word % ", ".join(map(str, numbers))
    who = activity.performer or (activity.owner.name if activity.owner else "")
    return Row(deed, goals, ", ".join(part for part in (who, activity.rhythm, activity.place) if part))


# ───────── The thread, the time, the gate


def next_look(record: Record) -> date | None:
    """The next day on which one looks at where things stand."""
    days = [aim.goal.due_on for aim in record.live_aims] + [record.plan.review_on]
    coming = [day for day in days if day and day >= today()]
    return min(coming) if coming else None


def thread_of(record: Record) -> list[dict[str, Any]]:
    """The five steps at the top of the record, in words."""
    states = thread_states(record.plan.step)
    count, waiting, counted, contract = len(record.here), record.waiting, record.counted(), record.contract
    look = next_look(record)
    if contract is None and states[CONTRACT] == "done":
        states[CONTRACT] = "todo"  # a plan received from elsewhere can be in force without one
    notes = [
        (
            _("Attentes"),
            _("1 dite") if count == 1 else _("%s dites") % count if count else _("aucune pour l’instant"),
            "" if not waiting else _("1 sans réponse") if waiting == 1 else _("%s sans réponse") % waiting,
            "#attentes",
        ),
        (_("Négociation"), _("sans négociation"), "", ""),
        (
            _("Contrat"),
            signing_words(contract),
            "",
            link("contracts:read", contract.pk) if contract else "#contrat",
        ),
        (
            _("Actions"),
            _("%(together)s sur %(total)s par ou avec %(called)s")
            % {
                "together": counted.together,
                "total": counted.total + counted.unsaid,
                "called": record.person.called,
            }
            if record.actions
            else _("aucune pour l’instant"),
            "",
            "#actions",
        ),
        (
            _("Évaluation"),
            _("prévue le %s") % date_long(look) if look else _("pas encore de date"),
            "",
            "#objectifs",
        ),
    ]
    return [
        {"label": label, "note": note, "flag": flag, "url": url, "state": state}
        for (label, note, flag, url), state in zip(notes, states, strict=True)
    ]


def signing_words(contract: CareContract | None) -> str:
    if contract is None:
        return _("pas encore écrit")
    if contract.state == State.TO_SIGN.value:
        return _("à signer, %(done)s sur %(all)s") % {"done": contract.chosen, "all": contract.to_choose}  # type: ignore[attr-defined]
    if contract.state == State.IN_FORCE.value:
        return _("signé, jusqu’au %s") % date_long(contract.ends_on)
    return str(State(contract.state).label)


def timeline(record: Record, admitted_on: date | None) -> tuple[list[dict[str, Any]], int]:
    """Past, today, due; and how many dates are left out."""
    dated: list[tuple[date, str, str]] = []
    if admitted_on:
        dated.append((admitted_on, _("Arrivée"), ""))
    if record.plan.starts_on:
        dated.append((record.plan.starts_on, _("Début du projet"), ""))
    for contract in record.contracts:
        if contract.state == State.WITHDRAWN.value:
            continue
        url = link("contracts:read", contract.pk)
        name = _("Contrat") if contract.version == 1 else _("Avenant, version %s") % contract.version
        dated.append((timezone.localdate(contract.issued_at), _("%s remis") % name, url))
        if contract.signed_at and contract.state in {State.IN_FORCE.value, State.SUPERSEDED.value}:  # type: ignore[attr-defined]
            dated.append((timezone.localdate(contract.signed_at), _("%s signé") % name, url))  # type: ignore[attr-defined]
    dated += [
        (aim.goal.due_on, _("Terme de l’objectif %s") % aim.goal.number, f"#objectif-{aim.goal.number}")
        for aim in record.live_aims
        if aim.goal.due_on
    ]
    dated += [
        (
            said.answer.until,
            _("Reparler de « %s »") % short(said.expectation.words, 40),
            f"#attente-{said.expectation.pk}",
        )
        for said in record.here
        if said.answer is not None and said.answer.until
    ]
    dated += [
        (
            position.ask_again_on,
            _("Redemander une position, objectif %s") % aim.goal.number,
            f"#objectif-{aim.goal.number}",
        )
        for aim in record.live_aims
        for position in aim.positions
        if position.ask_again_on
    ]
    if record.plan.review_on:
        dated.append((record.plan.review_on, _("Révision du projet"), ""))
    dated.sort(key=lambda one: one[0])
    now = today()
    past = [one for one in dated if one[0] <= now]
    coming = [one for one in dated if one[0] > now]
    left_out = max(len(past) - PAST, 0) + max(len(coming) - COMING, 0)
    events = [{"date": day, "text": text, "url": url, "state": "past"} for day, text, url in past[-PAST:]]
    events.append({"date": now, "text": _("Aujourd’hui"), "url": "", "state": "today"})
    events += [{"date": day, "text": text, "url": url, "state": "due"} for day, text, url in coming[:COMING]]
    return events, left_out


def conditions(record: Record) -> list[Condition]:
    """The gate before the contract, on what this member reads."""
    return gate_to_contract(
        PlanFacts(
            unanswered=record.waiting,
            goals=[
                GoalFacts(
                    aim.goal.number,
                    aim.goal.statement,
                    aim.goal.due_on is not None,
                    aim.goal.priority is not None,
                    aim.has_origin,
                    next((Stance(one.stance) for one in aim.positions if one.voice == "person"), None),
                )
                for aim in record.live_aims
            ],
            activities=len(record.actions),
            activities_unsaid=record.counted().unsaid,
        )
    )


def units(counted: Counted) -> list[str]:
    """One mark for each activity, in the order of the legend; none when there are too many to be read."""
    shown = [how for how, count in shares(counted) for _n in range(count)]
    return shown if len(shown) <= 20 else []


def shares(counted: Counted) -> list[tuple[str, int]]:
    counts = (counted.by, counted.with_, counted.presence, counted.for_)
    return [(how, count) for how, count in zip(TOGETHER, counts, strict=True) if count]


@require_GET
@members(*CARE_ROLES)
def record(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The person's page. At most 12 queries, however long the record."""
    member = request.member
    plan = gather.plan_for(member, pk)
    if plan is None:
        return without_plan(request, pk)
    person = plan.person
    circle = gather.circle_around(member, person)
    gathered = Record(
        person,
        plan,
        member,
        said=gather.words_said(member, plan),
        aims=gather.aims(member, plan),
        deeds=gather.deeds(member, plan),
        contracts=gather.contracts_with_signatures(member, person),
        may_write=bool(plan.inside) and is_open(plan),  # type: ignore[attr-defined]
    )
    record_reading("record", person, by=member)
    return render(request, "home/record.html", head(person, plan, circle) | body(gathered, member))


def head(person: Person, row: Any, circle: Iterable[Any]) -> dict[str, Any]:
    return {
        "person": person,
        "banner": banner_of(person, circle, row),
        "tabs": parts_of_record(person, "home:record"),
    }


def body(record: Record, member: Member) -> dict[str, Any]:
    plan, counted = record.plan, record.counted()
    sides, withdrawn = voices_of(record)
    needs = gather.needs_noted(member, plan)
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
        "needs": [need for need in needs if not need.is_strength],
        "strengths": [need for need in needs if need.is_strength],
        "attachments": gather.attachments(member, plan),
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
        "gate": [{"label": one.words, "met": False, "url": f"#{one.where}"} for one in gate if not one.met],
    }


def without_plan(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Nobody opened a project yet: the page says so, and who may open one does."""
    person = gather.person_for(request.member, pk)
    if person is None:
        raise Http404
    circle = gather.circle_around(request.member, person)
    record_reading("record", person, by=request.member)
    context = head(person, person, circle) | {"may_write": person.inside}  # type: ignore[attr-defined]
    return render(request, "home/record_empty.html", context)
