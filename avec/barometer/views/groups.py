"""Groups: those one belongs to, their page, who is in them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member, Role
from avec.accounts.policy import require
from avec.people.drafts import Kept, already_sent, kept, sent
from avec.people.models import today
from avec.ui.forms import form_status

from ..actions import (
    GroupRefused,
    add_member,
    archive_group,
    change_group,
    let_lead,
    remove_member,
    start_group,
)
from ..forms.groups import GroupForm, SideForm
from ..journal import record_reading
from ..models import OVER, RUNNING, Campaign, Decision, Group, GroupMember, SideChoice
from ..policy import (
    STARTING,
    groups_of,
    known_to,
    may_lead,
    may_pair,
    may_start,
    own_place,
    readable_campaigns,
    usual_side,
)
from ..shown.decided import Decided, decided
from ..standing import state_words
from .ways import OWN, ask, frame_of, group_of, is_own, link, once_of, place_of, tried

A_PAGE = 12
# From this many on, the list can be searched.
MANY = 8
FOUND = 20
PUBLISHED = 6
VOICES = {Role.RELATIVE.value: "relative", Role.USERS_REPRESENTATIVE.value: "representative"}


@dataclass(frozen=True)
class Row:
    """A group in a list: who one is in it, and where its campaign stands."""

    group: Group
    url: str
    state: str
    mine: bool = False
    leads: bool = False
    names: list[str] = field(default_factory=list)


def with_matter(rows: QuerySet[Group]) -> QuerySet[Group]:
    """The groups with their places and campaigns: two queries more, however many there are."""
    places = GroupMember.objects.filter(left_at=None).select_related("member")
    return rows.select_related("establishment", "unit").prefetch_related(
        Prefetch("members", places, to_attr="places"),
        Prefetch("campaigns", Campaign.objects.select_related("group__establishment"), to_attr="rounds"),
    )


def row_of(group: Any, member: Member) -> Row:
    mine = next((place for place in group.places if place.member_id == member.pk), None)
    latest = next((one for one in group.rounds if one.state in RUNNING), None) or next(
        iter(group.rounds), None
    )
    if group.archived_at is not None:
        state = _("Terminé") if group.is_pair else _("Rangé")
    elif group.is_pair and any(place.agreed_at is None for place in group.places):
        state = _("En attente d’une réponse")
    elif latest is None:
        state = _("Pas encore de mesure")
    else:
        words = state_words(latest)
        state = f"{latest.title}\u00a0: {words[0].lower()}{words[1:]}"
    return Row(
        group=group,
        url=reverse("barometer:group", args=[group.pk]),
        state=state,
        mine=mine is not None,
        leads=bool(mine and mine.leads),
        names=[place.member.name for place in group.places if place.member_id != member.pk],
    )


def voice_of(member: Member, side: str) -> str:
    """The mark beside a name: on their side, who they are."""
    if side == SideChoice.PROFESSIONAL:
        return "professional"
    return VOICES.get(member.role, "person")


@require_GET
@members()
def home(request: MemberRequest) -> HttpResponse:
    """« Notre partenariat »: what waits for me, my groups, what the house published."""
    member = request.member
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    own = GroupMember.objects.filter(group=OuterRef("pk"), member=member, left_at=None)
    # A question I have not answered yet is shown apart: it is no group of mine.
    asked = own.filter(agreed_at=None)
    found = groups_of(member).annotate(mine=Exists(own))
    requests = list(
        Group.objects.filter(Exists(asked), archived_at=None)
        .select_related("created_by")
        .order_by("created_at")
    )
    rows = found.exclude(Exists(asked))
    # A request that was declined or taken back leaves nothing to read.
    rows = rows.exclude(
        Exists(GroupMember.objects.filter(group=OuterRef("pk"), agreed_at=None, left_at__isnull=False))
    )
    rows = rows.exclude(archived_at__isnull=False, mine=False)
    for word in words.split()[:6]:
        rows = rows.filter(name__icontains=word)
    ordered = with_matter(rows.order_by("-mine", "archived_at", "name", "pk"))
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    shown = [row_of(group, member) for group in page.object_list]
    published = (
        readable_campaigns(member)
        .filter(published_at__isnull=False)
        .select_related("group")
        .order_by("-published_at")[:PUBLISHED]
    )
    context = {
        "frame": frame_of(member),
        "own": is_own(member),
        "words": words,
        "searchable": bool(words) or page.paginator.count >= MANY,
        "requests": requests,
        "mine": [row for row in shown if row.mine and row.group.archived_at is None],
        "others": [row for row in shown if not row.mine],
        "before": [row for row in shown if row.mine and row.group.archived_at is not None],
        "page": page,
        "query": f"q={words}" if words else "",
        "published": [(one, link("results", one.pk)) for one in published],
        "may_start": may_start(member),
        "may_pair": may_pair(member),
        "compare_url": link("compare") if may_start(member) else "",
    }
    return render(request, "barometer/home_own.html" if is_own(member) else "barometer/home.html", context)


@require_GET
@members()
def group(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One group: what is going on, who is in it, what was measured before."""
    found = group_of(request, pk)
    member = request.member
    record_reading("group", found, by=member)
    places = list(
        found.members.filter(left_at=None)
        .select_related("member")
        .order_by("side", "-leads", "member__family_name")
    )
    mine = next((place for place in places if place.member_id == member.pk), None)
    rounds = list(Campaign.objects.filter(group=found).select_related("group__establishment"))
    running = next((one for one in rounds if one.state in RUNNING), None)
    context = {
        "frame": frame_of(member),
        "own": is_own(member),
        "group": found,
        "sides": [
            (
                side,
                [(place, voice_of(place.member, place.side)) for place in places if place.side == side.value],
            )
            for side in (SideChoice.USER, SideChoice.PROFESSIONAL)
        ],
        "mine": mine,
        "other": next((place for place in places if place.member_id != member.pk), None),
        "waiting": found.is_pair and any(place.agreed_at is None for place in places),
        "running": running,
        "running_state": state_words(running) if running else "",
        "before": [(one, state_words(one)) for one in rounds if one != running],
        "decided": decided_by(found, member, named=mine is not None),
        "may_lead": may_lead(member, found),
        "alone": len({place.side for place in places if place.leads}) < 2,
        "history_url": link("history", found.pk)
        if sum(one.settled_at is not None for one in rounds) > 1
        else "",
    }
    return render(request, "barometer/pair.html" if found.is_pair else "barometer/group.html", context)


