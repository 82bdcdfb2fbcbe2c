"""Before a version exists: what goes in, who signs, what it would say, and proposing it for signature."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.careplan.actions import plan_of
from avec.careplan.gatelinks import gate_rows
from avec.careplan.models import CarePlan, Goal
from avec.careplan.waiting import unanswered_by_plan
from avec.documents.pdf import contract_pdf
from avec.documents.serving import pdf_response
from avec.people.clash import OutOfDate, asked_to_keep, clash_of, conflict
from avec.people.drafts import Kept, already_sent, forget_draft, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person, today
from avec.ui.forms import form_status
from avec.ui.words import date_long

from ..actions import (
    Chosen,
    DraftExpired,
    NotReady,
    conditions_to_issue,
    discard_draft,
    issue_draft,
    keep_draft,
)
from ..copies import READINGS
from ..forms.preparing import SEVERAL, PreparingForm, both_of, initial_of
from ..models import CareContract, ContractDraft, State
from ..policy import may_prepare
from ..preparing import (
    Preview,
    Signers,
    always_in,
    changes_of,
    choice_of,
    easy_checked,
    offers_of,
    preview,
    reserves_on,
    same_choice,
    signers_of,
)
from ..reread import clear_one, easy_words, readings_of
from ..rules import draft_until, is_stale, lapsed
from ..sheet import contract_sheet
from ..text import goals_for_contract

PREPARE = "contracts:prepare"
TOO_OLD = gettext_lazy(
    "Ce brouillon n’a pas changé depuis 30 jours : relisez-le et gardez-le 30 jours de plus. Ensuite, proposez-le."
)


class Bench:
    """The draft of a plan as it is kept, and everything that its page shows of it."""

    def __init__(self, plan: CarePlan) -> None:
        self.plan, self.person = plan, plan.person
        self.draft = (
            ContractDraft.objects.open()
            .filter(plan=plan)
            .select_related("plan__person", "person", "written_by", "changed_by")
            .first()
        )
        self.chosen = choice_of(self.draft, self.person)
        self.shown: Preview = preview(plan, self.chosen)
        self.offers = offers_of(plan, goals_for_contract(plan), self.shown.previous)
        self.signers: Signers = signers_of(self.person, self.shown.parties, self.chosen.ends_on)

    @property
    def version(self) -> int:
        return self.draft.version if self.draft else 0

    @property
    def expired(self) -> bool:
        return self.draft is not None and self.draft.is_expired(today())

    def initial(self, chosen: Chosen | None = None, version: int | None = None) -> dict[str, Any]:
        return initial_of(
            chosen or self.chosen,
            self.offers,
            self.signers.may_be_added,
            self.version if version is None else version,
        )

    def form(self, data: Any = None, initial: Any = None) -> PreparingForm:
        return PreparingForm(
            data,
            initial=initial,
            offers=self.offers,
            people=self.signers.may_be_added,
            amends=self.shown.previous is not None,
        )


def plan_to_prepare(request: MemberRequest, pk: UUID) -> CarePlan:
    """The plan of a person of whom this member may propose a contract. Raises Http404."""
    person = get_object_or_404(
        Person.objects.visible_to(request.member).select_related("establishment"), pk=pk
    )
    plan = plan_of(person)
    if plan is None or not may_prepare(request.member, plan):
        raise Http404
    plan.person = person
    return plan


@members(*CARE_ROLES)
@require_http_methods(["GET", "POST"])
def prepare(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The workbench of the draft. Opening it writes nothing; « keep » keeps the draft, « issue » proposes it."""
    plan = plan_to_prepare(request, pk)
    if already_sent(request):
        return arrived(plan.person)
    bench = Bench(plan)
    typed = kept(request, f"contract:{plan.pk}")
    if asked_to_keep(request) == "theirs":
        forget_draft(request.member, typed.key)
        return redirect(PREPARE, pk)
    if asked_to_keep(request) == "both":
        both = both_of(bench.form(request.POST), bench.form(initial=bench.initial()), bench.version)
        return show(request, bench, bench.form(initial=both), typed, both=True)
    usual = bench.initial()
    form = bench.form(request.POST or None, initial=typed.initial(SEVERAL, **usual))
    if request.method == "POST" and form.is_valid() and fits(request, bench, form):
        try:
            answer = received(request, bench, form)
        except OutOfDate as clash:
            current: ContractDraft = clash.current
            fresh = bench.form(initial=bench.initial(choice_of(current, bench.person), current.version))
            if clash_of(form, fresh).fields:
                return conflict(request, plan.person, form, fresh, current, request.path)
            # Kept meanwhile with the very same choices: there is nothing to choose between.
            messages.info(request, _("Ce brouillon vient d’être gardé, avec les mêmes choix."))
            return redirect(PREPARE, pk)
        except NotReady as refusal:
            # What goes missing while one reads is said by the gate, at the top of the page.
            form.add_error(None, _("Il manque quelque chose pour proposer ce contrat. Voici quoi."))
            return show(request, Bench(plan), form, typed, conditions=list(refusal.conditions))
        except DraftExpired:
            form.add_error(None, TOO_OLD)
        else:
            sent(request, typed.key)
            return answer
    return show(request, bench, form, typed)


