from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from avec.accounts.access import MemberRequest, members
from avec.people.drafts import already_sent

from ..actions import keep_stake as keep
from ..actions import say_stake
from ..forms.stakes import StakeForm
from ..present import shown_table
from ..sitting import sitting_of
from .table import AROUND, act, find, seat, table_page, to_table
from .turn import there


@require_POST
@members(*AROUND)
def stake(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Say what matters to a party."""
    negotiation = find(request, pk)
    if already_sent(request):
        return to_table(request, negotiation)
    sitting = sitting_of(negotiation)
    form = StakeForm(request.POST, shown=shown_table(sitting, request.member), auto_id="enjeu_%s")
    if not form.is_valid():
        return table_page(request, sitting, status=422, stake_form=form)
    party = seat(sitting, form.cleaned_data["partie"])
    return act(
        request,
        negotiation,
        lambda: say_stake(negotiation, there(party), form.cleaned_data["words"], by=request.member),
        _("C’est noté."),
        stake_form=form,
    )


@require_POST
@members(*AROUND)
def keep_stake(request: MemberRequest, pk: UUID) -> HttpResponse:
    """This party does not wish to say what matters to it."""
    negotiation = find(request, pk)
    if already_sent(request):
        return to_table(request, negotiation)
    party = seat(sitting_of(negotiation), request.POST.get("partie"))
    return act(
        request,
        negotiation,
        lambda: keep(negotiation, there(party), by=request.member),
        _("C’est noté. Je peux changer d’avis.")
        if request.member.is_lay
        else _("C’est noté\u00a0: rien à dire pour l’instant. Cela peut changer."),
    )
