"""Who chose what, and what it makes of the contract. No choice is an error, and none blocks care (domain.md §6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# Read out and ticked by the person before they choose (domain.md §6).
RIGHTS = (
    ("no", "Je peux dire non à un soin."),
    ("change", "Je peux changer d’avis."),
    ("team", "Quelqu’un peut venir avec moi."),
    ("say", "Je peux me plaindre."),
)


class Outcome(StrEnum):
    """What a signatory chose. None is an error, none blocks care."""

    SIGNED = "signed"
    RESERVATIONS = "reservations"
    MARK = "mark"  # a cross or another mark, before a witness
    ORAL = "oral"  # yes, aloud: the team comes back for the signature
    NOT_NOW = "not_now"
    REFUSED = "refused"


class Way(StrEnum):
    """How a choice was given."""

    OWN = "own"  # from their own space
    ROOM = "room"  # on a device that others hold, in the room
    PAPER = "paper"  # on paper, scanned back


# After one of these the line is closed; the others leave it open.
FINAL = frozenset({Outcome.SIGNED, Outcome.RESERVATIONS, Outcome.MARK, Outcome.REFUSED})
AGREED = frozenset({Outcome.SIGNED, Outcome.RESERVATIONS, Outcome.MARK})
# How long the team has to come back for a signature after an oral yes, unless it says another day.
COME_BACK_DAYS = 7


class ContractState(StrEnum):
    TO_SIGN = "to_sign"
    IN_FORCE = "in_force"
    REFUSED = "refused"


class SigningRefused(ValueError):
    """A choice that cannot be taken as it is. The message is for the screen."""


@dataclass(frozen=True)
class Waited:
    """The latest choice on a line that the contract waits for (None: nothing yet).

    `one_of`: the name of a group in which one signature is enough (two parents); "" for a line on its own.
    """

    outcome: Outcome | None
    one_of: str = ""


def next_state(waited: Sequence[Waited]) -> ContractState:
    """The contract's state from the lines it waits for.

    In force when every one of them signed, with or without reservations, by hand or by a
    mark; refused as soon as one of them chose not to sign. In a group one signature is
    enough, and the refusal of one leaves the others free.
    """
    groups: dict[str, list[Outcome | None]] = {}
    for place, line in enumerate(waited):
        groups.setdefault(line.one_of or f"line {place}", []).append(line.outcome)
    settled = [_of_group(outcomes) for outcomes in groups.values()]
    if ContractState.REFUSED in settled:
        return ContractState.REFUSED
    if settled and all(state == ContractState.IN_FORCE for state in settled):
        return ContractState.IN_FORCE
    return ContractState.TO_SIGN


def _of_group(outcomes: Sequence[Outcome | None]) -> ContractState:
    if any(outcome in AGREED for outcome in outcomes):
        return ContractState.IN_FORCE
    if all(outcome == Outcome.REFUSED for outcome in outcomes):
        return ContractState.REFUSED
    return ContractState.TO_SIGN


def waits(waited: Sequence[Waited]) -> list[bool]:
    """For each line, in order: does the contract still wait for its choice? Once one of a group signed, it does not."""
    settled = {line.one_of for line in waited if line.one_of and line.outcome in AGREED}
    return [line.outcome not in FINAL and line.one_of not in settled for line in waited]


def lacks(
    outcome: Outcome,
    *,
    words: str,
    rights_read: Sequence[str],
    stances: Sequence[str],
    is_person: bool,
    way: Way = Way.OWN,
    witnessed: bool = False,
) -> dict[str, str]:
    """What a choice lacks, a sentence for each part of it; empty when it can be taken.

    The person reads their rights before signing; reservations are words, or an
    article to which one did not say a plain yes; signing without reservation
    goes with no such article; a mark needs somebody who saw it made.
    """
    missing = {}
    reserved = any(stance != "agrees" for stance in stances)
    if outcome in AGREED and is_person and any(right not in rights_read for right, _ in RIGHTS):
        missing["rights"] = "Cochez vos 4 droits. Ils se lisent avant de signer."
    if outcome == Outcome.SIGNED and reserved:
        missing["outcome"] = (
            "Vous n’êtes pas d’accord avec tous les articles. Vous pouvez signer avec vos réserves."
        )
    if outcome == Outcome.RESERVATIONS and not words.strip() and not reserved:
        missing["words"] = "Écrivez vos réserves : elles seront dans le contrat."
    if outcome == Outcome.MARK and way == Way.OWN:
        missing["outcome"] = "Une croix se fait devant un témoin : demandez à l’équipe de venir."
    elif outcome == Outcome.MARK and not witnessed:
        missing["witness"] = (
            "Écrivez le nom du témoin : une personne qui a vu faire la croix, et qui ne signe pas ce contrat."
        )
    return missing


def check_choice(outcome: Outcome, **parts: Any) -> None:
    """Refuse a choice that lacks something (`lacks`), with all that it lacks."""
    if missing := lacks(outcome, **parts):
        raise SigningRefused(" ".join(missing.values()))
