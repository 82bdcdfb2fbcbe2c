"""Who negotiates, who leads, who reads.

A party moves in its own name and nobody else's (access.md, T48). Whoever
speaks aloud, without a device, is written down by the team, and the record
says so. The team leads the talk from one phase to the next; the person and
the others may always put a point on the table.
"""

from dataclasses import dataclass

from avec.accounts.models import Establishment, Member, Role
from avec.careplan.models import CarePlan
from avec.careplan.policy import is_open
from avec.people.models import CARE_ROLES, Person, today
from avec.people.policy import may, may_speak, may_write, standing_of
from avec.people.rules import Deed, Level, may_do

from .models import CareRefusal, Negotiation, Party


def may_open(member: Member | None, plan: CarePlan) -> bool:
    """Ask to talk something over: the person, who may speak for them or beside them, the team."""
    return may_speak(member, plan.person) and is_open(plan)


def may_write_for_team(member: Member | None, person: Person) -> bool:
    """Choose who sits at the table, among people around the person: the team."""
    return may_write(member, person)


@dataclass(frozen=True)
class Hands:
    """What a member may do at a table, whoever sits there: decided once for a page, whatever is on it."""

    take_part: bool = False
    lead: bool = False
    conclude: bool = False


def hands_of(member: Member | None, negotiation: Negotiation) -> Hands:
    """One look at the ties between the member and the person, for every decision."""
    standing, level, day = standing_of(member, negotiation.person), Level(negotiation.level), today()
    running = not negotiation.is_concluded
    return Hands(
        take_part=may_do(standing, Deed.SPEAK, level, day),
        lead=running and may_do(standing, Deed.WRITE, level, day),
        conclude=running and may_do(standing, Deed.VALIDATE, level, day),
    )


def may_take_part(member: Member | None, negotiation: Negotiation) -> bool:
    """Is the record still open to this member, at the level of this negotiation? It closes with the mandate."""
    return hands_of(member, negotiation).take_part


def may_lead(member: Member | None, negotiation: Negotiation) -> bool:
    """Frame, go from a phase to the next, write down the outcomes: the team."""
    return hands_of(member, negotiation).lead


def may_conclude(member: Member | None, negotiation: Negotiation) -> bool:
    """The plan changes with it: the team, never a trainee alone (T16)."""
    return hands_of(member, negotiation).conclude


def has_seat(member: Member | None, party: Party) -> bool:
    """Is this their own seat? The person's is the person's, whoever speaks for them beside."""
    if member is None or party.left_at is not None:
        return False
    if party.voice == "person":
        return party.negotiation.person.member_id == member.pk and member.role == Role.PERSON.value
    if party.relative is not None:
        return party.relative.member_id == member.pk
    return party.professional_id == member.pk


def may_move_for(member: Member | None, party: Party, hands: Hands | None = None) -> bool:
    """Move from this seat: its own party; or, for who speaks aloud, whoever of the team writes it down (T48).

    `hands`: when they were already looked at, for this member and this table.
    """
    negotiation = party.negotiation
    hands = hands or hands_of(member, negotiation)
    if has_seat(member, party):
        return not negotiation.is_concluded and hands.take_part
    return party.left_at is None and party.speaks_aloud and hands.lead


def is_party(member: Member | None, parties: list[Party]) -> bool:
    return any(has_seat(member, party) for party in parties)


def may_add_point(
    member: Member | None, negotiation: Negotiation, parties: list[Party], hands: Hands | None = None
) -> bool:
    """Put a point on the table: any party, or who leads."""
    hands = hands or hands_of(member, negotiation)
    if hands.lead:
        return True
    return not negotiation.is_concluded and is_party(member, parties) and hands.take_part


def may_remove(member: Member | None, party: Party) -> bool:
    """Leave the table oneself, or be taken off it by who leads, who says why."""
    return (has_seat(member, party) and may_take_part(member, party.negotiation)) or may_lead(
        member, party.negotiation
    )


def may_choose_aloud(member: Member | None, party: Party) -> bool:
    """Say how this party answers: itself; or who leads, for somebody who has no device at hand.

    A professional has one: nobody chooses to write in their name (T48).
    """
    if party.professional_id is not None and not has_seat(member, party):
        return False
    return may_remove(member, party) and not party.negotiation.is_concluded


# Who of staff reads what cannot be negotiated here, and where it comes from.
READING_GROUNDS = (*sorted(CARE_ROLES), Role.DIRECTOR.value, Role.QUALITY.value)


def may_read_grounds(member: Member | None) -> bool:
    """Everybody who works with the persons, or steers the house."""
    return member is not None and member.is_active and member.role in READING_GROUNDS


def may_keep_grounds(member: Member | None, house: Establishment) -> bool:
    """The list of what cannot be negotiated here is the house's own, not a record: who steers the house keeps it."""
    steers = {Role.UNIT_MANAGER.value, Role.DIRECTOR.value, Role.QUALITY.value}
    return (
        member is not None
        and member.is_active
        and member.role in steers
        and member.establishment_id == house.pk
    )


def may_note_refusal(member: Member | None, plan: CarePlan) -> bool:
    """Write down a refusal of care: the team; or the person, who says no themself."""
    own = member is not None and member.role == Role.PERSON.value and may_speak(member, plan.person)
    return (may_write(member, plan.person) or own) and is_open(plan)


def may_ask_again(member: Member | None, refusal: CareRefusal) -> bool:
    """Ask again, and write the answer: the team; the person answers themself.

    A refusal outlives the plan it was said in: it is asked again whatever became of that plan.
    """
    own = member is not None and member.role == Role.PERSON.value
    deed = Deed.SPEAK if own else Deed.WRITE
    return may(member, deed, refusal.person, Level(refusal.level))


def may_complete_refusal(member: Member | None, refusal: CareRefusal) -> bool:
    """Add what was explained, offered and told since: the team."""
    return may(member, Deed.WRITE, refusal.person, Level(refusal.level))
