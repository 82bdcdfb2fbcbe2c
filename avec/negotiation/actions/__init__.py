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
    choose_facilitator,
    extend,
    leave,
    open_negotiation,
    refuse_aim,
    set_aim,
    set_deadline,
)
from .grounds import (
    Grounded,
    add_ground,
    add_usual_grounds,
    change_ground,
    retire_ground,
    review_ground,
    take_back_ground,
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
from .refusals import Followed, Refused, ask_again, complete_refusal, note_refusal

__all__ = [
    "Followed",
    "Grounded",
    "MoveRefused",
    "Opening",
    "Refused",
    "Seat",
    "accept",
    "accept_aim",
    "add_ground",
    "add_party",
    "add_point",
    "add_usual_grounds",
    "answer_text",
    "ask_again",
    "change_ground",
    "choose_aloud",
    "choose_facilitator",
    "class_point",
    "complete_refusal",
    "conclude",
    "decline",
    "drop_point",
    "explain",
    "extend",
    "gather_around",
    "go_on",
    "keep_stake",
    "leave",
    "note_refusal",
    "offer",
    "open_negotiation",
    "refuse_aim",
    "reopen",
    "retire_ground",
    "review_ground",
    "say_stake",
    "set_aim",
    "set_deadline",
    "settle",
    "take_back_ground",
    "take_position",
    "unsettle",
    "withdraw",
]
