"""Bare 403 and 404 answers become one of our pages, that says nothing of what exists; what a page may ask of a device."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

# base.html carries this: a page of ours is left as it is.
OURS = b'<meta name="application-name" content="Avec"'
GetResponse = Callable[[HttpRequest], HttpResponseBase]


# A voice may be recorded here; nothing else of the device is used.
DEVICES = "microphone=(self), camera=(), geolocation=(), display-capture=(), payment=(), usb=()"


def device_limits(get_response: GetResponse) -> GetResponse:
    """What the browser may lend to our pages, and to no other site within them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", DEVICES)
        return response

    return middleware


def plain_pages(get_response: GetResponse) -> GetResponse:
    """Dress Django's own answers, its DEBUG page included: it shows paths and views. Never touches a 500."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code in {403, 404} and isinstance(response, HttpResponse):
            dress(request, response)
        return response

    return middleware


def dress(request: HttpRequest, response: HttpResponse) -> None:
    """Give the answer our words, in the shape that was asked for; status and cookies stay."""
    if not response.headers.get("Content-Type", "").startswith(("text/html", "text/plain")):
        return
    ours = OURS in response.content
    if wants_json(request):
        rewrite(response, '{"erreur": "introuvable ou fermé"}', "application/json")
    elif getattr(request, "htmx", False):
        if ours or bare(response.content):
            rewrite(response, render_to_string("ui/closed_fragment.html"))
    elif not ours and bare(response.content):
        rewrite(response, render_to_string("ui/404.html", request=request))


def bare(content: bytes) -> bool:
    """Nothing, plain words, or a whole page: not a fragment of ours."""
    start = content.lstrip()[:15].lower()
    return not start.startswith(b"<") or start.startswith((b"<!doctype", b"<html", b"<h1>"))


def wants_json(request: HttpRequest) -> bool:
    return "json" in request.headers.get("Accept", "").split(",")[0]


def rewrite(response: HttpResponse, content: str, content_type: str = "text/html; charset=utf-8") -> None:
    response.content = content.encode()
    response.headers["Content-Type"] = content_type
    response.headers.pop("Content-Length", None)
