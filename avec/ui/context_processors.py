"""The values every frame may show. See navigation.py for who sets them."""

from typing import Any

from django.http import HttpRequest

from avec.ui.navigation import Display


def page(request: HttpRequest) -> dict[str, Any]:
    """Menu, place, account and display choices, empty until a later room sets them."""
    return {
        "navigation": getattr(request, "navigation", []),
        "place": getattr(request, "place", None),
        "account": getattr(request, "account", None),
        "display": getattr(request, "display", None) or Display(),
    }
