"""One need or strength as a page holds it, and how it becomes a line of the plan."""

from dataclasses import dataclass
from typing import Any

from django.db.models import ProtectedError

from avec.people.rules import Level

from .models import Need, NeedStatus


@dataclass(frozen=True)
class Found:
    """One need or strength, as a line of the page holds it. pk: the line it changes."""

    words: str
    is_strength: bool
    serafin: str = ""
    analysis: str = ""
    comment: str = ""
    level: str = Level.C2.value
    pk: Any = None


def fill(need: Need, found: Found) -> None:
    need.words = found.words
    need.is_strength = found.is_strength
    need.serafin = found.serafin
    need.level = found.level
    need.analyses = [found.analysis] if found.analysis else []
    need.comments = [found.comment, *need.comments[1:]] if found.comment else need.comments[1:]


def drop(need: Need) -> None:
    """A line of a draft goes; when a goal, a file or a divergence already hangs on it, it is cancelled instead."""
    if not need.goals.exists():
        try:
            need.delete()
        except ProtectedError:
            pass
        else:
            return
    need.status = NeedStatus.REVOKED.value
    need.save(update_fields=["status"])
