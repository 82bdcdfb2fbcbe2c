"""The persons of the demonstration, one story each, all invented. A story yields a moment, then tells it."""

from .acacias import bernard, henri, jeanne, odette, simone, therese
from .bouleaux import ahmed, georges, lucien, marcel, paulette, rose
from .rives import nadia, yanis

TILLEULS_STORIES = (
    odette,
    bernard,
    simone,
    therese,
    jeanne,
    henri,
    ahmed,
    lucien,
    marcel,
    rose,
    paulette,
    georges,
)
RIVES_STORIES = (yanis, nadia)

__all__ = ["RIVES_STORIES", "TILLEULS_STORIES"]
