"""« Les personnes »: those whose record is open to me, found by name or room."""

from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member, Unit
from avec.accounts.vocabulary import current
from avec.careplan.models import CarePlan, Expectation, StepChoice
from avec.people.models import CARE_ROLES, CareTeamMember, Person, in_force
from avec.people.policy import may_admit

from .rules import thread_states

PER_PAGE = 25
# Nobody leafs through more: past that, one searches by name. Counting further
# would cost more with each person of the establishment.
COUNTED = 500


class FirstPages(Paginator):  # type: ignore[type-arg]
    """Pages of the first `COUNTED` persons; `beyond` says that there are more."""

    def __init__(self, ordered: QuerySet[Person], found: QuerySet[Person]) -> None:
        super().__init__(ordered, PER_PAGE)
        # Counted without what each row shows: the thread is for the rows of one page.
        counted = found.order_by()[: COUNTED + 1].count()
        self.beyond = counted > COUNTED
        self.count = min(counted, COUNTED)


def with_thread(persons: QuerySet[Person], member: Member) -> QuerySet[Person]:
    """Adds `step`, where the plan in progress is, and `waiting`, the words without an answer in it."""
    plans = CarePlan.objects.current().filter(person=OuterRef("pk")).order_by("-created_at")
    persons = persons.annotate(plan=Subquery(plans.values("pk")[:1]), step=Subquery(plans.values("step")[:1]))
    said = Expectation.objects.visible_to(member).filter(plan=OuterRef("plan")).order_by()
    # Counted, not filtered: SQLite would go through every unanswered expectation for each person.
    unanswered = Count("pk", filter=Q(current_answer__isnull=True, withdrawn_at__isnull=True))
    counted = said.values("plan").annotate(n=unanswered).values("n")
    return persons.annotate(waiting=Coalesce(Subquery(counted), 0))


def place_of(person: Person) -> str:
    """« chambre 12 »; a room that has a name of its own (« studio 3 ») is said as it is."""
    return _("chambre %s") % person.room if person.room[:1].isdigit() else person.room


def tell_thread(person: Person) -> Person:
    """A row: its address, its place, its thread as states and in words."""
    person.url = reverse("home:record", args=[person.pk])  # type: ignore[attr-defined]
    person.place = place_of(person)  # type: ignore[attr-defined]
    step = person.step  # type: ignore[attr-defined]
    waiting = person.waiting  # type: ignore[attr-defined]
    person.states = thread_states(step)  # type: ignore[attr-defined]
    person.state = StepChoice(step).label if step else _("pas de projet ouvert")  # type: ignore[attr-defined]
    flag = _("1 attente sans réponse") if waiting == 1 else _("%s attentes sans réponse") % waiting
    person.flag = flag if waiting else ""  # type: ignore[attr-defined]
    return person


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def found_in_words(total: int, words: str, *, beyond: bool = False) -> str:
    """What a search found, as the status line says it."""
    if beyond:
        return _("Plus de %(total)s %(who)s. Écrivez un nom pour trouver plus vite.") % {
            "total": total,
            "who": current().short.plural,
        }
    if words:
        if total == 0:
            return _("Personne ne correspond à « %s ».") % words
        return (
            _("1 nom correspond à « %s ».") % words
            if total == 1
            else _("%(total)s noms correspondent à « %(words)s ».") % {"total": total, "words": words}
        )
    who = current().short
    return f"{total} {who.one if total == 1 else who.plural}."


@require_GET
@vary_on_headers("HX-Request")
@members(*CARE_ROLES)
def persons(request: MemberRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    mine, unit = request.GET.get("mine") == "1", as_uuid(request.GET.get("unit", ""))
    visible = Person.objects.visible_to(request.member)
    found = visible.matching(words)
    if mine:
        ties = CareTeamMember.objects.filter(
            in_force(), member=request.member, person=OuterRef("pk"), is_referent=True
        )
        found = found.filter(Exists(ties))
    if unit:
        found = found.filter(unit=unit)
    ordered = with_thread(found.order_by("family_name", "given_names", "pk"), request.member)
    pages = FirstPages(ordered, found)
    page = pages.get_page(request.GET.get("page"))
    kept = {"q": words, "mine": "1" if mine else "", "unit": str(unit or "")}
    context = {
        "page": page,
        "rows": [tell_thread(person) for person in page],
        "words": words,
        "mine": mine,
        "unit": str(unit or ""),
        "narrowed": bool(words or mine or unit),
        "query": urlencode({name: value for name, value in kept.items() if value}),
        "told": found_in_words(pages.count, words, beyond=pages.beyond),
        "may_admit": may_admit(request.member),
    }
    if request.htmx and not request.htmx.boosted:
        return render(request, "home/persons.html#found", context | {"live": True})
    context["units"] = Unit.objects.filter(establishment_id=request.member.establishment_id).order_by("name")
    return render(request, "home/persons.html", context)
