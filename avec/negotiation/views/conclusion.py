"""Answering the text read back, and concluding."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from avec.accounts.access import MemberRequest, members
from avec.people.drafts import already_sent
from avec.people.models import CARE_ROLES

from ..actions import answer_text
from ..actions import conclude as conclude_it
from ..forms.conclusion import AnswerForm, ConcludeForm
from ..models import Negotiation
from ..rules import Answer, Result
from ..sitting import sitting_of
from .table import AROUND, act, find, seat, table_page, to_table


def too_late(request: MemberRequest, negotiation: Negotiation) -> bool:
    """Somebody concluded while this page was open: said, and nothing is lost."""
    if negotiation.is_concluded:
        messages.info(request, _("Cette négociation est déjà conclue\u00a0: elle ne change plus."))
    return negotiation.is_concluded


@require_POST
@members(*AROUND)
def answer(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One party answers, or who writes it down for somebody who answers aloud. The latest answer counts."""
    negotiation = find(request, pk)
    if already_sent(request) or too_late(request, negotiation):
        return to_table(request, negotiation)
    sitting = sitting_of(negotiation)
    party = seat(sitting, request.POST.get("seat", ""))
    form = AnswerForm(request.POST, party=str(party.pk))
    if not form.is_valid():
        return table_page(request, sitting, status=422, answer_form=form)
    data = form.cleaned_data
    return act(
        request,
        negotiation,
        lambda: answer_text(
            negotiation,
            party,
            Answer(data["answer"]),
            words=data["words"],
            about=data["read"] or 0,
            by=request.member,
        ),
        _("La réponse est notée. On peut en changer jusqu’à la conclusion."),
        answer_form=form,
    )


@require_POST
@members(*CARE_ROLES)
def conclude(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The outcomes are written, what was agreed goes into the plan, and nothing changes any more."""
    negotiation = find(request, pk)
    if already_sent(request) or too_late(request, negotiation):
        return to_table(request, negotiation)
    sitting = sitting_of(negotiation)
    form = ConcludeForm(request.POST, total=sitting.table.result == Result.TOTAL)
    if not form.is_valid():
        return table_page(request, sitting, status=422, conclude_form=form)
    return act(
        request,
        negotiation,
        lambda: conclude_it(
            negotiation, by=request.member, seen=form.cleaned_data["seen"], **form.next_fields()
        ),
        _("La négociation est conclue."),
        conclude_form=form,
    )
