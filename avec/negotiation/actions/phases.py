from collections.abc import Sequence

from django.db import transaction

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record

from ..models import Move, Negotiation, Party
from ..policy import may_lead
from ..rules import PHASES, Phase, Verb
from ..sitting import lay, sit
from ..text import lay_text


@transaction.atomic
def go_on(
    negotiation: Negotiation, *, by: Member, to: Phase | None = None, as_it_stands: bool = False
) -> Move:
    """Go to the next phase, when its gate is open; `as_it_stands`: past the deadline, straight to the conclusion.

    Entering the conclusion writes the text that is read back.
    """
    sitting = sit(negotiation)
    require(may_lead(by, sitting.negotiation))
    table = sitting.table
    if as_it_stands:
        to = Phase.CONCLUDE
    elif to is None:
        following = PHASES.index(table.phase) + 1 if table.phase in PHASES else len(PHASES)
        to = PHASES[min(following, len(PHASES) - 1)]
    move = lay(
        sitting,
        Verb.GO_ON,
        by=by,
        detail={"to": to.value, "from": table.phase.value, "as_it_stands": as_it_stands},
    )
    if to == Phase.CONCLUDE:
        lay_text(sitting, by)
    record("negotiation.moved", sitting.negotiation, by=by, person=sitting.negotiation.person, to=to.value)
    return move


@transaction.atomic
def reopen(negotiation: Negotiation, to: Phase, reason: str, *, by: Member) -> Move:
    """Go back to an earlier phase, and say why: answers to the text read back are asked again."""
    sitting = sit(negotiation)
    require(may_lead(by, sitting.negotiation))
    move = lay(
        sitting,
        Verb.REOPEN,
        by=by,
        words=reason,
        detail={"to": to.value, "from": sitting.table.phase.value},
    )
    record("negotiation.reopened", sitting.negotiation, by=by, person=sitting.negotiation.person, to=to.value)
    return move


@transaction.atomic
def gather_around(negotiation: Negotiation, present: Sequence[Party], *, by: Member, words: str = "") -> Move:
    """Begin to talk in one room: who is there, and that nothing else is open on the screen."""
    sitting = sit(negotiation)
    require(may_lead(by, sitting.negotiation))
    keys = [str(party.pk) for party in present if str(party.pk) in sitting.parties]
    move = lay(sitting, Verb.GATHER, by=by, words=words, detail={"present": keys})
    record("negotiation.gathered", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move
