"""Bernard, Les Acacias: three weeks here, and his mornings being negotiated."""

from avec.careplan.doers import Doer
from avec.contracts.rules import Outcome
from avec.negotiation.actions import Seat
from avec.negotiation.models import Ground

from ..clock import born, days_ago, in_days
from ..house import House, Told
from ..talk import Talk, somebody


def bernard(house: House) -> Told:
    """Three weeks here: he said yes to his first contract, aloud; his signature is for today."""
    sonia, malik, doctor = house["infirmiere"], house["malik"], house["medecin"]

    yield days_ago(24, "11:00")
    s = house.welcome(
        unit="Les Acacias",
        account="resident",
        civility="M.",
        family_name="Castan",
        given_names="Bernard",
        gender="male",
        birth_date=born(78, 8, 2),
        room="21",
        communication="Entend mal de l’oreille droite. Parle volontiers, debout plutôt qu’assis.",
    )
    s.team("malik", "medecin", "aide-soignante", referent="infirmiere", infirmiere="infirmière référente")
    s.relative("Castan", "Julien", "son fils, à Montréal", civility="M.", email="julien@exemple.invalid")
    me = house["resident"]
    s.arrives(sonia, in_days(-30))
    s.shows("trusted_notice", in_days(-40), sonia, "envoyée à Bernard avec le dossier d’admission")
    yield days_ago(20, "10:00")
    s.opens("Le projet de Bernard", by=sonia, communication="Lu ensemble, dans le potager.")
    yield days_ago(19, "17:30")
    tomatoes = s.says("Je veux un bout de terre à moi. Pas un pot sur un rebord.", by=me, importance=4)
    shower = s.says(
        "Je ne veux pas de douche avant 9\u00a0heures. Toute ma vie je me suis lavé après le travail.",
        by=me,
        kind="not_wanted",
        importance=3,
    )
    yield days_ago(18, "14:00")
    son = s.says("Appeler Julien le dimanche, en voyant sa tête.", by=malik, importance=3)
    dog = s.says("J’aimerais que mon chien vive ici avec moi.", by=malik, importance=3)
    strength = s.need(
        "Connaît la terre, les saisons, et sait l’expliquer aux autres.",
        "1.3.4.1",
        by=malik,
        is_strength=True,
    )
    breath = s.need("Essoufflé dans l’escalier\u00a0; se repose de lui-même.", "1.1.5", by=doctor)
    yield days_ago(13, "10:30")
    s.answers(
        dog,
        sonia,
        reply="declined",
        reason="Deux voisins de couloir sont allergiques, et leurs chambres touchent la vôtre.",
        instead="Votre nièce amène Pistou au parc le samedi. La porte du parc est ouverte toute la journée.",
    )
    plot = s.goal(
        "Un bout de terre",
        "Bernard cultive son carré de potager, à sa façon, et donne un coup de main aux voisins s’il le veut.",
        by=sonia,
        due=150,
        priority=1,
        picto="garden",
        easy_words="Vous avez votre carré de terre.\nVous plantez ce que vous voulez.",
        expected_result="Bernard récolte ce qu’il a semé.",
        needs=[strength, breath],
    )
    wash = s.goal(
        "La douche, après",
        "Bernard se douche en fin de matinée, au retour du potager, jamais avant 9\u00a0heures.",
        by=sonia,
        due=60,
        priority=2,
        picto="no",
        easy_words="Pas de douche avant 9\u00a0heures.\nVous choisissez le moment.",
        expected_result="Bernard dit que l’heure lui va.",
        referent=malik,
    )
    sunday = s.goal(
        "Julien, le dimanche",
        "Bernard appelle son fils en vidéo chaque dimanche, avec la tablette du salon.",
        by=sonia,
        due=90,
        priority=3,
        picto="phone",
        easy_words="Le dimanche, vous appelez Julien.\nVous voyez son visage.",
        expected_result="Bernard sait lancer l’appel seul.",
    )
    s.taken_up(tomatoes, plot, sonia, "Le carré du fond est libre. Il est à vous.")
    s.taken_up(shower, wash, sonia, "D’accord. La douche est en fin de matinée.")
    s.taken_up(son, sunday, sonia)
    s.does(
        [plot],
        "Bêcher, semer, arroser",
        "by",
        sonia,
        performers=[Doer("person")],
        recurrence="ON_REQUEST",
        rhythm="quand Bernard le demande",
        place="potager",
        means="une bêche légère et un arrosoir de cinq litres",
    )
    s.does(
        [plot],
        "Commander les graines",
        "with",
        sonia,
        owner=malik,
        performers=[Doer("person"), Doer("partner", words="la jardinerie du marché")],
        rhythm="au changement de saison",
    )
    s.does([wash], "Préparer la douche", "presence", sonia, owner=malik, rhythm="après 11\u00a0heures")
    s.does(
        [sunday], "Lancer l’appel vidéo", "with", sonia, owner=house["aide-soignante"], rhythm="le dimanche"
    )
    s.shows("stay_contract_handed", in_days(-12), sonia, "remis à Bernard, avec la charte")
    yield days_ago(10, "16:00")
    s.agree(plot, wash, sunday, by=sonia)
    yield days_ago(6, "14:00")
    contract = s.issues(sonia)
    yield days_ago(5, "09:00")
    s.chooses(contract, sonia)
    yield days_ago(4, "11:20")
    s.attested(
        contract,
        "Bernard",
        sonia,
        Outcome.ORAL,
        "C’est oui. Mais j’ai les mains dans la terre\u00a0: je signerai au propre.",
        come_back_on=in_days(0),
    )
    yield days_ago(3, "18:40")
    s.read_by(malik, doctor)
    yield days_ago(1, "08:50")
    s.read_by(sonia)


