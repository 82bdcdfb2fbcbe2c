from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member, Role
from avec.accounts.policy import require
from avec.ui.words import elide

from ..actions import AlreadyInTeam, LastReferent, add_to_team, withdraw_consent
from ..actions import change_place as save_place
from ..actions import end_place as stop_place
from ..asks import asking
from ..drafts import already_sent, kept, sent
from ..forms import EndPlaceForm, PlaceForm, dates_in_words
from ..journal import record_reading, record_readings
from ..models import CARE_ROLES, CareTeamMember, Objection, Person, in_force, today
from ..policy import (
    has_referent,
    leads,
    may_add_to_team,
    may_change_place,
    may_end_place,
    may_join,
    may_remove_from_team,
)
from ..rules import DatesRefused
from .page import show

PER_PAGE = 25
FOUND = 30


def found_for_team(request: MemberRequest, pk: UUID) -> Person:
    """The person whose team this member sees: as one of the team, or as who names it."""
    persons = Person.objects.team_open_to(request.member).select_related("unit", "establishment")
    return get_object_or_404(persons, pk=pk)


def to_team(person: Person) -> HttpResponse:
    return redirect("people:team", person.pk)


def to_team_or_out(request: MemberRequest, person: Person) -> HttpResponse:
    """Who has just left the team opens nothing of it any more."""
    still = Person.objects.team_open_to(request.member).filter(pk=person.pk).exists()
    return to_team(person) if still else redirect("people:list")


def is_now(tie: CareTeamMember) -> bool:
    day = today()
    started = tie.starts_on is None or tie.starts_on <= day
    return started and not is_over(tie)


def is_over(tie: CareTeamMember) -> bool:
    return (tie.ends_on is not None and tie.ends_on < today()) or tie.consent_withdrawn_on is not None


@require_GET
@members(Role.UNIT_MANAGER.value)
def teams(request: MemberRequest) -> HttpResponse:
    """The persons of the manager's unit, with who accompanies them: those without a referent first."""
    ties = CareTeamMember.objects.filter(in_force(), person=OuterRef("pk"), consent_withdrawn_on__isnull=True)
    referents = ties.filter(is_referent=True, external=False).order_by("starts_on")
    counted = ties.order_by().values("person").annotate(n=Count("pk")).values("n")
    persons = (
        Person.objects.led_by(request.member)
        .here()
        .annotate(
            team_size=Coalesce(Subquery(counted), 0),
            referent_given=Subquery(referents.values("member__given_name")[:1]),
            referent_family=Subquery(referents.values("member__family_name")[:1]),
            place_first=Case(
                When(~Q(Exists(ties)), then=Value(0)),
                When(~Q(Exists(referents)), then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            ),
        )
        .order_by("place_first", "family_name", "given_names", "pk")
    )
    shown = Paginator(persons, PER_PAGE).get_page(request.GET.get("page"))
    record_readings("teams", shown.object_list, by=request.member)
    return render(request, "people/teams.html", {"page": shown, "unit": request.member.unit})


@require_GET
@members(*CARE_ROLES)
def team(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Who accompanies the person, and nothing of their record."""
    person = found_for_team(request, pk)
    record_reading("team", person, by=request.member)
    ties = list(CareTeamMember.objects.filter(person=person).select_related("member"))
    ties.sort(key=lambda tie: (not tie.is_referent, tie.member.family_name, tie.member.given_name))
    objected = set(Objection.objects.filter(in_force(), person=person).values_list("member_id", flat=True))
    may_remove = may_remove_from_team(request.member, person)
    may_add = may_add_to_team(request.member, person)
    named = any(tie.is_referent and not tie.external and is_now(tie) for tie in ties)
    rows = [
        {
            "tie": tie,
            "objected": tie.member_id in objected,
            "may_change": may_remove or (may_add and not named),
            "may_end": may_remove or tie.member_id == request.member.pk,
            "later": not is_now(tie),
        }
        for tie in ties
        if not is_over(tie)
    ]
    context = {
        "person": person,
        "rows": rows,
        "before": [tie for tie in ties if is_over(tie)],
        "asking": asking(person) if may_add else [],
        "may_add": may_add,
        "named": named,
        "is_open": Person.objects.visible_to(request.member).filter(pk=person.pk).exists(),
        "leads": leads(request.member, person),
        "me": request.member.pk,
    }
    return render(request, "people/team.html", context)


@require_GET
@members(*CARE_ROLES)
def find_colleague(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Find who to add among those who accompany here, by name or job."""
    person = found_for_team(request, pk)
    require(may_add_to_team(request.member, person))
    record_reading("team", person, by=request.member)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    running = CareTeamMember.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today()),
        person=person,
        member=OuterRef("pk"),
        consent_withdrawn_on__isnull=True,
    )
    colleagues = (
        Member.objects.active()
        .filter(establishment_id=person.establishment_id, role__in=CARE_ROLES)
        .exclude(pk=request.member.pk)
        .exclude(Exists(Objection.objects.filter(in_force(), person=person, member=OuterRef("pk"))))
    )
    found = list(
        named_or_doing(colleagues, words)
        .annotate(inside=Exists(running))
        .select_related("unit")
        .order_by("family_name", "given_name")[: FOUND + 1]
    )
    context = {"person": person, "words": words, "found": found[:FOUND], "more": len(found) > FOUND}
    return render(request, "people/find_colleague.html", context)


