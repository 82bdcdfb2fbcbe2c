import time
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from .. import restore
from ..access import MemberRequest, anyone, signed_in
from ..middleware import SEEN, life_of
from .own import safe_next


@anyone("says only how long this session still lasts, or that it is over")
def stay_signed_in(request: MemberRequest) -> HttpResponse:
    """A GET asks what is left and changes nothing; a POST is the sign of life."""
    if not request.user.is_authenticated:
        return JsonResponse({"left": 0})
    if request.method == "POST":
        request.session[SEEN] = time.time()
        if request.headers.get("Accept") != "application/json":
            return redirect(safe_next(request, "/"))
    return JsonResponse({"left": life_of(request).left(time.time())})


@signed_in
def resume(request: MemberRequest) -> HttpResponse:
    """What was being sent when the session ended: read it again, send it, or let it go."""
    found = restore.kept(request)
    if found is None:
        return redirect("home:index")
    if request.method == "POST":
        restore.drop(request)
        return redirect(found["page"])
    return render(request, "accounts/resume.html", {"kept": found, "fields": shown(found["fields"])})


def shown(fields: list[list[str]]) -> list[dict[str, Any]]:
    """Words somebody typed can be read and mended; choices and keys of the form go along unseen."""
    return [
        {"name": name, "value": value, "words": len(value) > 40 or " " in value.strip()}
        for name, value in fields
    ]


def too_many(request: HttpRequest) -> HttpResponse:
    """Too many tries from the same place or on the same account."""
    response = render(request, "accounts/too_many.html", status=429)
    response.headers["Retry-After"] = "300"
    return response
