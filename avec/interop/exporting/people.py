"""Who is in the bundle: the structure, the person, the professionals, the circle."""

from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.interop.exporting.build import BASE, Export, Json, concept, extension, identifier, prefix, reference
from avec.interop.numbers import number_of, person_number
from avec.interop.rules import (
    BIRTH_GIVEN_NAMES,
    BIRTH_ORDER,
    BIRTH_PLACE,
    CIRCLE_PROTECTION,
    CIRCLE_RELATION,
    CIRCLE_ROLE,
    COMMENT,
    COMMUNES,
    CONTACT_WORDS,
    DATA_ABSENT,
    FR_TYPES,
    INS_TYPES,
    INSEE_CODE,
    LOCAL_PERSON,
    PROFESSIONAL,
    RELIABILITY,
    RELIABILITY_CODES,
    STRUCTURE,
    ExportRefused,
    read_person_number,
)
from avec.people.models import Person, RelatedPerson

INTERNAL = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/v2-0203",
            "code": "PI",
            # The pattern asks for this display: without it the slice is not recognised.
            "display": "Patient internal identifier",
        }
    ]
}


def check_exportable(person: Person) -> None:
    """What the standard demands and nobody may invent: refused in a sentence, before anything is built."""
    name = person.name
    if read_person_number(str(person_number(person))) is None:
        raise ExportRefused(
            _(
                "%(name)s\u00a0: le numéro FINESS de l’établissement ou le numéro de la personne n’a pas la forme nationale."
            )
            % {"name": name}
        )
    if not person.given_names.strip():
        raise ExportRefused(
            _("%(name)s\u00a0: le prénom manque, et l’échange national l’exige. Complétez la fiche.")
            % {"name": name}
        )


def add_organization(export: Export) -> str:
    establishment = export.person.establishment
    number = f"1{establishment.finess}"
    content = {
        "identifier": [{"type": concept(FR_TYPES, "IDNST"), **identifier(STRUCTURE, number)}],
        "name": establishment.name,
    }
    return export.add("Organization", "tddui-organization", number, content)


def add_patient(export: Export) -> str:
    person = export.person
    ins_type = INS_TYPES.get(person.ins_system) if person.ins else None
    known = bool(ins_type and person.identity_status and person.birth_place_code)
    identifiers = [{"type": INTERNAL, **identifier(LOCAL_PERSON, str(person_number(person)))}]
    if ins_type:
        ins = {"use": "official", "type": concept(FR_TYPES, ins_type)}
        identifiers.insert(0, ins | identifier(person.ins_system, person.ins))
    elif person.ins:
        export.leave(_("L’INS n’est pas transmise\u00a0: son domaine n’est pas connu."))
    order = extension(BIRTH_ORDER, valuePositiveInt=person.birth_order or 1)
    birth = {"extension": [order]}
    if person.birth_date is None:
        # The standard wants the element; FHIR has a way to say that its value is not known.
        birth["extension"].insert(0, extension(DATA_ABSENT, valueCode="unknown"))
        export.leave(
            _("La date de naissance manque : le fichier dit qu’elle n’est pas connue. Complétez la fiche.")
        )
    content = {
        "extension": _identity(person),
        "identifier": identifiers,
        "name": _names(person, known),
        "gender": person.gender,
        "birthDate": person.birth_date.isoformat() if person.birth_date else "",
        "_birthDate": birth,
    }
    if person.civility and not prefix(person.civility):
        export.leave(
            _("La civilité « %(words)s » est hors de la liste nationale.") % {"words": person.civility}
        )
    profile = "tddui-patient-ins" if known else "tddui-patient"
    return export.add("Patient", profile, str(person_number(person)), content)


def _identity(person: Person) -> list[Json]:
    extensions = []
    if person.identity_status:
        status = {"system": RELIABILITY_CODES, "code": person.identity_status}
        extensions.append(extension(RELIABILITY, extension=[extension("identityStatus", valueCoding=status)]))
    if person.birth_place_code:
        code = extension(INSEE_CODE, valueCoding={"system": COMMUNES, "code": person.birth_place_code})
        extensions.append(extension(BIRTH_PLACE, valueAddress={"extension": [code]}))
    return extensions


def _names(person: Person, with_ins: bool) -> list[Json]:
    given = person.given_names.split()
    birth_name = person.birth_name if person.birth_name != person.family_name else ""
    used_name = person.used_name if person.used_name != given[0] else ""
    official: Json = {"use": "official", "family": birth_name or person.family_name}
    if with_ins:
        official["extension"] = [extension(BIRTH_GIVEN_NAMES, valueString=" ".join(given))]
        official["given"] = given[:1]
    else:
        official["given"] = given
    if code := prefix(person.civility):
        official["prefix"] = code
    names = [official]
    if birth_name or used_name:
        usual: Json = {"use": "usual", "family": person.family_name}
        if used_name:
            usual["given"] = [used_name]
        names.append(usual)
    return names


def add_professional(export: Export, member: Member | None) -> str:
    """The practitioner behind a member; empty when there is none."""
    if member is None:
        return ""
    number = number_of(member)
    name: Json = {"family": member.family_name}
    if member.given_name:
        name |= {"given": [member.given_name]}
    if code := prefix(member.civility):
        name |= {"prefix": code}
    content = {
        "identifier": [{"type": concept(FR_TYPES, "IDNPS"), **identifier(PROFESSIONAL, number)}],
        "name": [name],
        # In words: we hold no national code for the job.
        "qualification": [{"code": {"text": member.job}}] if member.job else [],
    }
    return export.add("Practitioner", "tddui-practitioner", number, content)


def add_relative(export: Export, relative: RelatedPerson, patient: str) -> str:
    number = number_of(relative)
    name: Json = {"family": relative.family_name}
    if relative.given_name:
        name["given"] = [relative.given_name]
    if code := prefix(relative.civility):
        name["prefix"] = code
    system = relative.identifier_system or (f"{BASE}/proche" if not relative.identifier else "")
    content = {
        "extension": _relative_extensions(relative),
        "identifier": [{"system": system, "value": number} if system else {"value": number}],
        "patient": reference(patient),
        "relationship": _relationship(relative),
        "name": [name],
        "telecom": [
            {"system": kind, "value": value}
            for kind, value in (("phone", relative.phone), ("email", relative.email))
            if value
        ],
    }
    if relative.mandates.exists():
        export.leave(_("Les mandats et les droits d’accès de l’entourage ne sont pas transmis."))
    return export.add("RelatedPerson", "tddui-related-person-contact", number, content)


def _relative_extensions(relative: RelatedPerson) -> list[Json]:
    extensions = []
    if relative.comment:
        extensions.append(extension(COMMENT, valueString=relative.comment))
    if relative.relation and not relative.relation_code:
        extensions.append(extension(CONTACT_WORDS, valueString=relative.relation))
    return extensions


def _relationship(relative: RelatedPerson) -> list[Json]:
    coded = (
        (CIRCLE_ROLE, relative.role_code, ""),
        (CIRCLE_RELATION, relative.relation_code, relative.relation),
        (CIRCLE_PROTECTION, relative.protection_code, ""),
    )
    return [concept(system, code, text) for system, code, text in coded if code]
