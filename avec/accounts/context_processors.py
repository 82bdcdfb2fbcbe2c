"""What the pages show of the session (how long it lasts), and the words of the house."""

import time
from typing import Any

from django.http import HttpRequest

from .middleware import life_of
from .rules import WARNING
from .vocabulary import current


def session(request: HttpRequest) -> dict[str, Any]:
    """`session_end` for base.html, and nothing for whoever is not signed in."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    life, now = life_of(request), time.time()
    return {
        "session_end": {"left": life.left(now), "warning": WARNING, "may_stay": life.may_grow(now)},
    }


def words(request: HttpRequest) -> dict[str, Any]:
    """`vocabulary`: what this house calls the person and the partner; neutral words before sign-in."""
    return {"vocabulary": current()}
