"""Les Tilleuls, unité Les Acacias: Odette, Bernard, Simone, Thérèse, Jeanne, Henri."""

from avec.accounts.models import Role
from avec.careplan.actions import Origins, Side, change_activity, change_goal, transcribe
from avec.careplan.doers import Doer
from avec.careplan.found import Found
from avec.careplan.rules.goal_moves import GoalMove
from avec.clocks.rules.clock import Outcome as ClockOutcome
from avec.contracts.rules import Outcome
from avec.negotiation.rules import Answer

from ..clock import born, days_ago, in_days
from ..house import House, Told
from ..voice import hum
from .talks import garden_alone


def odette(house: House) -> Told:
    """A year here: a contract signed, an amendment to sign, and words still waiting for an answer."""
    sonia, nadege, malik = house["infirmiere"], house["aide-soignante"], house["malik"]
    doctor, julie = house["medecin"], house["julie"]

    yield days_ago(380, "14:00")
    s = house.welcome(
        unit="Les Acacias",
        account="residente",
        civility="Mme",
        family_name="Marcillac",
        birth_name="Estève",
        given_names="Odette Jeanne",
        used_name="Odette",
        gender="female",
        birth_date=born(83, 3, 17),
        room="12",
        easy_read=True,
        communication="Voit peu. Se placer à sa gauche, dire son nom, écrire gros.",
    )
    s.team(
        "aide-soignante",
        "malik",
        "medecin",
        "julie",
        "paul",
        referent="infirmiere",
        infirmiere="infirmière référente",
    )
    claire = s.relative(
        "Marcillac",
        "Claire",
        "sa fille",
        civility="Mme",
        phone="06 00 00 00 12",
        comment="Vient le mercredi et un dimanche sur deux.",
    )
    claire.member = house.open_account("fille", Role.RELATIVE.value, "Mme", "Claire", "Marcillac")
    claire.save(update_fields=["member"])
    s.mandate(claire, "trusted", "personne de confiance")
    vidal = s.relative("Vidal", "Martine", "curatrice", civility="Mme")
    s.mandate(
        vidal,
        "property",
        "pour ses biens seulement",
        starts_on=in_days(-980),
        ends_on=in_days(480),
    )
    me, daughter = house["residente"], house["fille"]
    s.arrives(sonia, in_days(-384))
    s.shows("trusted_notice", in_days(-394), sonia, "remise à Odette et lue à voix haute")

    yield days_ago(372, "10:30")
    s.shows("stay_contract_handed", in_days(-374), sonia, "remis à Odette et à sa fille, en gros caractères")
    s.opens(
        "Le projet d’Odette",
        by=sonia,
        communication="Lu à voix haute, puis remis en gros caractères, en version facile.",
    )
    garden = s.says(
        "Je veux retourner au jardin le matin. C’est là que je respire.",
        by=sonia,
        importance=4,
        situation="au petit déjeuner, avec Sonia",
    )
    stove = s.says("Garder mon réchaud dans ma chambre, pour mon café.", by=sonia, importance=2)
    knock = s.says(
        "Je ne veux pas qu’on entre sans frapper. C’est ma porte.",
        by=sonia,
        kind="not_wanted",
        importance=4,
    )
    yield days_ago(369, "15:00")
    seen = s.assesses(
        julie,
        "ergothérapie",
        "Odette fait presque tout au toucher et à la voix. Ce qui lui manque, c’est lire seule et se repérer dehors.",
        Found(
            "Voit la lumière et les masses\u00a0; ne lit plus les caractères ordinaires.",
            False,
            "1.1.2",
            "Dégénérescence maculaire des deux yeux. Un éclairage fort et des contrastes l’aident.",
        ),
        Found("Range chaque chose à sa place et la retrouve sans chercher.", True, "1.2.1.4"),
    )
    sight = seen.needs.get(is_strength=False)
    s.need(
        "Reconnaît chacun à la voix et retient très bien ce qu’on lui dit.",
        "1.2.1.2",
        by=nadege,
        is_strength=True,
    )
    walking = s.need(
        "Marche avec une canne, prudente sur un sol qu’elle ne connaît pas.", "1.2.1.3", by=sonia
    )
    fear = s.says(
        "Je voudrais qu’elle sorte, mais avec quelqu’un. J’ai peur qu’elle tombe sans que personne ne la voie.",
        by=daughter,
        importance=3,
    )
    yield days_ago(365, "11:00")
    s.answers(
        stove,
        sonia,
        reply="declined",
        reason="Une flamme dans une chambre peut mettre le feu à toute la maison. "
        "Le règlement ne le permet à personne.",
        instead="La cafetière de l’office, à toute heure. Vous y avez votre tasse et votre café.",
    )
    out = s.goal(
        "Le jardin, le matin",
        "Odette sort au jardin chaque matin, avec quelqu’un à côté d’elle jusqu’au banc.",
        by=sonia,
        due=-60,
        priority=1,
        picto="garden",
        easy_words="Vous allez au jardin chaque matin.\nQuelqu’un vient avec vous.",
        expected_result="Odette sort au moins quatre matins par semaine.",
        needs=[walking, sight],
    )
    s.taken_up(garden, out, sonia, "Le jardin ouvre tôt, et quelqu’un peut y aller avec vous.")
    s.taken_up(fear, out, sonia)
    door = s.goal(
        "Ma porte",
        "Toute personne frappe et attend la réponse d’Odette avant d’entrer, le jour comme la nuit.",
        by=sonia,
        due=40,
        priority=2,
        picto="door",
        easy_words="L’équipe frappe à votre porte.\nElle attend votre réponse.\nC’est pareil le jour et la nuit.",
        expected_result="Odette dit que c’est fait, le jour et la nuit.",
    )
    s.taken_up(knock, door, sonia, "C’est votre porte. Toute l’équipe le sait maintenant.")
    walk = s.does(
        [out],
        "Aller au jardin jusqu’au banc",
        "with",
        sonia,
        owner=nadege,
        rhythm="chaque matin",
        place="jardin",
    )
    s.does(
        [door],
        "Rappeler aux relèves qu’on frappe et qu’on attend",
        "for",
        sonia,
        owner=sonia,
        rhythm="chaque soir",
    )
    yield days_ago(363, "16:00")
    s.agree(out, door, by=sonia)
    s.stands(out, "agrees", daughter)
    s.shows("stay_contract_signed", in_days(-362), sonia, "signé par Odette")

    yield days_ago(358, "14:30")
    first = s.issues(sonia)
    s.chooses(first, sonia)
    yield days_ago(356, "15:00")
    s.read_by(daughter)
    s.chooses(first, daughter)
    yield days_ago(355, "10:00")
    s.chooses(first, me, reading="easy", a1="agrees", a2="agrees")

    yield days_ago(250, "15:00")
    s.answers_about_home(me, 2)
    yield days_ago(240, "10:00")
    s.weighs(out, me, 0, "J’y vais. Mais toujours à l’heure des autres.")
    s.weighs(out, sonia, 1, "Cinq matins par semaine.")
    s.weighs(door, me, -1, "Le jour, ça va. La nuit, non.")
    s.weighs(door, sonia, 1, "Les équipes de jour frappent toujours.")
    yield days_ago(214, "11:00")
    house_in_lautrec = s.says(
        "Revoir ma maison, au village. M’asseoir un moment dans la cuisine.", by=me, importance=3
    )
    yield days_ago(212, "09:30")
    s.answers(
        house_in_lautrec,
        sonia,
        reply="postponed",
        until=in_days(-120),
        reason="La route est longue et votre hanche vous fait mal. On attend que la douleur baisse.",
    )
    yield days_ago(118, "09:40")
    s.answers(
        house_in_lautrec,
        sonia,
        reply="postponed",
        until=in_days(101),
        reason="La hanche va mieux. Votre fille propose d’y aller quand les jours seront plus longs.",
    )

    yield days_ago(73, "07:50")
    alone = s.says(
        "Je veux aller au jardin toute seule, le matin, avant que les autres se lèvent.",
        by=me,
        importance=4,
    )
    mail = s.says("Je veux lire mon courrier moi-même.", by=me, importance=3)
    yield days_ago(66, "18:20")
    call = s.says("Je voudrais qu’on m’appelle quand maman tombe, même la nuit.", by=daughter, importance=4)
    yield days_ago(58, "10:00")
    s.read_by(doctor, sonia)
    s.answers(
        call,
        sonia,
        reply="declined",
        reason="Odette ne le souhaite pas la nuit\u00a0: «\u00a0elle s’inquiète\u00a0». C’est elle qui choisit.",
        instead="Un appel le matin qui suit, avant 9\u00a0heures. Odette est d’accord.",
    )
    talk = yield from garden_alone(house, alone)
    yield days_ago(40, "10:15")
    s.weighs(out, me, 1, "Je suis chez moi dans ce jardin.")
    s.weighs(out, sonia, 1, "Elle sort chaque matin, elle choisit son banc.")
    s.weighs(out, daughter, 0, "Elle va mieux. J’ai encore peur.")
    s.turns(out, GoalMove.REACH, sonia)
    talk.answers("Odette", words="Le matin est à moi.")
    talk.answers("Claire", Answer.RESERVATIONS, "Oui, si l’on me dit les jours où le sol est mouillé.")
    talk.answers("Nadège")
    talk.answers("Sonia")
    talk.concluded()
    alone_goal = talk.goal(1)
    change_goal(
        alone_goal,
        version=alone_goal.version,
        by=sonia,
        title="Le jardin, seule",
        picto="garden",
        origins=Origins(expectations=[alone], needs=[walking]),
    )
    letters = s.goal(
        "Mon courrier",
        "Odette lit elle-même son courrier, avec la loupe éclairante, et décide de ce qu’elle en fait.",
        by=sonia,
        due=130,
        priority=3,
        picto="letter",
        easy_words="Julie vous aide le jeudi.\nVous lisez avec la loupe.\nElle vous aide à faire seule.",
        expected_result="Odette lit une page seule, sans fatigue.",
        referent=julie,
        needs=[sight],
    )
    s.taken_up(mail, letters, sonia, "Julie vous montre la loupe qui éclaire.")
    yield days_ago(33, "11:30")
    change_activity(walk, version=walk.version, by=sonia, status="completed")
    s.does(
        [alone_goal], "Marcher jusqu’au banc du jardin", "by", sonia, rhythm="chaque matin", place="jardin"
    )
    s.does([alone_goal], "Vérifier le bracelet d’appel", "with", sonia, owner=malik, rhythm="le lundi")
    s.does(
        [alone_goal],
        "Travailler l’équilibre",
        "with",
        sonia,
        owner=house["paul"],
        rhythm="le mardi et le vendredi",
        place="salle de marche",
    )
    s.does(
        [alone_goal],
        "Ouvrir la porte côté jardin",
        "for",
        sonia,
        performer="L’équipe de nuit",
        rhythm="à 6\u00a0h\u00a045",
    )
    s.does([letters], "Lire le courrier à la loupe", "with", sonia, owner=julie, rhythm="le jeudi")
    s.does(
        [letters],
        "Ranger les papiers dans le classeur",
        "presence",
        sonia,
        performer="Mme Vidal",
        rhythm="une fois par mois",
    )
    yield days_ago(30, "16:00")
    s.stands(alone_goal, "in_part", daughter, reason="J’ai peur quand le sol est mouillé.")
    s.agree(alone_goal, letters, by=sonia)
    s.stands(door, "in_part", sonia, reason="Le jour, oui. La nuit, on entre encore comme dans un moulin.")
    s.assesses(
        doctor,
        "médecine",
        "La hanche permet une marche courte chaque jour. Le nouveau traitement est bien supporté.",
        Found("Douleur de hanche après la marche, moindre depuis le nouveau traitement.", False, "1.1.3"),
    )
    yield days_ago(29, "09:15")
    s.joins("Courrier de la consultation de vue", julie, seen)
    yield days_ago(28, "17:00")
    s.differs(
        "Sortir seule le matin",
        Side(expectation=alone),
        Side(expectation=fear),
        Side("professional", "Le chemin est sûr jusqu’au banc. Après la pluie, il glisse."),
        by=sonia,
        goal=alone_goal,
        level="C1",
    )
    yield days_ago(12, "10:20")
    s.weighs(door, me, -2, "Hier encore, la lumière s’est allumée sans un mot.")
    s.weighs(door, sonia, 0, "Mieux le jour. La nuit, la consigne n’est pas passée partout.")
    s.weighs(alone_goal, daughter, 0, "Elle m’a raconté les oiseaux. J’ai moins peur.")
    s.weighs(alone_goal, me, 1, "Je sens l’herbe avant tout le monde.")

    yield days_ago(10, "15:00")
    s.answers_about_home(me, 3)
    yield days_ago(9, "14:00")
    amendment = s.issues(sonia, starts_on=in_days(10))
    yield days_ago(8, "09:30")
    s.chooses(amendment, sonia)
    yield days_ago(7, "15:20")
    s.read_by(daughter, what="contract")
    yield days_ago(11, "21:30")
    awake = s.seen(
        "S’assoit au bord du lit et écoute le couloir, deux nuits sur trois.", "vers 2\u00a0heures", by=malik
    )
    s.confirms(awake, nadege, "Oui, mardi aussi.")
    yield days_ago(10, "17:00")
    spoken = s.says("", by=me, way="voice", recording=hum(), importance=4)
    transcribe(spoken, "Dites à la nuit de frapper, même si je dors. Je ne dors pas.", by=nadege)
    s.taken_up(spoken, door, sonia, "La consigne est redite à chaque relève de nuit.")
    s.taken_up(awake, door, sonia)
    yield days_ago(6, "08:10")
    s.says("J’aimerais recommencer à éplucher les légumes. La cuisine me manque.", by=me, importance=3)
    yield days_ago(4, "19:30")
    s.says(
        "J’ai mal la nuit. Je veux en parler au docteur d’abord, pas à Claire.",
        by=nadege,
        importance=2,
        level="C2",
        situation="au coucher, avec Nadège",
    )
    yield days_ago(2, "19:05")
    s.read_by(malik)
    yield days_ago(1, "09:10")
    s.read_by(sonia)


