"""Georges, Les Bouleaux."""

from ..clock import born, days_ago, in_days
from ..house import House, Told


def georges(house: House) -> Told:
    """He came six weeks ago; he says things one at a time."""
    camille, nadege = house["educatrice"], house["aide-soignante"]

    yield days_ago(41, "11:00")
    s = house.welcome(
        unit="Les Bouleaux",
        civility="M.",
        family_name="Ndiaye",
        given_names="Georges",
        gender="male",
        birth_date=born(79, 11, 3),
        room="29",
        communication="Parle doucement. Une question à la fois.",
    )
    s.team("aide-soignante", "medecin", referent="educatrice", educatrice="éducatrice référente")
    yield days_ago(33, "16:00")
    s.opens("Le projet de Georges", by=camille)
    radio = s.says("Écouter les matchs à la radio, sans que le son dérange.", by=camille, importance=3)
    yield days_ago(28, "10:00")
    s.answers(
        radio,
        camille,
        reply="postponed",
        until=in_days(9),
        reason="On essaie deux casques. Vous choisissez celui qui vous va.",
    )
    yield days_ago(7, "18:00")
    s.says("Le poisson du vendredi, oui. Le chou, non.", by=nadege, importance=2)
    yield days_ago(6, "09:00")
    s.read_by(camille, nadege)
