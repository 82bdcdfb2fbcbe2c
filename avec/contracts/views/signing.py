"""One's own choice, from one's own space: choose, read again, prove who one is."""

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.documents.certificate import SealUnavailable
from avec.people.drafts import forget_draft
from avec.people.journal import record_reading

from ..actions import sign_line
from ..copies import seal_now
from ..forms import ChoiceForm, ConfirmForm
from ..models import CareContract, SignatureLine, State
from ..policy import signatory_of
from ..rules import SigningRefused, Way
from .choices import (
    add_what_lacks,
    as_kept,
    choice_from,
    is_changed,
    note_refusal,
    offer_newer,
    read_back,
)
from .reading import choice_key, draft_key, reading_page, visible_contract


@members()
@require_http_methods(["GET", "POST"])
def sign(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Choose, then confirm with one's password. The choice is kept between the two, in the session only."""
    line = found_line(pk)
    if signatory_of(line) != request.member:
        note_refusal(request, line, line.contract.person)
        raise Http404
    contract = visible_contract(request, line.contract_id)
    line.contract = contract
    if contract.state != State.TO_SIGN.value:
        before = request.session.pop(choice_key(line), {})
        return offer_newer(request, contract, request.POST.get("words", before.get("words", "")))
    key = choice_key(line)
    # Both pages post here. Only the choice carries words, and it may lack an outcome.
    if request.method == "POST" and request.POST.keys() & {"outcome", "words"}:
        return keep_choice(request, contract, line, key)
    kept = request.session.get(key)
    if kept is None:
        return redirect("contracts:read", pk=contract.pk)
    return confirm(request, contract, line, key, kept)


def found_line(pk: UUID) -> SignatureLine:
    """The line, whoever asks: what they may do with it is decided next."""
    return get_object_or_404(
        SignatureLine.objects.select_related("member", "relative__member", "contract__person__member"), pk=pk
    )


def keep_choice(
    request: MemberRequest, contract: CareContract, line: SignatureLine, key: str
) -> HttpResponse:
    form = ChoiceForm(request.POST, numbers=numbers_of(contract))
    if form.is_valid():
        add_what_lacks(form, line, Way.OWN)
    if not form.is_valid():
        record_reading("contract", contract.person, by=request.member, obj=contract)
        return reading_page(request, contract, form, status=422)
    request.session[key] = as_kept(form)
    return redirect("contracts:sign", pk=line.pk)


def numbers_of(contract: CareContract) -> list[int]:
    return [clause["number"] for clause in contract.content["clauses"]]


def proved_since(request: MemberRequest, at: float) -> str | None:
    """How the signatory proved who they are after choosing, by a passkey, or None."""
    for entry in request.session.get("account_authentication_methods", []):
        if entry.get("reauthenticated") and entry.get("at", 0) >= at:
            return str(entry.get("type") or entry["method"])
    return None


def has_passkey(request: MemberRequest) -> bool:
    return bool(Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN).exists())


def confirm(
    request: MemberRequest, contract: CareContract, line: SignatureLine, key: str, kept: dict[str, Any]
) -> HttpResponse:
    """Read one's choice again, prove who one is, and it is done."""
    # The choice on each article is read back: a page of the contract too.
    record_reading("contract", contract.person, by=request.member, obj=contract)
    proved = proved_since(request, kept["at"])
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and is_changed(request, form, kept):
        status = 409
    elif request.method == "POST" and proved:
        return done(request, contract, line, key, kept, method=proved)
    elif request.method == "POST":
        status = 422
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            form.add_error(
                None, _("Trop d’essais. Attendez quelques minutes, puis recommencez. Votre choix est gardé.")
            )
            status = 429
        elif form.is_valid():
            if request.user.check_password(form.cleaned_data["password"]):
                return done(request, contract, line, key, kept, method="password")
            form.add_error(
                "password",
                _("Ce n’est pas le bon mot de passe. Votre choix est gardé\u00a0: essayez encore."),
            )
    context = read_back(contract, line, kept) | {
        "form": form,
        "proved": proved,
        "passkey": not proved and has_passkey(request),
    }
    return render(request, "contracts/confirm.html", context, status=status)


def done(
    request: MemberRequest,
    contract: CareContract,
    line: SignatureLine,
    key: str,
    kept: dict[str, Any],
    *,
    method: str,
) -> HttpResponse:
    try:
        sign_line(line, choice_from(kept), method=method, by=request.member)
    except SigningRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("contracts:read", pk=contract.pk)
    finally:
        request.session.pop(key, None)
        forget_draft(request.member, draft_key(line))
    contract.refresh_from_db()
    messages.success(request, _("Votre choix est enregistré."))
    if contract.state == State.IN_FORCE.value:
        seal_both(request, contract)
    return redirect("contracts:read", pk=contract.pk)


def seal_both(request: MemberRequest, contract: CareContract) -> None:
    """Both readings sealed at once; without a certificate the signatures stand and the copy comes later."""
    try:
        seal_now(contract, by=request.member)
    except SealUnavailable:
        messages.warning(
            request,
            _(
                "Le contrat est signé. La copie scellée sera faite dès que le certificat de l’établissement sera prêt."
            ),
        )
