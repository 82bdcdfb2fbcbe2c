"""The only pages of this room, and a few that fail on purpose."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import render
from django.urls import include, path


def hidden(request: HttpRequest) -> HttpResponse:
    raise Http404("Odette Marcillac")


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Odette Marcillac")


def bare(request: HttpRequest) -> HttpResponse:
    response = HttpResponseForbidden("Odette Marcillac")
    response.set_cookie("kept", "yes")
    return response


def ours(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/csrf.html", status=404)


def fragment(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>Ce dossier est fermé.</p>", status=403)


def data(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"issue": "not-found"}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


urlpatterns = [
    path("", include("avec.ui.urls")),
    *[path(f"{view.__name__}/", view) for view in (hidden, refused, bare, ours, fragment, data, broken)],
]

handler404 = "avec.ui.views.not_found"
handler500 = "avec.ui.views.server_error"
