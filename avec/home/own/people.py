"""Who is in the team and in the circle; who may read, and who read."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest
from avec.careplan.actions import voice_of
from avec.people.models import CareTeamMember, Objection, RelatedPerson, in_force
from avec.people.policy import GIVEN
from avec.people.rules import Level

from ..readers import readings
from ..readers import told as told_readings
from .space import Space, levels_of, own_space


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
