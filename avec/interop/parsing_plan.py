"""Resources about the plan: expectations, needs, goals, activities, agreements, files, assessments."""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from avec.interop.conformance import check_resource, load_definitions
from avec.interop.elements import Element
from avec.interop.parsing_people import leave, practitioner_behind
from avec.interop.reader import Bundle, Resource
from avec.interop.records import (
    Ignored,
    ParsedActivity,
    ParsedAgreement,
    ParsedAssessment,
    ParsedDocument,
    ParsedExpectation,
    ParsedGoal,
    ParsedNeed,
    ParsedPlan,
    Records,
)
from avec.interop.rules import (
    AGREEMENT_STATUSES,
    ASSESSMENT_STATUSES,
    ATTACHMENT,
    COMMENT,
    CONSENT_PERIOD,
    DISCRIMINATOR,
    EVALUATION_REFERENCE,
    GOAL_IN,
    GOAL_OUT,
    GUIDE,
    IMPORTANCE_WORDS,
    METHOD,
    NEED_IN,
    NEED_OUT,
    NOT_WANTED_WORDS,
    PARTICIPANT,
    PARTICIPATION_WORDS,
    PLAN_IN,
    PLAN_KINDS,
    PLAN_OUT,
    PLAN_REFERENCE,
    SERAFIN,
    TASK_IN,
    TASK_OUT,
    read_fact,
    voice_of,
)

NEEDS_LIST = "https://mos.esante.gouv.fr/NOS/JDV_J285-Besoins_SERAFIN/FHIR/JDV-J285-Besoins-SERAFIN"
SERVICES_LIST = GUIDE + "ValueSet/tddui-serafin"
STATUS_AUTHOR = "l’auteur du statut"


def read_status(
    resource: Resource,
    name: str,
    table: Mapping[str, str],
    back: Mapping[str, str],
    records: Records,
    default: str,
) -> str:
    """Our status for a FHIR one; one that would not come back the same is said."""
    given = resource.element.text(name, 40)
    if given not in table:
        if given:
            records.ignored.append(Ignored(resource.label, f"statut « {given} » inconnu, lu « {default} »"))
        return default
    ours = table[given]
    if back.get(ours) != given:
        records.ignored.append(Ignored(resource.label, f"statut « {given} » lu « {back[ours]} »"))
    beside = resource.element.one(f"_{name}")
    if beside is not None and beside.many("extension"):
        records.ignored.append(Ignored(resource.label, f"pas de place dans Avec pour {STATUS_AUTHOR}"))
    return ours


def identifier_of(resource: Resource) -> str:
    found = resource.element.one("identifier")
    return found.text("value", 120) if found else ""


def documents_of(resource: Resource, bundle: Bundle, records: Records) -> list[str]:
    return [
        key
        for extension in resource.element.extensions(ATTACHMENT)
        if (
            key := linked(
                extension.reference("valueReference"), "DocumentReference", resource, bundle, records
            )
        )
    ]


def linked(reference: str, kind: str, resource: Resource, bundle: Bundle, records: Records) -> str:
    """The key of what a reference names when it is of this kind; otherwise it is said and left."""
    found = bundle.find(reference) if reference else None
    if kind == "Practitioner":
        found = practitioner_behind(found, bundle)
    if found is not None and found.type == kind:
        return found.key
    if reference:
        records.ignored.append(Ignored(resource.label, f"le lien vers {reference[:120]} ne mène à rien ici"))
    return ""


def plan_of(resource: Resource, references: list[str], bundle: Bundle, records: Records) -> str:
    """The plan a resource belongs to. A wrong link is forgiven when the file holds one plan only."""
    for reference in references:
        found = bundle.find(reference)
        if found is not None and found.type == "CarePlan":
            return found.key
    plans = records.plans
    if len(plans) == 1:
        if references:
            records.ignored.append(
                Ignored(
                    resource.label,
                    f"son projet {references[0][:120]} n’est pas dans le fichier\u00a0: rattaché au seul projet du fichier",
                )
            )
        return plans[0].key
    records.ignored.append(Ignored(resource.label, "on ne sait pas à quel projet il se rattache"))
    return ""


