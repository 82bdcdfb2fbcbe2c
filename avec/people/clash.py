"""Two people write at once: the second sees both texts, chooses, and nothing is lost.

An action raises `OutOfDate` when what it changes was saved since the form was
opened; the form's hidden « version » says which one it was opened on.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from avec.accounts.access import MemberRequest

from .journal import record_reading
from .models import Person


class OutOfDate(Exception):
    """Somebody else saved in the meantime. Both texts are shown; nothing is lost."""

    def __init__(self, current: Any) -> None:
        super().__init__()
        self.current = current


@dataclass(frozen=True)
class Clash:
    """A form sent after somebody else saved: both texts, field by field."""

    fields: list[tuple[str, str, str]]  # label, mine, theirs: where they differ

    @property
    def mine(self) -> str:
        return "\n".join(f"{label}\u00a0: {mine or '—'}" for label, mine, _theirs in self.fields)

    @property
    def theirs(self) -> str:
        return "\n".join(f"{label}\u00a0: {theirs or '—'}" for label, _mine, theirs in self.fields)


def clash_of(form: forms.BaseForm, fresh: forms.BaseForm) -> Clash:
    """Where what was sent differs from what is saved now. `fresh`: the same form opened on it."""
    differing = []
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.HiddenInput):
            continue
        mine, theirs = in_words(form[name], form[name].data), in_words(fresh[name], fresh[name].value())
        if mine != theirs:
            differing.append((str(field.label), mine, theirs))
    return Clash(differing)


def in_words(bound: forms.BoundField, value: Any) -> str:
    """A field's value as somebody reads it: the label of a choice, a date as the field shows it."""
    field = bound.field
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField | forms.ChoiceField):
        values = value if isinstance(value, list | tuple) else [value]
        chosen = {str(getattr(one, "pk", one)) for one in values if one not in (None, "")}
        choices: Iterable[Any] = field.choices  # type: ignore[assignment]
        return ", ".join(str(label) for key, label in choices if str(key) in chosen)
    shown = field.widget.format_value(value)
    return " ".join(str(shown).split()) if shown is not None else ""


def merged(form: forms.BaseForm, fresh: forms.BaseForm, version: Any) -> dict[str, Any]:
    """Both texts kept: mine then theirs in the fields of words, mine in the others."""
    both: dict[str, Any] = {}
    for name, field in form.fields.items():
        mine, theirs = form[name].data, fresh[name].value()
        words = isinstance(field, forms.CharField) and not isinstance(field.widget, forms.HiddenInput)
        if words and mine and theirs and str(mine).strip() != str(theirs).strip():
            glue = "\n" if isinstance(field.widget, forms.Textarea) else " / "
            both[name] = f"{mine}{glue}{theirs}"
        else:
            both[name] = mine or theirs
    return both | {"version": version}


def hidden_values(data: Mapping[str, Any], lists: Iterable[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    """What was sent, to send again from the conflict page."""
    left_out = {"csrfmiddlewaretoken", "version", "keep", "draft_key"}
    return [(name, value) for name, values in lists if name not in left_out for value in values]


def conflict(
    request: MemberRequest,
    person: Person,
    form: forms.BaseForm,
    fresh: forms.BaseForm,
    current: Any,
    back: str,
    version: Any = None,
) -> HttpResponse:
    """Somebody saved in the meantime: both texts side by side, nothing lost, nothing saved yet."""
    record_reading("form", person, by=request.member, obj=current)
    context = {
        "person": person,
        "clash": clash_of(form, fresh),
        "sent": hidden_values(request.POST, request.POST.lists()),
        "version": current.version if version is None else version,
        "back": back,
    }
    return render(request, "people/conflict.html", context, status=409)


def asked_to_keep(request: HttpRequest) -> str:
    """The choice made on the conflict page: « both », « mine », « theirs », or nothing."""
    keep = request.POST.get("keep", "")
    return keep if keep in {"both", "mine", "theirs"} else ""


def version_of(obj: Model, names: Iterable[str]) -> str:
    """Which version a form was opened on, for what carries no counter: a print of the fields it changes."""
    values = [[name, str(getattr(obj, name) if getattr(obj, name) is not None else "")] for name in names]
    return sha256(json.dumps(values).encode()).hexdigest()[:20]
