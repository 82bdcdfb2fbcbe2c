"""Rose, Les Bouleaux."""

from avec.careplan.actions import Side, change_goal
from avec.careplan.rules import Move
from avec.contracts.rules import Outcome

from ..clock import born, days_ago, in_days
from ..house import House, Told


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
        easy_words="Vous choisissez vos moments.\nL’équipe vous propose.\nVous dites oui ou non.",
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
    s.chooses(
        contract,
        me,
        Outcome.RESERVATIONS,
        "Article 2\u00a0: une fois, on me propose. Deux fois, on insiste.",
        a1="agrees",
        a2="in_part",
        a3="agrees",
    )
    s.handed(contract, "Rose", by=sonia)
    yield days_ago(95, "10:00")
    change_goal(window, version=window.version, by=sonia, status="completed")
    yield days_ago(180, "10:30")
    s.weighs(pages, me, 0, "Six lettres. Elle a répondu quatre fois.")
    s.weighs(pages, julie, 1, "Le stylo lourd lui va. Elle écrit une page entière.")
    yield days_ago(25, "17:00")
    s.drafts(
        sonia,
        in_days(19),  # the day after her contract ends
        why="Un an a passé. Les lettres continuent. Le reste se redit avec Rose.",
        left_out=[f"goal:{quiet.pk}"],
    )
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
