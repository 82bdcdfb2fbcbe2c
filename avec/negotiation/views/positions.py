from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from avec.accounts.access import MemberRequest, members
from avec.people.drafts import already_sent
from avec.people.models import CARE_ROLES

from .. import actions
from ..forms.becomes import agreed_part, becomes_form
from ..forms.positions import DeclineForm, OfferForm, PositionForm, SettleForm, ways_to_settle
from ..present import shown_table
from ..rules import OutcomeKind
from ..sitting import sitting_of
from .table import AROUND, act, find, point_of, seat, table_page, to_table
from .turn import step_of, there


@require_POST
@members(*AROUND)
def position(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Say what a party asks for on a point."""
    negotiation = find(request, pk)
    sitting = sitting_of(negotiation)
    point = point_of(sitting, request.POST.get("point"))
    if already_sent(request):
        return to_table(request, negotiation, point)
    form = PositionForm(request.POST, shown=shown_table(sitting, request.member), auto_id="position_%s")
    if not form.is_valid():
        return table_page(request, sitting, status=422, position_form=form)
    party = seat(sitting, form.cleaned_data["partie"])
    return act(
        request,
        negotiation,
        lambda: actions.take_position(
            negotiation, there(party), point, form.cleaned_data["words"], by=request.member
        ),
        _("La position est notée."),
        point,
        position_form=form,
    )


@require_POST
@members(*AROUND)
def offer(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Offer a step, alone or in answer to somebody else's."""
    negotiation = find(request, pk)
    sitting = sitting_of(negotiation)
    point = point_of(sitting, request.POST.get("point"))
    if already_sent(request):
        return to_table(request, negotiation, point)
    shown = shown_table(sitting, request.member)
    form = OfferForm(request.POST, shown=shown, opened=shown.point(point.pk), auto_id="pas_%s")
    if not form.is_valid():
        return table_page(request, sitting, status=422, offer_form=form)
    party, written = seat(sitting, form.cleaned_data["partie"]), form.cleaned_data
    return act(
        request,
        negotiation,
        lambda: actions.offer(
            negotiation,
            there(party),
            point,
            was=written["was"],
            becomes=written["becomes"],
            in_return_for=written["pas"] or 0,
            by=request.member,
        ),
        _("Le pas est proposé. Les autres le voient."),
        point,
        offer_form=form,
    )


@require_POST
@members(*AROUND)
def accept(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Accept the step of somebody else."""
    negotiation = find(request, pk)
    sitting = sitting_of(negotiation)
    step, point = step_of(sitting, request.POST.get("pas"))
    if already_sent(request):
        return to_table(request, negotiation, point)
    party = seat(sitting, request.POST.get("partie"))
    return act(
        request,
        negotiation,
        lambda: actions.accept(negotiation, there(party), step.number, by=request.member),
        _("C’est noté\u00a0: j’ai dit oui.")
        if request.member.is_lay
        else _("C’est noté\u00a0: %s accepte ce pas.") % party.name,
        point,
    )


@require_POST
@members(*AROUND)
def decline(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Decline it, and say why if they wish."""
    negotiation = find(request, pk)
    sitting = sitting_of(negotiation)
    step, point = step_of(sitting, request.POST.get("pas"))
    if already_sent(request):
        return to_table(request, negotiation, point)
    party = seat(sitting, request.POST.get("partie"))
    form = DeclineForm(request.POST, auto_id=f"refus_{step.number}_{party.pk}_%s")
    back: dict[str, Any] = {"decline_form": form, "declined": (step.number, str(party.pk))}
    if not form.is_valid():
        return table_page(request, sitting, status=422, **back)
    return act(
        request,
        negotiation,
        lambda: actions.decline(
            negotiation, there(party), step.number, words=form.cleaned_data["words"], by=request.member
        ),
        _("C’est noté\u00a0: ce pas n’est pas accepté. On peut en proposer un autre."),
        point,
        **back,
    )


@require_POST
@members(*AROUND)
def withdraw(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Take one's own step back."""
    negotiation = find(request, pk)
    sitting = sitting_of(negotiation)
    step, point = step_of(sitting, request.POST.get("pas"))
    if already_sent(request):
        return to_table(request, negotiation, point)
    party = seat(sitting, request.POST.get("partie"))
    return act(
        request,
        negotiation,
        lambda: actions.withdraw(negotiation, there(party), step.number, by=request.member),
        _("Le pas est retiré. Il reste dans l’histoire."),
        point,
    )


@require_POST
@members(*CARE_ROLES)
def settle(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Say where a point stands, and what the agreement changes in the plan."""
    negotiation = find(request, pk)
    sitting = sitting_of(negotiation)
    point = point_of(sitting, request.POST.get("point"))
    if already_sent(request):
        return to_table(request, negotiation, point)
    shown = shown_table(sitting, request.member)
    form = SettleForm(request.POST, auto_id=f"issue_{request.POST.get('kind', '')}_%s")
    plan = becomes_form(sitting, point, request.member, request.POST)
    opened = shown.point(point.pk)
    back: dict[str, Any] = {"becomes": plan, "ways": ways_to_settle(opened, form) if opened else []}
    valid = form.is_valid()
    kind = OutcomeKind(form.cleaned_data["kind"]) if "kind" in form.cleaned_data else None
    if kind == OutcomeKind.AGREED:
        valid = plan.is_valid() and valid
    if not valid or kind is None:
        return table_page(request, sitting, status=422, **back)
    becomes, fields = agreed_part(plan, kind)
    return act(
        request,
        negotiation,
        lambda: actions.settle(
            negotiation,
            point,
            kind,
            form.cleaned_data["words"],
            seen=form.cleaned_data["seen"],
            becomes=becomes,
            fields=fields,
            by=request.member,
        ),
        _("L’issue du point %s est notée.") % point.number,
        point,
        **back,
    )


@require_POST
@members(*CARE_ROLES)
def unsettle(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Take a point up again."""
    negotiation = find(request, pk)
    sitting = sitting_of(negotiation)
    point = point_of(sitting, request.POST.get("point"))
    if already_sent(request):
        return to_table(request, negotiation, point)
    return act(
        request,
        negotiation,
        lambda: actions.unsettle(
            negotiation,
            point,
            reason=request.POST.get("words", "").replace("\x00", "")[:1000],
            by=request.member,
        ),
        _("On reprend le point %s.") % point.number,
        point,
    )
