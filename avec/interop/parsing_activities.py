"""Activities of the plan: actions, means and resources, services."""

from avec.interop.elements import Element
from avec.interop.parsing_plan import (
    SERVICES_LIST,
    code_of_list,
    identifier_of,
    linked,
    notes_of,
    plan_of,
    read_status,
    words_of,
)
from avec.interop.reader import Bundle, Resource
from avec.interop.records import Ignored, ParsedActivity, Records
from avec.interop.rules import PARTICIPATION_WORDS, SERAFIN, TASK_IN, TASK_OUT, read_fact

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
                code := code_of_list(
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
    text = words_of(element, "code")
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
        elif name == "means":
            activity.means = value
        elif name == "performer" and len(value) <= 250:
            activity.performer = value
        else:
            records.ignored.append(Ignored(resource.label, "une note libre n’a pas de place ici"))
