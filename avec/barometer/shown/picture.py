"""The picture of a campaign: the one way from what was counted to a page, a chart, a table, a file, a history.

`picture_of` asks the rules of protection, for an audience (inside the house, outside) and perhaps one part of each
side; whoever draws or writes takes the picture and nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..models import Campaign, CampaignState, JointRating, ReviewChoice
from ..policy import floor_for
from ..rules import (
    Instrument,
    Joint,
    Row,
    Side,
    SideSeen,
    both_low,
    comments_shown,
    seen,
    to_talk_about,
)


class NotSettled(ValueError):
    """The answers are sealed: there is nothing to see yet."""


@dataclass(frozen=True)
class Said:
    """Words of the joint session about one criterion."""

    words: str = ""
    user: str = ""
    professional: str = ""


@dataclass(frozen=True)
class Picture:
    """Everything that may be shown, and nothing that may not."""

    campaign: Campaign
    instrument: Instrument
    floor: int
    user: SideSeen
    professional: SideSeen
    rows: list[Row]
    part: str = ""
    said: Mapping[str, Said] = field(default_factory=dict)
    # Read over and above the floor, by side, then by criterion ("" for the whole): no order of arrival.
    comments: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    followed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def to_talk_about(self) -> list[Row]:
        return to_talk_about(self.rows)

    @property
    def both_low(self) -> list[Row]:
        return both_low(self.rows)

    def side(self, side: Side) -> SideSeen:
        return self.user if side == Side.USER else self.professional


def joint_of(rating: JointRating) -> Joint:
    return Joint(rating.level, rating.user_level, rating.professional_level)


def picture_of(
    campaign: Campaign,
    *,
    outside: bool = False,
    part: str = "",
    words: bool = False,
    ratings: Iterable[JointRating] | None = None,
) -> Picture:
    """What this audience may see of a settled campaign, in at most three queries. Raises NotSettled.

    `outside`: for who is not of the house (10 a side). `part`: one part of its own side, the other side whole.
    `words`: comments and words of the session too, for the members of the group only (policy.may_read_words).
    `ratings`: what was rated together, where many campaigns were read at once (shown/many.py).
    """
    if campaign.state != CampaignState.SETTLED:
        raise NotSettled
    floor = floor_for(campaign, outside=outside)
    data = campaign.figures.data
    instrument = campaign.barometer.instrument
    sides = {
        side: seen(
            data["sides"][side.value], floor, part if part in data["sides"][side.value]["parts"] else ""
        )
        for side in Side
    }
    if part and not any(part in data["sides"][side.value]["parts"] for side in Side):
        # A part that is hidden, or unknown: the same answer as for one that may not be shown.
        sides = {side: SideSeen() for side in Side}
    if ratings is None:
        ratings = JointRating.objects.filter(session_id=campaign.pk)
    confirmed = {rating.criterion: rating for rating in ratings if rating.confirmed_at is not None}
    rows = [
        Row(
            criterion=criterion,
            user=sides[Side.USER].criteria.get(criterion.code),
            professional=sides[Side.PROFESSIONAL].criteria.get(criterion.code),
            joint=joint_of(confirmed[criterion.code]) if criterion.code in confirmed else None,
        )
        for criterion in instrument.criteria
    ]
    with_words = words and not outside
    return Picture(
        campaign=campaign,
        instrument=instrument,
        floor=floor,
        user=sides[Side.USER],
        professional=sides[Side.PROFESSIONAL],
        rows=rows,
        part=part,
        said={
            code: Said(one.words, one.user_words, one.professional_words) for code, one in confirmed.items()
        }
        if with_words
        else {},
        comments=_comments(campaign, floor, sides) if with_words and not part else {},
        # How the same people moved is said inside only: with the whole of each side, as it was counted.
        followed={} if outside or part else data.get("followed") or {},
    )


def _comments(
    campaign: Campaign, floor: int, sides: Mapping[Side, SideSeen]
) -> dict[str, dict[str, tuple[str, ...]]]:
    kept: dict[str, dict[str, list[str]]] = {side.value: {} for side in Side}
    for comment in campaign.comments.filter(review=ReviewChoice.SHOWN):
        # Where too few rated a criterion, words about it are shown without saying what they are about.
        about = comment.criterion if comment.criterion in sides[Side(comment.side)].criteria else ""
        kept[comment.side].setdefault(about, []).append(comment.words)
    return {
        side: {
            about: comments_shown(found, sides[Side(side)].answers or 0, floor)
            for about, found in by_criterion.items()
        }
        for side, by_criterion in kept.items()
    }
