"""Words that several pages and sheets of the room say, and the marks that go with them."""

from django.utils.translation import gettext as _

from avec.accounts.vocabulary import worded

from .models import PartChoice
from .rules import Side

# The mark of each side, as the components know it (ui: mark, voice).
VOICES = {Side.USER: "person", Side.PROFESSIONAL: "professional"}


def the_side(side: Side) -> str:
    return _("les usagers") if side == Side.USER else _("les professionnels")


def part_words(part: PartChoice) -> str:
    """Who one is on one's side: « un résident », where the house says so; with its article, as the others."""
    return worded("%(a)s") if part == PartChoice.PERSON else str(part.label)


def number(value: float) -> str:
    """« 3 », « 2,5 »."""
    return f"{value:g}".replace(".", ",")