def asks_to_issue(request: MemberRequest) -> bool:
    return request.POST.get("do") == "issue"


def fits(request: MemberRequest, bench: Bench, form: PreparingForm) -> bool:
    """May these choices be kept or proposed on the draft as it is? What does not fit is said in the form."""
    if bench.draft is None and form.cleaned_data["version"]:
        form.add_error(
            None,
            _(
                "Ce brouillon n’est plus là : il a été proposé ou jeté pendant que vous écriviez. "
                "Vos choix sont ci-dessous : gardez-les, et un autre brouillon commence."
            ),
        )
    if asks_to_issue(request) and bench.expired:
        form.add_error(None, TOO_OLD)
    if asks_to_issue(request) and bench.shown.previous is not None and not form.cleaned_data["why"].strip():
        form.add_error("why", _("Écrivez pourquoi vous changez le contrat en cours."))
    return not form.errors


def received(request: MemberRequest, bench: Bench, form: PreparingForm) -> HttpResponse:
    """Keep the draft, or propose it if it says what was read. Raises OutOfDate, DraftExpired, NotReady."""
    chosen, issues = form.chosen(), asks_to_issue(request)
    version = form.cleaned_data["version"] or 0
    same = same_choice(chosen, bench.chosen)
    as_read = same and form.cleaned_data["seen"] == bench.shown.print
    draft = bench.draft
    if draft is None or not same or not issues:
        draft = keep_draft(bench.plan, chosen, version=version, by=request.member)
        version = draft.version
    if issues and as_read:
        contract = issue_draft(draft, version=version, by=request.member)
        messages.success(request, _("Le contrat est prêt à être lu et signé."))
        return redirect("contracts:read", pk=contract.pk)
    here = reverse(PREPARE, args=[bench.person.pk])
    if issues:
        messages.warning(
            request,
            _("Le texte a changé depuis que vous l’avez lu : relisez-le, puis proposez-le à la signature."),
        )
        return redirect(here)
    messages.success(
        request,
        _("Le brouillon est gardé jusqu’au %(day)s. Rien n’est encore proposé à la signature.")
        % {"day": date_long(draft.expires_on)},
    )
    return redirect(here + "#lire")


def arrived(person: Person) -> HttpResponse:
    """Where the first press led: the version that was proposed, or the draft."""
    waiting = CareContract.objects.filter(person=person, state=State.TO_SIGN.value).first()
    drafted = ContractDraft.objects.open().filter(person=person).exists()
    if waiting is not None and not drafted:
        return redirect("contracts:read", pk=waiting.pk)
    return redirect(PREPARE, person.pk)


