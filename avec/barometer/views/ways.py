"""What the pages of a group share: their frame, the ways to other pages, and the question asked before a step."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from avec.accounts.access import MemberRequest
from avec.accounts.models import Member, Role

from ..actions import CampaignRefused, GroupRefused
from ..models import Campaign, Group, GroupMember, SideChoice
from ..policy import groups_of, readable_campaigns

# Their own space: simple words, large targets. Who represents the users works beside the staff.
OWN = frozenset({Role.PERSON.value, Role.RELATIVE.value})
USERS_VOICES = {Role.RELATIVE.value: "relative", Role.USERS_REPRESENTATIVE.value: "representative"}


def is_own(member: Member) -> bool:
    return member.role in OWN


def frame_of(member: Member) -> str:
    return "ui/frame_own.html" if is_own(member) else "ui/frame_work.html"


def voice_of(member: Member, side: str) -> str:
    """The mark beside a name: on their side, who they are."""
    if side == SideChoice.PROFESSIONAL:
        return "professional"
    return USERS_VOICES.get(member.role, "person")


def link(name: str, *args: object) -> str:
    """The address of a page of the room."""
    return reverse(f"barometer:{name}", args=args)


def group_of(request: MemberRequest, pk: UUID) -> Group:
    """A group whose page opens to this member; not found otherwise, a pair of others above all."""
    rows = groups_of(request.member).select_related("establishment", "unit")
    return get_object_or_404(rows, pk=pk)


def campaign_of(request: MemberRequest, pk: UUID) -> Campaign:
    rows = Campaign.objects.filter(group__in=groups_of(request.member))
    return get_object_or_404(rows.select_related("group__establishment", "group__unit", "barometer"), pk=pk)


def counted_of(request: MemberRequest, pk: UUID) -> Campaign:
    """A counted campaign this member may read, with what its picture takes; not found otherwise."""
    rows = readable_campaigns(request.member)
    return get_object_or_404(rows.select_related("group__establishment", "barometer", "figures"), pk=pk)


def place_of(request: MemberRequest, pk: UUID) -> GroupMember:
    """A place in a group one opens; one's own even once left, so that a second press is no dead end."""
    open_to = Q(group__in=groups_of(request.member)) | Q(member=request.member, left_at__isnull=False)
    rows = GroupMember.objects.filter(open_to)
    return get_object_or_404(rows.select_related("member", "group__establishment"), pk=pk)


def once_of(request: MemberRequest) -> str:
    return request.POST.get("once") or str(uuid4())


def tried(step: Callable[[], Any]) -> str:
    """Take a step; the refusal in words, or "" when it is done."""
    try:
        step()
    except (CampaignRefused, GroupRefused) as refusal:
        return str(refusal)
    return ""


def ask(
    request: MemberRequest,
    *,
    kind: str,
    title: str,
    lines: list[str],
    submit: str,
    back: str,
    back_words: str,
    warning: list[str] | None = None,
    tick: str = "",
    refusal: str = "",
) -> HttpResponse:
    """The page that says what a step changes; its button takes it. `tick`: what must be ticked first."""
    context = {
        "frame": frame_of(request.member),
        "kind": kind,
        "title": title,
        "lines": lines,
        "warning": warning or [],
        "submit": submit,
        "back": back,
        "back_words": back_words,
        "tick": tick,
        "refusal": refusal,
        "once": once_of(request),
    }
    return render(request, "barometer/confirm.html", context, status=422 if refusal else 200)
