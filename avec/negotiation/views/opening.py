"""Opening a negotiation: what it starts from, in its own words; who sits; the aim; until when."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.accounts.vocabulary import speak_of
from avec.careplan.models import CarePlan, Divergence, Expectation, Goal
from avec.careplan.tensions import Tension, tensions_of
from avec.careplan.words import Speaker, short, speaker_of
from avec.people.drafts import already_sent, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person
from avec.people.rules import Level
from avec.ui.forms import form_status

from ..actions import MoveRefused, Opening, open_negotiation
from ..forms.opening import OpeningForm, usual_deadline
from ..models import CareRefusal, ContextChoice, Negotiation, Outcome, OutcomeChoice, Party
from ..policy import may_open, may_write_for_team
from ..seats import PERSON, Chairs, chairs_of

SEVERAL = ("parties", "aloud")


@dataclass(frozen=True)
class Start:
    """What a negotiation starts from: at most one thing, and what the form then opens with."""

    goal: Goal | None = None
    expectation: Expectation | None = None
    divergence: Divergence | None = None
    refusal: CareRefusal | None = None
    contract: UUID | None = None
    clause_words: str = ""
    continues: Negotiation | None = None
    title: str = ""
    context: str = ContextChoice.PLAN.value
    situation: str = ""
    points: tuple[str, ...] = ()
    level: str = Level.C1.value

    @property
    def source(self) -> Goal | Expectation | Divergence | CareRefusal | Negotiation | None:
        return self.goal or self.expectation or self.divergence or self.refusal or self.continues

    @property
    def key(self) -> str:
        """What the draft hangs on: one for each thing that one starts from."""
        return str(self.source.pk if self.source is not None else self.contract or "")

    @property
    def narrowest(self) -> str:
        """It is never shared wider than what it starts from."""
        return self.source.level if self.source is not None else self.level


@dataclass(frozen=True)
class Shown:
    """What it starts from, as the page says it: whose words, where they are."""

    kind: str
    words: str
    speaker: Speaker | None = None
    tension: Tension | None = None


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def open_one(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Open a negotiation with somebody, from what the address names."""
    person = get_object_or_404(
        Person.objects.visible_to(request.member).select_related("establishment"), pk=pk
    )
    return open_page(request, person, start_from(request, person))


def start_from(request: MemberRequest, person: Person) -> Start:
    """What the address names, among what this member reads of this very person; not found otherwise."""
    asked = request.GET

    def read(rows: QuerySet[Any], name: str) -> Any:
        try:
            key = UUID(asked[name])
        except ValueError:
            key = UUID(int=0)
        return get_object_or_404(rows.filter(person=person), pk=key)

    if asked.get("objectif"):
        goal = read(Goal.objects.visible_to(request.member), "objectif")
        return Start(goal=goal, title=short(goal.title or goal.statement, 150))
    if asked.get("attente"):
        expectation = read(
            Expectation.objects.visible_to(request.member).select_related(
                "relative", "professional", "person"
            ),
            "attente",
        )
        return Start(expectation=expectation, title=short(expectation.words, 150))
    if asked.get("divergence"):
        divergence = read(Divergence.objects.visible_to(request.member), "divergence")
        conflict = ContextChoice.CONFLICT.value
        return Start(divergence=divergence, title=short(divergence.about, 150), context=conflict)
    if asked.get("refus"):
        refusal = read(CareRefusal.objects.visible_to(request.member), "refus")
        return Start(refusal=refusal, title=short(refusal.care, 150), context=ContextChoice.REFUSAL.value)
    if asked.get("suite"):
        before = read(
            Negotiation.objects.visible_to(request.member).filter(concluded_at__isnull=False), "suite"
        )
        return continued(before)
    return Start()


def continued(before: Negotiation) -> Start:
    """From a concluded negotiation: its situation, and what was not agreed."""
    left = Outcome.objects.filter(negotiation=before).exclude(kind=OutcomeChoice.AGREED.value)
    if not before.outcomes.filter(took_effect=True).exists():
        left = Outcome.objects.filter(negotiation=before)
    return Start(
        continues=before,
        title=before.title,
        context=before.context,
        situation=before.situation,
        points=tuple(left.order_by("point__number").values_list("point__words", flat=True)),
    )


