"""What the forms of the plan share: the person at the top, the draft, the refusals, two texts at once."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest
from avec.people.banner import Around, circle_of
from avec.people.clash import asked_to_keep, conflict, merged
from avec.people.drafts import Kept
from avec.people.journal import record_reading
from avec.people.models import CareTeamMember, Person, RelatedPerson, in_force
from avec.ui.forms import form_status

__all__ = ["asked_to_keep", "circle", "conflict", "merged", "saved_words", "show", "team", "to_record"]


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


def back_from(request: MemberRequest, person: Person, anchor: str = "") -> HttpResponse:
    """Once a form of the plan is done with: to the page that led there (`?next=`, an address of ours), or the record."""
    back = request.GET.get("next", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return to_record(person, anchor)


def saved_words(name: str) -> str:
    return _("C’est enregistré. %s peut le lire dans son espace.") % name
