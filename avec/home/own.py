"""Own space: the person, or somebody of their circle in their own voice. Easy reading throughout."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member, Role
from avec.careplan.actions import (
    Said,
    plan_of,
    say,
    share_expectation,
    take_position,
    voice_of,
    withdraw_expectation,
)
from avec.careplan.models import Activity, Expectation, Goal, Position
from avec.careplan.policy import may_share, may_withdraw
from avec.careplan.rules import OPEN_STEPS, Stance
from avec.contracts.models import FINAL, CareContract, SignatureLine
from avec.contracts.models import State as ContractState
from avec.people.drafts import already_sent, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CareTeamMember, Objection, Person, RelatedPerson, in_force, today
from avec.people.policy import GIVEN
from avec.people.rules import Kind, Level, Relationship, Standing, readable_levels
from avec.ui.forms import form_status

from .fates import Fate, fates_of, sentences, who_answers
from .forms import SayAndShareForm, SayForm, StanceForm
from .links import link
from .readers import last_readers, readings
from .readers import told as told_readings

LAY = (Role.PERSON.value, Role.RELATIVE.value)
CHOSEN = "own_person"
OPEN = [step.value for step in OPEN_STEPS]


@dataclass(frozen=True)
class Space:
    """Whose space this is, and who is in it. `several`: this relative may choose another person."""

    member: Member
    person: Person
    tie: RelatedPerson | None
    several: bool

    @property
    def is_self(self) -> bool:
        return self.tie is None

    @property
    def voice(self) -> str:
        return "person" if self.tie is None else voice_of(self.tie)

    @property
    def name(self) -> str:
        return self.person.called if self.tie is None else (self.tie.given_name or self.tie.name)

    @cached_property
    def also_read(self) -> list[RelatedPerson]:
        """Who of the circle reads even what is hidden from relatives: no page may promise otherwise."""
        ties = RelatedPerson.objects.visible_to(self.member).filter(person=self.person)
        return [tie for tie in ties.prefetch_related("mandates") if Level.C2 in levels_of(tie)]


OwnView = Callable[..., HttpResponse]


def own_space(what: str) -> Callable[[OwnView], Callable[..., HttpResponse]]:
    """Find whose space it is, refuse it calmly when there is none, and leave the trace of the reading.

    The person is looked for again at each request: a mandate taken back closes everything at once (T28).
    """

    def decorate(view: OwnView) -> Callable[..., HttpResponse]:
        @members(*LAY)
        @wraps(view)
        def opened(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            persons = list(Person.objects.visible_to(request.member))
            if not persons:
                return render(request, "home/own_closed.html", status=403)
            chosen = str(request.session.get(CHOSEN, ""))
            person = next((one for one in persons if str(one.pk) == chosen), None)
            if person is None and len(persons) > 1:
                return redirect("home:own_choose")
            person = person or persons[0]
            space = Space(request.member, person, tie_of(request.member, person), len(persons) > 1)
            if request.method != "POST":
                record_reading(what, person, by=request.member)
                return view(request, space, *args, **kwargs)
            response = view(request, space, *args, **kwargs)
            # A form that comes back, or a page asked for by POST, shows the record too.
            if not 300 <= response.status_code < 400:
                record_reading(what, person, by=request.member)
            return response

        return opened

    return decorate


def tie_of(member: Member, person: Person) -> RelatedPerson | None:
    if member.role == Role.PERSON.value:
        return None
    ties = RelatedPerson.objects.visible_to(member).filter(person=person, member=member)
    return ties.prefetch_related("mandates").first()


@members(Role.RELATIVE.value)
def own_choose(request: MemberRequest) -> HttpResponse:
    """A relative of several persons says whose space they open."""
    persons = Person.objects.visible_to(request.member)
    if request.method == "POST":
        request.session[CHOSEN] = str(get_object_or_404(persons, pk=as_uuid(request.POST.get("personne"))).pk)
        return redirect("home:own")
    return render(request, "home/own_choose.html", {"persons": persons})


def as_uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError as error:
        raise Http404 from error


def my_words(space: Space) -> QuerySet[Expectation]:
    """What this member said, or what was seen and written for the person; withdrawn words left out."""
    words = visible_words(space)
    if space.tie is None:
        return words.filter(voice__in=["person", "observed"])
    return words.filter(relative=space.tie)


def shared_words(space: Space) -> QuerySet[Expectation]:
    """For a relative: what the person said and shares. Other relatives' words are never there (T27)."""
    return visible_words(space).filter(voice__in=["person", "observed"])


def visible_words(space: Space) -> QuerySet[Expectation]:
    return (
        Expectation.objects.visible_to(space.member)
        .filter(person=space.person, withdrawn_at__isnull=True)
        .select_related("person", "plan", "relative", "professional", "current_answer__by")
    )


