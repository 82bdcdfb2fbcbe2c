"""The record of a negotiation on paper: a page to print, or an accessible PDF. Who reads the table reads it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.accounts.vocabulary import speak_of
from avec.documents.negotiation_pdf import negotiation_pdf
from avec.documents.serving import pdf_response
from avec.documents.typeset import Size
from avec.people.journal import record_reading
from avec.ui.words import date_long

from ..paper import sheet_of
from ..sitting import sitting_of
from .table import AROUND, find

LARGE = "grand"


def asked_size(request: HttpRequest) -> Size:
    return "large" if request.GET.get("taille") == LARGE else "full"


@require_GET
@members(*AROUND)
def paper(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The sheet as a page: read aloud, printed from the browser, or taken as a PDF."""
    negotiation, size = find(request, pk), asked_size(request)
    speak_of(negotiation.person.gender)  # the sheet is worded before its reading is noted
    sheet = sheet_of(sitting_of(negotiation), request.member, size)
    record_reading("negotiation_paper", negotiation.person, by=request.member, obj=negotiation)
    context = {
        "person": negotiation.person,
        "negotiation": negotiation,
        "sheet": sheet,
        "large": size == "large",
    }
    return render(request, "negotiation/paper.html", context)


@require_GET
@members(*AROUND)
def pdf(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The same sheet as a tagged PDF."""
    negotiation = find(request, pk)
    speak_of(negotiation.person.gender)
    sheet = sheet_of(sitting_of(negotiation), request.member, asked_size(request))
    data = negotiation_pdf(sheet)
    record_reading("negotiation_pdf", negotiation.person, by=request.member, obj=negotiation)
    return pdf_response(data, f"{sheet.title} – {date_long(sheet.made_on)}")
