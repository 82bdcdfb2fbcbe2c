"""Who is in a group: finding somebody of the house, taking them out, letting them lead."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.drafts import already_sent

from ..actions import GroupRefused, add_member, let_lead, remove_member
from ..forms.groups import SideForm
from ..models import Group, GroupMember, SideChoice
from ..policy import groups_of, known_to, may_lead, usual_side
from .ways import OWN, ask, frame_of, group_of, once_of, place_of, tried, voice_of

FOUND = 20


def joinable(found: Group, words: str, by: Member) -> QuerySet[Member]:
    """Members of the house by name or job. Nobody lists the persons and their circle, nor guesses at their names:
    those one knows are found by any part of it, the others by their whole family name (access.md, T02).
    """
    rows = Member.objects.active().filter(establishment_id=found.establishment_id)
    typed = words.split()[:6]
    if not typed:
        return rows.exclude(role__in=OWN)
    said = {
        " ".join(typed[start:end]) for start in range(len(typed)) for end in range(start + 1, len(typed) + 1)
    }
    whole = Q()
    for name in said:
        whole |= Q(family_name__iexact=name)
    rows = rows.filter(~Q(role__in=OWN) | Q(pk__in=known_to(by).values("pk")) | whole)
    for word in typed:
        by_name = Q(given_name__icontains=word) | Q(family_name__icontains=word)
        rows = rows.filter(by_name | (Q(job__icontains=word) & ~Q(role__in=OWN)))
    return rows


@require_http_methods(["GET", "POST"])
@members()
def add_someone(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Find somebody of the house by name, and say which side they answer on."""
    found = group_of(request, pk)
    require(may_lead(request.member, found) and not found.is_pair)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    refusal = ""
    if request.method == "POST" and not already_sent(request):
        refusal = _add(request, found)
        if not refusal:
            return redirect("barometer:add_member", pk)
    elif request.method == "POST":
        return redirect("barometer:add_member", pk)
    inside = GroupMember.objects.filter(group=found, member=OuterRef("pk"), left_at=None)
    rows = joinable(found, words, request.member).annotate(inside=Exists(inside)).select_related("unit")
    shown = list(rows.order_by("family_name", "given_name", "pk")[: FOUND + 1])
    context = {
        "frame": frame_of(request.member),
        "group": found,
        "words": words,
        "found": [(one, usual_side(one), voice_of(one, usual_side(one))) for one in shown[:FOUND]],
        "more": len(shown) > FOUND,
        "sides": SideChoice.choices,
        "refusal": refusal,
        "once": once_of(request),
    }
    return render(request, "barometer/add_member.html", context, status=422 if refusal else 200)


def _add(request: MemberRequest, found: Group) -> str:
    """Somebody of the house, by their key; the refusal in words."""
    form = SideForm(request.POST)
    try:
        key = UUID(request.POST.get("member", ""))
    except ValueError:
        return _("Choisissez quelqu’un.")
    member = get_object_or_404(
        Member.objects.active().filter(establishment_id=found.establishment_id), pk=key
    )
    if not form.is_valid():
        return form.first_error()
    try:
        add_member(found, member, side=form.cleaned_data["side"], by=request.member)
    except GroupRefused as refusal:
        return str(refusal)
    messages.success(request, _("%s fait partie du groupe.") % member.name)
    return ""


@require_http_methods(["GET", "POST"])
@members()
def remove(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Take somebody out of the group, or leave it."""
    place = place_of(request, pk)
    if place.left_at is not None:
        # Pressed twice: it is done.
        return redirect("barometer:home")
    found, mine = place.group, place.member_id == request.member.pk
    require(not found.is_pair and (mine or may_lead(request.member, found)))
    refusal = ""
    if request.method == "POST":
        refusal = tried(lambda: remove_member(place, by=request.member))
        if not refusal:
            messages.success(
                request,
                _("Vous avez quitté le groupe.")
                if mine
                else _("%s n’est plus dans le groupe.") % place.member.name,
            )
            still = groups_of(request.member).filter(pk=found.pk).exists()
            return redirect("barometer:group", found.pk) if still else redirect("barometer:home")
    return ask(
        request,
        kind=found.name,
        title=_("Quitter ce groupe\u00a0?") if mine else _("Retirer %s du groupe\u00a0?") % place.member.name,
        lines=[
            _("Le groupe ne sera plus dans « Notre partenariat » pour cette personne.")
            if not mine
            else _("Vous ne lirez plus ses mesures, sauf ce qui est publié."),
            _("Ce qui a été répondu ne porte aucun nom\u00a0: rien n’en est retiré."),
        ],
        submit=_("Quitter le groupe") if mine else _("Retirer du groupe"),
        back=reverse("barometer:group", args=[found.pk]),
        back_words=_("Revenir au groupe"),
        refusal=refusal,
    )


@require_POST
@members()
def leads(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Let somebody lead the group with you, or no longer."""
    place = place_of(request, pk)
    lead = request.POST.get("leads") == "1"
    refusal = tried(lambda: let_lead(place, lead, by=request.member))
    if refusal:
        messages.error(request, refusal)
    elif lead:
        messages.success(request, _("%s anime le groupe avec vous.") % place.member.name)
    else:
        messages.success(request, _("%s n’anime plus le groupe.") % place.member.name)
    return redirect("barometer:group", place.group_id)
