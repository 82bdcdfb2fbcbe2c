"""The contracts of a person, and one version as it is read on screen."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.negotiation.models import ContextChoice
from avec.negotiation.views.opening import Start, open_page
from avec.people.drafts import kept
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES
from avec.people.policy import may_validate

from ..choosing import latest_outcomes
from ..forms import OUTCOMES, ChoiceForm
from ..models import SIGNED_STATES, CareContract, Signature, SignatureLine, State
from ..policy import may_negotiate, may_sign
from ..present import (
    Reader,
    answered_shown,
    clauses_shown,
    negotiated_shown,
    says_of,
    signers,
    still_waited,
)
from ..rules import FINAL, RIGHTS, ContractText, Outcome, from_data, full_sentences
from ..shown import after, beside, changes, copies, standing, ways


def reading_page(
    request: MemberRequest, contract: CareContract, form: ChoiceForm | None = None, status: int = 200
) -> HttpResponse:
    """The contract as it is read on screen, with the reader's own line if it waits for them."""
    latest = latest_outcomes(contract)
    for line in latest:
        line.contract = contract
    own = [line for line in latest if may_sign(request.member, line)]
    mine = next((line for line in own if not is_final(latest[line])), None)
    chose = latest[mine or own[-1]] if own else None
    draft = kept(request, draft_key(mine)) if mine else None
    # Coming back from the confirmation to read again loses nothing of what was chosen, nor does a closed session.
    before = request.session.get(choice_key(mine)) if mine else None
    if before is None and draft is not None:
        before = draft.initial(several=["rights"])
    reader = Reader(member=request.member, is_person=contract.person.member_id == request.member.pk)
    given = chosen_before(mine, form, before)
    context = text_context(contract, given) | {
        "lines": signers(contract, latest),
        "reader": reader,
        "easy": reads_easy(request, given, person_first=reader.is_person),
        "sealed": contract.state in SIGNED_STATES,
        "amend": contract.state in SIGNED_STATES and may_validate(request.member, contract.person),
        "work": request.member.role in CARE_ROLES,
        "negotiate": contract if may_negotiate(request.member, contract) else None,
        "chose": chose,
        "waiting": still_waited(latest) if contract.state == State.TO_SIGN else [],
        "mine": mine,
        "kept": draft,
        "once": str(uuid4()),
    }
    if mine is not None:
        numbers = [clause.number for clause in context["text"].clauses]
        form = form or ChoiceForm(numbers=numbers, initial=before)
        context |= choice_context(context["text"], mine, form, OUTCOMES)
    else:
        context |= {"form": None}
    for part in (ways, changes, copies, after, beside, standing):
        context |= part.on_page(contract, request.member)
    return render(request, "contracts/read.html", context, status=status)


def is_final(choice: Signature | None) -> bool:
    return choice is not None and Outcome(choice.outcome) in FINAL


def reads_easy(request: MemberRequest, given: Mapping[str, Any], *, person_first: bool) -> bool:
    """The easy text says « vous » to the person: others, and who chose so, read the full one first."""
    if given.get("reading") in {"easy", "full"}:
        return bool(given["reading"] == "easy")
    return person_first and request.display.reading != "full"


def chosen_before(
    line: SignatureLine | None, form: ChoiceForm | None, before: Mapping[str, Any] | None
) -> Mapping[str, Any]:
    """What the page shows as chosen: what was just sent, else what was kept of it."""
    if line is None:
        return {}
    if form is not None:
        return form.data
    kept_before = before or {}
    articles = {f"article-{number}": stance for number, stance in kept_before.get("articles", {}).items()}
    return {**kept_before, **articles}


def text_context(contract: CareContract, given: Mapping[str, Any]) -> dict[str, Any]:
    """The text itself, the same wherever it is read."""
    text = from_data(contract.content)
    return {
        "contract": contract,
        "person": contract.person,
        "text": text,
        "answered": answered_shown(text),
        "negotiated": negotiated_shown(text),
        "clauses": clauses_shown(text, given),
        "rights": RIGHTS,
        "chosen": given.get("outcome", ""),
    }


def choice_context(
    text: ContractText, line: SignatureLine, form: ChoiceForm, outcomes: list[Any]
) -> dict[str, Any]:
    """What it takes to choose on one line."""
    return {
        "form": form,
        "outcomes": outcomes,
        "rights_ticked": form["rights"].value() or [],
        "says": says_of(text, line),
    }


def choice_key(line: SignatureLine) -> str:
    """Where the session keeps a choice between choosing and confirming."""
    return f"choice:{line.pk}"


def draft_key(line: SignatureLine) -> str:
    """Where what is being chosen is kept as it is typed, for the signatory alone, in their own space."""
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
