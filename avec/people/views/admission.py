from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.ui.forms import form_status

from ..actions import NumberTaken, admit, ask_to_join
from ..clash import hidden_values
from ..drafts import DraftRefused, already_sent, kept, save_draft, sent
from ..duplicates import number_to_propose, same_persons
from ..forms import AdmissionForm
from ..journal import record_reading
from ..models import Person, today
from ..policy import ADMITTING, may_admit
from .page import once


@require_http_methods(["GET", "POST"])
@members(*sorted(ADMITTING))
def welcome(request: MemberRequest) -> HttpResponse:
    """Admit somebody: the form, then, if somebody alike is here already, the question."""
    member = request.member
    require(may_admit(member))
    if already_sent(request):
        return redirect("people:list")
    draft = kept(request, f"admit:{member.pk}")
    usual: dict[str, Any] = {"admitted_on": today(), "gender": "unknown", "unit": str(member.unit_id or "")}
    usual["local_id"] = number_to_propose(member.establishment, today().year)
    form = AdmissionForm(request.POST or None, initial=draft.initial(**usual), by=member)
    if request.method == "POST" and form.is_valid():
        alike = same_persons(member.establishment, form.identity())
        same = next((person for person in alike if str(person.pk) == request.POST.get("same")), None)
        if same is not None:
            sent(request, draft.key)
            return same_person(request, same)
        if alike and "other" not in request.POST:
            return already_here(request, alike)
        person = admitted(request, form)
        if person is not None:
            sent(request, draft.key)
            return first_step(request, person, joins=form.cleaned_data["joins"])
    context = {"form": form, "kept": draft, "once": once(request), "back": reverse("people:list")}
    return render(request, "people/admission.html", context, status=form_status(form))


def admitted(request: MemberRequest, form: AdmissionForm) -> Person | None:
    """The new person; None when the number is taken, which the form then says."""
    data = form.cleaned_data
    names = ("admitted_on", "joins", "referent", "interview_on", "short")
    try:
        return admit(by=request.member, **{name: data[name] for name in names}, **form.fields_of_person())
    except NumberTaken:
        free = number_to_propose(request.member.establishment, today().year)
        form.add_error(
            "local_id", _("Ce numéro est déjà celui de quelqu’un. Le prochain libre est %s.") % free
        )
    return None


def first_step(request: MemberRequest, person: Person, *, joins: bool) -> HttpResponse:
    """What comes after the door: the plan for the team, the team for who names it."""
    if joins:
        messages.success(
            request, _("%s est ici. Ouvrez maintenant son projet, pour noter ce qui compte.") % person.called
        )
        return redirect("careplan:open_plan", person.pk)
    messages.success(request, _("%s est ici. Nommez maintenant son équipe.") % person.called)
    return redirect("people:team", person.pk)


def already_here(request: MemberRequest, alike: list[Person]) -> HttpResponse:
    """« Cette personne est peut-être déjà là »: name, birth date, unit, and nothing of a record (T02)."""
    # The way back to the form finds what was typed, scripts or not.
    with suppress(DraftRefused):
        save_draft(request.member, f"admit:{request.member.pk}", request.POST)
    for person in alike:
        record_reading("admission", person, by=request.member)
    left_out = {"same", "other"}
    hidden = hidden_values(request.POST, request.POST.lists())
    context = {"alike": alike, "sent": [pair for pair in hidden if pair[0] not in left_out]}
    return render(request, "people/already_here.html", context, status=409)


def same_person(request: MemberRequest, person: Person) -> HttpResponse:
    """It is them: whoever is in the team opens the record, whoever is not asks the team."""
    if Person.objects.visible_to(request.member).filter(pk=person.pk).exists():
        messages.info(
            request, _("Vous êtes déjà dans l’équipe. Si %s revient, notez son retour.") % person.called
        )
        return redirect("people:identity", person.pk)
    ask_to_join(person, by=request.member)
    messages.success(
        request,
        _(
            "Votre demande est sur la page de l’équipe de %(name)s. Quelqu’un de cette équipe, ou le cadre de l’unité, "
            "peut vous ajouter. D’ici là, rien n’est ouvert."
        )
        % {"name": person.name},
    )
    return redirect("people:list")
