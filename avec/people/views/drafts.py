from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from avec.accounts.access import MemberRequest, members
from avec.ui.words import time_words

from ..drafts import DraftRefused, already_sent, forget_draft, save_draft


@require_POST
@members()
def draft(request: MemberRequest) -> HttpResponse:
    """Keep what is being written, or start again from nothing. Only ever one's own."""
    key = request.POST.get("draft_key", "")
    if "fresh" in request.POST:
        forget_draft(request.member, key)
        back = request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
        return redirect(back if safe else "/")
    if already_sent(request):  # it was on its way when the form itself arrived
        return HttpResponse(status=204)
    try:
        saved = save_draft(request.member, key, request.POST)
    except DraftRefused:
        return HttpResponseBadRequest(_("Ce brouillon n’a pas pu être gardé."))
    return render(request, "people/draft_saved.html", {"at": time_words(timezone.localtime(saved.saved_at))})
