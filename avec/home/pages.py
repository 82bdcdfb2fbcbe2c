"""The first page, and the pages that anybody may read."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from avec.accounts.access import anyone, members
from avec.accounts.models import Role

CARE = {Role.PROFESSIONAL.value, Role.TRAINEE.value}
LAY = {Role.PERSON.value, Role.RELATIVE.value}


@anyone("the way in: it leads each member to their own page")
def index(request: HttpRequest) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    if member is None:
        return redirect("demo:cast" if settings.AVEC_DEMO else "account_login")
    return redirect(
        "home:own" if member.role in LAY else "home:day" if member.role in CARE else "home:figures"
    )


@anyone("help is for whoever cannot come in, too")
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "home/help.html")


@anyone("the accessibility declaration is public by law")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/help.html")


@anyone("what is kept and who reads it is public")
def data(request: HttpRequest) -> HttpResponse:
    return render(request, "home/help.html")


@anyone("the legal notice is public by law")
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "home/help.html")


@members()
def record(request: HttpRequest, pk: UUID) -> HttpResponse:
    raise Http404


@members()
def thread(request: HttpRequest, pk: UUID) -> HttpResponse:
    raise Http404
