"""The shape: unknown elements, lists, simple types, extensions — FHIR R4 alone, no profile."""

from collections.abc import Iterator

from avec.interop.conformance.definitions import Definition, Definitions, Node
from avec.interop.conformance.primitives import primitive_fault
from avec.interop.conformance.problems import Json, Problem

MAX_DEPTH = 64


def check_shape(resource: Json, core: Definition, path: str, definitions: Definitions) -> Iterator[Problem]:
    content = {key: value for key, value in resource.items() if key != "resourceType"}
    yield from _Shape(definitions).object(content, core.root, core, path, 0)


class _Shape:
    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions

    def object(self, value: Json, node: Node, owner: Definition, path: str, depth: int) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(path, "doit être un objet")
            return
        if not value:
            yield Problem(path, "est vide")
        if depth > MAX_DEPTH:
            yield Problem(path, "est imbriqué trop profondément")
            return
        for key, content in value.items():
            found = self._child(node, key.removeprefix("_"))
            if found is None:
                yield Problem(f"{path}.{key}", "élément inconnu")
                continue
            child, type_name = found
            yield from self._member(key, content, child, type_name, owner, f"{path}.{key}", depth)
        yield from self._missing(value, node, path)

    def _member(
        self, key: str, content: Json, child: Node, type_name: str, owner: Definition, path: str, depth: int
    ) -> Iterator[Problem]:
        repeats = child.max > 1
        if repeats != isinstance(content, list):
            yield Problem(path, "doit être une liste" if repeats else "ne doit pas être une liste")
            return
        if repeats and not content:
            yield Problem(path, "est une liste vide")
        for index, one in enumerate(content if repeats else [content]):
            where = f"{path}[{index}]" if repeats else path
            if key.startswith("_"):
                yield from self._primitive_extension(one, type_name, repeats, where, depth)
            else:
                yield from self._value(one, child, type_name, owner, where, depth)

    def _child(self, node: Node, key: str) -> tuple[Node, str] | None:
        """The element named `key`, and the type it has there ("" for a backbone)."""
        exact = node.children.get(key)
        if exact is not None:
            return exact, exact.types[0]["code"] if exact.types else ""
        for name, child in node.children.items():
            if name.endswith("[x]") and key.startswith(name[:-3]):
                suffix = key[len(name) - 3 :]
                for kind in child.types:
                    code = kind["code"]
                    if code[:1].upper() + code[1:] == suffix:
                        return child, code
        return None

    def _value(
        self, value: Json, child: Node, type_name: str, owner: Definition, path: str, depth: int
    ) -> Iterator[Problem]:
        if "contentReference" in child.element:
            target = owner.nodes[child.element["contentReference"].removeprefix("#")]
            yield from self.object(value, target, owner, path, depth + 1)
        elif child.children:
            yield from self.object(value, child, owner, path, depth + 1)
        elif type_name == "Resource":
            yield from self._resource(value, path, depth)
        elif self.definitions.is_primitive(type_name):
            fault = primitive_fault("string" if type_name.startswith("http") else type_name, value)
            if fault and not (value is None and path.endswith("]")):
                yield Problem(path, fault)
        else:
            definition = self.definitions.core(type_name)
            if definition is not None:
                yield from self.object(value, definition.root, definition, path, depth + 1)

    def _resource(self, value: Json, path: str, depth: int) -> Iterator[Problem]:
        type_name = value.get("resourceType") if isinstance(value, dict) else None
        core = self.definitions.core(type_name) if isinstance(type_name, str) else None
        if core is None or core.kind != "resource":
            yield Problem(path, "n’est pas une ressource connue")
            return
        content = {key: inner for key, inner in value.items() if key != "resourceType"}
        yield from self.object(content, core.root, core, path, depth + 1)

    def _primitive_extension(
        self, value: Json, type_name: str, in_list: bool, path: str, depth: int
    ) -> Iterator[Problem]:
        """`_status`, `_birthDate`: only an id and extensions may stand there."""
        if value is None and in_list:
            return
        element = self.definitions.core("Element")
        if not self.definitions.is_primitive(type_name) or element is None:
            yield Problem(path, "élément inconnu")
            return
        yield from self.object(value, element.root, element, path, depth + 1)

    def _missing(self, value: dict[str, Json], node: Node, path: str) -> Iterator[Problem]:
        """Core cardinality; profiles only narrow it. A choice is `name[x]`."""
        for name, child in node.children.items():
            stem = name.removesuffix("[x]")
            if child.min and not any(self._is(key, name, stem) for key in value):
                yield Problem(f"{path}.{stem}", "manque")

    def _is(self, key: str, name: str, stem: str) -> bool:
        bare = key.removeprefix("_")
        return bare.startswith(stem) if name.endswith("[x]") else bare == stem