def notes_of(resource: Resource) -> dict[str, list[str]]:
    """The notes by what they are (discriminator); "" gathers the notes that say nothing of it."""
    notes: dict[str, list[str]] = {}
    for note in resource.element.many("note"):
        marks = [mark.code("valueCodeableConcept") for mark in note.extensions(DISCRIMINATOR)]
        text = note.text("text")
        for mark in marks or [""]:
            if text:
                notes.setdefault(mark, []).append(text)
    return notes


def one_note(notes: dict[str, list[str]], mark: str) -> str:
    return "\n\n".join(notes.pop(mark, []))


def read_plan(resource: Resource, bundle: Bundle, records: Records) -> None:
    element = resource.element
    person = bundle.find(element.reference("subject"))
    if person is None or person.type != "Patient":
        records.ignored.append(Ignored(resource.label, "la personne concernée n’est pas dans le fichier"))
        return
    step = read_status(resource, "status", PLAN_IN, PLAN_OUT, records, "gathering")
    period = element.one("period")
    notes = notes_of(resource)
    plan = ParsedPlan(
        resource.key,
        person.key,
        identifier=identifier_of(resource),
        kind=element.code("category", PLAN_KINDS, 10),
        title=element.text("title", 250) or "Projet personnalisé",
        description=element.text("description"),
        communication="\n\n".join(text for texts in notes.values() for text in texts),
        step=step,
        starts_on=_day(period, "start", resource, records),
        ends_on=_day(period, "end", resource, records),
        documents=documents_of(resource, bundle, records),
        agreements=_agreements(resource, bundle, records),
    )
    leave(
        resource,
        {
            "goal": "la liste des objectifs (chaque objectif la donne)",
            "activity": "les activités inscrites dans le projet",
            "careTeam": "l’équipe inscrite dans le projet",
            "addresses": "les problèmes de santé",
        },
        records,
    )
    records.plans.append(plan)


def _day(period: Element | None, name: str, resource: Resource, records: Records) -> date | None:
    value = period.moment(name) if period else None
    if isinstance(value, datetime):
        records.ignored.append(
            Ignored(resource.label, "l’heure des dates de mise en œuvre\u00a0: seul le jour est gardé")
        )
        return value.date()
    return value


def _agreements(resource: Resource, bundle: Bundle, records: Records) -> list[tuple[str, str]]:
    found = []
    for info in resource.element.many("supportingInfo"):
        marks = {mark.code("valueCodeableConcept") for mark in info.extensions(DISCRIMINATOR)}
        side = "structure" if "accordStructure" in marks else "user" if "accordUsager" in marks else ""
        key = linked(info.text("reference", 1000), "Consent", resource, bundle, records) if side else ""
        if key:
            found.append((side, key))
        elif not side:
            records.ignored.append(Ignored(resource.label, "une information jointe n’est pas un accord"))
    return found


def read_expectation(resource: Resource, bundle: Bundle, records: Records, names: frozenset[str]) -> None:
    element = resource.element
    plan = plan_of(resource, _plan_references(element), bundle, records)
    words = _words(element, "description")
    if not plan or not words:
        if plan:
            records.ignored.append(Ignored(resource.label, "cette attente n’a pas de mots"))
        return
    notes = notes_of(resource)
    origin = one_note(notes, "origineAttente")[:250]
    expectation = ParsedExpectation(
        resource.key,
        plan,
        identifier=identifier_of(resource),
        origin_words=origin,
        voice=voice_of(origin, names),
        words=words,
        said_on=element.day("statusDate") or element.day("startDate"),
        withdrawn=_expectation_withdrawn(resource, records),
        documents=documents_of(resource, bundle, records),
    )
    _read_expectation_facts(expectation, notes.pop("commentaireAttente", []))
    leave_notes(resource, notes, records)
    records.expectations.append(expectation)


def _plan_references(element: Element) -> list[str]:
    return [
        reference
        for extension in element.extensions(PLAN_REFERENCE)
        if (reference := extension.reference("valueReference"))
    ]


