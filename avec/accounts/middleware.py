"""Who is asking: the account's member, once their second factor is done, their time zone and their display.

Also the life of the session: renewed by signs of life, ended in all cases after
twelve hours.
"""

import time
import zoneinfo
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from avec.ui.navigation import Account, Display, Place

from . import display, restore
from .access import CHECKED_BY_ITSELF, OF_NOBODY
from .mine import only_place
from .models import Member, Reading, Role
from .rules import Life
from .vocabulary import speaking

# Set by the demo's way in, which stands for both factors there and nowhere else.
DEMO_ENTRY = "demo_entry"
OPENED = "avec_opened"
SEEN = "avec_seen"
# Sent by a page that refreshes by itself: what it asks for is no sign that somebody is there.
BY_ITSELF = "Avec-Live"

GetResponse = Callable[[HttpRequest], HttpResponse]


def has_second_factor(request: HttpRequest) -> bool:
    """Did this session go through a second factor, or a passkey, which is two in one?

    allauth keeps the ways of authentication used in the session, for one
    account; a code typed after the password, a key and a passkey are all
    recorded as « mfa ».
    """
    if settings.AVEC_DEMO and request.session.get(DEMO_ENTRY):
        return True
    return any(entry.get("method") == "mfa" for entry in get_authentication_records(request, request.user))


def place_of(request: HttpRequest) -> Member | None:
    """The place this account works from; its only one when none was chosen. The second factor is not asked here."""
    user: Any = request.user
    if not user.is_authenticated:
        return None
    member: Member | None = user.current_member
    if member is not None and member.is_active and member.user_id == user.pk:
        return member
    return only_place(user)


def member_of(request: HttpRequest) -> Member | None:
    """The member in whose name this request acts, or None: no place, a closed one, or a factor missing."""
    member = place_of(request)
    if member is None or (not member.is_lay and not has_second_factor(request)):
        return None
    return member


def life_of(request: HttpRequest) -> Life:
    now = time.time()
    return Life(request.session.get(OPENED, now), request.session.get(SEEN, now))


def watch_session(request: HttpRequest) -> None:
    """End a session that has lived too long; note a sign of life in the others, at most every five minutes."""
    if not request.user.is_authenticated:
        return
    now = time.time()
    life = life_of(request)
    if life.is_over(now):
        logout(request)
        return
    if request.path.startswith(OF_NOBODY):
        return
    restore.drop_others(request)
    asked_only = request.method == "GET" and (
        request.path == reverse("accounts:stay_signed_in") or BY_ITSELF in request.headers
    )
    if OPENED not in request.session:
        request.session[OPENED] = request.session[SEEN] = now
    elif life.is_stale(now) and not asked_only:
        request.session[SEEN] = now


def identify_member(get_response: GetResponse) -> GetResponse:
    def middleware(request: Any) -> HttpResponse:
        if CHECKED_BY_ITSELF in request.path:
            # Asked every two seconds by each open page: the view checks its token itself, and nobody is there.
            request.member, request.display = None, Display()
            return get_response(request)
        watch_session(request)
        request.member = member_of(request)
        request.display = display_of(request)
        if request.user.is_authenticated:
            request.account = Account(name_of(request), reverse("accounts:account"))
        if request.member is None:
            response = get_response(request)
        else:
            request.place = Place(
                request.member.establishment.name, request.member.unit.name if request.member.unit else ""
            )
            house = request.member.establishment
            with timezone.override(zoneinfo.ZoneInfo(house.time_zone)), speaking(house.words):
                response = get_response(request)
            # A record is never kept by the browser nor by a proxy.
            response.headers.setdefault("Cache-Control", "no-store")
        if request.user.is_authenticated and not request.path.startswith(OF_NOBODY):
            restore.remember_account(request, response)
            # What is left, for the page that stays open while fragments come and go (session.js).
            response.headers["Avec-Session"] = str(life_of(request).left(time.time()))
        return response

    return middleware


def display_of(request: Any) -> Display:
    """What was chosen. The person reads every page in large, theirs and those of everybody (design.md §8)."""
    look = display.choice(request)
    return Display(
        theme=look.theme,
        size=look.text_size,
        contrast=look.contrast,
        spacing=look.spacing,
        speech=look.speech,
        reading=look.reading,
        easy=look.reading == Reading.EASY.value,
        large=request.member is not None and request.member.role == Role.PERSON.value,
    )


def name_of(request: Any) -> str:
    return request.member.name if request.member else str(request.user)
