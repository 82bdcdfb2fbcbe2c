"""The contracts of a person, and one version as it is read on screen."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.negotiation.models import ContextChoice
from avec.negotiation.views.opening import Start, open_page
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES
from avec.people.policy import may_validate

from ..actions import SEALED_STATES
from ..choosing import latest_outcomes
from ..forms import OUTCOMES, ChoiceForm
from ..models import CareContract, SignatureLine
from ..policy import may_negotiate, may_sign
from ..present import Reader, answered_shown, clauses_shown, negotiated_shown, signers
from ..rules import AGREED, RIGHTS, Outcome, from_data, full_sentences
from ..shown import after, beside, changes, copies, standing, ways


def reading_page(
    request: MemberRequest, contract: CareContract, form: ChoiceForm | None = None, status: int = 200
) -> HttpResponse:
    """The contract as it is read on screen, with the reader's own line if it waits for them."""
    text = from_data(contract.content)
    latest = latest_outcomes(contract)
    for line in latest:
        line.contract = contract
    mine = next(
        (
            line
            for line, choice in latest.items()
            if may_sign(request.member, line)
            and (choice is None or Outcome(choice.outcome) not in {*AGREED, Outcome.REFUSED})
        ),
        None,
    )
    numbers = [clause.number for clause in text.clauses]
    # Coming back from the confirmation to read again loses nothing of what was chosen.
    kept = request.session.get(choice_key(mine), {}) if mine else {}
    articles = {f"article-{number}": stance for number, stance in kept.get("articles", {}).items()}
    given = form.data if form else {"outcome": kept.get("outcome", ""), **articles}
    form = form or (ChoiceForm(numbers=numbers, initial=kept) if mine else None)
    reader = Reader(member=request.member, is_person=contract.person.member_id == request.member.pk)
    context: dict[str, Any] = {
        "contract": contract,
        "person": contract.person,
        "text": text,
        "answered": answered_shown(text),
        "negotiated": negotiated_shown(text),
        "clauses": clauses_shown(text, given),
        "lines": signers(contract, latest),
        "mine": mine,
        "reader": reader,
        "form": form,
        "outcomes": OUTCOMES,
        "rights": RIGHTS,
        "rights_ticked": form["rights"].value() or [] if form else [],
        "chosen": given.get("outcome", ""),
        # The easy text says « vous » to the person: others, and who chose so, read the full one first.
        "easy": reader.is_person and request.display.reading != "full",
        "sealed": contract.state in SEALED_STATES,
        "amend": contract.state in SEALED_STATES and may_validate(request.member, contract.person),
        "work": request.member.role in CARE_ROLES,
        "negotiate": contract if may_negotiate(request.member, contract) else None,
    }
    for part in (ways, changes, copies, after, beside, standing):
        context |= part.on_page(contract, request.member)
    return render(request, "contracts/read.html", context, status=status)


def choice_key(line: SignatureLine) -> str:
    """Where the session keeps a choice between choosing and confirming."""
    return f"choice:{line.pk}"


def visible_contract(request: MemberRequest, pk: UUID) -> CareContract:
    return get_object_or_404(
        CareContract.objects.visible_to(request.member).select_related(
            "person__establishment", "person__member", "plan", "previous", "issued_by"
        ),
        pk=pk,
    )


@members()
@require_GET
def read(request: MemberRequest, pk: UUID) -> HttpResponse:
    contract = visible_contract(request, pk)
    record_reading("contract", contract.person, by=request.member, obj=contract)
    return reading_page(request, contract)


@members(*CARE_ROLES)
@require_http_methods(["GET", "POST"])
def negotiate(request: MemberRequest, pk: UUID, number: int) -> HttpResponse:
    """Talk an article over: a negotiation that starts from its very words."""
    contract = visible_contract(request, pk)
    text = from_data(contract.content)
    clause = next((one for one in text.clauses if one.number == number), None)
    if clause is None or not may_negotiate(request.member, contract):
        raise Http404
    start = Start(
        contract=contract.pk,
        clause_words="\n".join(full_sentences(clause, text.called)),
        title=clause.heading[:160],
        context=ContextChoice.CONTRACT.value,
        points=(clause.heading,),
        level=contract.level,
    )
    return open_page(request, contract.person, start)