def _words(element: Element, name: str) -> str:
    concept = element.one(name)
    if concept is None:
        return ""
    coding = concept.one("coding")
    return concept.text("text") or (coding.text("display") if coding else "")


def _expectation_withdrawn(resource: Resource, records: Records) -> bool:
    status = resource.element.text("lifecycleStatus", 40)
    if status not in {"", "active", "cancelled"}:
        records.ignored.append(
            Ignored(resource.label, f"statut « {status} »\u00a0: une attente n’en a pas ici")
        )
    return status in {"cancelled", "rejected"}


def _read_expectation_facts(expectation: ParsedExpectation, comments: list[str]) -> None:
    """Our own facts come back where they were; everything else is a comment."""
    kept = []
    for text in comments:
        name, value = read_fact(text) or ("", "")
        importance = next((n for n, words in IMPORTANCE_WORDS.items() if words == value), None)
        if name == "importance" and importance:
            expectation.importance = importance
        elif name == "kind" and value == NOT_WANTED_WORDS:
            expectation.not_wanted = True
        elif name == "situation" and len(value) <= 250:
            expectation.situation = value
        elif name == "goal":
            expectation.goal_identifiers.append(value[:120])
        else:
            kept.append(text)
    expectation.comment = "\n\n".join(kept)


def leave_notes(resource: Resource, notes: dict[str, list[str]], records: Records) -> None:
    for mark in notes:
        what = f"la note « {mark} »" if mark else "une note sans nature"
        records.ignored.append(Ignored(resource.label, f"{what} n’a pas de place ici"))


def read_need(resource: Resource, bundle: Bundle, records: Records) -> None:
    element = resource.element
    plan = plan_of(resource, element.references("basedOn"), bundle, records)
    words = _words(element, "code")
    if not plan or not words:
        if plan:
            records.ignored.append(Ignored(resource.label, "ce besoin n’est pas décrit"))
        return
    comments = [text for texts in notes_of(resource).values() for text in texts]
    strength = [text for text in comments if (read_fact(text) or ("", ""))[0] == "strength"]
    records.needs.append(
        ParsedNeed(
            resource.key,
            plan,
            identifier=identifier_of(resource),
            status=read_status(resource, "status", NEED_IN, NEED_OUT, records, "active"),
            words=words,
            serafin=_serafin(element.code("category", SERAFIN, 10), NEEDS_LIST, resource, records),
            analyses=[text for detail in element.many("orderDetail") if (text := detail.text("text"))],
            comments=[text for text in comments if text not in strength],
            is_strength=bool(strength),
            documents=documents_of(resource, bundle, records),
        )
    )
    leave(
        resource,
        {"performer": "qui est demandé", "reasonCode": "le motif", "occurrencePeriod": "la période"},
        records,
    )


def _serafin(code: str, list_name: str, resource: Resource, records: Records) -> str:
    """A code of the national list, or nothing and a word about it."""
    if not code or (SERAFIN, code) in load_definitions().code_sets[list_name]:
        return code
    records.ignored.append(
        Ignored(resource.label, f"le code SERAFIN-PH « {code} » n’est pas dans la liste nationale")
    )
    return ""


