"""What people do around a person: one function each, sorted by what they are about."""

from .admission import NumberTaken, admit, ask_to_join
from .circle import (
    AlreadyHeld,
    StillNamed,
    add_relative,
    change_relative,
    correct_mandate,
    end_mandate,
    give_mandate,
    remove_relative,
)
from .identity import change_identity
from .invitations import invite_person, invite_relative
from .sharing import lift_objection, object_to_reader, stop_sharing
from .stays import correct_stay, note_departure, note_return
from .team import (
    AlreadyInTeam,
    LastReferent,
    NotReferent,
    add_to_team,
    change_place,
    end_place,
    withdraw_consent,
)

__all__ = [
    "AlreadyHeld",
    "AlreadyInTeam",
    "LastReferent",
    "NotReferent",
    "NumberTaken",
    "StillNamed",
    "add_relative",
    "add_to_team",
    "admit",
    "ask_to_join",
    "change_identity",
    "change_place",
    "change_relative",
    "correct_mandate",
    "correct_stay",
    "end_mandate",
    "end_place",
    "give_mandate",
    "invite_person",
    "invite_relative",
    "lift_objection",
    "note_departure",
    "note_return",
    "object_to_reader",
    "remove_relative",
    "stop_sharing",
    "withdraw_consent",
]
