from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template

from avec.ui.gallery import sample


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose session has changed. The technical reason would help nobody on this page."""
    template = "ui/csrf_fragment.html" if getattr(request, "htmx", False) else "ui/csrf.html"
    return render(request, template, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The exception may name what it looked for: it stays out of the page."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """No context, no session, no query: whatever broke may still be broken."""
    return HttpResponseServerError(get_template("500.html").render())


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented words: for those who build the pages."""
    return render(request, "ui/gallery.html", sample())


def credits_page(request: HttpRequest) -> HttpResponse:
    """Whose drawings, letters and programs these pages use, and under which licence."""
    return render(request, "ui/credits.html", {"shown": ["garden", "coffee", "music", "daughter"]})
