"""How a group's barometer is told: cards that come back, words read over, a session, decisions.

Answers are drawn around a middle that the story tells: nobody in particular gave them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.template.defaultfilters import date as date_words
from django.utils.text import capfirst

from avec.accounts.models import Member
from avec.barometer.actions import Plan, prepare_campaign
from avec.barometer.actions.comments import review_comment
from avec.barometer.actions.decisions import follow_decision
from avec.barometer.actions.together import (
    Wording,
    attend,
    close_session,
    open_session,
    say_together,
    say_yes,
)
from avec.barometer.answering import answer
from avec.barometer.cards import card_of, give
from avec.barometer.instruments import usual_barometer
from avec.barometer.models import Campaign, Decision, DecisionState, Group, PartChoice, ReviewChoice
from avec.barometer.rules import Kind, Side
from avec.people.models import today

# How far from the middle the voices are: as many above as below, so that the middle stays where it is told.
FAR = (0, 1, -1, 0, 0, 1, -1, 0, 2, -2, 0)


# Who is in the room, side by side.
Around = Mapping[Side, Sequence[str]]


@dataclass(frozen=True)
class Voices:
    """Those who answer on one side: how many of each part, and the middle of what they rate, criterion by criterion."""

    side: Side
    parts: Mapping[PartChoice, int]
    middles: Sequence[int]
    # So many on each side of the middle say « non concerné », by number of criterion.
    apart: Mapping[int, int] | None = None

    def parts_told(self) -> list[str]:
        return [part.value for part, count in self.parts.items() for _ in range(count)]

    def ratings(self, campaign: Campaign) -> Iterator[dict[str, int | None]]:
        count, columns = len(self.parts_told()), []
        for number, middle in enumerate(self.middles, start=1):
            column = levels(middle, count, (self.apart or {}).get(number, 0))
            Random(f"{campaign.title}{self.side}{number}").shuffle(column)  # noqa: S311 (told, not secret)
            columns.append(column)
        codes = campaign.barometer.instrument.codes
        return (dict(zip(codes, row, strict=True)) for row in zip(*columns, strict=True))


def levels(middle: int, count: int, apart: int = 0) -> list[int | None]:
    """So many ratings with this median; `apart` of them, from above and from below, are « non concerné »."""
    steps = sorted((FAR[place % len(FAR)] for place in range(count)), key=abs)
    while sum(1 for step in steps if step > 0) > sum(1 for step in steps if step < 0):
        steps[next(place for place, step in enumerate(steps) if step > 0)] = 0
    kept: list[int | None] = [min(max(middle + step, 0), 4) for step in sorted(steps)]
    for place in range(apart):
        kept[place] = kept[-1 - place] = None
    return kept


def prepared(
    group: Group,
    by: Member,
    *,
    days: int,
    users: int,
    team: int,
    kind: Kind = Kind.ANONYMOUS,
    starts: int = 0,
) -> Campaign:
    """For so many days, from today or in so many days."""
    first = today() + timedelta(days=starts)
    plan = Plan(
        barometer=usual_barometer(),
        title=capfirst(date_words(first, "F Y")),
        kind=kind,
        opens_on=first,
        closes_on=first + timedelta(days=days),
        asked_users=users,
        asked_professionals=team,
    )
    return prepare_campaign(group, plan, by=by)


def answered(
    campaign: Campaign, *voices: Voices, words: Sequence[tuple[Side, str, str]] = (), code: str = ""
) -> None:
    """Everybody's card comes back. `words`: (side, criterion or "", what was left with the first cards).

    `code`: what each one's own code begins with, to follow themself.
    """
    for one in voices:
        left = [(about, said) for side, about, said in words if side == one.side]
        parts = one.parts_told()
        tokens = give(campaign, one.side, len(parts))
        rows = zip(tokens, parts, one.ratings(campaign), strict=True)
        for place, (token, part, ratings) in enumerate(rows):
            card = card_of(token)
            assert card is not None
            own = f"{code}{one.side}{place}" if code else ""
            answer(card, ratings, part=part, code=own, comments=[left.pop()] if left else ())


def reviewed(campaign: Campaign, by: Member, *hidden: str) -> None:
    """Somebody of the group reads each word over; what would tell who wrote it is kept back."""
    for comment in campaign.comments.filter(review=ReviewChoice.WAITING):
        keep = any(comment.words.startswith(words) for words in hidden)
        review_comment(campaign, comment, ReviewChoice.HELD if keep else ReviewChoice.SHOWN, by=by)


def together(
    campaign: Campaign,
    by: Member,
    there: Around,
    said: Mapping[str, Wording],
) -> None:
    """The session: who is there, then each criterion, to which everybody says yes."""
    open_session(campaign, by=by)
    for side, names in there.items():
        attend(campaign, side, names, by=by)
    for criterion, wording in said.items():
        rating = say_together(campaign, criterion, wording, version=0, by=by)
        say_yes(campaign, criterion, None, version=rating.version, by=by)
    close_session(campaign, by=by)


def notes(campaign: Campaign, levels: Sequence[int | None], **words: Wording) -> dict[str, Wording]:
    """One level a criterion, in the order of the instrument; `words`: those of which more was said."""
    codes = campaign.barometer.instrument.codes
    return {code: words.get(code) or Wording(level=level) for code, level in zip(codes, levels, strict=True)}


def follows(decision: Decision, state: DecisionState, by: Member, users: str = "", team: str = "") -> None:
    decision.refresh_from_db()
    follow_decision(
        decision,
        state=state,
        due_on=decision.due_on,
        user_outcome=users,
        professional_outcome=team,
        version=decision.version,
        by=by,
    )
