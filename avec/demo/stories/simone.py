"""Simone, Les Acacias: she chose not to sign, and talks about the noise of the evening."""

from avec.clocks.rules.clock import Outcome as ClockOutcome
from avec.contracts.models import NextChoice
from avec.contracts.rules import Outcome
from avec.negotiation.actions import Seat

from ..clock import born, days_ago, in_days
from ..house import House, Told
from ..talk import Talk, kin, somebody


def simone(house: House) -> Told:
    """She chose not to sign: her reasons are written, the house commits alone, and a day is set to talk again."""
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
    s.follows_up(
        contract,
        NextChoice.TALK,
        12,
        "Camille vient à la lecture, puis en reparle avec Simone, sans papier sur la table.",
        by=camille,
    )
    yield days_ago(2, "15:00")
    s.writes_individual(contract, by=camille, handed_to="Simone")


def simone_noise(house: House) -> Told:
    """In exploration, with a facilitator: her son said what matters to him; she has not yet."""
    camille, nadege, manager = house["educatrice"], house["aide-soignante"], house["cadre"]
    yield days_ago(9, "14:30")
    person, plan = somebody(house, "Aubry")
    talk = Talk(
        house,
        plan,
        camille,
        [
            Seat(),
            Seat(relative=kin(person, "Rémi"), speaks_aloud=True),
            Seat(professional=camille),
            Seat(professional=nadege),
        ],
        title="Le bruit du soir devant ma porte",
        situation="Le chariot passe à 21\u00a0heures devant la chambre de Simone, qui se couche à 20\u00a0heures.",
        context="plan",
        aim="Que Simone dorme tôt et que la tournée du soir se fasse.",
        due_on=in_days(12),
        facilitator=manager,
    )
    talk.point("L’heure de la tournée dans le couloir", "organisation")
    talk.point("Le chemin du chariot", "organisation")
    talk.point("Les médicaments du soir, avec le repas ou au coucher", "organisation")
    talk.aim_accepted("Simone", "Rémi", "Camille", "Nadège")
    talk.goes_on()
    yield days_ago(4, "17:45")
    talk.matters("Rémi", "Que ma mère soit reposée quand je viens le matin.")
    talk.matters("Nadège", "Finir la tournée avant la relève, sans oublier personne.")
