"""« Ma journée »: what waits for one professional, from all the rooms, by date."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.people.journal import record_readings
from avec.people.models import CARE_ROLES, Person, today

from . import contract_tasks, partnership
from . import tasks as usual
from .persons import tell_thread, with_thread
from .rules import Group
from .tasks import READ, Task

# Each kind of thing to do, from all the rooms.
KINDS = (*contract_tasks.KINDS, *usual.KINDS, partnership.partnership)
# A page, not an archive: beyond this each part says how many more there are.
SHOWN = 20
LISTED = 12


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
    kinds = [list(kind(member, now)) for kind in KINDS]
    tasks = [task for kind in kinds for task in kind]
    parts = parts_of(tasks)
    shown = {task.person.pk: task.person for part in parts for task in part.shown if task.person}
    record_readings("day", shown.values(), by=member)
    counts = {part.group.value: len(part.tasks) for part in parts}
    persons = my_persons(member)
    context = {"parts": parts, "persons": persons, "total": len(tasks), "now": now}
    context["beyond"] = any(len(kind) >= READ for kind in kinds)
    few = len(persons) < LISTED
    context["all_persons"] = len(persons) if few else Person.objects.visible_to(member).count()
    return render(request, "home/day.html", context | {"counts": counts})
