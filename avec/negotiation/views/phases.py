"""From one phase to the next, back to an earlier one, more time, or the conclusion as it stands."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.people.drafts import already_sent
from avec.people.models import CARE_ROLES
from avec.ui.words import date_long

from ..actions import MoveRefused, extend, reopen
from ..actions import go_on as go_further
from ..forms.framing import ExtendForm, ReopenForm
from ..forms.opening import usual_deadline
from ..models import PhaseChoice
from ..present import shown_table
from ..rules import PHASES, Phase
from .parts import led, show, to_table, tried
from .table import act, find


@require_POST
@members(*CARE_ROLES)
def go_on(request: MemberRequest, pk: UUID) -> HttpResponse:
    """To the next phase, when nothing is missing. The page says which one it asked for: none is skipped."""
    negotiation = find(request, pk)
    if already_sent(request):
        return to_table(negotiation)
    asked = request.POST.get("to", "")
    to = Phase(asked) if asked in set(PHASES) else None
    word = str(PhaseChoice(to.value).label).capitalize() if to else ""
    said = _("Vous êtes à l’étape «\u00a0%s\u00a0».") % word if word else _("C’est fait.")
    return act(request, negotiation, lambda: go_further(negotiation, by=request.member, to=to), said)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def more_time(request: MemberRequest, pk: UUID) -> HttpResponse:
    """A later deadline, and why."""
    sitting = led(request, pk)
    negotiation = sitting.negotiation
    if already_sent(request):
        return to_table(negotiation)
    if sitting.table.due_on is None:
        return to_table(negotiation, "date")
    usual = max(usual_deadline(), sitting.table.due_on)
    form = ExtendForm(request.POST or None, initial={"due_on": usual})
    if request.method == "POST" and form.is_valid():
        due_on, words = form.cleaned_data["due_on"], form.cleaned_data["words"]
        if tried(request, negotiation, form, lambda: extend(negotiation, due_on, words, by=request.member)):
            messages.success(request, _("Vous avez jusqu’au %s.") % date_long(due_on))
            return to_table(negotiation)
    return show(
        request,
        "negotiation/work/extend.html",
        sitting,
        form,
        form=form,
        shown=shown_table(sitting, request.member),
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def back(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Back to an earlier phase, and why."""
    sitting = led(request, pk)
    negotiation = sitting.negotiation
    if already_sent(request):
        return to_table(negotiation)
    phase = sitting.table.phase
    form = ReopenForm(request.POST or None, initial={"to": request.GET.get("etape", "")}, phase=phase)
    if request.method == "POST" and form.is_valid():
        to, words = Phase(form.cleaned_data["to"]), form.cleaned_data["words"]
        if tried(request, negotiation, form, lambda: reopen(negotiation, to, words, by=request.member)):
            word = str(PhaseChoice(to.value).label).capitalize()
            messages.success(request, _("Vous êtes revenus à l’étape «\u00a0%s\u00a0».") % word)
            return to_table(negotiation)
    return show(
        request,
        "negotiation/work/reopen.html",
        sitting,
        form,
        form=form,
        first=phase == Phase.FRAME,
        answered=bool(sitting.table.answers),
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def as_it_stands(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Past the deadline: what it means to conclude with what is written today, then do it."""
    sitting = led(request, pk)
    negotiation = sitting.negotiation
    if already_sent(request):
        return to_table(negotiation)
    if request.method == "POST":
        try:
            go_further(negotiation, by=request.member, as_it_stands=True)
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
            return to_table(negotiation)
        messages.success(
            request, _("Le texte est prêt à relire, avec ce qui est écrit aujourd’hui. Chacun répond.")
        )
        return to_table(negotiation)
    shown = shown_table(sitting, request.member)
    return show(
        request,
        "negotiation/work/as_it_stands.html",
        sitting,
        shown=shown,
        agreed=[one for one in shown.negotiable if one.outcome and one.outcome.kind == "agreed"],
        left=[one for one in shown.negotiable if not one.outcome or one.outcome.kind != "agreed"],
    )
