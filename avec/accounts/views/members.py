from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..access import MemberRequest, members
from ..actions import (
    InvitationRefused,
    add_member,
    close_access,
    invite,
    open_access_again,
    withdraw_invitations,
)
from ..card import card_of
from ..forms import MemberForm
from ..mail import send_invitation
from ..models import Member, Role

PAGE = 25


def managed(request: MemberRequest, pk: UUID) -> Member:
    return get_object_or_404(Member.objects.managed_by(request.member).select_related("user"), pk=pk)


@members(Role.ADMINISTRATOR.value)
def member_list(request: MemberRequest) -> HttpResponse:
    """Who works here, and the state of their access. The persons and their circle are not on this page."""
    words = request.GET.get("q", "").strip()
    found = (
        Member.objects.managed_by(request.member)
        .with_invitation()
        .search(words)
        .select_related("user", "unit")
        .order_by("family_name", "given_name", "pk")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    query = urlencode({"q": words}) if words else ""
    return render(request, "accounts/members.html", {"page": page, "q": words, "query": query})


@members(Role.ADMINISTRATOR.value)
def member_add(request: MemberRequest) -> HttpResponse:
    """Somebody joins: their place here, then their invitation."""
    form = MemberForm(request.member.establishment, request.POST or None)
    if request.method == "POST" and form.is_valid():
        member = add_member(request.member.establishment, by=request.member, **form.cleaned_data)
        messages.success(
            request, _("%(name)s a une place ici. Il reste à l’inviter.") % {"name": member.name}
        )
        return redirect("accounts:member", pk=member.pk)
    return render(request, "accounts/member_add.html", {"form": form})


@members(Role.ADMINISTRATOR.value)
def member(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One member's access: invite, close, open again."""
    shown = get_object_or_404(
        Member.objects.managed_by(request.member).with_invitation().select_related("user", "unit"), pk=pk
    )
    return render(request, "accounts/member.html", {"shown": shown, "is_me": shown.pk == request.member.pk})


@members(Role.ADMINISTRATOR.value)
@require_POST
@never_cache
def member_invite(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The link and the card, shown once."""
    invited = managed(request, pk)
    try:
        token = invite(invited, by=request.member)
    except InvitationRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:member", pk=pk)
    card = card_of(request, invited, token)
    sent = "mail" in request.POST and send_invitation(card)
    back = {"url": "accounts:member", "pk": pk}
    return render(request, "accounts/card.html", {"card": card, "sent": sent, "back": back})


@members(Role.ADMINISTRATOR.value)
@require_POST
def member_withdraw(request: MemberRequest, pk: UUID) -> HttpResponse:
    withdraw_invitations(managed(request, pk), by=request.member)
    messages.success(request, _("Les liens et les cartes donnés avant n’ouvrent plus rien."))
    return redirect("accounts:member", pk=pk)


@members(Role.ADMINISTRATOR.value)
@require_POST
def member_close(request: MemberRequest, pk: UUID) -> HttpResponse:
    closed = managed(request, pk)
    close_access(closed, by=request.member)
    messages.success(request, _("L’accès de %(name)s est fermé.") % {"name": closed.name})
    return redirect("accounts:member", pk=pk)


@members(Role.ADMINISTRATOR.value)
@require_POST
def member_open(request: MemberRequest, pk: UUID) -> HttpResponse:
    opened = managed(request, pk)
    open_access_again(opened, by=request.member)
    messages.success(request, _("L’accès de %(name)s est ouvert à nouveau.") % {"name": opened.name})
    return redirect("accounts:member", pk=pk)
