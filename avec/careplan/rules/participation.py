from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Participation(StrEnum):
    """How much of the person is in an activity: « faire avec » rather than « faire pour »."""

    BY = "by"
    WITH = "with"
    PRESENCE = "presence"
    FOR = "for"
    UNSAID = ""  # imported without it: to be asked


@dataclass(frozen=True)
class Counted:
    """« 7 actions sur 9 sont faites par la personne ou avec elle. »"""

    by: int
    with_: int
    presence: int
    for_: int
    unsaid: int

    @property
    def together(self) -> int:
        return self.by + self.with_

    @property
    def total(self) -> int:
        return self.by + self.with_ + self.presence + self.for_


def count_participation(participations: Iterable[str]) -> Counted:
    """The « faire avec » figure. Activities that do not say are counted apart, never guessed."""
    said = [Participation(participation) for participation in participations]
    return Counted(
        by=said.count(Participation.BY),
        with_=said.count(Participation.WITH),
        presence=said.count(Participation.PRESENCE),
        for_=said.count(Participation.FOR),
        unsaid=said.count(Participation.UNSAID),
    )