def bernard(house: House) -> Told:
    """Three weeks here: his first contract, signed by his referent, waits for him."""
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
    yield days_ago(3, "18:40")
    s.read_by(malik, doctor)
    yield days_ago(1, "08:50")
    s.read_by(sonia)


def simone(house: House) -> Told:
    """She chose not to sign: her reasons are written, and the plan stays open."""
    camille, nadege, sonia = house["educatrice"], house["aide-soignante"], house["infirmiere"]

    yield days_ago(47, "15:00")
    s = house.welcome(
        unit="Les Acacias",
        account="simone.aubry",
        civility="Mme",
        family_name="Aubry",
        given_names="Simone",
        gender="female",
        birth_date=born(90, 1, 25),
        room="4",
        communication="Ancienne institutrice. Veut lire tout elle-même, et prendre le temps.",
    )
    s.team("aide-soignante", "infirmiere", "medecin", "cadre", referent="educatrice", cadre="médiation")
    son = s.relative("Aubry", "Rémi", "son fils", civility="M.", phone="06 00 00 00 04")
    s.mandate(son, "carer", "avec son accord écrit")
    me = house["simone.aubry"]
    yield days_ago(41, "10:00")
    s.opens("Le projet de Simone", by=camille, communication="Donné à lire, puis repris ligne à ligne.")
    s.shows("stay_contract_handed", in_days(-42), camille, "remis à Simone, qui a voulu le lire seule")
    yield days_ago(39, "10:30")
    books = s.says("Faire la lecture à voix haute, comme avant. À qui veut.", by=me, importance=4)
    night = s.says(
        "Je ne veux pas de barrières à mon lit. Je ne suis pas un bébé.",
        by=me,
        kind="not_wanted",
        importance=4,
    )
    yield days_ago(36, "17:00")
    refused = "Simone a lu, et choisi de ne pas signer."
    s.shows("stay_contract_signed", in_days(-36), camille, refused, ClockOutcome.REFUSED)
    fall = s.says(
        "Maman est tombée deux fois à la maison. Je dors mal depuis.",
        by=camille,
        voice="relative",
        relative=son,
    )
    yield days_ago(30, "14:00")
    voice_need = s.need("Lit beaucoup, mémorise, aime transmettre.", "1.3.4.1", by=camille, is_strength=True)
    falls = s.need("Deux chutes la nuit, en allant aux toilettes.", "1.2.1.4", by=sonia)
    reading = s.goal(
        "La lecture du mardi",
        "Simone lit à voix haute, le mardi, pour les résidents qui le souhaitent.",
        by=camille,
        due=100,
        priority=1,
        picto="say",
        easy_words="Le mardi, vous lisez à voix haute.\nVient qui veut.",
        expected_result="Simone a envie de continuer.",
        needs=[voice_need],
    )
    bed = s.goal(
        "La nuit sans barrières",
        "Le lit de Simone est baissé, sans barrières\u00a0; une lumière au sol marque le chemin.",
        by=camille,
        due=45,
        priority=2,
        easy_words="Pas de barrières à votre lit.\nUne petite lumière vous guide.",
        expected_result="Simone se lève la nuit sans tomber.",
        needs=[falls],
    )
    s.taken_up(books, reading, camille, "La bibliothèque est libre le mardi.")
    s.taken_up(night, bed, camille, "Pas de barrières. Le lit descend presque au sol.")
    s.taken_up(fall, bed, camille)
    s.does(
        [reading],
        "Choisir les textes et lire",
        "by",
        camille,
        rhythm="le mardi à 15\u00a0heures",
        place="bibliothèque",
    )
    s.does([bed], "Essayer la lumière au sol", "with", camille, owner=nadege, rhythm="pendant deux semaines")
    yield days_ago(24, "11:00")
    s.agree(reading, bed, by=camille)
    yield days_ago(18, "14:00")
    contract = s.issues(camille)
    s.chooses(contract, camille)
    yield days_ago(11, "10:00")
    s.chooses(contract, me, Outcome.NOT_NOW, "Je veux le relire avec mon fils.")
    yield days_ago(4, "16:30")
    s.chooses(
        contract,
        me,
        Outcome.REFUSED,
        "Je suis d’accord avec ce qui est écrit. Mais je n’ai jamais signé de papier pour lire un livre.",
    )
    yield days_ago(3, "10:00")
    s.read_by(camille, house["cadre"])


