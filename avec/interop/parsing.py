"""From resources to records, in the order in which they need each other."""

from avec.interop.parsing_activities import ACTIVITY_KINDS, read_activity
from avec.interop.parsing_files import read_agreement, read_assessment, read_document
from avec.interop.parsing_people import (
    practitioner_behind,
    read_care_team,
    read_establishment,
    read_person,
    read_professional,
    read_relative,
    read_stay,
)
from avec.interop.parsing_plan import read_expectation, read_goal, read_need, read_plan
from avec.interop.reader import Bundle, Resource
from avec.interop.records import Ignored, Records
from avec.interop.rules import IN_ERROR, fold_words

NOT_HERE = {
    "Encounter": "les évènements de l’agenda ne sont pas repris",
    "Observation": "les mesures ne sont pas reprises",
    "Questionnaire": "les grilles vierges ne sont pas reprises",
    "Location": "les lieux ne sont pas repris",
    "Appointment": "les rendez-vous ne sont pas repris",
    "Provenance": "les provenances ne sont pas reprises",
}
HANDLED = {
    "Organization",
    "Patient",
    "Practitioner",
    "PractitionerRole",
    "RelatedPerson",
    "CareTeam",
    "CarePlan",
    "Goal",
    "ServiceRequest",
    "Task",
    "Consent",
    "DocumentReference",
    "QuestionnaireResponse",
}


def read_records(bundle: Bundle) -> Records:
    """Everything the file says that has a place here; what has none is in `ignored`."""
    records = Records(ignored=list(bundle.ignored))
    bundle = _without_errors(bundle, records)
    _read_people(bundle, records)
    for resource in bundle.of_type("CarePlan"):
        read_plan(resource, bundle, records)
    _read_plan_parts(bundle, records)
    for resource in bundle.resources:
        if resource.type not in HANDLED and not _is_stay(resource):
            reason = NOT_HERE.get(resource.type, "ce type de ressource n’a pas de place dans Avec")
            records.ignored.append(Ignored(resource.label, reason))
    return records


def _without_errors(bundle: Bundle, records: Records) -> Bundle:
    """What the sender marked as an error is not read."""
    kept = []
    for resource in bundle.resources:
        content = resource.element.value
        if IN_ERROR in (content.get("status"), content.get("lifecycleStatus")):
            records.ignored.append(Ignored(resource.label, "l’émetteur le dit saisi par erreur"))
        else:
            kept.append(resource)
    left = {resource.key for resource in kept}
    index = {name: resource for name, resource in bundle.index.items() if resource.key in left}
    return Bundle(kept, bundle.ignored, index)


def _is_stay(resource: Resource) -> bool:
    return resource.type == "Encounter" and resource.follows("tddui-encounter-sejour")


def _read_people(bundle: Bundle, records: Records) -> None:
    for resource in bundle.of_type("Organization"):
        read_establishment(resource, records)
    for resource in bundle.of_type("Patient"):
        read_person(resource, records)
    roles: dict[str, list[Resource]] = {}
    for role in bundle.of_type("PractitionerRole"):
        holder = practitioner_behind(role, bundle)
        if holder is None:
            records.ignored.append(Ignored(role.label, "le professionnel n’est pas dans le fichier"))
        else:
            roles.setdefault(holder.key, []).append(role)
    for resource in bundle.of_type("Practitioner"):
        read_professional(resource, roles.get(resource.key, []), records)
    for resource in bundle.of_type("RelatedPerson"):
        read_relative(resource, bundle, records)
    for resource in filter(_is_stay, bundle.resources):
        read_stay(resource, bundle, records)
    for resource in bundle.of_type("CareTeam"):
        read_care_team(resource, bundle, records)


def _read_plan_parts(bundle: Bundle, records: Records) -> None:
    names = frozenset(
        word
        for person in records.persons
        for word in fold_words(
            f"{person.given_names} {person.used_name} {person.family_name} {person.birth_name}"
        )
    )
    for resource in bundle.of_type("DocumentReference"):
        read_document(resource, bundle, records)
    for resource in bundle.of_type("Consent"):
        read_agreement(resource, bundle, records)
    for resource in bundle.of_type("ServiceRequest"):
        read_need(resource, bundle, records)
    for resource in bundle.of_type("QuestionnaireResponse"):
        read_assessment(resource, bundle, records)
    for resource in bundle.of_type("Goal"):
        if resource.follows("tddui-goal-attente"):
            read_expectation(resource, bundle, records, names)
        else:
            read_goal(resource, bundle, records)
    for resource in bundle.of_type("Task"):
        kind = next((kind for name, kind in ACTIVITY_KINDS.items() if resource.follows(name)), None)
        if kind is None:
            records.ignored.append(Ignored(resource.label, _unread_task(resource)))
        else:
            read_activity(resource, kind, bundle, records)


def _unread_task(resource: Resource) -> str:
    if resource.follows("tddui-task-bilan"):
        return "bilan\u00a0: ce que chacun a dit ne s’écrit pas ici à sa place, rien n’en est repris"
    return "tâche sans profil connu\u00a0: pas reprise dans Avec"
