"""The plan and what it holds first: expectations, needs, goals."""

from collections.abc import Mapping
from datetime import date, datetime

from avec.interop.conformance import load_definitions
from avec.interop.elements import Element
from avec.interop.parsing_people import leave, practitioner_behind
from avec.interop.reader import Bundle, Resource
from avec.interop.records import (
    Ignored,
    ParsedExpectation,
    ParsedGoal,
    ParsedNeed,
    ParsedPlan,
    Records,
)
from avec.interop.rules import (
    ATTACHMENT,
    DISCRIMINATOR,
    EVALUATION_REFERENCE,
    GOAL_IN,
    GOAL_OUT,
    GUIDE,
    IMPORTANCE_WORDS,
    NEED_IN,
    NEED_OUT,
    NOT_WANTED_WORDS,
    PLAN_IN,
    PLAN_KINDS,
    PLAN_OUT,
    PLAN_REFERENCE,
    SERAFIN,
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
    plans = records.plans
    for reference in references:
        found = bundle.find(reference)
        if found is not None and any(plan.key == found.key for plan in plans):
            return found.key
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
    words = words_of(element, "description")
    if not plan or not words:
        if plan:
            records.ignored.append(Ignored(resource.label, "cette attente n’a pas de mots"))
        return
    notes = notes_of(resource)
    origin = element.fitting("note", one_note(notes, "origineAttente"), 250)
    expectation = ParsedExpectation(
        resource.key,
        plan,
        identifier=identifier_of(resource),
        origin_words=origin,
        voice=voice_of(origin, names),
        words=words,
        said_on=element.day("statusDate") or element.day("startDate"),
        domain=_domain_of(resource, records),
        serafin=code_of_list(element.code("category", SERAFIN, 10), NEEDS_LIST, resource, records),
        withdrawn=_expectation_withdrawn(resource, records),
        documents=documents_of(resource, bundle, records),
    )
    _read_expectation_facts(expectation, notes.pop("commentaireAttente", []))
    leave_notes(resource, notes, records)
    records.expectations.append(expectation)


def _domain_of(resource: Resource, records: Records) -> str:
    """The domain of life in words; there is one here, where the standard has room for several."""
    found = [text for concept in resource.element.many("category") if (text := _in_words(concept))]
    if len(found) > 1:
        records.ignored.append(Ignored(resource.label, "plusieurs domaines\u00a0: seul le premier est gardé"))
    if found and len(found[0]) > 120:
        records.ignored.append(Ignored(resource.label, "un domaine de plus de 120 caractères"))
        return ""
    return found[0] if found else ""


def _in_words(concept: Element) -> str:
    """Its text, or the name of its code; a need of the national list is kept as its code."""
    coding = concept.one("coding")
    is_need = coding is not None and coding.value.get("system") == SERAFIN
    return concept.text("text") or (coding.text("display") if coding and not is_need else "")


def _plan_references(element: Element) -> list[str]:
    return [
        reference
        for extension in element.extensions(PLAN_REFERENCE)
        if (reference := extension.reference("valueReference"))
    ]


def words_of(element: Element, name: str) -> str:
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
    words = words_of(element, "code")
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
            serafin=code_of_list(element.code("category", SERAFIN, 10), NEEDS_LIST, resource, records),
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


def code_of_list(code: str, list_name: str, resource: Resource, records: Records) -> str:
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
    element.fitting("note", title, 200)
    statement = words_of(element, "description") or title
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
            "statusReason": "la raison de cet état",
            "statusDate": "le jour de cet état",
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
