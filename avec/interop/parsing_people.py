"""Resources about people: structure, person, professionals, circle, stays, care circle."""

from avec.interop.elements import Element
from avec.interop.reader import Bundle, Resource
from avec.interop.records import (
    Ignored,
    ParsedEstablishment,
    ParsedPerson,
    ParsedProfessional,
    ParsedRelative,
    ParsedStay,
    ParsedTeamMember,
    Records,
)
from avec.interop.rules import (
    BIRTH_GIVEN_NAMES,
    BIRTH_ORDER,
    BIRTH_PLACE,
    CIRCLE_PROTECTION,
    CIRCLE_RELATION,
    CIRCLE_ROLE,
    COMMENT,
    CONTACT_WORDS,
    INS_TYPES,
    INSEE_CODE,
    LOCAL_PERSON,
    PROFESSIONAL,
    RELIABILITY,
    STRUCTURE,
    read_person_number,
    read_structure_number,
)

CIVILITIES = {"M": "M.", "MME": "Mme"}
GENDERS = {"female", "male", "unknown"}
# What our person page has no place for. Named once per resource, never dropped in silence.
PERSON_LEFT = {
    "telecom": "les coordonnées",
    "address": "l’adresse",
    "photo": "la photo",
    "maritalStatus": "la situation familiale",
    "contact": "le contact inscrit dans la fiche",
    "communication": "la langue",
    "generalPractitioner": "le médecin traitant",
    "deceasedDateTime": "la date de décès",
    "deceasedBoolean": "le décès",
    "link": "le lien vers une autre fiche",
}
RELATIVE_LEFT = {
    "birthDate": "la date de naissance",
    "gender": "le sexe administratif",
    "address": "l’adresse",
    "photo": "la photo",
    "period": "la période",
    "communication": "la langue",
}
PROFESSIONAL_LEFT = {
    "telecom": "les coordonnées",
    "address": "l’adresse",
    "gender": "le sexe administratif",
    "birthDate": "la date de naissance",
    "photo": "la photo",
    "communication": "la langue",
}


def leave(resource: Resource, fields: dict[str, str], records: Records) -> None:
    """Say which fields of a resource have no place here."""
    there = [words for name, words in fields.items() if resource.element.has(name)]
    if there:
        records.ignored.append(Ignored(resource.label, f"pas de place dans Avec pour {', '.join(there)}"))


def leave_extensions(resource: Resource, known: set[str], records: Records) -> None:
    urls = {element.text("url", 500).rsplit("/", 1)[-1] for element in resource.element.many("extension")}
    there = sorted(urls - {url.rsplit("/", 1)[-1] for url in known})
    if there:
        records.ignored.append(Ignored(resource.label, f"pas de place dans Avec pour {', '.join(there)}"))


def identifier_in(element: Element, system: str, limit: int) -> str:
    found = (one for one in element.many("identifier") if one.value.get("system") == system)
    return next((one.text("value", limit) for one in found), "")


def named(names: list[Element], use: str) -> Element | None:
    return next((name for name in names if name.value.get("use") == use), None)


def civility_of(name: Element | None, resource: Resource, records: Records) -> str:
    prefixes = name.texts("prefix", 60) if name else []
    if prefixes and prefixes[0] in CIVILITIES:
        return CIVILITIES[prefixes[0]]
    if prefixes:
        records.ignored.append(
            Ignored(resource.label, f"civilité « {prefixes[0]} » hors de la liste nationale")
        )
    return ""


def read_establishment(resource: Resource, records: Records) -> None:
    number = identifier_in(resource.element, STRUCTURE, 60)
    finess = read_structure_number(number) or ""
    if number and not finess:
        records.ignored.append(Ignored(resource.label, f"le numéro {number} n’est pas un FINESS"))
    records.establishments.append(
        ParsedEstablishment(resource.key, finess=finess, name=resource.element.text("name", 200))
    )
    left = {
        "address": "l’adresse",
        "telecom": "les coordonnées",
        "alias": "les autres noms",
        "type": "le type",
    }
    leave(resource, left, records)


def read_person(resource: Resource, records: Records) -> None:
    element = resource.element
    person = ParsedPerson(resource.key)
    number = read_person_number(identifier_in(element, LOCAL_PERSON, 60))
    if number is not None:
        person.finess, person.local_id = number.finess, number.local_id
    for system in INS_TYPES:
        if value := identifier_in(element, system, 20):
            person.ins, person.ins_system = value, system
            break
    _read_names(person, resource, records)
    gender = element.text("gender", 20) or "unknown"
    person.gender = gender if gender in GENDERS else "unknown"
    if gender not in GENDERS:
        records.ignored.append(
            Ignored(resource.label, f"sexe administratif « {gender} » hors de la liste nationale")
        )
    _read_birth(person, resource, records)
    if (reliability := element.extension(RELIABILITY)) is not None:
        person.identity_status = _identity_status(reliability)
    leave(resource, PERSON_LEFT, records)
    leave_extensions(resource, {RELIABILITY, BIRTH_PLACE}, records)
    known = {LOCAL_PERSON, *INS_TYPES}
    others = [one for one in element.many("identifier") if one.text("system", 500) not in known]
    if others:
        records.ignored.append(Ignored(resource.label, f"{len(others)} autre(s) identifiant(s) non repris"))
    records.persons.append(person)


def _read_names(person: ParsedPerson, resource: Resource, records: Records) -> None:
    names = resource.element.many("name")
    official = named(names, "official") or (names[0] if names else None)
    usual = named(names, "usual")
    if official is None:
        return
    family = official.text("family", 120)
    used = usual.text("family", 120) if usual else ""
    person.family_name = used or family
    person.birth_name = family if used and used != family else ""
    listed = official.extension(BIRTH_GIVEN_NAMES)
    given = official.texts("given", 120)
    all_given = (listed.text("valueString", 200) if listed else "") or " ".join(given)
    person.given_names = official.fitting("given", " ".join(all_given.split()), 200)
    first = usual.fitting("given", " ".join(usual.texts("given")), 120) if usual else ""
    person.used_name = first if first != all_given.split(" ")[0] else ""
    person.civility = civility_of(official, resource, records) or civility_of(usual, resource, records)
    if not person.family_name:
        person.family_name = official.text("text", 120)


def _read_birth(person: ParsedPerson, resource: Resource, records: Records) -> None:
    element = resource.element
    person.birth_date = element.day("birthDate")
    if element.has("birthDate") and person.birth_date is None:
        records.ignored.append(Ignored(resource.label, "date de naissance incomplète\u00a0: à compléter"))
    beside = element.one("_birthDate")
    order = beside.extension(BIRTH_ORDER) if beside else None
    person.birth_order = (order.number("valuePositiveInt", 1, 99) if order else None) or 1
    place = element.extension(BIRTH_PLACE)
    address = place.one("valueAddress") if place else None
    code = address.extension(INSEE_CODE) if address else None
    coding = code.one("valueCoding") if code else None
    person.birth_place_code = coding.text("code", 10) if coding else ""
    if address is not None and address.has("city"):
        records.ignored.append(
            Ignored(resource.label, "le nom de la commune de naissance\u00a0: seul son code est gardé")
        )


def _identity_status(reliability: Element) -> str:
    for inner in reliability.many("extension"):
        coding = inner.one("valueCoding")
        if inner.value.get("url") == "identityStatus" and coding:
            return coding.text("code", 10)
    return ""


def read_professional(resource: Resource, roles: list[Resource], records: Records) -> None:
    """A practitioner, with the job that their diplomas or their role give in words."""
    element = resource.element
    name = element.one("name")
    professional = ParsedProfessional(resource.key, national_id=identifier_in(element, PROFESSIONAL, 60))
    if name is not None:
        professional.family_name = name.text("family", 120) or name.text("text", 120)
        professional.given_name = name.fitting("given", " ".join(name.texts("given")), 120)
        professional.civility = civility_of(name, resource, records)
    professional.job = _job(resource, roles, records)
    leave(resource, PROFESSIONAL_LEFT, records)
    records.professionals.append(professional)


def _job(resource: Resource, roles: list[Resource], records: Records) -> str:
    """The job in words. Coded diplomas and functions are shown, not kept as codes."""
    holders = [role.element for role in roles] + resource.element.many("qualification")
    words = ""
    for holder in holders:
        concept = holder.one("code")
        coding = concept.one("coding") if concept else None
        text = concept.text("text", 120) if concept else ""
        shown = text or (coding.text("display", 120) if coding else "")
        words = words or shown
        if coding is not None:
            code = coding.text("code", 60)
            records.ignored.append(
                Ignored(
                    resource.label, f"le code {code} (« {shown} ») est gardé en clair seulement, comme métier"
                )
            )
    return words


