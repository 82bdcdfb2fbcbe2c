from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.accounts.actions import InvitationRefused
from avec.accounts.card import card_of
from avec.accounts.models import Member
from avec.audit.models import Entry
from avec.ui.words import time_words

from .actions import invite_person, invite_relative
from .banner import Around, banner_fields, banner_of, circle_of, is_active, parts_of_record, reads, until
from .drafts import DraftRefused, already_sent, forget_draft, save_draft
from .journal import record_reading
from .models import CARE_ROLES, CareTeamMember, Objection, Person, RelatedPerson, in_force, today
from .policy import may_invite_around
from .readers import readings_of

PER_PAGE = 25


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


@require_GET
@members(*CARE_ROLES)
def circle(request: MemberRequest, pk: UUID) -> HttpResponse:
    person, around, head = open_record(request, pk, "people:circle")
    may_invite = may_invite_around(request.member, person)
    team = CareTeamMember.objects.visible_to(request.member).filter(person=person).select_related("member")
    ordered = sorted(team, key=lambda tie: (not is_now(tie), not tie.is_referent, tie.member.family_name))
    record_reading("circle", person, by=request.member)
    context = {
        "rows": [
            {
                "around": someone,
                "rights": [
                    {
                        "what": str(mandate),
                        "reads": reads(mandate),
                        "until": until(mandate),
                        "now": is_active(mandate, today()),
                    }
                    for mandate in someone.mandates
                ],
                "invite": may_invite and any(mandate.kind != "property" for mandate in someone.active),
            }
            for someone in around
        ],
        "team": [tie for tie in ordered if is_now(tie)],
        "objected": set(
            Objection.objects.visible_to(request.member)
            .filter(in_force(), person=person)
            .values_list("member_id", flat=True)
        ),
        "before": [tie for tie in ordered if not is_now(tie)],
        "may_invite": may_invite,
    }
    return render(request, "people/circle.html", head | context)


def is_now(tie: CareTeamMember) -> bool:
    day = today()
    started = tie.starts_on is None or tie.starts_on <= day
    return started and (tie.ends_on is None or tie.ends_on >= day) and tie.consent_withdrawn_on is None


@require_GET
@members(*CARE_ROLES)
def readers(request: MemberRequest, pk: UUID) -> HttpResponse:
    person, _circle, head = open_record(request, pk, "people:readers")
    entries = Entry.objects.filter(establishment_id=person.establishment_id)
    lines = entries.about(person.pk).readings().order_by("-id")
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    readings = readings_of(person, page.object_list)
    record_reading("readers", person, by=request.member)
    return render(request, "people/readers.html", head | {"page": page, "readings": readings})


@require_POST
@members()
def draft(request: MemberRequest) -> HttpResponse:
    """Keep what is being written, or start again from nothing. Only ever one's own."""
    key = request.POST.get("draft_key", "")
    if "fresh" in request.POST:
        forget_draft(request.member, key)
        back = request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
        return redirect(back if safe else "/")
    if already_sent(request):  # it was on its way when the form itself arrived
        return HttpResponse(status=204)
    try:
        saved = save_draft(request.member, key, request.POST)
    except DraftRefused:
        return HttpResponseBadRequest(_("Ce brouillon n’a pas pu être gardé."))
    return render(request, "people/draft_saved.html", {"at": time_words(timezone.localtime(saved.saved_at))})


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def invite_person_page(request: MemberRequest, pk: UUID) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.member), pk=pk)
    if not may_invite_around(request.member, person):
        return redirect("people:circle", pk)
    return invitation(request, person, person.member, lambda: invite_person(person, by=request.member))


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def invite(request: MemberRequest, pk: UUID, relative: UUID) -> HttpResponse:
    relatives = RelatedPerson.objects.visible_to(request.member).filter(person_id=pk)
    somebody = get_object_or_404(relatives.select_related("person", "member"), pk=relative)
    return invitation(
        request,
        somebody.person,
        somebody.member,
        lambda: invite_relative(somebody, by=request.member),
        somebody,
    )


def invitation(
    request: MemberRequest,
    person: Person,
    guest: Member | None,
    make: Any,
    relative: RelatedPerson | None = None,
) -> HttpResponse:
    """Ask once, then show the card: its link is never shown again."""
    context: dict[str, Any] = {
        "person": person,
        "relative": relative,
        "name": relative.name if relative else person.called,
        "has_account": guest is not None and guest.user_id is not None,
    }
    if request.method == "POST":
        try:
            token = make()
        except InvitationRefused as refused:
            messages.error(request, str(refused))
            return redirect("people:circle", person.pk)
        guest = relative.member if relative else person.member
        assert guest is not None
        back = {"url": "people:circle", "pk": person.pk}
        card = card_of(request, guest, token)
        return render(request, "accounts/card.html", {"card": card, "sent": False, "back": back})
    return render(request, "people/invitation.html", context)
