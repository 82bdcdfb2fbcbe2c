"""« Qui signe »: the house's table of signatories, measure by measure, with its sources."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.people.clash import OutOfDate
from avec.people.drafts import already_sent
from avec.people.models import CARE_ROLES
from avec.ui.forms import form_status

from ..actions import RuleRefused, change_rule, restore_rule
from ..forms.table import RuleForm, rule_initial
from ..models import DemandChoice, MeasureChoice, SigningRule
from ..policy import RULING, may_change_signing_rules
from ..rules import Demand
from ..signatories import rules_of, shipped_rules

READING = (*sorted(CARE_ROLES), *sorted(RULING))


@dataclass(frozen=True)
class MeasureShown:
    """One measure, and what it asks of each."""

    code: str
    name: str
    rules: list[SigningRule]

    @property
    def asked(self) -> list[SigningRule]:
        return [rule for rule in self.rules if rule.demand != Demand.NO.value]

    @property
    def not_asked(self) -> list[SigningRule]:
        return [rule for rule in self.rules if rule.demand == Demand.NO.value]


@require_GET
@members(*READING)
def signing_rules(request: MemberRequest) -> HttpResponse:
    """The whole table, read by those who prepare contracts, changed by direction and quality."""
    rules = rules_of(request.member.establishment_id)
    context = {
        "measures": [
            MeasureShown(one.value, str(one.label), [rule for rule in rules if rule.measure == one.value])
            for one in MeasureChoice
        ],
        "to_check": sum(1 for rule in rules if rule.to_check),
        "may_change": may_change_signing_rules(request.member, request.member.establishment_id),
    }
    return render(request, "contracts/table/table.html", context)


def rule_of(request: MemberRequest, pk: UUID) -> SigningRule:
    """A row of the house's own table, written or shipped."""
    found = next((rule for rule in rules_of(request.member.establishment_id) if rule.pk == pk), None)
    if found is None:
        raise Http404
    return found


def said(rule: SigningRule) -> str:
    return capfirst(f"{rule.get_measure_display()}, {rule.get_signatory_display()}")


@require_http_methods(["GET", "POST"])
@members(*sorted(RULING))
def change_signing_rule(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Change one row. What a colleague saved meanwhile is shown beside, and nothing typed is lost."""
    rule = rule_of(request, pk)
    if already_sent(request):
        return redirect("contracts:signing_rules")
    form = RuleForm(request.POST or None, initial=rule_initial(rule), rule=rule)
    clash: SigningRule | None = None
    if request.method == "POST" and form.is_valid():
        try:
            change_rule(
                rule,
                form.cleaned_data["demand"],
                source=form.cleaned_data["source"],
                to_check=form.cleaned_data["to_check"],
                version=form.cleaned_data["version"] or 0,
                by=request.member,
            )
        except RuleRefused as refusal:
            form.add_error("demand", str(refusal))
        except OutOfDate as late:
            clash = late.current
            # Sending again keeps what was typed, over what was just shown.
            again: Any = request.POST.copy()
            again["version"] = str(late.current.version)
            form = RuleForm(again, initial=rule_initial(rule), rule=rule)
            form.add_error(
                None, _("Quelqu’un a enregistré cette ligne entre-temps. Comparez, puis enregistrez.")
            )
        else:
            messages.success(request, _("« %s » : c’est enregistré.") % said(rule))
            return redirect("contracts:signing_rules")
    context = {
        "rule": rule,
        "form": form,
        "clash": clash,
        "heading": said(rule),
        "once": request.POST.get("once") or str(uuid4()),
    }
    return render(request, "contracts/table/rule.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
@members(*sorted(RULING))
def restore_signing_rule(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Back to the usual row: both are shown before."""
    rule = rule_of(request, pk)
    if already_sent(request) or rule.revised_at is None:
        return redirect("contracts:signing_rules")
    if request.method == "POST":
        restore_rule(rule, by=request.member)
        messages.success(request, _("« %s » : la ligne habituelle est revenue.") % said(rule))
        return redirect("contracts:signing_rules")
    usual = next(one for one in shipped_rules(rule.establishment_id) if one.pk == rule.pk)
    context = {
        "rule": rule,
        "heading": said(rule),
        "usual": usual,
        "usual_demand": DemandChoice(usual.demand).label,
        "once": str(uuid4()),
    }
    return render(request, "contracts/table/restore.html", context)
