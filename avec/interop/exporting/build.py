"""The small shapes that every resource is made of, and what an export gathers on its way."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from avec.interop.rules import (
    CODES,
    DISCRIMINATOR,
    DISCRIMINATOR_CODES,
    PROFILE,
    resource_id,
)
from avec.interop.safe_json import without_control
from avec.people.models import Person

Json = dict[str, Any]

# Entries need an address, and a relative reference is only followed from an address of the web:
# this one says of itself that no server answers there.
BASE = "https://avec.invalid/fhir"
ORDER = (
    "Organization",
    "Patient",
    "Practitioner",
    "RelatedPerson",
    "Consent",
    "DocumentReference",
    "CarePlan",
    "QuestionnaireResponse",
    "attente",
    "ServiceRequest",
    "objectif",
    "Task",
)


EMPTY: tuple[Any, ...] = ("", None, [], {})


class Export:
    """The entries of one person's bundle, by their place in it, and what stays behind."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.zone = ZoneInfo(person.establishment.time_zone)
        self.sections: dict[str, list[Json]] = {name: [] for name in ORDER}
        self.done: set[str] = set()
        self.left_out: list[str] = []

    def leave(self, sentence: str) -> None:
        if sentence not in self.left_out:
            self.left_out.append(sentence)

    def add(self, kind: str, profile: str, number: str, content: Json, section: str = "") -> str:
        """Put a resource in the bundle, once; answer the reference to it. Empty fields are not written."""
        reference = f"{kind}/{resource_id(kind, number)}"
        if reference not in self.done:
            self.done.add(reference)
            resource = {
                "resourceType": kind,
                "id": resource_id(kind, number),
                "meta": {"profile": [PROFILE + profile]},
            } | {name: kept for name, value in content.items() if (kept := tidy(value)) not in EMPTY}
            self.sections[section or kind].append(
                {
                    "fullUrl": f"{BASE}/{reference}",
                    "resource": resource,
                    "request": {"method": "POST", "url": kind},
                }
            )
        return reference

    def bundle(self) -> Json:
        return {
            "resourceType": "Bundle",
            "meta": {"profile": [PROFILE + "tddui-bundle"]},
            "type": "transaction",
            "entry": [entry for name in ORDER for entry in self.sections[name]],
        }

    def moment(self, value: datetime | None) -> str:
        """Midnight there is a day without a time, as the guide's examples write it."""
        if value is None:
            return ""
        local = value.astimezone(self.zone)
        midnight = (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
        return local.date().isoformat() if midnight else local.isoformat()

    def period(self, start: str, end: str) -> Json:
        return {name: value for name, value in (("start", start), ("end", end)) if value}


def tidy(value: Any) -> Any:
    """Texts as an import would read them back: no spaces around, one kind of line end."""
    if isinstance(value, str):
        return without_control(value).strip()
    if isinstance(value, list):
        return [tidy(one) for one in value]
    return {name: tidy(one) for name, one in value.items()} if isinstance(value, dict) else value


def reference(target: str, display: str = "") -> Json:
    return {"reference": target} | ({"display": display} if display else {})


def concept(system: str, code: str, text: str = "") -> Json:
    return {"coding": [{"system": system, "code": code}]} | ({"text": text} if text else {})


def identifier(system: str, value: str) -> Json:
    return {"system": system, "value": value}


def extension(url: str, **value: Any) -> Json:
    return {"url": url, **value}


def note(mark: str, text: str) -> Json:
    return {
        "extension": [extension(DISCRIMINATOR, valueCodeableConcept=concept(DISCRIMINATOR_CODES, mark))],
        "text": text,
    }


def notes(pairs: Iterable[tuple[str, str]]) -> list[Json]:
    return [note(mark, text) for mark, text in pairs if tidy(text)]


def task_input(kind: str, code: str, **value: Any) -> Json:
    return {"type": concept(f"{CODES}tddui-task-input-{kind}", code), **value}


def prefix(civility: str) -> list[str]:
    """« Mme » and « M. » have a national code; other words have none."""
    code = {"mme": "MME", "madame": "MME", "m": "M", "monsieur": "M"}.get(civility.casefold().rstrip("."), "")
    return [code] if code else []
