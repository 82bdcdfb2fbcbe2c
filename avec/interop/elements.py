"""Reading one JSON object whose shape nobody promised: every access says what it expects."""

from datetime import date, datetime
from typing import Any

from avec.interop.rules import FileRefused

MAX_TEXT = 100_000
YEARS = range(1850, 2201)


class Element:
    """A JSON object and where it stands. A value of another type refuses the file, with its place."""

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            raise FileRefused(f"{path}\u00a0: un objet est attendu.")
        self.value: dict[str, Any] = value
        self.path = path

    def has(self, name: str) -> bool:
        return self.value.get(name) is not None

    def refuse(self, name: str, expected: str) -> FileRefused:
        return FileRefused(f"{self.path}.{name}\u00a0: {expected}.")

    def text(self, name: str, limit: int = MAX_TEXT) -> str:
        """The text, without spaces around; empty when absent. Never cut: too long refuses the file."""
        value = self.value.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.refuse(name, "un texte est attendu")
        if len(value.strip()) > limit:
            raise self.refuse(name, f"ce texte dépasse {limit} caractères")
        return value.strip()

    def fitting(self, name: str, text: str, limit: int) -> str:
        """A text put together from several: never cut either."""
        if len(text) > limit:
            raise self.refuse(name, f"ce texte dépasse {limit} caractères")
        return text

    def texts(self, name: str, limit: int = MAX_TEXT) -> list[str]:
        values = self._list(name)
        if not all(value is None or isinstance(value, str) for value in values):
            raise self.refuse(name, "des textes sont attendus")
        if any(len(value) > limit for value in values if value):
            raise self.refuse(name, f"un texte dépasse {limit} caractères")
        return [value.strip() for value in values if value and value.strip()]

    def one(self, name: str) -> "Element | None":
        """The object, or the first one when a list stands there."""
        found = self.many(name)
        return found[0] if found else None

    def many(self, name: str) -> "list[Element]":
        values = self._list(name)
        path = f"{self.path}.{name}"
        return [Element(value, f"{path}[{index}]") for index, value in enumerate(values)]

    def _list(self, name: str) -> list[Any]:
        value = self.value.get(name)
        if value is None:
            return []
        return value if isinstance(value, list) else [value]

    def number(self, name: str, smallest: int, largest: int) -> int | None:
        value = self.value.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not smallest <= value <= largest:
            raise self.refuse(name, f"un nombre entier de {smallest} à {largest} est attendu")
        return value

    def moment(self, name: str) -> datetime | date | None:
        """A whole date, or a date and time with its zone. A year or a month alone is no day: None."""
        text = self.text(name, 40)
        if len(text) in (4, 7) and text.replace("-", "").isdigit():
            return None
        if not text:
            return None
        try:
            value = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
        except ValueError:
            raise self.refuse(name, f"« {text} » n’est pas une date") from None
        if value.year not in YEARS:
            raise self.refuse(name, f"l’année {value.year} est invraisemblable")
        if isinstance(value, datetime) and value.tzinfo is None:
            raise self.refuse(name, "une heure demande son fuseau horaire")
        return value

    def day(self, name: str) -> date | None:
        value = self.moment(name)
        return value.date() if isinstance(value, datetime) else value

    def reference(self, name: str) -> str:
        """The reference written under `name`; empty when there is none, or only a display."""
        element = self.one(name)
        return element.text("reference", 1000) if element else ""

    def references(self, name: str) -> list[str]:
        return [text for element in self.many(name) if (text := element.text("reference", 1000))]

    def display(self, name: str, limit: int) -> str:
        element = self.one(name)
        return element.text("display", limit) if element else ""

    def extension(self, url: str) -> "Element | None":
        return next(iter(self.extensions(url)), None)

    def extensions(self, url: str) -> "list[Element]":
        return [element for element in self.many("extension") if element.value.get("url") == url]

    def coding(self, name: str, system: str | None = None) -> "Element | None":
        """The first coding of a concept, in this system when one is given."""
        for concept in self.many(name):
            for coding in concept.many("coding"):
                if system is None or coding.value.get("system") == system:
                    return coding
        return None

    def code(self, name: str, system: str | None = None, limit: int = 60) -> str:
        found = self.coding(name, system)
        return " ".join(found.text("code", limit).split()) if found else ""
