"""Words of the room that the house's own vocabulary changes."""

from avec.accounts.vocabulary import worded

from .models import PartChoice


def part_words(part: PartChoice) -> str:
    """Who one is on one's side: « un résident », where the house says so; with its article, as the others."""
    return worded("%(a)s") if part == PartChoice.PERSON else str(part.label)
