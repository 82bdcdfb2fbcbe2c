"""The few invariants that concern what we exchange, by their published key."""

from collections.abc import Callable, Iterator

from avec.interop.conformance.problems import Json

TDDUI = "https://interop.esante.gouv.fr/ig/fhir/tddui/StructureDefinition/"
FR_CORE = "https://hl7.fr/ig/fhir/core/StructureDefinition/"
INS_TYPES = {"INS-NIR", "INS-NIA", "INS-NIR-TEST", "INS-NIR-DEMO"}


def invariant_faults(resource: dict[str, Json]) -> Iterator[str]:
    claimed = (resource.get("meta") or {}).get("profile") or []
    for target, key, message, holds in INVARIANTS:
        if (target == resource["resourceType"] or target in claimed) and not holds(resource):
            yield f"{message} ({key})"
    yield from _periods(resource)


def _periods(value: Json) -> Iterator[str]:
    """per-1, at any depth: a period does not end before it starts."""
    if isinstance(value, list):
        for one in value:
            yield from _periods(one)
    elif isinstance(value, dict):
        start, end = value.get("start"), value.get("end")
        if isinstance(start, str) and isinstance(end, str) and end[: len(start)] < start[: len(end)]:
            yield f"une période finit avant de commencer : {start} → {end} (per-1)"
        for one in value.values():
            yield from _periods(one)


def _consent_has_policy(resource: dict[str, Json]) -> bool:
    return bool(resource.get("policy") or resource.get("policyRule"))


def _detail_needs_code(resource: dict[str, Json]) -> bool:
    return not resource.get("orderDetail") or bool(resource.get("code"))


def _organization_is_named(resource: dict[str, Json]) -> bool:
    return bool(resource.get("identifier") or resource.get("name"))


def _attachments_have_type(resource: dict[str, Json]) -> bool:
    attachments = [content.get("attachment") or {} for content in resource.get("content", [])]
    return all("data" not in one or "contentType" in one for one in attachments)


def _target_detail_has_measure(resource: dict[str, Json]) -> bool:
    return all(
        "measure" in target or not any(key.startswith("detail") for key in target)
        for target in resource.get("target", [])
    )


def _participant(resource: dict[str, Json], name: str) -> bool:
    return any(
        inner.get("url") == name
        for extension in resource.get("extension", [])
        if extension.get("url") == TDDUI + "tddui-qr-participant"
        for inner in extension.get("extension", [])
    )


def _source(resource: dict[str, Json]) -> str:
    return str((resource.get("source") or {}).get("reference", ""))


def _self_rating_names_holder(resource: dict[str, Json]) -> bool:
    return "Patient/" not in _source(resource) or _participant(resource, "TDDUIHolder")


def _rating_names_professional(resource: dict[str, Json]) -> bool:
    source = _source(resource)
    named = "Practitioner/" in source or resource.get("author") or _participant(resource, "TDDUIResponsible")
    return "Patient/" in source or bool(named)


def _valid_identity_has_ins(resource: dict[str, Json]) -> bool:
    statuses = [
        (inner.get("valueCoding") or {}).get("code")
        for extension in resource.get("extension", [])
        if extension.get("url") == FR_CORE + "fr-core-identity-reliability"
        for inner in extension.get("extension", [])
        if inner.get("url") == "identityStatus"
    ]
    types = {
        coding.get("code")
        for identifier in resource.get("identifier", [])
        for coding in (identifier.get("type") or {}).get("coding", [])
    }
    return "VALI" not in statuses or bool(types & INS_TYPES)


Rule = tuple[str, str, str, Callable[[dict[str, Json]], bool]]
INVARIANTS: list[Rule] = [
    ("Consent", "ppc-1", "un accord demande policy ou policyRule", _consent_has_policy),
    ("ServiceRequest", "prr-1", "orderDetail demande un code", _detail_needs_code),
    ("Organization", "org-1", "une structure demande un identifiant ou un nom", _organization_is_named),
    ("DocumentReference", "att-1", "un contenu demande son type", _attachments_have_type),
    ("Goal", "gol-1", "un résultat attendu demande sa mesure", _target_detail_has_measure),
    (
        TDDUI + "tddui-questionnaire-response",
        "auto-eval-porteur",
        "une auto-évaluation demande la structure porteuse",
        _self_rating_names_holder,
    ),
    (
        TDDUI + "tddui-questionnaire-response",
        "professionnel-requis",
        "une évaluation demande un professionnel",
        _rating_names_professional,
    ),
    (
        FR_CORE + "fr-core-patient-ins",
        "fr-core-1",
        "une identité validée demande un INS",
        _valid_identity_has_ins,
    ),
    (
        TDDUI + "tddui-patient-ins",
        "fr-core-1",
        "une identité validée demande un INS",
        _valid_identity_has_ins,
    ),
]