def read_goal(resource: Resource, bundle: Bundle, records: Records) -> None:
    element = resource.element
    plan = plan_of(resource, _plan_references(element), bundle, records)
    notes = notes_of(resource)
    title = one_note(notes, "titreObjectif")
    if len(title) > 200:
        raise element.refuse("note", "ce titre dépasse 200 caractères")
    statement = _words(element, "description") or title
    if not plan or not statement:
        if plan:
            records.ignored.append(Ignored(resource.label, "cet objectif n’est pas décrit"))
        return
    target = element.one("target")
    goal = ParsedGoal(
        resource.key,
        plan,
        identifier=identifier_of(resource),
        status=read_status(resource, "lifecycleStatus", GOAL_IN, GOAL_OUT, records, "active"),
        title=title,
        statement=statement,
        starts_on=element.day("startDate"),
        due_on=target.day("dueDate") if target else None,
        priority=_priority(resource, records),
        expected_result=target.text("detailString") if target else "",
        strategy=one_note(notes, "strategieMiseEnOeuvreObjectif"),
        person_opinion=one_note(notes, "avisUsagerObjectif"),
        domains=[shown for concept in element.many("category") if (shown := _shown(concept))],
        referent=linked(element.reference("expressedBy"), "Practitioner", resource, bundle, records),
        needs=[
            key
            for reference in element.references("addresses")
            if (key := linked(reference, "ServiceRequest", resource, bundle, records))
        ],
        assessments=[
            key
            for extension in element.extensions(EVALUATION_REFERENCE)
            if (
                key := linked(
                    extension.reference("valueReference"), "QuestionnaireResponse", resource, bundle, records
                )
            )
        ],
        documents=documents_of(resource, bundle, records),
    )
    leave_notes(resource, notes, records)
    leave(
        resource,
        {
            "achievementStatus": "le degré d’atteinte",
            "outcomeReference": "le résultat",
            "outcomeCode": "le résultat",
        },
        records,
    )
    records.goals.append(goal)


def _shown(concept: Element) -> str:
    """A concept in words, with its code behind when it has one."""
    coding = concept.one("coding")
    text = concept.text("text", 200) or (coding.text("display", 200) if coding else "")
    if coding is None or not coding.has("code"):
        return text
    return f"{text} ({coding.text('system', 200)}|{coding.text('code', 60)})".strip()


def _priority(resource: Resource, records: Records) -> int | None:
    concept = resource.element.one("priority")
    text = concept.text("text", 60) if concept else ""
    if text.isdigit() and 0 < int(text) <= 999:
        return int(text)
    if concept is not None:
        records.ignored.append(Ignored(resource.label, "une priorité qui n’est pas un rang"))
    return None


ACTIVITY_KINDS = {
    "tddui-task-action": "action",
    "tddui-task-moyen-ressource": "resource",
    "tddui-task-prestation": "service",
}


def read_activity(resource: Resource, kind: str, bundle: Bundle, records: Records) -> None:
    element = resource.element
    plan = plan_of(resource, element.references("basedOn"), bundle, records)
    if not plan:
        return
    inputs = _inputs(resource)
    period = element.one("executionPeriod")
    owner = element.reference("owner")
    title = next((text for one in inputs.get("titre", []) if (text := one.text("valueString", 250))), "")
    description = element.text("description")
    activity = ParsedActivity(
        resource.key,
        plan,
        kind=kind,
        identifier=identifier_of(resource),
        status=read_status(resource, "status", TASK_IN, TASK_OUT, records, "active"),
        part_of=_first_linked(element.references("partOf"), "Task", resource, bundle, records),
        goals=_input_links(inputs, "objectif", "Goal", resource, bundle, records),
        assessments=_input_links(inputs, "evaluation", "QuestionnaireResponse", resource, bundle, records),
        title=title or description[:250] or "Sans titre",
        description=description,
        resource_type=_resource_type(element),
        owner=linked(owner, "Practitioner", resource, bundle, records),
        performer=element.display("owner", 250),
        starts_at=period.moment("start") if period else None,
        ends_at=period.moment("end") if period else None,
        serafin=[
            code
            for one in inputs.get("typePrestation", [])
            if (
                code := _serafin(
                    one.code("valueCodeableConcept", SERAFIN, 10), SERVICES_LIST, resource, records
                )
            )
        ],
        person_opinion=_input_text(inputs, "avisUsager"),
        expected_result=_input_text(inputs, "resultatAttendu"),
        documents=_input_links(inputs, "pieceJointe", "DocumentReference", resource, bundle, records),
    )
    if not owner and activity.performer:
        records.ignored.append(
            Ignored(
                resource.label, f"« {activity.performer} » n’est désigné qu’en clair\u00a0: gardé comme texte"
            )
        )
    _read_activity_facts(activity, resource, records)
    records.activities.append(activity)


