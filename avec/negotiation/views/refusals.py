"""A refusal of care: written down, told in full, asked again. It never blocks anything: care goes on otherwise.

The same pages serve the team and, in the frame of their own space, the person
and those around them who may read it.
"""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Role
from avec.accounts.policy import require
from avec.careplan.actions import plan_of
from avec.people.drafts import already_sent, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person
from avec.ui.forms import form_status
from avec.ui.words import date_long

from ..actions import ask_again as write_answer
from ..actions import complete_refusal as write_note
from ..actions import note_refusal as write_refusal
from ..forms.refusals import AskAgainForm, CompleteForm, OwnAskAgainForm, OwnRefusalForm, RefusalForm
from ..models import CareRefusal
from ..policy import may_ask_again, may_complete_refusal, may_note_refusal, may_open
from ..refusals import refusals_of, story_of, with_last
from ..rules.refusals import RefusalRefused

READERS = (*sorted(CARE_ROLES), Role.PERSON.value, Role.RELATIVE.value)
WRITERS = (*sorted(CARE_ROLES), Role.PERSON.value)


# Each page in the frame of the team, and in that of own space.
PAGES = {
    "refusals": ("negotiation/work/refusals.html", "negotiation/own/refusals.html"),
    "refusal": ("negotiation/work/refusal.html", "negotiation/own/refusal.html"),
    "note_refusal": ("negotiation/work/note_refusal.html", "negotiation/own/note_refusal.html"),
    "ask_again": ("negotiation/work/ask_again.html", "negotiation/own/ask_again.html"),
    # The person writes nothing for the team.
    "complete_refusal": ("negotiation/work/complete_refusal.html", ""),
}


def framed(request: MemberRequest, page: str) -> str:
    return PAGES[page][request.member.is_lay]


def person_read(request: MemberRequest, pk: UUID) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.member).select_related("establishment"), pk=pk)


def is_self(request: MemberRequest, person: Person) -> bool:
    return person.member_id == request.member.pk


def find(request: MemberRequest, pk: UUID) -> Any:
    found = CareRefusal.objects.visible_to(request.member).select_related(
        "person__establishment", "plan", "written_by"
    )
    return get_object_or_404(with_last(found), pk=pk)


def show(
    request: MemberRequest, page: str, person: Person, form: Any, draft: Any, **context: Any
) -> HttpResponse:
    """A form in the frame of who reads it; it shows the record, also when it comes back with a mistake."""
    record_reading("form", person, by=request.member, obj=context.get("refusal"))
    context |= {"person": person, "form": form, "kept": draft}
    context["once"] = request.POST.get("once") or str(uuid4())
    return render(request, framed(request, page), context, status=form_status(form))


@require_GET
@members(*READERS)
def refusals(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Every refusal of a person: those that stand, then those that were accepted since."""
    person = person_read(request, pk)
    rows = refusals_of(request.member, person)
    record_reading("refusals", person, by=request.member)
    plan = plan_of(person)
    context = {
        "person": person,
        "is_self": is_self(request, person),
        "rows": rows,
        "may_note": plan is not None and may_note_refusal(request.member, plan),
    }
    return render(request, framed(request, "refusals"), context)


@require_http_methods(["GET", "POST"])
@members(*WRITERS)
def note_refusal(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Write a refusal down: the team in the person's words, or the person themself."""
    person = person_read(request, pk)
    plan = plan_of(person)
    if plan is None:
        raise Http404
    plan.person = person
    require(may_note_refusal(request.member, plan))
    if already_sent(request):
        return redirect("negotiation:refusals", person.pk)
    draft = kept(request, f"refusal:{person.pk}")
    kind = OwnRefusalForm if request.member.is_lay else RefusalForm
    form = kind(request.POST if request.method == "POST" else None, initial=draft.initial())
    if request.method == "POST" and form.is_valid():
        try:
            refusal = write_refusal(plan, form.refused, by=request.member)
        except RefusalRefused as refused:
            form.add_error(None, str(refused))
        else:
            sent(request, draft.key)
            messages.success(request, noted(request, refusal))
            return redirect("negotiation:refusal", refusal.pk)
    return show(request, "note_refusal", person, form, draft)


def noted(request: MemberRequest, refusal: CareRefusal) -> str:
    day = date_long(refusal.ask_again_on)
    if request.member.is_lay:
        return _("C’est noté. On ne me force pas. On me redemandera le %s.") % day
    return _("Le refus est noté. Les soins continuent autrement, et on redemandera le %s.") % day


@require_GET
@members(*READERS)
def refusal(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One refusal, with all that followed."""
    one = find(request, pk)
    person, member = one.person, request.member
    story = story_of(one, person)
    # A refusal outlives the plan it was said in: it is talked over in the plan of the day.
    plan = plan_of(person)
    record_reading("refusal", person, by=member, obj=one)
    context = {
        "person": person,
        "is_self": is_self(request, person),
        "refusal": one,
        "story": story,
        "may_ask": may_ask_again(member, one),
        "may_complete": may_complete_refusal(member, one),
        "may_talk": story.row.where.stands and plan is not None and may_open(member, plan),
    }
    return render(request, framed(request, "refusal"), context)


@require_http_methods(["GET", "POST"])
@members(*WRITERS)
def ask_again(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Ask again, and write the answer; the person answers themself."""
    one = find(request, pk)
    require(may_ask_again(request.member, one))
    if already_sent(request):
        return redirect("negotiation:refusal", one.pk)
    story = story_of(one, one.person)
    draft = kept(request, f"ask_again:{one.pk}")
    kind = OwnAskAgainForm if request.member.is_lay else AskAgainForm
    form = kind(
        request.POST if request.method == "POST" else None, initial=draft.initial() | {"seen": story.answers}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            asked = write_answer(
                one,
                data["stance"],
                data["words"],
                ask_again_on=form.day,
                seen=data["seen"],
                by=request.member,
            )
        except RefusalRefused as refused:
            again = request.POST.copy()
            again["seen"] = str(story_of(one, one.person).answers)
            form = kind(again)
            form.add_error(None, str(refused))
        else:
            sent(request, draft.key)
            messages.success(request, answered(request, asked.ask_again_on))
            return redirect("negotiation:refusal", one.pk)
    return show(request, "ask_again", one.person, form, draft, refusal=one, story=story)


def answered(request: MemberRequest, day: Any) -> str:
    if day is None:
        return _("C’est noté. Je peux changer d’avis.") if request.member.is_lay else _("C’est noté.")
    said = (
        _("C’est noté. On me redemandera le %s.")
        if request.member.is_lay
        else _("C’est noté. On redemandera le %s.")
    )
    return said % date_long(day)


@require_http_methods(["GET", "POST"])
@members(*sorted(CARE_ROLES))
def complete_refusal(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Add what was explained, offered and told since."""
    one = find(request, pk)
    require(may_complete_refusal(request.member, one))
    if already_sent(request):
        return redirect("negotiation:refusal", one.pk)
    draft = kept(request, f"complete:{one.pk}")
    form = CompleteForm(request.POST if request.method == "POST" else None, initial=draft.initial())
    if request.method == "POST" and form.is_valid():
        write_note(one, form.followed, by=request.member)
        sent(request, draft.key)
        messages.success(request, _("C’est ajouté. Ce qui était écrit reste."))
        return redirect("negotiation:refusal", one.pk)
    story = story_of(one, one.person)
    return show(request, "complete_refusal", one.person, form, draft, refusal=one, story=story)
