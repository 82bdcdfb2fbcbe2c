"""What each move of a party needs: somebody who is still at the table, a step that is on it."""

from typing import Any

from django.http import Http404

from ..models import Party, Point
from ..rules import Concession, MoveRefused
from ..sitting import Sitting


def there(party: Party) -> Party:
    """A page may still show somebody who left meanwhile: said in a sentence."""
    if party.left_at is not None:
        raise MoveRefused("Cette personne n’est plus à la table\u00a0: relisez la page.")
    return party


def step_of(sitting: Sitting, number: Any) -> tuple[Concession, Point]:
    """A step of this very table, by the number of the move that offered it, and its point; not found otherwise."""
    digits = str(number)
    found = sitting.table.concessions.get(int(digits)) if digits.isdecimal() and len(digits) < 9 else None
    if found is None:
        raise Http404
    return found, sitting.points[found.point]
