"""The shared screen: two codes to scan, one for each side. It says nothing of how many took a card or answered."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.contracts.site import site_url
from avec.documents.drawings import square

from ..policy import may_lead
from ..room import room_code
from ..said import VOICES
from ..standing import state_words
from .ways import campaign_of


@dataclass(frozen=True)
class Door:
    """One side's code: drawn, and in letters for whoever cannot scan."""

    side: str
    voice: str
    picture: SafeString
    code: str


@require_GET
@members()
def screen(request: MemberRequest, pk: UUID) -> HttpResponse:
    campaign = campaign_of(request, pk)
    require(may_lead(request.member, campaign.group) and not campaign.group.is_pair)
    base = site_url() or f"{request.scheme}://{request.get_host()}"
    doors = []
    for side, voice in VOICES.items():
        code = room_code(campaign, side)
        address = base + reverse("barometer_card:room", args=[code])
        # Drawn here, from an address of ours; a short one makes large squares, read from the end of the room.
        picture = mark_safe(square(address))  # noqa: S308
        doors.append(Door(side.value, voice, picture, f"{code[:4]}-{code[4:]}"))
    context = {
        "campaign": campaign,
        "doors": doors,
        "typed": base.split("//", 1)[-1] + reverse("barometer_card:typed"),
        "open": campaign.course.takes_phones(timezone.now()),
        "state": state_words(campaign),
    }
    return render(request, "barometer/screen.html", context)
