"""Who does an activity and since when: the parts that every action on an activity shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.models import Person, RelatedPerson, today
from avec.ui.words import date_long

from .models import Activity, ActivityStatus, ParticipationChange, Performer, PerformerKind
from .rules.doing import end_before_start, performers_in_words

# The states in which an activity counts in « faire avec ».
LIVE = frozenset({ActivityStatus.PREPARING.value, ActivityStatus.ACTIVE.value})


class ActivityRefused(ValueError):
    """Dates out of order, or an end that already came. The message is for the screen."""


@dataclass(frozen=True)
class Doer:
    """Somebody who does the activity: the person, somebody of the circle, of the team, a job, a partner."""

    kind: str
    relative: RelatedPerson | None = None
    member: Member | None = None
    words: str = ""

    def named(self, person: Person) -> str:
        if self.kind == PerformerKind.PERSON.value:
            return person.called
        if self.relative is not None:
            return self.relative.name
        return self.member.name if self.member is not None else self.words


def in_words(doers: Sequence[Doer], person: Person) -> str:
    return performers_in_words([doer.named(person) for doer in doers])


def write_doers(activity: Activity, doers: Sequence[Doer]) -> None:
    """Who does it now, instead of before: what the lists and the contract say is written from them."""
    person_id = activity.person_id
    require(all(doer.relative is None or doer.relative.person_id == person_id for doer in doers))
    house = activity.establishment_id
    require(all(doer.member is None or doer.member.establishment_id == house for doer in doers))
    activity.performers.all().delete()
    Performer.objects.bulk_create(
        Performer(
            activity=activity,
            kind=doer.kind,
            relative=doer.relative,
            member=doer.member,
            words=doer.words[:120],
        )
        for doer in doers
    )


def note_participation(activity: Activity, *, by: Member) -> None:
    """Keep how much of the person there is in it from now, for the history of « faire avec »."""
    ParticipationChange.objects.create(
        activity=activity, participation=activity.participation, counts=activity.status in LIVE, by=by
    )


def note_first_participation(activity: Activity) -> None:
    """An activity received from elsewhere has no history yet: it begins as it was written."""
    if not activity.participation_changes.exists():
        ParticipationChange.objects.create(
            activity=activity,
            participation=activity.participation,
            counts=activity.status in LIVE,
            by=activity.written_by,
            at=activity.written_at,
        )


def check_dates(starts_at: datetime | None, ends_at: datetime | None) -> None:
    days = [timezone.localdate(moment) if moment else None for moment in (starts_at, ends_at)]
    if refusal := end_before_start(*days):
        raise ActivityRefused(refusal)


def start_of(day: date) -> datetime:
    """The beginning of a day, where the house is."""
    return timezone.make_aware(datetime.combine(day, time()))


def end_of(day: date) -> datetime:
    """The last minute of a day: an end is an included day."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def when_where(activity: Activity) -> list[str]:
    """When and where it is done, in words: « le mardi à 10 h », « au jardin », « jusqu’au 31 janvier 2027 »."""
    said = [activity.rhythm, activity.place]
    if activity.starts_at and timezone.localdate(activity.starts_at) > today():
        said.append(_("à partir du %s") % date_long(timezone.localdate(activity.starts_at)))
    if activity.ends_at:
        ends = _("jusqu’au %s") if activity.status in LIVE else _("finie le %s")
        said.append(ends % date_long(timezone.localdate(activity.ends_at)))
    return [words for words in said if words]
