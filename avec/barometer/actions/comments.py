"""Words left with an answer are read over by the group before anybody sees them. Nobody rewrites them."""

from django.db import transaction

from avec.accounts.models import Member
from avec.accounts.policy import require

from ..journal import record
from ..models import Campaign, Comment, ReviewChoice
from ..policy import may_review
from .course import held


@transaction.atomic
def review_comment(campaign: Campaign, comment: Comment, choice: ReviewChoice, *, by: Member) -> Comment:
    """Show it, keep it hidden, or put it back among those to read. The journal says which was done, not the words."""
    campaign = held(campaign)
    require(may_review(by, campaign))
    comment = campaign.comments.select_for_update().get(pk=comment.pk)
    if comment.review != choice:
        comment.review = choice
        comment.reviewed_by = None if choice == ReviewChoice.WAITING else by
        comment.save(update_fields=["review", "reviewed_by"])
        record("comment.reviewed", campaign, by=by, choice=choice.value)
    return comment
