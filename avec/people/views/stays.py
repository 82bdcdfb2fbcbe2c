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
from avec.ui.words import date_long, elide

from ..actions import correct_stay, note_departure, note_return
from ..drafts import already_sent, kept, sent
from ..forms import DepartureForm, ReturnForm, StayForm, dates_in_words
from ..models import CARE_ROLES, Person, Stay, today
from ..policy import may_note_stay
from ..rules import DatesRefused
from .page import found_person, show


def found_stay(request: MemberRequest, pk: UUID) -> Stay:
    stays = Stay.objects.visible_to(request.member).select_related("person__establishment", "person__unit")
    stay = get_object_or_404(stays, pk=pk)
    require(may_note_stay(request.member, stay.person))
    return stay


def to_identity(person: Person) -> HttpResponse:
    return redirect(reverse("people:identity", args=[person.pk]) + "#sejours")


def page(person: Person, heading: str, submit: str, hints: list[str]) -> dict[str, Any]:
    return {
        "heading": heading,
        "submit": submit,
        "hints": hints,
        "back": reverse("people:identity", args=[person.pk]),
        "back_words": _("Revenir aux séjours"),
        "both": False,
    }


def refuse(form: forms.Form, field: str, refused: DatesRefused) -> None:
    form.add_error(field, dates_in_words(refused))


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def leave(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Note a departure: the page says what it changes, the button confirms."""
    stay = found_stay(request, pk)
    person = stay.person
    if already_sent(request) or stay.discharged_on is not None:
        return to_identity(person)
    draft = kept(request, f"leave:{stay.pk}")
    form = DepartureForm(request.POST or None, initial=draft.initial(discharged_on=today()))
    if request.method == "POST" and form.is_valid():
        try:
            note_departure(stay, form.cleaned_data["discharged_on"], by=request.member)
        except DatesRefused as refused:
            refuse(form, "discharged_on", refused)
        else:
            sent(request, draft.key)
            messages.success(request, _("Le départ %s est noté.") % elide(person.called))
            return to_identity(person)
    about = page(
        person,
        _("Noter le départ %s\u00a0?") % elide(person.called),
        _("Noter le départ"),
        [
            _("Le séjour a commencé le %s.") % date_long(stay.admitted_on),
            _("Le dossier reste\u00a0: rien n’est effacé."),
            _("L’équipe le lit encore. Retirez ceux qui n’accompagnent plus."),
            _("En cas de retour, un nouveau séjour se note, et ses délais comptent depuis son premier jour."),
        ],
    )
    return show(request, "people/form.html", person, form, draft, "stays", about=stay, **about)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def come_back(request: MemberRequest, pk: UUID) -> HttpResponse:
    person = found_person(request, pk)
    require(may_note_stay(request.member, person))
    if already_sent(request):
        return to_identity(person)
    draft = kept(request, f"return:{person.pk}")
    form = ReturnForm(request.POST or None, initial=draft.initial(admitted_on=today()))
    if request.method == "POST" and form.is_valid():
        try:
            note_return(person, by=request.member, **form.cleaned_data)
        except DatesRefused as refused:
            refuse(form, "admitted_on", refused)
        else:
            sent(request, draft.key)
            messages.success(request, _("Le retour %s est noté.") % elide(person.called))
            return to_identity(person)
    about = page(
        person,
        _("Noter le retour %s") % elide(person.called),
        _("Noter le retour"),
        [_("C’est un nouveau séjour\u00a0: ses délais comptent depuis son premier jour.")],
    )
    return show(request, "people/form.html", person, form, draft, "stays", **about)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def correct(request: MemberRequest, pk: UUID) -> HttpResponse:
    stay = found_stay(request, pk)
    person = stay.person
    if already_sent(request):
        return to_identity(person)
    draft = kept(request, f"stay:{stay.pk}")
    names = ("admitted_on", "discharged_on", "interview_on", "short")
    usual = {name: getattr(stay, name) for name in names}
    form = StayForm(request.POST or None, initial=draft.initial(("short",), **usual))
    if request.method == "POST" and form.is_valid():
        try:
            changed = correct_stay(stay, by=request.member, **form.cleaned_data)
        except DatesRefused as refused:
            late = str(refused) == "end_before_start"
            refuse(form, "discharged_on" if late else "admitted_on", refused)
        else:
            sent(request, draft.key)
            messages.success(request, _("Les dates sont corrigées.") if changed else _("Rien n’a changé."))
            return to_identity(person)
    about = page(
        person,
        _("Corriger les dates du séjour"),
        _("Enregistrer les dates"),
        [_("Les délais du projet et du contrat comptent depuis la date d’arrivée.")],
    )
    return show(request, "people/form.html", person, form, draft, "stays", about=stay, **about)
