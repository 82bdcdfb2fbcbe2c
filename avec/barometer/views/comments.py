"""Words left with the answers: somebody of the group reads them over before the group sees them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require

from ..actions import review_comment as review
from ..journal import record_reading
from ..models import Campaign, ReviewChoice
from ..policy import may_review
from ..shown.words import words_left
from .ways import campaign_of, frame_of, once_of


def read_by_the_group(request: MemberRequest, pk: UUID) -> Campaign:
    campaign = campaign_of(request, pk)
    require(may_review(request.member, campaign))
    return campaign


@require_GET
@members()
def comments(request: MemberRequest, pk: UUID) -> HttpResponse:
    campaign = read_by_the_group(request, pk)
    record_reading("comments", campaign, by=request.member)
    found = words_left(campaign)
    context = {
        "frame": frame_of(request.member),
        "campaign": campaign,
        "waiting": [left for left in found if left.waits],
        "shown": [left for left in found if left.comment.review == ReviewChoice.SHOWN],
        "held": [left for left in found if left.comment.review == ReviewChoice.HELD],
        "once": once_of(request),
    }
    return render(request, "barometer/paper/comments.html", context)


@require_POST
@members()
def review_comment(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show, keep hidden, or take back what was chosen. Twice is as once."""
    campaign = read_by_the_group(request, pk)
    choice = request.POST.get("choice", "")
    if choice not in ReviewChoice.values:
        raise Http404
    try:
        comment = get_object_or_404(campaign.comments, pk=request.POST.get("comment", ""))
    except ValidationError as wrong:
        raise Http404 from wrong
    review(campaign, comment, ReviewChoice(choice), by=request.member)
    said = {
        ReviewChoice.SHOWN: _("Ce mot sera montré au groupe."),
        ReviewChoice.HELD: _("Ce mot reste caché."),
        ReviewChoice.WAITING: _("Ce mot est de nouveau à relire."),
    }
    messages.success(request, said[ReviewChoice(choice)])
    return redirect("barometer:comments", pk)
