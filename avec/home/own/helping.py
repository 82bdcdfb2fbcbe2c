"""Who helps me with what: who, when in words, and my part. By moments of the day; and what is for today."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.access import MemberRequest
from avec.careplan.models import Activity, Goal, Performer
from avec.careplan.rules.doing import performers_in_words
from avec.careplan.rules.rhythm import (
    Every,
    Moment,
    Occurrence,
    Part,
    Rhythm,
    RhythmRefused,
    Weekday,
    occurrences,
    parse,
)
from avec.careplan.rules.rhythm.shape import hour_of
from avec.careplan.rules.rhythm.words import hour
from avec.people.models import today

from .aims import OPEN
from .space import Space, own_space

# When each part of the day begins, and how a group of it is headed.
PARTS: tuple[tuple[Part, time, str | Promise], ...] = (
    (Part.MORNING, time(5), gettext_lazy("Le matin")),
    (Part.NOON, time(11, 30), gettext_lazy("À midi")),
    (Part.AFTERNOON, time(14), gettext_lazy("L’après-midi")),
    (Part.EVENING, time(18), gettext_lazy("Le soir")),
    (Part.NIGHT, time(21), gettext_lazy("La nuit")),
)
OTHER_TIMES = gettext_lazy("À un autre moment")
# A rhythm with a step, or a number of times, is counted from its first day: as far as that.
MANY = 4000


@dataclass(frozen=True)
class Help:
    """One activity: what, who does it, when, where, and how much of the person there is in it."""

    activity: Activity
    who: str
    part: str
    rhythm: Rhythm | None

    @property
    def moments(self) -> tuple[Moment, ...]:
        return self.rhythm.times if self.rhythm else ()

    def on(self, day: date) -> list[Occurrence]:
        """Its times that day; none when its rhythm was only said in words."""
        begins, ends = local(self.activity.starts_at), local(self.activity.ends_at)
        if self.rhythm is None or (begins and begins > day) or (ends and ends < day):
            return []
        counted = self.rhythm.interval > 1 or self.rhythm.count
        start = (begins or timezone.localdate(self.activity.written_at)) if counted else day
        return [one for one in occurrences(self.rhythm, min(start, day), day, MANY) if one.day == day]


@dataclass(frozen=True)
class Today:
    """Something of today: when (« 10 h », « le matin », or nothing said), and what."""

    at: Moment | None
    help: Help

    @property
    def when(self) -> str:
        if self.at is None:
            return _("Dans la journée")
        if isinstance(self.at, Part):
            return next(str(words) for part, _from, words in PARTS if part == self.at)
        return _("À %s") % hour(self.at)


def local(moment: object) -> date | None:
    return timezone.localdate(moment) if moment else None  # type: ignore[arg-type]


def activities_of(space: Space) -> QuerySet[Activity]:
    found = Activity.objects.visible_to(space.member).live().filter(person=space.person)
    found = found.filter(plan__step__in=OPEN).select_related("owner")
    return found.prefetch_related("performers__relative", "performers__member")


def helps_of(space: Space, goals: Iterable[Goal] | None = None) -> list[Help]:
    """What is done in the plan that is open, or for these goals; three queries, however many."""
    found = activities_of(space).order_by("written_at")
    if goals is not None:
        found = found.filter(goals__in=list(goals)).distinct()
    return [Help(one, who_does(one, space), part_in(one, space), rhythm_of(one)) for one in found]


def rhythm_of(activity: Activity) -> Rhythm | None:
    """Its rule; else what its words plainly say."""
    if not activity.recurrence:
        return rhythm_said(activity.rhythm)
    try:
        return parse(activity.recurrence)
    except RhythmRefused:
        return None


DAYS = {"lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6}
MOMENTS = {
    "jour": None,
    "matin": Part.MORNING,
    "midi": Part.NOON,
    "après-midi": Part.AFTERNOON,
    "soir": Part.EVENING,
    "nuit": Part.NIGHT,
}
EVERY_DAY = re.compile(rf"(?:chaque|tous les|toutes les) ({'|'.join(MOMENTS)})s?")
A_DAY = rf"(?:le |chaque )?(?:{'|'.join(DAYS)})"
SOME_DAYS = re.compile(rf"{A_DAY}(?:(?:,| et) {A_DAY})*")


def rhythm_said(words: str) -> Rhythm | None:
    """« chaque matin », « le mardi et le jeudi »: whole, and nothing else. What says more is not guessed."""
    said = words.strip().lower().rstrip(".")
    if found := EVERY_DAY.fullmatch(said):
        part = MOMENTS[found[1]]
        return Rhythm(every=Every.DAY, times=(part,) if part else ())
    if SOME_DAYS.fullmatch(said):
        days = sorted({DAYS[day] for day in re.findall("|".join(DAYS), said)})
        return Rhythm(every=Every.WEEK, days=tuple(Weekday(day) for day in days))
    return None


def who_does(activity: Activity, space: Space) -> str:
    """« Malik et moi »: those who do it, the person last."""
    others = [named(one) for one in activity.performers.all() if one.kind != "person"]
    mine = any(one.kind == "person" for one in activity.performers.all())
    me = _("moi") if space.is_self else space.person.called
    names = [*filter(None, others), *([me] if mine else [])]
    owner = activity.owner
    words = performers_in_words(names) if names else activity.performer
    words = words or (owner.given_name or owner.name if owner else "")
    return words[:1].upper() + words[1:]


MY_PART: dict[str, str | Promise] = {
    "by": gettext_lazy("C’est moi qui le fais."),
    "with": gettext_lazy("Nous le faisons ensemble."),
    "presence": gettext_lazy("Je suis là."),
    "for": gettext_lazy("C’est fait pour moi."),
}
THEIR_PART: dict[str, str | Promise] = {
    "by": gettext_lazy("%s le fait."),
    "with": gettext_lazy("%s le fait aussi."),
    "presence": gettext_lazy("%s est là."),
    "for": gettext_lazy("C’est fait pour %s."),
}


def part_in(activity: Activity, space: Space) -> str:
    """How much of the person there is in it, in a short sentence; "" when nobody said."""
    if space.is_self or not activity.participation:
        return str(MY_PART.get(activity.participation, ""))
    return str(THEIR_PART[activity.participation]) % space.person.called


def named(performer: Performer) -> str:
    if performer.relative is not None:
        return performer.relative.given_name or performer.relative.name
    if performer.member is not None:
        return performer.member.given_name or performer.member.name
    return performer.words


def of_today(helps: Iterable[Help]) -> list[Today]:
    """What is for today, in the order of the day; what has no hour comes last."""
    found = [Today(one.at, help) for help in helps for one in help.on(today())]
    return sorted(found, key=lambda one: (one.at is None, hour_of(one.at) if one.at else time()))


def part_of(moment: Moment) -> Part:
    """The part of the day of an hour; before dawn is still the night."""
    if isinstance(moment, Part):
        return moment
    return next((part for part, begins, _words in reversed(PARTS) if moment >= begins), Part.NIGHT)


def by_moment(helps: Iterable[Help]) -> list[tuple[str, list[Help]]]:
    """By moment of the day; something done morning and evening is under both."""
    helps = list(helps)
    groups = [
        (str(words), [help for help in helps if part in {part_of(at) for at in help.moments}])
        for part, _begins, words in PARTS
    ]
    groups.append((str(OTHER_TIMES), [help for help in helps if not help.moments]))
    return [(words, found) for words, found in groups if found]


@own_space("own_help")
def own_help(request: MemberRequest, space: Space) -> HttpResponse:
    """Who helps me: today first, then by moment of the day."""
    helps = helps_of(space)
    context = {"space": space, "today": of_today(helps), "groups": by_moment(helps), "helps": helps}
    return render(request, "home/own_help.html", context)
