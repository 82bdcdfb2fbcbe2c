"""Les Tilleuls, unité Les Bouleaux: Ahmed, Lucien, Marcel, Rose, Paulette, Georges."""

from avec.accounts.models import Role
from avec.careplan.actions import Side, change_goal, transcribe
from avec.careplan.rules import Move
from avec.careplan.rules.goal_moves import GoalMove

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


def lucien(house: House) -> Told:
    """Few words since his stroke, a tutor beside him, and a contract in force that both signed."""
    sonia, malik, paul = house["infirmiere"], house["malik"], house["paul"]

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
        easy_words="Deux fois par mois, vous allez au stade.\nVous choisissez avec qui.",
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
    yield days_ago(60, "12:30")
    s.weighs(meal, me, 1, "Ma main. Seul.")
    s.weighs(meal, paul, 0, "Un repas sur trois sans aide, deux quand rien ne presse.")
    s.weighs(match, garnier, 1, "L’abonnement est pris, il choisit les matchs.")
    yield days_ago(20, "16:00")
    s.says("", by=me, way="pictos", pictos=["phone", "family", "evening"], importance=3)
    spoken = s.says("", by=me, way="voice", recording=hum(), importance=4)
    transcribe(spoken, "La kiné… le matin. Pas après manger.", by=sonia)
    s.weighs(time, me, -1, "Encore… vite. Le soir.")
    s.weighs(time, sonia, 1, "La carte est sur la table à chaque visite.")
    yield days_ago(5, "19:00")
    s.read_by(malik, sonia)


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
    s.chooses(contract, me, a1="agrees", a2="agrees")
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


def rose(house: House) -> Told:
    """Her year is over: the plan is under review, and she thinks differently from the team on one goal."""
    sonia, nadege, julie = house["infirmiere"], house["aide-soignante"], house["julie"]

    yield days_ago(700, "14:00")
    s = house.welcome(
        unit="Les Bouleaux",
        account="rose.pujol",
        civility="Mme",
        family_name="Pujol",
        given_names="Rose",
        gender="female",
        birth_date=born(88, 5, 21),
        room="15",
        communication="Parle doucement. Écrit sur son carnet quand elle est fatiguée.",
    )
    s.team("aide-soignante", "julie", "medecin", referent="infirmiere", infirmiere="infirmière référente")
    cousin = s.relative("Pujol", "Bertrand", "son cousin et curateur", civility="M.")
    s.mandate(cousin, "property", "pour ses biens seulement", ends_on=in_days(300))
    me = house["rose.pujol"]
    yield days_ago(352, "10:00")
    s.opens("Le projet de Rose", by=sonia)
    s.papers(-690, -675, sonia)
    room = s.says("Dormir la fenêtre ouverte, même en hiver.", by=me, importance=3)
    people = s.says(
        "Je ne veux pas d’animations en groupe. J’ai donné toute ma vie.",
        by=me,
        kind="not_wanted",
        importance=4,
    )
    letters = s.says("Écrire à ma petite-fille, à la main, tous les mois.", by=me, importance=4)
    yield days_ago(350, "11:00")
    hand = s.need("Écriture tremblée, lisible avec un stylo lourd et du temps.", "1.2.1.2", by=julie)
    pages = s.goal(
        "Une lettre par mois",
        "Rose écrit chaque mois à sa petite-fille, de sa main.",
        by=sonia,
        due=12,
        priority=1,
        picto="pen",
        easy_words="Chaque mois, vous écrivez une lettre.\nVous écrivez de votre main.",
        expected_result="Douze lettres parties dans l’année.",
        referent=julie,
        needs=[hand],
    )
    quiet = s.goal(
        "Rester dans ma chambre",
        "Rose choisit seule ses moments en compagnie\u00a0; on lui propose, sans insister.",
        by=sonia,
        due=12,
        priority=2,
        picto="house",
        easy_words="Vous choisissez vos moments.\nOn propose. On n’insiste pas.",
        expected_result="Rose dit qu’on la laisse tranquille.",
    )
    window = s.goal(
        "La fenêtre",
        "La fenêtre de Rose reste entrouverte la nuit, avec une couverture de plus.",
        by=sonia,
        due=12,
        priority=3,
        easy_words="Votre fenêtre reste ouverte la nuit.\nVous avez une couverture de plus.",
        expected_result="Rose dort sans avoir froid.",
        referent=nadege,
    )
    s.taken_up(room, window, sonia, "D’accord, avec une couverture de plus.")
    s.taken_up(people, quiet, sonia, "On vous propose, on n’insiste pas.")
    s.taken_up(letters, pages, sonia)
    s.does([pages], "Écrire", "by", sonia, rhythm="une fois par mois")
    s.does([pages], "Porter la lettre à la boîte", "with", sonia, owner=nadege, rhythm="une fois par mois")
    s.does(
        [quiet],
        "Dire à Rose ce qui est prévu dans la semaine",
        "presence",
        sonia,
        owner=nadege,
        rhythm="le lundi",
    )
    s.does([window], "Entrouvrir la fenêtre au coucher", "for", sonia, owner=nadege, rhythm="chaque soir")
    s.agree(pages, quiet, window, by=sonia)
    yield days_ago(346, "14:00")
    contract = s.issues(sonia)
    s.chooses(contract, sonia)
    yield days_ago(344, "11:00")
    s.chooses(contract, me, a1="agrees", a2="agrees", a3="agrees")
    yield days_ago(95, "10:00")
    change_goal(window, version=window.version, by=sonia, status="completed")
    yield days_ago(180, "10:30")
    s.weighs(pages, me, 0, "Six lettres. Elle a répondu quatre fois.")
    s.weighs(pages, julie, 1, "Le stylo lourd lui va. Elle écrit une page entière.")
    yield days_ago(21, "10:00")
    s.sets(sonia, review_on=in_days(7))
    s.moves(Move.REVIEW, sonia, "Un an a passé\u00a0: Rose veut redire ce qui compte.")
    yield days_ago(14, "15:30")
    s.weighs(pages, me, 2, "Douze lettres. Je n’en reviens pas.")
    s.weighs(pages, julie, 1, "Une lettre par mois, et des cartes en plus.")
    s.weighs(quiet, nadege, 1, "Rose vient d’elle-même deux fois par semaine.")
    yield days_ago(10, "16:00")
    s.stands(
        quiet,
        "disagrees",
        me,
        reason="On insiste encore, le dimanche surtout. Et maintenant c’est la chorale qui me manque.",
    )
    s.stands(
        quiet, "agrees", nadege, voice="professional", reason="Rose vient d’elle-même deux fois par semaine."
    )
    s.weighs(quiet, me, -1, "On insiste encore, le dimanche.")
    s.differs(
        "Le dimanche après-midi",
        Side(expectation=people),
        Side("professional", "Rose vient d’elle-même et reste jusqu’au bout. Elle semble contente."),
        by=nadege,
        goal=quiet,
    )
    s.balances("J’ai écrit. J’ai dormi au frais. Le dimanche, laissez-moi.", me)
    yield days_ago(9, "09:00")
    s.says("Chanter. Mais une petite chorale, six personnes, pas plus.", by=me, importance=3)
    yield days_ago(1, "14:20")
    s.read_by(sonia, julie)


def paulette(house: House) -> Told:
    """A quiet thread: said, taken up, signed, done."""
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
    contract = s.issues(camille)
    s.chooses(contract, camille)
    yield days_ago(184, "16:00")
    s.chooses(contract, me, reading="easy", a1="agrees", a2="agrees")
    yield days_ago(20, "09:30")
    s.read_by(camille, malik)


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
