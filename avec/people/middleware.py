"""A form is received once, however many times and however fast it is sent; pages read as easily as noted."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from avec.accounts.models import Role

from .models import Person

# As long as a session lives at most.
REMEMBERED = 12 * 3600
GetResponse = Callable[[Any], HttpResponse]


def receive_once(get_response: GetResponse) -> GetResponse:
    """Mark a form as received before its view runs, so that two presses at the same instant make one.

    The mark is written by one request only (the cache's `add`), and taken back when
    the form comes back with something to mend: it may then be sent again.
    """

    def middleware(request: Any) -> HttpResponse:
        token = request.POST.get("once", "") if request.method == "POST" and request.member else ""
        if not token:
            return get_response(request)
        key = "once:" + sha256(f"{request.member.pk}:{token}".encode()).hexdigest()
        if request.path == reverse("people:draft"):
            # A draft carries the form's token: it looks at the mark and never takes it,
            # or the form sent in that instant would pass for a second press, and be lost.
            request.received_before = cache.get(key) is not None
            return get_response(request)
        request.received_before = not cache.add(key, 1, REMEMBERED)
        response = get_response(request)
        if not request.received_before and not 300 <= response.status_code < 400:
            cache.delete(key)
        return response

    return middleware


def read_easily(get_response: GetResponse) -> GetResponse:
    """Until the person chooses, what the team noted decides whether they read the easy version.

    Asked of the database only by a page that has two versions.
    """

    def middleware(request: Any) -> HttpResponse:
        member = request.member
        if member is not None and member.role == Role.PERSON.value and not request.display.reading:
            noted = SimpleLazyObject(lambda: Person.objects.filter(member=member, easy_read=True).exists())
            request.display = replace(request.display, easy=noted)
        return get_response(request)

    return middleware
