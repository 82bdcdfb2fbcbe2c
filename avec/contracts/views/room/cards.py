"""Before the device goes round, « C’est à moi », and giving it back."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES
from avec.people.policy import may_validate
from avec.ui.forms import form_status

from ...actions import open_room
from ...choosing import latest_outcomes
from ...forms import GiveBackForm, RoomForm
from ...lending import asked_back, is_lent, is_of_today, is_there, lend, take_back
from ...models import CareContract, Signature, State
from ...present import still_waited
from ..choices import (
    is_former,
    note_refusal,
    offer_newer,
)
from ..reading import is_final
from ..signing import has_passkey, proved_since
from .device import forget_choices, hosted, is_visible, not_open, prove_host


@members(*CARE_ROLES)
@require_http_methods(["GET", "POST"])
def before(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Close what else is open; who is there to sign; what will be shown."""
    contract = hosted(request, pk)
    if is_former(contract):
        return offer_newer(request, contract)
    forget_choices(request)
    latest = latest_outcomes(contract)
    lines = [line for line, choice in latest.items() if not is_final(choice)]
    form = RoomForm(request.POST or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        there = [line for line in lines if str(line.pk) in form.cleaned_data["present"]]
        open_room(contract, there, by=request.member)
        lend(request, contract, there, host=request.member)
        return redirect("contracts:room", pk)
    record_reading("contract", contract.person, by=request.member, obj=contract)
    context = {"contract": contract, "person": contract.person, "lines": lines, "form": form}
    return render(request, "contracts/room/before.html", context, status=form_status(form))


@members(*CARE_ROLES, restored=False)
@require_GET
def room(request: MemberRequest, pk: UUID) -> HttpResponse:
    """« C’est à moi »: a card for each line, and nothing of what anybody chose."""
    if is_lent(request, pk) and not is_visible(request, pk):
        # The host has left the team meanwhile: nothing is shown, and the device can still be taken back.
        return redirect("contracts:room_give_back", pk)
    contract = hosted(request, pk)
    if not is_lent(request, pk):
        return not_open(request, contract)
    forget_choices(request)
    record_reading("contract", contract.person, by=request.member, obj=contract)
    latest = latest_outcomes(contract)
    context = {
        "contract": contract,
        "person": contract.person,
        "over": why_over(request, contract, latest.values()),
        "cards": [
            (line, choice, is_final(choice), is_there(request, line)) for line, choice in latest.items()
        ],
        "waiting": still_waited(latest),
        "host": request.member,
    }
    return render(request, "contracts/room/cards.html", context)


def why_over(request: MemberRequest, contract: CareContract, latest: Iterable[Signature | None]) -> str:
    """Why nothing is chosen on this device any more; "" while somebody still may."""
    if all(is_final(choice) for choice in latest):
        return _("Tout le monde a choisi.")
    if contract.state != State.TO_SIGN:
        return _("Cette version ne se signe plus.")
    return "" if is_of_today(request) else _("Un autre jour a commencé.")


@members(*CARE_ROLES, restored=False)
@require_http_methods(["GET", "POST"])
def give_back(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The device goes back to the team: its host proves who they are, and nothing of what was typed on it stays."""
    contract = get_object_or_404(CareContract.objects.select_related("person__establishment"), pk=pk)
    if not is_lent(request, pk):
        return given_back_before(request, contract)
    forget_choices(request)
    proved = proved_since(request, asked_back(request))
    form = GiveBackForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 302 if proved else prove_host(request, form)
        if status == 302:
            return back_to_work(request, contract)
    context = {
        "contract": contract,
        "form": form,
        "proved": proved,
        "passkey": not proved and has_passkey(request),
        "host": request.member,
    }
    return render(request, "contracts/room/back.html", context, status=status)


def given_back_before(request: MemberRequest, contract: CareContract) -> HttpResponse:
    """A second press, or an old page: there is nothing to give back."""
    if not may_validate(request.member, contract.person) or not is_visible(request, contract.pk):
        note_refusal(request, contract, contract.person)
        raise Http404
    return redirect("contracts:read", pk=contract.pk)


def back_to_work(request: MemberRequest, contract: CareContract) -> HttpResponse:
    take_back(request)
    messages.success(request, _("L’appareil est rendu à l’équipe. Il ne garde rien de ce qui y a été écrit."))
    if not is_visible(request, contract.pk):
        return redirect("/")
    return (
        offer_newer(request, contract) if is_former(contract) else redirect("contracts:read", pk=contract.pk)
    )
