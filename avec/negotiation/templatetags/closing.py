"""What the end of a negotiation asks for: what is read before concluding, and what came of it afterwards."""

from django import template
from django.template.context import RequestContext

from ..closing import Closed, Closing, closed_of, closing_of
from ..present import ShownTable

register = template.Library()


@register.simple_tag(takes_context=True)
def closing(context: RequestContext) -> Closing:
    """The form that comes back with something to mend is `answer_form` or `conclude_form`."""
    shown: ShownTable = context["shown"]
    return closing_of(shown, context.get("answer_form"), context.get("conclude_form"))


@register.simple_tag
def closed(shown: ShownTable) -> Closed:
    return closed_of(shown)
