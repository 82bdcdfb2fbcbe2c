"""What waits for one party: one thing at a time, the first to answer first. Nothing is invented: no wait, no task."""

from dataclasses import dataclass
from enum import StrEnum

from .moves import Phase
from .table import Offer, Table


class Ask(StrEnum):
    """What is asked of a party."""

    AIM = "aim"  # accept the common aim, or say what does not fit
    STAKE = "stake"  # say what matters, or choose not to
    OFFER = "offer"  # answer what somebody offers
    POSITION = "position"  # say what one asks for on a point
    TEXT = "text"  # answer the text read back


@dataclass(frozen=True)
class Waiting:
    """One thing that waits. `number`: the move it is about (the aim, the offer, the text); `point`: its key."""

    ask: Ask
    number: int = 0
    point: str = ""


def waits_of(table: Table, party: str) -> list[Waiting]:
    """What waits for this party, in the order to do it; nothing for who is not at the table."""
    if party not in {one.key for one in table.at_table}:
        return []
    if table.phase == Phase.FRAME:
        asked = bool(table.aim) and party not in table.aim_accepted
        return [Waiting(Ask.AIM, table.aim_number)] if asked else []
    if table.phase == Phase.EXPLORE:
        heard = any(stake.party == party for stake in table.stakes)
        return [] if heard else [Waiting(Ask.STAKE)]
    if table.phase == Phase.POSITIONS:
        return [*offers_to_answer(table, party), *points_to_speak_of(table, party)]
    if table.phase == Phase.CONCLUDE:
        asked = bool(table.read_back) and party not in table.answers
        return [Waiting(Ask.TEXT, table.read_back)] if asked else []
    return []


def offers_to_answer(table: Table, party: str) -> list[Waiting]:
    """What others offered, on points still open, that this party has not answered."""
    return [
        Waiting(Ask.OFFER, one.number, one.point)
        for one in table.concessions.values()
        if table.stands(one) == Offer.OFFERED
        and one.point not in table.outcomes
        and not table.points[one.point].dropped
        and party in {waiting.key for waiting in table.waiting_for(one)}
    ]


def points_to_speak_of(table: Table, party: str) -> list[Waiting]:
    """The points still open on which this party has asked for nothing yet."""
    said = {one.point for one in table.positions if one.party == party}
    said |= {one.point for one in table.concessions.values() if one.party == party}
    return [
        Waiting(Ask.POSITION, point=point.key)
        for point in table.negotiable_points
        if point.key not in said and point.key not in table.outcomes
    ]
