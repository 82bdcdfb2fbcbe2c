"""One line on the device that goes round: read and choose, then prove who one is, or let the host attest."""

import json
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member, User
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES
from avec.ui.forms import form_status

from ...actions import attest_choice, sign_here, sign_line
from ...forms import MARK, OUTCOMES, AttestForm, HereForm, RoomChoiceForm
from ...lending import is_lent, is_of_today, is_there
from ...models import CareContract, SignatureLine, State
from ...policy import is_over, may_attest, may_sign_here, signatory_of
from ...present import Reader
from ...rules import SigningRefused, Way
from ...shown import changes
from ..choices import (
    add_what_lacks,
    as_kept,
    choice_from,
    is_changed,
    note_refusal,
    read_back,
)
from ..reading import choice_context, chosen_before, is_final, reads_easy, text_context
from ..signing import has_passkey, numbers_of, proved_since, seal_both
from .device import forget_choices, hosted, hosted_line, kept_key, not_open, prove_host, told


def find_line(
    request: MemberRequest, pk: UUID, line_pk: UUID
) -> tuple[CareContract, SignatureLine, HttpResponse | None]:
    """The line, and where to go instead when nothing can be chosen on it now."""
    contract = hosted(request, pk)
    line = hosted_line(request, contract, line_pk)
    forget_choices(request, but=line)
    if not is_lent(request, pk):
        return contract, line, not_open(request, contract)
    if not is_of_today(request):
        return contract, line, redirect("contracts:room", pk)
    if not is_there(request, line):
        sentence = _("%s n’est pas noté parmi les présents. Rendez l’appareil, puis dites qui est là.")
        return contract, line, told(request, contract, sentence % line.name)
    if is_final(line.signatures.last()):
        return contract, line, told(request, contract, _("Le choix est déjà fait pour cette ligne."))
    if contract.state != State.TO_SIGN:
        return contract, line, told(request, contract, _("Cette version ne se signe plus."))
    if is_over(line):
        sentence = _(
            "Le mandat de %s est fini\u00a0: cette ligne ne se signe plus. Proposez une nouvelle version."
        )
        return contract, line, told(request, contract, sentence % line.name)
    return contract, line, None


def is_apart(contract: CareContract, member: Member) -> bool:
    """Who does not sign the contract may be the witness of a mark."""
    return not contract.lines.filter(member=member).exists()


@members(*CARE_ROLES, restored=False)
@require_http_methods(["GET", "POST"])
def choose(request: MemberRequest, pk: UUID, line_pk: UUID) -> HttpResponse:
    """Read the contract, and choose on one's own line."""
    contract, line, instead = find_line(request, pk, line_pk)
    if instead is not None:
        return instead
    apart = is_apart(contract, request.member)
    kept = request.session.get(kept_key(line))
    sent = request.method == "POST"
    form = RoomChoiceForm(request.POST if sent else None, numbers=numbers_of(contract), initial=kept or {})
    if sent and form.is_valid():
        add_what_lacks(form, line, Way.ROOM, witnessed=apart)
        if form.is_valid():
            request.session[kept_key(line)] = as_kept(form)
            return redirect("contracts:room_confirm", pk, line_pk)
    record_reading("contract", contract.person, by=request.member, obj=contract)
    is_person = line.voice == "person"
    given = chosen_before(line, form if sent else None, kept)
    text = text_context(contract, given)
    # A professional signs with a hand or not at all: a mark is for who does not write.
    outcomes = OUTCOMES if line.voice == "professional" else [*OUTCOMES[:2], MARK, *OUTCOMES[2:]]
    context: dict[str, Any] = (
        text
        | choice_context(text["text"], line, form, outcomes)
        | {
            "mine": line,
            "reader": Reader(member=request.member, is_person=is_person),
            "easy": reads_easy(request, given, person_first=is_person),
            "room": contract,
            "host": request.member,
            "host_witness": apart,
            "drawn": given.get("drawn", "") if sent else drawn_text(kept),
            "negotiate": None,
        }
        | changes.on_page(contract, former_reader(request, line))
    )
    return render(request, "contracts/room/choose.html", context, status=form_status(form))


def former_reader(request: MemberRequest, line: SignatureLine) -> Member | None:
    """In whose name the version before is read: it may be shared less widely than the one to sign."""
    return signatory_of(line) if line.relative_id is not None else request.member


def drawn_text(kept: dict[str, Any] | None) -> str:
    """The strokes as the page takes them back."""
    drawn = (kept or {}).get("drawn")
    return json.dumps(drawn) if drawn else ""


