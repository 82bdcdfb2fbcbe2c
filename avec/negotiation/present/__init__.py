"""The table as a page shows it to one reader: names, states in words, and what this reader may do from each seat."""

from .parties import ShownParty, listed
from .points import ShownConcession, ShownPoint, ShownPosition
from .table import ShownTable, shown_table

__all__ = [
    "ShownConcession",
    "ShownParty",
    "ShownPoint",
    "ShownPosition",
    "ShownTable",
    "listed",
    "shown_table",
]
