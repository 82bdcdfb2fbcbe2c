"""Marcel, Les Bouleaux."""

from avec.careplan.rules.goal_moves import GoalMove

from ..clock import born, days_ago, in_days
from ..house import House, Told


def marcel(house: House) -> Told:
    """In force; the term of a goal went by last week: it asks for an evaluation, by him first."""
    malik, doctor, paul = house["malik"], house["medecin"], house["paul"]

    yield days_ago(430, "10:00")
    s = house.welcome(
        unit="Les Bouleaux",
        account="marcel.dupouy",
        civility="M.",
        family_name="Dupouy",
        given_names="Marcel",
        gender="male",
        birth_date=born(86, 12, 5),
        room="9",
        communication="Aime qu’on aille droit au but. Plaisante quand il est inquiet.",
    )
    s.team("medecin", "paul", "infirmiere", referent="malik", malik="aide-soignant référent")
    nephew = s.relative("Dupouy", "Alain", "son neveu", civility="M.")
    s.mandate(nephew, "carer", "accord retiré depuis", ends_on=None, revoked_on=in_days(-190))
    me = house["marcel.dupouy"]
    yield days_ago(415, "15:00")
    first_plan = s.opens("Le premier projet de Marcel", by=malik)
    s.papers(-418, -415, malik)
    s.says("Me reposer. On verra après.", by=malik)
    yield days_ago(290, "15:00")
    s.sets(malik, step="renewed", ends_on=in_days(-290))
    s.opens("Le projet de Marcel", by=malik, previous=first_plan)
    table = s.says("Aller à la salle à manger sur mes deux jambes, sans chaise.", by=me, importance=4)
    car = s.says("Reprendre ma voiture, même juste jusqu’au marché.", by=me, importance=4)
    cards = s.says("Une vraie belote, avec des gens qui comptent les points.", by=me, importance=2)
    yield days_ago(280, "11:00")
    s.answers(
        car,
        doctor,
        reply="declined",
        reason="Depuis votre malaise au volant, conduire est dangereux pour vous et pour les autres. "
        "Je vous l’ai dit moi-même, et vous m’avez dit votre colère.",
        instead="La navette du marché, le jeudi. Vous montez devant et vous choisissez l’heure du retour.",
    )
    legs = s.need("Marche vingt mètres, s’arrête, repart.", "1.2.1.3", by=paul)
    yield days_ago(268, "10:00")
    walk = s.goal(
        "Sur mes deux jambes",
        "Marcel va de sa chambre à la salle à manger en marchant, à son rythme.",
        by=malik,
        due=-7,
        priority=1,
        easy_words="Vous allez manger en marchant.\nVous allez à votre rythme.",
        expected_result="Un repas par jour sans fauteuil.",
        referent=paul,
        needs=[legs],
    )
    belote = s.goal(
        "La belote",
        "Une table de belote se retrouve deux fois par semaine\u00a0; Marcel invite qui il veut.",
        by=malik,
        due=90,
        priority=2,
        picto="team",
        easy_words="Vous jouez à la belote.\nVous invitez qui vous voulez.",
        expected_result="La table tourne sans l’équipe.",
    )
    s.taken_up(table, walk, malik, "Paul est d’accord. On commence par le petit déjeuner.")
    s.taken_up(cards, belote, malik)
    s.does([walk], "Marcher jusqu’à la salle à manger", "by", malik, rhythm="à midi")
    s.does([walk], "S’entraîner dans le couloir", "with", malik, owner=paul, rhythm="le mardi et le vendredi")
    s.does([belote], "Réunir la table", "by", malik, rhythm="le lundi et le jeudi", place="salon bleu")
    yield days_ago(262, "16:00")
    s.agree(walk, belote, by=malik)
    yield days_ago(255, "10:00")
    contract = s.issues(malik)
    s.chooses(contract, malik)
    yield days_ago(250, "10:00")
    s.signs_on_paper(
        contract,
        "Marcel",
        malik,
        words="Avec mon stylo. Les écrans, non.",
        a1="agrees",
        a2="agrees",
    )
    s.handed(contract, "Marcel", by=malik)
    yield days_ago(180, "15:00")
    s.weighs(walk, me, 0, "J’arrive à table. Avec une pause.")
    s.weighs(walk, paul, -1, "Une pause à mi-chemin, deux les jours de pluie.")
    market = s.goal(
        "Le marché",
        "Marcel va au marché le jeudi avec la navette.",
        by=malik,
        due=60,
        priority=3,
        picto="house",
        expected_result="Marcel rapporte ce qu’il a choisi.",
    )
    s.taken_up(car, market, malik, "On essaie la navette, devant, comme vous l’aviez demandé.")
    yield days_ago(120, "11:00")
    s.turns(
        market,
        GoalMove.REMOVE,
        malik,
        "Marcel a essayé deux fois. Il préfère que sa nièce lui apporte ses courses, et choisir avec elle.",
    )
    yield days_ago(6, "16:00")
    s.weighs(walk, paul, 1, "Tous les repas de midi à pied depuis trois semaines.")
    yield days_ago(5, "12:50")
    s.read_by(malik, paul)
