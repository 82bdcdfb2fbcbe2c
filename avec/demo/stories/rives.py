"""Les Deux Rives, a home and a support service: Yanis, Nadia."""

from avec.contracts.models import EndChoice, NextChoice
from avec.contracts.rules import Outcome

from ..clock import born, days_ago, in_days
from ..house import House, Told


def yanis(house: House) -> Told:
    """A first short stay, then a studio. His contract is in force; he shows more than he says."""
    ines, thomas = house["ines"], house["infirmier-ailleurs"]

    yield days_ago(640, "10:00")
    s = house.welcome(
        unit="Le foyer",
        account="yanis.ferrand",
        civility="M.",
        family_name="Ferrand",
        given_names="Yanis",
        gender="male",
        birth_date=born(24, 10, 8),
        room="studio 3",
        easy_read=True,
        communication="Autiste. Dit les choses par écrit ou en les montrant. Prévenir avant tout changement.",
    )
    s.team("infirmier-ailleurs", referent="ines", ines="éducatrice référente")
    mother = s.relative("Ferrand", "Sylvie", "sa mère", civility="Mme")
    s.mandate(mother, "carer", "avec son accord écrit")
    me = house["yanis.ferrand"]
    s.opens("Le séjour d’essai de Yanis", by=ines)
    trial = s.plan
    sleep = s.says("Voir si je dors bien.", by=me, importance=3)
    nights = s.goal(
        "Dormir ici",
        "Yanis dort un mois dans le studio 3 et dit si cela lui va.",
        by=ines,
        due=-602,
        priority=1,
        picto="sleep",
        easy_words="Vous dormez ici 1 mois.\nVous dites si cela vous va.",
        expected_result="Yanis dit s’il veut revenir.",
    )
    s.taken_up(sleep, nights, ines, "Un mois, puis vous décidez.")
    s.does([nights], "Demander à Yanis comment il a dormi", "with", ines, owner=thomas, rhythm="chaque matin")
    s.agree(nights, by=ines)
    yield days_ago(638, "15:00")
    first = s.issues(ines, ends_on=in_days(-600), review_on=in_days(-605))
    s.chooses(first, ines)
    yield days_ago(637, "10:00")
    s.chooses(first, me, reading="easy", a1="agrees")
    s.handed(first, "Yanis", by=ines)
    yield days_ago(600, "10:00")
    s.ends(first, EndChoice.TERM, "Le séjour d’essai est fini. Yanis veut revenir.", by=ines)
    s.sets(ines, step="closed", ends_on=in_days(-600))
    yield days_ago(330, "10:00")
    s.opens(
        "Le projet de Yanis", by=ines, kind="PA", previous=trial, communication="Par écrit, avec des dates."
    )
    seen = s.seen(
        "Se bouche les oreilles pendant le repas, trois midis sur cinq.",
        "à la cantine",
        by=ines,
        importance=3,
    )
    bus = s.says("Prendre le bus seul. La ligne 4.", by=me, importance=4)
    touch = s.says(
        "Je ne veux pas qu’on touche mes affaires pour ranger.", by=me, kind="not_wanted", importance=4
    )
    yield days_ago(322, "18:00")
    s_mother = s.says(
        "Qu’il ait des amis de son âge, si lui en a envie.", by=ines, voice="relative", relative=mother
    )
    noise = s.need("Le bruit fort l’épuise\u00a0; le casque l’aide.", "1.1.2", by=thomas)
    maps = s.need("Sait par cœur les plans et les horaires.", "1.3.4.2", by=ines, is_strength=True)
    yield days_ago(310, "10:00")
    line = s.goal(
        "La ligne 4",
        "Yanis prend seul le bus de la ligne 4, du foyer à la médiathèque.",
        by=ines,
        due=35,
        priority=1,
        easy_words="Vous prenez le bus seul.\nC’est la ligne 4.",
        expected_result="Quatre trajets seul, aller et retour.",
        needs=[maps],
    )
    meal = s.goal(
        "Un repas calme",
        "Yanis déjeune à la petite table, avec son casque, ou dans son studio s’il le préfère.",
        by=ines,
        due=35,
        priority=2,
        picto="kitchen",
        easy_words="Vous mangez au calme.\nVous choisissez l’endroit.",
        expected_result="Yanis finit son repas sans quitter la table.",
        needs=[noise],
    )
    things = s.goal(
        "Mes affaires",
        "Personne ne déplace les affaires de Yanis sans le lui demander.",
        by=ines,
        due=35,
        priority=3,
        picto="no",
        easy_words="Vos affaires restent à leur place.\nOn vous demande avant.",
        expected_result="Yanis dit que c’est respecté.",
    )
    s.taken_up(bus, line, ines, "Oui. On commence à deux, puis à distance.")
    s.taken_up(seen, meal, ines)
    s.taken_up(touch, things, ines, "C’est écrit sur la porte du studio.")
    s.answers(
        s_mother,
        ines,
        reply="postponed",
        until=in_days(28),
        reason="Yanis préfère d’abord la médiathèque. Il en reparle lui-même après.",
    )
    s.does([line], "Faire le trajet", "by", ines, rhythm="le mercredi", place="ligne 4")
    s.does([line], "Préparer la carte du trajet", "with", ines, owner=ines, rhythm="la veille")
    s.does([meal], "Garder la petite table", "for", ines, performer="L’équipe de cuisine", rhythm="à midi")
    s.does([things], "Ranger le studio", "by", ines, rhythm="le samedi")
    s.agree(line, meal, things, by=ines)
    yield days_ago(300, "14:00")
    contract = s.issues(ines)
    s.chooses(contract, ines)
    yield days_ago(297, "10:00")
    s.chooses(contract, me, reading="easy", a1="agrees", a2="agrees", a3="agrees")
    s.takes_copy(contract, by=me)
    yield days_ago(13, "12:40")
    s.seen("Reste debout près de la porte quand la salle est pleine.", "à la cantine", by=thomas)
    yield days_ago(6, "09:00")
    s.read_by(thomas, ines)


