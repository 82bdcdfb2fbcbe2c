"""What follows: the next step after a choice not to sign, the individual document, the end of a contract."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.accounts.vocabulary import speak_of
from avec.people.drafts import already_sent, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, today
from avec.people.policy import may_validate
from avec.people.views.page import once, show

from ..actions import AfterRefused, note_next_step, write_individual_document
from ..actions import end_contract as stop_contract
from ..forms.after import NEXT, EndForm, NextStepForm
from ..models import CareContract, IndividualDocument, IndividualWhyChoice, NextChoice, State
from ..policy import is_short_stay, may_hand_over, may_write_individual, still_in_course
from ..rules import from_data
from ..versions import handed_to
from .reading import visible_contract


def to_contract(contract: CareContract, anchor: str = "suite") -> HttpResponse:
    response = redirect("contracts:read", pk=contract.pk)
    response["Location"] += f"#{anchor}"
    return response


def page(contract: CareContract, heading: str, submit: str) -> dict[str, Any]:
    """What people/frame.html shows around a form."""
    return {
        "heading": heading,
        "submit": submit,
        "back": reverse("contracts:read", args=[contract.pk]),
        "back_words": _("Revenir au contrat"),
    }


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def next_step(request: MemberRequest, pk: UUID) -> HttpResponse:
    """« Et maintenant ? »: say what comes after a choice not to sign, and when."""
    contract = visible_contract(request, pk)
    require(may_validate(request.member, contract.person))
    if already_sent(request):
        return to_contract(contract)
    if contract.state != State.REFUSED.value:
        messages.info(
            request, _("Personne n’a choisi de ne pas signer cette version : elle n’attend pas de suite.")
        )
        return to_contract(contract)
    offered = NEXT
    if still_in_course(contract) is not None:
        offered = [choice for choice in NEXT if choice[0] != NextChoice.DOCUMENT.value]
    draft = kept(request, f"next_step:{contract.pk}")
    form = NextStepForm(request.POST or None, initial=draft.initial())
    if request.method == "POST" and form.is_valid():
        what = form.cleaned_data["what"]
        try:
            note_next_step(
                contract,
                what,
                on=form.cleaned_data["on"],
                words=form.cleaned_data["words"],
                by=request.member,
            )
        except AfterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            sent(request, draft.key)
            messages.success(request, _("C’est noté. %s le lit sur son contrat.") % contract.person.called)
            if what == NextChoice.DOCUMENT:
                return redirect("contracts:individual", pk=contract.pk)
            return to_contract(contract)
    return show(
        request, "contracts/after/next_step.html", contract.person, form, draft, "form",
        about=contract, contract=contract, choices=offered,
        **page(contract, _("Et maintenant ?"), _("Noter la suite")),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def end(request: MemberRequest, pk: UUID) -> HttpResponse:
    """« Mettre fin au contrat »: since when and why, with what it changes said before."""
    contract = visible_contract(request, pk)
    require(may_validate(request.member, contract.person))
    if already_sent(request):
        return to_contract(contract)
    if contract.state != State.IN_FORCE.value:
        messages.info(
            request, _("Seul un contrat en cours peut finir. Celui-ci ne l’est pas, ou ne l’est plus.")
        )
        return to_contract(contract)
    # The reasons speak of this person: before the form lists them.
    speak_of(contract.person.gender)
    draft = kept(request, f"end_contract:{contract.pk}")
    form = EndForm(request.POST or None, initial=draft.initial(on=today()), contract=contract)
    if request.method == "POST" and form.is_valid():
        try:
            stop_contract(
                contract,
                form.cleaned_data["why"],
                on=form.cleaned_data["on"],
                words=form.cleaned_data["words"],
                by=request.member,
            )
        except AfterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            sent(request, draft.key)
            messages.success(request, _("Le contrat est terminé. Il reste lisible, avec sa fin."))
            return to_contract(contract)
    return show(
        request, "contracts/after/end.html", contract.person, form, draft, "form",
        about=contract, contract=contract,
        **page(contract, _("Mettre fin au contrat"), _("Mettre fin au contrat")),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@members()
def individual(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The individual document of a version: its own page once written; before, what it is and is not."""
    contract = visible_contract(request, pk)
    document = IndividualDocument.objects.filter(contract=contract).select_related("by").first()
    if document is not None:
        if request.method == "POST":
            return redirect("contracts:individual", pk=contract.pk)
        return document_page(request, contract, document)
    former = still_in_course(contract)
    if former is not None and may_validate(request.member, contract.person):
        messages.info(
            request,
            _(
                "La version %s, signée, reste en cours\u00a0: il n’y a pas de document individuel à écrire à sa place."
            )
            % former.version,
        )
        return to_contract(contract)
    refused = contract.state == State.REFUSED.value
    if not may_write_individual(request.member, contract) or not (refused or is_short_stay(contract.person)):
        raise Http404
    fault = ""
    if request.method == "POST":
        why = IndividualWhyChoice.REFUSED if refused else IndividualWhyChoice.SHORT
        try:
            write_individual_document(contract, why, by=request.member)
        except AfterRefused as refusal:
            fault = str(refusal)
        else:
            messages.success(
                request, _("Le document individuel est écrit. Remettez-le à %s.") % contract.person.called
            )
            return redirect("contracts:individual", pk=contract.pk)
    record_reading("form", contract.person, by=request.member, obj=contract)
    context = {
        "contract": contract, "person": contract.person, "refused": refused, "fault": fault, "once": once(request),
    }  # fmt: skip
    return render(request, "contracts/after/write_individual.html", context, status=422 if fault else 200)


def document_page(
    request: MemberRequest, contract: CareContract, document: IndividualDocument
) -> HttpResponse:
    record_reading("individual_document", contract.person, by=request.member, obj=document)
    context = {
        "contract": contract,
        "person": contract.person,
        "document": document,
        "text": from_data(contract.content),
        "handed": list(
            handed_to(request.member, contract.person).filter(document=document).order_by("on", "at")
        ),
        "to_you": contract.person.member_id == request.member.pk,
        "hand_over": may_hand_over(request.member, contract),
    }
    return render(request, "contracts/after/individual.html", context)
