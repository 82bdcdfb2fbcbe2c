"""A TDDUI transaction bundle: each resource, and what holds them together."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from avec.interop.conformance.definitions import Definitions, load_definitions
from avec.interop.conformance.invariants import TDDUI
from avec.interop.conformance.problems import Json, Problem, profiles_of
from avec.interop.conformance.profiles import ProfileCheck
from avec.interop.conformance.resources import check_resource

# tddui.md § 1.1: 3 + FINESS + / + the person's local number - PREFIX - number in the DUI.
PERSON = r"3\d[0-9AB]\d{7}/[^/\s]+"
IDENTIFIERS = {
    "https://identifiant-medicosocial-localusager.esante.gouv.fr": PERSON,
    "https://identifiant-medicosocial-projetpersonnalise.esante.gouv.fr": rf"{PERSON}-PPER-\S+",
    "https://identifiant-medicosocial-attente.esante.gouv.fr": rf"{PERSON}-ATTE-\S+",
    "https://identifiant-medicosocial-besoin.esante.gouv.fr": rf"{PERSON}-BESO-\S+",
    "https://identifiant-medicosocial-objectif.esante.gouv.fr": rf"{PERSON}-OBJE-\S+",
    "https://identifiant-medicosocial-action.esante.gouv.fr": rf"{PERSON}-ACTI-\S+",
    "https://identifiant-medicosocial-moyenressource.esante.gouv.fr": rf"{PERSON}-MORE-\S+",
    "https://identifiant-medicosocial-prestation.esante.gouv.fr": rf"{PERSON}-PRES-\S+",
    "https://identifiant-medicosocial-evaluation.esante.gouv.fr": rf"{PERSON}-EVAL-\S+",
    "https://identifiant-medicosocial-bilan.esante.gouv.fr": rf"{PERSON}-BILA-\S+",
    "https://identifiant-medicosocial-evenement.esante.gouv.fr": rf"{PERSON}-EVN-\S+",
    "urn:oid:1.2.250.1.71.4.2.2": r"1\d[0-9AB]\d{7}",
}


@dataclass
class BundleReport:
    """Faults of the resources themselves, and faults of the envelope around them."""

    resources: list[Problem] = field(default_factory=list)
    envelope: list[Problem] = field(default_factory=list)

    @property
    def all(self) -> list[Problem]:
        return [*self.resources, *self.envelope]


def check_bundle(bundle: Json, definitions: Definitions | None = None) -> BundleReport:
    definitions = definitions or load_definitions()
    report = BundleReport()
    entries = bundle.get("entry") if isinstance(bundle, dict) else None
    if (
        not isinstance(bundle, dict)
        or bundle.get("resourceType") != "Bundle"
        or not isinstance(entries, list)
    ):
        report.envelope.append(Problem("Bundle", "n’est pas un paquet (Bundle) avec des entrées"))
        return report
    if not all(isinstance(entry, dict) and isinstance(entry.get("resource"), dict) for entry in entries):
        report.envelope.append(Problem("Bundle.entry", "chaque entrée doit porter une ressource"))
        return report
    index = BundleIndex(entries)
    for number, entry in enumerate(entries):
        resource, path = entry["resource"], _entry_path(number, entry["resource"])
        report.resources += check_resource(resource, definitions, resolve=index.resolve, path=path)
        report.envelope += _entry_problems(entry, path, definitions)
        report.envelope += _unresolved(resource, path, index)
        report.resources += _identifier_problems(resource, path)
    report.envelope += _bundle_problems(bundle, definitions, index)
    return report


class BundleIndex:
    """Finds a resource by full url, or by the relative reference it also answers to."""

    def __init__(self, entries: list[Json]) -> None:
        self.by_reference: dict[str, Json] = {}
        for entry in entries:
            resource = entry["resource"]
            if isinstance(entry.get("fullUrl"), str):
                self.by_reference[entry["fullUrl"]] = resource
            self.by_reference.setdefault(f"{resource.get('resourceType')}/{resource.get('id')}", resource)

    def resolve(self, reference: str) -> Json:
        return self.by_reference.get(reference)


def _entry_path(number: int, resource: Json) -> str:
    return f"entry[{number}] {resource.get('resourceType')}/{resource.get('id', '?')}"


def _entry_problems(entry: Json, path: str, definitions: Definitions) -> Iterator[Problem]:
    resource, request = entry["resource"], entry.get("request")
    if not isinstance(request, dict) or request.get("method") != "POST":
        yield Problem(f"{path}.request.method", "doit être POST")
    elif request.get("url") != resource.get("resourceType"):
        yield Problem(f"{path}.request.url", f"doit être {resource.get('resourceType')}")
    if not any(definitions.get(url) for url in profiles_of(resource)):
        yield Problem(f"{path}.meta.profile", "aucun profil connu n’est déclaré")
    if not isinstance(entry.get("fullUrl"), str):
        yield Problem(f"{path}.fullUrl", "manque")


def _references(value: Json, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _references(one, f"{path}[{index}]")
    elif isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield path, value["reference"]
        for key, one in value.items():
            yield from _references(one, f"{path}.{key}")


def _unresolved(resource: Json, path: str, index: BundleIndex) -> Iterator[Problem]:
    contained = (
        {f"#{one.get('id')}" for one in resource.get("contained", []) if isinstance(one, dict)}
        if isinstance(resource.get("contained"), list)
        else set()
    )
    for where, reference in _references(resource, path):
        if reference not in contained and index.resolve(reference) is None:
            yield Problem(where, f"ne mène à aucune ressource du paquet : {reference}")


def _identifiers(value: Json, path: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _identifiers(one, f"{path}[{index}]")
    elif isinstance(value, dict):
        system, text = value.get("system"), value.get("value")
        if isinstance(system, str) and isinstance(text, str):
            yield path, system, text
        for key, one in value.items():
            yield from _identifiers(one, f"{path}.{key}")


def _identifier_problems(resource: Json, path: str) -> Iterator[Problem]:
    for where, system, text in _identifiers(resource, path):
        form = IDENTIFIERS.get(system)
        if form and not re.fullmatch(form, text):
            yield Problem(where, f"identifiant hors du format national : {text[:80]}")


def _bundle_problems(bundle: Json, definitions: Definitions, index: BundleIndex) -> Iterator[Problem]:
    if bundle.get("type") != "transaction":
        yield Problem("Bundle.type", "doit être transaction")
    urls = Counter(e["fullUrl"] for e in bundle["entry"] if isinstance(e.get("fullUrl"), str))
    for url, count in urls.items():
        if count > 1:
            yield Problem("Bundle.entry", f"fullUrl en double : {url}")
    own = definitions.get(TDDUI + "tddui-bundle")
    if own is not None and own.url in profiles_of(bundle):
        yield from ProfileCheck(definitions, index.resolve).resource(bundle, own, "Bundle")
