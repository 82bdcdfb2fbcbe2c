"""Signing on paper: print, let each one choose by hand, scan the sheet back and write in what it says."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.documents.actions import FileRefused
from avec.documents.serving import file_response
from avec.people.drafts import Kept, already_sent, kept, sent
from avec.people.journal import record, record_reading
from avec.people.models import CARE_ROLES, today
from avec.people.policy import may_validate
from avec.ui.forms import form_status

from ..actions import LineRefused, Paper, WrongCode, enter_paper
from ..choosing import latest_outcomes
from ..forms.paper import PaperForm, field
from ..models import CareContract, PaperScan, SignatureLine, State
from ..policy import is_over, may_attest, may_host
from ..present import SignerShown, signers
from ..rules import FINAL, Outcome, SigningRefused, short_code
from .reading import visible_contract
from .signing import seal_both


@members(*CARE_ROLES)
@require_http_methods(["GET", "POST"])
def paper(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Print the version that waits, then scan it back signed: the sheet and every choice, or nothing."""
    contract = visible_contract(request, pk)
    if already_sent(request):
        return to_contract(contract)
    if not may_host(request.member, contract):
        return closed(request, contract)
    latest = latest_outcomes(contract)
    # Whether each mandate still holds, asked once.
    prefetch_related_objects([line.relative for line in latest if line.relative], "mandates")
    for line in latest:
        line.contract = contract
    waiting = [
        line
        for line, choice in latest.items()
        if may_attest(request.member, line) and (choice is None or Outcome(choice.outcome) not in FINAL)
    ]
    draft = kept(request, f"paper:{contract.pk}")
    headings = {clause["number"]: clause["heading"] for clause in contract.content["clauses"]}
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        lines=waiting,
        headings=headings,
        holder=request.member.pk,
    )
    form.initial = draft.initial(form.several())
    if request.method == "POST" and form.is_valid() and entered(request, contract, form):
        sent(request, draft.key)
        form.let_go()
        return done(request, contract)
    record_reading("form", contract.person, by=request.member, obj=contract)
    return show(request, contract, form, draft, signers(contract, latest), waiting)


def closed(request: MemberRequest, contract: CareContract) -> HttpResponse:
    """A version that is no longer signed leads to the one that counts; who may not write a paper in finds nothing."""
    if contract.state == State.TO_SIGN.value or not may_validate(request.member, contract.person):
        if request.method == "POST":
            record("signature.refused", contract, by=request.member, person=contract.person)
        raise Http404
    newer = CareContract.objects.visible_to(request.member).filter(
        person=contract.person, state=State.TO_SIGN.value
    )
    messages.warning(request, _("Cette version ne se signe plus. Voici celle qui compte."))
    return to_contract(newer.first() or contract)


def entered(request: MemberRequest, contract: CareContract, form: PaperForm) -> bool:
    """Write the paper in; what is refused is said beside its field."""
    scan = form.cleaned_data["scan"]
    received = Paper(
        title=scan.title,
        content_type=scan.content_type,
        content=scan.content,
        pages=scan.pages or 1,
        signed_on=form.cleaned_data["signed_on"],
        code=form.cleaned_data["code"],
    )
    try:
        enter_paper(contract, received, form.choices(), by=request.member)
    except WrongCode as refusal:
        form.add_error("code", str(refusal))
    except LineRefused as refusal:
        form.add_error(field("outcome", refusal.line), str(refusal))
    except FileRefused as refusal:
        form.add_error("scan", str(refusal))
    except SigningRefused as refusal:
        form.add_error("signed_on", str(refusal))
    return form.is_valid()


def done(request: MemberRequest, contract: CareContract) -> HttpResponse:
    messages.success(request, _("Le papier est gardé avec cette version, et les choix sont écrits."))
    contract.refresh_from_db(fields=["state"])
    if contract.state == State.IN_FORCE.value:
        seal_both(request, contract)
    return to_contract(contract)


def to_contract(contract: CareContract) -> HttpResponse:
    return redirect("contracts:read", pk=contract.pk)


def show(
    request: MemberRequest,
    contract: CareContract,
    form: PaperForm,
    draft: Kept,
    lines: list[SignerShown],
    waiting: list[SignatureLine],
) -> HttpResponse:
    asked = {line.pk for line in waiting}
    context: dict[str, Any] = {
        "contract": contract,
        "person": contract.person,
        "form": form,
        "kept": draft,
        "once": request.POST.get("once") or str(uuid4()),
        "code": short_code(contract.fingerprint),
        "parts": list(form.parts()),
        "elsewhere": [(signer, is_over(signer.line)) for signer in lines if signer.line.pk not in asked],
        "issued_on": timezone.localdate(contract.issued_at),
        "today": today(),
        "held": form.fields["scan"].held,  # type: ignore[attr-defined]
    }
    return render(request, "contracts/paper/sign.html", context, status=form_status(form))


@members()
@require_GET
def scan(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The signed paper itself, for whoever reads the contract."""
    found = get_object_or_404(PaperScan.objects.select_related("file"), pk=pk)
    contract = visible_contract(request, found.contract_id)
    record_reading("paper_scan", contract.person, by=request.member, obj=found)
    title = _("Papier signé, version %(version)s") % {"version": contract.version}
    return file_response(request, found.file, inline=True, title=title)
