"""The figures of a campaign to take away, and the book of codes that says what each column means."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members

from ..journal import record_reading
from ..shown.picture import Picture, picture_of
from ..shown.sheets import KINDS, as_csv, as_xlsx, code_heads, columns
from .ways import counted_of, frame_of

OUTSIDE = "exterieur"


def asked_picture(request: MemberRequest, pk: UUID) -> Picture:
    """The picture for the audience and the part that were asked for. A pair's never leaves the house."""
    campaign = counted_of(request, pk)
    outside = request.GET.get("pour") == OUTSIDE
    if outside and campaign.group.is_pair:
        raise Http404
    return picture_of(campaign, outside=outside, part=request.GET.get("partie", "")[:16])


def export(request: MemberRequest, pk: UUID, kind: str) -> HttpResponse:
    picture = asked_picture(request, pk)
    record_reading("campaign_file", picture.campaign, by=request.member)
    content_type, ending = KINDS[kind]
    response = HttpResponse(as_csv(picture) if kind == "csv" else as_xlsx(picture), content_type=content_type)
    name = f"barometre-{slugify(picture.campaign.group.name)[:40]}-{picture.campaign.closes_on.isoformat()}"
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, f"{name}.{ending}") or "attachment"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
@members()
def results_csv(request: MemberRequest, pk: UUID) -> HttpResponse:
    return export(request, pk, "csv")


@require_GET
@members()
def results_xlsx(request: MemberRequest, pk: UUID) -> HttpResponse:
    return export(request, pk, "xlsx")


@require_GET
@members()
def codebook(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What each column of the files means."""
    picture = asked_picture(request, pk)
    record_reading("campaign", picture.campaign, by=request.member)
    context = {
        "frame": frame_of(request.member),
        "campaign": picture.campaign,
        "heads": code_heads(),
        "columns": columns(picture),
        "query": "" if request.GET.get("pour") != OUTSIDE else f"?pour={OUTSIDE}",
        "floor": picture.floor,
    }
    return render(request, "barometer/codebook.html", context)
