from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.ui.words import elide

from ..actions import StillNamed
from ..actions import add_relative as write_relative
from ..actions import change_relative as save_relative
from ..actions import remove_relative as take_out
from ..actions.circle import RELATIVE
from ..clash import version_of
from ..drafts import already_sent, kept, sent
from ..forms import RelativeForm, key_of
from ..models import CARE_ROLES, Person, RelatedPerson
from ..policy import may_note_circle
from .page import edit, found_person, show


def to_circle(person: Person) -> HttpResponse:
    return redirect("people:circle", person.pk)


def page(person: Person, heading: str, submit: str, hints: list[str]) -> dict[str, Any]:
    return {
        "heading": heading,
        "submit": submit,
        "hints": hints,
        "back": reverse("people:circle", args=[person.pk]),
        "back_words": _("Revenir au cercle"),
    }


def found_relative(request: MemberRequest, pk: UUID, relative: UUID) -> RelatedPerson:
    found = RelatedPerson.objects.visible_to(request.member).filter(person_id=pk)
    return get_object_or_404(found.select_related("person__unit", "person__establishment"), pk=relative)


def named_around(person: Person, but: RelatedPerson | None = None) -> frozenset[str]:
    around = RelatedPerson.objects.filter(person=person)
    return frozenset(
        key_of(one.given_name, one.family_name, one.relation)
        for one in around
        if but is None or one.pk != but.pk
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def add_relative(request: MemberRequest, pk: UUID) -> HttpResponse:
    person = found_person(request, pk)
    require(may_note_circle(request.member, person))
    if already_sent(request):
        return to_circle(person)
    draft = kept(request, f"relative:{person.pk}")
    form = RelativeForm(request.POST or None, initial=draft.initial(), named=named_around(person))
    if request.method == "POST" and form.is_valid():
        relative = write_relative(person, by=request.member, **form.fields_of_relative())
        sent(request, draft.key)
        messages.success(
            request,
            _("%s est dans le cercle. Sans mandat, ce nom n’ouvre rien du dossier.") % relative.name,
        )
        return to_circle(person)
    about = page(
        person,
        _("Ajouter quelqu’un autour %s") % elide(person.called),
        _("Ajouter au cercle"),
        [
            _("Le lien de famille n’ouvre rien\u00a0: un mandat s’ajoute ensuite, avec ses dates."),
            _("Notez comment joindre cette personne, et quand."),
        ],
    )
    return show(request, "people/form.html", person, form, draft, "circle", both=False, **about)


def initial_of(relative: RelatedPerson) -> dict[str, Any]:
    usual = {name: getattr(relative, name) for name in RELATIVE}
    return usual | {"version": version_of(relative, RELATIVE)}


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def change_relative(request: MemberRequest, pk: UUID, relative: UUID) -> HttpResponse:
    somebody = found_relative(request, pk, relative)
    person = somebody.person
    require(may_note_circle(request.member, person))
    named = named_around(person, somebody)

    def save(form: RelativeForm) -> list[str] | None:
        fields = form.fields_of_relative()
        return save_relative(somebody, version=form.cleaned_data["version"], by=request.member, **fields)

    return edit(
        request,
        "people/form.html",
        person,
        somebody,
        key=f"relative:{somebody.pk}",
        what="circle",
        initial_of=initial_of,
        form_of=lambda data, initial: RelativeForm(data, initial=initial, named=named),
        save=save,
        remove=reverse("people:remove_relative", args=[person.pk, somebody.pk]),
        **page(person, _("Changer ce qui est noté"), _("Enregistrer"), [somebody.name]),
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def remove_relative(request: MemberRequest, pk: UUID, relative: UUID) -> HttpResponse:
    """Take out somebody written by mistake; who is named in the record stays in it."""
    somebody = found_relative(request, pk, relative)
    person = somebody.person
    require(may_note_circle(request.member, person))
    if request.method == "POST":
        try:
            take_out(somebody, by=request.member)
        except StillNamed:
            messages.error(
                request,
                _("%s est dans l’histoire du dossier et y reste. Terminez plutôt son mandat.")
                % somebody.name,
            )
        else:
            messages.success(request, _("%s n’est plus dans le cercle.") % somebody.name)
        return to_circle(person)
    about = page(
        person,
        _("Retirer %s du cercle\u00a0?") % somebody.name,
        _("Retirer du cercle"),
        [
            _("Pour une ligne écrite par erreur."),
            _("Quelqu’un qui a eu un mandat, ou que le dossier nomme, y reste."),
        ],
    )
    return show(
        request, "people/form.html", person, forms.Form(), None, "circle", about=somebody, both=False, **about
    )
