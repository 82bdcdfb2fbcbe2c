"""What this room believes about the national exchange (TDDUI 2.3.0).

A file from elsewhere is read whole or not at all. What is recognised is never
overwritten; what cannot be kept is said, never dropped in silence. Nobody gets
access to a record because a file names them. The tables below are the ones of
the guide: identifiers (SFE rule), statuses, discriminators.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5


class FileRefused(ValueError):
    """The file cannot be read safely. The message is a sentence for the person who gave it."""


class ExportRefused(ValueError):
    """The record lacks something the standard demands. The message is a sentence for the screen."""


GUIDE = "https://interop.esante.gouv.fr/ig/fhir/tddui/"
PROFILE = GUIDE + "StructureDefinition/"
CARE_CIRCLE = "https://interop.esante.gouv.fr/ig/fhir/cds/StructureDefinition/"
CORE = "http://hl7.org/fhir/StructureDefinition/"
FR_CORE = "https://hl7.fr/ig/fhir/core/StructureDefinition/"
CODES = GUIDE + "CodeSystem/"

DISCRIMINATOR = PROFILE + "tddui-discriminator"
DISCRIMINATOR_CODES = CODES + "tddui-discriminator"
PLAN_REFERENCE = PROFILE + "tddui-careplan-reference"
EVALUATION_REFERENCE = PROFILE + "tddui-evaluation-reference"
ATTACHMENT = PROFILE + "tddui-attachment"
COMMENT = PROFILE + "tddui-comment"
CONTACT_WORDS = PROFILE + "tddui-related-person-contact-description"
BIRTH_ORDER = PROFILE + "tddui-birth-order"
DATA_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
METHOD = PROFILE + "tddui-assessment-method"
PARTICIPANT = PROFILE + "tddui-qr-participant"
CONSENT_PERIOD = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Consent.period"
BIRTH_PLACE = CORE + "patient-birthPlace"
INSEE_CODE = FR_CORE + "fr-core-address-insee-code"
RELIABILITY = FR_CORE + "fr-core-identity-reliability"
BIRTH_GIVEN_NAMES = FR_CORE + "fr-core-patient-birth-list-given-name"

LOCAL_PERSON = "https://identifiant-medicosocial-localusager.esante.gouv.fr"
STRUCTURE = "urn:oid:1.2.250.1.71.4.2.2"
PROFESSIONAL = "urn:oid:1.2.250.1.71.4.2.1"
FR_TYPES = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203"
RELIABILITY_CODES = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0445"
COMMUNES = "https://mos.esante.gouv.fr/NOS/TRE_R13-Commune/FHIR/TRE-R13-Commune"
SERAFIN = "https://smt.esante.gouv.fr/terminologie-SERAFINPH"
REVIEW_KINDS = "https://smt.esante.gouv.fr/fhir/CodeSystem/tre-r389-statut-bilan-projet-personnalise"
PLAN_KINDS = "https://smt.esante.gouv.fr/fhir/CodeSystem/tre-r390-type-projet-personnalise"
CIRCLE_ROLE = "https://mos.esante.gouv.fr/NOS/TRE_R260-HL7RoleClass/FHIR/TRE-R260-HL7RoleClass"
CIRCLE_RELATION = "https://mos.esante.gouv.fr/NOS/TRE_R216-HL7RoleCode/FHIR/TRE-R216-HL7RoleCode"
CIRCLE_PROTECTION = (
    "https://mos.esante.gouv.fr/NOS/TRE_R217-ProtectionJuridique/FHIR/TRE-R217-ProtectionJuridique"
)
INS_TYPES = {
    "urn:oid:1.2.250.1.213.1.4.8": "INS-NIR",
    "urn:oid:1.2.250.1.213.1.4.9": "INS-NIA",
    "urn:oid:1.2.250.1.213.1.4.10": "INS-NIR-TEST",
    "urn:oid:1.2.250.1.213.1.4.11": "INS-NIR-DEMO",
}


class Number(StrEnum):
    """The prefix of each kind of object in its national identifier."""

    PLAN = "PPER"
    EXPECTATION = "ATTE"
    NEED = "BESO"
    GOAL = "OBJE"
    ACTION = "ACTI"
    RESOURCE = "MORE"
    SERVICE = "PRES"
    ASSESSMENT = "EVAL"
    REVIEW = "BILA"


SYSTEMS = {
    Number.PLAN: "https://identifiant-medicosocial-projetpersonnalise.esante.gouv.fr",
    Number.EXPECTATION: "https://identifiant-medicosocial-attente.esante.gouv.fr",
    Number.NEED: "https://identifiant-medicosocial-besoin.esante.gouv.fr",
    Number.GOAL: "https://identifiant-medicosocial-objectif.esante.gouv.fr",
    Number.ACTION: "https://identifiant-medicosocial-action.esante.gouv.fr",
    Number.RESOURCE: "https://identifiant-medicosocial-moyenressource.esante.gouv.fr",
    Number.SERVICE: "https://identifiant-medicosocial-prestation.esante.gouv.fr",
    Number.ASSESSMENT: "https://identifiant-medicosocial-evaluation.esante.gouv.fr",
    Number.REVIEW: "https://identifiant-medicosocial-bilan.esante.gouv.fr",
}

FINESS = r"\d[0-9AB]\d{7}"
_PERSON = re.compile(rf"3({FINESS})/([^/\s]{{1,40}})")
_OBJECT = re.compile(rf"3({FINESS})/([^/\s]{{1,40}}?)-[A-Z]{{3,4}}-\S+")
_STRUCTURE = re.compile(rf"1({FINESS})")


@dataclass(frozen=True)
class PersonNumber:
    """3 + FINESS + / + the person's number in the establishment."""

    finess: str
    local_id: str

    def __str__(self) -> str:
        return f"3{self.finess}/{self.local_id}"


