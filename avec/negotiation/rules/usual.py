"""The usual grounds that a house may start from, by country, as plain data: then each line is theirs to change.

None of them was read here in its official text: each comes « à vérifier à la
source », for the house to read and date. No article is named that is not
widely quoted under that number; where the number moved or depends on a Region,
the source says where to look. Seed 000: what is not negotiable comes from the
rules (law, decree, house rules, national recommendations) or from a medical
prescription; around it, the organisation, who does what, the goals, the
activities and the part that people take can be talked over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .moves import Nature

# Changes with any line below: the journal says which edition a house took.
EDITION = "2026-1"
TO_NAME = "titre et date à noter"
REGION = "Texte de votre Région à indiquer (Wallonie, Bruxelles)"


@dataclass(frozen=True)
class Usual:
    """`code` stays for ever: it tells that the house has this line already, whatever its words became."""

    code: str
    nature: Nature
    words: str
    source: str
    easy: str
    around: str


# The same in both countries: a prescription names its own source, case by case.
PRESCRIBED = (
    Usual(
        "treatment",
        Nature.PRESCRIPTION,
        "Le médicament prescrit\u00a0: lequel, quelle dose, pendant combien de temps",
        "Ordonnance\u00a0: nom du médecin et date à noter",
        "C’est le médecin qui choisit le médicament et la dose. "
        "Nous ne pouvons pas les changer sans lui. Vous pouvez lui en parler. Vous pouvez refuser.",
        "L’heure dans la journée, le lieu, qui l’apporte\u00a0; la forme (comprimé, gouttes) à demander au médecin.",
    ),
    Usual(
        "prescribed_care",
        Nature.PRESCRIPTION,
        "Un soin prescrit\u00a0: pansement, piqûre, prise de sang, rééducation",
        "Prescription\u00a0: nom du médecin et date à noter",
        "Le médecin a demandé ce soin pour votre santé. "
        "Nous ne pouvons pas l’enlever sans lui. Vous pouvez le refuser\u00a0: on vous soigne autrement.",
        "L’heure, le lieu, l’ordre, qui le fait, qui reste près de vous, ce que vous faites vous-même.",
    ),
    Usual(
        "prescribed_diet",
        Nature.PRESCRIPTION,
        "Un régime, ou une texture de repas, prescrits",
        "Prescription\u00a0: nom du médecin et date à noter",
        "Le médecin a demandé des repas préparés autrement, pour que vous mangiez sans danger.",
        "Les plats, l’heure, la place à table, les jours de fête\u00a0; une nouvelle évaluation à demander.",
    ),
    Usual(
        "protocol",
        Nature.PRESCRIPTION,
        "Un protocole de soins signé par un médecin",
        f"Protocole de soins\u00a0: {TO_NAME}",
        "Dans cette situation, tous les soignants font les mêmes gestes. Un médecin les a écrits et signés.",
        "Le moment, qui le fait, comment on vous prévient, ce qui vous aide pendant le soin.",
    ),
)

# The same words in both countries; what the house wrote itself is its own source.
HOUSE = (
    Usual(
        "medicine_circuit",
        Nature.HOUSE_RULES,
        "La façon de préparer, de donner et de noter les médicaments",
        f"Procédure de la maison sur le circuit du médicament\u00a0: {TO_NAME}",
        "Chaque médicament est vérifié et noté. C’est pour éviter les erreurs.",
        "Où et quand vous les prenez, ce que vous gérez vous-même, qui est près de vous.",
    ),
)

FRENCH: Sequence[Usual] = (
    Usual(
        "consent",
        Nature.LAW,
        "Aucun soin sans l’accord de la personne",
        "Code de la santé publique, article L1111-4",
        "La loi dit\u00a0: vous pouvez dire non à un soin. Vous pouvez changer d’avis quand vous voulez.",
        "Ce qui est fait à la place, qui en parle avec vous, quel jour on redemande.",
    ),
    Usual(
        "information",
        Nature.LAW,
        "La personne est informée de son état de santé et des soins proposés",
        "Code de la santé publique, article L1111-2",
        "On vous explique vos soins avec des mots que vous comprenez. "
        "Vous pouvez demander à ne pas tout savoir.",
        "Le moment, la façon d’expliquer, qui est présent.",
    ),
    Usual(
        "secrecy",
        Nature.LAW,
        "Ce qui touche à la santé et à la vie privée reste secret",
        "Code de la santé publique, article L1110-4",
        "Ceux qui vous soignent gardent le secret. Eux seuls se parlent de vos soins, pour vous soigner.",
        "Ce que vous partagez avec vos proches, et avec lesquels.",
    ),
    Usual(
        "dignity",
        Nature.LAW,
        "La dignité, l’intimité et la sécurité de la personne",
        "Code de l’action sociale et des familles, article L311-3",
        "La loi protège votre intimité et votre sécurité. Personne ne peut y renoncer pour vous.",
        "Comment on frappe, l’heure où l’on entre, qui fait la toilette, ce que vous faites seul.",
    ),
    Usual(
        "trusted",
        Nature.LAW,
        "La personne choisit elle-même sa personne de confiance",
        "Code de la santé publique, article L1111-6\u00a0; code de l’action sociale et des familles, article L311-5-1",
        "C’est vous qui choisissez votre personne de confiance. Vous pouvez en changer.",
        "Quand on en parle, qui vous aide à choisir, à quelles rencontres elle vient.",
    ),
    Usual(
        "protected",
        Nature.LAW,
        "Une personne protégée décide elle-même de ce qui touche à sa personne, autant que son état le permet",
        "Code civil, article 459\u00a0; jugement\u00a0: date à noter",
        "Même avec un tuteur ou un curateur, c’est vous qui décidez pour vous-même, quand vous le pouvez.",
        "Qui vous explique, qui vous accompagne, le temps qu’il vous faut pour décider.",
    ),
    Usual(
        "nursing_acts",
        Nature.LAW,
        "Certains soins ne sont faits que par un infirmier, et certains seulement sur prescription",
        "Code de la santé publique, articles R4311-1 et suivants",
        "La loi dit qui a le droit de faire chaque soin.",
        "L’heure, le lieu, l’infirmier que vous préférez quand c’est possible, ce que vous apprenez à faire.",
    ),
    Usual(
        "follow_prescription",
        Nature.LAW,
        "L’infirmier suit la prescription du médecin",
        "Code de la santé publique, articles R4312-1 et suivants (déontologie des infirmiers)",
        "L’infirmier ne peut pas changer ce que le médecin a écrit. Il peut l’appeler pour vous.",
        "Le moment du soin\u00a0; ce que vous voulez qu’on demande au médecin.",
    ),
    Usual(
        "smoking",
        Nature.LAW,
        "On ne fume pas dans les lieux fermés que tout le monde partage",
        "Décret n°\u00a02006-1386 du 15 novembre 2006\u00a0; code de la santé publique, article R3512-2",
        "La loi interdit de fumer dans les lieux fermés que l’on partage. C’est pour la santé de tous.",
        "Où et quand fumer dehors, qui vous accompagne, ce qui aide à attendre.",
    ),
    Usual(
        "fire",
        Nature.LAW,
        "Les règles de sécurité contre l’incendie\u00a0: portes coupe-feu, sorties libres, appareils interdits",
        "Règlement de sécurité contre l’incendie, établissements recevant du public de type J",
        "En cas de feu, tout le monde doit pouvoir sortir vite. Ces règles nous protègent tous.",
        "La place de vos meubles, un autre appareil, comment décorer la chambre.",
    ),
    Usual(
        "house_rules",
        Nature.HOUSE_RULES,
        "Le règlement de fonctionnement de la maison",
        f"Code de l’action sociale et des familles, article L311-7\u00a0; notre règlement\u00a0: {TO_NAME}",
        "C’est la règle de vie de la maison. Elle est la même pour tous. On vous en a donné une copie.",
        "Comment la règle s’applique pour vous\u00a0; le conseil de la vie sociale peut demander de la changer.",
    ),
    Usual(
        "respect",
        Nature.HOUSE_RULES,
        "Ni violence ni menace, de personne envers personne",
        f"Code de l’action sociale et des familles, articles R311-33 et suivants\u00a0; notre règlement\u00a0: {TO_NAME}",
        "Personne n’a le droit de frapper ni de menacer. Cela vous protège aussi.",
        "Ce qui met en colère, ce qui calme, vers qui aller.",
    ),
    *HOUSE,
    Usual(
        "participation",
        Nature.RECOMMENDATION,
        "Le projet se fait avec la personne, du début à la fin",
        "Anesm, «\u00a0Les attentes de la personne et le projet personnalisé\u00a0», décembre 2008",
        "Votre projet ne s’écrit pas sans vous.",
        "Quand, où et avec qui on en parle\u00a0; comment vous dites ce que vous voulez.",
    ),
    Usual(
        "hand_hygiene",
        Nature.RECOMMENDATION,
        "L’hygiène des mains avant et après chaque soin",
        "SF2H, «\u00a0Actualisation des précautions standard\u00a0», juin 2017",
        "Avant et après chaque soin, on se nettoie les mains. C’est pour ne pas transmettre de microbes.",
        "Comment on vous le dit, ce que vous voulez qu’on vous propose à vous aussi.",
    ),
    Usual(
        "restraint",
        Nature.RECOMMENDATION,
        "Aucune contention sans évaluation ni prescription, et pour le temps le plus court",
        "Anaes, «\u00a0Limiter les risques de la contention physique de la personne âgée\u00a0», octobre 2000",
        "On n’attache pas quelqu’un sans qu’un médecin l’ait décidé. On cherche d’abord autre chose.",
        "Les autres moyens à essayer, qui reste près de vous, quand on en reparle.",
    ),
    *PRESCRIBED,
)

BELGIAN: Sequence[Usual] = (
    Usual(
        "be_consent",
        Nature.LAW,
        "Aucun soin sans l’accord de la personne",
        "Loi du 22 août 2002 relative aux droits du patient, article 8",
        "La loi dit\u00a0: vous pouvez dire non à un soin. Vous pouvez changer d’avis quand vous voulez.",
        "Ce qui est fait à la place, qui en parle avec vous, quel jour on redemande.",
    ),
    Usual(
        "be_information",
        Nature.LAW,
        "La personne est informée de son état de santé et des soins proposés",
        "Loi du 22 août 2002 relative aux droits du patient, articles 7 et 8",
        "On vous explique vos soins avec des mots que vous comprenez. "
        "Vous pouvez demander à ne pas tout savoir.",
        "Le moment, la façon d’expliquer, qui est présent.",
    ),
    Usual(
        "be_secrecy",
        Nature.LAW,
        "Ce qui touche à la santé et à la vie privée reste secret",
        "Secret professionnel (code pénal)\u00a0; loi du 22 août 2002 relative aux droits du patient, article 10",
        "Ceux qui vous soignent gardent le secret. Eux seuls se parlent de vos soins, pour vous soigner.",
        "Ce que vous partagez avec vos proches, et avec lesquels.",
    ),
    Usual(
        "be_protected",
        Nature.LAW,
        "Une personne protégée exerce elle-même ses droits de patient, autant qu’elle en est capable",
        "Loi du 22 août 2002 relative aux droits du patient, article 14\u00a0; ordonnance du juge de paix\u00a0: date à noter",
        "Même avec un administrateur, c’est vous qui décidez pour vous-même, quand vous le pouvez.",
        "Qui vous explique, qui vous accompagne, le temps qu’il vous faut pour décider.",
    ),
    Usual(
        "be_nursing_acts",
        Nature.LAW,
        "Certains soins ne sont faits que par un infirmier, et certains seulement sur prescription",
        "Loi coordonnée du 10 mai 2015 sur les professions des soins de santé\u00a0; arrêté royal du 18 juin 1990",
        "La loi dit qui a le droit de faire chaque soin.",
        "L’heure, le lieu, l’infirmier que vous préférez quand c’est possible, ce que vous apprenez à faire.",
    ),
    Usual(
        "be_smoking",
        Nature.LAW,
        "On ne fume pas dans les lieux fermés que tout le monde partage",
        "Loi du 22 décembre 2009 sur l’interdiction de fumer dans les lieux fermés accessibles au public",
        "La loi interdit de fumer dans les lieux fermés que l’on partage. C’est pour la santé de tous.",
        "Où et quand fumer dehors, qui vous accompagne, ce qui aide à attendre.",
    ),
    Usual(
        "be_fire",
        Nature.LAW,
        "Les règles de sécurité contre l’incendie\u00a0: portes coupe-feu, sorties libres, appareils interdits",
        REGION,
        "En cas de feu, tout le monde doit pouvoir sortir vite. Ces règles nous protègent tous.",
        "La place de vos meubles, un autre appareil, comment décorer la chambre.",
    ),
    Usual(
        "be_house_rules",
        Nature.HOUSE_RULES,
        "Le règlement d’ordre intérieur de la maison",
        f"{REGION}\u00a0; notre règlement\u00a0: {TO_NAME}",
        "C’est la règle de vie de la maison. Elle est la même pour tous. On vous en a donné une copie.",
        "Comment la règle s’applique pour vous\u00a0; le conseil des résidents peut demander de la changer.",
    ),
    Usual(
        "be_respect",
        Nature.HOUSE_RULES,
        "Ni violence ni menace, de personne envers personne",
        f"Notre règlement d’ordre intérieur\u00a0: {TO_NAME}",
        "Personne n’a le droit de frapper ni de menacer. Cela vous protège aussi.",
        "Ce qui met en colère, ce qui calme, vers qui aller.",
    ),
    *HOUSE,
    Usual(
        "be_participation",
        Nature.RECOMMENDATION,
        "Le projet individuel se fait avec la personne, du début à la fin",
        REGION,
        "Votre projet ne s’écrit pas sans vous.",
        "Quand, où et avec qui on en parle\u00a0; comment vous dites ce que vous voulez.",
    ),
    Usual(
        "be_hand_hygiene",
        Nature.RECOMMENDATION,
        "L’hygiène des mains avant et après chaque soin",
        "Conseil Supérieur de la Santé, recommandations sur l’hygiène des mains",
        "Avant et après chaque soin, on se nettoie les mains. C’est pour ne pas transmettre de microbes.",
        "Comment on vous le dit, ce que vous voulez qu’on vous propose à vous aussi.",
    ),
    *PRESCRIBED,
)

COUNTRIES: dict[str, tuple[str, Sequence[Usual]]] = {
    "fr": ("France", FRENCH),
    "be": ("Belgique", BELGIAN),
}
