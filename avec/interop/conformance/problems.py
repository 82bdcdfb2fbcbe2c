"""What the checker says: where, and what is wrong there."""

from dataclasses import dataclass
from typing import Any

# Any JSON value: the checker walks what it is given and trusts no shape.
Json = Any


def profiles_of(resource: Json) -> list[str]:
    """The profiles a resource claims in meta.profile, whatever its shape."""
    meta = resource.get("meta") if isinstance(resource, dict) else None
    claimed = meta.get("profile") if isinstance(meta, dict) else None
    return [url for url in claimed if isinstance(url, str)] if isinstance(claimed, list) else []


@dataclass(frozen=True, order=True)
class Problem:
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path} : {self.message}"
