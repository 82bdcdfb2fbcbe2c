"""The cast: who one can be in the demonstration. Invented people, and what to try first with each of them."""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Role

Words = str | Promise

DOMAIN = "demo.avec.example"
PASSWORD = "avec-demo-2026"  # noqa: S105 - written on the page: it opens invented people only


class Group(Enum):
    CIRCLE = _("La personne et ses proches")
    TEAM = _("L’équipe")
    HOUSE = _("L’établissement")
    OTHERS = _("Et aussi")


@dataclass(frozen=True)
class Actor:
    """Somebody to enter as. `voice` gives the mark and the shape of the card."""

    slug: str
    civility: str
    given_name: str
    family_name: str
    job: Words
    role: str
    group: Group
    story: Words
    first: Words
    voice: str = "professional"
    elsewhere: bool = False
    rpps: str = ""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def email(self) -> str:
        return f"{self.slug}@{DOMAIN}"


CAST = (
    Actor(
        "residente",
        "Mme",
        "Odette",
        "Marcillac",
        _("résidente"),
        Role.PERSON.value,
        Group.CIRCLE,
        _("Elle voit peu et lit en version facile. Après un an ici, l’avenant à son contrat l’attend."),
        _("Lire ce que sont devenues ses paroles, puis dire une chose de plus."),
        voice="person",
    ),
    Actor(
        "resident",
        "M.",
        "Bernard",
        "Castan",
        _("résident"),
        Role.PERSON.value,
        Group.CIRCLE,
        _(
            "Maraîcher à la retraite, arrivé il y a trois semaines. Il a dit oui à son contrat, à voix haute\u00a0; "
            "Sonia revient aujourd’hui pour sa signature."
        ),
        _("Lire le contrat et choisir\u00a0: signer, ou pas."),
        voice="person",
    ),
    Actor(
        "fille",
        "Mme",
        "Claire",
        "Marcillac",
        _("fille d’Odette"),
        Role.RELATIVE.value,
        Group.CIRCLE,
        _(
            "Elle est la personne de confiance de sa mère. Elle lit ce qu’Odette partage avec elle, pas le reste."
        ),
        _("Donner son avis sur la sortie au jardin."),
        voice="relative",
    ),
    Actor(
        "tuteur",
        "M.",
        "Philippe",
        "Garnier",
        _("tuteur de Lucien Morel"),
        Role.RELATIVE.value,
        Group.CIRCLE,
        _("Mandataire judiciaire, il représente Lucien et signe à côté de lui, jamais à sa place."),
        _("Lire l’avenant que Lucien a signé d’une croix, et choisir\u00a0: signer, ou pas."),
        voice="representative",
    ),
    Actor(
        "infirmiere",
        "Mme",
        "Sonia",
        "Benali",
        _("infirmière, référente"),
        Role.PROFESSIONAL.value,
        Group.TEAM,
        _("Elle est la référente de sept personnes. Odette a parlé il y a six jours et attend sa réponse."),
        _("Répondre à Odette, revenir voir Bernard, puis préparer le contrat de Jeanne Prat."),
        rpps="89970041207",
    ),
    Actor(
        "medecin",
        "Dr",
        "Hélène",
        "Nguyen",
        _("médecin coordonnatrice"),
        Role.PROFESSIONAL.value,
        Group.TEAM,
        _("Elle est dans l’équipe de presque tous, et explique elle-même ce qui n’est pas possible."),
        _("Voir pourquoi Marcel n’a pas eu la réponse qu’il voulait."),
        rpps="89970041215",
    ),
    Actor(
        "aide-soignante",
        "Mme",
        "Nadège",
        "Kouassi",
        _("aide-soignante"),
        Role.PROFESSIONAL.value,
        Group.TEAM,
        _("Elle passe le plus de temps avec Thérèse, qui parle peu, et note ce qu’elle voit."),
        _("Ouvrir le projet de Thérèse Lagarde et lire ce qui a été observé."),
        rpps="89970041223",
    ),
    Actor(
        "educatrice",
        "Mme",
        "Camille",
        "Roussel",
        _("éducatrice spécialisée"),
        Role.PROFESSIONAL.value,
        Group.TEAM,
        _(
            "Référente de Simone, qui a choisi de ne pas signer\u00a0: le document individuel est écrit, "
            "le travail continue. Le contrat de Paulette est arrivé à son terme."
        ),
        _("Lire les raisons de Simone, puis préparer la suite avec Paulette."),
        rpps="89970041231",
    ),
    Actor(
        "cadre",
        "Mme",
        "Isabelle",
        "Ferrer",
        _("cadre de santé"),
        Role.UNIT_MANAGER.value,
        Group.HOUSE,
        _("Elle organise l’unité Les Acacias. Un dossier ne s’ouvre à elle que si elle est de l’équipe."),
        _("Voir qui lui est ouvert, et qui ne l’est pas."),
        rpps="89970041249",
    ),
    Actor(
        "directrice",
        "Mme",
        "Anne",
        "Le Goff",
        _("directrice"),
        Role.DIRECTOR.value,
        Group.HOUSE,
        _("Elle pilote avec des chiffres d’ensemble\u00a0: aucun dossier ne lui est ouvert."),
        _("Regarder les chiffres de l’établissement."),
    ),
    Actor(
        "qualite",
        "M.",
        "Karim",
        "Haddad",
        _("responsable qualité"),
        Role.QUALITY.value,
        Group.HOUSE,
        _("Il prépare l’évaluation externe, sans jamais lire un dossier."),
        _("Chercher ce qui est tenu et ce qui tarde."),
    ),
    Actor(
        "administrateur",
        "M.",
        "Hugo",
        "Lefèvre",
        _("administrateur technique"),
        Role.ADMINISTRATOR.value,
        Group.HOUSE,
        _("Il ouvre les comptes et règle l’outil. Ce que les personnes disent ne lui est pas montré."),
        _("Vérifier qu’aucun dossier ne s’ouvre à lui."),
    ),
    Actor(
        "representante-usagers",
        "Mme",
        "Monique",
        "Delmas",
        _("représentante des usagers"),
        Role.USERS_REPRESENTATIVE.value,
        Group.OTHERS,
        _("Son mari a vécu ici. Au conseil de la vie sociale, elle parle pour ceux qui y vivent."),
        _("Regarder ce que l’établissement publie."),
        voice="relative",
    ),
    Actor(
        "chercheuse",
        "Mme",
        "Lucie",
        "Vandamme",
        _("chercheuse"),
        Role.RESEARCHER.value,
        Group.OTHERS,
        _("Elle étudie le partenariat, en France et en Belgique, sur des données sans nom."),
        _("Voir que les dossiers lui restent fermés."),
    ),
    Actor(
        "formatrice",
        "Mme",
        "Aminata",
        "Sow",
        _("formatrice en soins infirmiers"),
        Role.TRAINER.value,
        Group.OTHERS,
        _("Elle enseigne le projet de soins. Ses cours n’utilisent aucun dossier réel."),
        _("Voir ce qu’une formatrice ne peut pas ouvrir."),
    ),
    Actor(
        "etudiant",
        "M.",
        "Théo",
        "Marchetti",
        _("étudiant infirmier"),
        Role.STUDENT.value,
        Group.OTHERS,
        _("En deuxième année, il apprend les mots et les étapes du projet avec sa formatrice."),
        _("Découvrir l’outil sans dossier ouvert."),
    ),
    Actor(
        "infirmier-ailleurs",
        "M.",
        "Thomas",
        "Weber",
        _("infirmier, Les Deux Rives"),
        Role.PROFESSIONAL.value,
        Group.OTHERS,
        _("Il travaille dans un autre établissement. Il y suit Yanis, et Nadia qui ne signe aucun papier."),
        _("Ouvrir le projet de Yanis, puis chercher Odette\u00a0: elle ne s’y trouve pas."),
        elsewhere=True,
        rpps="89970041256",
    ),
)
BY_SLUG = {actor.slug: actor for actor in CAST}
