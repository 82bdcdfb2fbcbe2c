"""Hearing somebody: the sound of what was said, its words, what others saw too, what was tried."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.audit.models import Entry
from avec.documents.serving import file_response, is_first_part
from avec.people.drafts import already_sent, forget_draft, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES

from ..actions import OutOfDate, confirm_observation, note_ways
from ..actions import transcribe as write_down
from ..forms.hearing import ConfirmForm, TranscribeForm, WaysForm
from ..models import CarePlan, Expectation
from ..policy import is_speaker, may_confirm, may_note_ways, may_transcribe
from ..rules.hearing import HearingRefused, ways_seen
from ..shown import confirmations_by_expectation, shown
from .page import asked_to_keep, circle, conflict, merged, show, to_record

# How long the parts of a sound belong to the listening that began with the first.
ONE_LISTENING = timedelta(hours=1)
WITH_VOICES = (
    "person",
    "plan",
    "relative",
    "professional",
    "written_by",
    "transcribed_by",
    "recording",
)


@require_GET
@members()
def sound(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The voice of whoever spoke, for whoever reads their words. Each listening leaves a trace."""
    found = Expectation.objects.visible_to(request.member).select_related("recording", "person", "relative")
    expectation = get_object_or_404(found, pk=pk, recording__isnull=False)
    # What was taken back is heard no more by the circle: only by who said it.
    if expectation.withdrawn_at and request.member.is_lay and not is_speaker(request.member, expectation):
        raise Http404
    if expectation.recording is None:
        raise Http404
    # A part asked alone is a listening too, unless it goes on with one that left its trace.
    if is_first_part(request) or not heard_lately(request, expectation):
        record_reading("sound", expectation.person, by=request.member, obj=expectation)
    return file_response(request, expectation.recording, inline=True)


def heard_lately(request: MemberRequest, expectation: Expectation) -> bool:
    lines = Entry.objects.filter(verb="sound.read", object_id=str(expectation.pk), actor_id=request.member.pk)
    return lines.filter(person_id=expectation.person_id, at__gte=timezone.now() - ONE_LISTENING).exists()


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def transcribe(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Listen, then write what is said, under one's name."""
    found = Expectation.objects.visible_to(request.member).select_related(*WITH_VOICES)
    expectation = get_object_or_404(found, pk=pk, recording__isnull=False)
    person, anchor = expectation.person, f"attente-{expectation.pk}"
    require(may_transcribe(request.member, expectation))
    if already_sent(request):
        return to_record(person, anchor)
    draft = kept(request, f"transcribe:{expectation.pk}")
    form = TranscribeForm(request.POST or None, initial=draft.initial())
    if request.method == "POST" and form.is_valid():
        try:
            write_down(expectation, form.cleaned_data["words"], by=request.member)
        except HearingRefused as refused:
            expectation.refresh_from_db(fields=["words", "transcribed_by", "transcribed_at"])
            form.add_error("words", str(refused))
        else:
            sent(request, draft.key)
            messages.success(request, _("Ces mots sont écrits. Ils attendent maintenant une réponse."))
            return to_record(person, anchor)
    return show(
        request,
        "careplan/transcribe.html",
        person,
        form,
        draft,
        about=expectation,
        expectation=expectation,
        shown=shown(expectation, person),
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def confirm(request: MemberRequest, pk: UUID) -> HttpResponse:
    """« J’ai vu la même chose »: at one press, or with words, or told by somebody of the circle."""
    found = Expectation.objects.visible_to(request.member).select_related(*WITH_VOICES)
    expectation = get_object_or_404(found, pk=pk)
    person, anchor = expectation.person, f"attente-{expectation.pk}"
    require(may_confirm(request.member, expectation))
    if already_sent(request):
        return to_record(person, anchor)
    mine = confirmations_by_expectation(request.member, expectation.plan_id)[expectation.pk]
    told = {one.relative_id for one in mine}
    around = [one for one in circle(request, person) if one.relative.pk not in told]
    myself = request.member.pk not in {expectation.professional_id, expectation.written_by_id} and not any(
        one.relative_id is None and one.by_id == request.member.pk for one in mine
    )
    draft = kept(request, f"confirm:{expectation.pk}")
    initial = draft.initial(who="me" if myself else "")
    form = ConfirmForm(request.POST or None, initial=initial, circle=around, may_confirm_self=myself)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        someone = form.circle.get(data["who"])
        try:
            confirm_observation(
                expectation,
                by=request.member,
                words=data["words"],
                seen_on=data["seen_on"],
                relative=someone.relative if someone else None,
            )
        except HearingRefused as refused:
            form.add_error("who", str(refused))
        else:
            sent(request, draft.key)
            messages.success(request, _("C’est noté : quelqu’un d’autre l’a vu aussi."))
            return to_record(person, anchor)
    return show(
        request,
        "careplan/confirm.html",
        person,
        form,
        draft,
        about=expectation,
        expectation=expectation,
        shown=shown(expectation, person, confirmations=mine),
        nobody=not form.fields["who"].choices,  # type: ignore[attr-defined]
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def ways(request: MemberRequest, pk: UUID) -> HttpResponse:
    """« Comment nous l’avons entendu »: what was tried, shown above the words."""
    plans = CarePlan.objects.visible_to(request.member).select_related("person")
    plan = get_object_or_404(plans, pk=pk)
    person = plan.person
    require(may_note_ways(request.member, plan))
    if already_sent(request):
        return to_record(person, "entendre")
    draft = kept(request, f"ways:{plan.pk}")
    if asked_to_keep(request) == "theirs":
        forget_draft(request.member, draft.key)
        return to_record(person, "entendre")
    usual = ways_initial(plan)
    form = WaysForm(request.POST or None, initial=draft.initial(("ways",), **usual))
    if request.method == "POST" and asked_to_keep(request) == "both":
        both = merged(form, WaysForm(initial=usual), usual["version"])
        both["ways"] = [*form["ways"].data, *plan.ways_tried]
        return show(
            request, "careplan/ways.html", person, WaysForm(initial=both), draft, plan=plan, both=True
        )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            note_ways(plan, data["ways"], data["words"], seen=data["version"], by=request.member)
        except OutOfDate as clash:
            now = ways_initial(clash.current)
            fresh = WaysForm(initial=now)
            return conflict(request, person, form, fresh, clash.current, request.path, version=now["version"])
        sent(request, draft.key)
        messages.success(request, _("C’est noté. On le redemandera à chaque révision."))
        return to_record(person, "entendre")
    return show(request, "careplan/ways.html", person, form, draft, about=plan, plan=plan)


def ways_initial(plan: CarePlan) -> dict[str, Any]:
    return {
        "ways": plan.ways_tried,
        "words": plan.ways_words,
        "version": ways_seen(plan.ways_tried, plan.ways_words),
    }
