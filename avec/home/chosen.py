"""The person chooses who reads: stop sharing with a relative, or object to a professional."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest
from avec.people.actions import lift_objection, object_to_reader, stop_sharing
from avec.people.models import RelatedPerson
from avec.people.policy import GIVEN, may_choose_readers

from .own.people import team_with_objections
from .own.space import Space, own_space


@own_space("own_team")
def own_stop_sharing(request: MemberRequest, space: Space, pk: UUID) -> HttpResponse:
    """Share nothing more with this relative, after being told what it means."""
    ties = RelatedPerson.objects.visible_to(space.member).filter(person=space.person)
    tie = get_object_or_404(
        ties.filter(mandates__kind__in=GIVEN, mandates__revoked_on__isnull=True).distinct(), pk=pk
    )
    if not may_choose_readers(request.member, space.person):
        raise Http404
    if request.method == "POST":
        stop_sharing(tie, by=request.member)
        messages.success(request, _("%s ne lit plus rien depuis maintenant.") % (tie.given_name or tie.name))
        return redirect("home:own_team")
    return render(request, "home/own_stop_sharing.html", {"space": space, "tie": tie})


@own_space("own_team")
def own_objection(request: MemberRequest, space: Space, pk: UUID) -> HttpResponse:
    """Keep a professional from reading one's record, or let them read again."""
    tie = next((tie for tie in team_with_objections(space) if tie.pk == pk), None)
    if tie is None or not may_choose_readers(request.member, space.person):
        raise Http404
    name = tie.member.name
    if request.method == "POST":
        if tie.objected:  # type: ignore[attr-defined]
            lift_objection(tie, by=request.member)
            messages.success(request, _("%s peut lire de nouveau.") % name)
        else:
            object_to_reader(tie, by=request.member)
            messages.success(request, _("%s ne peut plus lire mon dossier.") % name)
        return redirect("home:own_team")
    return render(request, "home/own_objection.html", {"space": space, "tie": tie})
