"""Who holds the device, what it still remembers, and the proof that its host is its host."""

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest

from ...forms import HostForm
from ...lending import is_lent
from ...models import CareContract, SignatureLine
from ...policy import may_host
from ..choices import (
    is_former,
    newer_of,
    note_refusal,
    offer_newer,
)
from ..signing import found_line

KEPT = "contract_room:"


def hosted(request: MemberRequest, pk: UUID) -> CareContract:
    """The version, for somebody who may hold the device; anybody else is refused, and the journal says so."""
    contract = get_object_or_404(
        CareContract.objects.select_related("person__establishment", "person__member", "plan", "previous"),
        pk=pk,
    )
    # Once everybody chose, the list still says so until the device is given back.
    may = may_host(request.member, contract) or is_lent(request, pk) or is_former(contract)
    if not may or not is_visible(request, pk):
        note_refusal(request, contract, contract.person)
        raise Http404
    return contract


def is_visible(request: MemberRequest, pk: UUID) -> bool:
    return bool(CareContract.objects.visible_to(request.member).filter(pk=pk).exists())


def hosted_line(request: MemberRequest, contract: CareContract, pk: UUID) -> SignatureLine:
    line = found_line(pk)
    if line.contract_id != contract.pk:
        note_refusal(request, line, line.contract.person)
        raise Http404
    line.contract = contract
    return line


def forget_choices(request: MemberRequest, but: SignatureLine | None = None) -> None:
    """What others typed is on this device no more."""
    mine = kept_key(but) if but is not None else ""
    for key in list(request.session.keys()):
        if key.startswith(KEPT) and key != mine:
            del request.session[key]


def kept_key(line: SignatureLine) -> str:
    return f"{KEPT}{line.pk}"


def not_open(request: MemberRequest, contract: CareContract) -> HttpResponse:
    """Nobody said here who is there to sign this version; the one that counts is offered, if another took its place."""
    if not is_former(contract):
        return redirect("contracts:room_before", contract.pk)
    newer = newer_of(contract)
    if newer is None or not may_host(request.member, newer):
        return offer_newer(request, contract)
    messages.warning(request, _("Cette version ne se signe plus. Voici celle qui compte."))
    return redirect("contracts:room_before", newer.pk)


def told(request: MemberRequest, contract: CareContract, sentence: str) -> HttpResponse:
    """Back to the list, with a sentence."""
    forget_choices(request)
    messages.warning(request, sentence)
    return redirect("contracts:room", contract.pk)


def prove_host(request: MemberRequest, form: HostForm) -> int:
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        form.add_error(None, form.too_many)
        return 429
    if not form.is_valid():
        return 422
    if not request.user.check_password(form.cleaned_data["password"]):
        form.add_error("password", form.wrong)
        return 422
    return 302
