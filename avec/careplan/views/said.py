"""« Tout ce qui a été dit »: every word of a plan, by voice or by domain, with its answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.people.banner import banner_fields, banner_of, parts_of_record
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person, teams_of, today
from avec.people.rules import fold
from avec.ui.words import elide

from ..forms.said import NO_DOMAIN, FindForm
from ..models import CarePlan, Expectation, Goal
from ..policy import is_open
from ..rules.divergences import place_of
from ..shown import Shown, confirmations_by_expectation, shown, ways_of
from ..tensions import tensions_of
from ..waiting import Waiting, unanswered_by_plan
from ..words import answered_by
from .domains import domains_of
from .page import circle

PER_PAGE = 20
# One page for the printer: beyond, it is no longer a page.
AT_ONCE = 400
WITH_VOICES = ("person", "relative", "professional", "written_by", "transcribed_by", "current_answer__by")


@dataclass
class Row:
    """Somebody's words and their answer."""

    shown: Shown
    state: str
    goal: Goal | None = None
    by: str = ""

    @property
    def expectation(self) -> Expectation:
        return self.shown.expectation


@dataclass
class Group:
    """Rows under one heading. `sub`: « ce que je ne veux pas », under the person's own."""

    title: str
    anchor: str
    rows: list[Row] = field(default_factory=list)


