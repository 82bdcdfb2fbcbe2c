"""Words of the room that the house's own vocabulary changes."""

from django.utils.translation import gettext as _

from avec.accounts.vocabulary import worded

from .models import PartChoice


def part_words(part: PartChoice) -> str:
    """Who one is on one's side: « un résident », where the house says so."""
    if part == PartChoice.PERSON:
        return worded("%(short_a)s")
    if part == PartChoice.REPRESENTATIVE:
        return _("quelqu’un qui représente les usagers")
    return str(part.label)
