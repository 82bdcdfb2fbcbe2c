"""What the pages beside the table share: one form each, under the title of the negotiation."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from avec.accounts.access import MemberRequest
from avec.accounts.policy import require
from avec.accounts.vocabulary import speak_of
from avec.people.journal import record, record_reading
from avec.ui.forms import form_status

from ..actions import MoveRefused
from ..models import Negotiation
from ..policy import may_lead
from ..sitting import Sitting, sitting_of
from .table import find


def led(request: MemberRequest, pk: UUID) -> Sitting:
    """The table, for a page that only who leads opens. A try at one's own risk is written in the journal (T48)."""
    negotiation = find(request, pk)
    speak_of(negotiation.person.gender)
    if not may_lead(request.member, negotiation):
        refused(request, negotiation)
    return sitting_of(negotiation)


def refused(request: MemberRequest, negotiation: Negotiation) -> None:
    """Not theirs to do. Looking costs nothing; trying leaves a line."""
    if request.method == "POST":
        with transaction.atomic():
            record("negotiation.refused", negotiation, by=request.member, person=negotiation.person)
    require(False)


def tried(
    request: MemberRequest, negotiation: Negotiation, form: forms.BaseForm, do: Callable[[], Any]
) -> bool:
    """Make the move that a form asks. Refused by the rules, the sentence heads the form, whose words are kept."""
    try:
        do()
    except MoveRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    except PermissionDenied:
        refused(request, negotiation)
    return True


def to_table(negotiation: Negotiation, anchor: str = "") -> HttpResponse:
    return redirect(reverse("negotiation:table", args=[negotiation.pk]) + (f"#{anchor}" if anchor else ""))


def show(
    request: MemberRequest, template: str, sitting: Sitting, *shown: forms.BaseForm, **context: Any
) -> HttpResponse:
    """A form about a negotiation: shown on GET, and again with what is to mend."""
    negotiation = sitting.negotiation
    record_reading("form", negotiation.person, by=request.member, obj=negotiation)
    context = {
        "person": negotiation.person,
        "negotiation": negotiation,
        "sitting": sitting,
        "once": request.POST.get("once") or str(uuid4()),
        **context,
    }
    return render(request, template, context, status=form_status(*shown))