def decided_by(found: Group, member: Member, *, named: bool) -> list[Decided]:
    """What the group decided and has not finished, the nearest first; one query."""
    rows = Decision.objects.filter(campaign__in=readable_campaigns(member), campaign__group=found)
    rows = rows.exclude(state__in=OVER).select_related("campaign__barometer").order_by("due_on", "created_at")
    return [decided(one, one.campaign.barometer.instrument, today(), named=named) for one in rows]


def group_form(
    request: MemberRequest, form: GroupForm, draft: Kept, *, title: str, lead: str, submit: str, back: str
) -> HttpResponse:
    context = {
        "frame": frame_of(request.member),
        "form": form,
        "kept": draft,
        "once": once_of(request),
        "title": title,
        "lead": lead,
        "submit": submit,
        "back": back,
    }
    return render(request, "barometer/group_form.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
@members(*STARTING)
def new_group(request: MemberRequest) -> HttpResponse:
    require(may_start(request.member))
    if already_sent(request):
        return redirect("barometer:home")
    draft = kept(request, f"group_new:{request.member.pk}")
    house = request.member.establishment
    form = GroupForm(request.POST or None, initial=draft.initial(kind="working_group"), house=house)
    if request.method == "POST" and form.is_valid():
        made = start_group(by=request.member, **form.given())
        sent(request, draft.key)
        messages.success(request, _("Le groupe est créé. Ajoutez qui en fait partie, des deux côtés."))
        return redirect("barometer:group", made.pk)
    return group_form(
        request,
        form,
        draft,
        title=_("Créer un groupe"),
        lead=_("Ceux qui mesurent ensemble leur façon de travailler ensemble."),
        submit=_("Créer le groupe"),
        back=reverse("barometer:home"),
    )


@require_http_methods(["GET", "POST"])
@members()
def edit_group(request: MemberRequest, pk: UUID) -> HttpResponse:
    found = group_of(request, pk)
    require(may_lead(request.member, found) and not found.is_pair)
    if already_sent(request):
        return redirect("barometer:group", pk)
    draft = kept(request, f"group:{found.pk}")
    usual: dict[str, Any] = {
        "name": found.name,
        "kind": found.kind,
        "unit": found.unit_id,
        "about": found.about,
    }
    form = GroupForm(request.POST or None, initial=draft.initial(**usual), house=found.establishment)
    if request.method == "POST" and form.is_valid():
        change_group(found, by=request.member, **form.given())
        sent(request, draft.key)
        messages.success(request, _("C’est enregistré."))
        return redirect("barometer:group", pk)
    return group_form(
        request,
        form,
        draft,
        title=_("Modifier le groupe"),
        lead="",
        submit=_("Enregistrer"),
        back=reverse("barometer:group", args=[pk]),
    )


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


@require_http_methods(["GET", "POST"])
@members()
def archive(request: MemberRequest, pk: UUID) -> HttpResponse:
    found = group_of(request, pk)
    require(not found.is_pair)
    if found.archived_at is not None and own_place(found, request.member) is not None:
        return redirect("barometer:group", pk)
    require(may_lead(request.member, found))
    refusal = ""
    if request.method == "POST":
        refusal = tried(lambda: archive_group(found, by=request.member))
        if not refusal:
            messages.success(request, _("Le groupe est rangé. Ce qui a été mesuré reste lisible."))
            return redirect("barometer:home")
    return ask(
        request,
        kind=found.name,
        title=_("Ranger ce groupe\u00a0?"),
        lines=[
            _("Ce qui a été mesuré reste lisible par ceux qui en font partie."),
            _("On n’y prépare plus de campagne. Cela ne se défait pas."),
        ],
        submit=_("Ranger le groupe"),
        back=reverse("barometer:group", args=[found.pk]),
        back_words=_("Revenir au groupe"),
        refusal=refusal,
    )
