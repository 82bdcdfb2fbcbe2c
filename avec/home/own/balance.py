"""What the plan brought, in my voice."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest
from avec.careplan.actions import plan_of, say_balance
from avec.careplan.models import Balance, CarePlan, StepChoice
from avec.careplan.policy import may_say_balance
from avec.careplan.words import balance_speaker
from avec.people.drafts import already_sent, kept, sent
from avec.people.rules import Level
from avec.ui.forms import form_status

from ..forms import BalanceForm
from .space import Space, levels_of, once, own_space, posted

# Before a plan is in force there is nothing to look back on; afterwards, it is the next one's turn.
SAID_IN = frozenset({StepChoice.IN_FORCE.value, StepChoice.UNDER_REVIEW.value})
ORDER = ("person", "observed", "relative", "representative", "professional")


def said_of(space: Space, plan: CarePlan) -> list[Balance]:
    """What this member reads of the balance, in the one order of voices.

    These words have no level of their own: they are for the person and the team, like a C2 element. A relative
    who reads only what is shared with relatives (C1) finds their own; nobody of the circle finds another's (T27).
    """
    found = [*Balance.objects.filter(plan=plan).select_related("relative", "by").order_by("-at")]
    if space.tie is not None:
        wide = Level.C2 in levels_of(space.tie)
        found = [
            one for one in found if one.relative_id == space.tie.pk or (wide and one.relative_id is None)
        ]
    return sorted(found, key=lambda one: ORDER.index(one.voice))


@own_space("own_balance")
def own_balance(request: MemberRequest, space: Space) -> HttpResponse:
    """« Ce que cela m’a apporté »: my words, beside those of the others."""
    plan = plan_of(space.person)
    if plan is None or plan.step not in SAID_IN:
        if request.method == "POST":
            raise Http404
        return render(request, "home/own_balance.html", {"space": space, "plan": plan})
    if already_sent(request):
        return redirect("home:own_balance")
    draft = kept(request, f"own_balance:{plan.pk}")
    form = BalanceForm(posted(request), initial=draft.initial())
    if request.method == "POST" and not may_say_balance(request.member, plan):
        raise Http404
    if request.method == "POST" and form.is_valid():
        say_balance(plan, form.cleaned_data["words"], by=request.member)
        sent(request, draft.key)
        messages.success(request, _("C’est noté dans le bilan."))
        return redirect("home:own_balance")
    context: dict[str, Any] = {"space": space, "plan": plan, "open": True, "form": form, "kept": draft}
    context |= {"once": once(request)} | voices(space, plan)
    return render(request, "home/own_balance.html", context, status=form_status(form))


def voices(space: Space, plan: CarePlan) -> dict[str, Any]:
    """My words first, then the others' that I may read."""
    said = said_of(space, plan)
    mine = [one for one in said if space.said_by_me(one.voice, one.relative_id)]
    others = [(balance_speaker(one, space.person), one) for one in said if one not in mine]
    return {"mine": mine, "others": others}
