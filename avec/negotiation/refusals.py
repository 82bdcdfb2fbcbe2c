"""Refusals of care as pages show them: where each stands today, and its whole story.

`with_last` carries the last answer on the row of the refusal, so that a list,
the record and the day ask one question of the database, however long it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.people.models import Person, today
from avec.ui.words import date_long

from .models import AskedAgain, CareRefusal, RefusalNote, RefusalStance
from .rules.refusals import YES, Asked, Due, Where, where

# The parts of what the team did, in the order they are read.
PARTS = ("information", "alternatives", "told", "care_goes_on")


def with_last(refusals: QuerySet[CareRefusal]) -> Any:
    """Adds the last answer, the day it is asked next (none after a yes), and whether anything was explained."""
    asked = AskedAgain.objects.filter(refusal=OuterRef("pk")).order_by("-at", "-pk")
    dated = asked.filter(ask_again_on__isnull=False)
    told = RefusalNote.objects.filter(refusal=OuterRef("pk")).exclude(information="")
    return refusals.annotate(
        last_stance=Subquery(asked.values("stance")[:1]),
        last_at=Subquery(asked.values("at")[:1]),
        last_day=Subquery(dated.values("ask_again_on")[:1]),
        explained_since=Exists(told),
    ).annotate(
        next_on=Case(
            When(last_stance=YES, then=Value(None)),
            When(last_day__isnull=False, then=F("last_day")),
            default=F("ask_again_on"),
            output_field=DateField(),
        )
    )


@dataclass(frozen=True)
class Row:
    """One refusal in a list. `refusal` comes from `with_last`."""

    refusal: Any
    person: Person

    @property
    def where(self) -> Where:
        one = self.refusal
        asked = []
        if one.last_stance:
            asked = [Asked(one.last_stance, timezone.localdate(one.last_at), one.last_day)]
        return where(one.refused_on, one.ask_again_on, asked, today())

    @property
    def voice(self) -> str:
        return "observed" if self.refusal.observed else "person"

    @property
    def unexplained(self) -> bool:
        """Written by the person, and nothing from the team yet."""
        return not self.refusal.information and not self.refusal.explained_since

    @property
    def state(self) -> str:
        return state_words(self.where)

    @property
    def asked_on(self) -> str:
        return asked_words(self.where)

    @property
    def when(self) -> str:
        return _("le %s") % date_long(self.refusal.refused_on)


def state_words(found: Where) -> str:
    """« accepté le 3 décembre 2026 », « refusé », « toujours non », « oui en partie »."""
    if found.accepted:
        return _("accepté le %s") % date_long(found.since)
    if not found.stance:
        return _("refusé")
    return str(RefusalStance(found.stance).label)


def asked_words(found: Where) -> str:
    """« À redemander le 29 novembre 2026 », and whether that day is today or gone by."""
    if found.ask_on is None:
        return ""
    if found.due == Due.TODAY:
        return _("À redemander aujourd’hui")
    if found.due == Due.OVERDUE:
        return _("À redemander depuis le %s") % date_long(found.ask_on)
    return _("À redemander le %s") % date_long(found.ask_on)


@dataclass(frozen=True)
class Rows:
    """Those that stand, the first to be asked again first; then those that were accepted since."""

    stand: list[Row] = field(default_factory=list)
    accepted: list[Row] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.stand or self.accepted)

    def __len__(self) -> int:
        return len(self.stand) + len(self.accepted)


def refusals_of(member: Member, person: Person) -> Rows:
    """Every refusal of a person that this member reads, whatever plan it was said in. One query."""
    found = CareRefusal.objects.visible_to(member).filter(person=person).select_related("written_by")
    return rows_of(with_last(found), person)


def rows_of(refusals: Iterable[Any], person: Person) -> Rows:
    rows = [Row(one, person) for one in refusals]
    stand = [row for row in rows if row.where.stands]
    return Rows(
        sorted(stand, key=lambda row: row.where.ask_on or date.max),
        [row for row in rows if row.where.accepted],
    )


def waiting(member: Member, until: date) -> Any:
    """Refusals that wait for the team: to be asked again by then, or never explained. One query.

    Those the person wrote themself wait for what the team explained, as long as they stand.
    """
    found = CareRefusal.objects.visible_to(member).select_related("person")
    unexplained = Q(information="", explained_since=False, next_on__isnull=False)
    return with_last(found).filter(Q(next_on__lte=until) | unexplained).order_by("next_on", "written_at")


@dataclass(frozen=True)
class Event:
    """One step of the story: what happened, when, by whom; the person's words, or what the team did."""

    at: Any
    title: str
    by: str = ""
    # The day it happened, when it was written on another one.
    on: date | None = None
    voice: str = ""
    words: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    then: str = ""


@dataclass(frozen=True)
class Story:
    """A refusal with all that followed, the first day first."""

    row: Row
    events: list[Event]
    followed: list[tuple[str, list[str]]]

    @property
    def refusal(self) -> Any:
        return self.row.refusal

    @property
    def since(self) -> list[Event]:
        """What was answered each time it was asked again."""
        return [event for event in self.events if event.voice and event is not self.events[0]]

    @property
    def answers(self) -> int:
        return len(self.since)


def labels() -> dict[str, str]:
    return {
        "information": _("Ce qui a été expliqué"),
        "alternatives": _("Ce qui a été proposé à la place"),
        "told": _("Qui a été prévenu"),
        "care_goes_on": _("Comment les soins continuent"),
    }


def story_of(refusal: Any, person: Person) -> Story:
    """`refusal` comes from `with_last`. Two queries: the answers, and what the team added."""
    row, words = Row(refusal, person), labels()
    own = refusal.written_by_id == person.member_id
    first = Event(
        refusal.written_at,
        (_("%s n’a pas voulu du soin\u00a0: on l’a vu") if refusal.observed else _("%s a dit non"))
        % person.called,
        "" if own else refusal.written_by.name,
        refusal.refused_on if refusal.refused_on != timezone.localdate(refusal.written_at) else None,
        row.voice,
        refusal.words,
        lines_of(refusal, words),
        asked_day(refusal.ask_again_on),
    )
    events = [first]
    for asked in AskedAgain.objects.filter(refusal=refusal).select_related("by"):
        mine = asked.by_id == person.member_id
        events.append(
            Event(
                asked.at,
                _("%(called)s répond de son espace\u00a0: %(answer)s")
                % {"called": person.called, "answer": asked.get_stance_display()}
                if mine
                else _("On a redemandé\u00a0: %s") % asked.get_stance_display(),
                "" if mine else asked.by.name,
                voice="person",
                words=asked.words,
                then=asked_day(asked.ask_again_on),
            )
        )
    for note in RefusalNote.objects.filter(refusal=refusal).select_related("by"):
        events.append(Event(note.at, _("L’équipe a ajouté"), note.by.name, lines=lines_of(note, words)))
    events.sort(key=lambda event: event.at)
    return Story(row, events, followed(events))


def asked_day(day: date | None) -> str:
    return _("À redemander le %s") % date_long(day) if day else ""


def lines_of(source: Any, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((words[name], getattr(source, name)) for name in PARTS if getattr(source, name))


def followed(events: Iterable[Event]) -> list[tuple[str, list[str]]]:
    """What was explained, offered and told in all, each part with its lines in their order."""
    found: dict[str, list[str]] = {label: [] for label in labels().values()}
    for event in events:
        for label, text in event.lines:
            found[label].append(text)
    return [(label, texts) for label, texts in found.items() if texts]
