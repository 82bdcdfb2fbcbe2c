"""What the pages and the forms of a record share: the person at the top, the draft, two texts at once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest
from avec.ui.forms import form_status

from ..banner import Around, banner_fields, banner_of, circle_of, parts_of_record
from ..clash import OutOfDate, asked_to_keep, conflict, merged
from ..drafts import Kept, already_sent, forget_draft, kept, sent
from ..journal import record_reading
from ..models import Person, RelatedPerson


def open_record(request: MemberRequest, pk: UUID, page: str) -> tuple[Person, list[Around], dict[str, Any]]:
    """The person, their circle, and what heads each page of their record. 404 for whoever may not open it."""
    persons = Person.objects.visible_to(request.member).select_related("unit", "establishment", "member")
    person = get_object_or_404(persons.annotate(**banner_fields()), pk=pk)
    circle = circle_of(RelatedPerson.objects.visible_to(request.member).filter(person=person))
    head = {
        "person": person,
        "banner": banner_of(person, circle, person),
        "tabs": parts_of_record(person, page),
    }
    return person, circle, head


def found_person(request: MemberRequest, pk: UUID) -> Person:
    """The person whose record is open to whoever asks. 404 otherwise."""
    persons = Person.objects.visible_to(request.member).select_related("unit", "establishment")
    return get_object_or_404(persons, pk=pk)


def once(request: MemberRequest) -> str:
    """What lets a form be received once: the same when it comes back with a mistake."""
    return request.POST.get("once") or str(uuid4())


def show(
    request: MemberRequest,
    template: str,
    person: Person,
    form: forms.BaseForm,
    draft: Kept | None,
    what: str,
    about: Model | None = None,
    **context: Any,
) -> HttpResponse:
    """A form under the person's name. Opening it is a reading, also when it comes back with a mistake."""
    record_reading(what, person, by=request.member, obj=about)
    context |= {"person": person, "form": form, "kept": draft, "once": once(request)}
    return render(request, template, context, status=form_status(form))


def edit(
    request: MemberRequest,
    template: str,
    person: Person,
    obj: Model,
    *,
    key: str,
    what: str,
    initial_of: Callable[[Any], dict[str, Any]],
    form_of: Callable[[Any, dict[str, Any]], Any],
    save: Callable[[Any], list[str] | None],
    boxes: tuple[str, ...] = (),
    **context: Any,
) -> HttpResponse:
    """Change what two people may change at once. `save` answers what changed, or None after a refusal on the form."""
    back = context["back"]
    if already_sent(request):
        return redirect(back)
    draft, usual = kept(request, key), initial_of(obj)
    keep = asked_to_keep(request)
    if keep == "theirs":
        forget_draft(request.member, draft.key)
        return redirect(back)
    form = form_of(request.POST or None, draft.initial(boxes, **usual))
    if keep == "both":
        both = merged(form, form_of(None, usual), usual["version"])
        form = form_of(None, both)
        return show(request, template, person, form, draft, what, about=obj, both=True, **context)
    if request.method == "POST" and form.is_valid():
        try:
            changed = save(form)
        except OutOfDate as clash:
            fresh = initial_of(clash.current)
            return conflict(
                request, person, form, form_of(None, fresh), clash.current, request.path, fresh["version"]
            )
        if changed is not None:
            sent(request, draft.key)
            messages.success(request, _("C’est enregistré.") if changed else _("Rien n’a changé."))
            return redirect(back)
    return show(request, template, person, form, draft, what, about=obj, both=False, **context)
