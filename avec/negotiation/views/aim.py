"""The common aim and the deadline: written by who leads, accepted or not by each party in its own name."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from avec.accounts.access import MemberRequest, members
from avec.people.drafts import already_sent
from avec.people.models import CARE_ROLES
from avec.ui.words import date_long

from ..actions import accept_aim, refuse_aim, set_aim, set_deadline
from ..forms.framing import AimForm, DeadlineForm, RefuseAimForm
from ..sitting import sitting_of
from .parts import to_table
from .table import AROUND, act, find, seat, table_page


@require_POST
@members(*CARE_ROLES)
def aim(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Write the common aim; everybody is asked again."""
    negotiation = find(request, pk)
    if already_sent(request):
        return to_table(negotiation, "but")
    form = AimForm(request.POST, auto_id="aim_%s")
    if not form.is_valid():
        return table_page(request, sitting_of(negotiation), status=422, aim_form=form)
    words = form.cleaned_data["words"]
    return act(
        request,
        negotiation,
        lambda: set_aim(negotiation, words, by=request.member),
        _("Le but commun est écrit. Chaque personne dit maintenant si elle l’accepte."),
        aim_form=form,
    )


@require_POST
@members(*CARE_ROLES)
def deadline(request: MemberRequest, pk: UUID) -> HttpResponse:
    negotiation = find(request, pk)
    if already_sent(request):
        return to_table(negotiation, "date")
    form = DeadlineForm(request.POST, auto_id="deadline_%s")
    if not form.is_valid():
        return table_page(request, sitting_of(negotiation), status=422, deadline_form=form)
    due_on = form.cleaned_data["due_on"]
    return act(
        request,
        negotiation,
        lambda: set_deadline(negotiation, due_on, by=request.member),
        _("La date limite est le %s.") % date_long(due_on),
        deadline_form=form,
    )


def about(request: MemberRequest) -> int:
    """The number of the aim that the page showed; 0 when it says nothing."""
    given = request.POST.get("about", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 8 else 0


@require_POST
@members(*AROUND)
def accept(request: MemberRequest, pk: UUID) -> HttpResponse:
    """From one's own seat, or written down for who speaks aloud."""
    negotiation = find(request, pk)
    sitting = sitting_of(negotiation)
    party = seat(sitting, request.POST.get("party"))
    if already_sent(request):
        return to_table(negotiation, "but")
    return act(
        request,
        negotiation,
        lambda: accept_aim(negotiation, party, by=request.member, about=about(request)),
        _("C’est noté\u00a0: j’ai dit oui à ce but.")
        if request.member.is_lay
        else _("%s accepte le but commun.") % party.name,
    )


@require_POST
@members(*AROUND)
def refuse(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The same, with what does not fit."""
    negotiation = find(request, pk)
    sitting = sitting_of(negotiation)
    party = seat(sitting, request.POST.get("party"))
    if already_sent(request):
        return to_table(negotiation, "but")
    form = RefuseAimForm(request.POST, auto_id=f"refuse_{party.pk}_%s")
    kept: dict[str, Any] = {"refuse_form": form, "refuse_party": str(party.pk)}
    if not form.is_valid():
        return table_page(request, sitting, status=422, **kept)
    words = form.cleaned_data["words"]
    return act(
        request,
        negotiation,
        lambda: refuse_aim(negotiation, party, words, by=request.member, about=about(request)),
        _("C’est noté\u00a0: %s n’accepte pas ce but tel qu’il est écrit.") % party.name,
        **kept,
    )