@members(*CARE_ROLES, restored=False)
@require_http_methods(["GET", "POST"])
def confirm(request: MemberRequest, pk: UUID, line_pk: UUID) -> HttpResponse:
    """Read one's choice again, and say who one is with one's own password."""
    contract, line, instead = find_line(request, pk, line_pk)
    kept = request.session.get(kept_key(line))
    if instead is not None or kept is None:
        return instead or redirect("contracts:room_choose", pk, line_pk)
    signatory = signatory_of(line)
    account = account_of(signatory, line, host=request.member)
    form = HereForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and (account is None or signatory is None):
        # No password can be asked of them here: the page says which way is left.
        status = 422
    elif request.method == "POST":
        status = 409 if is_changed(request, form, kept) else prove(request, form, account, line)
        if status == 302:
            return choose_as(request, contract, line, kept, signatory)
    record_reading("contract", contract.person, by=request.member, obj=contract)
    context = read_back(contract, line, kept) | {
        "form": form if account is not None else None,
        "attest": may_attest(request.member, line),
        "host": request.member,
    }
    return render(request, "contracts/room/confirm.html", context, status=status)


def account_of(signatory: Member | None, line: SignatureLine, *, host: Member) -> User | None:
    """The account whose password may be typed here: the signatory's own, while they may sign."""
    if signatory is None or signatory.user is None or not may_sign_here(signatory, line, host=host):
        return None
    user: User = signatory.user
    return user if user.is_active and user.has_usable_password() else None


def prove(request: MemberRequest, form: HereForm, account: User | None, line: SignatureLine) -> int:
    """302 when it is really them; else the status of the page that says what to do.

    Counted for each signatory, whoever holds the device, and for each host: nobody tries passwords here.
    """
    assert account is not None
    key = f"sign-here-{account.pk}"
    if not ratelimit.consume(request, action="sign_here", key=key, user=request.user):
        form.add_error(
            None, _("Trop d’essais. Attendez quelques minutes, puis recommencez. Votre choix est gardé.")
        )
        note_refusal(request, line, line.contract.person)
        return 429
    if not form.is_valid():
        return 422
    if not account.check_password(form.cleaned_data["password"]):
        # Whoever held the device, the person can ask who tried.
        note_refusal(request, line, line.contract.person)
        form.add_error(
            "password", _("Ce n’est pas le bon mot de passe. Votre choix est gardé\u00a0: essayez encore.")
        )
        return 422
    ratelimit.clear(request, action="sign_here", key=key, user=request.user)
    return 302


def choose_as(
    request: MemberRequest,
    contract: CareContract,
    line: SignatureLine,
    kept: dict[str, Any],
    signatory: Member | None,
) -> HttpResponse:
    assert signatory is not None
    choice = choice_from(kept)
    try:
        if signatory == request.member:
            # Their own session, their own line: nobody else is there to have seen it.
            sign_line(line, choice, method="password", by=signatory)
        else:
            sign_here(line, choice, method="password", host=request.member, by=signatory)
    except SigningRefused as refusal:
        return told(request, contract, str(refusal))
    return done(request, contract, line)


@members(*CARE_ROLES, restored=False)
@require_http_methods(["GET", "POST"])
def attest(request: MemberRequest, pk: UUID, line_pk: UUID) -> HttpResponse:
    """Who holds the device answers for what was chosen in front of them, with their own password or passkey."""
    contract, line, instead = find_line(request, pk, line_pk)
    kept = request.session.get(kept_key(line))
    if instead is None and not may_attest(request.member, line):
        note_refusal(request, line, contract.person)
        raise Http404
    if instead is not None or kept is None:
        return instead or redirect("contracts:room_choose", pk, line_pk)
    proved = proved_since(request, kept["at"])
    form = AttestForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 409 if is_changed(request, form, kept) else 302
        if status == 302 and not proved:
            status = prove_host(request, form)
        if status == 302:
            try:
                attest_choice(line, choice_from(kept), by=request.member)
            except SigningRefused as refusal:
                return told(request, contract, str(refusal))
            return done(request, contract, line)
    record_reading("contract", contract.person, by=request.member, obj=contract)
    context = read_back(contract, line, kept) | {
        "form": form,
        "proved": proved,
        "passkey": not proved and has_passkey(request),
        "host": request.member,
    }
    return render(request, "contracts/room/attest.html", context, status=status)


def done(request: MemberRequest, contract: CareContract, line: SignatureLine) -> HttpResponse:
    forget_choices(request)
    contract.refresh_from_db()
    messages.success(
        request,
        _("Le choix est enregistré\u00a0: %(name)s. L’appareil peut passer à quelqu’un d’autre.")
        % {"name": line.name},
    )
    if contract.state == State.IN_FORCE:
        seal_both(request, contract)
    return redirect("contracts:room", contract.pk)
