"""One's own choice, from one's own space: choose, read again, prove who one is."""

import time
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
from avec.people.journal import record, record_reading

from ..actions import Choice, sign_line
from ..copies import seal_now
from ..forms import ARTICLE_CHOICES, OUTCOMES, ChoiceForm, ConfirmForm
from ..models import CareContract, SignatureLine, State
from ..policy import signatory_of
from ..rules import Outcome, SigningRefused, lacks
from .reading import choice_key, reading_page, visible_contract


@members()
@require_http_methods(["GET", "POST"])
def sign(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Choose, then confirm with one's password. The choice is kept between the two, in the session only."""
    line = get_object_or_404(
        SignatureLine.objects.select_related("member", "relative__member", "contract"), pk=pk
    )
    contract = visible_contract(request, line.contract_id)
    line.contract = contract
    if signatory_of(line) != request.member:
        record("signature.refused", line, by=request.member, person=contract.person)
        raise Http404
    if contract.state != State.TO_SIGN.value:
        newer = CareContract.objects.filter(person=contract.person, state=State.TO_SIGN.value).first()
        messages.warning(request, _("Cette version ne se signe plus. Voici celle qui compte."))
        return redirect("contracts:read", pk=(newer or contract).pk)
    key = choice_key(line)
    # Both pages post here. Only the choice carries words, and it may lack an outcome.
    if request.method == "POST" and request.POST.keys() & {"outcome", "words"}:
        return keep_choice(request, contract, line, key)
    kept = request.session.get(key)
    if kept is None:
        return redirect("contracts:read", pk=contract.pk)
    return confirm(request, contract, line, key, kept)


def keep_choice(
    request: MemberRequest, contract: CareContract, line: SignatureLine, key: str
) -> HttpResponse:
    numbers = [clause["number"] for clause in contract.content["clauses"]]
    form = ChoiceForm(request.POST, numbers=numbers)
    if form.is_valid():
        missing = lacks(
            Outcome(form.cleaned_data["outcome"]),
            words=form.cleaned_data["words"],
            rights_read=form.cleaned_data["rights"],
            stances=list(form.articles().values()),
            is_person=line.voice == "person",
        )
        for part, sentence in missing.items():
            form.add_error(part, sentence)
    if not form.is_valid():
        record_reading("contract", contract.person, by=request.member, obj=contract)
        return reading_page(request, contract, form, status=422)
    request.session[key] = {
        "outcome": form.cleaned_data["outcome"],
        "words": form.cleaned_data["words"],
        "rights": form.cleaned_data["rights"],
        "articles": form.articles(),
        "reading": form.cleaned_data["reading"] or "full",
        "at": time.time(),
    }
    return redirect("contracts:sign", pk=line.pk)


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
    if request.method == "POST" and proved:
        return done(request, contract, line, key, kept, method=proved)
    if request.method == "POST":
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
                "password", _("Ce n’est pas le bon mot de passe. Votre choix est gardé : essayez encore.")
            )
    context = {
        "contract": contract,
        "person": contract.person,
        "line": line,
        "kept": kept,
        "outcome": next(label for value, label, _hint, _icon in OUTCOMES if value == kept["outcome"]),
        "articles": [
            (clause["heading"], dict(ARTICLE_CHOICES)[kept["articles"][str(clause["number"])]])
            for clause in contract.content["clauses"]
            if str(clause["number"]) in kept["articles"]
        ],
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
    choice = Choice(
        outcome=Outcome(kept["outcome"]),
        words=kept["words"],
        rights_read=kept["rights"],
        clauses=kept["articles"],
        reading=kept["reading"],
    )
    try:
        sign_line(line, choice, method=method, by=request.member)
    except SigningRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("contracts:read", pk=contract.pk)
    finally:
        request.session.pop(key, None)
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