@require_GET
@members(*CARE_ROLES)
def said(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Everything said in a plan, narrowed and searched. As many queries for one line as for a hundred."""
    member = request.member
    plans = CarePlan.objects.visible_to(member).select_related("person__establishment", "person__unit")
    marked = plans.annotate(
        inside=teams_of(member, "person_id", external=False), **banner_fields("person_id")
    )
    plan: Any = get_object_or_404(marked, pk=pk)
    person: Person = plan.person
    domains = [domain.words for domain in domains_of(member)]
    expectations = list(Expectation.objects.visible_to(member).filter(plan=plan).select_related(*WITH_VOICES))
    here = {one.domain for one in expectations if one.domain}
    names = [*domains, *sorted(here - set(domains), key=fold)]
    form = FindForm(request.GET, called=person.called, domains=names)
    form.is_valid()
    asked = form.cleaned_data
    found = [one for one in expectations if matches(one, asked)]
    found.sort(key=lambda one: order(one, asked, names))
    everything = "tout" in request.GET
    page = Paginator(found, AT_ONCE if everything else PER_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(list(page), plan, member, may_write=bool(plan.inside) and is_open(plan))
    narrowed = any(asked.get(name) for name in ("q", "voix", "domaine", "etat", "refus"))
    query = urlencode([(name, value) for name, value in request.GET.items() if name not in {"page", "tout"}])
    record_reading("said", person, by=member, obj=plan)
    context = {
        "person": person,
        "plan": plan,
        "banner": banner_of(person, circle(request, person), plan),
        "tabs": parts_of_record(person, "home:record"),
        "form": form,
        "groups": grouped(rows, person, asked, names),
        "page": page,
        "query": query + ("&tout=1" if everything and query else "tout=1" if everything else ""),
        "print_query": f"{query}&tout=1" if query else "tout=1",
        "everything": everything,
        "narrowed": narrowed,
        "told": told(len(found), narrowed),
        "waiting": unanswered_by_plan(member, [plan]).get(plan.pk, Waiting()),
        "ways": ways_of(plan),
        "may_write": bool(plan.inside) and is_open(plan),
    }
    template = "careplan/all_said.html" + ("#found" if request.htmx else "")
    return render(request, template, context | {"live": bool(request.htmx)})


def state_of(expectation: Expectation) -> str:
    """Where these words are, as the filter names it."""
    answer = expectation.current_answer
    if expectation.withdrawn_at is not None:
        return "retiree"
    if answer is None:
        return "a_ecrire" if expectation.waits_for_words else "attend"
    if answer.reply == "postponed" and answer.until is not None and answer.until <= today():
        return "a_reprendre"
    return "repondue"


def matches(expectation: Expectation, asked: dict[str, Any]) -> bool:
    """Does it fit what was asked? What was taken back shows only when asked for."""
    state, wanted = state_of(expectation), asked.get("etat", "")
    if wanted == "attend":
        fits = state in {"attend", "a_ecrire"}
    else:
        fits = state == wanted if wanted else state != "retiree"
    if not fits or (asked.get("voix") and expectation.voice != asked["voix"]):
        return False
    if asked.get("refus") and expectation.kind != "not_wanted":
        return False
    domain = asked.get("domaine", "")
    if domain and expectation.domain != ("" if domain == NO_DOMAIN else domain):
        return False
    return contains(expectation, asked.get("q", ""))


def contains(expectation: Expectation, words: str) -> bool:
    """Every word asked for, in any order, without accents."""
    parts = (expectation.words, expectation.situation, expectation.domain, expectation.comment)
    text = fold(" ".join(parts))
    return all(word in text for word in fold(words).split()[:8])


def order(expectation: Expectation, asked: dict[str, Any], domains: Sequence[str]) -> tuple[Any, ...]:
    """By domain when asked, then the person's first, what waits first, the latest first."""
    by_domain = asked.get("par") == "domaine"
    place = len(domains) if expectation.domain not in domains else list(domains).index(expectation.domain)
    # Under the person's own voice, what is wished then what is not wanted: two headings of the same size.
    refusal = expectation.kind == "not_wanted" and expectation.voice == "person"
    return (
        place if by_domain else 0,
        place_of(expectation.voice),
        0 if by_domain else int(refusal),
        int(expectation.current_answer_id is not None),
        -expectation.said_on.toordinal(),
        -expectation.written_at.timestamp(),
    )


def rows_of(
    expectations: Sequence[Expectation], plan: CarePlan, member: Member, *, may_write: bool
) -> list[Row]:
    goals = {goal.pk: goal for goal in Goal.objects.visible_to(member).filter(plan=plan)}
    confirmations = confirmations_by_expectation(member, plan)
    tensions = tensions_of(member, plan, plan.person)
    rows = []
    for one in expectations:
        answer = one.current_answer
        rows.append(
            Row(
                shown(
                    one,
                    plan.person,
                    reader=member,
                    confirmations=confirmations.get(one.pk, ()),
                    tensions=tensions,
                    may_write=may_write,
                ),
                state_of(one),
                goals.get(answer.goal_id) if answer and answer.goal_id else None,
                answered_by(answer) if answer else "",
            )
        )
    return rows


def grouped(
    rows: Sequence[Row], person: Person, asked: dict[str, Any], domains: Sequence[str]
) -> list[Group]:
    """The rows under their headings, in the order they come."""
    groups: dict[str, Group] = {}
    for row in rows:
        if asked.get("par") == "domaine":
            key = row.expectation.domain
            title = key or _("Pas rangées dans un domaine")
            anchor = f"domaine-{domains.index(key) if key in domains else 'autre'}"
        else:
            key = row.expectation.voice
            if key == "person" and row.shown.not_wanted:
                key = "refus"
            title, anchor = title_of(key, person), f"voix-{key}"
        groups.setdefault(key, Group(title, anchor)).rows.append(row)
    return list(groups.values())


def title_of(key: str, person: Person) -> str:
    called = person.called
    return {
        "person": _("Ce %s souhaite") % elide(called, "que"),
        "refus": _("Ce %s ne veut pas") % elide(called, "que"),
        "observed": _("Ce que l’on a vu, pour %s") % called,
        "relative": _("Ce que ses proches demandent"),
        "representative": _("Ce que demande qui représente %s") % called,
    }.get(key, _("Ce que l’équipe propose"))


def told(count: int, narrowed: bool) -> str:
    if not count:
        return _("Rien ne correspond.") if narrowed else ""
    if narrowed:
        return ngettext("%s attente trouvée.", "%s attentes trouvées.", count) % count
    return ngettext("%s attente.", "%s attentes.", count) % count
