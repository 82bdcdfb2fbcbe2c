"""To look for an agreement, from own space: ask to talk something over, and where each talk is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest
from avec.accounts.models import Member
from avec.careplan.actions import plan_of
from avec.careplan.models import CarePlan, Expectation, Goal
from avec.careplan.words import short
from avec.negotiation.actions import MoveRefused, Opening, Seat, open_negotiation
from avec.negotiation.gathered import Seated, seated, with_my_seat
from avec.negotiation.mine import RESULTS, STEPS
from avec.negotiation.models import CareRefusal, ContextChoice, Negotiation
from avec.negotiation.policy import may_open
from avec.negotiation.rules import Phase, Result
from avec.negotiation.rules.waiting import Ask
from avec.people.drafts import already_sent, kept, sent
from avec.people.models import CareTeamMember, in_force, today
from avec.people.policy import may
from avec.people.rules import Deed, Level
from avec.ui.forms import form_status

from ..fates import who_answers
from ..forms import TalkForm
from .aims import open_goals
from .space import Space, as_uuid, once, own_space, posted
from .words import my_words, visible_words

TITLE = 150


def waits() -> dict[Ask, tuple[str, str]]:
    """What each kind of wait is called, and the one thing to do."""
    return {
        Ask.AIM: (_("Un but attend ma réponse"), _("Lire et répondre")),
        Ask.STAKE: (_("On me demande ce qui compte"), _("Dire ce qui compte")),
        Ask.OFFER: (_("Une proposition attend ma réponse"), _("Lire et répondre")),
        Ask.POSITION: (_("On me demande ce que je veux"), _("Dire ce que je demande")),
        Ask.TEXT: (_("Un accord attend ma réponse"), _("Lire et répondre")),
    }


@dataclass(frozen=True)
class Talk:
    """One negotiation as own space lists it."""

    seated: Seated

    @property
    def negotiation(self) -> Negotiation:
        return self.seated.negotiation

    @property
    def url(self) -> str:
        return reverse("negotiation:table", args=[self.negotiation.pk])

    @property
    def what_waits(self) -> str:
        """« Une proposition attend ma réponse »; "" when nothing does."""
        return waits()[self.seated.waits[0].ask][0] if self.seated.waits else ""

    @property
    def where(self) -> str:
        """The step in words; concluded, what came of it."""
        if self.negotiation.is_concluded:
            return str(RESULTS[Result(self.negotiation.result)])
        phase = Phase(self.negotiation.phase)
        number = list(STEPS).index(phase) + 1
        return _("Étape %(number)s sur 4\u00a0: %(words)s.") % {
            "number": number,
            "words": str(STEPS[phase][0])[:1].lower() + str(STEPS[phase][0])[1:],
        }

    @property
    def late(self) -> bool:
        due = self.negotiation.due_on
        return not self.negotiation.is_concluded and due is not None and due < today()

    @property
    def next_on(self) -> date | None:
        """The day on which one talks of it again."""
        return self.negotiation.next_on if self.negotiation.is_concluded else None


def negotiations_of(space: Space) -> QuerySet[Negotiation, Any]:
    """What this member reads of this person's negotiations; a relative, those where they sit (T27)."""
    return with_my_seat(
        Negotiation.objects.visible_to(space.member).filter(person=space.person), space.member
    )


def talks_of(space: Space) -> list[Talk]:
    """All of them, those that run first; what waits is asked of the running ones."""
    running = Case(When(phase=Phase.CONCLUDED.value, then=Value(1)), default=Value(0))
    rows = (
        negotiations_of(space)
        .select_related("person")
        .order_by(running, "-concluded_at", "due_on", "-written_at")
    )
    return [Talk(one) for one in seated(rows)]


@own_space("own_talks")
def own_talks(request: MemberRequest, space: Space) -> HttpResponse:
    """What we are talking over, and what came of the talks that are over."""
    talks = talks_of(space)
    plan = plan_of(space.person)
    context = {
        "space": space,
        "running": [one for one in talks if not one.negotiation.is_concluded],
        "concluded": [one for one in talks if one.negotiation.is_concluded],
        "may_ask": plan is not None and may_open(space.member, plan),
    }
    return render(request, "home/own_talks.html", context)


