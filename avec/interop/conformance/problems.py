"""What the checker says: where, and what is wrong there."""

from dataclasses import dataclass
from typing import Any

# Any JSON value: the checker walks what it is given and trusts no shape.
Json = Any


@dataclass(frozen=True, order=True)
class Problem:
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path} : {self.message}"
