"""What this room believes: a text has one canonical writing, so it has one fingerprint.

Two programs that hold the same contract must find the same fingerprint, whatever the
order of the keys or the way an accent was typed. Numbers with a decimal point are
refused: two machines may write them differently.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping


class NotCanonical(ValueError):
    """The value has no canonical writing; says where."""


def fingerprint(canonical: Mapping[str, object]) -> str:
    """The SHA-256 of the canonical writing, in 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(canonical)).hexdigest()


def canonical_json(value: object) -> bytes:
    """JSON with sorted keys, no spaces, NFC text, in UTF-8."""
    text = json.dumps(
        normal(value, "$"), sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return text.encode()


def normal(value: object, where: str) -> object:
    """The same value in NFC, or NotCanonical where something has no single writing."""
    if value is None or isinstance(value, bool):
        return value
    if type(value) is int:
        return value
    if isinstance(value, str):
        return normal_text(value, where)
    if isinstance(value, Mapping):
        return normal_mapping(value, where)
    if isinstance(value, list | tuple):
        return [normal(item, f"{where}[{index}]") for index, item in enumerate(value)]
    raise NotCanonical(f"{where}: {type(value).__name__} has no canonical writing")


def normal_mapping(value: Mapping[object, object], where: str) -> dict[str, object]:
    pairs: dict[str, object] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"{where}: the key {key!r} is not text")
        name = normal_text(key, where)
        if name in pairs:
            raise NotCanonical(f"{where}: two keys are written {name!r}")
        pairs[name] = normal(item, f"{where}.{name}")
    return pairs


def normal_text(text: str, where: str) -> str:
    # str(): a TextChoices or a lazy translation is a str by another name.
    plain = unicodedata.normalize("NFC", str(text))
    try:
        plain.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(f"{where}: half a character cannot be written") from error
    return plain
