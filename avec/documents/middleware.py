"""A sending far too heavy is refused before it is read."""

import time
from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from avec.documents.judging import MAX_SIZE, MAX_SOUND

# Two full documents and their form: up to here the form comes back with its words.
MAX_REQUEST = 2 * MAX_SIZE + 10 * 1024 * 1024
# How much is read for nothing, so that the browser comes to read our answer.
MOST_DRAINED, LONGEST_DRAIN = 512 * 1024 * 1024, 60.0
GetResponse = Callable[[HttpRequest], HttpResponseBase]
MEGABYTE = 1024 * 1024


class Refusal(HttpResponse):
    """Answers at once, then lets the browser finish: one that is cut while it sends shows no page at all."""

    request: HttpRequest

    def close(self) -> None:
        with suppress(OSError):
            drain(self.request)
        super().close()


def drain(request: HttpRequest) -> None:
    until, left = time.monotonic() + LONGEST_DRAIN, MOST_DRAINED
    while left > 0 and time.monotonic() < until:
        part = request.read(64 * 1024)
        if not part:
            return
        left -= len(part)


def refuse_too_heavy(get_response: GetResponse) -> GetResponse:
    """413 and a page in plain words, by the announced size alone."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        size = announced(request)
        if size <= MAX_REQUEST:
            return get_response(request)
        facts = {"size": -(-size // MEGABYTE), "most": MAX_SIZE // MEGABYTE, "sound": MAX_SOUND // MEGABYTE}
        part = "documents/too_heavy.html" + ("#refusal" if getattr(request, "htmx", False) else "")
        refusal = Refusal(render_to_string(part, facts, request), status=413)
        refusal.request = request
        return refusal

    return middleware


def announced(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
