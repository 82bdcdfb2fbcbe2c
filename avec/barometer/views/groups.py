"""Groups: those one belongs to, their page, starting one, changing it, putting it away."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.drafts import Kept, already_sent, kept, sent
from avec.people.models import today
from avec.ui.forms import form_status

from ..actions import (
    archive_group,
    change_group,
    start_group,
)
from ..forms.groups import GroupForm
from ..journal import record_reading
from ..models import OVER, RUNNING, Campaign, Decision, Group, GroupMember, SideChoice
from ..policy import (
    STARTING,
    groups_of,
    may_lead,
    may_pair,
    may_start,
    own_place,
    readable_campaigns,
)
from ..shown.decided import Decided, decided
from ..standing import state_words
from .ways import ask, frame_of, group_of, is_own, link, once_of, tried, voice_of

A_PAGE = 12
# From this many on, the list can be searched.
MANY = 8
PUBLISHED = 6


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
