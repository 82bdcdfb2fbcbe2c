"""Paulette, Les Bouleaux."""

from ..clock import born, days_ago, in_days
from ..house import House, Told
from ..paper import hand


def paulette(house: House) -> Told:
    """A quiet thread: said, taken up, signed together on one tablet; its six months have just run out."""
    camille, malik = house["educatrice"], house["malik"]

    yield days_ago(210, "14:00")
    s = house.welcome(
        unit="Les Bouleaux",
        account="paulette.simon",
        civility="Mme",
        family_name="Simon",
        given_names="Paulette",
        gender="female",
        birth_date=born(88, 1, 23),
        room="27",
        communication="Entend mal à droite. Se mettre en face et parler sans crier.",
    )
    s.team("malik", "medecin", referent="educatrice", educatrice="éducatrice référente")
    curator = s.relative("Vernier", "Sabine", "curatrice", civility="Mme")
    s.mandate(
        curator,
        "assistance",
        "curatelle renforcée",
        origin="judge",
        co_signs=True,
        starts_on=in_days(-820),
        ends_on=in_days(1000),
    )
    me = house["paulette.simon"]
    yield days_ago(201, "10:00")
    s.opens("Le projet de Paulette", by=camille, communication="Relu à voix haute, lampe allumée.")
    wool = s.says("Tricoter pour les bébés de la maternité, comme avant.", by=me, importance=4)
    door = s.says("Je ne veux pas qu’on ferme ma porte la nuit.", by=me, kind="not_wanted", importance=3)
    yield days_ago(195, "11:00")
    knitting = s.goal(
        "Le tricot",
        "Paulette tricote pour la maternité et voit partir ses colis.",
        camille,
        due=40,
        priority=1,
        easy_words="Vous tricotez pour la maternité.\nVous voyez partir vos colis.",
        expected_result="Un colis part chaque saison.",
    )
    night = s.goal(
        "La porte, la nuit",
        "La porte de Paulette reste entrouverte la nuit.",
        malik,
        due=70,
        priority=2,
        easy_words="Votre porte reste entrouverte la nuit.",
        picto="door",
    )
    s.taken_up(wool, knitting, camille, "Oui. La maternité est d’accord, elle vous écrit.")
    s.taken_up(door, night, camille, "Oui, toutes les nuits.")
    s.does(
        [knitting], "Choisir la laine au marché", "with", camille, owner=camille, rhythm="une fois par mois"
    )
    s.does([knitting], "Tricoter", "by", camille, rhythm="l’après-midi", place="petit salon")
    s.does(
        [night],
        "Laisser la porte entrouverte",
        "for",
        camille,
        performer="L’équipe de nuit",
        rhythm="chaque nuit",
    )
    yield days_ago(188, "15:00")
    s.agree(knitting, night, by=camille)
    yield days_ago(186, "10:30")
    contract = s.issues(camille, ends_on=in_days(-4), review_on=in_days(-34))
    s.chooses(contract, camille)
    yield days_ago(184, "16:00")
    s.gathers(contract, "Paulette", "Sabine", by=camille)
    s.signs_here(contract, me, camille, reading="easy", drawn=hand(1), a1="agrees", a2="agrees")
    s.attested(contract, "Sabine", camille, words="Lu avec Paulette, qui m’a dit oui.", drawn=hand(2))
    s.handed(contract, "Paulette", by=camille)
    s.handed(contract, "Sabine", by=camille)
    yield days_ago(20, "09:30")
    s.read_by(camille, malik)
