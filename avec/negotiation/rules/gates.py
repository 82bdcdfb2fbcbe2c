"""The gate of each phase: what must hold to leave it, in plain words (the table of domain.md §4)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from avec.accounts.vocabulary import worded

from .moves import Phase
from .table import Table


class Lack(StrEnum):
    """What a condition asks for: the page turns it into a link that does it."""

    PARTIES = "parties"
    PERSON = "person"
    AIM = "aim"
    AIM_ACCEPTED = "aim_accepted"
    DEADLINE = "deadline"
    POINTS = "points"
    CLASSES = "classes"
    STAKES = "stakes"
    OUTCOMES = "outcomes"
    ANSWERS = "answers"
    NEXT_STEP = "next_step"


@dataclass(frozen=True)
class Condition:
    """One line of a gate. `who`, `points`: the keys of the parties and of the points that it waits for."""

    met: bool
    words: str
    lack: Lack
    who: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


def gate_of(table: Table) -> list[Condition]:
    """What must hold to leave the phase the table is in; nothing once concluded."""
    gates = {
        Phase.FRAME: gate_to_explore,
        Phase.EXPLORE: gate_to_positions,
        Phase.POSITIONS: gate_to_conclude,
        Phase.CONCLUDE: gate_to_conclusion,
    }
    return gates[table.phase](table) if table.phase in gates else []


def around_the_table(table: Table) -> list[Condition]:
    """Two parties, and the person or who speaks for them: it holds to the end."""
    return [
        Condition(len(table.at_table) >= 2, "Au moins deux personnes négocient.", Lack.PARTIES),
        Condition(
            any(party.is_for_person for party in table.at_table),
            worded("%(Short_the)s est là, ou quelqu’un parle en son nom et on sait pourquoi."),
            Lack.PERSON,
        ),
    ]


def gate_to_explore(table: Table) -> list[Condition]:
    not_yet = tuple(party.key for party in table.at_table if not table.aim_accepted.get(party.key, False))
    unclassed = tuple(point.key for point in table.live_points if point.negotiable is None)
    return [
        *around_the_table(table),
        Condition(bool(table.aim), "Un but commun est écrit.", Lack.AIM),
        Condition(
            bool(table.aim) and not not_yet, "Tout le monde accepte ce but.", Lack.AIM_ACCEPTED, who=not_yet
        ),
        Condition(table.due_on is not None, "Une date limite est choisie.", Lack.DEADLINE),
        Condition(bool(table.live_points), "Au moins un point est à discuter.", Lack.POINTS),
        Condition(
            not unclassed,
            "On sait, pour chaque point, s’il se négocie.",
            Lack.CLASSES,
            points=unclassed,
        ),
    ]


def gate_to_positions(table: Table) -> list[Condition]:
    heard = {stake.party for stake in table.stakes}
    silent = tuple(party.key for party in table.at_table if party.key not in heard)
    return [
        *around_the_table(table),
        Condition(
            not silent,
            "Chaque personne a dit ce qui compte pour elle, ou a choisi de ne pas le dire.",
            Lack.STAKES,
            who=silent,
        ),
    ]


def gate_to_conclude(table: Table) -> list[Condition]:
    unsettled = tuple(point.key for point in table.negotiable_points if point.key not in table.outcomes)
    unclassed = tuple(point.key for point in table.live_points if point.negotiable is None)
    return [
        *around_the_table(table),
        Condition(
            not unsettled and not unclassed,
            "Chaque point qui se négocie a une issue\u00a0: d’accord, mis de côté, ou pas d’accord.",
            Lack.OUTCOMES,
            points=(*unsettled, *unclassed),
        ),
    ]


def gate_to_conclusion(table: Table) -> list[Condition]:
    """Before it is concluded. The next step is asked by the move itself (`play`), when the agreement is not total."""
    silent = tuple(party.key for party in table.at_table if party.key not in table.answers)
    return [
        *around_the_table(table),
        Condition(
            not silent and bool(table.read_back),
            "Chaque personne a répondu au texte relu.",
            Lack.ANSWERS,
            who=silent,
        ),
    ]


def days_over(table: Table, today: date) -> int:
    """How many days past the deadline; 0 when it is not overdue."""
    return (today - table.due_on).days if table.due_on and table.is_overdue(today) else 0
