"""Who is asking: the account's member, once their second factor is done, and their time zone."""

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .models import Member

# Set by the demo's way in, which stands for both factors there and nowhere else.
DEMO_ENTRY = "demo_entry"


def has_second_factor(request: HttpRequest) -> bool:
    """Did this session go through a second factor, or a passkey, which is two in one?

    allauth keeps the ways of authentication used in the session; a code typed
    after the password is recorded as « mfa ».
    """
    if settings.AVEC_DEMO and request.session.get(DEMO_ENTRY):
        return True
    methods = request.session.get("account_authentication_methods", [])
    return any(entry.get("method") == "mfa" for entry in methods)


def member_of(request: HttpRequest) -> Member | None:
    """The member in whose name this request acts, or None: no place, a closed one, or a factor missing."""
    user = request.user
    member = user.current_member if user.is_authenticated else None
    if member is None or not member.is_active or member.user_id != user.pk:
        return None
    if not member.is_lay and not has_second_factor(request):
        return None
    return member


def identify_member(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: Any) -> HttpResponse:
        request.member = member_of(request)
        if request.member is None:
            return get_response(request)
        with timezone.override(zoneinfo.ZoneInfo(request.member.establishment.time_zone)):
            response = get_response(request)
        # A record is never kept by the browser nor by a proxy.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware
