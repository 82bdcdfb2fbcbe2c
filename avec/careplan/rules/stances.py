from enum import StrEnum


class Stance(StrEnum):
    """The position of a party on a goal."""

    AGREES = "agrees"
    IN_PART = "in_part"
    DISAGREES = "disagrees"
    COULD_NOT = "could_not"
    PREFERS_NOT = "prefers_not"
