"""The copies handed over: written down by the team, or said by the signatory from their own space."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.people.drafts import already_sent, kept, sent
from avec.people.models import CARE_ROLES, today
from avec.people.views.page import show

from ..actions import AfterRefused
from ..actions import hand_over as write_handover
from ..actions import take_copy as write_taken
from ..forms.handing import HandingForm
from ..models import CareContract, HandingChoice, IndividualDocument, SignatureLine
from ..notices import NoticeFailed, send_notice
from ..policy import may_hand_over, signatory_of
from ..site import site_url
from .reading import visible_contract


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def hand_over(request: MemberRequest, pk: UUID) -> HttpResponse:
    """« Copie remise »: to whom, when, how. A mail leaves first: what did not leave is not written."""
    contract = visible_contract(request, pk)
    require(may_hand_over(request.member, contract))
    if already_sent(request):
        return to_copies(contract)
    lines = list(
        contract.lines.select_related("member__user", "relative__member__user").exclude(voice="professional")
    )
    for line in lines:
        line.contract = contract
    document = IndividualDocument.objects.filter(contract=contract).first()
    draft = kept(request, f"hand_over:{contract.pk}")
    # Coming from the page of the individual document, it is that text.
    what = "individual" if request.GET.get("document") else ""
    usual: dict[str, Any] = {"on": today(), "to": request.GET.get("a", ""), "what": what}
    form = HandingForm(
        request.POST or None,
        initial=draft.initial(**usual),
        lines=lines,
        individual=document is not None,
    )
    if request.method == "POST" and form.is_valid() and handed(request, contract, form, document):
        sent(request, draft.key)
        return to_copies(contract)
    return show(
        request,
        "contracts/handing/hand_over.html",
        contract.person,
        form,
        draft,
        "form",
        about=contract,
        contract=contract,
        issued_on=timezone.localdate(contract.issued_at),
        heading=_("Copie remise"),
        submit=_("Noter que la copie est remise"),
        back=reverse("contracts:read", args=[contract.pk]) + "#copie",
        back_words=_("Revenir au contrat"),
    )


def handed(
    request: MemberRequest, contract: CareContract, form: HandingForm, document: IndividualDocument | None
) -> bool:
    """Send the notice where one was asked, then write it down; what fails is said, and nothing is written."""
    line, how = form.line, HandingChoice(form.cleaned_data["how"])
    try:
        if how == HandingChoice.MAIL and line is not None:
            send_notice(line, site_url() or request.build_absolute_uri("/"))
        write_handover(
            contract,
            to=form.handed_to,
            on=form.cleaned_data["on"],
            how=how,
            line=line,
            document=document if form.cleaned_data.get("what") == "individual" else None,
            by=request.member,
        )
    except NoticeFailed as failure:
        form.add_error("how", str(failure))
        return False
    except AfterRefused as refusal:
        form.add_error("on", str(refusal))
        return False
    messages.success(
        request,
        _("Le courriel est parti, et c’est noté.")
        if how == HandingChoice.MAIL
        else _("C’est noté\u00a0: la copie est remise."),
    )
    return True


@require_POST
@members()
def take_copy(request: MemberRequest, pk: UUID) -> HttpResponse:
    """« J’ai ma copie », from one's own space: said once."""
    lines = SignatureLine.objects.select_related("member", "relative__member")
    line = get_object_or_404(lines, pk=pk)
    contract = visible_contract(request, line.contract_id)
    line.contract = contract
    if signatory_of(line) != request.member:
        raise Http404
    if contract.state in {"to_sign", "withdrawn"}:
        messages.info(request, _("La copie sera là quand le contrat sera signé."))
        return to_copies(contract)
    write_taken(line, by=request.member)
    messages.success(request, _("C’est noté\u00a0: vous avez votre copie."))
    return to_copies(contract)


def to_copies(contract: CareContract) -> HttpResponse:
    response = redirect("contracts:read", pk=contract.pk)
    response["Location"] += "#copie"
    return response
