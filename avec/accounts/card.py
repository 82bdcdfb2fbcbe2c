"""The link of an invitation as something to give: an address, and its square code to photograph."""

import base64
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import qrcode
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from qrcode.image.svg import SvgPathImage

from .models import Invitation, Member


@dataclass(frozen=True)
class Card:
    """What is shown once, after inviting: `accounts/card.html` lays it out and prints it."""

    member: Member
    url: str
    until: date
    # With which the account opens: the name made for whoever has no address, or the one they have.
    name: str = ""

    @property
    def image(self) -> str:
        """The square code as a data: address, which the content security policy allows for images."""
        drawn = BytesIO()
        qrcode.make(self.url, image_factory=SvgPathImage, box_size=12, border=2).save(drawn)
        return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()


def card_of(request: HttpRequest, member: Member, token: str) -> Card:
    url = request.build_absolute_uri(reverse("accounts:invitation", args=[token]))
    invitation = Invitation.objects.of_token(token).get()
    account = member.user.email if member.user else ""
    return Card(member, url, timezone.localdate(invitation.expires_at), account or invitation.sign_in_name)
