"""Henri, Les Acacias: he has just arrived."""

from ..clock import born, days_ago
from ..house import House, Told


def henri(house: House) -> Told:
    """Arrived last week: nothing is written yet."""
    yield days_ago(8, "15:30")
    s = house.welcome(
        unit="Les Acacias",
        civility="M.",
        family_name="Vasseur",
        given_names="Henri",
        gender="male",
        birth_date=born(84, 4, 30),
        room="5",
        communication="Prend son temps pour répondre. Aime qu’on s’assoie.",
    )
    s.team("aide-soignante", "medecin", referent="infirmiere", infirmiere="infirmière référente")
    s.relative("Vasseur", "Denise", "son épouse", civility="Mme", phone="06 00 00 00 05")
    yield days_ago(7, "09:00")
    s.read_by(house["infirmiere"])
