"""The words that the hints know, folded (no accents). Written here; a house may be told of more one day."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a team writes about its own work.
TEAM_WORDS = (
    *(
        "favoriser",
        "maintenir",
        "ameliorer",
        "stimuler",
        "developper",
        "promouvoir",
        "accompagner",
        "encourager",
    ),
    *(
        "assurer",
        "garantir",
        "permettre",
        "preserver",
        "optimiser",
        "inciter",
        "surveiller",
        "veiller",
        "prevenir",
    ),
    *("limiter", "reduire", "evaluer", "renforcer", "mettre en place", "proposer", "securiser", "soutenir"),
    *("faciliter", "valoriser", "solliciter", "instaurer", "orienter", "restaurer"),
    *("maintien", "amelioration", "stimulation", "prevention", "developpement", "accompagnement", "suivi"),
    *("prise en charge", "prise en soin", "preservation", "mobilisation", "surveillance", "evaluation"),
)

VAGUE = {
    "bien-etre": ("À quoi le verrait-on ?", "Je me repose au calme après le repas."),
    "bien etre": ("À quoi le verrait-on ?", "Je me repose au calme après le repas."),
    "qualite de vie": ("Qu’est-ce qui changerait dans la journée ?", "Je choisis l’heure de mon lever."),
    "epanouissement": ("À quoi le verrait-on ?", "Je chante avec la chorale le jeudi."),
    "lien social": ("Avec qui, et où ?", "Je déjeune avec un ami une fois par mois."),
    "vie sociale": ("Avec qui, et où ?", "Je déjeune avec un ami une fois par mois."),
    "securite": ("Dans quelle situation ?", "Je traverse la rue avec quelqu’un."),
    "le plus possible": ("Combien de fois suffirait ?", "Je marche dans le couloir deux fois par jour."),
    "autant que possible": ("Combien de fois suffirait ?", "Je marche dans le couloir deux fois par jour."),
    "au maximum": ("Jusqu’où ?", "Je marche jusqu’à la salle à manger."),
    "au mieux": ("Qu’est-ce qui serait bien ?", "Je dors jusqu’à 7 heures."),
    "si possible": (
        "Qu’est-ce qui pourrait l’empêcher ?",
        "Je sors le mardi. S’il pleut, je sors le mercredi.",
    ),
    "dans la mesure du possible": ("Qu’est-ce qui pourrait l’empêcher ?", "Je sors le mardi."),
    "regulierement": ("Combien de fois, quel jour ?", "Je téléphone à mon frère chaque dimanche."),
    "frequemment": ("Combien de fois, quel jour ?", "Je téléphone à mon frère chaque dimanche."),
    "souvent": ("Combien de fois, quel jour ?", "Je téléphone à mon frère chaque dimanche."),
    "de temps en temps": ("Combien de fois par mois ?", "Je vais au cinéma une fois par mois."),
    "rapidement": ("Avant quelle date ?", "Je visite le foyer avant l’été."),
    "prochainement": ("Avant quelle date ?", "Je visite le foyer avant l’été."),
    "des que possible": ("Avant quelle date ?", "Je visite le foyer avant l’été."),
    "progres": ("Qu’est-ce qui aura changé ?", "J’écris mon prénom sans modèle."),
    "etc": ("Qu’est-ce qui compte le plus ?", ""),
}

# Their accents again, to be shown.
VAGUE_SHOWN = {
    "bien-etre": "bien-être",
    "bien etre": "bien-être",
    "qualite de vie": "qualité de vie",
    "epanouissement": "épanouissement",
    "securite": "sécurité",
    "regulierement": "régulièrement",
    "frequemment": "fréquemment",
    "des que possible": "dès que possible",
    "progres": "progrès",
}

# Folded word: how it is shown, and what to say instead (in the words of the house).
JARGON = {
    "prise en charge": ("prise en charge", "« on m’aide à… »"),
    "prises en charge": ("prises en charge", "« on m’aide à… »"),
    "prise en soin": ("prise en soin", "« on me soigne… »"),
    "prise en soins": ("prise en soins", "« on me soigne… »"),
    "observance": ("observance", "« je prends mes médicaments comme convenu »"),
    "compliance": ("compliance", "« je prends mes médicaments comme convenu »"),
    "compliant": ("compliant", "ce que %(short_the)s accepte et ce %(that_they)s refuse"),
    "compliante": ("compliante", "ce que %(short_the)s accepte et ce %(that_they)s refuse"),
    "non compliant": ("non compliant", "ce que %(short_the)s refuse, et pourquoi"),
    "non compliante": ("non compliante", "ce que %(short_the)s refuse, et pourquoi"),
    "non-compliant": ("non-compliant", "ce que %(short_the)s refuse, et pourquoi"),
    "troubles du comportement": ("troubles du comportement", "ce que l’on voit, et dans quelle situation"),
    "trouble du comportement": ("trouble du comportement", "ce que l’on voit, et dans quelle situation"),
    "comportement inadapte": ("comportement inadapté", "ce que l’on voit, et dans quelle situation"),
    "opposant": ("opposant", "ce que %(short_the)s refuse, et pourquoi"),
    "opposante": ("opposante", "ce que %(short_the)s refuse, et pourquoi"),
    "deambulation": ("déambulation", "« je marche dans les couloirs »"),
    "deambuler": ("déambuler", "« marcher »"),
    "deambulations": ("déambulations", "« je marche dans les couloirs »"),
    "transfert": ("transfert", "« passer du lit au fauteuil »"),
    "transferts": ("transferts", "« passer du lit au fauteuil »"),
    "mobilisation": ("mobilisation", "« bouger les jambes », « se lever »"),
    "fausse route": ("fausse route", "« avaler de travers »"),
    "fausses routes": ("fausses routes", "« avaler de travers »"),
    "hydratation": ("hydratation", "« boire »"),
    "contention": ("contention", "« être attaché », en disant où et quand"),
    "elimination": ("élimination", "« aller aux toilettes »"),
    "nursing": ("nursing", "« me laver, m’habiller »"),
    "hygiene corporelle": ("hygiène corporelle", "« me laver »"),
    "aide a la toilette": ("aide à la toilette", "« on m’aide à me laver le dos », par exemple"),
    "actes de la vie quotidienne": ("actes de la vie quotidienne", "« me laver, manger, m’habiller »"),
    "socialisation": ("socialisation", "« voir du monde », en disant qui et où"),
    "anxiogene": ("anxiogène", "« qui fait peur »"),
    "etayage": ("étayage", "« l’aide de quelqu’un »"),
    "apragmatisme": ("apragmatisme", "ce que %(short_the)s n’arrive plus à commencer"),
    "institutionnalisation": ("institutionnalisation", "« vivre en établissement »"),
    "grabataire": ("grabataire", "« qui reste au lit »"),
    "dependance": ("dépendance", "ce qui demande de l’aide"),
    "capacites restantes": ("capacités restantes", "ce que %(short_the)s sait et aime faire"),
    "capacites residuelles": ("capacités résiduelles", "ce que %(short_the)s sait et aime faire"),
    "ritualiser": ("ritualiser", "« faire chaque jour à la même heure »"),
    "cognitif": ("cognitif", "« la mémoire », « l’attention »"),
    "cognitives": ("cognitives", "« la mémoire », « l’attention »"),
    "psychomotricite": ("psychomotricité", "« bouger, tenir en équilibre »"),
}

# Capitals that everybody reads.
ACRONYMS_KNOWN = frozenset(
    {"TV", "CD", "DVD", "SMS", "OK", "TGV", "TER", "SNCF", "RER", "USB", "BD", "GPS", "WC"}
)

# Words in -er and -ir that may follow « et » and are no verbs.
NOT_VERBS = _words(
    "hier soir hiver avenir plaisir desir espoir loisir souvenir couloir miroir foyer atelier quartier escalier "
    "janvier fevrier premier dernier papier clavier panier fumier potager verger boulanger boucher epicier "
    "infirmier infirmiere cuisinier jardinier dejeuner petit-dejeuner diner gouter souper coucher lever "
    "trottoir tiroir savoir pouvoir devoir cuir noir leger regulier entier cahier calendrier particulier "
    "fer mer ver cher amer super"
)

INFINITIVES_IN_RE = _words(
    "prendre faire lire ecrire boire vivre rendre mettre etre dire apprendre suivre descendre repondre entendre "
    "attendre sourire conduire coudre peindre reprendre comprendre perdre vendre refaire relire connaitre voir "
    "revoir recevoir avoir croire rire defendre detendre joindre rejoindre battre promettre permettre"
)