def read_person_number(value: str) -> PersonNumber | None:
    found = _PERSON.fullmatch(value)
    return PersonNumber(*found.groups()) if found else None


def owner_of(identifier: str) -> PersonNumber | None:
    """The person that an object's identifier names: « 3480787529/123-ATTE-7 » → 480787529, 123."""
    found = _OBJECT.fullmatch(identifier)
    return PersonNumber(*found.groups()) if found else None


def is_national(identifier: str, number: Number) -> bool:
    """Does this identifier have the national form of such an object?"""
    return re.fullmatch(rf"3{FINESS}/[^/\s]{{1,40}}?-{number}-\S+", identifier) is not None


def read_structure_number(value: str) -> str | None:
    """The FINESS of an idNatSt (« 1 » + FINESS), or None when it is of another kind."""
    found = _STRUCTURE.fullmatch(value)
    return found.group(1) if found else None


def make_identifier(person: PersonNumber, number: Number, pk: UUID) -> str:
    """The identifier of an object of ours: its number is taken from its key, so it never changes."""
    return f"{person}-{number}-{pk.hex[:12].upper()}"


def make_professional_number(finess: str, pk: UUID) -> str:
    """idNatPs of a professional without a national number: the structure's own (3 + FINESS + / + number)."""
    return f"3{finess}/{pk.hex[:12].upper()}"


# The root of the ids of every export: changing it would make them all look new.
EXPORTS = UUID("5b0c3a0e-6a1d-5d54-9f5e-2f6f7a1f0c11")


def resource_id(resource_type: str, identifier: str) -> str:
    """The same object always gets the same id: two exports are the same to the byte."""
    return str(uuid5(EXPORTS, f"{resource_type}|{identifier}"))


# Statuses: each table reads every FHIR code; STATUS_OUT writes the one the guide gives.
PLAN_IN = {
    "draft": "gathering",
    "active": "in_force",
    "on-hold": "on_hold",
    "completed": "closed",
    "revoked": "closed",
    "unknown": "gathering",
}
PLAN_OUT = {
    "gathering": "draft",
    "assessment": "draft",
    "co_construction": "draft",
    "contract": "draft",
    "in_force": "active",
    "under_review": "active",
    "on_hold": "on-hold",
    "renewed": "completed",
    "closed": "completed",
}
GOAL_IN = {
    "proposed": "planned",
    "planned": "planned",
    "accepted": "planned",
    "active": "active",
    "on-hold": "on-hold",
    "completed": "completed",
    "cancelled": "cancelled",
    "rejected": "cancelled",
}
# The guide names no code for a goal put aside; FHIR does, and the profile keeps FHIR's list.
GOAL_OUT = {
    "planned": "planned",
    "active": "active",
    "on-hold": "on-hold",
    "completed": "completed",
    "cancelled": "cancelled",
}
NEED_IN = {
    "draft": "active",
    "active": "active",
    "on-hold": "active",
    "completed": "completed",
    "revoked": "revoked",
    "unknown": "active",
}
NEED_OUT = {"active": "active", "completed": "completed", "revoked": "revoked"}
TASK_IN = {
    "draft": "preparing",
    "requested": "preparing",
    "received": "preparing",
    "accepted": "preparing",
    "ready": "preparing",
    "in-progress": "active",
    "on-hold": "active",
    "completed": "completed",
    "cancelled": "cancelled",
    "rejected": "cancelled",
    "failed": "cancelled",
}
TASK_OUT = {
    "preparing": "draft",
    "active": "in-progress",
    "completed": "completed",
    "cancelled": "cancelled",
}
# The only four scales that the profile of an assessment is written for.
NATIONAL_SCALES = frozenset(
    f"{GUIDE}Questionnaire/tddui-questionnaire-{name}"
    for name in ("aggir-pa-ssiad", "aggir-ph-ssiad", "serafin", "situation-ssiad")
)
# The guide's own reversal: TERMINE is « in-progress », VALIDE is « amended ». Kept as received.
ASSESSMENT_STATUSES = {"in-progress", "completed", "amended", "stopped"}
AGREEMENT_STATUSES = {"draft", "proposed", "active", "rejected", "inactive"}
IN_ERROR = "entered-in-error"

