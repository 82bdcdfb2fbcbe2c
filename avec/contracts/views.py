import time
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, anyone, members
from avec.accounts.views.session import too_many
from avec.careplan.actions import plan_of
from avec.careplan.gatelinks import gate_rows
from avec.careplan.models import Goal
from avec.careplan.waiting import unanswered_by_plan
from avec.documents.actions import file_bytes
from avec.documents.certificate import SealUnavailable
from avec.documents.pdf import contract_pdf
from avec.negotiation.models import ContextChoice
from avec.negotiation.views.opening import Start, open_page
from avec.people.journal import record, record_reading
from avec.people.models import CARE_ROLES, Person, today
from avec.people.policy import may_validate
from avec.people.views import open_record

from .actions import Choice, NotReady, conditions_for, issue_contract, latest_outcomes, seal_copy, sign_line
from .forms import ARTICLE_CHOICES, OUTCOMES, ChoiceForm, ConfirmForm, PeriodForm, VerifyForm
from .models import CareContract, SignatureLine, State
from .policy import may_negotiate, may_prepare, may_sign, signatory_of
from .present import Reader, answered_shown, clauses_shown, negotiated_shown, preview, signers
from .rules import AGREED, RIGHTS, Outcome, SigningRefused, from_data, full_sentences, lacks
from .sheet import contract_sheet
from .verify import check_document

SEALED_STATES = {State.IN_FORCE.value, State.SUPERSEDED.value, State.ENDED.value}


@members()
@require_GET
def history(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Every version of a person's contract, the newest first."""
    work = request.member.role in CARE_ROLES
    head: dict[str, Any] = {}
    if work:
        person, _circle, head = open_record(request, pk, "contracts:history")
    else:
        person = get_object_or_404(Person.objects.visible_to(request.member), pk=pk)
    contracts = list(
        CareContract.objects.visible_to(request.member)
        .filter(person=person)
        .select_related("previous", "issued_by")
        .prefetch_related("lines__signatures")
    )
    record_reading("contracts", person, by=request.member)
    plan = plan_of(person)
    context = {
        "person": person,
        "contracts": [(contract, signers(contract)) for contract in contracts],
        "prepare": plan is not None and may_prepare(request.member, plan),
        "work": work,
        "frame": "ui/frame_work.html" if work else "ui/frame_own.html",
    }
    return render(request, "contracts/history.html", head | context)


@members(*CARE_ROLES)
@require_http_methods(["GET", "POST"])
def prepare(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What the contract would say today, what is missing, and the way to propose it for signature."""
    person = get_object_or_404(
        Person.objects.visible_to(request.member).select_related("establishment"), pk=pk
    )
    plan = plan_of(person)
    if plan is None or not may_prepare(request.member, plan):
        raise Http404
    conditions = conditions_for(plan)
    form = PeriodForm(request.POST or None, today=today())
    if form.is_valid():
        try:
            contract = issue_contract(plan, by=request.member, **form.cleaned_data)
        except NotReady as refusal:
            conditions = list(refusal.conditions)
        else:
            messages.success(request, _("Le contrat est prêt à être lu et signé."))
            return redirect("contracts:read", pk=contract.pk)
    record_reading("contract_preview", person, by=request.member)
    goals = Goal.objects.visible_to(request.member).filter(plan=plan).values_list("number", "pk")
    context = {
        "person": person,
        "plan": plan,
        "form": form,
        "gate": gate_rows(conditions, plan, person, dict(goals)),
        "ready": all(condition.met for condition in conditions),
        "preview": preview(plan),
        "waiting": unanswered_by_plan(request.member, [plan]).get(plan.pk),
        "to_sign": CareContract.objects.filter(person=person, state=State.TO_SIGN.value).first(),
    }
    return render(request, "contracts/prepare.html", context, status=422 if request.method == "POST" else 200)


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
    context = {
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
        for reading in ("full", "easy"):
            seal_copy(contract, reading, by=request.member)
    except SealUnavailable:
        messages.warning(
            request,
            _(
                "Le contrat est signé. La copie scellée sera faite dès que le certificat de l’établissement sera prêt."
            ),
        )


@members()
@require_GET
def pdf(request: MemberRequest, pk: UUID, reading: str) -> HttpResponse:
    """The sealed copy; before everyone signed, the same pages marked as a draft."""
    if reading not in {"full", "easy"}:
        raise Http404
    contract = visible_contract(request, pk)
    name = "contrat" if reading == "full" else "contrat-facile-a-lire"
    try:
        content = (
            file_bytes(seal_copy(contract, reading, by=request.member).file)
            if contract.state in SEALED_STATES
            else contract_pdf(contract_sheet(contract, reading))
        )
    except SealUnavailable as refusal:
        messages.error(request, str(refusal))
        return redirect("contracts:read", pk=pk)
    record_reading("contract_pdf", contract.person, by=request.member, obj=contract)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-v{contract.version}.pdf"'
    return response


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
