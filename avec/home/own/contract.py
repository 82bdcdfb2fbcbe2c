"""The contract, from own space."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render

from avec.accounts.access import MemberRequest
from avec.contracts.models import FINAL, CareContract, SignatureLine
from avec.contracts.models import State as ContractState

from ..links import link
from .space import Space, own_space


def contract_to_choose(space: Space) -> str:
    """Where the contract that waits for this member's choice is read, or "": no task is invented."""
    contracts = CareContract.objects.visible_to(space.member).filter(
        person=space.person, state=ContractState.TO_SIGN.value
    )
    mine = Q(relative=space.tie) if space.tie else Q(voice="person")
    lines = SignatureLine.objects.filter(mine, contract__in=contracts)
    line = lines.exclude(signatures__outcome__in=FINAL).first()
    return link("contracts:read", line.contract_id) if line else ""


@own_space("own_contract")
def own_contract(request: MemberRequest, space: Space) -> HttpResponse:
    """The contract of the day, on its own page; a sentence as long as there is none."""
    contracts = CareContract.objects.visible_to(space.member).filter(person=space.person)
    # A version taken back before anybody signed it says nothing of today.
    latest = contracts.exclude(state=ContractState.WITHDRAWN.value).first()
    if latest is not None and (url := link("contracts:read", latest.pk)):
        return redirect(url)
    return render(request, "home/own_contract.html", {"space": space})
