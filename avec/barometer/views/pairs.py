"""Pairs: asking somebody one knows, answering yes or no, answering one's own questions, ending it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.drafts import already_sent

from ..actions import (
    CampaignRefused,
    GroupRefused,
    agree_to_pair,
    ask_for_pair,
    decline_pair,
    end_pair,
    own_card,
)
from ..models import Group, GroupMember
from ..policy import known_to, may_belong, may_pair
from .ways import ask, campaign_of, frame_of, group_of, is_own, once_of, tried

FOUND = 30


def pair_of(request: MemberRequest, pk: UUID) -> Group:
    found = group_of(request, pk)
    require(found.is_pair and may_belong(request.member, found))
    return found


@require_http_methods(["GET", "POST"])
@members()
def new_pair(request: MemberRequest) -> HttpResponse:
    """Choose somebody one knows, read what it means, ask."""
    require(may_pair(request.member))
    known = known_to(request.member)
    to = _chosen(request)
    chosen = get_object_or_404(known, pk=to) if to else None
    refusal = ""
    if request.method == "POST" and chosen is not None:
        if already_sent(request):
            return redirect("barometer:home")
        try:
            made = ask_for_pair(chosen, by=request.member)
        except GroupRefused as refused:
            refusal = str(refused)
        else:
            messages.success(
                request, _("C’est proposé. %s peut dire oui ou non, quand il lui plaira.") % chosen.given_name
            )
            return redirect("barometer:group", made.pk)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    for word in words.split()[:6]:
        known = known.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(job__icontains=word)
        )
    rows = list(known.order_by("given_name", "family_name", "pk")[: FOUND + 1]) if chosen is None else []
    context = {
        "frame": frame_of(request.member),
        "own": is_own(request.member),
        "chosen": chosen,
        "found": rows[:FOUND],
        "more": len(rows) > FOUND,
        "words": words,
        "refusal": refusal,
        "once": once_of(request),
    }
    return render(request, "barometer/new_pair.html", context, status=422 if refusal else 200)


def _chosen(request: MemberRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("to") or request.GET.get("avec") or "")
    except ValueError:
        return None


@require_POST
@members()
def agree(request: MemberRequest, pk: UUID) -> HttpResponse:
    found = pair_of(request, pk)
    agree_to_pair(found, by=request.member)
    words = (
        _("C’est dit. L’un de nous peut maintenant choisir les dates.")
        if is_own(request.member)
        else _("C’est dit. L’un de vous peut maintenant choisir les dates.")
    )
    messages.success(request, words)
    return redirect("barometer:group", pk)


@require_POST
@members()
def decline(request: MemberRequest, pk: UUID) -> HttpResponse:
    left = GroupMember.objects.filter(group=pk, member=request.member, left_at__isnull=False)
    if left.exists():
        # Pressed twice: it is said.
        return redirect("barometer:home")
    found = pair_of(request, pk)
    refusal = tried(lambda: decline_pair(found, by=request.member))
    if refusal:
        messages.error(request, refusal)
        return redirect("barometer:group", pk)
    mine = found.created_by_id == request.member.pk
    messages.success(
        request, _("La demande est retirée.") if mine else _("C’est noté\u00a0: non. Rien d’autre ne change.")
    )
    return redirect("barometer:home")


@require_http_methods(["GET", "POST"])
@members()
def end(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Stop the pair: either may, without a reason."""
    found = pair_of(request, pk)
    if found.archived_at is not None:
        return redirect("barometer:group", pk)
    if request.method == "POST":
        end_pair(found, by=request.member)
        messages.success(request, _("Le binôme est terminé."))
        return redirect("barometer:home")
    return ask(
        request,
        kind=found.name,
        title=_("Arrêter ce binôme\u00a0?"),
        lines=[
            _("Vous n’avez pas à dire pourquoi."),
            _("Les réponses qui n’ont pas encore été ouvertes sont effacées."),
            _("Ce que vous avez déjà lu tous les deux reste lisible par vous deux, et par personne d’autre."),
        ],
        submit=_("Arrêter le binôme"),
        back=reverse("barometer:group", args=[found.pk]),
        back_words=_("Revenir au binôme"),
    )


@require_POST
@members()
def answer_mine(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Go to one's own questions: the card is made for its owner, now."""
    campaign = campaign_of(request, pk)
    require(campaign.group.is_pair and may_belong(request.member, campaign.group))
    try:
        token = own_card(campaign, by=request.member)
    except CampaignRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("barometer:campaign", pk)
    return redirect("barometer_card:card", token)


def other_of(found: Group, member: Member) -> str:
    """What the other of a pair is called: their given name."""
    place = found.members.filter(left_at=None).exclude(member=member).select_related("member").first()
    return place.member.given_name or place.member.name if place else ""