# Who speaks, from the free text of the note « origineAttente ».
ORIGINS = {
    "person": "Usager",
    "observed": "Observation",
    "relative": "Famille",
    "representative": "Représentant légal",
    "professional": "Professionnel",
}
_VOICES = [
    ("observed", "observation observe observee observes"),
    ("representative", "tuteur tutrice tutelle curateur curatrice mandataire representant representante"),
    (
        "relative",
        "famille fille fils enfant enfants epoux epouse mari femme conjoint conjointe compagne compagnon pere mere"
        " parent parents frere soeur neveu niece cousin cousine petit petite grand proche proches entourage aidant"
        " aidante ami amie voisin voisine",
    ),
    (
        "person",
        "usager usagere personne resident residente patient patiente lui elle moi beneficiaire accompagnee accueillie",
    ),
    (
        "professional",
        "professionnel professionnelle professionnels equipe infirmier infirmiere ide medecin educateur educatrice aide"
        " soignant soignante referent referente psychologue ergotherapeute kinesitherapeute animateur animatrice cadre",
    ),
]


def fold_words(text: str) -> list[str]:
    """The words of a text without accents nor case."""
    flat = unicodedata.normalize("NFKD", text.replace("œ", "oe").casefold())
    return re.findall(r"[a-z0-9]+", "".join(c for c in flat if not unicodedata.combining(c)))


def voice_of(origin: str, person_names: frozenset[str] = frozenset()) -> str | None:
    """The voice behind an origin (« Usager », « Sa fille », « Jeanne »…), or None when it cannot be told."""
    words = fold_words(origin)
    for voice, known in _VOICES:
        if set(words) & set(known.split()):
            return voice
    if words and set(words) <= person_names | {"m", "mme", "monsieur", "madame"}:
        return "person"
    return None


# What no profile carries but a free text can: a label, a colon, the value. Read back as it was written.
COLON = "\u00a0: "
FACTS = {
    "importance": "Combien cela compte",
    "kind": "Nature",
    "situation": "Situation",
    "goal": "Reprise dans l’objectif",
    "participation": "Participation de la personne",
    "rhythm": "Rythme",
    "place": "Lieu",
    "performer": "Qui le fait",
    "means": "Avec quels moyens",
    "strength": "Point fort",
}


def write_fact(name: str, value: str) -> str:
    return f"{FACTS[name]}{COLON}{value}"


def read_fact(text: str) -> tuple[str, str] | None:
    """(« importance », « beaucoup ») when a free text is one of our facts."""
    label, colon, value = text.partition(COLON)
    name = next((key for key, words in FACTS.items() if words == label), None)
    return (name, value) if colon and name and value else None


def is_national_scale(questionnaire: str) -> bool:
    """One of the four, whatever its version."""
    return questionnaire.partition("|")[0] in NATIONAL_SCALES


# What follows the number of an assessment when its words travel as a text: read back as being that assessment.
TEXT_MARK = "-TEXTE"


def text_number(assessment: str) -> str:
    return assessment + TEXT_MARK


def assessment_of_text(number: str) -> str:
    """The number of the assessment whose words a document holds; empty for any other document."""
    found = number.removesuffix(TEXT_MARK)
    return found if found != number and is_national(found, Number.ASSESSMENT) else ""


IMPORTANCE_WORDS = {1: "un peu", 2: "assez", 3: "beaucoup", 4: "plus que tout"}
NOT_WANTED_WORDS = "ce que je ne veux pas"
PARTICIPATION_WORDS = {
    "by": "par la personne",
    "with": "avec la personne",
    "presence": "en sa présence",
    "for": "pour la personne",
}
