"""The pictograms: what each one says in French, how it is found, and which drawing it is.

A pictogram never stands without its word. The drawings are in static/ui/pictograms,
under their own licence; `drawing` is the number of the OpenMoji drawing that it comes
from, or TILE: and a sign, for a leaf of calendar of ours. To add one: docs/contributing.md.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST = 12


@dataclass(frozen=True)
class Pictogram:
    key: str
    words: str | Promise
    # Other words under which somebody may look for it.
    also: str | Promise
    drawing: str


@dataclass(frozen=True)
class Theme:
    code: str
    words: str | Promise
    pictograms: tuple[Pictogram, ...]


THEMES = (
    Theme(
        "food",
        _("Manger et boire"),
        (
            Pictogram("eat", _("manger"), _("repas nourriture faim couverts assiette"), "1F37D"),
            Pictogram("drink", _("boire"), _("soif verre boisson"), "1F964"),
            Pictogram("water", _("l’eau"), _("boire verre robinet"), "1F6B0"),
            Pictogram("breakfast", _("le petit déjeuner"), _("matin croissant tartine"), "1F950"),
            Pictogram("lunch", _("le déjeuner"), _("midi repas plat"), "1F35B"),
            Pictogram("snack", _("le goûter"), _("quatre heures biscuit gâteau collation"), "1F36A"),
            Pictogram("dinner", _("le dîner"), _("souper soir soupe repas"), "1F372"),
            Pictogram("kitchen", _("faire la cuisine"), _("cuisiner casserole éplucher recette"), "1F373"),
            Pictogram("coffee", _("le café"), _("boire tasse petit noir"), "2615"),
            Pictogram("tea", _("le thé"), _("tisane infusion boire théière"), "1FAD6"),
            Pictogram("bread", _("le pain"), _("tartine baguette boulangerie"), "E0CA"),
            Pictogram("fruit", _("les fruits"), _("pomme dessert"), "1F34E"),
            Pictogram("vegetables", _("les légumes"), _("carotte salade"), "1F955"),
            Pictogram("meat", _("la viande"), _("bœuf porc steak"), "1F969"),
            Pictogram("fish", _("le poisson"), _("pêche"), "1F41F"),
            Pictogram("cheese", _("le fromage"), "", "1F9C0"),
            Pictogram("egg", _("les œufs"), _("œuf"), "1F95A"),
            Pictogram("cake", _("le gâteau"), _("dessert pâtisserie"), "1F370"),
            Pictogram("ice-cream", _("la glace"), _("dessert été"), "1F366"),
            Pictogram("sugar", _("les bonbons"), _("sucre sucré sucreries"), "1F36C"),
            Pictogram("chocolate", _("le chocolat"), _("sucré"), "1F36B"),
            Pictogram("wine", _("le vin"), _("alcool apéritif verre"), "1F377"),
            Pictogram("beer", _("la bière"), _("alcool verre"), "1F37A"),
            Pictogram(
                "restaurant", _("le restaurant"), _("repas sortie cantine salle à manger table"), "E200"
            ),
        ),
    ),
    Theme(
        "body",
        _("Mon corps, ma toilette"),
        (
            Pictogram("wash", _("me laver"), _("toilette propre savon hygiène"), "1F9FC"),
            Pictogram("wash-hands", _("me laver les mains"), _("savon hygiène propre"), "E0B2"),
            Pictogram("shower", _("la douche"), _("se laver eau"), "1F6BF"),
            Pictogram("bath", _("le bain"), _("baignoire se laver"), "1F6C1"),
            Pictogram("toilets", _("les toilettes"), _("WC pipi caca besoins"), "1F6BD"),
            Pictogram("teeth-brush", _("me brosser les dents"), _("dents brosse dentifrice"), "1FAA5"),
            Pictogram("hair", _("me coiffer"), _("cheveux peigne brosse coiffure"), "1FAAE"),
            Pictogram("hairdresser", _("le coiffeur"), _("coiffeuse cheveux couper coupe ciseaux"), "1F487"),
            Pictogram("shave", _("me raser"), _("barbe rasoir"), "1FA92"),
            Pictogram("make-up", _("me maquiller"), _("maquillage rouge à lèvres beauté"), "1F484"),
            Pictogram("cream", _("la crème"), _("peau soin pommade"), "1F9F4"),
            Pictogram("mirror", _("le miroir"), _("se regarder glace"), "1FA9E"),
            Pictogram("dress", _("m’habiller"), _("vêtements habits mettre pull"), "1F455"),
            Pictogram("trousers", _("le pantalon"), _("vêtements habits jean"), "1F456"),
            Pictogram("dress-up", _("la robe"), _("vêtements habits jupe"), "1F457"),
            Pictogram("coat", _("le manteau"), _("vêtements habits froid veste"), "1F9E5"),
            Pictogram("shoes", _("les chaussures"), _("souliers pieds chaussons"), "1F45E"),
            Pictogram("socks", _("les chaussettes"), _("pieds bas"), "1F9E6"),
            Pictogram("glasses", _("les lunettes"), _("voir yeux vue"), "1F453"),
            Pictogram("sleep", _("dormir"), _("sommeil lit repos sieste"), "1F6CC"),
            Pictogram("wake-up", _("me lever"), _("réveil matin lever heure"), "23F0"),
            Pictogram("walk", _("marcher"), _("promenade pied balade"), "1F6B6"),
            Pictogram("stairs", _("l’escalier"), _("monter marches étage"), "E086"),
            Pictogram("stand", _("être debout"), _("se lever transfert"), "1F9CD"),
            Pictogram("sit", _("être assis"), _("s’asseoir chaise"), "1FA91"),
        ),
    ),
    Theme(
        "health",
        _("Ma santé"),
        (
            Pictogram("doctor", _("le médecin"), _("docteur consultation"), "E302"),
            Pictogram("nurse", _("l’infirmière"), _("infirmier soin soins"), "E300"),
            Pictogram("carer", _("l’aide-soignante"), _("aide-soignant aide soin accompagner"), "E083"),
            Pictogram("physio", _("le kiné"), _("kinésithérapeute rééducation exercices marcher"), "1F3CB"),
            Pictogram("psychologist", _("le psychologue"), _("parler psy écouter"), "E24A"),
            Pictogram("ambulance", _("l’ambulance"), _("urgence hôpital transport"), "1F691"),
            Pictogram("hospital", _("l’hôpital"), _("clinique urgences soins"), "1F3E5"),
            Pictogram("pill", _("les médicaments"), _("comprimé cachet traitement pilule gélule"), "1F48A"),
            Pictogram("pills-box", _("le pilulier"), _("médicaments comprimés plaquette"), "E305"),
            Pictogram("injection", _("la piqûre"), _("vaccin seringue prise de sang injection"), "1F489"),
            Pictogram("blood", _("le sang"), _("prise de sang analyse"), "1FA78"),
            Pictogram("drip", _("la perfusion"), _("poche goutte hôpital"), "E30C"),
            Pictogram("bandage", _("le pansement"), _("plaie blessure soin"), "E306"),
            Pictogram("thermometer", _("la fièvre"), _("température thermomètre"), "E324"),
            Pictogram("blood-pressure", _("la tension"), _("stéthoscope cœur examen"), "1FA7A"),
            Pictogram("weight", _("le poids"), _("balance peser maigrir grossir"), "E32B"),
            Pictogram("pain", _("la douleur"), _("avoir mal bobo souffrir"), "1F915"),
            Pictogram("head", _("la tête"), _("mal de tête migraine"), "E31D"),
            Pictogram("eyes", _("les yeux"), _("voir regarder vue œil"), "1F441"),
            Pictogram("ears", _("les oreilles"), _("entendre écouter ouïe"), "1F442"),
            Pictogram("nose", _("le nez"), _("sentir odeur"), "1F443"),
            Pictogram("mouth", _("la bouche"), _("lèvres"), "1F444"),
            Pictogram("teeth", _("les dents"), _("dent mâcher appareil dentier dentiste"), "1F9B7"),
            Pictogram("hand", _("la main"), _("bras doigts"), "1F590"),
            Pictogram("arm", _("le bras"), _("muscle force"), "1F4AA"),
            Pictogram("leg", _("la jambe"), _("genou"), "1F9B5"),
            Pictogram("foot", _("le pied"), _("pieds orteils"), "1F9B6"),
            Pictogram("belly", _("le ventre"), _("estomac digestion mal au ventre"), "E313"),
            Pictogram("back", _("le dos"), _("os colonne mal au dos"), "1F9B4"),
            Pictogram("heart", _("le cœur"), _("cardiaque"), "1FAC0"),
            Pictogram("breathe", _("respirer"), _("souffle poumons oxygène"), "1FAC1"),
            Pictogram(
                "wheelchair", _("le fauteuil roulant"), _("fauteuil roulant handicap"), "1F9D1-200D-1F9BD"
            ),
            Pictogram(
                "walking-stick", _("la canne"), _("déambulateur béquilles marcher"), "1F9D1-200D-1F9AF"
            ),
            Pictogram("crutches", _("les béquilles"), _("cannes marcher"), "E326"),
            Pictogram("hearing-aid", _("l’appareil auditif"), _("oreille entendre prothèse"), "1F9BB"),
            Pictogram("bracelet", _("le bracelet d’appel"), _("montre appel alarme sonnette"), "231A"),
            Pictogram("bell", _("appeler"), _("sonnette cloche alarme aide"), "1F6CE"),
            Pictogram("rest", _("me reposer"), _("sieste repos pause canapé"), "1F6CB"),
            Pictogram("smoke", _("la cigarette"), _("fumer tabac"), "1F6AC"),
            Pictogram("no-smoking", _("ne pas fumer"), _("cigarette tabac arrêter interdit"), "1F6AD"),
        ),
    ),
    Theme(
        "feel",
        _("Ce que je ressens"),
        (
            Pictogram("joy", _("la joie"), _("content heureux sourire gai bien"), "1F60A"),
            Pictogram("laugh", _("rire"), _("drôle humour amusant"), "1F602"),
            Pictogram("sad", _("triste"), _("tristesse malheureux"), "1F641"),
            Pictogram("cry", _("pleurer"), _("triste larmes chagrin"), "1F622"),
            Pictogram("angry", _("en colère"), _("colère fâché énervé"), "1F620"),
            Pictogram("fear", _("la peur"), _("peur effrayé angoisse"), "1F628"),
            Pictogram("worried", _("inquiet"), _("inquiétude souci anxieux stress"), "1F61F"),
            Pictogram("tired", _("fatigué"), _("fatigue épuisé"), "1F62B"),
            Pictogram("sleepy", _("avoir sommeil"), _("sommeil dormir bâiller"), "1F971"),
            Pictogram("sick", _("malade"), _("nausée vomir"), "1F922"),
            Pictogram("bored", _("s’ennuyer"), _("ennui rien à faire"), "1F611"),
            Pictogram("surprised", _("surpris"), _("surprise étonné"), "1F62E"),
            Pictogram("love", _("aimer"), _("amour cœur tendresse"), "2764"),
            Pictogram(
                "in-love",
                _("être amoureux"),
                _("amoureuse amour vie affective intimité sexualité couple"),
                "1F49E",
            ),
            Pictogram("kiss", _("le baiser"), _("bisou embrasser amour"), "1F48B"),
            Pictogram("hug", _("le câlin"), _("embrasser tendresse bras"), "1F917"),
            Pictogram("alone", _("seul"), _("solitude tout seul isolé"), "1F464"),
            Pictogram("calm", _("le calme"), _("tranquille paix détente zen"), "1F9D8"),
            Pictogram("noise", _("le bruit"), _("fort crier vacarme"), "1F50A"),
            Pictogram("silence", _("le silence"), _("calme pas de bruit muet"), "1F507"),
            Pictogram("hot", _("avoir chaud"), _("chaleur chaud"), "1F975"),
            Pictogram("cold", _("avoir froid"), _("froid glacé"), "1F976"),
            Pictogram("think", _("penser"), _("réfléchir idée souvenir"), "1F914"),
            Pictogram("good", _("c’est bien"), _("bon pouce j’aime"), "1F44D"),
            Pictogram("bad", _("ce n’est pas bien"), _("mauvais pouce je n’aime pas"), "1F44E"),
        ),
    ),
    Theme(
        "say",
        _("Parler, décider"),
        (
            Pictogram("yes", _("oui"), _("d’accord accepter valider"), "E240"),
            Pictogram("no", _("non"), _("refuser refus interdit ne pas je ne veux pas"), "1F6AB"),
            Pictogram("maybe", _("peut-être"), _("hésiter je ne sais pas"), "1F937"),
            Pictogram("i", _("moi"), _("je personne"), "1F64B"),
            Pictogram("want", _("je veux"), _("vouloir souhait demander envie"), "1FAF4"),
            Pictogram("more", _("plus"), _("encore ajouter davantage"), "2795"),
            Pictogram("less", _("moins"), _("enlever retirer"), "2796"),
            Pictogram("stop", _("arrêter"), _("stop assez fini"), "1F6D1"),
            Pictogram("again", _("encore une fois"), _("recommencer refaire répéter"), "1F501"),
            Pictogram("change", _("changer"), _("autre différent échanger"), "1F504"),
            Pictogram("wait", _("attendre"), _("patience sablier"), "23F3"),
            Pictogram("slow", _("doucement"), _("lent lentement tortue"), "1F422"),
            Pictogram("fast", _("vite"), _("rapide rapidement"), "1F407"),
            Pictogram("start", _("commencer"), _("départ début"), "25B6"),
            Pictogram("choose", _("choisir"), _("choix décider direction"), "E094"),
            Pictogram("help", _("aider"), _("aide soutien coup de main"), "1F91D"),
            Pictogram("with", _("avec"), _("accompagné quelqu’un ensemble"), "1F9D1-200D-1F91D-200D-1F9D1"),
            Pictogram("without", _("sans"), _("pas ne pas"), "274C"),
            Pictogram(
                "together", _("ensemble"), _("groupe réunis tous"), "1F9D1-200D-1F9D1-200D-1F9D2-200D-1F9D2"
            ),
            Pictogram("agree", _("être d’accord"), _("accord se serrer la main entente"), "1F44C"),
            Pictogram("say", _("parler"), _("dire parole raconter bulle"), "1F4AC"),
            Pictogram("talk", _("discuter"), _("conversation parler ensemble"), "1F5E3"),
            Pictogram("listen", _("écouter"), _("entendre attention"), "1F9CF"),
            Pictogram("question", _("une question"), _("demander pourquoi savoir"), "2753"),
            Pictogram("important", _("important"), _("attention compter"), "2757"),
            Pictogram("secret", _("le secret"), _("confidentiel intimité privé"), "1F92B"),
            Pictogram("look", _("regarder"), _("voir yeux"), "1F440"),
            Pictogram("understand", _("comprendre"), _("idée ampoule savoir"), "1F9E0"),
        ),
    ),
    Theme(
        "people",
        _("Les personnes"),
        (
            Pictogram("woman", _("une femme"), _("dame"), "1F469"),
            Pictogram("man", _("un homme"), _("monsieur"), "1F468"),
            Pictogram("child", _("un enfant"), _("petit garçon fille"), "1F9D2"),
            Pictogram("baby", _("un bébé"), _("nourrisson"), "1F476"),
            Pictogram("family", _("ma famille"), _("proches parents"), "1F46A"),
            Pictogram("mother", _("ma mère"), _("maman"), "1F931"),
            Pictogram("father", _("mon père"), _("papa"), "1F468-200D-1F37C"),
            Pictogram("daughter", _("ma fille"), _("enfant fille"), "1F467"),
            Pictogram("son", _("mon fils"), _("enfant garçon"), "1F466"),
            Pictogram(
                "grandchildren", _("mes petits-enfants"), _("petit-fils petite-fille enfants"), "1F6B8"
            ),
            Pictogram("brother-sister", _("mon frère, ma sœur"), _("frère sœur fratrie"), "1F46B"),
            Pictogram("grandmother", _("ma grand-mère"), _("mamie femme âgée"), "1F475"),
            Pictogram("grandfather", _("mon grand-père"), _("papi homme âgé"), "1F474"),
            Pictogram(
                "partner", _("mon conjoint, ma conjointe"), _("mari femme couple époux compagnon"), "1F491"
            ),
            Pictogram("friend", _("un ami, une amie"), _("ami amie copain copine amitié"), "1F46C"),
            Pictogram("neighbour", _("les voisins"), _("voisin résidents gens"), "1F3D8"),
            Pictogram("team", _("l’équipe"), _("soignants professionnels groupe"), "E249"),
            Pictogram("educator", _("l’éducateur"), _("éducatrice accompagner"), "1F9D1-200D-1F3EB"),
            Pictogram("visitor", _("une visite"), _("venir me voir visiteur"), "1F44B"),
        ),
    ),
    Theme(
        "places",
        _("Les lieux, la maison"),
        (
            Pictogram("house", _("la maison"), _("chez moi logement habiter"), "1F3E0"),
            Pictogram("bedroom", _("ma chambre"), _("lit chambre pièce"), "1F6CF"),
            Pictogram("door", _("la porte"), _("entrer sortir frapper ouvrir fermer"), "1F6AA"),
            Pictogram("key", _("la clé"), _("clef fermer ouvrir serrure"), "1F511"),
            Pictogram("lock", _("fermer à clé"), _("verrou serrure sécurité fermé"), "1F512"),
            Pictogram("window", _("la fenêtre"), _("ouvrir air vue"), "1FA9F"),
            Pictogram("armchair", _("le fauteuil"), _("assis salon repos"), "E141"),
            Pictogram("light", _("la lumière"), _("lampe allumer éteindre"), "1F4A1"),
            Pictogram("lift", _("l’ascenseur"), _("étage monter descendre"), "1F6D7"),
            Pictogram("cleaning", _("le ménage"), _("balai nettoyer ranger propre"), "E148"),
            Pictogram("laundry", _("le linge"), _("lessive machine à laver laver"), "E1CF"),
            Pictogram("bin", _("la poubelle"), _("déchets jeter"), "1F5D1"),
            Pictogram("garden", _("le jardin"), _("jardiner plantes dehors parc"), "1F333"),
            Pictogram("gardening", _("jardiner"), _("jardinage planter potager"), "E340"),
            Pictogram("flowers", _("les fleurs"), _("fleur bouquet plante"), "1F490"),
            Pictogram("bench", _("le banc"), _("s’asseoir dehors parc"), "E157"),
            Pictogram("village", _("le village"), _("bourg commune ville"), "E203"),
            Pictogram("town", _("la ville"), _("immeubles centre-ville"), "1F3D9"),
            Pictogram("church", _("l’église"), _("messe prier culte religion"), "26EA"),
            Pictogram("mosque", _("la mosquée"), _("prier culte religion"), "1F54C"),
            Pictogram("synagogue", _("la synagogue"), _("prier culte religion"), "1F54D"),
            Pictogram("school", _("l’école"), _("apprendre classe élève"), "1F3EB"),
            Pictogram("shop", _("le magasin"), _("boutique acheter courses"), "1F3EA"),
            Pictogram("chemist", _("la pharmacie"), _("médicaments officine"), "E090"),
            Pictogram("bank", _("la banque"), _("argent compte"), "1F3E6"),
            Pictogram("post-office", _("la poste"), _("courrier lettre timbre"), "1F3E4"),
            Pictogram("swimming-pool", _("la piscine"), _("nager eau bain"), "1F3CA"),
            Pictogram("forest", _("la forêt"), _("bois arbres nature"), "1F332"),
            Pictogram("mountain", _("la montagne"), _("nature randonnée"), "26F0"),
            Pictogram("sea", _("la mer"), _("plage vacances vagues"), "1F3D6"),
        ),
    ),
    Theme(
        "out",
        _("Sortir, voyager"),
        (
            Pictogram("go-out", _("sortir"), _("dehors porte partir"), "E0A8"),
            Pictogram("come-home", _("rentrer"), _("retour maison revenir"), "E088"),
            Pictogram("travel", _("voyager"), _("voyage vacances valise partir"), "1F9F3"),
            Pictogram("car", _("la voiture"), _("auto conduire"), "1F697"),
            Pictogram("bus", _("le bus"), _("car autobus transport"), "1F68C"),
            Pictogram("train", _("le train"), _("gare voyage"), "1F686"),
            Pictogram("plane", _("l’avion"), _("voyage aéroport"), "2708"),
            Pictogram("bike", _("le vélo"), _("bicyclette"), "1F6B2"),
            Pictogram("boat", _("le bateau"), _("mer bateau"), "26F5"),
            Pictogram("taxi", _("le taxi"), _("voiture transport"), "1F695"),
            Pictogram("shopping", _("faire les courses"), _("acheter magasin caddie"), "1F6D2"),
            Pictogram("sun", _("le soleil"), _("beau temps été météo"), "2600"),
            Pictogram("rain", _("la pluie"), _("mauvais temps parapluie météo"), "2614"),
            Pictogram("snow", _("la neige"), _("froid hiver météo"), "2744"),
        ),
    ),
    Theme(
        "like",
        _("Ce que j’aime faire"),
        (
            Pictogram("music", _("la musique"), _("chanson écouter"), "1F3B5"),
            Pictogram("sing", _("chanter"), _("chant chorale chanson"), "1F3A4"),
            Pictogram("dance", _("danser"), _("danse bal"), "1F483"),
            Pictogram("radio", _("la radio"), _("écouter musique informations"), "1F4FB"),
            Pictogram("television", _("la télévision"), _("télé regarder film"), "1F4FA"),
            Pictogram("cinema", _("le cinéma"), _("film sortie"), "1F3AC"),
            Pictogram("read", _("lire"), _("lecture livre"), "1F4D6"),
            Pictogram("newspaper", _("le journal"), _("presse lire nouvelles informations"), "1F4F0"),
            Pictogram("pen", _("écrire"), _("stylo écriture"), "270F"),
            Pictogram("letter", _("le courrier"), _("lettre enveloppe poste"), "2709"),
            Pictogram("phone", _("téléphoner"), _("téléphone appeler"), "260E"),
            Pictogram("mobile", _("le téléphone portable"), _("mobile message sms appel"), "1F4F1"),
            Pictogram("computer", _("l’ordinateur"), _("internet mail écran"), "1F4BB"),
            Pictogram("video-call", _("l’appel vidéo"), _("visio écran famille"), "E06E"),
            Pictogram("photo", _("les photos"), _("appareil image souvenir"), "1F4F7"),
            Pictogram("draw", _("dessiner"), _("dessin peinture peindre art"), "1F3A8"),
            Pictogram("sew", _("coudre"), _("couture fil tricot"), "1F9F5"),
            Pictogram("knit", _("tricoter"), _("tricot laine pelote"), "1F9F6"),
            Pictogram("diy", _("bricoler"), _("bricolage outils réparer"), "1F528"),
            Pictogram("cards", _("jouer aux cartes"), _("jeu belote cartes"), "1F0CF"),
            Pictogram("games", _("jouer"), _("jeu société dés puzzle"), "1F3B2"),
            Pictogram("puzzle", _("le puzzle"), _("jeu"), "1F9E9"),
            Pictogram("ball", _("le ballon"), _("football pétanque jeu sport"), "26BD"),
            Pictogram("petanque", _("la pétanque"), _("boules jeu"), "1F3B3"),
            Pictogram("sport", _("le sport"), _("gymnastique exercice bouger courir course"), "1F3C3"),
            Pictogram("fishing", _("la pêche"), _("pêcher poisson"), "1F3A3"),
            Pictogram("theatre", _("le théâtre"), _("spectacle sortie"), "1F3AD"),
            Pictogram("party", _("la fête"), _("fêter anniversaire ballon"), "1F389"),
            Pictogram("birthday", _("l’anniversaire"), _("gâteau bougies fête"), "1F382"),
            Pictogram("gift", _("le cadeau"), _("offrir fête"), "1F381"),
            Pictogram("pray", _("prier"), _("prière religion foi"), "1F64F"),
            Pictogram("nature", _("la nature"), _("plante arbre dehors"), "1F331"),
            Pictogram("animals", _("les animaux"), _("animal bête"), "1F43E"),
            Pictogram("dog", _("le chien"), _("animal promener"), "1F415"),
            Pictogram("cat", _("le chat"), _("animal"), "1F408"),
            Pictogram("bird", _("l’oiseau"), _("animal oiseaux"), "1F426"),
            Pictogram("horse", _("le cheval"), _("animal équitation"), "1F40E"),
        ),
    ),
    Theme(
        "when",
        _("Quand"),
        (
            Pictogram("clock", _("l’heure"), _("horloge montre temps maintenant"), "1F550"),
            Pictogram("yesterday", _("hier"), _("jour passé veille"), "TILE:<"),
            Pictogram("today", _("aujourd’hui"), _("jour date maintenant"), "TILE:."),
            Pictogram("tomorrow", _("demain"), _("jour futur lendemain"), "TILE:>"),
            Pictogram("morning", _("le matin"), _("lever du jour matinée"), "1F305"),
            Pictogram("noon", _("midi"), _("déjeuner milieu du jour"), "1F31E"),
            Pictogram("evening", _("le soir"), _("coucher du soleil soirée"), "1F307"),
            Pictogram("night", _("la nuit"), _("lune dormir nuit"), "1F319"),
            Pictogram("before", _("avant"), _("passé hier plus tôt"), "23EA"),
            Pictogram("after", _("après"), _("futur demain plus tard"), "23E9"),
            Pictogram("monday", _("lundi"), _("jour semaine"), "TILE:L"),
            Pictogram("tuesday", _("mardi"), _("jour semaine"), "TILE:Ma"),
            Pictogram("wednesday", _("mercredi"), _("jour semaine"), "TILE:Me"),
            Pictogram("thursday", _("jeudi"), _("jour semaine"), "TILE:J"),
            Pictogram("friday", _("vendredi"), _("jour semaine"), "TILE:V"),
            Pictogram("saturday", _("samedi"), _("jour semaine week-end"), "TILE:S"),
            Pictogram("sunday", _("dimanche"), _("jour semaine week-end"), "TILE:D"),
            Pictogram("week", _("la semaine"), _("jours calendrier"), "1F5D3"),
            Pictogram("spring", _("le printemps"), _("saison fleurs"), "1F337"),
            Pictogram("summer", _("l’été"), _("saison soleil vacances"), "1F33B"),
            Pictogram("autumn", _("l’automne"), _("saison feuilles"), "1F342"),
            Pictogram("winter", _("l’hiver"), _("saison froid neige"), "26C4"),
            Pictogram("christmas", _("Noël"), _("fête sapin cadeau"), "1F384"),
        ),
    ),
    Theme(
        "things",
        _("Mes affaires, mon argent, mon travail"),
        (
            Pictogram("money", _("l’argent"), _("payer euros sous budget"), "1F4B6"),
            Pictogram("wallet", _("le porte-monnaie"), _("argent payer portefeuille"), "1F45B"),
            Pictogram("card", _("la carte bancaire"), _("payer argent banque"), "1F4B3"),
            Pictogram("work", _("le travail"), _("travailler emploi métier"), "1F4BC"),
            Pictogram("workshop", _("l’atelier"), _("travail outils esat"), "1F6E0"),
            Pictogram("learn", _("apprendre"), _("étudier formation école"), "1F393"),
            Pictogram("papers", _("mes papiers"), _("documents administratif dossier"), "1F4C4"),
            Pictogram("contract", _("le contrat"), _("signer signature document"), "E267"),
            Pictogram("copy", _("la copie"), _("document double exemplaire"), "1F4CB"),
            Pictogram("meeting", _("la réunion"), _("rendez-vous se voir table"), "1F465"),
            Pictogram("appointment", _("le rendez-vous"), _("date agenda calendrier"), "1F4C6"),
            Pictogram("bag", _("le sac"), _("sac à main affaires"), "1F45C"),
            Pictogram("jewel", _("les bijoux"), _("bague collier"), "1F48D"),
            Pictogram("hat", _("le chapeau"), _("casquette tête"), "1F452"),
            Pictogram("umbrella", _("le parapluie"), _("pluie"), "2602"),
            Pictogram("picture", _("une image"), _("tableau photo mur décoration"), "1F5BC"),
            Pictogram("teddy", _("le doudou"), _("peluche nounours"), "1F9F8"),
            Pictogram("vote", _("voter"), _("vote élection citoyen"), "1F5F3"),
            Pictogram("law", _("mes droits"), _("droit loi justice"), "2696"),
        ),
    ),
)
PICTOGRAMS = {pictogram.key: pictogram for theme in THEMES for pictogram in theme.pictograms}


def chosen(keys: Iterable[str]) -> list[Pictogram]:
    """Those of these keys, in the order they were chosen; an unknown key is left out."""
    return [PICTOGRAMS[key] for key in keys if key in PICTOGRAMS]


def pictos_as_words(keys: Iterable[str]) -> str:
    """« manger · avec · ma fille »."""
    return " · ".join(str(pictogram.words) for pictogram in chosen(keys))


def find(text: str) -> list[Pictogram]:
    """Those that answer to all these words, typed with or without accents, the closest first."""
    wanted = plain(text).split()
    if not wanted:
        return []
    found = [
        (sum(closeness(word, key) for word in wanted), place, key)
        for place, key in enumerate(PICTOGRAMS)
        if all(closeness(word, key) < FAR for word in wanted)
    ]
    return [PICTOGRAMS[key] for _closeness, _place, key in sorted(found)]


FAR = 4


def closeness(word: str, key: str) -> int:
    """0: its own word; 1: the start of it; 2: one of the others; 3: the start of one; FAR: none."""
    own, also = names(key)
    if word in own:
        return 0
    if any(name.startswith(word) for name in own):
        return 1
    if word in also:
        return 2
    return 3 if any(name.startswith(word) for name in also) else FAR


@cache
def names(key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pictogram = PICTOGRAMS[key]
    return tuple(plain(str(pictogram.words)).split()), tuple(plain(str(pictogram.also)).split())


def plain(text: str) -> str:
    """Small letters without accents, words apart: « L’œuf » is « l oeuf »."""
    small = text.lower().replace("œ", "oe").replace("æ", "ae")
    bare = "".join(sign for sign in unicodedata.normalize("NFD", small) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", bare))
