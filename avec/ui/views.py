from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from avec.ui.gallery import sample


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose session has changed. The technical reason would help nobody on this page."""
    template = "ui/csrf_fragment.html" if getattr(request, "htmx", False) else "ui/csrf.html"
    return render(request, template, status=403)


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented words: for those who build the pages."""
    return render(request, "ui/gallery.html", sample())