def named_or_doing(colleagues: Any, words: str) -> Any:
    """Search by name or job only: an address is not a way to find somebody."""
    for word in words.split()[:6]:
        colleagues = colleagues.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(job__icontains=word)
        )
    return colleagues


def page(person: Person, heading: str, submit: str, hints: list[str]) -> dict[str, Any]:
    return {
        "heading": heading,
        "submit": submit,
        "hints": hints,
        "back": reverse("people:team", args=[person.pk]),
        "back_words": _("Revenir à l’équipe"),
        "both": False,
    }


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def add_colleague(request: MemberRequest, pk: UUID, member: UUID) -> HttpResponse:
    person = found_for_team(request, pk)
    require(may_add_to_team(request.member, person))
    colleagues = Member.objects.active().filter(establishment_id=person.establishment_id, role__in=CARE_ROLES)
    colleague = get_object_or_404(colleagues, pk=member)
    require(may_join(request.member, colleague, person))
    if already_sent(request):
        return to_team(person)
    draft = kept(request, f"place:{uuid5(person.pk, str(colleague.pk))}")
    usual: dict[str, Any] = {
        "function": colleague.job,
        "starts_on": today(),
        "is_referent": not has_referent(person),
    }
    if colleague.role == Role.TRAINEE.value:
        del usual["is_referent"]
    form = PlaceForm(
        request.POST or None,
        initial=draft.initial(("is_referent",), **usual),
        called=person.called,
        colleague=colleague,
    )
    if request.method == "POST" and form.is_valid():
        try:
            add_to_team(person, colleague, by=request.member, **form.fields_of_place())
        except AlreadyInTeam:
            form.add_error(None, _("%s est déjà dans cette équipe.") % colleague.name)
        else:
            sent(request, draft.key)
            messages.success(
                request,
                _("%(name)s est dans l’équipe %(of)s.")
                % {"name": colleague.name, "of": elide(person.called)},
            )
            return to_team(person)
    about = page(
        person,
        _("Ajouter %s à l’équipe") % colleague.name,
        _("Ajouter à l’équipe"),
        [
            _("Le dossier s’ouvre à partir du premier jour, et se ferme de lui-même après le dernier."),
            _("%s voit dans son espace qui est dans son équipe, et peut refuser quelqu’un.") % person.called,
        ],
    )
    return show(request, "people/form.html", person, form, draft, "team", **about)


def found_place(request: MemberRequest, pk: UUID) -> CareTeamMember:
    ties = CareTeamMember.objects.open_to(request.member)
    return get_object_or_404(ties.select_related("member", "person__unit", "person__establishment"), pk=pk)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def change_place(request: MemberRequest, pk: UUID) -> HttpResponse:
    tie = found_place(request, pk)
    person = tie.person
    require(may_change_place(request.member, tie))
    if already_sent(request) or is_over(tie):
        return to_team(person)
    draft = kept(request, f"place:{tie.pk}")
    usual: dict[str, Any] = {"function": tie.function, "is_referent": tie.is_referent}
    form = PlaceForm(
        request.POST or None,
        initial=draft.initial(("is_referent",), **usual),
        called=person.called,
        colleague=tie.member,
        place=tie,
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = save_place(tie, by=request.member, **form.fields_of_place())
        except LastReferent:
            form.add_error("is_referent", nobody_else())
        else:
            sent(request, draft.key)
            messages.success(request, _("C’est enregistré.") if changed else _("Rien n’a changé."))
            return to_team(person)
    about = page(person, _("La place de %s") % tie.member.name, _("Enregistrer"), [])
    return show(request, "people/form.html", person, form, draft, "team", about=tie, **about)


def nobody_else() -> str:
    return _("Personne d’autre ne fait référence\u00a0: nommez d’abord un autre référent.")


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def end_place(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Leave a team, or remove somebody from it: the page says what it changes, the button confirms."""
    tie = found_place(request, pk)
    person = tie.person
    require(may_end_place(request.member, tie))
    if already_sent(request) or is_over(tie):
        return to_team(person)
    draft = kept(request, f"end_place:{tie.pk}")
    usual: dict[str, Any] = {"last_day": tie.ends_on or today()}
    form = EndPlaceForm(
        request.POST or None, initial=draft.initial(**usual), called=person.called, external=tie.external
    )
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["how"] == "consent":
                withdraw_consent(tie, by=request.member)
            else:
                stop_place(tie, form.day(), by=request.member)
        except LastReferent:
            form.add_error(None, nobody_else())
        except DatesRefused as refused:
            form.add_error(None, dates_in_words(refused))
        else:
            sent(request, draft.key)
            messages.success(
                request,
                _("La place de %s dans l’équipe est terminée, ou le sera ce jour-là.") % tie.member.name,
            )
            return to_team_or_out(request, person)
    mine = tie.member_id == request.member.pk
    heading = (
        _("Quitter cette équipe\u00a0?") if mine else _("Retirer %s de l’équipe\u00a0?") % tie.member.name
    )
    hints = [
        _("Le dossier se ferme pour cette personne. Ce qu’elle a écrit reste, avec son nom."),
        _("Quelqu’un de l’équipe pourra l’ajouter de nouveau."),
    ]
    about = page(person, heading, _("Quitter l’équipe") if mine else _("Retirer de l’équipe"), hints)
    return show(request, "people/form.html", person, form, draft, "team", about=tie, **about)