def told(space: Space, words: QuerySet[Expectation], limit: int | None = None) -> list[Fate]:
    """Words with what became of them; the person reads first those that still wait."""
    found = sorted(words, key=lambda said: said.current_answer_id is not None)
    mine = [said.pk for said in found if space.tie is None or said.relative_id == space.tie.pk]
    return fates_of(found[:limit], space.member, space.person, mine)


@own_space("own")
def own(request: MemberRequest, space: Space) -> HttpResponse:
    context: dict[str, Any] = {"space": space, "now": today(), "contract_url": contract_to_choose(space)}
    context["words"] = told(space, my_words(space), 3)
    if space.is_self:
        context["readers"] = last_readers(space.person, 3)
    else:
        context["shared"] = told(space, shared_words(space), 3)
    return render(request, "home/own.html", context)


def contract_to_choose(space: Space) -> str:
    """Where the contract that waits for this member's choice is read, or "": no task is invented."""
    contracts = CareContract.objects.visible_to(space.member).filter(
        person=space.person, state=ContractState.TO_SIGN.value
    )
    mine = Q(relative=space.tie) if space.tie else Q(voice="person")
    lines = SignatureLine.objects.filter(mine, contract__in=contracts)
    line = lines.exclude(signatures__outcome__in=FINAL).first()
    return link("contracts:read", line.contract_id) if line else ""


@own_space("own_contract")
def own_contract(request: MemberRequest, space: Space) -> HttpResponse:
    """The contract of the day, on its own page; a sentence as long as there is none."""
    contracts = CareContract.objects.visible_to(space.member).filter(person=space.person)
    # A version taken back before anybody signed it says nothing of today.
    latest = contracts.exclude(state=ContractState.WITHDRAWN.value).first()
    if latest is not None and (url := link("contracts:read", latest.pk)):
        return redirect(url)
    return render(request, "home/own_contract.html", {"space": space})


@own_space("own_say")
def own_say(request: MemberRequest, space: Space) -> HttpResponse:
    """Say something in one's own words; then who will answer."""
    if "dit" in request.GET:
        return heard(request, space)
    if already_sent(request):
        return redirect("home:own_said")
    plan = plan_of(space.person)
    draft = kept(request, f"own_say:{space.person.pk}")
    form = (SayAndShareForm if space.is_self else SayForm)(request.POST or None, initial=draft.initial())
    if plan is not None and form.is_valid():
        # A relative's words are for the person and the team; other relatives never read them (T27).
        said = Said(**{"level": Level.C1.value} | form.cleaned_data)
        expectation = say(plan, said, by=request.member)
        sent(request, draft.key)
        return redirect(f"{reverse('home:own_say')}?dit={expectation.pk}")
    context = {"space": space, "form": form, "plan": plan, "who": who_answers(space.member, space.person)}
    once = request.POST.get("once") or str(uuid4())
    return render(
        request, "home/own_say.html", context | {"kept": draft, "once": once}, status=form_status(form)
    )


def heard(request: MemberRequest, space: Space) -> HttpResponse:
    said = get_object_or_404(my_words(space), pk=as_uuid(request.GET.get("dit")))
    who = who_answers(space.member, space.person)
    return render(
        request,
        "home/own_heard.html",
        {"space": space, "said": said, "who": who, "not_wanted": said.kind == "not_wanted"},
    )


@own_space("own_said")
def own_said(request: MemberRequest, space: Space) -> HttpResponse:
    """Everything I said; for a relative, what the person shares too."""
    context: dict[str, Any] = {"space": space, "words": told(space, my_words(space))}
    if not space.is_self:
        context["shared"] = told(space, shared_words(space))
    return render(request, "home/own_said.html", context)


@own_space("own_said")
def own_withdraw(request: MemberRequest, space: Space, pk: UUID) -> HttpResponse:
    """Take back one's own words, after being told what it means."""
    said = get_object_or_404(my_words(space), pk=pk)
    if not may_withdraw(request.member, said):
        raise Http404
    if request.method == "POST":
        withdraw_expectation(said, by=request.member)
        messages.success(request, _("Vos mots sont retirés. Ils restent dans l’historique."))
        return redirect("home:own_said")
    return render(request, "home/own_withdraw.html", {"space": space, "said": said})


@own_space("own_said")
def own_share(request: MemberRequest, space: Space, pk: UUID) -> HttpResponse:
    """Hide one's own words from relatives, or share them again."""
    said = get_object_or_404(my_words(space), pk=pk)
    to = Level.C2 if said.level == Level.C1 else Level.C1
    if not space.is_self or not may_share(request.member, said, to):
        raise Http404
    if request.method == "POST":
        share_expectation(said, to, by=request.member)
        hidden = to == Level.C2
        messages.success(
            request,
            _("C’est fait. Vos proches ne lisent plus ces mots.")
            if hidden
            else _("C’est fait. Vos proches autorisés lisent ces mots."),
        )
        return redirect("home:own_said")
    return render(request, "home/own_share.html", {"space": space, "said": said, "hides": to == Level.C2})


