"""How a page opens: each view says it with one of these decorators, and a test walks every URL for it.

`anyone` is listed with its reason. `signed_in` needs an account. `members` needs
a place in an establishment and, for staff, a second factor in this session.
`by_token` is asked again and again by a page already open, and checks for itself.
What a member then sees of a person follows from `visible_to`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from avec.ui.navigation import Display

from .models import Member, User
from .restore import keep

View = Callable[..., HttpResponse]
# Other methods would show a page past the checks that a GET or a POST goes through (CSRF, the journal).
METHODS = ("GET", "HEAD", "POST")


class MemberRequest(HttpRequest):
    """A request made by somebody who has a place in an establishment."""

    member: Member
    user: User
    display: Display
    htmx: HtmxDetails


def declare(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def anyone(reason: str) -> Callable[[View], View]:
    """Open without an account, for this reason."""
    assert reason
    return lambda view: declare(view, f"anyone: {reason}")


# In the path of every view that opens by token, and of no other: the middlewares let it by, asking nothing of
# the database (middleware.py). A test holds the two together.
CHECKED_BY_ITSELF = "/en-direct/"
# Where a barometer is answered: whatever is done there is no sign of life of the account that may be signed in.
OF_NOBODY = "/b/"


def by_token(reason: str) -> Callable[[View], View]:
    """Open to the holder of a signed token, made for one member in one session by a page that was theirs to open.

    The view checks the token, the session and what the member may still see: nothing did before it.
    """
    assert reason
    return lambda view: declare(view, f"by_token: {reason}")


def signed_in(view: View) -> View:
    """Needs an account, nothing more."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return declare(checked, "signed_in")


def members(*roles: str, restored: bool = True) -> Callable[[View], View]:
    """Needs a place in an establishment, with one of these roles if any are given.

    `restored=False`: whoever types here is not whose session it is. A form sent too late is then kept for nobody.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            if not request.user.is_authenticated:
                return to_sign_in(request, restored=restored)
            if request.member is None:
                # Signed in, but no place here, or the second factor is still to come.
                return redirect("accounts:second_factor")
            if roles and request.member.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        return declare(checked, "members" + (f": {', '.join(roles)}" if roles else ""))

    return decorate


def to_sign_in(request: HttpRequest, *, restored: bool = True) -> HttpResponse:
    """The sign-in page, then back here. A form sent too late is kept for its author (restore.py)."""
    target = page_of(request)
    if request.method == "POST" and not restored:
        messages.info(
            request, _("La session s’est fermée. Ce qui n’était pas enregistré est à écrire de nouveau.")
        )
    elif request.method == "POST" and keep(request, target):
        target = resolve_url("accounts:resume")
        messages.info(
            request, _("Votre session s’est fermée. Ce que vous écriviez est gardé : entrez de nouveau.")
        )
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': target})}"
    # A fragment cannot hold the sign-in page: the whole page goes there.
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return redirect(address)


def page_of(request: HttpRequest) -> str:
    """The page to come back to: this one, or for a form or a fragment the page that holds it."""
    if request.method == "GET" and not getattr(request, "htmx", False):
        return request.get_full_path()
    parts = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/")
    ours = not parts.netloc or parts.netloc == request.get_host()
    # A browser reads « /\\other » as another site: no slash of either kind leads the path.
    return urlunsplit(("", "", "/" + parts.path.lstrip("/\\"), parts.query, "")) if ours else "/"
