"""The everyday words that lead to a SERAFIN-PH code: what people say, not what the list says.

Ours, free to grow: adding a word changes nothing that was recorded.
"""

_SMALL = """
a ai au aux avec besoin besoins c ce ces d dans de des du elle en est et il j je l la le les leur ma matiere
me mes mon n ne ou par pas plus pour qu que qui relatifs s sa se ses seul seule son sur accompagnement
accompagnements prestation prestations faire avoir etre aller prendre un une lien lui m nous on sans si vers
veut vouloir vous y
"""
# Words that say nothing of what is looked for, folded.
SMALL_WORDS = frozenset(_SMALL.split())

NEED_WORDS: dict[str, str] = {
    "1.1": "santé soin soigner malade maladie",
    "1.1.1": "mémoire oublier oubli concentration attention moral humeur tristesse triste dépression angoisse "
    "anxiété peur stress colère crise sommeil dormir nuit insomnie cauchemar désorienté confusion repères "
    "épilepsie comportement agitation souffrance psychique addiction alcool tabac",
    "1.1.2": "voir vue yeux lunettes aveugle malvoyant entendre oreille audition appareil auditif sourd "
    "malentendant goût odorat toucher équilibre vertige",
    "1.1.3": "douleur mal souffrir souffrance douloureux soulager",
    "1.1.4": "voix parler parole prononcer bégayer dents dentiste dentier bouche mâcher avaler déglutition "
    "fausse route orthophonie",
    "1.1.5": "coeur tension circulation sang respirer souffle essoufflement poumon asthme oxygène défense infection",
    "1.1.6": "digestion digérer ventre estomac constipation diarrhée diabète poids maigrir grossir nutrition "
    "dénutrition appétit thyroïde",
    "1.1.7": "urine uriner fuites incontinence continence vessie règles contraception ménopause",
    "1.1.8": "muscle articulation os genou hanche dos force raideur fracture rééducation kiné tenir debout",
    "1.1.9": "peau escarre plaie rougeur ongles cheveux démangeaison pied pansement",
    "1.1.10": "médecin rendez vous médicament traitement vaccin prévention santé prendre soin suivi sport "
    "alimentation hygiène de vie dépistage hospitalisation",
    "1.2": "autonomie autonome",
    "1.2.1": "autonomie autonome",
    "1.2.1.1": "toilette laver douche bain shampoing rasage habiller habillage vêtement s’habiller déshabiller "
    "manger repas boire couper aide au repas toilettes wc hygiène coiffer maquillage chaussures",
    "1.2.1.2": "amis ami relation parler écouter communiquer communication comprendre être compris exprimer "
    "rencontrer groupe voisin solitude isolement seule pictogramme langue signes téléphone dispute conflit",
    "1.2.1.3": "marcher marche bouger lever coucher transfert fauteuil canne déambulateur escalier chute tomber "
    "équilibre déplacer déplacement mobilité main prendre objet sortir jardin promenade se promener",
    "1.2.1.4": "décider décision choisir choix danger sécurité risque se protéger fugue appeler aide organiser "
    "temps heure repères initiative",
    "1.3": "participation citoyen société",
    "1.3.1": "droit citoyenneté",
    "1.3.1.1": "droit vote voter papiers carte identité démarche administratif plainte religion culte croyance "
    "cultuel prier messe tutelle curatelle mdph allocation information personne de confiance directives",
    "1.3.2": "logement chez soi maison",
    "1.3.2.1": "logement habiter maison appartement chambre chez moi chez soi loyer déménager décorer meubles "
    "intimité clé lit",
    "1.3.2.2": "ménage cuisine cuisiner café courses linge lessive ranger vaisselle repas préparer animal chat "
    "chien plantes jardiner bricoler",
    "1.3.3": "rôle social insertion",
    "1.3.3.1": "école classe collège lycée études étudier étudiant élève enseignant scolarité cantine",
    "1.3.3.2": "travail travailler emploi métier stage esat atelier patron salaire collègue formation "
    "professionnel retraite apprentissage",
    "1.3.3.3": "apprendre lire écrire compter calculer ordinateur informatique numérique internet",
    "1.3.3.4": "famille enfant enfants petits mari femme conjoint couple amour amoureux sexualité affectif "
    "parent mère père fille fils frère soeur visite parentalité bébé grossesse tendresse",
    "1.3.3.5": "pair aidance aider les autres témoigner partenaire",
    "1.3.4": "vie sociale sorties",
    "1.3.4.1": "loisir loisirs sortie sortir sport musique chanter danse cinéma théâtre association club jeux "
    "cartes vacances fête lecture bibliothèque télévision jardin promenade amis voisin quartier bénévole "
    "activité marché",
    "1.3.4.2": "bus train métro voiture conduire permis taxi transport voyage trajet vélo déplacer",
    "1.3.5": "argent ressources",
    "1.3.5.1": "argent budget compte banque dépense acheter dette économies payer pension aah retraite revenu "
    "ressources",
}