def bernard_mornings(house: House) -> Told:
    """In positions: two steps of his, none of the team's accepted yet."""
    sonia, malik = house["infirmiere"], house["malik"]
    yield days_ago(12, "10:40")
    _person, plan = somebody(house, "Castan")
    talk = Talk(
        house,
        plan,
        sonia,
        [Seat(), Seat(professional=sonia), Seat(professional=malik, capacity="aide-soignant")],
        title="Le matin de Bernard",
        situation="Bernard ne veut pas se lever tôt. Sa jambe a besoin d’un pansement trois fois par semaine.",
        context="refusal",
        aim="Que Bernard commence sa journée reposé, et que sa jambe guérisse.",
        due_on=in_days(7),
    )
    talk.point("L’heure du lever", "organisation")
    talk.point("La douche\u00a0: quels jours, à quelle heure\u00a0?", "organisation")
    talk.point("Qui aide à la toilette", "who")
    bandage = talk.point(
        "Le pansement de la jambe, 3\u00a0fois par semaine",
        "prescription",
        source=f"Prescription du Dr Nguyen, du {days_ago(20):%d/%m/%Y}",
    )
    talk.point("L’heure et le lieu du pansement", "organisation", how_of=bandage)
    talk.point(
        "Ne pas fumer dans la chambre",
        "law",
        ground=Ground.objects.get(establishment=house.establishment, code="smoking"),
    )
    talk.explained(
        4,
        "yes",
        "«\u00a0Si on ne le fait pas, ça s’infecte.\u00a0»",
        "de vive voix, avec un dessin de la jambe",
    )
    talk.explained(6, "in_part", "«\u00a0Chez moi, je fumais à la fenêtre.\u00a0»")
    talk.aim_accepted("Bernard", "Sonia", "Malik")
    talk.goes_on()
    yield days_ago(10, "16:20")
    talk.matters("Bernard", "Dormir. Ne pas avoir froid. Décider de ma matinée.")
    talk.matters("Sonia", "Que la jambe guérisse avant l’hiver.")
    talk.matters("Malik", "Ne pas courir d’une chambre à l’autre à 7\u00a0heures.")
    talk.goes_on()
    yield days_ago(5, "10:35")
    talk.asks("Bernard", 1, "Pas avant 9\u00a0heures. Toute ma vie je me suis levé pour les autres.")
    talk.asks("Malik", 1, "8\u00a0heures, comme tout le couloir.")
    later = talk.moves(
        "Malik", 1, "8\u00a0heures pour tout le monde", "9\u00a0heures pour Bernard, en dernier"
    )
    talk.accepted(later, "Bernard", "Sonia")
    talk.agreed(1, "Bernard se lève à 9\u00a0heures. Malik passe chez lui en dernier.")
    talk.asks("Bernard", 2, "Une fois par semaine, ça suffit. Et pas à 7\u00a0heures et demie.")
    talk.asks("Sonia", 2, "Trois fois par semaine, avant chaque pansement.")
    twice = talk.moves("Bernard", 2, "une douche par semaine", "deux douches par semaine")
    talk.accepted(twice, "Sonia", "Malik")
    talk.moves("Malik", 2, "7\u00a0h\u00a030", "une douche en fin de matinée", in_return_for=twice)
    warn = talk.moves("Bernard", 2, "ne pas ouvrir", "prévenir avant midi quand je ne veux pas")
    talk.accepted(warn, "Sonia", "Malik")
    talk.asks("Bernard", 3, "Malik. Il ne parle pas trop le matin.")
    talk.agreed(3, "Malik aide à la toilette. Quand il n’est pas là, on demande à Bernard.")
