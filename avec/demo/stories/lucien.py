"""Lucien, Les Bouleaux: few words, a tutor, a contract in force, and a care he refuses."""

from avec.accounts.models import Role
from avec.careplan.actions import transcribe
from avec.contracts.models import HandingChoice
from avec.contracts.rules import Outcome
from avec.negotiation.actions import Followed, Refused, ask_again, note_refusal

from ..clock import born, days_ago, in_days
from ..house import House, Told
from ..paper import cross
from ..talk import somebody
from ..voice import hum


def lucien(house: House) -> Told:
    """Few words since his stroke, a tutor beside him, and an amendment that waits for the tutor."""
    sonia, malik, paul = house["infirmiere"], house["malik"], house["paul"]
    nadege = house["aide-soignante"]

    yield days_ago(420, "14:00")
    s = house.welcome(
        unit="Les Bouleaux",
        account="lucien.morel",
        civility="M.",
        family_name="Morel",
        given_names="Lucien",
        gender="male",
        birth_date=born(81, 2, 11),
        room="7",
        easy_read=True,
        communication="Comprend tout. Cherche ses mots depuis son AVC\u00a0: attendre, proposer deux images.",
    )
    s.team(
        "malik", "paul", "medecin", "aide-soignante", referent="infirmiere", infirmiere="infirmière référente"
    )
    tutor = s.relative("Garnier", "Philippe", "tuteur", civility="M.", email="tuteur@demo.avec.example")
    tutor.member = house.open_account("tuteur", Role.RELATIVE.value, "M.", "Philippe", "Garnier")
    tutor.save(update_fields=["member"])
    s.mandate(
        tutor,
        "representation",
        "mandataire judiciaire",
        origin="judge",
        co_signs=True,
        starts_on=in_days(-700),
        ends_on=in_days(1120),
    )
    me, garnier = house["lucien.morel"], house["tuteur"]
    yield days_ago(170, "10:00")
    s.opens(
        "Le projet de Lucien", by=sonia, communication="Par images, deux choix à la fois, sur trois jours."
    )
    s.papers(-409, -395, sonia)
    seen = s.seen(
        "Suit les matchs debout près du poste et oublie sa canne.",
        "le samedi, au salon",
        by=malik,
        importance=3,
    )
    yield days_ago(166, "15:30")
    alone = s.says("Manger… seul. Ma main.", by=sonia, importance=4, situation="avec les images du repas")
    hurry = s.says("Pas… vite. Pas finir ma phrase.", by=sonia, kind="not_wanted", importance=4)
    yield days_ago(160, "09:30")
    club = s.says(
        "Le budget permet un abonnement au stade, deux places par mois, s’il le souhaite.", by=garnier
    )
    words = s.need("Trouve ses mots avec un délai\u00a0; la compréhension est entière.", "1.1.4", by=sonia)
    grip = s.need(
        "Main droite faible\u00a0: coupe difficilement, tient bien un manche épais.", "1.2.1.1", by=paul
    )
    yield days_ago(152, "11:00")
    meal = s.goal(
        "Manger seul",
        "Lucien mange seul, de la main droite, avec des couverts à manche épais.",
        by=sonia,
        due=25,
        priority=1,
        picto="kitchen",
        easy_words="Vous mangez seul.\nVos couverts ont un manche épais.",
        expected_result="Un repas sur deux sans aide.",
        needs=[grip],
    )
    time = s.goal(
        "Le temps de parler",
        "Chacun attend la fin de la phrase de Lucien, sans la terminer à sa place.",
        by=sonia,
        due=50,
        priority=2,
        picto="say",
        easy_words="Vous prenez votre temps.\nPersonne ne finit votre phrase.",
        expected_result="Lucien le dit par une image\u00a0: oui, souvent, pas encore.",
        needs=[words],
    )
    match = s.goal(
        "Le stade",
        "Lucien va au stade deux fois par mois, avec qui il veut.",
        by=sonia,
        due=110,
        priority=3,
        picto="with",
        easy_words="Vous allez au stade.\nC’est 2 fois par mois.\nVous choisissez avec qui.",
        expected_result="Lucien choisit les matchs sur le calendrier.",
        referent=malik,
    )
    s.taken_up(alone, meal, sonia, "Oui. Paul apporte des couverts à essayer.")
    s.taken_up(hurry, time, sonia, "Une carte sur la table le rappelle à tous.")
    s.taken_up(seen, match, sonia)
    s.taken_up(club, match, sonia)
    s.does([meal], "Essayer les couverts à manche épais", "with", sonia, owner=paul, rhythm="à midi")
    s.does([meal], "Manger", "by", sonia, rhythm="à chaque repas", place="salle à manger")
    s.does(
        [time],
        "Poser la carte «\u00a0J’attends\u00a0» sur la table",
        "presence",
        sonia,
        owner=malik,
        rhythm="à chaque visite",
    )
    s.does([match], "Acheter l’abonnement", "for", sonia, performer="Monsieur Garnier", rhythm="une fois")
    yield days_ago(146, "16:00")
    s.agree(meal, time, match, by=sonia)
    s.stands(match, "agrees", garnier)
    yield days_ago(140, "14:00")
    contract = s.issues(sonia)
    s.chooses(contract, sonia)
    yield days_ago(138, "10:00")
    s.chooses(contract, me, reading="easy", a1="agrees", a2="agrees", a3="agrees")
    yield days_ago(136, "17:00")
    s.read_by(garnier)
    s.chooses(contract, garnier)
    yield days_ago(135, "10:30")
    s.handed(contract, "Lucien", by=sonia)
    s.handed(contract, "Philippe", by=sonia, how=HandingChoice.MAIL)
    yield days_ago(60, "12:30")
    s.weighs(meal, me, 1, "Ma main. Seul.")
    s.weighs(meal, paul, 0, "Un repas sur trois sans aide, deux quand rien ne presse.")
    s.weighs(match, garnier, 1, "L’abonnement est pris, il choisit les matchs.")
    yield days_ago(20, "16:00")
    calls = s.says("", by=me, way="pictos", pictos=["phone", "family", "evening"], importance=3)
    spoken = s.says("", by=me, way="voice", recording=hum(), importance=4)
    transcribe(spoken, "La kiné… le matin. Pas après manger.", by=sonia)
    s.weighs(time, me, -1, "Encore… vite. Le soir.")
    s.weighs(time, sonia, 1, "La carte est sur la table à chaque visite.")
    yield days_ago(9, "10:30")
    mornings = s.goal(
        "La kiné, le matin",
        "Lucien voit Paul le matin, avant le repas, deux fois par semaine.",
        by=sonia,
        due=120,
        priority=4,
        picto="physio",
        easy_words="Vous voyez Paul le matin.\nC’est avant le repas.",
        expected_result="Lucien dit par une image que l’heure lui va.",
        referent=paul,
    )
    s.answers(
        calls,
        sonia,
        reply="postponed",
        until=in_days(18),
        reason="Nous cherchons avec vous qui appeler le soir, avec les photos de votre famille.",
    )
    s.taken_up(spoken, mornings, sonia, "Paul a changé son planning\u00a0: il vient le matin.")
    s.does(
        [mornings],
        "Marcher avec Paul",
        "with",
        sonia,
        owner=paul,
        rhythm="le mardi et le vendredi matin",
        place="salle de marche",
        picto="walk",
        easy_words="Le mardi, vous marchez avec Paul.\nLe vendredi aussi.",
    )
    s.agree(mornings, by=sonia)
    yield days_ago(7, "14:00")
    amendment = s.issues(sonia, why="Lucien a demandé la kiné le matin. Paul peut venir à cette heure.")
    s.chooses(amendment, sonia)
    yield days_ago(6, "10:40")
    # His hand holds no pen that long: a cross, seen by a colleague who does not sign.
    s.attested(
        amendment,
        "Lucien",
        nadege,
        Outcome.MARK,
        "Oui… le matin.",
        reading="easy",
        drawn=cross(),
        a1="agrees",
        a2="agrees",
        a3="agrees",
        a4="agrees",
    )
    yield days_ago(5, "19:00")
    s.read_by(malik, sonia)


def lucien_stockings(house: House) -> Told:
    """A refusal of care: asked again once, and to be asked again in two days. Nothing stops."""
    sonia, malik = house["infirmiere"], house["malik"]
    yield days_ago(16, "08:20")
    _person, plan = somebody(house, "Morel")
    refusal = note_refusal(
        plan,
        Refused(
            care="Les bas de contention",
            words="Non… pas ça. Serre. Trop.",
            ask_again_on=in_days(-6),
            followed=Followed(
                information="À quoi servent les bas, avec deux images\u00a0: la jambe qui gonfle, la jambe qui va.",
                alternatives="Surélever les jambes après le repas. Marcher un quart d’heure deux fois par jour.",
                told="Le Dr Nguyen et M. Garnier, le jour même.",
                care_goes_on="La jambe est regardée chaque matin. La marche et le repos jambes hautes continuent.",
            ),
        ),
        by=malik,
    )
    yield days_ago(6, "08:30")
    ask_again(refusal, "not_now", "Hiver… peut-être.", ask_again_on=in_days(2), by=sonia)