def open_page(request: MemberRequest, person: Person, start: Start) -> HttpResponse:
    """The page, for the team: shown on GET, sent on POST. Another room calls it with what it starts from."""
    plan = CarePlan.objects.current().filter(person=person).first()
    if plan is None:
        messages.error(request, _("Ouvrez d’abord un projet\u00a0: une négociation s’y rattache."))
        return redirect("negotiation:list", person.pk)
    plan.person = person
    require(may_open(request.member, plan) and may_write_for_team(request.member, person))
    if already_sent(request):
        return redirect("negotiation:list", person.pk)
    # The choices name the person: the words of the house agree with them from here on.
    speak_of(person.gender)
    chairs = chairs_of(person, request.member)
    draft = kept(request, f"negotiation:{start.key or person.pk}")
    form = OpeningForm(
        request.POST or None,
        initial=draft.initial(SEVERAL, **usual(start, chairs, request.member)),
        chairs=chairs,
        narrowest=start.narrowest,
    )
    if request.method == "POST" and form.is_valid():
        try:
            opened = _open(plan, start, form, request.member)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            sent(request, draft.key)
            messages.success(
                request, _("La négociation est ouverte. Finissez de la cadrer ensemble, puis explorez.")
            )
            return redirect("negotiation:table", opened.pk)
    record_reading("form", person, by=request.member, obj=start.source)
    context = {
        "person": person,
        "plan": plan,
        "form": form,
        "kept": draft,
        "once": request.POST.get("once") or str(uuid4()),
        "start": start,
        "shown": shown_start(start, plan, request.member),
        "chairs": chairs,
        "closed": start.narrowest not in (Level.C1, Level.C2),
    }
    return render(request, "negotiation/work/open.html", context, status=form_status(form))


def _open(plan: CarePlan, start: Start, form: OpeningForm, by: Member) -> Negotiation:
    data = form.cleaned_data
    facilitator = form.chosen_facilitator
    return open_negotiation(
        plan,
        Opening(
            title=data["title"],
            situation=data["situation"],
            context=data["context"],
            level=data["level"],
            aim=data["aim"],
            due_on=data["due_on"],
            facilitator=facilitator.professional if facilitator else None,
            goal=start.goal,
            expectation=start.expectation,
            divergence=start.divergence,
            refusal=start.refusal,
            contract=start.contract,
            clause_words=start.clause_words,
            continues=start.continues,
            points=tuple(data["points"]),
        ),
        form.seats,
        by=by,
    )


def usual(start: Start, chairs: Chairs, member: Member) -> dict[str, Any]:
    """What the form opens with: the person and who opens it at the table; who was there before, when it goes on."""
    seated = [PERSON, str(member.pk)]
    aloud = [] if chairs.person.has_account else [PERSON]
    reason, speaks_for = "", ""
    if start.continues is not None:
        parties = Party.objects.filter(negotiation=start.continues, left_at__isnull=True)
        seated = [str(one.relative_id or one.professional_id or PERSON) for one in parties]
        aloud = [str(one.relative_id or one.professional_id or PERSON) for one in parties if one.speaks_aloud]
        for one in parties:
            if one.stands_for:
                reason, speaks_for = one.stands_for, str(one.relative_id or one.professional_id)
    may_sit = {one.key for one in chairs.free}
    level = Level.C2.value if start.narrowest != Level.C1 else start.level
    return {
        "title": start.title,
        "context": start.context,
        "situation": start.situation,
        "parties": [key for key in seated if key in may_sit],
        "aloud": [key for key in aloud if key in may_sit],
        "reason": reason,
        "speaks_for": speaks_for,
        "level": level,
        "due_on": usual_deadline(),
        "points": "\n".join(start.points),
    }


def shown_start(start: Start, plan: CarePlan, reader: Member) -> Shown | None:
    """What it starts from, in its own words and with its voice."""
    person = plan.person
    if start.expectation is not None:
        one = start.expectation
        return Shown(_("Une attente"), one.words, speaker_of(one, person))
    if start.goal is not None:
        kind = _("L’objectif %s") % start.goal.number
        return Shown(kind, start.goal.statement)
    if start.divergence is not None:
        readable = tensions_of(reader, plan, person)
        tension = next((one for one in readable if one.divergence.pk == start.divergence.pk), None)
        return Shown(_("Deux lectures qui diffèrent"), start.divergence.about, tension=tension)
    if start.refusal is not None:
        refusal = start.refusal
        v = "observed" if refusal.observed else "person"
        kind = _("Un refus de soins\u00a0: %s") % refusal.care
        return Shown(kind, refusal.words, Speaker(v, person.called))
    if start.continues is not None:
        before = start.continues
        kind = _("La négociation conclue\u00a0: %s") % before.get_result_display()
        return Shown(kind, before.title)
    if start.clause_words:
        return Shown(_("Un article du contrat de soins"), start.clause_words)
    return None
