"""Thérèse, Les Acacias: she speaks little; her daughter-in-law speaks for her at the table."""

from avec.negotiation.actions import Seat
from avec.negotiation.rules import Answer

from ..clock import born, days_ago, in_days
from ..house import House, Told
from ..talk import Talk, kin, somebody


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


def therese_meals(house: House) -> Told:
    """In conclusion: the text was read back; one answer is missing. Her daughter-in-law speaks for her."""
    sonia, nadege = house["infirmiere"], house["aide-soignante"]
    yield days_ago(8, "12:50")
    person, plan = somebody(house, "Lagarde")
    reason = (
        "Thérèse dit peu de mots. Fatou la connaît depuis trente ans et dit ce qu’elle voit dans ses gestes."
    )
    talk = Talk(
        house,
        plan,
        sonia,
        [
            Seat(relative=kin(person, "Fatou"), stands_for=reason, speaks_aloud=True),
            Seat(professional=sonia),
            Seat(professional=nadege),
        ],
        title="La place de Thérèse à table",
        situation="Thérèse repousse son assiette quand la salle est bruyante. Elle mange bien près de la fenêtre.",
        context="plan",
        aim="Que Thérèse mange avec plaisir, sans être mise à l’écart.",
        due_on=in_days(5),
    )
    talk.point("La table près de la fenêtre", "organisation")
    talk.point("Qui s’assoit avec elle", "who")
    talk.aim_accepted("Fatou", "Sonia", "Nadège")
    talk.goes_on()
    talk.matters("Fatou", "Qu’elle chante encore à table. Qu’on ne la laisse pas seule.")
    talk.matters("Sonia", "Qu’elle reprenne un peu de poids.")
    talk.matters("Nadège")
    talk.goes_on()
    yield days_ago(3, "13:00")
    talk.asks("Fatou", 1, "Toujours près de la fenêtre. Elle regarde les arbres et elle mange.")
    window = talk.moves(
        "Nadège", 1, "chacun change de table chaque semaine", "Thérèse garde la table près de la fenêtre"
    )
    talk.accepted(window, "Fatou", "Sonia")
    talk.agreed(1, "Thérèse garde la table près de la fenêtre, midi et soir.")
    come = talk.moves("Fatou", 2, "une soignante à côté d’elle", "je viens le mardi et le jeudi midi", 0)
    talk.accepted(come, "Sonia", "Nadège")
    talk.agreed(
        2,
        "Fatou mange avec elle le mardi et le jeudi. Les autres jours, une soignante s’assoit à côté d’elle.",
    )
    talk.goes_on()
    talk.answers("Sonia")
    talk.answers("Fatou", Answer.YES, "On redemandera à Thérèse, avec ses gestes, dans un mois.")
