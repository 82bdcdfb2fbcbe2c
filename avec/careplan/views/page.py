"""What the forms of the plan share: the person at the top, the draft, the refusals, two texts at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest
from avec.people.banner import Around, circle_of
from avec.people.drafts import Kept
from avec.people.journal import record_reading
from avec.people.models import CareTeamMember, Person, RelatedPerson, in_force
from avec.ui.forms import form_status


def circle(request: MemberRequest, person: Person) -> list[Around]:
    return circle_of(RelatedPerson.objects.visible_to(request.member).filter(person=person))


def team(person: Person) -> list[CareTeamMember]:
    """Who of the house accompanies the person today."""
    ties = CareTeamMember.objects.filter(in_force(), person=person, external=False)
    return list(ties.select_related("member").order_by("-is_referent", "member__family_name"))


def show(
    request: MemberRequest,
    template: str,
    person: Person,
    form: forms.BaseForm,
    kept: Kept,
    about: Model | None = None,
    **context: Any,
) -> HttpResponse:
    """A form under the person's name. It shows the record, also when it comes back with a mistake."""
    record_reading("form", person, by=request.member, obj=about)
    once = request.POST.get("once") or str(uuid4())
    context |= {"person": person, "form": form, "kept": kept, "once": once}
    return render(request, template, context, status=form_status(form))


def to_record(person: Person, anchor: str = "") -> HttpResponse:
    return redirect(reverse("home:record", args=[person.pk]) + (f"#{anchor}" if anchor else ""))


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


def merged(form: forms.BaseForm, fresh: forms.BaseForm, version: int) -> dict[str, Any]:
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
) -> HttpResponse:
    """Somebody saved in the meantime: both texts side by side, nothing lost, nothing saved yet."""
    record_reading("form", person, by=request.member, obj=current)
    context = {
        "person": person,
        "clash": clash_of(form, fresh),
        "sent": hidden_values(request.POST, request.POST.lists()),
        "version": current.version,
        "back": back,
    }
    return render(request, "careplan/conflict.html", context, status=409)


Save = Callable[[int], Any]


def asked_to_keep(request: HttpRequest) -> str:
    """The choice made on the conflict page: « both », « mine », « theirs », or nothing."""
    keep = request.POST.get("keep", "")
    return keep if keep in {"both", "mine", "theirs"} else ""


def saved_words(name: str) -> str:
    return _("C’est enregistré. %s peut le lire dans son espace.") % name
