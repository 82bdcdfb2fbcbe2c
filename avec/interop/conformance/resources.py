"""One resource: its shape against FHIR R4, then against each profile it claims."""

from collections.abc import Callable, Iterator

from avec.interop.conformance.definitions import CORE, Definition, Definitions, load_definitions
from avec.interop.conformance.invariants import invariant_faults
from avec.interop.conformance.problems import Json, Problem, profiles_of
from avec.interop.conformance.profiles import ProfileCheck
from avec.interop.conformance.shape import check_shape

# How a reference is followed: its text → the resource, or None when it is not in the bundle.
Resolve = Callable[[str], Json]


def resolve_nothing(reference: str) -> Json:
    return None


def check_resource(
    resource: Json,
    definitions: Definitions | None = None,
    *,
    resolve: Resolve = resolve_nothing,
    path: str = "",
) -> list[Problem]:
    """Every problem of one resource; an empty list means that it conforms."""
    definitions = definitions or load_definitions()
    if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
        return [Problem(path or "?", "n’est pas une ressource FHIR")]
    type_name = resource["resourceType"]
    path = path or type_name
    core = definitions.core(type_name)
    if core is None or core.kind != "resource":
        return [Problem(path, f"type de ressource inconnu : {type_name[:60]}")]
    problems = set(check_shape(resource, core, path, definitions))
    if not problems:  # profiles are only read on a sound shape
        for profile in _claimed(resource, core, definitions):
            problems.update(ProfileCheck(definitions, resolve).resource(resource, profile, path))
        problems.update(Problem(path, message) for message in invariant_faults(resource))
    return sorted(problems)


def _claimed(resource: Json, core: Definition, definitions: Definitions) -> Iterator[Definition]:
    yield core
    for url in profiles_of(resource):
        definition = definitions.get(url)
        if definition is not None and definition.type == core.type and not url.startswith(CORE):
            yield definition
