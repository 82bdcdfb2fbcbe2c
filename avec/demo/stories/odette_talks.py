"""What Odette talks over: the garden, which became her goal, going to town, and the drops she does not want."""

from collections.abc import Generator
from datetime import datetime

from avec.careplan.models import Expectation
from avec.negotiation.actions import Followed, Refused, Seat, complete_refusal, note_refusal
from avec.negotiation.rules import Becomes

from ..clock import days_ago, in_days
from ..house import House, Told
from ..talk import Talk, kin, somebody


def garden_alone(house: House, asked: Expectation) -> Generator[datetime, None, Talk]:
    """Odette's, up to the text read back: everybody moved, and the goal of her contract comes from it."""
    sonia, nadege = house["infirmiere"], house["aide-soignante"]
    yield days_ago(52, "10:20")
    person, plan = somebody(house, "Marcillac")
    talk = Talk(
        house,
        plan,
        sonia,
        [
            Seat(),
            Seat(relative=kin(person, "Claire")),
            Seat(professional=sonia),
            Seat(professional=nadege),
        ],
        title="Le jardin, seule, le matin",
        situation="Odette veut aller au jardin seule avant que les autres se lèvent. Claire a peur d’une chute. "
        "La porte ouvre à 8\u00a0heures.",
        context="plan",
        expectation=asked,
        aim="Qu’Odette soit libre de ses matins, et que personne n’ait peur.",
        due_on=days_ago(38).date(),
    )
    talk.point("Sortir seule", "goal")
    talk.point("L’heure où la porte s’ouvre", "organisation")
    talk.point(
        "La porte du jardin fermée la nuit",
        "house_rules",
        source="Règlement de fonctionnement des Tilleuls, article 9",
    )
    talk.explained(
        3, "yes", "«\u00a0La nuit, je dors. Ou je devrais.\u00a0»", "lu à voix haute, en version facile"
    )
    talk.aim_accepted("Odette", "Claire", "Sonia", "Nadège")
    talk.goes_on()
    yield days_ago(47, "17:30")
    talk.matters("Odette", "Respirer avant le bruit. Être chez moi quelque part.")
    talk.matters("Claire", "Qu’elle ne reste pas par terre sans que personne ne le sache.")
    talk.matters("Sonia", "Qu’elle garde ses jambes, et savoir où elle est.")
    talk.matters("Nadège", "Ne pas avoir à choisir entre une porte et une toilette.")
    talk.goes_on()
    yield days_ago(44, "10:30")
    talk.asks("Odette", 1, "Seule, et sans rien au poignet.")
    talk.asks("Claire", 1, "Toujours avec quelqu’un.")
    talk.asks("Sonia", 1, "Seule, oui, avec un moyen d’appeler.")
    band = talk.moves(
        "Odette", 1, "sans rien au poignet", "avec le bracelet d’appel, pour la sortie seulement"
    )
    talk.accepted(band, "Claire", "Sonia", "Nadège")
    bench = talk.moves("Claire", 1, "toujours avec quelqu’un", "seule jusqu’au banc", in_return_for=band)
    talk.accepted(bench, "Odette", "Sonia", "Nadège")
    talk.asks("Odette", 2, "6\u00a0h\u00a030, à la fin de la nuit.")
    talk.asks("Nadège", 2, "8\u00a0heures, après les premières toilettes.")
    door = talk.moves("Nadège", 2, "8\u00a0heures", "6\u00a0h\u00a045, par l’équipe de nuit")
    talk.accepted(door, "Odette", "Claire", "Sonia")
    talk.agreed(2, "L’équipe de nuit ouvre la porte à 6\u00a0h\u00a045.")
    talk.agreed(
        1,
        "Odette va seule au jardin, jusqu’au banc, avec le bracelet d’appel.",
        Becomes.GOAL,
        statement="Odette se rend seule au jardin chaque matin. L’équipe de nuit ouvre la porte à "
        "6\u00a0h\u00a045\u00a0; Odette porte le bracelet d’appel pendant la sortie.",
        due_on=in_days(71).isoformat(),
        priority=1,
        expected_result="Odette sort seule au moins quatre matins par semaine, et dit qu’elle n’a pas peur.",
        easy_words="Vous allez au jardin chaque matin.\nVous y allez seule.\n\n"
        "L’équipe ouvre la porte à 6\u00a0h\u00a045.\nVous portez le bracelet d’appel.",
    )
    talk.goes_on()
    return talk


def odette_town(house: House) -> Told:
    """Being framed: she asked for it; her daughter has not answered yet."""
    sonia = house["infirmiere"]
    yield days_ago(2, "15:10")
    person, plan = somebody(house, "Marcillac")
    talk = Talk(
        house,
        plan,
        sonia,
        [Seat(), Seat(relative=kin(person, "Claire")), Seat(professional=sonia)],
        title="Aller en ville avec Claire",
        situation="Odette veut retourner au marché avec sa fille le dimanche. "
        "Claire a peur de la foule et des pavés.",
        context="plan",
        aim="Qu’Odette retrouve le marché, et que Claire y aille l’esprit tranquille.",
        due_on=in_days(14),
    )
    talk.point("Quels dimanches", "organisation")
    talk.point("Le fauteuil, pour le retour seulement")
    talk.aim_accepted("Odette", "Sonia")


def odette_drops(house: House) -> Told:
    """She said no by herself, in her own space; the team then wrote what it explained."""
    sonia = house["infirmiere"]
    yield days_ago(3, "21:10")
    me = house["residente"]  # her account came with her own story
    _person, plan = somebody(house, "Marcillac")
    refusal = note_refusal(
        plan,
        Refused(
            care="Les gouttes pour dormir",
            words="Je n’en veux plus. Le matin, j’ai la tête dans du coton.",
            ask_again_on=in_days(4),
        ),
        by=me,
    )
    yield days_ago(2, "09:20")
    complete_refusal(
        refusal,
        Followed(
            information="À quoi servent les gouttes, et qu’on ne les arrête pas d’un coup sans le médecin.",
            alternatives="Une tisane, la radio basse, et en parler au Dr Nguyen cette semaine.",
            told="Le Dr Nguyen, le matin même.",
            care_goes_on="L’équipe de nuit passe à minuit, sans allumer.",
        ),
        by=sonia,
    )
