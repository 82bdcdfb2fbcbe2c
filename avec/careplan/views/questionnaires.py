"""The scales of the house: loaded with the right to use them, looked at, printed blank, retired."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Role
from avec.accounts.policy import require
from avec.people.drafts import already_sent
from avec.people.models import CARE_ROLES
from avec.ui.forms import form_status

from ..actions.questionnaires import load_questionnaire
from ..actions.questionnaires import retire_questionnaire as retire
from ..forms.assessments import QuestionnaireForm
from ..forms.questions import DRAWINGS, condition_words
from ..models import Questionnaire
from ..policy import may_edit_questionnaires
from ..rules.questionnaires import FACES, LARGEST, Form, FormRefused, bounds, read
from ..scales import as_file, form_of, ours

STEERING = (Role.UNIT_MANAGER.value, Role.DIRECTOR.value, Role.QUALITY.value)
READERS = tuple(CARE_ROLES | set(STEERING))


def scales_of(request: MemberRequest) -> list[Questionnaire]:
    """Every version the house has had, with how many times it was answered. One query."""
    found = Questionnaire.objects.filter(establishment=request.member.establishment_id)
    return list(found.annotate(times=Count("assessments")).order_by("title", "-loaded_at"))


@require_http_methods(["GET", "POST"])
@members(*STEERING)
def questionnaires(request: MemberRequest) -> HttpResponse:
    """The list, those that come with Avec, and a form to load one from a file."""
    require(may_edit_questionnaires(request.member))
    if already_sent(request):
        return redirect("careplan:questionnaires")
    every = scales_of(request)
    current = [one for one in every if one.retired_at is None]
    form = QuestionnaireForm(request.POST or None, request.FILES or None, current=current)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        replaced = next((one for one in current if str(one.pk) == data["replaces"]), None)
        try:
            read_form = read_file(data["file"])
            loaded = load_questionnaire(
                read_form, data["source"], by=request.member, for_person=data["for_person"], replaces=replaced
            )
        except FormRefused as refusal:
            faults = refusal.faults
            form.add_error("file", _("Ce fichier n’est pas pris. Rien n’a changé."))
        else:
            messages.success(request, _("La grille est chargée. Voici comment elle se présente."))
            return redirect("careplan:questionnaire", loaded.pk)
    known = {one.url for one in current}
    context = {
        "form": form,
        "faults": faults,
        "current": current,
        "retired": [one for one in every if one.retired_at is not None],
        "ours": [(name, one) for name, one in ours().items() if one.url not in known],
    }
    return render(request, "careplan/questionnaires.html", context, status=form_status(form))


def read_file(file: Any) -> Form:
    """At most one byte more than is taken is read."""
    return read(file.read(LARGEST + 1))


@require_POST
@members(*STEERING)
def add_ours(request: MemberRequest, name: str) -> HttpResponse:
    """Take one of those that come with Avec."""
    require(may_edit_questionnaires(request.member))
    form = ours().get(name)
    if form is None:
        return redirect("careplan:questionnaires")
    try:
        loaded = load_questionnaire(form, form.source, by=request.member, for_person=form.for_person)
    except FormRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("careplan:questionnaires")
    messages.success(request, _("« %s » est prête.") % loaded.title)
    return redirect("careplan:questionnaires")


def found_or_404(request: MemberRequest, pk: UUID) -> Questionnaire:
    mine = Questionnaire.objects.filter(establishment=request.member.establishment_id)
    return get_object_or_404(mine.select_related("loaded_by"), pk=pk)


@require_GET
@members(*READERS)
def questionnaire(request: MemberRequest, pk: UUID) -> HttpResponse:
    """How it looks, empty: to read before using it, and to print."""
    found = found_or_404(request, pk)
    form = form_of(found)
    sections: list[tuple[str, list[tuple[Any, str]]]] = []
    for question in form.questions:
        if not sections or sections[-1][0] != question.section:
            sections.append((question.section, []))
        sections[-1][1].append((question, condition_words(question, form)))
    context = {
        "questionnaire": found,
        "sections": sections,
        "faces": list(zip(DRAWINGS, FACES, strict=True)),
        "scored": form.scored,
        "bounds": bounds(form),
        "ranges": form.ranges,
        "steers": may_edit_questionnaires(request.member),
    }
    return render(request, "careplan/questionnaire.html", context)


@require_GET
@members(*READERS)
def questionnaire_file(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The same as a file, to change it and load it as a new version."""
    found = found_or_404(request, pk)
    response = HttpResponse(as_file(form_of(found)), content_type="application/json; charset=utf-8")
    name = f"{slugify(found.title) or 'grille'}-{slugify(found.version)}.json"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_POST
@members(*STEERING)
def retire_questionnaire(request: MemberRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(request, pk)
    retire(found, by=request.member)
    messages.success(request, _("Cette grille n’est plus proposée. Les réponses déjà données la gardent."))
    return redirect("careplan:questionnaires")
