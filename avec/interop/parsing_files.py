"""What is joined to the plan: agreements, documents, assessments."""

import base64
import binascii
import re
from typing import Any

from avec.interop.conformance import check_resource
from avec.interop.elements import Element
from avec.interop.parsing_people import leave, practitioner_behind
from avec.interop.parsing_plan import documents_of, identifier_of, linked, plan_of
from avec.interop.reader import Bundle, Resource
from avec.interop.records import Ignored, ParsedAgreement, ParsedAssessment, ParsedDocument, Records
from avec.interop.rules import (
    AGREEMENT_STATUSES,
    ASSESSMENT_STATUSES,
    COMMENT,
    CONSENT_PERIOD,
    METHOD,
    PARTICIPANT,
)


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
