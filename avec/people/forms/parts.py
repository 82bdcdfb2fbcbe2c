import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from avec.ui.forms import PlainForm

CIVILITIES = [("", _("non précisée")), ("Mme", "Mme"), ("M.", "M.")]


# Signs that turn the text around them, the page's own too: a name or a title has no use for them.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


class LineField(forms.CharField):
    """One line of words, that leaves what stands beside it in its place."""

    def to_python(self, value: Any) -> str:
        return TURNING.sub("", str(super().to_python(value) or ""))


def short(label: Any, length: int = 120, **kwargs: Any) -> forms.CharField:
    """A line of words; its fault says how long it may be."""
    kwargs.setdefault("required", False)
    words = {
        "max_length": _("C’est trop long : %(limit_value)d caractères au plus, il y en a %(show_value)d.")
    }
    kwargs["error_messages"] = words | kwargs.get("error_messages", {})
    return LineField(label=label, max_length=length, **kwargs)


def civility_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Civilité"), choices=CIVILITIES, required=False)


def keep_choice(form: forms.BaseForm, name: str) -> None:
    """A value received from elsewhere (« Dr ») stays a choice of its own."""
    field, value = form.fields[name], form.initial.get(name) or ""
    choices = list(field.choices)  # type: ignore[attr-defined]
    if value and value not in {key for key, _label in choices}:
        field.choices = [*choices, (value, value)]  # type: ignore[attr-defined]


class PartedForm(PlainForm):
    """A long form shown in parts, each under its title."""

    parts_of: Sequence[tuple[Any, Sequence[str]]] = ()

    def parts(self) -> list[dict[str, Any]]:
        shown = []
        for number, (title, names) in enumerate(self.parts_of, 1):
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                shown.append({"id": f"partie-{number}", "title": title, "fields": fields})
        return shown

    def hidden(self) -> list[forms.BoundField]:
        return self.hidden_fields()
