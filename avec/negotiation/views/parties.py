"""Who sits at the table: asked, leaving with a reason, answering on one's own device or aloud; who facilitates."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.people.drafts import already_sent
from avec.people.models import CARE_ROLES

from ..actions import add_party, choose_aloud, choose_facilitator, leave
from ..forms.framing import FacilitatorForm, LeaveForm, SeatForm
from ..policy import may_remove
from ..seats import chairs_of
from ..sitting import sitting_of
from .parts import led, refused, show, to_table, tried
from .table import AROUND, act, find, seat


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def add(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Ask somebody more to the table, while the talk is being framed."""
    sitting = led(request, pk)
    negotiation = sitting.negotiation
    if already_sent(request):
        return to_table(negotiation, "autour")
    chairs = chairs_of(negotiation.person, request.member).beside(sitting)
    here = any(party.voice == "person" for party in sitting.parties.values())
    initial = {"who": request.GET.get("qui", "")}
    form = SeatForm(request.POST or None, initial=initial, chairs=chairs, person_is_here=here)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        asked = form.chair.seat(speaks_aloud=data["aloud"], stands_for=data.get("stands_for", ""))
        if tried(request, negotiation, form, lambda: add_party(negotiation, asked, by=request.member)):
            messages.success(request, _("%s est à la table.") % form.chair.name)
            return to_table(negotiation, "autour")
    return show(request, "negotiation/work/add_party.html", sitting, form, form=form, chairs=chairs)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def remove(request: MemberRequest, pk: UUID, party: UUID) -> HttpResponse:
    """Somebody leaves the table, or is taken off it: the reason is read by everybody."""
    negotiation = find(request, pk)
    sitting = sitting_of(negotiation)
    leaving = seat(sitting, party)
    if not may_remove(request.member, leaving):
        refused(request, negotiation)
    if already_sent(request) or leaving.left_at is not None or negotiation.is_concluded:
        return to_table(negotiation, "autour")
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if tried(request, negotiation, form, lambda: leave(negotiation, leaving, words, by=request.member)):
            messages.success(
                request, _("%s n’est plus à la table. Ce qui a été dit reste écrit.") % leaving.name
            )
            return to_table(negotiation, "autour")
    return show(request, "negotiation/work/remove_party.html", sitting, form, form=form, party=leaving)


@require_POST
@members(*AROUND)
def aloud(request: MemberRequest, pk: UUID, party: UUID) -> HttpResponse:
    """Say how somebody answers: on their own device, or aloud with somebody of the team who writes."""
    negotiation = find(request, pk)
    sitting = sitting_of(negotiation)
    one = seat(sitting, party)
    if already_sent(request) or one.left_at is not None:
        return to_table(negotiation, "autour")
    speaks = request.POST.get("aloud") == "1"
    said = (
        _("%s répond de vive voix\u00a0: l’équipe écrit ses mots.")
        if speaks
        else _("%s répond avec son propre appareil.")
    )
    return act(
        request,
        negotiation,
        lambda: choose_aloud(negotiation, one, speaks, by=request.member),
        said % one.name,
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def facilitator(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Choose who makes sure that everybody speaks; or nobody."""
    sitting = led(request, pk)
    negotiation = sitting.negotiation
    if already_sent(request):
        return to_table(negotiation, "autour")
    chairs = chairs_of(negotiation.person, request.member)
    initial = {"facilitator": str(negotiation.facilitator_id or "")}
    form = FacilitatorForm(request.POST or None, initial=initial, chairs=chairs)
    if request.method == "POST" and form.is_valid():
        chair = chairs.of(form.cleaned_data["facilitator"])
        chosen = chair.professional if chair else None
        if tried(
            request, negotiation, form, lambda: choose_facilitator(negotiation, chosen, by=request.member)
        ):
            messages.success(request, _("C’est enregistré."))
            return to_table(negotiation, "autour")
    return show(request, "negotiation/work/facilitator.html", sitting, form, form=form)
