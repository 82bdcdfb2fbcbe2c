"""The clocks of one stay: where each one is, what was written, and the forms to write it."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.people.banner import parts_of_record
from avec.people.drafts import Kept, already_sent, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person, Stay
from avec.ui.forms import form_status

from ..actions import cancel_evidence as undo_evidence
from ..actions import cancel_life_event as undo_life_event
from ..actions import note_life_event as add_life_event
from ..actions import set_stay_dates
from ..actions import write_evidence as add_evidence
from ..forms import EvidenceForm, LifeEventForm, ReasonForm, StayDatesForm, key_in
from ..gather import clocks_of, today_for
from ..models import Evidence, EvidenceChoice, LifeEvent
from ..policy import may_write_on
from ..rules import Clock, State, by_state
from ..table import table_of
from ..words import can_write, due_words, law_words, note, proof_words, state_words, waiting_words

TO_DO = frozenset({State.LATE, State.DUE_SOON, State.DUE})


def stay_of(request: MemberRequest, pk: UUID) -> Stay:
    """The stay, for whoever reads the person's record; 404 for anybody else, the unit's manager too."""
    stays = Stay.objects.visible_to(request.member).select_related("person__unit", "establishment")
    return get_object_or_404(stays, pk=pk)


def told(clock: Clock, *, writes: bool, today: Any) -> dict[str, Any]:
    """A clock as the page of a stay shows it."""
    return {
        "clock": clock,
        "late": clock.state == State.LATE,
        "state": state_words(clock),
        "due": due_words(clock, today),
        "proof": proof_words(clock.proof) if clock.proof else "",
        "note": waiting_words(clock) or note(clock),
        "law": law_words(clock.row),
        "writes": writes and can_write(clock.row) and clock.state in TO_DO,
    }


@require_GET
@members(*CARE_ROLES)
def of_person(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The way from somebody's record to the clocks of their latest stay; without a stay, to where it is noted."""
    person = get_object_or_404(Person.objects.visible_to(request.member), pk=pk)
    latest = Stay.objects.visible_to(request.member).filter(person=person).order_by("-admitted_on").first()
    if latest is None:
        messages.info(request, _("Aucun séjour n’est noté\u00a0: les délais se comptent depuis une arrivée."))
        return redirect("people:identity", pk)
    return redirect("clocks:stay", latest.pk)


@require_GET
@members(*CARE_ROLES)
def stay(request: MemberRequest, pk: UUID) -> HttpResponse:
    found = stay_of(request, pk)
    person = found.person
    writes = may_write_on(request.member, found)
    today = today_for(found.establishment)
    clocks = sorted(clocks_of(found), key=by_state)
    idle = {State.NOT_DUE, State.DOES_NOT_APPLY}
    proofs = Evidence.objects.visible_to(request.member).filter(stay=found)
    events = LifeEvent.objects.visible_to(request.member).filter(stay=found)
    record_reading("clocks", person, by=request.member, obj=found)
    context = {
        "stay": found,
        "person": person,
        "tabs": parts_of_record(person, "clocks:person"),
        "writes": writes,
        "clocks": [told(one, writes=writes, today=today) for one in clocks if one.state not in idle],
        "idle": [told(one, writes=writes, today=today) for one in clocks if one.state in idle],
        "late": sum(1 for one in clocks if one.state == State.LATE),
        "proofs": proofs.select_related("deadline", "written_by", "cancelled_by"),
        "events": events.select_related("written_by", "cancelled_by"),
    }
    return render(request, "clocks/stay.html", context)


def show(
    request: MemberRequest, template: str, stay: Stay, form: forms.BaseForm, kept: Kept, **context: Any
) -> HttpResponse:
    record_reading("form", stay.person, by=request.member, obj=stay)
    once = request.POST.get("once") or str(uuid4())
    context |= {"stay": stay, "person": stay.person, "form": form, "kept": kept, "once": once}
    return render(request, template, context, status=form_status(form))


def to_stay(stay: Stay) -> HttpResponse:
    return redirect("clocks:stay", stay.pk)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def write_evidence(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Note what shows that a deadline is kept."""
    found = stay_of(request, pk)
    require(may_write_on(request.member, found))
    if already_sent(request):
        return to_stay(found)
    table = [
        row
        for row in table_of(found.establishment_id)
        if row.active and row.evidence != EvidenceChoice.SETTLED.value
    ]
    draft = kept(request, f"evidence:{found.pk}")
    usual = {"deadline": key_in(request.GET.get("delai", ""), table), "outcome": "done"}
    initial = draft.initial(**usual) | ({"deadline": usual["deadline"]} if usual["deadline"] else {})
    form = EvidenceForm(request.POST or None, initial=initial, deadlines=table, stay=found)
    if request.method == "POST" and form.is_valid():
        add_evidence(found, by=request.member, **form.cleaned_data)
        sent(request, draft.key)
        messages.success(request, _("La preuve est notée."))
        return to_stay(found)
    return show(request, "clocks/evidence.html", found, form, draft)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def cancel(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Say that a proof, or an event, was written by mistake: which one is said by the address."""
    found = stay_of(request, pk)
    require(may_write_on(request.member, found))
    key = request.GET.get("ligne", "")
    written = the_line(found, key)
    if written is None or already_sent(request):
        return to_stay(found)
    draft = kept(request, f"cancel:{written.pk}")
    form = ReasonForm(request.POST or None, initial=draft.initial())
    if request.method == "POST" and form.is_valid():
        if isinstance(written, Evidence):
            undo_evidence(written, form.cleaned_data["reason"], by=request.member)
        else:
            undo_life_event(written, form.cleaned_data["reason"], by=request.member)
        sent(request, draft.key)
        messages.success(request, _("La ligne est annulée. Elle reste dans l’historique."))
        return to_stay(found)
    return show(request, "clocks/cancel.html", found, form, draft, written=written)


def the_line(stay: Stay, key: str) -> Evidence | LifeEvent | None:
    """A proof or an event of this stay that still counts."""
    try:
        pk = UUID(key)
    except ValueError:
        return None
    proof = Evidence.objects.standing().filter(stay=stay, pk=pk).select_related("deadline").first()
    return proof or LifeEvent.objects.standing().filter(stay=stay, pk=pk).first()


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def dates(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The admission interview, and whether the stay is a short one."""
    found = stay_of(request, pk)
    require(may_write_on(request.member, found))
    if already_sent(request):
        return to_stay(found)
    draft = kept(request, f"stay:{found.pk}")
    initial = draft.initial(interview_on=found.interview_on, short=found.short)
    form = StayDatesForm(request.POST or None, initial=initial, stay=found)
    if request.method == "POST" and form.is_valid():
        set_stay_dates(found, by=request.member, **form.cleaned_data)
        sent(request, draft.key)
        messages.success(request, _("Les dates du séjour sont enregistrées."))
        return to_stay(found)
    return show(request, "clocks/dates.html", found, form, draft)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def life_event(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Something changed in the person's life: the project is to be looked at again."""
    found = stay_of(request, pk)
    require(may_write_on(request.member, found))
    if already_sent(request):
        return to_stay(found)
    draft = kept(request, f"event:{found.pk}")
    form = LifeEventForm(request.POST or None, initial=draft.initial())
    if request.method == "POST" and form.is_valid():
        add_life_event(found, by=request.member, **form.cleaned_data)
        sent(request, draft.key)
        messages.success(request, _("L’événement est noté. Une horloge compte à partir de lui."))
        return to_stay(found)
    return show(request, "clocks/life_event.html", found, form, draft)
