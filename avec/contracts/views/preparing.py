"""Before a version exists: what it would say, what is missing, and proposing it for signature."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.careplan.actions import plan_of
from avec.careplan.gatelinks import gate_rows
from avec.careplan.models import Goal
from avec.careplan.waiting import unanswered_by_plan
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person, today

from ..actions import NotReady, conditions_for, issue_contract
from ..forms import PeriodForm
from ..models import CareContract, State
from ..policy import may_prepare
from ..present import preview


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
