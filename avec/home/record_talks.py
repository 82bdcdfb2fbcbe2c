"""The negotiations and the refusals of care of a record, as its page shows them: read with the plan itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.negotiation.models import CareRefusal, Negotiation, PhaseChoice, ResultChoice
from avec.negotiation.refusals import Rows, rows_of, with_last
from avec.negotiation.rules import Phase
from avec.people.models import Person, today
from avec.ui.words import date_long, distance

from .carried import carried, day, key, moment
from .links import link

# What the page shows of each; concluded ones are counted past these.
SHOWN = 3
TALK = (
    *("pk", "plan_id", "title", "phase", "due_on", "result", "concluded_at"),
    *("goal_id", "expectation_id", "divergence_id"),
)
REFUSAL = (
    *("pk", "care", "words", "observed", "refused_on", "ask_again_on", "information"),
    *("last_stance", "last_at", "last_day", "explained_since"),
)


@dataclass(frozen=True)
class Talk:
    """One negotiation, in a few words."""

    pk: UUID
    plan: UUID | None
    title: str
    phase: str
    due_on: date | None
    result: str
    concluded_on: date | None
    sources: frozenset[UUID]

    @property
    def running(self) -> bool:
        return self.phase != Phase.CONCLUDED.value

    @property
    def late(self) -> bool:
        return self.running and self.due_on is not None and self.due_on < today()

    @property
    def url(self) -> str:
        return link("negotiation:table", self.pk)

    @property
    def state(self) -> str:
        """« Explorer », « Accord en partie »."""
        words = PhaseChoice(self.phase).label if self.running else ResultChoice(self.result).label
        return str(words).capitalize()

    @property
    def when(self) -> str:
        if self.concluded_on is not None:
            return _("Conclue le %s") % date_long(self.concluded_on)
        if self.due_on is None:
            return _("Pas encore de date limite")
        words = (
            _("Date limite dépassée\u00a0: %(day)s, %(far)s") if self.late else _("Jusqu’au %(day)s, %(far)s")
        )
        return words % {"day": date_long(self.due_on), "far": distance(self.due_on, today())}


@dataclass(frozen=True)
class Talks:
    """Those that run, the first deadline first; then those that are concluded, the latest first."""

    running: list[Talk] = field(default_factory=list)
    concluded: list[Talk] = field(default_factory=list)

    @property
    def shown(self) -> list[Talk]:
        return [*self.running, *self.concluded[: max(0, SHOWN - len(self.running))]]

    @property
    def more(self) -> int:
        return len(self.running) + len(self.concluded) - len(self.shown)

    @property
    def late(self) -> int:
        return sum(1 for one in self.running if one.late)

    def about(self, *sources: UUID | None) -> Talk | None:
        """The talk that starts from one of these: one that runs, else the latest."""
        asked = {source for source in sources if source is not None}
        return next((one for one in [*self.running, *self.concluded] if one.sources & asked), None)


def talks_column(member: Member) -> Subquery:
    found = Negotiation.objects.visible_to(member).filter(person=OuterRef("person_id"))
    return carried(found, *TALK)


def refusals_column(member: Member) -> Subquery:
    found = with_last(CareRefusal.objects.visible_to(member).filter(person=OuterRef("person_id")))
    return carried(found, *REFUSAL)


def talks_of(rows: Iterable[dict[str, Any]] | None) -> Talks:
    found = [talk_of(row) for row in rows or ()]
    running = [one for one in found if one.running]
    concluded = [one for one in found if not one.running]
    return Talks(
        sorted(running, key=lambda one: (one.due_on or date.max, one.title)),
        sorted(concluded, key=lambda one: one.concluded_on or date.min, reverse=True),
    )


def talk_of(row: dict[str, Any]) -> Talk:
    pk, concluded = key(row["pk"]), moment(row["concluded_at"])
    assert pk is not None
    sources = {key(row[name]) for name in ("goal_id", "expectation_id", "divergence_id")}
    return Talk(
        pk,
        key(row["plan_id"]),
        row["title"],
        row["phase"],
        day(row["due_on"]),
        row["result"],
        timezone.localdate(concluded) if concluded else None,
        frozenset(source for source in sources if source is not None),
    )


def refusals_of(rows: Iterable[dict[str, Any]] | None, person: Person) -> Rows:
    return rows_of([refusal_of(row) for row in rows or ()], person)


def refusal_of(row: dict[str, Any]) -> CareRefusal:
    """The refusal with what `with_last` adds, from the row of the plan."""
    days: Any = {name: day(row[name]) for name in ("refused_on", "ask_again_on")}
    plain = {name: row[name] for name in ("care", "words", "information")}
    one = CareRefusal(pk=key(row["pk"]), observed=bool(row["observed"]), **plain, **days)
    one.last_stance, one.last_at = row["last_stance"], moment(row["last_at"])  # type: ignore[attr-defined]
    one.last_day = day(row["last_day"])  # type: ignore[attr-defined]
    one.explained_since = bool(row["explained_since"])  # type: ignore[attr-defined]
    return one
