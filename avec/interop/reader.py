"""From a file to its resources: what it holds, how they name each other, and nothing believed."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from avec.interop.elements import Element
from avec.interop.records import Ignored
from avec.interop.rules import FileRefused
from avec.interop.safe_json import clean, read_bytes, read_json

MAX_ENTRIES = 20_000
# A transaction is what the standard sends; the others hold resources just as well.
READABLE = {"transaction", "batch", "collection", "document", "searchset"}


@dataclass
class Resource:
    type: str
    key: str
    element: Element
    profiles: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"{self.type} {self.element.value.get('id') or self.key}"

    def follows(self, *names: str) -> bool:
        """Does the resource claim one of these profiles (by the end of its address)?"""
        return any(profile.split("|")[0].rsplit("/", 1)[-1] in names for profile in self.profiles)


@dataclass
class Bundle:
    resources: list[Resource] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    index: dict[str, Resource] = field(default_factory=dict)

    def find(self, reference: str) -> Resource | None:
        """The resource that a reference names: full url, urn:uuid, or Type/id at the end of either."""
        text = reference.split("/_history/")[0]
        if found := self.index.get(text):
            return found
        return self.index.get("/".join(text.split("/")[-2:]))

    def of_type(self, *types: str) -> list[Resource]:
        return [resource for resource in self.resources if resource.type in types]


def read_bundle(source: Path | bytes) -> Bundle:
    """The resources of a file, or FileRefused with one sentence."""
    content = read_json(source if isinstance(source, bytes) else read_bytes(source))
    if not isinstance(content, dict):
        raise FileRefused("Ce fichier ne contient pas un objet FHIR.")
    kind = content.get("resourceType")
    if kind != "Bundle":
        what = f"une ressource « {str(kind)[:40]} »" if isinstance(kind, str) else "autre chose"
        raise FileRefused(f"Ce fichier contient {what}\u00a0: un paquet FHIR (Bundle) est attendu.")
    if str(content.get("type")) not in READABLE:
        raise FileRefused("Ce paquet FHIR n’est pas un envoi de dossier (type « transaction » attendu).")
    entries = content.get("entry")
    if not isinstance(entries, list) or not entries:
        raise FileRefused("Ce paquet FHIR est vide\u00a0: il n’a pas d’entrée.")
    if len(entries) > MAX_ENTRIES:
        raise FileRefused(f"Ce paquet a {len(entries)} entrées\u00a0: Avec en lit {MAX_ENTRIES} au plus.")
    return _read_entries(entries)


def _read_entries(entries: list[Any]) -> Bundle:
    bundle = Bundle()
    for number, entry in enumerate(entries):
        resource = _read_entry(entry, number, bundle)
        if resource is None:
            continue
        if resource.key in bundle.index:
            raise FileRefused(f"Deux entrées du paquet portent la même adresse\u00a0: {resource.key[:200]}.")
        bundle.index[resource.key] = resource
        bundle.resources.append(resource)
    for resource in bundle.resources:
        short = f"{resource.type}/{resource.element.value.get('id')}"
        bundle.index.setdefault(short, resource)
    return bundle


def _read_entry(entry: Any, number: int, bundle: Bundle) -> Resource | None:
    path = f"entrée {number + 1}"
    holder = Element(entry, path)
    if not holder.has("resource"):
        bundle.ignored.append(Ignored(path, "elle ne porte pas de ressource"))
        return None
    raw = Element(entry["resource"], f"{path}, resource")
    kind = raw.text("resourceType", 60)
    if not kind.isalpha():
        raise FileRefused(f"{path}\u00a0: le type de la ressource manque.")
    identity = raw.text("id", 200)
    key = holder.text("fullUrl", 1000) or (f"{kind}/{identity}" if identity else f"#{number}")
    element = _cleaned(raw, kind, identity or str(number + 1), bundle)
    meta = element.one("meta")
    profiles = tuple(meta.texts("profile", 500)) if meta else ()
    return Resource(kind, key, element, profiles)


def _cleaned(raw: Element, kind: str, identity: str, bundle: Bundle) -> Element:
    """The resource with clean texts; the generated summary (narrative) is left aside."""
    label = f"{kind} {identity}"
    content = {
        name: value for name, value in raw.value.items() if name != "text" or not isinstance(value, dict)
    }
    cleaned = clean(content)
    for place in cleaned.tags:
        bundle.ignored.append(
            Ignored(f"{label}, {place}", "des balises ont été retirées, le texte est gardé")
        )
    for place in cleaned.characters:
        bundle.ignored.append(
            Ignored(f"{label}, {place}", "des caractères invisibles ont été retirés, le texte est gardé")
        )
    return Element(cleaned.content, label)
