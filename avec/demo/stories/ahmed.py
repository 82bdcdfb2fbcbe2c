"""Ahmed, Les Bouleaux."""

from ..clock import born, days_ago, in_days
from ..house import House, Told
from ..voice import hum


def ahmed(house: House) -> Told:
    """Needs are being assessed; two of his expectations still wait for an answer."""
    camille, doctor, paul = house["educatrice"], house["medecin"], house["paul"]

    yield days_ago(44, "10:30")
    s = house.welcome(
        unit="Les Bouleaux",
        account="ahmed.belkacem",
        civility="M.",
        family_name="Belkacem",
        given_names="Ahmed",
        gender="male",
        birth_date=born(76, 9, 14),
        room="31",
        communication="Parle arabe et français. Pour les choses importantes, en arabe avec sa nièce.",
    )
    s.team("medecin", "paul", referent="educatrice", educatrice="éducatrice référente")
    niece = s.relative("Belkacem", "Samia", "sa nièce", civility="Mme")
    s.mandate(niece, "trusted", "personne de confiance", wider=True)
    me = house["ahmed.belkacem"]
    yield days_ago(38, "15:00")
    s.opens("Le projet d’Ahmed", by=camille, communication="Expliqué en français, puis en arabe par Samia.")
    s.says("Avoir mes outils. Un homme qui ne répare rien s’ennuie.", by=me, importance=4)
    fasting = s.says("Manger comme chez moi, et jeûner si je le décide.", by=camille, importance=3)
    yield days_ago(31, "11:00")
    s.answers(
        fasting,
        doctor,
        reply="postponed",
        until=in_days(20),
        reason="Pour le jeûne, je veux d’abord voir avec vous comment prendre le traitement du diabète.",
    )
    yield days_ago(26, "10:00")
    s.need(
        "Ancien maçon\u00a0: gestes sûrs, regard juste, patience.", "1.3.3.2", by=camille, is_strength=True
    )
    s.need(
        "Diabète équilibré, surveillé deux fois par jour\u00a0; il fait ses contrôles lui-même.",
        "1.1.6",
        by=doctor,
    )
    s.need("Genou droit raide après une longue marche.", "1.1.8", by=paul)
    s.need("Repérer les lieux de nuit dans un bâtiment encore neuf pour lui.", "1.2.1.3", by=paul)
    s.sets(camille, step="assessment")
    yield days_ago(12, "18:00")
    s.says("", by=camille, way="voice", recording=hum(), situation="dans sa langue, au téléphone de Samia")
    yield days_ago(11, "17:45")
    s.says(
        "Je ne veux pas qu’on me tutoie. On ne se connaît pas encore.", by=me, kind="not_wanted", importance=3
    )
    yield days_ago(3, "11:00")
    s.read_by(camille, doctor)
