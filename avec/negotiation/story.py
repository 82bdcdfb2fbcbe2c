"""What happened at the table, told day by day: one line for each move, for anybody to follow.

Nothing is judged and nothing is left out: who did it, in which voice, what was said, when, and whose hand wrote it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member, Role
from avec.ui.words import time_words

from .models import Move
from .rules import Phase, Verb
from .sitting import Sitting
from .telling import TELLING, Teller, Told, phase_words


@dataclass(frozen=True)
class Line:
    """One move. `words`: what was said, quoted (`said`) or noted; `more`: what else the sentence needs."""

    number: int
    verb: str
    at: datetime
    phase: Phase
    v: str
    who: str
    sentence: str
    words: str = ""
    said: bool = True
    more: tuple[str, ...] = ()
    noted_by: str = ""
    point: str = ""

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)

    @property
    def time(self) -> str:
        return time_words(timezone.localtime(self.at))

    @property
    def by_hand(self) -> str:
        """« dit de vive voix, noté par Sonia Benali »."""
        return _("dit de vive voix, noté par %s") % self.noted_by if self.noted_by else ""


@dataclass(frozen=True)
class Chapter:
    """What was done in one phase of one day."""

    phase: str
    lines: list[Line]


@dataclass(frozen=True)
class StoryDay:
    day: date
    chapters: list[Chapter]


def story_of(sitting: Sitting, phases: Mapping[Phase, Any] | None = None) -> list[Line]:
    """Every move as one sentence, in order. `phases`: what the reader calls them. Asks nothing of the database."""
    names: dict[str, str] = {}
    phase, aim, due = Phase.FRAME, False, ""
    lines = []
    for move in sitting.moves:
        verb = Verb(move.verb)
        key = str(move.point_id or "")
        if verb == Verb.ADD_POINT:
            names[key] = move.words
        told = TELLING[verb](Teller(sitting, move, names, phase, aim, due, phases or {}))
        if verb == Verb.CLASS_POINT and move.words:
            names[key] = move.words
        lines.append(_line(sitting, move, told, phase))
        if verb in (Verb.GO_ON, Verb.REOPEN):
            phase = Phase(move.detail["to"])
        elif verb == Verb.AIM:
            aim = True
        elif verb in (Verb.DEADLINE, Verb.EXTEND):
            due = str(move.detail.get("due_on", ""))
    return lines


def days_of(lines: list[Line], phases: Mapping[Phase, Any] | None = None) -> list[StoryDay]:
    """The story by day, then by phase."""
    return [
        StoryDay(
            day,
            [
                Chapter(phase_words(phase, phases or {}), list(several))
                for phase, several in groupby(of_day, key=lambda line: line.phase)
            ],
        )
        for day, of_day in groupby(lines, key=lambda line: line.day)
    ]


def _line(sitting: Sitting, move: Move, told: Told, phase: Phase) -> Line:
    party = sitting.parties.get(str(move.party_id)) if told.by_party else None
    v, who = (party.voice, party.name) if party else (voice_of_hand(move.by, sitting), move.by.name)
    return Line(
        number=move.number,
        verb=move.verb,
        at=move.at,
        phase=phase,
        v=v,
        who=who,
        sentence=told.sentence,
        words=move.words,
        said=told.said,
        more=tuple(one for one in told.more if one),
        noted_by=move.by.name if move.aloud and told.by_party else "",
        point=str(move.point_id or ""),
    )


def voice_of_hand(by: Member, sitting: Sitting) -> str:
    """In which voice somebody acts who is not acting for a party."""
    if by.role == Role.PERSON.value:
        return "person"
    for party in sitting.parties.values():
        if party.relative is not None and party.relative.member_id == by.pk:
            return party.voice
    return "relative" if by.is_lay else "professional"
