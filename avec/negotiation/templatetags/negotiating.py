"""What the parts of the table ask for: the forms they show when none came back, and the ways on from this phase."""

from typing import Any

from django import forms, template
from django.template.context import RequestContext

from ..forms.framing import AimForm, DeadlineForm, PointForm, RefuseAimForm
from ..forms.opening import usual_deadline
from ..present import ShownTable
from ..rules import Phase, Verb
from ..steps import Steps, steps_of

register = template.Library()


@register.simple_tag
def phase_steps(shown: ShownTable) -> Steps:
    return steps_of(shown)


def _back(context: RequestContext, name: str) -> forms.BaseForm | None:
    """The form that comes back with something to mend, under this name."""
    found: Any = context.get(name)
    return found if isinstance(found, forms.BaseForm) else None


@register.simple_tag(takes_context=True)
def point_entry(context: RequestContext) -> forms.BaseForm:
    """The form of a new point, as this reader may fill it in."""
    shown: ShownTable = context["shown"]
    framing = shown.phase == Phase.FRAME or shown.member.is_lay
    return _back(context, "point_form") or PointForm(framing=framing, leads=shown.may_lead)


@register.simple_tag(takes_context=True)
def aim_entry(context: RequestContext) -> forms.BaseForm:
    shown: ShownTable = context["shown"]
    initial = {"words": shown.sitting.table.aim}
    return _back(context, "aim_form") or AimForm(initial=initial, auto_id="aim_%s")


@register.simple_tag(takes_context=True)
def deadline_entry(context: RequestContext) -> forms.BaseForm:
    shown: ShownTable = context["shown"]
    initial = {"due_on": shown.sitting.table.due_on or usual_deadline()}
    return _back(context, "deadline_form") or DeadlineForm(initial=initial, auto_id="deadline_%s")


@register.simple_tag(takes_context=True)
def refuse_entry(context: RequestContext, party: str) -> forms.BaseForm:
    """What does not fit in the aim, for one seat; the one that came back keeps its words."""
    found = _back(context, "refuse_form")
    if found is not None and context.get("refuse_party") == party:
        return found
    return RefuseAimForm(auto_id=f"refuse_{party}_%s")


@register.simple_tag
def aim_refusal(shown: ShownTable, party: str) -> str:
    """Why this party does not accept the aim as it stands, in its words."""
    table = shown.sitting.table
    if table.aim_accepted.get(party) is not False:
        return ""
    for move in reversed(shown.sitting.moves):
        if (
            move.verb == Verb.REFUSE_AIM.value
            and str(move.party_id) == party
            and move.number > table.aim_number
        ):
            return move.words
    return ""
