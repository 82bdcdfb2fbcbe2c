"""A contract sheet as the later rooms give it. Everybody in it is invented."""

import dataclasses
from datetime import date
from typing import Any

from avec.documents.pdf import (
    Clause,
    ContractSheet,
    NotPossible,
    Party,
    Position,
    Quote,
    Reading,
    Section,
    SignatureLine,
)
from avec.documents.rules import fingerprint

FINGERPRINT = fingerprint(
    {"title": "Mon contrat de soins", "clauses": ["Le jardin", "Ma porte", "Mon courrier"]}
)
RESERVATION = "Le courrier, je veux le lire avec Claire aussi."


def said(words: str) -> Quote:
    return Quote("person", "Odette Marcillac", words, "dit le 4 novembre 2026")


def contract_sheet(reading: Reading = "full", **changes: Any) -> ContractSheet:
    return dataclasses.replace(SHEET, reading=reading, **changes)


GARDEN = Clause(
    number="1",
    heading="Le jardin, le matin",
    full_text=(
        "Madame Marcillac va seule au jardin chaque matin à partir de 7 heures. La porte est ouverte à 6 h 45 "
        "par l’équipe de nuit. Elle porte le bracelet d’appel. La marche est réévaluée chaque trimestre par la "
        "kinésithérapeute.",
    ),
    easy_lines=(
        "Vous allez au jardin chaque matin.",
        "Vous y allez seule.",
        "L’équipe ouvre la porte à 6 h 45.",
        "Vous portez le bracelet d’appel.",
    ),
    origins=(
        said("Je veux aller au jardin toute seule, le matin, avant que tout le monde soit levé."),
        Quote(
            "relative",
            "Claire Marcillac",
            "J’ai peur qu’elle tombe, mais je la comprends.",
            "dit le 6 novembre 2026",
            "sa fille",
        ),
    ),
    term="31 mars 2027",
    priority="1",
    positions=(
        Position("person", "Odette Marcillac", "d’accord"),
        Position("professional", "Sonia Benali", "d’accord"),
        Position("relative", "Claire Marcillac", "en partie", "Je voudrais être appelée si elle tombe."),
    ),
)
DOOR = Clause(
    number="2",
    heading="Ma porte",
    full_text=(
        "Toute personne frappe et attend la réponse de Madame Marcillac avant d’entrer, de jour comme de nuit, "
        "sauf appel d’urgence. Le rappel est fait à chaque relève.",
    ),
    easy_lines=(
        "L’équipe frappe à votre porte.",
        "Elle attend votre réponse.",
        "C’est pareil le jour et la nuit.",
    ),
    origins=(
        said("Je ne veux pas qu’on entre sans frapper."),
        Quote(
            "observed",
            "Malik Haddad",
            "Elle sursaute quand la porte s’ouvre la nuit.",
            "vu les 2 et 3 novembre 2026",
            "aide-soignant",
        ),
    ),
    term="31 décembre 2026",
    priority="2",
    positions=(
        Position("person", "Odette Marcillac", "d’accord"),
        Position("representative", "Hélène Vidal", ""),
    ),
)
LETTERS = Clause(
    number="3",
    heading="Mon courrier",
    full_text=(
        "Une séance hebdomadaire avec l’ergothérapeute, Julie Fabre, le jeudi, pour l’usage de la loupe "
        "éclairante et le classement du courrier.",
    ),
    easy_lines=(
        "Julie vous aide le jeudi.",
        "Vous lisez avec la loupe.",
        "Julie est ergothérapeute.",
        "Elle vous aide à faire seule.",
    ),
    origins=(
        said("Je veux lire mon courrier moi-même."),
        Quote("joint", "Ensemble", "Nous essayons la loupe jusqu’en mars.", "décidé le 10 novembre 2026"),
    ),
    term="31 mars 2027",
    priority="3",
    positions=(
        Position("person", "Odette Marcillac", "en partie", RESERVATION),
        Position("professional", "Sonia Benali", "d’accord"),
    ),
)
SHEET = ContractSheet(
    title="Mon contrat de soins",
    person_name="Odette Marcillac",
    establishment="Résidence Les Tilleuls, Angers",
    version_words="version 3, écrite le 12 novembre 2026",
    made_on=date(2026, 11, 12),
    reading="full",
    fingerprint=FINGERPRINT,
    version_id="0b9c2f5e-8d0c-4c39-9f3d-3b3c8f0f7a11",
    establishment_id="7f6a2f0e-4d8e-4c8f-8f59-0d0b0c9b1a22",
    period="Du 3 décembre 2026 au 2 décembre 2027",
    parties=(
        Party("person", "Odette Marcillac"),
        Party("professional", "Sonia Benali", "infirmière, pour l’équipe"),
        Party("relative", "Claire Marcillac", "sa fille, personne de confiance"),
        Party("representative", "Hélène Vidal", "curatrice"),
    ),
    sections=(
        Section(
            "L’année dernière",
            paragraphs=("Vous vouliez sortir au jardin. Vous y allez 5 matins sur 7.",),
            lines=("Frapper à la porte le jour : fait.", "Frapper à la porte la nuit : pas encore."),
        ),
    ),
    clauses=(GARDEN, DOOR, LETTERS),
    not_possible=(
        NotPossible(
            said("Je veux ma cafetière dans ma chambre."),
            "Ce n’est pas possible, à cause du risque d’incendie.",
            "Expliqué par Nadia Roche, cadre de santé, le 8 novembre 2026",
            "La cafetière de l’office est à vous dès 6 heures.",
        ),
    ),
    closing=(Section("La copie", paragraphs=("Une copie est remise à Odette Marcillac.",)),),
    rights=(
        "Je peux dire non à un soin.",
        "Je peux changer d’avis.",
        "Quelqu’un peut venir avec moi.",
        "Je peux me plaindre.",
    ),
    rights_note="Lus avec Sonia Benali le 12 novembre 2026.",
    what_it_is_not=("Ce contrat ne remplace pas votre contrat de séjour.", "Il ne vous enlève aucun droit."),
    signatures=(
        SignatureLine(
            "person",
            "Odette Marcillac",
            "la personne accompagnée",
            "A signé, avec des réserves",
            RESERVATION,
            "le 12 novembre 2026",
            "Sur la tablette de l’unité, devant Sonia Benali",
            "12 novembre 2026 à 10 h 42 (heure de Paris)",
            "code personnel",
        ),
        SignatureLine(
            "professional",
            "Sonia Benali",
            "référente, pour l’équipe",
            "A signé",
            "",
            "le 12 novembre 2026",
            "Depuis son espace",
            "12 novembre 2026 à 10 h 45 (heure de Paris)",
            "mot de passe et clé de sécurité",
        ),
        SignatureLine("relative", "Claire Marcillac", "témoin, personne de confiance"),
    ),
    verify_words="Toute personne qui tient ce fichier peut vérifier qu’il n’a pas changé.",
    verify_url="https://avec.example/verifier/",
)
