"""The copies: the PDF of a version, and checking one that somebody holds."""

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, anyone, members
from avec.accounts.views.session import too_many
from avec.documents.actions import file_bytes
from avec.documents.certificate import SealUnavailable
from avec.documents.pdf import contract_pdf
from avec.documents.serving import pdf_response
from avec.people.journal import record_reading

from ..actions import seal_individual
from ..copies import READINGS, copy_file
from ..forms import VerifyForm
from ..models import SIGNED_STATES, IndividualDocument
from ..sheet import contract_sheet
from ..site import verify_url
from ..verify import check_document
from .reading import visible_contract


@members()
@require_GET
def pdf(request: MemberRequest, pk: UUID, reading: str) -> HttpResponse:
    """The sealed copy; before everyone signed, the same pages marked as a draft."""
    if reading not in READINGS:
        raise Http404
    contract = visible_contract(request, pk)
    try:
        content = (
            file_bytes(copy_file(contract, reading, by=request.member))
            if contract.state in SIGNED_STATES
            else contract_pdf(contract_sheet(contract, reading, verify_url=verify_url()))
        )
    except SealUnavailable as refusal:
        messages.error(request, str(refusal))
        return redirect("contracts:read", pk=pk)
    record_reading("contract_pdf", contract.person, by=request.member, obj=contract)
    return copy_response(content, "contrat", reading, contract.version)


@members()
@require_GET
def individual_pdf(request: MemberRequest, pk: UUID, reading: str) -> HttpResponse:
    """The individual document, sealed by the house that commits to it alone."""
    if reading not in READINGS:
        raise Http404
    document = get_object_or_404(IndividualDocument, pk=pk)
    document.contract = visible_contract(request, document.contract_id)
    try:
        content = file_bytes(seal_individual(document, reading, by=request.member).file)
    except SealUnavailable as refusal:
        messages.error(request, str(refusal))
        return redirect("contracts:read", pk=document.contract_id)
    record_reading("individual_pdf", document.contract.person, by=request.member, obj=document)
    return copy_response(content, "document-individuel", reading, document.contract.version)


def copy_response(content: bytes, name: str, reading: str, version: int) -> HttpResponse:
    named = f"{name}-facile-a-lire" if reading == "easy" else name
    return pdf_response(content, f"{named}-v{version}")


@anyone(
    "whoever holds a contract may check that it is intact; nothing is shown that the document does not say"
)
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    form = VerifyForm(request.POST or None, request.FILES or None)
    verdict, status = None, 200
    if request.method == "POST":
        if not ratelimit.consume(request, action="verify_document"):
            return too_many(request)
        status = 422
        if form.is_valid():
            verdict = check_document(form.cleaned_data["document"].read())
            status = 200
    return render(request, "contracts/verify.html", {"form": form, "verdict": verdict}, status=status)
