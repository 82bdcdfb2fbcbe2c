"""« Faire avec » and its history: how many activities are done by or with the person, then and now.

It describes the plan. It is never counted by professional, and is nobody's score.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.people.models import today
from avec.ui.words import MONTHS, SHORT_MONTHS

from .doers import LIVE
from .models import Activity, ActivityKind, CarePlan, ParticipationChange
from .rules import Counted, count_participation
from .rules.balance import Change, OnDay, participation_over_time
from .rules.drawing import Bar, month_bars

MONTHS_DRAWN = 12
EARLIER_SAID = 3
# Beyond that, marks are no longer counted at a glance.
MARKS = 20
SHARES = ("by", "with", "presence", "for")


@dataclass(frozen=True)
class Together:
    """The figure of today, its marks, and what it was before."""

    counted: Counted
    history: list[OnDay]

    @property
    def total(self) -> int:
        return self.counted.total + self.counted.unsaid

    @property
    def shares(self) -> list[tuple[str, int]]:
        counts = (self.counted.by, self.counted.with_, self.counted.presence, self.counted.for_)
        return [(how, count) for how, count in zip(SHARES, counts, strict=True) if count]

    @property
    def marks(self) -> list[str]:
        marks = [how for how, count in self.shares for _n in range(count)]
        return marks if len(marks) <= MARKS else []

    @property
    def before(self) -> str:
        """« Avant : 4 sur 8 en novembre 2025, 5 sur 9 en mai 2026. », the latest changes of the figure."""
        told = []
        seen = (self.counted.together, self.total)
        for month in reversed(self.history[:-1]):
            figure = (month.counted.together, month.counted.total + month.counted.unsaid)
            if figure != seen and figure[1]:
                told.append(
                    _("%(together)s sur %(total)s en %(month)s")
                    % {"together": figure[0], "total": figure[1], "month": month_words(month.day)}
                )
                seen = figure
        if not told:
            return ""
        return _("Avant : %s.") % ", ".join(reversed(told[:EARLIER_SAID]))

    @property
    def rows(self) -> list[tuple[str, Counted]]:
        """Each month with its figure, the latest first."""
        return [(month_words(month.day), month.counted) for month in reversed(self.history)]

    @property
    def bars(self) -> list[Bar]:
        drawn = self.history[-MONTHS_DRAWN:]
        return month_bars(
            [
                (
                    SHORT_MONTHS[month.day.month - 1],
                    month.counted.total + month.counted.unsaid,
                    month.counted.together,
                )
                for month in drawn
            ]
            if len(drawn) > 1
            else []
        )


def month_words(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def changes_of(member: Member, plan: CarePlan) -> list[ParticipationChange]:
    """Every change of the activities of a plan that this member reads. One query."""
    readable = Activity.objects.visible_to(member).filter(plan=plan, kind=ActivityKind.ACTION.value)
    return list(ParticipationChange.objects.filter(activity__in=readable))


def together_of(activities: Iterable[Activity], changes: Iterable[ParticipationChange]) -> Together:
    """The figure today and at the end of each month since the first activity.

    `activities`: all those of the plan that the member reads, ended ones included. One that has no
    history (received from elsewhere) is known as it is since it was written.
    """
    actions = [activity for activity in activities if activity.kind == ActivityKind.ACTION.value]
    known = {activity.pk for activity in actions}
    told: list[Change] = []
    met = set()
    for change in changes:
        if change.activity_id in known:
            met.add(change.activity_id)
            told.append(
                Change(
                    str(change.activity_id),
                    timezone.localtime(change.at),
                    change.participation,
                    ended=not change.counts,
                )
            )
    for activity in actions:
        if activity.pk not in met and activity.status in LIVE:
            told.append(
                Change(str(activity.pk), timezone.localtime(activity.written_at), activity.participation)
            )
    now = count_participation(activity.participation for activity in actions if activity.status in LIVE)
    first = min((change.at.date() for change in told), default=today())
    return Together(now, participation_over_time(told, month_ends(first, today())))


def month_ends(first: date, last: date) -> Sequence[date]:
    """The last day of each month from `first` to `last`; today for the month that is not over."""
    days = []
    day = first
    while day < last:
        end = day.replace(day=monthrange(day.year, day.month)[1])
        days.append(min(end, last))
        day = end + timedelta(days=1)
    return days or [last]
