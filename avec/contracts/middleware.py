"""While a device of the team goes round for signing, its session opens this contract's room and nothing else.

Whoever holds the device is in the host's session, and could type another address. Every address is refused but
those listed here: the room, what proves that the host is the host, and the ways to stay or to leave.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, resolve
from django.utils.translation import gettext as _

from avec.accounts.middleware import BY_ITSELF
from avec.ui.middleware import wants_json

from .lending import is_host, lent_for, not_asked_any_more

BACK = "contracts:room_give_back"
ROOM = {"contracts:room", "contracts:room_choose", "contracts:room_confirm", "contracts:room_attest", BACK}
# Nothing of anybody is on these, and each asks for the host's own proof or closes the session.
ALWAYS = {
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_logout",
    "accounts:stay_signed_in",
}


def keep_to_the_room(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[Any], HttpResponse]:
    """Must come after accounts.identify_member, and before whatever reads the form."""

    def middleware(request: Any) -> HttpResponse:
        match = found(request)
        if match is not None and is_by_token(match):
            # It knows no member here, opens no session, and says only whether something moved.
            return get_response(request)
        lent = lent_for(request)
        if not lent:
            return get_response(request)
        if not is_host(request, request.member):
            return closed(request)
        if match is None or not opens(match, lent):
            return sent_back(request, lent)
        if match.view_name in ROOM - {BACK}:
            not_asked_any_more(request)
        return get_response(request)

    return middleware


def found(request: HttpRequest) -> ResolverMatch | None:
    try:
        return resolve(request.path_info)
    except Http404:
        return None


def is_by_token(match: ResolverMatch) -> bool:
    return str(getattr(match.func, "access", "")).startswith("by_token")


def opens(match: ResolverMatch, lent: str) -> bool:
    """Files of the interface, this contract's room, and what protects the host."""
    if match.view_name in ROOM:
        return str(match.kwargs["pk"]) == lent
    return match.view_name in ALWAYS


def is_page(request: Any) -> bool:
    """A page that somebody opens, and not a fragment, a file or a question that a page asks."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return bool(
        mode == "navigate"
        and not request.htmx
        and not wants_json(request)
        and BY_ITSELF not in request.headers
    )


def sent_back(request: Any, lent: str) -> HttpResponse:
    """To the cards; a part of a page left open elsewhere changes nothing of what is being chosen."""
    sentence = _("L’appareil est prêté. L’équipe le reprend avec son mot de passe.")
    if is_page(request):
        messages.warning(request, sentence)
        return redirect("contracts:room", lent)
    return refused(request, sentence)


def closed(request: Any) -> HttpResponse:
    """Who lent the device has no longer their place here: nobody can take it back, so the session ends."""
    logout(request)
    request.member = None
    sentence = _("La session s’est fermée. Entrez de nouveau.")
    if is_page(request):
        messages.info(request, sentence)
        return redirect("account_login")
    return refused(request, sentence)


def refused(request: Any, sentence: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"erreur": sentence}, status=403)
    return render(request, "contracts/room/lent.html", {"sentence": sentence}, status=403)