@dataclass(frozen=True)
class From:
    """What one starts from: my words, a goal, a care that I do not want, or nothing yet."""

    expectation: Expectation | None = None
    goal: Goal | None = None
    refusal: CareRefusal | None = None

    @property
    def source(self) -> Expectation | Goal | CareRefusal | None:
        return self.expectation or self.goal or self.refusal

    @property
    def words(self) -> str:
        if self.expectation is not None:
            return self.expectation.words
        if self.refusal is not None:
            return f"{self.refusal.care}\u00a0: {self.refusal.words}"
        return (self.goal.title or self.goal.statement) if self.goal else ""

    @property
    def level(self) -> str:
        """Never shared wider than what it starts from."""
        return self.source.level if self.source else Level.C1.value

    @property
    def key(self) -> str:
        return str(self.source.pk) if self.source else ""


def start_from(request: MemberRequest, space: Space) -> From:
    """What the address names, among what this member reads; not found otherwise."""
    if given := request.GET.get("attente"):
        words = my_words(space) if space.is_self else visible_words(space)
        return From(expectation=get_object_or_404(words, pk=as_uuid(given)))
    if given := request.GET.get("objectif"):
        return From(goal=get_object_or_404(open_goals(space), pk=as_uuid(given)))
    if given := request.GET.get("refus"):
        refusals = CareRefusal.objects.visible_to(space.member).filter(person=space.person)
        return From(refusal=get_object_or_404(refusals, pk=as_uuid(given)))
    return From()


@own_space("own_talk")
def own_talk(request: MemberRequest, space: Space) -> HttpResponse:
    """« Je veux en discuter »: say of what; the team prepares the talk with me."""
    plan, start = plan_of(space.person), start_from(request, space)
    who = who_answers(space.member, space.person)
    context: dict[str, Any] = {"space": space, "plan": plan, "who": who, "start": start}
    if plan is None or not may_open(space.member, plan):
        return render(request, "home/own_talk.html", context | {"plan": None})
    if already_sent(request):
        return redirect("home:own_talks")
    if running := already_talked(space, start):
        messages.info(request, _("Nous en parlons déjà."))
        return redirect("negotiation:table", running.pk)
    draft = kept(request, f"own_talk:{start.key or space.person.pk}")
    form = TalkForm(posted(request), initial=draft.initial(), started=bool(start.words))
    if request.method == "POST" and form.is_valid() and (opened := asked(form, plan, start, space)):
        sent(request, draft.key)
        messages.success(request, _("C’est demandé. %s prépare la suite.") % who)
        return redirect("negotiation:table", opened.pk)
    context |= {"form": form, "kept": draft, "once": once(request)}
    return render(request, "home/own_talk.html", context, status=form_status(form))


def already_talked(space: Space, start: From) -> Negotiation | None:
    """The talk that runs already about the same thing, where this member sits."""
    if not start.key:
        return None
    found = negotiations_of(space).exclude(phase=Phase.CONCLUDED.value)
    same = found.filter(expectation=start.expectation, goal=start.goal, refusal=start.refusal)
    return next((one for one in same if one.my_seat), None)


def asked(form: TalkForm, plan: CarePlan, start: From, space: Space) -> Negotiation | None:
    """The negotiation, opened with me, the person and who answers for the team; None when the form says why not."""
    words = form.cleaned_data["words"].strip()
    opening = Opening(
        title=short(start.words or words, TITLE),
        situation=words or start.words,
        context=ContextChoice.REFUSAL.value if start.refusal else ContextChoice.PLAN.value,
        level=start.level,
        goal=start.goal,
        expectation=start.expectation,
        refusal=start.refusal,
    )
    # Without an account, the person answers aloud.
    seats = [Seat(speaks_aloud=space.person.member_id is None)]
    if space.tie is not None:
        seats.append(Seat(relative=space.tie))
    if (referent := referent_of(space, start.level)) is not None:
        seats.append(Seat(professional=referent))
    try:
        return open_negotiation(plan, opening, seats, by=space.member)
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return None


def referent_of(space: Space, level: str) -> Member | None:
    """The referent, else the first of the team, among those who read at this level."""
    team = CareTeamMember.objects.filter(
        in_force(), person=space.person, external=False, member__in=Member.objects.active()
    ).select_related("member")
    for one in team.order_by("-is_referent", "starts_on"):
        if may(one.member, Deed.WRITE, space.person, Level(level)):
            return one.member
    return None
