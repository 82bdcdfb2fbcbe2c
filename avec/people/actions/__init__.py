"""What people do around a person: one function each, sorted by what they are about."""

from .invitations import invite_person, invite_relative
from .sharing import lift_objection, object_to_reader, stop_sharing

__all__ = [
    "invite_person",
    "invite_relative",
    "lift_objection",
    "object_to_reader",
    "stop_sharing",
]
