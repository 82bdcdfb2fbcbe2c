"""How pages look and read for somebody: kept with the account, or in this browser before sign-in."""

from dataclasses import astuple, dataclass, fields
from typing import Any

from django.http import HttpRequest, HttpResponse

from .mine import DISPLAY, change_display

COOKIE = "avec_display"
COOKIE_AGE = 365 * 24 * 3600


@dataclass(frozen=True)
class Look:
    """What was chosen in « Affichage », by the names and in the order of mine.DISPLAY; "" where nothing was."""

    theme: str = ""
    text_size: str = ""
    contrast: str = ""
    spacing: str = ""
    reading: str = ""
    speech: str = ""


def choice(request: Any) -> Look:
    """What applies to this request. A cookie may hold anything: only what exists is taken from it."""
    if request.user.is_authenticated:
        return Look(**{field.name: getattr(request.user, field.name) for field in fields(Look)})
    kept = request.COOKIES.get(COOKIE, "").split("-")
    return Look(
        *(
            value if value in known.values else ""
            for value, known in zip(kept, DISPLAY.values(), strict=False)
        )
    )


def keep_choice(request: HttpRequest, response: HttpResponse, look: Look) -> None:
    """On the account for every device; in this browser too, so that the sign-in page is readable."""
    if request.user.is_authenticated:
        change_display(request.user, **{field.name: getattr(look, field.name) for field in fields(look)})
    response.set_cookie(
        COOKIE,
        "-".join(astuple(look)),
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
