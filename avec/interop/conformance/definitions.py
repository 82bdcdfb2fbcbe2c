"""The published definitions, read once and turned into trees of elements."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from avec.interop.conformance.problems import Json

FOLDER = Path(__file__).resolve().parent.parent / "definitions"
SOURCES = ("r4", "fr-core", "mhd", "annuaire", "cds", "xver", "tddui")
CORE = "http://hl7.org/fhir/StructureDefinition/"


@dataclass
class Node:
    """One element of a snapshot, with what stands below it."""

    id: str
    element: dict[str, Json]
    children: dict[str, "Node"] = field(default_factory=dict)
    slices: list["Node"] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.id.rsplit(".", 1)[-1].split(":")[0]

    @property
    def slice_name(self) -> str:
        return self.id.rsplit(".", 1)[-1].partition(":")[2]

    @property
    def min(self) -> int:
        return int(self.element.get("min", 0))

    @property
    def max(self) -> float:
        most = self.element.get("max", "*")
        return float("inf") if most == "*" else int(most)

    @property
    def types(self) -> list[dict[str, Json]]:
        return list(self.element.get("type", []))

    @property
    def binding(self) -> str | None:
        return self.element.get("binding")

    @cached_property
    def expected(self) -> tuple[str, Json] | None:
        """The value this element must have: ("fixed" | "pattern", value), or None."""
        for key, value in self.element.items():
            for kind in ("fixed", "pattern"):
                if key.startswith(kind):
                    return kind, value
        return None


@dataclass
class Definition:
    url: str
    type: str
    kind: str
    base: str
    elements: list[dict[str, Json]]

    @cached_property
    def nodes(self) -> dict[str, Node]:
        return dict(_read_nodes(self.elements))

    @property
    def root(self) -> Node:
        return self.nodes[self.elements[0]["id"]]


def _read_nodes(elements: list[dict[str, Json]]) -> Iterator[tuple[str, Node]]:
    """Snapshots list parents before children: one pass links them."""
    known: dict[str, Node] = {}
    for element in elements:
        node = Node(element["id"], element)
        parent_id, _, last = node.id.rpartition(".")
        name, _, slice_name = last.partition(":")
        if slice_name:
            known[f"{parent_id}.{name}"].slices.append(node)
        elif parent_id:
            known[parent_id].children[name] = node
        known[node.id] = node
        yield node.id, node


@dataclass
class Definitions:
    by_url: dict[str, Definition]
    codes: dict[str, list[list[str]]]

    def get(self, url: str) -> Definition | None:
        return self.by_url.get(url.split("|")[0])

    def core(self, type_name: str) -> Definition | None:
        return self.by_url.get(CORE + type_name)

    def is_primitive(self, type_name: str) -> bool:
        definition = self.core(type_name)
        return type_name.startswith("http") or (
            definition is not None and definition.kind == "primitive-type"
        )

    def derives_from(self, url: str, ancestor: str) -> bool:
        """True when `url` is `ancestor` or a profile of it, at any depth."""
        current: str | None = url.split("|")[0]
        while current:
            if current == ancestor:
                return True
            definition = self.by_url.get(current)
            current = definition.base if definition else None
        return False

    @cached_property
    def code_sets(self) -> dict[str, frozenset[tuple[str, str]]]:
        return {url: frozenset((s, c) for s, c in pairs) for url, pairs in self.codes.items()}


@cache
def load_definitions() -> Definitions:
    """Read every definition file; about 0.8 MB, once per process."""
    by_url: dict[str, Definition] = {}
    for source in SOURCES:
        content = json.loads((FOLDER / f"{source}.json").read_text(encoding="utf-8"))
        for url, data in content.items():
            by_url[url] = Definition(url, data["type"], data["kind"], data["base"], data["elements"])
    codes = json.loads((FOLDER / "codes.json").read_text(encoding="utf-8"))
    return Definitions(by_url, codes)
