"""Colours and size of the text: those of the account, or those of this browser before sign-in."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from .mine import change_display
from .models import TextSize, Theme

COOKIE = "avec_display"
COOKIE_AGE = 365 * 24 * 3600


def choice(request: Any) -> tuple[str, str]:
    """Theme and size, "" where nothing was chosen or the cookie holds something else."""
    if request.user.is_authenticated:
        return request.user.theme, request.user.text_size
    theme, _, size = request.COOKIES.get(COOKIE, "").partition("-")
    return (theme if theme in Theme.values else ""), (size if size in TextSize.values else "")


def keep_choice(request: HttpRequest, response: HttpResponse, theme: str, size: str) -> None:
    """On the account for every device; in this browser too, so that the sign-in page is readable."""
    if request.user.is_authenticated:
        change_display(request.user, theme, size)
    response.set_cookie(
        COOKIE,
        f"{theme}-{size}",
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
