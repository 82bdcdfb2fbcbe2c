"""The way back to the cast, on every page of the demonstration."""

from django.http import HttpRequest
from django.urls import reverse

from .checks import demo_is_on


def demo(request: HttpRequest) -> dict[str, str]:
    return {"demo_cast_url": reverse("demo:cast") if demo_is_on() else ""}