def read_relative(resource: Resource, bundle: Bundle, records: Records) -> None:
    element = resource.element
    person = bundle.find(element.reference("patient"))
    if person is None or person.type != "Patient":
        records.ignored.append(Ignored(resource.label, "la personne concernée n’est pas dans le fichier"))
        return
    names = element.many("name")
    name = named(names, "official") or (names[0] if names else None)
    identifier = element.one("identifier")
    relative = ParsedRelative(resource.key, person.key)
    if identifier is not None:
        relative.identifier = identifier.text("value", 120)
        relative.identifier_system = "".join(identifier.text("system", 200).split())
    if name is not None:
        relative.family_name = name.text("family", 120) or name.text("text", 120)
        relative.given_name = name.fitting("given", " ".join(name.texts("given")), 120)
        relative.civility = civility_of(name, resource, records)
    _read_relationship(relative, resource, records)
    relative.phone = _contact(element, "phone", 40)
    relative.email = _contact(element, "email", 254)
    comment = element.extension(COMMENT)
    relative.comment = comment.text("valueString") if comment else ""
    described = element.extension(CONTACT_WORDS)
    if described is not None and not relative.relation:
        relative.relation = described.text("valueString", 120)
    leave(resource, RELATIVE_LEFT, records)
    leave_extensions(resource, {COMMENT, CONTACT_WORDS}, records)
    records.relatives.append(relative)


def _read_relationship(relative: ParsedRelative, resource: Resource, records: Records) -> None:
    words: list[str] = []
    for concept in resource.element.many("relationship"):
        for coding in concept.many("coding"):
            system, code = coding.text("system", 200), " ".join(coding.text("code", 30).split())
            if system == CIRCLE_ROLE and not relative.role_code:
                relative.role_code = code
            elif system == CIRCLE_RELATION and not relative.relation_code:
                relative.relation_code = code
                words.insert(0, coding.text("display", 120))
            elif system == CIRCLE_PROTECTION and not relative.protection_code:
                relative.protection_code = code
                records.ignored.append(
                    Ignored(
                        resource.label,
                        "la protection juridique est notée\u00a0; elle n’ouvre aucun accès, un mandat s’enregistre à la main",
                    )
                )
            else:
                records.ignored.append(Ignored(resource.label, f"lien « {code} » non repris"))
        words.append(concept.text("text", 120))
    relative.relation = next((word for word in words if word), "")


def _contact(element: Element, system: str, limit: int) -> str:
    for point in element.many("telecom"):
        if point.value.get("system") == system:
            return point.text("value", limit)
    return ""


def read_stay(resource: Resource, bundle: Bundle, records: Records) -> None:
    person = bundle.find(resource.element.reference("subject"))
    period = resource.element.one("period")
    admitted = period.day("start") if period else None
    if person is None or person.type != "Patient" or admitted is None:
        records.ignored.append(Ignored(resource.label, "séjour sans personne ou sans date d’arrivée"))
        return
    records.stays.append(
        ParsedStay(resource.key, person.key, admitted, period.day("end") if period else None)
    )


def read_care_team(resource: Resource, bundle: Bundle, records: Records) -> None:
    """The professionals of a care circle. Relatives come by their own resource."""
    person = bundle.find(resource.element.reference("subject"))
    if person is None or person.type != "Patient":
        records.ignored.append(Ignored(resource.label, "la personne concernée n’est pas dans le fichier"))
        return
    records.ignored.append(Ignored(resource.label, "le nom et l’identifiant du cercle ne sont pas gardés"))
    for participant in resource.element.many("participant"):
        _read_participant(participant, resource, person.key, bundle, records)


def _read_participant(
    participant: Element, resource: Resource, person: str, bundle: Bundle, records: Records
) -> None:
    member = bundle.find(participant.reference("member"))
    member = practitioner_behind(member, bundle)
    period = participant.one("period")
    if member is not None and member.type == "Practitioner":
        role = participant.one("role")
        coding = role.one("coding") if role else None
        function = (role.text("text", 120) if role else "") or (coding.text("display", 120) if coding else "")
        records.team.append(
            ParsedTeamMember(
                person,
                member.key,
                function,
                period.day("start") if period else None,
                period.day("end") if period else None,
            )
        )
    elif member is not None and member.type == "Organization":
        records.ignored.append(
            Ignored(
                resource.label,
                f"la structure {member.label} est dans le cercle\u00a0: Avec n’y met que des personnes",
            )
        )
    elif member is not None and member.type == "RelatedPerson":
        if period is not None:
            records.ignored.append(Ignored(resource.label, f"la période de {member.label} dans le cercle"))
    else:
        records.ignored.append(Ignored(resource.label, "un membre du cercle n’est pas dans le fichier"))


def practitioner_behind(resource: Resource | None, bundle: Bundle) -> Resource | None:
    """A role stands for the practitioner who holds it."""
    if resource is not None and resource.type == "PractitionerRole":
        return bundle.find(resource.element.reference("practitioner"))
    return resource
