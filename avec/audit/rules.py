"""The access journal: what makes a line, a seal, and their proof.

A line says who did what, on what, about whom, when and why: identifiers only,
never a name nor a content. Each line carries a code (HMAC-SHA256) made with a
key that the database does not hold, so that an edited or invented line shows.
Seals chain the lines of an establishment in order, so that a removed or moved
line shows too. Cutting the tail that no seal covers yet is caught by the count
kept in the next seal, or by a seal kept outside (docs/operations.md).
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GENESIS = "0" * 64


def canonical(fields: Mapping[str, object]) -> bytes:
    """The bytes that are signed: sorted keys, no spaces, UTF-8."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def line_code(key: str, fields: Mapping[str, object]) -> str:
    """HMAC-SHA256 of one line, in hexadecimal (64 characters)."""
    return hmac.new(key.encode(), b"line:" + canonical(fields), hashlib.sha256).hexdigest()


def seal_code(key: str, previous: str, codes: Iterable[str]) -> str:
    """HMAC-SHA256 of the previous seal and of the codes of the lines it covers, in order."""
    digest = hmac.new(key.encode(), b"seal:" + previous.encode(), hashlib.sha256)
    for code in codes:
        digest.update(code.encode())
    return digest.hexdigest()


@dataclass(frozen=True)
class Finding:
    """Something the journal cannot account for: where, and what, in French."""

    where: str
    what: str
