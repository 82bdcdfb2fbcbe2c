"""An open page follows the table: every two seconds it asks whether something moved, for almost nothing.

The page holds a token, signed for this member, this negotiation and this very session; with it the question
costs two queries, and access is decided again each time: a mandate taken back closes the page at the next
question. When something moved, the page reads itself again (`views/table.py`) and puts in what changed.

Reading again what is already open leaves a line in the journal once an hour, not at each move: the token
remembers when the last line was written.
"""

import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, by_token
from avec.accounts.middleware import BY_ITSELF, OPENED
from avec.accounts.rules import TOTAL

from ..following import is_there, version_for

SALT = "negotiation.live"
READ_AGAIN = 3600  # seconds between two lines of the journal, for a page left open


def session_mark(request: HttpRequest) -> str:
    """What ties a token to one session, and says nothing of its key."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return salted_hmac(SALT, key, algorithm="sha256").hexdigest()[:32] if key else ""


def token_for(request: MemberRequest, pk: UUID) -> str:
    """What lets the page being drawn follow this table, for as long as this session may last."""
    until = int(request.session.get(OPENED, time.time())) + TOTAL
    return signing.dumps([str(pk), str(request.member.pk), session_mark(request), until], salt=SALT)


def held_by(request: HttpRequest, pk: UUID, token: str, max_age: int = TOTAL) -> str:
    """The key of the member this token was made for, in this session; "" when it is not good here."""
    here = session_mark(request)
    try:
        table, member, mark, until = signing.loads(token, salt=SALT, max_age=max_age)
        good = bool(here) and constant_time_compare(mark, here) and table == str(pk) and time.time() < until
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(member) if good else ""


def already_read(request: MemberRequest, pk: UUID) -> str:
    """The token of a page that reads itself again within the hour; "" when a reading is to be written."""
    token = request.headers.get(BY_ITSELF, "")
    return token if token and held_by(request, pk, token, READ_AGAIN) == str(request.member.pk) else ""


@require_GET
@by_token("asked every two seconds by a page that was open to this member, in this session")
def follow(request: HttpRequest, pk: UUID, token: str) -> HttpResponse:
    """Did something move since version `v`? 204: nothing. 403: not this token. 404: no longer open to them."""
    key = held_by(request, pk, token)
    found = is_there(key, request.COOKIES[settings.SESSION_COOKIE_NAME]) if key else None
    if found is None:
        return answer({"open": False}, 403)
    version = version_for(key, found, pk)
    if version is None:
        return answer({"open": False}, 404)
    if request.GET.get("v") == str(version):
        return quiet(HttpResponse(status=204))
    return answer({"open": True, "version": version}, 200)


def answer(facts: dict[str, Any], status: int) -> HttpResponse:
    return quiet(JsonResponse(facts, status=status))


def quiet(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
