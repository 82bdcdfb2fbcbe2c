"""The tables of deadlines that an establishment starts from, as plain data: then each row is theirs to change.

`to_check`: the official text was not read, only quoted (domain.md §3, or as
said beside the row). No article is named that was not found quoted. The Belgian
rows name no article: they wait for somebody to read the regional text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .clock import Anchor, Applies, EvidenceKind, Row, Weight
from .days import Offset, Span


@dataclass(frozen=True)
class Profile:
    code: str
    label: str
    rows: Sequence[Row]


HOUSE_SOURCE = "Règle de la maison"

# The same in both countries: what the care project promises, in delays that each house sets.
HOUSE_ROWS = (
    Row(
        "answer",
        "Répondre à chaque attente",
        HOUSE_SOURCE,
        Weight.HOUSE,
        Anchor.EXPECTATION,
        Offset(15),
        EvidenceKind.SETTLED,
        warn_days=5,
    ),
    Row(
        "postponed",
        "Reparler de ce qui a été reporté",
        HOUSE_SOURCE,
        Weight.HOUSE,
        Anchor.POSTPONED,
        Offset(0),
        EvidenceKind.SETTLED,
    ),
    Row(
        "ask_again",
        "Redemander sa position à qui n’a pas pu répondre",
        HOUSE_SOURCE,
        Weight.HOUSE,
        Anchor.ASK_AGAIN,
        Offset(0),
        EvidenceKind.SETTLED,
    ),
    Row(
        "goal_term",
        "Évaluer un objectif arrivé à son terme",
        HOUSE_SOURCE,
        Weight.HOUSE,
        Anchor.GOAL_TERM,
        Offset(0),
        EvidenceKind.SETTLED,
        warn_days=14,
    ),
    Row(
        "plan_review",
        "Réviser le projet à la date convenue",
        "Date écrite dans le projet ou le contrat de soins",
        Weight.HOUSE,
        Anchor.PLAN_REVIEW,
        Offset(0),
        EvidenceKind.REVIEW,
        warn_days=30,
    ),
    Row(
        "discharge",
        "Préparer le départ avec la personne",
        HOUSE_SOURCE,
        Weight.HOUSE,
        Anchor.DISCHARGE,
        Offset(8, before=True),
        active=False,
    ),
)

FRENCH = Profile(
    "fr",
    "France",
    (
        # CASF annexe 4-10 names D311-0-4 for this notice; the 8 days come from domain.md §3.
        Row(
            "trusted_notice",
            "Remettre la notice sur la personne de confiance",
            "CASF L311-5-1 et D311-0-4",
            Weight.OBLIGATION,
            Anchor.INTERVIEW,
            Offset(8, before=True),
            warn_days=7,
            to_check=True,
        ),
        Row(
            "stay_contract_handed",
            "Remettre le contrat de séjour",
            "CASF L311-4 et D311",
            Weight.OBLIGATION,
            Anchor.ADMISSION,
            Offset(15),
            applies=Applies.LONG_STAY,
            warn_days=7,
            to_check=True,
        ),
        Row(
            "stay_contract_signed",
            "Signer le contrat de séjour",
            "CASF L311-4 et D311",
            Weight.OBLIGATION,
            Anchor.ADMISSION,
            Offset(1, Span.MONTHS),
            EvidenceKind.SIGNING,
            Applies.LONG_STAY,
            warn_days=10,
            to_check=True,
        ),
        # The delay from a choice not to sign is not in what was read: same 15 days, from that day.
        # An individual document written here holds what the care contract holds, which is not the stay
        # contract: it never proves this by itself. Somebody writes down that the document was handed over.
        Row(
            "individual_document",
            "Remettre le document individuel de prise en charge (DIPC)",
            "CASF L311-4 et D311",
            Weight.OBLIGATION,
            Anchor.REFUSAL,
            Offset(15),
            applies=Applies.SHORT_OR_REFUSED,
            warn_days=7,
            to_check=True,
        ),
        Row(
            "first_amendment",
            "Écrire le premier avenant, avec les objectifs personnalisés",
            "CASF L311-4 et D311",
            Weight.OBLIGATION,
            Anchor.ADMISSION,
            Offset(6, Span.MONTHS),
            EvidenceKind.OBJECTIVES,
            warn_days=45,
            to_check=True,
        ),
        Row(
            "review",
            "Revoir le projet avec la personne",
            "CASF L311-3, L311-4 et D311",
            Weight.OBLIGATION,
            Anchor.LAST_REVIEW,
            Offset(12, Span.MONTHS),
            EvidenceKind.REVIEW,
            warn_days=60,
            to_check=True,
        ),
        Row(
            "life_event",
            "Revoir le projet après un événement de vie",
            "CASF D311 ; le délai est une règle de la maison",
            Weight.OBLIGATION,
            Anchor.LIFE_EVENT,
            Offset(1, Span.MONTHS),
            EvidenceKind.REVIEW,
            warn_days=10,
            to_check=True,
        ),
        *HOUSE_ROWS,
    ),
)

REGION = "Texte de votre Région à indiquer (Wallonie, Bruxelles)"

BELGIAN = Profile(
    "be",
    "Belgique",
    (
        Row(
            "be_trusted",
            "Demander qui est la personne de confiance",
            "Loi du 22 août 2002 sur les droits du patient ; le délai est une règle de la maison",
            Weight.RECOMMENDATION,
            Anchor.ADMISSION,
            Offset(15),
            warn_days=7,
            to_check=True,
        ),
        Row(
            "be_agreement",
            "Signer la convention d’accueil ou d’hébergement",
            REGION,
            Weight.OBLIGATION,
            Anchor.ADMISSION,
            Offset(15),
            EvidenceKind.SIGNING,
            warn_days=7,
            to_check=True,
        ),
        Row(
            "be_individual_plan",
            "Écrire le projet individuel, ou projet de vie, avec ses objectifs",
            REGION,
            Weight.OBLIGATION,
            Anchor.ADMISSION,
            Offset(6, Span.MONTHS),
            EvidenceKind.OBJECTIVES,
            warn_days=45,
            to_check=True,
        ),
        Row(
            "be_review",
            "Revoir le projet avec la personne",
            REGION,
            Weight.OBLIGATION,
            Anchor.LAST_REVIEW,
            Offset(12, Span.MONTHS),
            EvidenceKind.REVIEW,
            warn_days=60,
            to_check=True,
        ),
        Row(
            "be_life_event",
            "Revoir le projet après un événement de vie",
            HOUSE_SOURCE,
            Weight.HOUSE,
            Anchor.LIFE_EVENT,
            Offset(1, Span.MONTHS),
            EvidenceKind.REVIEW,
            warn_days=10,
            to_check=True,
        ),
        *HOUSE_ROWS,
    ),
)

PROFILES = {profile.code: profile for profile in (FRENCH, BELGIAN)}
