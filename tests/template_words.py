"""What an unknown template variable leaves: a line in a list, with the template and the variable."""

import sys

from django.template.base import FilterExpression

# A missing value is foreseen by these filters.
FORESEEN = {"default", "default_if_none", "yesno"}


class Unknown(str):
    """Stands as `string_if_invalid`: Django asks « %s » of it, then formats the variable that meant nothing."""

    def __new__(cls) -> "Unknown":
        made = super().__new__(cls, "%s")
        made.found = set()
        return made

    found: set[str]

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, variable: object) -> str:
        frame = sys._getframe(1)
        expression = frame.f_locals.get("self")
        if isinstance(expression, FilterExpression):
            foreseen = {filter_.__name__ for filter_, _ in expression.filters} & FORESEEN
            origin = template_of(frame)
            if not foreseen and "/avec/" in origin:
                self.found.add(f"{origin.split('/templates/')[-1]}: {expression.token}")
        return ""


def template_of(frame) -> str:
    """The template being rendered, from the nodes on the stack."""
    while frame is not None:
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None)
        if origin is not None and getattr(origin, "name", ""):
            return str(origin.name)
        frame = frame.f_back
    return ""
