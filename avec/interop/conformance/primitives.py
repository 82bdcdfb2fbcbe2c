"""The written form of the simple types, as FHIR R4 gives them."""

import base64
import binascii
import re
from datetime import date

from avec.interop.conformance.problems import Json

_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME = r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?"
_ZONE = r"(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00))"

PATTERNS = {
    "id": r"[A-Za-z0-9\-.]{1,64}",
    "code": r"[^\s]+( [^\s]+)*",
    "uri": r"\S+",
    "url": r"\S+",
    "canonical": r"\S+",
    "oid": r"urn:oid:[0-2](\.(0|[1-9]\d*))+",
    "uuid": r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "date": rf"\d{{4}}(-(0[1-9]|1[0-2]))?|{_DAY}",
    "dateTime": rf"\d{{4}}(-(0[1-9]|1[0-2]))?|{_DAY}(T{_TIME}{_ZONE})?",
    "instant": rf"{_DAY}T{_TIME}{_ZONE}",
    "time": _TIME,
    "string": r"[\s\S]*\S[\s\S]*",
    "markdown": r"[\s\S]*\S[\s\S]*",
    "xhtml": r"<div[\s\S]*</div>\s*",
}
_COMPILED = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}
_SMALLEST = {"integer": -(2**31), "unsignedInt": 0, "positiveInt": 1}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def primitive_fault(type_name: str, value: Json) -> str | None:
    """Say what is wrong with `value` as a `type_name`, or None."""
    if type_name == "boolean":
        return None if isinstance(value, bool) else "doit être vrai ou faux"
    if type_name in _SMALLEST:
        return _integer_fault(type_name, value)
    if type_name == "decimal":
        return (
            None if isinstance(value, int | float) and not isinstance(value, bool) else "doit être un nombre"
        )
    if not isinstance(value, str):
        return f"doit être un texte ({type_name})"
    if _CONTROL.search(value):
        return "contient un caractère de contrôle"
    if type_name == "base64Binary":
        return _base64_fault(value)
    pattern = _COMPILED.get(type_name, _COMPILED["string"])
    if not pattern.fullmatch(value) or not _real_day(type_name, value):
        return f"« {value[:60]} » n’a pas la forme d’un {type_name}"
    return None


def _integer_fault(type_name: str, value: Json) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return "doit être un nombre entier"
    return None if _SMALLEST[type_name] <= value < 2**31 else "sort des bornes de ce type"


def _base64_fault(value: str) -> str | None:
    try:
        base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return "n’est pas du base64"
    return None


def _real_day(type_name: str, value: str) -> bool:
    """2026-02-30 has the shape of a date and is none."""
    if type_name not in {"date", "dateTime", "instant"} or len(value) < 10:
        return True
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return True
