"""A SERAFIN-PH code, chosen by everyday words or in the whole list."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from .. import serafin

# The two lists that a field may offer, as the address of the search names them.
LISTS: dict[str, dict[str, str]] = {"besoins": serafin.NEEDS, "prestations": serafin.SERVICES}


def serafin_choices(which: str) -> list[tuple[str, Any]]:
    """Nothing, then each branch with its codes: « 1.2.1.3 · Besoins pour la mobilité »."""
    branches = serafin.by_branch(LISTS[which])
    return [("", gettext_lazy("Pas de code"))] + [
        (branch, [(one.code, in_list(one)) for one in found]) for branch, found in branches
    ]


def in_list(found: serafin.Found) -> str:
    return f"{found.code} · {found.words}"


class SerafinSelect(forms.Select):
    """A plain list; where a script runs, words typed above it bring the right codes to its top."""

    which = "besoins"

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        control = super().render(name, value, dict(attrs or {}), renderer)
        context = {"control": control, "id": (attrs or {}).get("id") or f"id_{name}", "which": self.which}
        return SafeString(render_to_string("careplan/serafin_field.html", context))


class SerafinField(forms.ChoiceField):
    """`SerafinField("besoins")` or `SerafinField("prestations")`; gives the code, or an empty text."""

    def __init__(self, which: str = "besoins", **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "label",
            gettext_lazy("Besoin SERAFIN-PH")
            if which == "besoins"
            else gettext_lazy("Prestation SERAFIN-PH"),
        )
        kwargs.setdefault(
            "error_messages", {"invalid_choice": gettext_lazy("Choisissez un code de la liste.")}
        )
        widget = SerafinSelect()
        widget.which = which
        super().__init__(choices=serafin_choices(which), widget=widget, **kwargs)
