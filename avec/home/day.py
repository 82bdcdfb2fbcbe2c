"""« Ma journée »: what waits for one professional, from all the rooms, by date."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.careplan.models import Expectation, Goal, Position
from avec.careplan.rules import OPEN_STEPS
from avec.careplan.words import Speaker, speaker_of
from avec.contracts.models import FINAL, CareContract, SignatureLine
from avec.contracts.models import State as ContractState
from avec.people.journal import record_readings
from avec.people.models import CARE_ROLES, Person, Stay, today
from avec.ui.words import date_long, distance

from .links import link
from .persons import place_of, tell_thread, with_thread
from .rules import ANSWER_HABIT, Group, a_month_after, group_of, share_used

# A page, not an archive: beyond this each part says how many more there are.
SHOWN = 20
LISTED = 12
# The most rows read of each kind, the oldest first: past that the page says « plus de ».
READ = 60
SOON = timedelta(days=30)
OPEN = [step.value for step in OPEN_STEPS]


@dataclass(frozen=True)
class Task:
    """One row of the day. `since` orders the rows of a part; `said` quotes the words it is about."""

    person: Person
    group: Group
    since: date
    kind: str
    due: str
    share: float = 0.0
    text: str = ""
    law: str = ""
    said: Expectation | None = None
    action: str = ""
    action_url: str = ""

    @property
    def late(self) -> bool:
        return self.group == Group.LATE

    @property
    def place(self) -> str:
        return place_of(self.person)

    @property
    def url(self) -> str:
        return link("home:record", self.person.pk)

    @property
    def speaker(self) -> Speaker | None:
        """Whose words they are, named as on the record."""
        return speaker_of(self.said, self.person) if self.said else None

    @property
    def seen_by(self) -> str:
        """Who saw what was observed."""
        if self.said is None:
            return ""
        return self.said.professional.name if self.said.professional else self.said.origin_words


@dataclass(frozen=True)
class Part:
    """A third of the day."""

    group: Group
    title: str
    tasks: list[Task]

    @property
    def shown(self) -> list[Task]:
        return self.tasks[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.tasks) - SHOWN, 0)


def my_persons(member: Member) -> list[Person]:
    """The first persons I accompany, with their thread (see persons.py)."""
    persons = with_thread(Person.objects.visible_to(member), member)[:LISTED]
    return [tell_thread(person) for person in persons]


def unanswered(member: Member, now: date) -> Iterator[Task]:
    """Words that nobody answered yet, and those whose date to talk again has come."""
    expectations = (
        Expectation.objects.visible_to(member)
        .filter(withdrawn_at__isnull=True, plan__step__in=OPEN)
        .filter(
            Q(current_answer__isnull=True)
            | Q(current_answer__reply="postponed", current_answer__until__lte=now)
        )
        .select_related("person", "relative", "professional", "current_answer")
        .order_by("said_on", "written_at")[:READ]
    )
    for said in expectations:
        answer = said.current_answer
        if answer is None:
            yield Task(
                said.person,
                Group.TODAY,
                said.said_on,
                _("Attente sans réponse"),
                _("Dite %s") % distance(said.said_on, now),
                share=min((now - said.said_on).days / ANSWER_HABIT, 1.0),
                said=said,
                action=_("Répondre"),
                action_url=link("careplan:answer", said.pk),
            )
        elif answer.until is not None:
            yield Task(
                said.person,
                Group.LATE if answer.until < now else Group.TODAY,
                answer.until,
                _("Attente reportée : c’est le moment d’en reparler"),
                promised(answer.until, now),
                share=1.0,
                said=said,
                action=_("Répondre"),
                action_url=link("careplan:answer", said.pk),
            )


def contracts_to_sign(member: Member, now: date) -> Iterator[Task]:
    """Contracts that wait for a choice: mine first named, then the others’."""
    waiting = SignatureLine.objects.filter(required=True).exclude(signatures__outcome__in=FINAL)
    admitted = Stay.objects.filter(person=OuterRef("person")).order_by("-admitted_on").values("admitted_on")
    contracts: Iterable[Any] = (
        CareContract.objects.visible_to(member)
        .filter(state=ContractState.TO_SIGN.value)
        .select_related("person")
        .annotate(admitted_on=Subquery(admitted[:1]))
        .prefetch_related(Prefetch("lines", waiting, to_attr="waiting"))
        .order_by("issued_at")[:READ]
    )
    for contract in contracts:
        issued = timezone.localdate(contract.issued_at)
        first = contract.version == 1 and contract.admitted_on is not None
        start = contract.admitted_on if first else issued
        due = a_month_after(start)
        mine = any(line.member_id == member.pk for line in contract.waiting)
        others = [line.name for line in contract.waiting if line.member_id != member.pk]
        yield Task(
            contract.person,
            group_of(due, now) or Group.SOON,
            due,
            _("Contrat à signer : votre choix est attendu") if mine else _("Contrat à faire signer"),
            _("Avant le %(day)s, %(distance)s") % {"day": date_long(due), "distance": distance(due, now)}
            if due >= now
            else promised(due, now),
            share=share_used(start, due, now),
            text=_("On attend le choix de : %s.") % ", ".join(others) if others else "",
            law=_("Un mois après l’arrivée, comme le contrat de séjour (CASF D311).") if first else "",
            action=_("Lire et choisir") if mine else _("Voir le contrat"),
            action_url=link("contracts:read", contract.pk),
        )


def goals_due(member: Member, now: date) -> Iterator[Task]:
    """Goals whose term is near or past: it is time to look at them together."""
    goals = (
        Goal.objects.visible_to(member)
        .live()
        .filter(plan__step__in=OPEN, due_on__lte=now + SOON)
        .select_related("person")
        .order_by("due_on")[:READ]
    )
    for goal in goals:
        assert goal.due_on is not None
        group = group_of(goal.due_on, now)
        if group is None:
            continue
        start = goal.starts_on or timezone.localdate(goal.written_at)
        yield Task(
            goal.person,
            group,
            goal.due_on,
            _("Objectif à regarder ensemble"),
            _("Terme le %(day)s, %(distance)s")
            % {"day": date_long(goal.due_on), "distance": distance(goal.due_on, now)},
            share=share_used(start, goal.due_on, now),
            text=goal.statement,
            action=_("Voir l’objectif"),
            action_url=link("home:record", goal.person_id, anchor=f"objectif-{goal.number}"),
        )


def positions_to_ask(member: Member, now: date) -> Iterator[Task]:
    """Somebody could not say what they think of a goal: it is asked again on its date."""
    readable = Goal.objects.visible_to(member).live().filter(plan__step__in=OPEN)
    positions = Position.objects.filter(
        is_current=True, ask_again_on__lte=now + SOON, goal__in=readable
    ).select_related("goal__person", "relative")
    positions = positions.order_by("ask_again_on")[:READ]
    for position in positions:
        assert position.ask_again_on is not None
        group = group_of(position.ask_again_on, now)
        if group is None:
            continue
        who = position.relative.name if position.relative else position.goal.person.called
        yield Task(
            position.goal.person,
            group,
            position.ask_again_on,
            _("Position à redemander à %s") % who,
            promised(position.ask_again_on, now),
            share=share_used(timezone.localdate(position.at), position.ask_again_on, now),
            text=position.goal.statement,
            action=_("Redemander"),
            action_url=link("careplan:position", position.goal_id),
        )


def promised(day: date, now: date) -> str:
    return _("Prévu le %(day)s, %(distance)s") % {"day": date_long(day), "distance": distance(day, now)}


def parts_of(tasks: Iterable[Task]) -> list[Part]:
    """The three parts, each from the oldest date on; an empty one is left out."""
    titles = {
        Group.LATE: _("Date dépassée"),
        Group.TODAY: _("Aujourd’hui et sans réponse"),
        Group.SOON: _("Dans les 30 jours"),
    }
    ordered = sorted(tasks, key=lambda task: task.since)
    parts = [Part(group, title, [t for t in ordered if t.group == group]) for group, title in titles.items()]
    return [part for part in parts if part.tasks]


@members(*CARE_ROLES)
def day(request: MemberRequest) -> HttpResponse:
    member, now = request.member, today()
    kinds = [list(kind(member, now)) for kind in (unanswered, contracts_to_sign, goals_due, positions_to_ask)]
    tasks = [task for kind in kinds for task in kind]
    parts = parts_of(tasks)
    shown = {task.person.pk: task.person for part in parts for task in part.shown}
    record_readings("day", shown.values(), by=member)
    counts = {part.group.value: len(part.tasks) for part in parts}
    context = {"parts": parts, "persons": my_persons(member), "total": len(tasks), "now": now}
    context["beyond"] = any(len(kind) >= READ for kind in kinds)
    context["all_persons"] = Person.objects.visible_to(member).count()
    return render(request, "home/day.html", context | {"counts": counts})
