"""The persons of the demonstration, one story each, all invented. A story yields a moment, then tells it."""

from .ahmed import ahmed
from .barometer import (
    asked_by_yanis,
    asked_of_bernard,
    feasts,
    home_council,
    meals,
    odette_and_sonia,
    steering,
    ward,
)
from .bernard import bernard, bernard_mornings
from .georges import georges
from .henri import henri
from .jeanne import jeanne, jeanne_mass
from .lucien import lucien, lucien_stockings
from .marcel import marcel
from .odette import odette
from .odette_talks import odette_drops, odette_town
from .paulette import paulette
from .rives import nadia, yanis
from .rose import rose
from .simone import simone, simone_noise
from .therese import therese, therese_meals

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
    meals,
    feasts,
    steering,
    ward,
    odette_and_sonia,
    asked_of_bernard,
)
RIVES_STORIES = (yanis, nadia, home_council, asked_by_yanis)

__all__ = ["RIVES_STORIES", "TILLEULS_STORIES"]
