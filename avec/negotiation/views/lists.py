"""The negotiations of one person: those to talk about first, the oldest deadline before the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.careplan.models import CarePlan
from avec.people.banner import parts_of_record
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person, today
from avec.ui.words import date_long, distance

from ..models import Negotiation, Party
from ..models.negotiations import NegotiationQuerySet
from ..policy import may_open, may_write_for_team

# From this many on, the list can be searched.
MANY = 6
A_PAGE = 20


@dataclass(frozen=True)
class Row:
    """One negotiation in a list. `late`: days past its deadline."""

    negotiation: Negotiation
    parties: list[Party]
    late: int
    when: str


def with_parties(negotiations: NegotiationQuerySet) -> NegotiationQuerySet:
    """The same, each with who sits there: one query more, however many there are."""
    seated = Party.objects.filter(left_at__isnull=True)
    return negotiations.prefetch_related(Prefetch("parties", seated, to_attr="seated"))


def rows_of(negotiations: Iterable[Any]) -> list[Row]:
    """Their rows, read `with_parties`."""
    day = today()
    rows = []
    for one in negotiations:
        late = (day - one.due_on).days if one.due_on and one.due_on < day and not one.is_concluded else 0
        rows.append(Row(one, one.seated, max(0, late), when_of(one, late)))
    return rows


def when_of(one: Negotiation, late: int) -> str:
    """Where it is in time, in a few words."""
    if one.concluded_at is not None:
        return _("conclue le %s") % date_long(one.concluded_at)
    if one.due_on is None:
        return _("pas encore de date limite")
    if late:
        days = ngettext("%s jour", "%s jours", late) % late
        return _("la date limite est passée depuis %s") % days
    facts = {"day": date_long(one.due_on), "distance": distance(one.due_on, today())}
    return _("jusqu’au %(day)s, %(distance)s") % facts


@require_GET
@members(*CARE_ROLES)
def of_person(request: MemberRequest, pk: UUID) -> HttpResponse:
    person = get_object_or_404(
        Person.objects.visible_to(request.member).select_related("establishment"), pk=pk
    )
    record_reading("negotiations", person, by=request.member)
    plan = CarePlan.objects.current().filter(person=person).first()
    if plan is not None:
        plan.person = person
    every = Negotiation.objects.visible_to(request.member).filter(person=person)
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = with_parties(every)
    if sought:
        found = found.filter(
            Q(title__icontains=sought) | Q(situation__icontains=sought) | Q(aim__icontains=sought)
        )
    count = every.count()
    concluded = Paginator(
        found.filter(concluded_at__isnull=False).order_by("-concluded_at", "-pk"), A_PAGE
    ).get_page(request.GET.get("page"))
    may = plan is not None and may_open(request.member, plan) and may_write_for_team(request.member, person)
    context: dict[str, Any] = {
        "person": person,
        "plan": plan,
        "tabs": parts_of_record(person, "negotiation:list"),
        "running": rows_of(found.running()),
        "concluded": rows_of(concluded.object_list),
        "page": concluded,
        "sought": sought,
        "query": urlencode({"q": sought}) if sought else "",
        "count": count,
        "searchable": count >= MANY or bool(sought),
        "may_open": may,
    }
    return render(request, "negotiation/work/list.html", context)
