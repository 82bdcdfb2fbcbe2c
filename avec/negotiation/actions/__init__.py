"""What people do at the table. Each move is checked by the rules, written once, and leaves a trace.

A move is made by its own party; for who speaks aloud, by whoever of the team
writes it down, and the line says so. `MoveRefused` carries a sentence for the
screen; nothing is written then.
"""

from ..rules import MoveRefused
from .conclusion import answer_text, conclude
from .frame import (
    Opening,
    Seat,
    accept_aim,
    add_party,
    choose_aloud,
    extend,
    leave,
    open_negotiation,
    refuse_aim,
    set_aim,
    set_deadline,
)
from .phases import gather_around, go_on, reopen
from .points import add_point, class_point, drop_point, explain
from .positions import (
    accept,
    decline,
    keep_stake,
    offer,
    say_stake,
    settle,
    take_position,
    unsettle,
    withdraw,
)

__all__ = [
    "MoveRefused",
    "Opening",
    "Seat",
    "accept",
    "accept_aim",
    "add_party",
    "add_point",
    "answer_text",
    "choose_aloud",
    "class_point",
    "conclude",
    "decline",
    "drop_point",
    "explain",
    "extend",
    "gather_around",
    "go_on",
    "keep_stake",
    "leave",
    "offer",
    "open_negotiation",
    "refuse_aim",
    "reopen",
    "say_stake",
    "set_aim",
    "set_deadline",
    "settle",
    "take_position",
    "unsettle",
    "withdraw",
]
