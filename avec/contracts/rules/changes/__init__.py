"""What differs from one version to the next, each in a sentence that its signatories understand.

The person signs again because of these sentences: all that a version decides and its former one
did not is said here, and nothing is said that did not change. What was only told of the time
before (the year's review, a negotiation that the former version told) is no change.
"""

from collections.abc import Iterable

from avec.ui.words import nbsp

from ..text import ContractText
from .articles import of_articles
from .marks import Piece, marked
from .rest import of_answers, of_dates, of_for_later, of_frame, of_signers, of_talks, of_week
from .shape import Change, ChangeKind, Teller

__all__ = ["Change", "ChangeKind", "Piece", "by_place", "changes_between", "marked"]


def changes_between(before: ContractText, after: ContractText, *, easy: bool = False) -> tuple[Change, ...]:
    """Every change, in the order of the contract. `easy`: said to the person."""
    tell = Teller("vous" if easy else after.called)
    return tuple(
        Change(change.where, change.kind, nbsp(change.words), change.before, change.after)
        for changes in (
            of_articles(before, after, tell),
            of_week(before, after),
            of_talks(before, after),
            of_answers(before, after),
            of_for_later(before, after),
            of_signers(before, after),
            of_dates(before, after),
            of_frame(before, after),
        )
        for change in changes
    )


def by_place(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """The changes under the heading they belong to, in their order."""
    places: dict[str, list[Change]] = {}
    for change in changes:
        places.setdefault(change.where, []).append(change)
    return list(places.items())
