from collections.abc import Mapping
from typing import Any

from django.db import transaction

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record

from ..models import Move, Negotiation, Party, Point
from ..policy import may_lead, may_move_for
from ..rules import Becomes, OutcomeKind, Verb
from ..sitting import lay, sit


@transaction.atomic
def say_stake(negotiation: Negotiation, party: Party, words: str, *, by: Member) -> Move:
    """Say what matters to this party in what is negotiated: an interest, not a position."""
    sitting = sit(negotiation)
    seat = sitting.parties[str(party.pk)]
    require(may_move_for(by, seat))
    move = lay(sitting, Verb.STAKE, by=by, party=seat, words=words)
    record("negotiation.stake", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move


@transaction.atomic
def keep_stake(negotiation: Negotiation, party: Party, *, by: Member) -> Move:
    """This party chooses not to say what matters to it: it is noted, and the talk goes on."""
    sitting = sit(negotiation)
    seat = sitting.parties[str(party.pk)]
    require(may_move_for(by, seat))
    move = lay(sitting, Verb.KEEP_STAKE, by=by, party=seat)
    record("negotiation.stake_kept", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move


@transaction.atomic
def take_position(negotiation: Negotiation, party: Party, point: Point, words: str, *, by: Member) -> Move:
    """Say what this party asks for on a point. Said again, the earlier words stay in the history."""
    sitting = sit(negotiation)
    seat = sitting.parties[str(party.pk)]
    require(may_move_for(by, seat))
    move = lay(sitting, Verb.POSITION, by=by, party=seat, point=sitting.points[str(point.pk)], words=words)
    record("negotiation.position", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move


@transaction.atomic
def offer(
    negotiation: Negotiation,
    party: Party,
    point: Point,
    *,
    was: str,
    becomes: str,
    by: Member,
    in_return_for: int = 0,
) -> Move:
    """Offer a concession: from what this party asked, to what it now proposes."""
    sitting = sit(negotiation)
    seat = sitting.parties[str(party.pk)]
    require(may_move_for(by, seat))
    move = lay(
        sitting,
        Verb.OFFER,
        by=by,
        party=seat,
        point=sitting.points[str(point.pk)],
        words=becomes,
        detail={"was": was.strip()},
        about=in_return_for,
    )
    record("negotiation.offered", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move


@transaction.atomic
def accept(negotiation: Negotiation, party: Party, concession: int, *, by: Member) -> Move:
    """Accept what another party offers. `concession`: the number of the move that offered it."""
    sitting = sit(negotiation)
    seat = sitting.parties[str(party.pk)]
    require(may_move_for(by, seat))
    move = lay(sitting, Verb.ACCEPT, by=by, party=seat, about=concession)
    record("negotiation.accepted", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move


@transaction.atomic
def decline(negotiation: Negotiation, party: Party, concession: int, *, by: Member, words: str = "") -> Move:
    """Decline what another party offers; saying why is up to them."""
    sitting = sit(negotiation)
    seat = sitting.parties[str(party.pk)]
    require(may_move_for(by, seat))
    move = lay(sitting, Verb.DECLINE, by=by, party=seat, about=concession, words=words)
    record("negotiation.declined", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move


@transaction.atomic
def withdraw(negotiation: Negotiation, party: Party, concession: int, *, by: Member, words: str = "") -> Move:
    """Take one's own offer back, as long as it was not accepted by all nor declined."""
    sitting = sit(negotiation)
    seat = sitting.parties[str(party.pk)]
    require(may_move_for(by, seat))
    move = lay(sitting, Verb.WITHDRAW, by=by, party=seat, about=concession, words=words)
    record("negotiation.withdrawn", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move


@transaction.atomic
def settle(
    negotiation: Negotiation,
    point: Point,
    kind: OutcomeKind,
    words: str,
    *,
    by: Member,
    seen: int | None = None,
    becomes: Becomes = Becomes.NOTHING,
    fields: Mapping[str, Any] | None = None,
) -> Move:
    """Write where a point stands: agreed, set aside, or still disagreed.

    `seen`: the last move that the page showed; refused when the point changed since. `becomes` and `fields`:
    what the agreement changes in the plan, once the whole is concluded.
    """
    sitting = sit(negotiation)
    require(may_lead(by, sitting.negotiation))
    move = lay(
        sitting,
        Verb.SETTLE,
        by=by,
        point=sitting.points[str(point.pk)],
        words=words,
        detail={
            "kind": kind.value,
            "becomes": becomes.value,
            "fields": dict(fields or {}),
            **({} if seen is None else {"seen": seen}),
        },
    )
    record(
        "negotiation.settled",
        sitting.negotiation,
        by=by,
        person=sitting.negotiation.person,
        point=str(point.pk),
        kind=kind.value,
    )
    return move


@transaction.atomic
def unsettle(negotiation: Negotiation, point: Point, *, by: Member, reason: str = "") -> Move:
    """Take a point up again: its outcome no longer stands, and stays in the history."""
    sitting = sit(negotiation)
    require(may_lead(by, sitting.negotiation))
    move = lay(sitting, Verb.UNSETTLE, by=by, point=sitting.points[str(point.pk)], words=reason)
    record("negotiation.unsettled", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move