def _inputs(resource: Resource) -> dict[str, list[Element]]:
    inputs: dict[str, list[Element]] = {}
    for one in resource.element.many("input"):
        inputs.setdefault(one.code("type"), []).append(one)
    return inputs


def _input_text(inputs: dict[str, list[Element]], name: str) -> str:
    return "\n\n".join(text for one in inputs.get(name, []) if (text := one.text("valueString")))


def _input_links(
    inputs: dict[str, list[Element]],
    name: str,
    kind: str,
    resource: Resource,
    bundle: Bundle,
    records: Records,
) -> list[str]:
    return [
        key
        for one in inputs.get(name, [])
        if (key := linked(one.reference("valueReference"), kind, resource, bundle, records))
    ]


def _first_linked(
    references: list[str], kind: str, resource: Resource, bundle: Bundle, records: Records
) -> str:
    keys = [key for reference in references if (key := linked(reference, kind, resource, bundle, records))]
    if len(keys) > 1:
        records.ignored.append(
            Ignored(resource.label, "fait partie de plusieurs actions\u00a0: seule la première est gardée")
        )
    return keys[0] if keys else ""


def _resource_type(element: Element) -> str:
    text = _words(element, "code")
    if len(text) > 60:
        raise element.refuse("code.text", "ce texte dépasse 60 caractères")
    return text


def _read_activity_facts(activity: ParsedActivity, resource: Resource, records: Records) -> None:
    for text in [text for texts in notes_of(resource).values() for text in texts]:
        name, value = read_fact(text) or ("", "")
        part = next((code for code, words in PARTICIPATION_WORDS.items() if words == value), "")
        if name == "participation" and part:
            activity.participation = part
        elif name == "rhythm" and len(value) <= 250:
            activity.rhythm = value
        elif name == "place" and len(value) <= 120:
            activity.place = value
        elif name == "performer" and len(value) <= 250:
            activity.performer = value
        else:
            records.ignored.append(Ignored(resource.label, "une note libre n’a pas de place ici"))


def read_agreement(resource: Resource, bundle: Bundle, records: Records) -> None:
    element = resource.element
    signed = element.moment("dateTime")
    performers = [
        practitioner_behind(bundle.find(reference), bundle) for reference in element.references("performer")
    ]
    known = [
        one
        for one in performers
        if one is not None and one.type in {"Patient", "Practitioner", "RelatedPerson"}
    ]
    if signed is None or not known:
        missing = "sans date complète" if signed is None else "sans signataire connu"
        records.ignored.append(Ignored(resource.label, f"accord {missing}"))
        return
    if len(performers) > 1:
        records.ignored.append(
            Ignored(resource.label, "plusieurs signataires\u00a0: seul le premier connu est gardé")
        )
    status = element.text("status", 20)
    if status not in AGREEMENT_STATUSES:
        records.ignored.append(Ignored(resource.label, f"accord au statut « {status} »"))
        return
    validity = element.extension(CONSENT_PERIOD)
    period = validity.one("valuePeriod") if validity else None
    identifier = element.one("identifier")
    source = (identifier.text("value", 250) if identifier else "") or resource.key[:250]
    document = element.reference("sourceReference")
    records.agreements.append(
        ParsedAgreement(
            resource.key,
            source,
            signed,
            known[0].key,
            status=status,
            valid_from=period.day("start") if period else None,
            valid_until=period.day("end") if period else None,
            document=linked(document, "DocumentReference", resource, bundle, records) if document else "",
        )
    )


