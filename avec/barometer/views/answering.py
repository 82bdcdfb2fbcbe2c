"""What a card opens: the questions, without an account. Nobody signs in here, no session, nothing in the journal.

These pages hold no cookie of the site's: the card in the address is the whole right to answer, once. That is also why
a form needs no token against forgery: there is no standing right in the browser that another site could borrow.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from allauth.core import ratelimit
from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from avec.accounts.access import OF_NOBODY, anyone
from avec.accounts.vocabulary import speaking

from ..answering import WORDS, AnswerRefused, Fate, answer, read_answer
from ..asked import asked_of, told
from ..cards import NoCardLeft, card_of, tidy
from ..models import Campaign, CampaignState, Invitation
from ..room import RoomClosed, cookie_of, cookie_secure, draw_card, room_by_code
from ..rules import Phase, Side

View = Callable[..., HttpResponse]
A_MONTH = 31 * 24 * 3600


def quiet(view: View) -> View:
    """Kept by nobody on the way: no copy, no search engine, no address given to another site."""

    @wraps(view)
    def kept_quiet(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return kept_quiet


@csrf_exempt
@gzip_page
@require_http_methods(["GET", "POST"])
@quiet
@anyone("a card is asked for here: nothing of anybody is shown")
def typed(request: HttpRequest) -> HttpResponse:
    """Type the code of a card, or the one of the shared screen."""
    if request.method == "GET":
        return render(request, "barometer/answer/typed.html", {})
    words = request.POST.get("code", "")[:60]
    if too_many(request):
        return render(request, "barometer/answer/typed.html", {"words": words, "wait": True}, status=429)
    if card_of(words) is not None:
        return redirect("barometer_card:card", tidy(words))
    if room_by_code(words) is not None:
        return redirect("barometer_card:room", tidy(words))
    count_wrong(request)
    return render(request, "barometer/answer/typed.html", {"words": words, "wrong": True}, status=422)


def whose(request: HttpRequest) -> str:
    """Whoever types wrong codes, without their address: an imprint of it, of the day."""
    day = timezone.localdate().isoformat()
    return salted_hmac("barometer.typed", f"{day}:{get_client_ip(request)}", algorithm="sha256").hexdigest()


def too_many(request: HttpRequest) -> bool:
    return not ratelimit.consume(request, action="card_typed", key=whose(request), dry_run=True)


def count_wrong(request: HttpRequest) -> None:
    ratelimit.consume(request, action="card_typed", key=whose(request))


@contextmanager
def speaking_as(campaign: Campaign) -> Iterator[None]:
    """In the hours and the words of the campaign's house: nobody has to be signed in for that."""
    house = campaign.group.establishment
    with timezone.override(ZoneInfo(house.time_zone)), speaking(house.words):
        yield


@csrf_exempt
@gzip_page
@require_http_methods(["GET", "POST"])
@quiet
@anyone("the card is the right to answer, once; nobody knows who holds it")
def card(request: HttpRequest, token: str) -> HttpResponse:
    """Read the questions, answer, send. Another try with the same card writes nothing."""
    found = card_of(token)
    if found is None:
        return render(request, "barometer/answer/unknown.html", {}, status=404)
    with speaking_as(found.campaign):
        closed = why_closed(found)
        if closed:
            # Told so, whatever came with it.
            return over(request, found, closed)
        return receive(request, found) if request.method == "POST" else ask(request, found)


def why_closed(found: Invitation) -> Fate | None:
    """Why this card opens no question now, or None."""
    campaign, now = found.campaign, timezone.now()
    if found.used:
        return Fate.ALREADY
    if campaign.state == CampaignState.DRAFT or campaign.course.is_waiting(now):
        return Fate.WAITING
    return None if campaign.course.takes_phones(now) else Fate.CLOSED


def receive(request: HttpRequest, found: Invitation) -> HttpResponse:
    given = request.POST
    chosen = {key.removeprefix("c-"): value for key, value in given.items() if key.startswith("c-")}
    comments = [
        (key.removeprefix("w-"), str(words).replace("\r\n", "\n").replace("\x00", ""))
        for key, words in given.items()
        if key.startswith("w-")
    ]
    try:
        ratings = read_answer(found.campaign, chosen)
        fate = answer(
            found, ratings, part=given.get("part", ""), code=given.get("code", "")[:200], comments=comments
        )
    except AnswerRefused as refused:
        return ask(request, found, given=given, refused=str(refused))
    return over(request, found, fate)


def ask(request: HttpRequest, found: Invitation, *, given: Any = None, refused: str = "") -> HttpResponse:
    late = found.campaign.course.phase(timezone.now()) == Phase.GRACE
    context = {**asked_of(found, given or {}), "refused": refused, "late": late, "most": WORDS}
    return render(request, "barometer/answer/card.html", context, status=422 if refused else 200)


def over(request: HttpRequest, found: Invitation, fate: Fate) -> HttpResponse:
    """What became of it, in words."""
    context = {"fate": fate.value, **told(found.campaign, Side(found.side))}
    return render(request, "barometer/answer/over.html", context)


@csrf_exempt
@gzip_page
@require_http_methods(["GET", "POST"])
@quiet
@anyone("the shared screen's code gives a card of its side, while some are left")
def room(request: HttpRequest, token: str) -> HttpResponse:
    """From the shared screen: take a card with this phone, or find again the one it took."""
    found = room_by_code(token)
    if found is None:
        return render(request, "barometer/answer/unknown.html", {}, status=404)
    with speaking_as(found[0]):
        return take(request, *found)


def take(request: HttpRequest, campaign: Campaign, side: Side) -> HttpResponse:
    kept = own_card(request, campaign)
    if kept and not kept[1].used and kept[1].side == side.value:
        return redirect("barometer_card:card", kept[0])
    context = {**told(campaign, side), "again": bool(kept), "once": request.POST.get("once") or str(uuid4())}
    if request.method == "GET":
        return render(request, "barometer/answer/room.html", context)
    try:
        drawn = draw_card(campaign, side, context["once"][:60])
    except NoCardLeft:
        return render(request, "barometer/answer/room.html", {**context, "none_left": True}, status=422)
    except RoomClosed:
        return render(request, "barometer/answer/room.html", {**context, "closed": True}, status=422)
    response = redirect("barometer_card:card", drawn)
    response.set_cookie(
        cookie_of(campaign),
        drawn,
        max_age=A_MONTH,
        path=OF_NOBODY,
        httponly=True,
        secure=cookie_secure(),
        samesite="Lax",
    )
    return response


def own_card(request: HttpRequest, campaign: Campaign) -> tuple[str, Invitation] | None:
    """The card this phone took for this campaign, if it did."""
    kept = request.COOKIES.get(cookie_of(campaign), "")
    found = card_of(kept)
    return (tidy(kept), found) if found is not None and found.campaign_id == campaign.pk else None
