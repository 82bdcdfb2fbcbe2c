"""Who gave what: the concessions accepted, party by party, and whether only one side moved."""

from dataclasses import dataclass

from .table import PROFESSIONAL, Concession, Offer, Party, Table


@dataclass(frozen=True)
class PartyBalance:
    """What one party gave and offered. `given`: the concessions that the others accepted."""

    party: Party
    given: tuple[Concession, ...]
    offered: tuple[Concession, ...]


@dataclass(frozen=True)
class Balance:
    parties: tuple[PartyBalance, ...]
    one_sided: bool

    @property
    def most(self) -> int:
        """The longest bar of the drawing; never 0, so that it divides."""
        return max([len(one.given) for one in self.parties] + [1])


def balance_of(table: Table) -> Balance:
    """The balance of concessions, on the points still on the table. A party that left is shown when it gave."""
    rows = []
    for party in table.parties.values():
        own = [
            one
            for one in table.concessions.values()
            if one.party == party.key and not table.points[one.point].dropped
        ]
        given = tuple(one for one in own if table.stands(one) == Offer.ACCEPTED)
        offered = tuple(one for one in own if table.stands(one) == Offer.OFFERED)
        if not party.left or given:
            rows.append(PartyBalance(party, given, offered))
    return Balance(tuple(rows), is_one_sided(rows))


def is_one_sided(rows: list[PartyBalance]) -> bool:
    """Did only one side move? The sides: professionals, and the person with who is close to them.

    When everybody is of the same side (professionals among themselves, a family), each party is a side.
    """
    moved = [row.party for row in rows if row.given]
    if not moved:
        return False
    sides = {side_of(row.party) for row in rows if not row.party.left}
    if len(sides) < 2:
        return len({party.key for party in moved}) == 1 and len(rows) > 1
    return len({side_of(party) for party in moved}) == 1


def side_of(party: Party) -> str:
    """« nous » or « vous »: a professional who speaks for the person sits on the person's side."""
    return PROFESSIONAL if party.voice == PROFESSIONAL and not party.stands_for else "person"