def read_document(resource: Resource, bundle: Bundle, records: Records) -> None:
    element = resource.element
    person = bundle.find(element.reference("subject"))
    contents = element.many("content")
    attachment = contents[0].one("attachment") if contents else None
    data = attachment.text("data", 40 * 1024 * 1024) if attachment else ""
    if person is None or person.type != "Patient" or attachment is None or not data:
        records.ignored.append(Ignored(resource.label, "document sans contenu, ou sans personne du fichier"))
        return
    if len(contents) > 1:
        records.ignored.append(Ignored(resource.label, "plusieurs contenus\u00a0: seul le premier est gardé"))
    master = element.one("masterIdentifier")
    authors = [practitioner_behind(bundle.find(one), bundle) for one in element.references("author")]
    author = next((one.key for one in authors if one is not None and one.type == "Practitioner"), "")
    if any(one is not None and one.type in {"Patient", "RelatedPerson"} for one in authors):
        records.ignored.append(
            Ignored(resource.label, "l’auteur n’est pas un professionnel\u00a0: non gardé")
        )
    records.documents.append(
        ParsedDocument(
            resource.key,
            person.key,
            identifier=(master.text("value", 120) if master else "") or identifier_of(resource),
            title=attachment.text("title", 250) or "Sans titre",
            language=_language(attachment),
            content_type=attachment.text("contentType", 100),
            data=_decoded(data, attachment),
            author=author,
        )
    )
    leave(
        resource,
        {
            "type": "le type de document",
            "category": "la catégorie",
            "date": "la date",
            "description": "la description",
            "authenticator": "qui l’a validé",
        },
        records,
    )


def _language(attachment: Element) -> str:
    language = attachment.text("language", 100)
    return language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,4})?", language) else ""


def _decoded(data: str, attachment: Element) -> bytes:
    try:
        return base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        raise attachment.refuse("data", "ce contenu n’est pas du base64") from None


def read_assessment(resource: Resource, bundle: Bundle, records: Records) -> None:
    element = resource.element
    person = bundle.find(element.reference("subject"))
    questionnaire = element.text("questionnaire", 250)
    if person is None or person.type != "Patient" or not questionnaire:
        records.ignored.append(Ignored(resource.label, "évaluation sans grille, ou sans personne du fichier"))
        return
    items = _items(element)
    faults = check_resource({"resourceType": "QuestionnaireResponse", "status": "completed", "item": items})
    if not items or faults or len(questionnaire.split()) > 1:
        why = str(faults[0]) if faults else "aucune réponse"
        records.ignored.append(Ignored(resource.label, f"réponses illisibles ({why[:150]})"))
        return
    source = bundle.find(element.reference("source"))
    method, comment = element.extension(METHOD), element.extension(COMMENT)
    participant = element.extension(PARTICIPANT)
    responsible, holder = _participants(participant)
    status = element.text("status", 20)
    if status not in ASSESSMENT_STATUSES:
        records.ignored.append(Ignored(resource.label, f"statut « {status} » inconnu, lu « completed »"))
    records.assessments.append(
        ParsedAssessment(
            resource.key,
            person.key,
            plan=plan_of(resource, element.references("basedOn"), bundle, records),
            identifier=identifier_of(resource),
            questionnaire=questionnaire,
            status=status if status in ASSESSMENT_STATUSES else "completed",
            by_person=source is not None and source.type == "Patient",
            assessor=linked(element.reference("source"), "Practitioner", resource, bundle, records)
            if source is None or source.type != "Patient"
            else "",
            author=linked(element.reference("author"), "Practitioner", resource, bundle, records),
            responsible=linked(responsible, "Practitioner", resource, bundle, records),
            has_holder=bool(holder),
            method=method.text("valueString") if method else "",
            comment=comment.text("valueString") if comment else "",
            items=items,
            assessed_at=element.moment("authored"),
            documents=documents_of(resource, bundle, records),
        )
    )


def _items(element: Element) -> list[Any]:
    """The answers as received, without links: what they lead to is not kept."""
    return [_unlinked(one.value) for one in element.many("item")]


def _unlinked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unlinked(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {name: _unlinked(one) for name, one in value.items() if name != "reference"}
    return kept if kept or not value else {"display": "lien retiré"}


def _participants(participant: Element | None) -> tuple[str, str]:
    found = {"TDDUIResponsible": "", "TDDUIHolder": ""}
    for inner in participant.many("extension") if participant else []:
        url = inner.text("url", 200)
        if url in found:
            found[url] = inner.reference("valueReference")
    return found["TDDUIResponsible"], found["TDDUIHolder"]