SERVICE_WORDS: dict[str, str] = {
    "2.1": "soin soins santé",
    "2.1.1": "soin soins",
    "2.1.1.1": "médecin docteur consultation ordonnance traitement psychiatre dentiste vaccin palliatif",
    "2.1.1.2": "infirmier infirmière piqûre pansement prise de sang surveillance médicament médicaments pilulier "
    "injection tension glycémie sonde",
    "2.1.1.3": "psychologue entretien écoute soutien moral bilan psychologique",
    "2.1.1.4": "pharmacien pharmacie médicaments préparation pilulier",
    "2.1.2": "rééducation",
    "2.1.2.1": "kiné kinésithérapeute ergothérapeute ergothérapie orthophoniste orthophonie psychomotricien "
    "psychomotricité orthoptiste diététicien pédicure podologue rééducation marche marcher bouger locomotion "
    "canne braille",
    "2.2": "autonomie",
    "2.2.1": "toilette laver douche bain habiller habillage manger repas boire lever coucher transfert marcher "
    "marche wc toilettes aide soignante change nuit gestes quotidien",
    "2.2.2": "parler communiquer communication relation amis groupe écouter pictogramme langue signes "
    "compréhension expression conflit",
    "2.2.3": "décider décision choisir choix danger sécurité risque repères temps planning fugue",
    "2.3": "participation",
    "2.3.1": "droit droits",
    "2.3.1.1": "projet personnalisé entretien attentes expression recueil bilan objectifs réunion synthèse contrat",
    "2.3.1.2": "droit droits liberté vote voter religion culte plainte papiers conseil de la vie sociale cvs "
    "information recours personne de confiance",
    "2.3.2": "logement",
    "2.3.2.1": "logement habiter chambre appartement maison chez soi déménager loyer installer décorer",
    "2.3.2.2": "ménage cuisine cuisiner café courses linge lessive ranger vaisselle préparer repas jardiner",
    "2.3.3": "rôle social",
    "2.3.3.1": "école classe études élève étudiant apprenti scolarité devoirs lire écrire",
    "2.3.3.2": "stage orientation formation métier chercher emploi cv préparer travail professionnel",
    "2.3.3.3": "travail travailler emploi poste entreprise esat atelier collègue",
    "2.3.3.4": "activité atelier jour occupation créatif peinture poterie",
    "2.3.3.5": "famille enfant couple amour sexualité affectif parent conjoint visite parentalité",
    "2.3.3.6": "élu représentant pair aidance cvs témoigner partenaire",
    "2.3.4": "vie sociale",
    "2.3.4.1": "proches famille voisin visite appel téléphone lien amis",
    "2.3.4.2": "loisir loisirs sortie sortir sport musique chanter danse cinéma théâtre association club jeux "
    "vacances fête lecture jardin promenade bibliothèque animation marché",
    "2.3.4.3": "bus train transport trajet déplacer déplacement seul plan itinéraire permis voiture vélo",
    "2.3.5": "argent ressources",
    "2.3.5.1": "allocation aah apa pch mdph dossier administratif demande aide sociale papiers",
    "2.3.5.2": "argent budget compte banque dépense acheter payer économies courses",
    "2.3.5.3": "tutelle curatelle protection habilitation mandataire sauvegarde juge",
    "2.4": "coordination parcours",
    "2.4.1": "coordination coordonner partenaires parcours hospitalisation relais référent réunion sortie hôpital",
    "3.1.4.2": "équipe analyse pratiques soutien",
    "3.2.1.1": "chambre hébergement nuit locaux",
    "3.2.2.1": "repas cantine cuisine restauration",
    "3.2.3.1": "linge lessive blanchisserie repassage",
    "3.2.4.1": "transport domicile taxi navette",
    "3.2.4.2": "transport soins rendez vous ambulance",
    "3.2.4.3": "transport sortie loisirs",
}
