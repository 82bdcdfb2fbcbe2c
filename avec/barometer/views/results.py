"""The results of a campaign: the page, the sheet to keep, the poster for the wall. All read one picture."""

from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.documents.serving import pdf_response

from ..journal import record_reading
from ..models import Attendee, Campaign
from ..policy import STEERING, may_start, own_place, place_beside, readable_campaigns
from ..results_paper import poster_sheet_pdf, results_sheet_pdf
from ..rules import INSIDE, OUTSIDE, TALK
from ..shown.decided import decisions_of
from ..shown.history import History
from ..shown.many import ratings_of
from ..shown.picture import Picture, picture_of
from ..shown.results import (
    Results,
    followed_counts,
    moves_of,
    results_of,
    session_facts,
    session_words,
    ways_of,
    words_left,
)
from ..shown.sentences import names_of
from .ways import frame_of, link

# Where a poster hangs: where visitors pass, the higher floor is asked.
OUTSIDE_WALL, INSIDE_WALL = "exterieur", "interieur"


def find(request: MemberRequest, pk: UUID) -> tuple[Campaign, str]:
    """A counted campaign this member reads, and the facts of its session; not found otherwise."""
    there = Attendee.objects.filter(session_id=OuterRef("pk"), left_at=None).order_by()
    present = there.values("session").annotate(count=Count("pk")).values("count")
    campaign = get_object_or_404(
        readable_campaigns(request.member)
        .select_related("group__establishment", "barometer", "figures", "together")
        .annotate(present=Subquery(present, output_field=IntegerField()), place=place_beside(request.member)),
        pk=pk,
    )
    return campaign, session_facts(campaign, getattr(campaign, "present", 0) or 0)


def pictures_until(campaign: Campaign, member: Member, *, words: bool) -> list[Picture]:
    """The group's campaigns on the same version, up to this one, itself last: the history, in two queries."""
    earlier = (
        readable_campaigns(member)
        .filter(group=campaign.group_id, barometer=campaign.barometer_id, settled_at__lte=campaign.settled_at)
        .exclude(pk=campaign.pk)
        .select_related("figures")
        .order_by("settled_at", "opens_on")
    )
    rows = [*earlier, campaign]
    ratings = ratings_of([row.pk for row in rows])
    for row in rows:
        # Read once for all of them, the instrument most of all.
        row.group, row.barometer = campaign.group, campaign.barometer
    return [picture_of(row, words=words and row is campaign, ratings=ratings[row.pk]) for row in rows]


@require_safe
@members()
def results(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The wheel, the gaps, the answers, the words and the decisions. `?qui=` reads one part of a side."""
    campaign, session = find(request, pk)
    place: bool | None = getattr(campaign, "place", None)
    inside = place is not None
    record_reading("results", campaign, by=request.member)
    names = names_of(campaign)
    pictures = pictures_until(campaign, request.member, words=inside)
    whole = pictures[-1]
    part = request.GET.get("qui", "")
    picture = picture_of(campaign, part=part) if part else whole
    found = results_of(picture, names)
    leads = bool(place) and campaign.group.archived_at is None
    context = page_of(found, whole, part) | {
        "frame": frame_of(request.member),
        "inside": inside,
        "leads": leads,
        "decided": decisions_of(campaign, timezone.localdate(), named=inside),
        "session": session,
        "history": History(pictures, []),
        "links": links_of(campaign, request.member, inside=inside),
    }
    return render(request, "barometer/results.html", context)


def page_of(found: Results, whole: Picture, part: str) -> dict[str, Any]:
    return {
        "campaign": found.campaign,
        "results": found,
        "ways": ways_of(whole, part),
        "part": part,
        "session_words": session_words(whole, found.names),
        "words_left": words_left(whole, found.names),
        "moves": moves_of(whole),
        "followed": followed_counts(whole),
        "talk": int(TALK),
        "floor": INSIDE,
        "outside_floor": OUTSIDE,
        "source": found.picture.instrument.source,
        "levels": [(level, words) for level, words in enumerate(found.picture.instrument.levels)],
    }


def links_of(campaign: Campaign, member: Member, *, inside: bool) -> dict[str, str]:
    """The group's own pages and the comparison; "" for those that do not open to this member."""
    # Once published everybody reads the results; the group's own pages open to those of policy.groups_of.
    opens = inside or member.role in STEERING
    return {
        "campaign": link("campaign", campaign.pk) if opens else "",
        "history": link("history", campaign.group_id) if opens else "",
        "compare": link("compare") if may_start(member) else "",
    }


@require_safe
@members()
def results_pdf(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Two sheets to keep. The names on the decisions are for the group only."""
    campaign, session = find(request, pk)
    inside = own_place(campaign.group, request.member) is not None
    record_reading("results", campaign, by=request.member)
    found = results_of(picture_of(campaign), names_of(campaign))
    decided = decisions_of(campaign, timezone.localdate(), named=inside)
    sheet = results_sheet_pdf(found, decided, session)
    return pdf_response(sheet, _("barometre-%s") % slugify(campaign.title), inline=True)


@require_safe
@members()
def poster_pdf(request: MemberRequest, pk: UUID) -> HttpResponse:
    """A poster: no name, no words of anybody. For visitors unless it is asked for inside the house only."""
    campaign, _session = find(request, pk)
    # A pair's results hang on no wall.
    require(not campaign.group.is_pair)
    outside = request.GET.get("pour") != INSIDE_WALL
    record_reading("results", campaign, by=request.member)
    found = results_of(picture_of(campaign, outside=outside), names_of(campaign))
    decided = decisions_of(campaign, timezone.localdate(), named=False)
    sheet = poster_sheet_pdf(found, decided, outside=outside)
    return pdf_response(sheet, _("affiche-%s") % slugify(campaign.title), inline=True)
