"""Odette, Les Acacias: a year here, a contract, an amendment, and what was talked over."""

from avec.accounts.models import Role
from avec.careplan.actions import Origins, Side, change_activity, change_goal, transcribe
from avec.careplan.found import Found
from avec.careplan.rules.goal_moves import GoalMove
from avec.contracts.models import BesideChoice
from avec.negotiation.rules import Answer

from ..clock import born, days_ago, in_days
from ..house import House, Told
from ..voice import hum
from .odette_talks import garden_alone


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
        picto="garden",
        easy_words="Vous allez au jardin.\nNadège vient avec vous.\nC’est chaque matin.",
    )
    s.does(
        [door],
        "Rappeler aux relèves qu’on frappe et qu’on attend",
        "for",
        sonia,
        owner=sonia,
        rhythm="chaque soir",
        picto="door",
        easy_words="Sonia parle à l’équipe du soir.\nElle redit de frapper.",
    )
    nights = s.does(
        [door],
        "Faire le point sur la nuit",
        "with",
        sonia,
        owner=nadege,
        rhythm="le lundi",
        picto="night",
        easy_words="Vous faites le point sur la nuit.\nNadège vient vous voir.\nC’est le lundi.",
    )
    yield days_ago(363, "16:00")
    s.agree(out, door, by=sonia)
    s.stands(out, "agrees", daughter)
    s.shows("stay_contract_signed", in_days(-362), sonia, "signé par Odette")
    s.beside(BesideChoice.STAY, in_days(-363), "par le secrétariat, dans le dossier d’admission", by=sonia)

    yield days_ago(358, "14:30")
    first = s.issues(sonia)
    s.chooses(first, sonia)
    yield days_ago(356, "15:00")
    s.read_by(daughter)
    s.chooses(first, daughter)
    yield days_ago(355, "10:00")
    s.chooses(first, me, reading="easy", a1="agrees", a2="agrees")
    yield days_ago(354, "11:00")
    s.handed(first, "Odette", by=sonia)
    s.takes_copy(first, by=daughter)

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
        [alone_goal],
        "Marcher jusqu’au banc du jardin",
        "by",
        sonia,
        rhythm="chaque matin",
        place="jardin",
        picto="bench",
        easy_words="Vous marchez jusqu’au banc.\nC’est chaque matin.",
    )
    s.does(
        [alone_goal],
        "Vérifier le bracelet d’appel",
        "with",
        sonia,
        owner=malik,
        rhythm="le lundi",
        picto="bracelet",
        easy_words="Le lundi, Malik vient.\nVous vérifiez le bracelet ensemble.",
    )
    s.does(
        [alone_goal],
        "Travailler l’équilibre",
        "with",
        sonia,
        owner=house["paul"],
        rhythm="le mardi et le vendredi",
        place="salle de marche",
        picto="physio",
        easy_words="Le mardi, vous travaillez l’équilibre.\nLe vendredi aussi.\nPaul est avec vous.",
    )
    s.does(
        [alone_goal],
        "Ouvrir la porte côté jardin",
        "for",
        sonia,
        performer="L’équipe de nuit",
        rhythm="à 6\u00a0h\u00a045",
        picto="key",
        easy_words="L’équipe de nuit ouvre la porte.\nC’est à 6\u00a0heures 45.",
    )
    s.does(
        [letters],
        "Lire le courrier à la loupe",
        "with",
        sonia,
        owner=julie,
        rhythm="le jeudi",
        picto="letter",
        easy_words="Le jeudi, Julie apporte la loupe.\nVous lisez vos lettres ensemble.",
    )
    papers = s.does(
        [letters],
        "Ranger les papiers dans le classeur",
        "presence",
        sonia,
        performer="Mme Vidal",
        rhythm="une fois par mois",
        picto="papers",
        easy_words="Mme Vidal classe vos documents administratifs.\nVous êtes à côté d’elle.",
    )
    change_activity(
        nights,
        version=nights.version,
        by=sonia,
        rhythm="le jeudi",
        easy_words="Vous faites le point sur la nuit.\nNadège vient vous voir.\nC’est le jeudi.",
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

    yield days_ago(12, "15:30")
    group = "le groupe de lecture des Tilleuls, trois résidents"
    s.rereads(
        nadege,
        group,
        unclear="«\u00a0Documents administratifs\u00a0»\u00a0: on ne comprend pas. Nous disons «\u00a0mes papiers\u00a0».",
    )
    change_activity(
        papers,
        version=papers.version,
        by=sonia,
        easy_words="Mme Vidal range vos papiers.\nVous êtes à côté d’elle.\nC’est 1 fois par mois.",
    )
    yield days_ago(10, "15:00")
    s.answers_about_home(me, 3)
    s.rereads(nadege, group)
    yield days_ago(9, "14:00")
    amendment = s.issues(
        sonia,
        starts_on=in_days(7),  # the day after the first one ends
        why="Odette sort seule depuis l’accord sur le jardin, et lit maintenant son courrier avec Julie.",
    )
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
