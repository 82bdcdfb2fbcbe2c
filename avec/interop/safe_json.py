"""Bytes from anywhere, read as JSON without being hurt by them.

Size, encoding, depth and numbers are checked before or while parsing; texts are
cleaned of what no text holds: control characters, lone surrogates, HTML tags.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from avec.interop.rules import FileRefused

MEGABYTE = 1024 * 1024
MAX_SIZE = 25 * MEGABYTE
MAX_DEPTH = 64
MAX_DIGITS = 18

# Strings are skipped whole, so that a bracket in a text counts for nothing. Both patterns
# take time in proportion to the file, whatever it holds: an unclosed string runs to the end.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*+(?:\s[^<>]*+)?/?>|<![^<>]*+>")
_TAG_PASSES = 10
# Control characters, lone surrogates, and marks that reverse the reading direction of what follows.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


@dataclass
class Cleaned:
    """The content, and where tags or unwanted characters were taken out."""

    content: Any
    tags: list[str] = field(default_factory=list)
    characters: list[str] = field(default_factory=list)


def read_bytes(source: Path) -> bytes:
    """The bytes of a file that is not too large."""
    try:
        size = source.stat().st_size
        if not source.is_file():
            raise FileRefused(f"« {source} » n’est pas un fichier.")
        check_size(size)
        return source.read_bytes()
    except FileNotFoundError:
        raise FileRefused(f"Le fichier « {source} » n’existe pas.") from None
    except OSError as error:
        raise FileRefused(f"Le fichier « {source} » ne peut pas être lu ({error.strerror}).") from None


def check_size(size: int) -> None:
    if size > MAX_SIZE:
        raise FileRefused(
            f"Ce fichier pèse {-(-size // MEGABYTE)} Mo\u00a0: Avec lit des fichiers de "
            f"{MAX_SIZE // MEGABYTE} Mo au plus."
        )


def read_json(data: bytes) -> Any:
    check_size(len(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("Ce fichier n’est pas un texte en UTF-8.") from None
    if not text.strip():
        raise FileRefused("Ce fichier est vide.")
    check_depth(data)
    try:
        return json.loads(
            text,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise FileRefused(
            f"Ce fichier n’est pas du JSON complet et valide (ligne {error.lineno}, colonne {error.colno})."
        ) from None
    except RecursionError:
        raise too_deep() from None


def check_depth(data: bytes) -> None:
    """Count open brackets before parsing: a file of 100 000 « [ » must not exhaust the stack."""
    depth = 0
    for found in _TOKEN.finditer(data):
        token = found.group()
        if token in (b"{", b"["):
            depth += 1
            if depth > MAX_DEPTH:
                raise too_deep()
        elif token in (b"}", b"]"):
            depth -= 1


def too_deep() -> FileRefused:
    return FileRefused(f"Ce fichier imbrique plus de {MAX_DEPTH} niveaux\u00a0: ce n’est pas un dossier.")


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise FileRefused("Ce fichier contient un nombre démesuré.")
    return int(digits)


def _decimal(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")) or len(digits) > 40:
        raise FileRefused("Ce fichier contient un nombre démesuré.")
    return value


def _constant(name: str) -> NoReturn:
    raise FileRefused(f"Ce fichier contient « {name} », qui n’est pas un nombre.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise FileRefused(
            "Ce fichier donne deux fois le même champ à un même objet\u00a0: lequel est le bon\u00a0?"
        )
    return content


def clean(content: Any) -> Cleaned:
    """The same content with clean texts. The depth was checked: recursion is safe."""
    result = Cleaned(None)
    result.content = _clean(content, "", result)
    return result


def _clean(value: Any, path: str, result: Cleaned) -> Any:
    if isinstance(value, str):
        return _clean_text(value, path, result)
    if isinstance(value, list):
        return [_clean(item, f"{path}[{index}]", result) for index, item in enumerate(value)]
    if isinstance(value, dict):
        # base64 holds neither tags nor control characters: it is checked when it is decoded.
        return {
            _clean_text(key, path, result): item
            if key == "data"
            else _clean(item, f"{path}.{key}" if path else key, result)
            for key, item in value.items()
        }
    return value


def one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def without_control(text: str) -> str:
    return _UNWANTED.sub("", one_line_end(text))


def _clean_text(text: str, path: str, result: Cleaned) -> str:
    plain = without_control(text)
    if plain != one_line_end(text):
        result.characters.append(path)
    if "<" not in plain:
        return plain
    untagged = plain
    for _ in range(_TAG_PASSES):  # « <<b>script> » leaves a tag behind
        previous, untagged = untagged, _TAG.sub("", untagged)
        if untagged == previous:
            break
    if untagged != plain:
        result.tags.append(path)
    return untagged
