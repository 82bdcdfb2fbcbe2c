"""The persons of the demonstration, one story each, all invented. A story yields a moment, then tells it."""

from .acacias import bernard, henri, jeanne, odette, simone, therese
from .bouleaux import ahmed, georges, lucien, marcel, paulette, rose
from .rives import nadia, yanis
from .talks import (
    bernard_mornings,
    jeanne_mass,
    lucien_stockings,
    odette_drops,
    odette_town,
    simone_noise,
    therese_meals,
)

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
    bernard_mornings,
    simone_noise,
    therese_meals,
    jeanne_mass,
    odette_town,
    lucien_stockings,
    odette_drops,
)
RIVES_STORIES = (yanis, nadia)

__all__ = ["RIVES_STORIES", "TILLEULS_STORIES"]