@own_space("own_goals")
def own_goals(request: MemberRequest, space: Space) -> HttpResponse:
    """What we aim at together, who helps with what, and what I think of it."""
    activities = Activity.objects.visible_to(space.member).live().order_by("written_at")
    goals = open_goals(space).prefetch_related(
        Prefetch("activities", activities, to_attr="help"), "positions__relative", "positions__by"
    )
    seen = [Aim(goal, position_of(space, goal), space.is_self) for goal in goals]
    return render(
        request,
        "home/own_goals.html",
        {"space": space, "goals": seen, "participant": _("moi") if space.is_self else space.person.called},
    )


@dataclass(frozen=True)
class Aim:
    """A goal and what this member said of it so far."""

    goal: Goal
    position: Position | None
    easy: bool = True

    @property
    def lines(self) -> tuple[str, ...]:
        return sentences((self.easy and self.goal.easy_words) or self.goal.statement)


def open_goals(space: Space) -> QuerySet[Goal]:
    goals = Goal.objects.visible_to(space.member).live()
    return goals.filter(person=space.person, plan__step__in=OPEN).select_related("plan", "person")


def position_of(space: Space, goal: Goal) -> Position | None:
    """The latest position of this member, in their own voice."""
    relative = space.tie.pk if space.tie else None
    return next(
        (
            p
            for p in goal.positions.all()
            if p.is_current and p.voice == space.voice and p.relative_id == relative
        ),
        None,
    )


@own_space("own_goals")
def own_goal(request: MemberRequest, space: Space, pk: UUID) -> HttpResponse:
    """One question: am I all right with this goal? The earlier answer stays in the history."""
    goal = get_object_or_404(open_goals(space).prefetch_related("positions"), pk=pk)
    form = StanceForm(request.POST or None)
    if form.is_valid():
        take_position(
            goal, Stance(form.cleaned_data["stance"]), by=request.member, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("Votre choix est noté. Vous pouvez changer d’avis quand vous voulez."))
        return redirect("home:own_goals")
    aim = Aim(goal, position_of(space, goal), space.is_self)
    context = {"space": space, "aim": aim, "form": form}
    return render(request, "home/own_goal.html", context, status=form_status(form))


@own_space("own_team")
def own_team(request: MemberRequest, space: Space) -> HttpResponse:
    """Who is in the team and, for the person, in their circle; who may read what."""
    context: dict[str, Any] = {"space": space, "team": team_with_objections(space)}
    if space.is_self:
        context["circle"] = circle_of(space)
    return render(request, "home/own_team.html", context)


@dataclass(frozen=True)
class Close:
    """Somebody of the circle, and what they may read in plain words."""

    tie: RelatedPerson
    voice: str
    may: tuple[str, ...]

    @property
    def given(self) -> bool:
        """Does the person hold what this relative reads, to take back?"""
        return any(
            mandate.kind in GIVEN and mandate.revoked_on is None for mandate in self.tie.mandates.all()
        )


def team_with_objections(space: Space) -> list[CareTeamMember]:
    """The team of today, each with `objected`: does the person keep them from reading?"""
    objections = Objection.objects.filter(in_force(), person=OuterRef("person"), member=OuterRef("member"))
    team = CareTeamMember.objects.visible_to(space.member).filter(in_force(), person=space.person)
    team = team.filter(consent_withdrawn_on__isnull=True).select_related("member")
    return list(team.annotate(objected=Exists(objections)).order_by("-is_referent"))


def circle_of(space: Space) -> list[Close]:
    ties = (
        RelatedPerson.objects.visible_to(space.member)
        .filter(person=space.person)
        .prefetch_related("mandates")
    )
    return [Close(tie, voice_of(tie), rights_of(tie)) for tie in ties]


def levels_of(tie: RelatedPerson) -> frozenset[Level]:
    """What the mandates in force open (the decision is people.rules.readable_levels)."""
    ties = tuple(
        Relationship(
            Kind(mandate.kind),
            mandate.starts_on,
            mandate.ends_on,
            revoked=mandate.revoked_on is not None,
            wider=mandate.wider,
        )
        for mandate in tie.mandates.all()
    )
    return readable_levels(Standing(same_establishment=True, relationships=ties), today())


def rights_of(tie: RelatedPerson) -> tuple[str, ...]:
    """What somebody of the circle reads, said in plain words."""
    levels = levels_of(tie)
    if Level.C2 in levels:
        return (_("Peut lire mon projet."), _("Ne lit pas les notes de travail de l’équipe."))
    if Level.C1 in levels:
        return (_("Peut lire ce que je partage avec mes proches."),)
    return (_("Ne peut rien lire ici."),)


@own_space("own_readers")
def own_readers(request: MemberRequest, space: Space) -> HttpResponse:
    """Everybody who read: the person's right, and nobody else's (T17)."""
    if not space.is_self:
        raise Http404
    page = Paginator(readings(space.person), 20).get_page(request.GET.get("page"))
    rows = told_readings(space.person, page.object_list)
    return render(request, "home/own_readers.html", {"space": space, "page": page, "rows": rows})