def therese(house: House) -> Told:
    """She speaks little: the team writes what it sees, without making her say it."""
    sonia, nadege, malik, lena = (
        house["infirmiere"],
        house["aide-soignante"],
        house["malik"],
        house["lena"],
    )

    yield days_ago(27, "14:00")
    s = house.welcome(
        unit="Les Acacias",
        civility="Mme",
        family_name="Lagarde",
        given_names="Thérèse Marie",
        used_name="Thérèse",
        gender="female",
        birth_date=born(92, 6, 9),
        room="8",
        communication="Dit peu de mots. Chante. Laisser un silence, montrer l’objet, suivre son regard.",
    )
    s.team(
        "aide-soignante", "malik", "lena", "medecin", referent="infirmiere", infirmiere="infirmière référente"
    )
    daughter_in_law = s.relative("Lagarde", "Fatou", "sa belle-fille", civility="Mme")
    s.mandate(daughter_in_law, "carer", "proche aidante")
    yield days_ago(22, "10:00")
    s.opens(
        "Le projet de Thérèse",
        by=sonia,
        communication="Par l’observation, des images et des chansons. On lui redemande à chaque étape.",
    )
    s.tries(
        "observation",
        "pictos",
        "relative",
        words="Les images de repas et de promenade ne disent rien. Les chansons, oui. Fatou reconnaît ses gestes.",
        by=lena,
    )
    yield days_ago(19, "12:40")
    ears = s.seen(
        "Se bouche les oreilles quand la télévision est allumée, trois midis sur cinq.",
        "au repas, dans la grande salle",
        by=nadege,
        importance=3,
    )
    yield days_ago(17, "13:10")
    s.confirms(ears, malik, "Pareil hier, dès le générique.")
    s.confirms(ears, sonia, relative=daughter_in_law, words="À la maison aussi, elle coupait le son.")
    yield days_ago(15, "17:00")
    s.seen("Sourit et bat la mesure quand Malik fredonne en la coiffant.", "à la toilette", by=malik)
    yield days_ago(13, "18:30")
    cat = s.says(
        "Elle a toujours eu un chat sur les genoux. Je crois que cela lui manque.",
        by=sonia,
        voice="relative",
        relative=daughter_in_law,
        importance=2,
    )
    yield days_ago(9, "09:00")
    s.answers(
        cat,
        sonia,
        reply="postponed",
        until=in_days(12),
        reason="Une association vient avec ses chats dans deux semaines. On regarde ensemble si elle en a envie.",
    )
    mistaken = s.seen("Refuse le bain.", "au bain", by=malik)
    s.takes_back(mistaken, malik)
    s.seen(
        "Retire sa main quand l’eau coule sur ses cheveux\u00a0; reste détendue quand on lave au gant.",
        "au bain",
        by=malik,
        kind="not_wanted",
    )
    yield days_ago(5, "16:00")
    s.says("Dehors.", by=nadege, situation="devant la porte vitrée, la main sur la poignée", importance=4)
    s.need("Comprend le ton, les gestes, la musique plus que les phrases.", "1.1.1", by=lena)
    yield days_ago(2, "14:00")
    s.read_by(nadege, lena)


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
