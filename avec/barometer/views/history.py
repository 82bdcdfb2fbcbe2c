"""A group over its campaigns."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members

from ..journal import record_reading
from ..rules import INSIDE
from ..shown.history import history_of
from .ways import frame_of, group_of, link


@require_GET
@members()
def history(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What the group rated together each time, on one version of the barometer."""
    group = group_of(request, pk)
    record_reading("history", group, by=request.member)
    found = history_of(group, request.member)
    context = {
        "frame": frame_of(request.member),
        "group": group,
        "history": found,
        "rounds": [
            (label, picture, link("results", picture.campaign.pk))
            for label, picture in zip(found.labels, found.pictures, strict=True)
        ],
        "others": [(campaign, link("results", campaign.pk)) for campaign in found.others],
        "floor": INSIDE,
    }
    return render(request, "barometer/history.html", context)
