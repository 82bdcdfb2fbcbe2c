"""Groups side by side, for who works with them: read, never ranked."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members

from ..journal import record_reading
from ..policy import STARTING
from ..rules import INSIDE
from ..shown.comparing import ABREAST, candidates, chosen, compared, pictures, versions
from .ways import frame_of, link


@require_GET
@members(*sorted(STARTING))
def compare(request: MemberRequest) -> HttpResponse:
    """The last campaign of each group one may read, on one version; as many queries however many groups."""
    member = request.member
    record_reading("comparison", member.establishment, by=member)
    offered = versions(member)
    asked = request.GET.get("version", "")
    barometer = next((one for one in offered if str(one.pk) == asked), offered[0] if offered else None)
    groups = candidates(member, barometer) if barometer else []
    wanted = set(request.GET.getlist("groupe")[:100])
    shown = chosen(groups, wanted)
    page = Paginator(shown, ABREAST).get_page(request.GET.get("page"))
    found = pictures(list(page))
    picked = {str(one.group) for one in groups} & wanted
    query = [("version", asked)] if asked else []
    context = {
        "frame": frame_of(member),
        "barometer": barometer,
        "versions": [
            {
                "label": str(one),
                "url": "?" + urlencode({"version": str(one.pk)}),
                "count": "",
                "current": one == barometer,
            }
            for one in offered
        ],
        "groups": [(one, str(one.group) in picked) for one in groups],
        "version": asked,
        "page": page,
        "query": urlencode([*query, *(("groupe", one) for one in sorted(picked))]),
        "heads": [(picture, link("results", picture.campaign.pk)) for picture in found],
        "rows": compared(found),
        "floor": INSIDE,
    }
    return render(request, "barometer/compare.html", context)
