"""Who sits at the table, as a page shows them to one reader."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from avec.accounts.models import Member

from ..models import Move, Party
from ..policy import Hands, has_seat, may_move_for
from ..rules.balance import side_of
from ..rules.table import Answered
from ..sitting import Sitting


def listed(names: list[str]) -> str:
    """« Odette », « Odette et Claire », « Odette, Claire et Sonia »."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s et %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


@dataclass
class ShownParty:
    """Somebody at the table. `mine`: the reader's own seat; `by_me`: the reader may move from it."""

    party: Party
    mine: bool
    by_me: bool
    side: str
    aim: bool | None = None
    stakes: list[Move] = field(default_factory=list)
    kept_stake: bool = False
    answered: Answered | None = None
    present: bool = False

    @property
    def key(self) -> str:
        return str(self.party.pk)

    @property
    def v(self) -> str:
        return self.party.voice

    @property
    def name(self) -> str:
        return self.party.name

    @property
    def word(self) -> str:
        return self.party.capacity

    @property
    def left(self) -> bool:
        return self.party.left_at is not None

    @property
    def has_account(self) -> bool:
        """Has a way in of their own, on a device of theirs."""
        if self.party.relative is not None:
            return self.party.relative.member_id is not None
        return self.party.professional_id is not None or self.party.negotiation.person.member_id is not None

    @property
    def heard(self) -> bool:
        return bool(self.stakes) or self.kept_stake


def shown_party(sitting: Sitting, party: Party, member: Member, hands: Hands) -> ShownParty:
    table, key = sitting.table, str(party.pk)
    stakes = [one for one in table.stakes if one.party == key]
    return ShownParty(
        party=party,
        mine=has_seat(member, party),
        by_me=may_move_for(member, party, hands),
        side=side_of(table.parties[key]),
        aim=table.aim_accepted.get(key),
        stakes=[sitting.move_at(one.number) for one in stakes if not one.kept],
        kept_stake=any(one.kept for one in stakes),
        answered=table.answers.get(key),
        present=key in table.present,
    )