def show(
    request: MemberRequest,
    bench: Bench,
    form: PreparingForm,
    typed: Kept,
    *,
    both: bool = False,
    conditions: list[Any] | None = None,
) -> HttpResponse:
    plan, person, shown = bench.plan, bench.person, bench.shown
    record_reading("contract_preview", person, by=request.member)
    unready = conditions is not None
    conditions = (
        conditions_to_issue(plan, shown.parties, bench.chosen.left_out) if conditions is None else conditions
    )
    goals = Goal.objects.visible_to(request.member).filter(plan=plan).values_list("number", "pk")
    to_sign = CareContract.objects.filter(person=person, state=State.TO_SIGN.value).first()
    readings = readings_of(person, shown.text)
    context = {
        "person": person,
        "plan": plan,
        "form": form,
        "kept": typed,
        "once": request.POST.get("once") or str(uuid4()),
        "both": both,
        "draft": bench.draft,
        "expired": bench.expired,
        # What comes back with a mistake still stands on the version it was written on.
        "draft_version": form["version"].value() if bench.draft and not unready else bench.version,
        "until": draft_until(today()),
        "gate": gate_rows(conditions, plan, person, dict(goals)),
        "ready": all(condition.met for condition in conditions),
        "preview": shown,
        "always": always_in(shown.text),
        "signers": bench.signers,
        "checked": easy_checked(shown.text, shown.goals),
        "easy_says": easy_words(clear_one(readings)),
        "changes": changes_of(shown),
        "reserves": reserves_on(shown.previous),
        "unclear": readings[0] if readings and not readings[0].clear else None,
        "waiting": unanswered_by_plan(request.member, [plan]).get(plan.pk),
        "to_sign": to_sign,
        "stale": to_sign is not None and is_stale(timezone.localdate(to_sign.issued_at), today()),
        "lapsed": shown.previous is not None and lapsed(shown.previous.ends_on, today()),
    }
    return render(request, "contracts/prepare.html", context, status=form_status(form))


@members(*CARE_ROLES)
@require_http_methods(["GET", "POST"])
def discard(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Throw the draft away, once asked again. Nothing of the plan is lost."""
    plan = plan_to_prepare(request, pk)
    draft = ContractDraft.objects.open().filter(plan=plan).select_related("written_by", "changed_by").first()
    if draft is None:
        return redirect(PREPARE, pk)
    if request.method == "POST":
        if request.POST.get("version") == str(draft.version):
            discard_draft(draft, by=request.member)
            forget_draft(request.member, f"contract:{plan.pk}")
            messages.success(request, _("Le brouillon est jeté. Le projet n’a pas changé."))
            return redirect("contracts:history", pk)
        messages.warning(
            request,
            _("%(name)s a changé ce brouillon pendant que vous lisiez : relisez-le avant de le jeter.")
            % {"name": draft.changed_by.name},
        )
    record_reading("contract_preview", plan.person, by=request.member)
    context = {"person": plan.person, "draft": draft}
    status = 409 if request.method == "POST" else 200
    return render(request, "contracts/prepare_discard.html", context, status=status)


@members(*CARE_ROLES)
@require_GET
def draft_pdf(request: MemberRequest, pk: UUID, reading: str) -> HttpResponse:
    """The draft as it stands, to read on paper: marked « brouillon », neither kept nor sealed."""
    if reading not in READINGS:
        raise Http404
    bench = Bench(plan_to_prepare(request, pk))
    shown = bench.shown
    unsaved = CareContract(
        person=bench.person,
        establishment=bench.person.establishment,
        plan=bench.plan,
        previous=shown.previous,
        version=shown.text.version,
        starts_on=bench.chosen.starts_on,
        ends_on=bench.chosen.ends_on,
        review_on=bench.chosen.review_on,
        issued_by=request.member,
        content=shown.data,
        fingerprint=shown.print,
        why=shown.text.why,
    )
    record_reading("contract_pdf", bench.person, by=request.member)
    sheet = contract_sheet(unsaved, reading)
    # Nobody signs a draft: it has no line to sign, and no code by which its paper could come back.
    sheet = replace(
        sheet,
        signatures=(),
        code="",
        verify_words="",
        verify_url="",
        version_words=_("version %(version)s, telle qu’elle serait le %(day)s")
        % {"version": shown.text.version, "day": date_long(today())},
    )
    return pdf_response(contract_pdf(sheet), "brouillon-de-contrat")