def nadia(house: House) -> Told:
    """She signs no paper, and asked for a pause: the plan waits for her, and a date is set to talk again."""
    karl, thomas = house["karl"], house["infirmier-ailleurs"]

    yield days_ago(210, "10:00")
    s = house.welcome(
        unit="Le service d’accompagnement",
        account="nadia.cherif",
        civility="Mme",
        family_name="Cherif",
        given_names="Nadia",
        gender="female",
        birth_date=born(41, 7, 19),
        communication="Préfère un message à un appel. Pas avant 11\u00a0heures.",
    )
    s.team("karl", "ines", referent="infirmier-ailleurs")
    me = house["nadia.cherif"]
    yield days_ago(200, "14:00")
    s.opens("Le projet de Nadia", by=thomas, kind="PA")
    work = s.says("Retravailler, à mi-temps, dans une cuisine. C’est mon métier.", by=me, importance=4)
    hospital = s.says(
        "Je ne veux plus être hospitalisée sans qu’on m’explique.", by=me, kind="not_wanted", importance=4
    )
    yield days_ago(185, "14:00")
    s.need("Cuisinière de formation, organisée, rapide.", "1.3.3.2", by=karl, is_strength=True)
    calm = s.need("Sommeil fragile quand le traitement change.", "1.1.1", by=thomas)
    kitchen = s.goal(
        "Retour en cuisine",
        "Nadia fait un stage de deux semaines dans une cuisine qu’elle choisit, avant un mi-temps.",
        by=karl,
        due=140,
        priority=1,
        picto="kitchen",
        easy_words="Vous faites un stage en cuisine.\nVous choisissez le lieu.",
        expected_result="Nadia dit si elle veut continuer.",
    )
    crisis = s.goal(
        "Mon plan si ça va mal",
        "Nadia écrit avec l’équipe ce qui l’aide et ce qu’elle ne veut pas en cas de crise.",
        by=thomas,
        due=60,
        priority=2,
        picto="pen",
        easy_words="Vous écrivez ce qui vous aide.\nOn le lit avec vous.",
        expected_result="Le plan est écrit, daté, et connu de ceux qu’elle a choisis.",
        needs=[calm],
    )
    s.taken_up(work, kitchen, karl, "Trois cuisines accueillent des stagiaires.")
    s.taken_up(hospital, crisis, thomas, "On écrit votre plan ensemble.")
    s.does([kitchen], "Visiter les cuisines", "with", karl, owner=karl, rhythm="deux visites")
    s.does([crisis], "Écrire son plan", "by", thomas, rhythm="à son rythme")
    yield days_ago(160, "15:00")
    s.stands(crisis, "agrees", me)
    s.stands(crisis, "agrees", thomas, voice="professional")
    s.stands(kitchen, "in_part", me, reason="Deux semaines, c’est long. Une, oui.")
    s.stands(kitchen, "agrees", karl, voice="professional")
    yield days_ago(156, "11:30")
    contract = s.issues(thomas)
    s.chooses(contract, thomas)
    yield days_ago(149, "15:00")
    s.signs_on_paper(
        contract,
        "Nadia",
        thomas,
        Outcome.REFUSED,
        "La cuisine, oui. Mais à l’hôpital, j’ai signé trop de papiers.",
        a1="agrees",
        a2="in_part",
    )
    s.follows_up(contract, NextChoice.TALK, 190, "On en reparle après le stage.", by=thomas)
    s.writes_individual(contract, by=thomas, handed_to="Nadia")
    yield days_ago(17, "13:00")
    pause = s.says("Je veux souffler un mois. On reprend après.", by=me, importance=4)
    s.answers(
        pause,
        thomas,
        reply="postponed",
        until=in_days(14),
        reason="C’est noté. On s’arrête, et je vous écris ce jour-là, après 11\u00a0heures.",
    )
    s.sets(thomas, step="on_hold", review_on=in_days(14))
    yield days_ago(6, "11:30")
    s.read_by(thomas)
