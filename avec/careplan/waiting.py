"""What still waits in a plan: words without an answer, messages to write down, promises whose day has come.

A gate counts everything; a page counts what its reader reads, and says nothing of the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from avec.accounts.models import Member
from avec.people.models import today

from .models import CarePlan, Expectation, ExpectationQuerySet, ReplyChoice


@dataclass(frozen=True)
class Waiting:
    """`seen`: what this reader reads; `hidden`: the rest, a number and nothing more; `to_write`: said aloud."""

    seen: int = 0
    hidden: int = 0
    to_write: int = 0

    @property
    def everything(self) -> int:
        return self.seen + self.hidden


def unanswered_by_plan(
    member: Member | None, plans: Iterable[CarePlan] | Iterable[UUID]
) -> dict[UUID, Waiting]:
    """The unanswered words of several plans, in one query. A plan in which nothing waits is not there."""
    read = Exists(Expectation.objects.visible_to(member).filter(pk=OuterRef("pk")).order_by())
    rows: Any = (
        Expectation.objects.unanswered()
        .filter(plan__in=list(plans))
        .order_by()
        .values("plan")
        .annotate(
            everything=Count("pk"),
            seen=Count("pk", filter=read),
            to_write=Count("pk", filter=Q(read, words="")),
        )
    )
    return {
        row["plan"]: Waiting(row["seen"], row["everything"] - row["seen"], row["to_write"]) for row in rows
    }


def postponed_past(
    member: Member | None, plans: Iterable[CarePlan] | Iterable[UUID], day: date | None = None
) -> ExpectationQuerySet:
    """Answers put off until a day that has come: it is time to talk again. Oldest promise first."""
    return (
        Expectation.objects.visible_to(member)
        .filter(
            plan__in=list(plans),
            withdrawn_at__isnull=True,
            current_answer__reply=ReplyChoice.POSTPONED.value,
            current_answer__until__lte=day or today(),
        )
        .select_related("person", "plan", "relative", "professional", "written_by", "current_answer")
        .order_by("current_answer__until", "said_on")
    )


def to_write_down(member: Member | None, plans: Iterable[CarePlan] | Iterable[UUID]) -> ExpectationQuerySet:
    """What was said aloud and waits for somebody to listen and write. Oldest first."""
    return (
        Expectation.objects.visible_to(member)
        .unanswered()
        .filter(plan__in=list(plans), words="")
        .select_related("person", "plan", "relative", "professional", "written_by")
        .order_by("said_on", "written_at")
    )
