"""A contract as it was kept before means, easy words of activities, weeks and reasons existed. It never changes."""

import json

FROZEN = json.loads(
    """
{
  "answered": [
    {"expectation": "e2", "instead": "La cafetière de l’office.", "name": "Odette",
     "reason": "À cause du risque d’incendie.", "reply": "declined", "until": "", "voice": "person",
     "words": "Je veux ma cafetière."}
  ],
  "balance": ["« La marche » : c’est toujours en cours."],
  "called": "Odette",
  "clauses": [
    {"activities": [
       {"participation": "with", "performer": "Julie Fabre", "place": "au jardin", "rhythm": "le mardi",
        "title": "Marcher jusqu’au banc"}
     ],
     "due_on": "2027-02-10",
     "easy": ["Aller au jardin chaque matin", "Marcher jusqu’au banc : vous le faites avec Julie Fabre.",
              "C’est le mardi."],
     "expected_result": "Je vais au banc sans peur.", "goal": "g1", "heading": "Le jardin", "number": 1,
     "origins": [
       {"expectation": "e1", "kind": "wish", "name": "Odette", "said_on": "2026-11-04", "voice": "person",
        "words": "Je veux aller au jardin."}
     ],
     "picto": "garden",
     "positions": [{"name": "Odette", "reason": "", "stance": "agrees", "voice": "person"}],
     "priority": 1, "statement": "Aller au jardin chaque matin"}
  ],
  "ends_on": "2027-11-11",
  "establishment": "Les Tilleuls",
  "finess": "990000001",
  "is_not": "Ce contrat de soins est un outil de travail commun. Il n’enlève aucun droit.",
  "notes": [],
  "parties": [
    {"capacity": "infirmière, pour l’équipe", "name": "Sonia Benali", "required": true, "voice": "professional"},
    {"capacity": "résidente", "name": "Odette Marcillac", "required": true, "voice": "person"}
  ],
  "person": "p1",
  "person_name": "Odette Marcillac",
  "previous": "",
  "review_on": "2027-10-12",
  "rights": ["Je peux dire non à un soin.", "Je peux changer d’avis.", "Quelqu’un peut venir avec moi.",
             "Je peux me plaindre."],
  "schema": "avec.contract.1",
  "starts_on": "2026-11-12",
  "version": 1
}
"""
)
FINGERPRINT = "c8f4898b3784925d63068fd1a7ebf4678a915ea0f3f82fbe1884d03ffa6fcf5a"
