"""The words left with the answers of a campaign, for those of the group who read them over.

Only once counted, of a side above the floor, in an order that says nothing of who or when.
"""

from dataclasses import dataclass

from ..models import Campaign, CampaignState, Comment, ReviewChoice
from ..policy import floor_for
from ..rules import Criterion, Side
from ..said import VOICES
from .picture import NotSettled


@dataclass(frozen=True)
class Left:
    """One comment: its side, what it is about if that is said, where its review is."""

    comment: Comment
    side: Side
    about: Criterion | None

    @property
    def voice(self) -> str:
        return VOICES[self.side]

    @property
    def waits(self) -> bool:
        return self.comment.review == ReviewChoice.WAITING


def words_left(campaign: Campaign) -> list[Left]:
    """Those to read first, then the others; users, then professionals. One query. Raises NotSettled."""
    if campaign.state != CampaignState.SETTLED:
        raise NotSettled
    floor, sides = floor_for(campaign), campaign.figures.data["sides"]
    open_sides = [
        side for side in (Side.USER, Side.PROFESSIONAL) if (sides[side.value]["answers"] or 0) >= floor
    ]
    criteria = {one.code: one for one in campaign.barometer.instrument.criteria}
    found = [
        Left(comment, Side(comment.side), criteria.get(comment.criterion))
        for comment in campaign.comments.filter(side__in=[side.value for side in open_sides])
    ]
    # By side and by what is written: an order of arrival would say when, and with what else.
    return sorted(
        found,
        key=lambda left: (
            left.side != Side.USER,
            left.about.number if left.about else 0,
            len(left.comment.words),
            left.comment.words,
        ),
    )
