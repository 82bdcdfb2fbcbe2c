"""The easy text alone, read again by people concerned: the page they read, and what they said of it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.careplan.models import CarePlan
from avec.people.drafts import already_sent, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, today
from avec.ui.forms import form_status

from ..actions import note_reading
from ..actions.after import AfterRefused
from ..forms.rereading import RereadForm
from ..models import ContractDraft
from ..policy import may_note_reading
from ..preparing import choice_of, preview
from ..reread import clear_one, easy_parts, easy_words, readings_of
from ..rules import ContractText, easy_print, from_data
from .preparing import PREPARE, plan_to_prepare
from .reading import visible_contract


@members(*CARE_ROLES)
@require_http_methods(["GET", "POST"])
def reread(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The easy text of a version."""
    contract = visible_contract(request, pk)
    contract.plan.person = contract.person
    back = reverse("contracts:read", args=[pk])
    return reading_again(request, contract.plan, from_data(contract.content), back)


@members(*CARE_ROLES)
@require_http_methods(["GET", "POST"])
def reread_draft(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The easy text of the draft, as it stands."""
    plan = plan_to_prepare(request, pk)
    draft = ContractDraft.objects.open().filter(plan=plan).first()
    back = reverse(PREPARE, args=[pk]) + "#facile"
    return reading_again(request, plan, preview(plan, choice_of(draft, plan.person)).text, back)


def reading_again(request: MemberRequest, plan: CarePlan, text: ContractText, back: str) -> HttpResponse:
    person = plan.person
    require(may_note_reading(request.member, person))
    if already_sent(request):
        return redirect(back)
    typed = kept(request, f"reread:{plan.pk}")
    easy = easy_print(text)
    form = RereadForm(request.POST or None, initial=typed.initial(read_on=today()), called=person.called)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["text"] != easy:
        form.add_error(
            None,
            _("Le texte a changé depuis que cette page est ouverte : relisez-le, puis enregistrez."),
        )
    if request.method == "POST" and form.is_valid():
        try:
            kept_reading = note_reading(plan, form.reread(), by=request.member)
        except AfterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            sent(request, typed.key)
            messages.success(
                request,
                _("La relecture est notée : ce texte est en FALC.")
                if kept_reading.clear
                else _("La relecture est notée. Corrigez les phrases, puis faites relire à nouveau."),
            )
            return redirect(back)
    record_reading("contract_reread", person, by=request.member)
    readings = readings_of(person, text)
    context = {
        "person": person,
        "form": form,
        "kept": typed,
        "once": request.POST.get("once") or str(uuid4()),
        "parts": easy_parts(text),
        "easy_print": easy,
        "readings": readings,
        "easy_says": easy_words(clear_one(readings)),
        "back": back,
    }
    return render(request, "contracts/reread.html", context, status=form_status(form))
