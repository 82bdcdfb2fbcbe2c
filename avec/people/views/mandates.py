from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require

from ..actions import AlreadyHeld, correct_mandate
from ..actions import end_mandate as stop_mandate
from ..actions import give_mandate as write_mandate
from ..actions.circle import MANDATE
from ..clash import version_of
from ..drafts import already_sent, kept, sent
from ..forms import EndMandateForm, MandateForm, dates_in_words, kinds_explained
from ..models import CARE_ROLES, Mandate, Person, RelatedPerson
from ..policy import may_note_mandate
from ..rules import DatesRefused, Kind
from .page import edit, show
from .relatives import found_relative, to_circle


def page(person: Person, relative: RelatedPerson, heading: str, submit: str) -> dict[str, Any]:
    return {
        "relative": relative,
        "heading": heading,
        "submit": submit,
        "back": reverse("people:circle", args=[person.pk]),
        "back_words": _("Revenir au cercle"),
        "kinds": kinds_explained(person.called),
        "hints": [],
    }


def refuse(form: Any, refused: DatesRefused) -> None:
    fault = str(refused)
    names = {"grown_up": "kind", "already_revoked": None, "already_ended": None}
    name = names.get(fault, "ends_on")
    form.add_error(name if name in form.fields else None, dates_in_words(refused))


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def give_mandate(request: MemberRequest, pk: UUID, relative: UUID) -> HttpResponse:
    """Write down a mandate: what it opens is said before it is given."""
    somebody = found_relative(request, pk, relative)
    person = somebody.person
    require(may_note_mandate(request.member, person))
    if already_sent(request):
        return to_circle(person)
    draft = kept(request, f"mandate:{somebody.pk}")
    form = MandateForm(request.POST or None, initial=draft.initial(), person=person)
    if request.method == "POST" and form.is_valid():
        kind = Kind(form.cleaned_data["kind"])
        try:
            write_mandate(somebody, kind, by=request.member, **form.fields_of_mandate())
        except DatesRefused as refused:
            refuse(form, refused)
        except AlreadyHeld as held:
            form.add_error("kind", already_held(held, somebody))
        else:
            sent(request, draft.key)
            messages.success(
                request,
                _("Le mandat de %(name)s est noté. %(called)s peut le voir dans son espace.")
                % {"name": somebody.name, "called": person.called},
            )
            return to_circle(person)
    about = page(person, somebody, _("Donner un mandat à %s") % somebody.name, _("Noter le mandat"))
    return show(
        request, "people/mandate.html", person, form, draft, "circle", about=somebody, both=False, **about
    )


def already_held(held: AlreadyHeld, somebody: RelatedPerson) -> str:
    if held.holder.pk == somebody.pk:
        return _("Ce mandat court déjà\u00a0: corrigez ses dates, ou terminez-le d’abord.")
    return (
        _("%s est déjà la personne de confiance\u00a0: il n’y en a qu’une. Terminez d’abord ce mandat.")
        % held.holder.name
    )


def found_mandate(request: MemberRequest, pk: UUID) -> Mandate:
    mandates = Mandate.objects.visible_to(request.member)
    mandate = get_object_or_404(
        mandates.select_related("related_person__person__unit", "related_person__person__establishment"),
        pk=pk,
    )
    require(may_note_mandate(request.member, mandate.related_person.person))
    return mandate


def initial_of(mandate: Mandate) -> dict[str, Any]:
    usual = {name: getattr(mandate, name) for name in MANDATE}
    return usual | {"version": version_of(mandate, MANDATE)}


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def change_mandate(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Mend a mandate's dates and words; what kind it is does not change."""
    mandate = found_mandate(request, pk)
    somebody, person = mandate.related_person, mandate.related_person.person

    def save(form: MandateForm) -> list[str] | None:
        try:
            return correct_mandate(
                mandate, version=form.cleaned_data["version"], by=request.member, **form.fields_of_mandate()
            )
        except DatesRefused as refused:
            refuse(form, refused)
        return None

    about = page(person, somebody, _("Corriger le mandat de %s") % somebody.name, _("Enregistrer le mandat"))
    return edit(
        request,
        "people/mandate.html",
        person,
        mandate,
        key=f"mandate:{mandate.pk}",
        what="circle",
        initial_of=initial_of,
        form_of=lambda data, initial: MandateForm(data, initial=initial, person=person, kind=mandate.kind),
        save=save,
        boxes=("wider", "co_signs"),
        **about | {"kinds": [kind for kind in about["kinds"] if kind.kind == mandate.kind]},
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def end_mandate(request: MemberRequest, pk: UUID) -> HttpResponse:
    mandate = found_mandate(request, pk)
    somebody, person = mandate.related_person, mandate.related_person.person
    if already_sent(request) or mandate.revoked_on is not None:
        return to_circle(person)
    draft = kept(request, f"end_mandate:{mandate.pk}")
    form = EndMandateForm(request.POST or None, initial=draft.initial(), starts_on=mandate.starts_on)
    if request.method == "POST" and form.is_valid():
        stop_mandate(mandate, form.last_day(), by=request.member)
        sent(request, draft.key)
        messages.success(request, _("La fin du mandat de %s est notée.") % somebody.name)
        return to_circle(person)
    about = page(
        person, somebody, _("Terminer le mandat de %s\u00a0?") % somebody.name, _("Noter la fin du mandat")
    )
    about["hints"] = [
        _("Dès sa fin, ce mandat n’ouvre plus rien\u00a0: ni page, ni fichier, ni avis."),
        _("Ce qui a été dit reste dans le dossier, avec son nom."),
    ]
    return show(
        request, "people/form.html", person, form, draft, "circle", about=mandate, both=False, **about
    )
