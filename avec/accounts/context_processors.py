"""What the frames show of the session: how long it lasts, for the warning before it ends."""

import time
from typing import Any

from django.http import HttpRequest

from .middleware import life_of
from .rules import WARNING


def session(request: HttpRequest) -> dict[str, Any]:
    """`session_end` for base.html, and nothing for whoever is not signed in."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    life, now = life_of(request), time.time()
    return {
        "session_end": {"left": life.left(now), "warning": WARNING, "may_stay": life.may_grow(now)},
    }
