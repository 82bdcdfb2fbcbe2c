"""Jeanne, Les Acacias: her contract can be written; one talk is overdue."""

from avec.negotiation.actions import Seat

from ..clock import born, days_ago, in_days
from ..house import House, Told
from ..talk import Talk, somebody


def jeanne(house: House) -> Told:
    """Everything is said, answered and agreed: her contract can be written."""
    sonia, doctor, julie = house["infirmiere"], house["medecin"], house["julie"]

    yield days_ago(28, "14:00")
    s = house.welcome(
        unit="Les Acacias",
        account="jeanne.prat",
        civility="Mme",
        family_name="Prat",
        birth_name="Lopez",
        given_names="Jeanne",
        gender="female",
        birth_date=born(79, 11, 3),
        room="17",
        communication="Parle français et espagnol. Plus à l’aise le matin.",
    )
    s.team("aide-soignante", "medecin", "julie", referent="infirmiere", infirmiere="infirmière référente")
    sister = s.relative("Lopez", "Pilar", "sa sœur", civility="Mme")
    s.mandate(
        sister,
        "assistance",
        "habilitation familiale, terminée",
        starts_on=in_days(-1100),
        ends_on=in_days(-9),
    )
    me = house["jeanne.prat"]
    yield days_ago(23, "09:30")
    s.opens("Le projet de Jeanne", by=sonia)
    knit = s.says("Reprendre le tricot, malgré mes mains.", by=me, importance=3)
    mass = s.says("Aller à la messe en espagnol, une fois par mois, en ville.", by=me, importance=4)
    pain = s.says(
        "Je ne veux pas de médicament qui m’endort dans la journée.", by=me, kind="not_wanted", importance=4
    )
    yield days_ago(21, "11:00")
    hands = s.need("Mains douloureuses et raides au réveil, mieux vers 10\u00a0heures.", "1.1.8", by=julie)
    hurt = s.need("Douleur mesurée à 5 sur 10 le matin, 2 l’après-midi.", "1.1.3", by=doctor)
    yield days_ago(15, "10:00")
    fingers = s.goal(
        "Le tricot",
        "Jeanne tricote avec des aiguilles épaisses, l’après-midi, aussi longtemps que ses mains le veulent.",
        by=sonia,
        due=80,
        priority=2,
        easy_words="Vous tricotez l’après-midi.\nVous vous arrêtez quand vous voulez.",
        expected_result="Jeanne a fini l’écharpe commencée.",
        referent=julie,
        needs=[hands],
    )
    town = s.goal(
        "La messe en ville",
        "Une fois par mois, Jeanne va à la messe en espagnol avec la navette, et choisit qui l’accompagne.",
        by=sonia,
        due=120,
        priority=1,
        picto="with",
        easy_words="Une fois par mois, vous allez à la messe.\nVous choisissez qui vient.",
        expected_result="Jeanne y est allée trois fois.",
    )
    awake = s.goal(
        "Sans somnoler",
        "La douleur est soulagée sans somnolence dans la journée\u00a0; tout changement est expliqué avant.",
        by=doctor,
        due=30,
        priority=3,
        picto="pill",
        easy_words="Vous avez moins mal.\nVous restez réveillée.\nOn vous explique avant.",
        expected_result="Douleur sous 3 sur 10 le matin, et pas de sieste forcée.",
        needs=[hurt],
    )
    s.taken_up(knit, fingers, sonia, "Julie a des aiguilles épaisses à vous faire essayer.")
    s.taken_up(mass, town, sonia, "La navette roule le dimanche matin.")
    s.taken_up(pain, awake, doctor, "Je comprends. On commence par la chaleur et une dose plus petite.")
    s.does([fingers], "Essayer les aiguilles", "with", sonia, owner=julie, rhythm="le mercredi")
    s.does([town], "Réserver la navette", "by", sonia, rhythm="la semaine d’avant")
    s.does(
        [awake],
        "Noter la douleur de 0 à 10",
        "with",
        sonia,
        owner=house["aide-soignante"],
        rhythm="matin et soir",
    )
    yield days_ago(9, "10:00")
    for goal, by in ((fingers, julie), (town, sonia), (awake, doctor)):
        s.stands(goal, "agrees", by, voice="professional")
    s.stands(fingers, "agrees", me)
    s.stands(town, "agrees", me)
    s.stands(awake, "could_not", me, reason="Je veux essayer avant de dire.", ask_again_on=in_days(5))
    yield days_ago(4, "10:20")
    s.stands(awake, "in_part", me, reason="Le matin, ça va. Le soir, j’ai encore mal.")
    yield days_ago(2, "16:00")
    s.read_by(doctor, sonia)


def jeanne_mass(house: House) -> Told:
    """Overdue: the deadline went by, and one point is still open."""
    sonia, julie = house["infirmiere"], house["julie"]
    yield days_ago(18, "10:10")
    _person, plan = somebody(house, "Prat")
    talk = Talk(
        house,
        plan,
        sonia,
        [Seat(), Seat(professional=sonia), Seat(professional=julie)],
        title="La messe en espagnol, en ville",
        situation="Jeanne veut y aller seule en taxi. L’équipe craint la chaleur et la fatigue.",
        context="plan",
        aim="Que Jeanne aille à la messe une fois par mois, et rentre en forme.",
        due_on=in_days(-3),
    )
    talk.point("Le trajet\u00a0: seule ou accompagnée", "participation")
    talk.point("Le jour du mois", "organisation")
    talk.aim_accepted("Jeanne", "Sonia", "Julie")
    talk.goes_on()
    talk.matters("Jeanne", "Prier dans ma langue. Ne déranger personne.")
    talk.matters("Sonia", "Savoir qui appeler s’il y a un malaise.")
    talk.matters("Julie", "Qu’elle garde l’habitude de sortir.")
    talk.goes_on()
    yield days_ago(11, "11:00")
    talk.asks("Jeanne", 1, "Seule. Le taxi me connaît.")
    talk.asks("Sonia", 1, "Avec quelqu’un, au moins la première fois.")
    once = talk.moves("Jeanne", 1, "seule à chaque fois", "avec Julie la première fois, seule ensuite")
    talk.accepted(once, "Julie")
    every = talk.moves("Sonia", 1, "accompagnée à chaque fois", "accompagnée un mois sur deux")
    talk.declined(every, "Jeanne", "Je ne suis pas une enfant.")
    talk.asks("Jeanne", 2, "Le premier dimanche.")
    talk.agreed(2, "Le premier dimanche du mois, à 11\u00a0heures.")
