"""The cast, and the way in as one of them."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from avec.accounts.access import anyone
from avec.accounts.middleware import DEMO_ENTRY

from .cast import PASSWORD
from .checks import demo_allowed
from .entry import account_for, cards


@anyone("the demonstration introduces its cast of invented people")
@require_safe
@never_cache
def cast(request: HttpRequest) -> HttpResponse:
    if not demo_allowed():
        raise Http404
    return render(request, "demo/cast.html", {"groups": cards(), "password": PASSWORD})


@anyone("the demonstration lets in without a password, among invented people only")
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Leave whoever was signed in, entirely, and come in as somebody of the cast."""
    user = account_for(request.POST.get("qui", "")) if demo_allowed() else None
    if user is None:
        raise Http404
    logout(request)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[DEMO_ENTRY] = True
    return redirect("/")
