"""A profile: cardinalities, fixed values and patterns, slices, bindings, references, extensions.

The shape was checked before: a value met here has the type FHIR gives it.
"""

from collections.abc import Callable, Iterator

from avec.interop.conformance.definitions import CORE, Definition, Definitions, Node
from avec.interop.conformance.problems import Json, Problem, profiles_of

NATIONAL = "https://interop.esante.gouv.fr/ig/fhir/tddui/"


def as_list(value: Json) -> list[Json]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def matches(value: Json, kind: str, expected: Json) -> bool:
    """fixed: equal; pattern: everything asked for is there, more may be."""
    if kind == "fixed" or not isinstance(expected, dict | list):
        return bool(value == expected)
    if isinstance(expected, list):
        return isinstance(value, list) and all(
            any(matches(item, kind, wanted) for item in value) for wanted in expected
        )
    return isinstance(value, dict) and all(
        key in value and matches(value[key], kind, wanted) for key, wanted in expected.items()
    )


def typed_values(holder: Json, name: str, node: Node) -> list[tuple[str, str, Json]]:
    """(json key, type, value) of an element; a choice `value[x]` may carry any of its types."""
    if not isinstance(holder, dict):
        return []
    if not name.endswith("[x]"):
        type_name = node.types[0]["code"] if node.types else ""
        return [(name, type_name, one) for one in _with_extensions(holder, name)]
    stem = name[:-3]
    return [
        (key, key[len(stem) :], one)
        for key in holder
        if key.startswith(stem) and key[len(stem) : len(stem) + 1].isupper()
        for one in as_list(holder[key])
    ]


class Primitive:
    """A simple value together with the extensions written beside it, under `_name`."""

    def __init__(self, value: Json, beside: Json) -> None:
        self.value = value
        self.extensions = as_list(beside.get("extension")) if isinstance(beside, dict) else []


def _with_extensions(holder: dict[str, Json], name: str) -> list[Json]:
    if f"_{name}" not in holder:
        return as_list(holder.get(name))
    values, beside = as_list(holder.get(name)), as_list(holder[f"_{name}"])
    length = max(len(values), len(beside))
    values += [None] * (length - len(values))
    beside += [None] * (length - len(beside))
    return [Primitive(value, extra) for value, extra in zip(values, beside, strict=True)]


class ProfileCheck:
    def __init__(self, definitions: Definitions, resolve: Callable[[str], Json]) -> None:
        self.definitions = definitions
        self.resolve = resolve

    def resource(self, value: Json, profile: Definition, path: str) -> Iterator[Problem]:
        yield from self._children(value, profile.root, profile, path)

    def _children(self, holder: Json, node: Node, owner: Definition, path: str) -> Iterator[Problem]:
        """Each element that the definition names below this one."""
        for name, child in node.children.items():
            if name == "value" and not isinstance(holder, dict):
                continue
            found = self._values(holder, name, child)
            stem = name.removesuffix("[x]")
            yield from self._count(len(found), child, f"{path}.{stem}")
            for index, (key, type_name, value) in enumerate(found):
                where = f"{path}.{key}[{index}]" if len(found) > 1 else f"{path}.{key}"
                if name.endswith("[x]"):
                    yield from self._type(type_name, child, where)
                yield from self._element(value, child, type_name, owner, where)
            yield from self._slices(found, child, owner, f"{path}.{stem}")

    def _values(self, holder: Json, name: str, child: Node) -> list[tuple[str, str, Json]]:
        if isinstance(holder, Primitive):
            if name == "extension":
                return [("extension", "Extension", one) for one in holder.extensions]
            return [] if name != "value" or holder.value is None else [("value", "", holder.value)]
        return typed_values(holder, name, child)

    def _count(self, count: int, node: Node, path: str) -> Iterator[Problem]:
        label = f" ({node.slice_name})" if node.slice_name else ""
        if count < node.min:
            yield Problem(path, f"manque{label} : au moins {node.min} attendu, {count} présent")
        if count > node.max:
            yield Problem(path, f"est en trop{label} : au plus {node.max:g} permis, {count} présents")

    def _type(self, type_name: str, node: Node, path: str) -> Iterator[Problem]:
        allowed = [kind["code"] for kind in node.types]
        if allowed and not any(code[:1].upper() + code[1:] == type_name for code in allowed):
            yield Problem(path, f"le type {type_name} n’est pas permis ici ({', '.join(allowed)})")

    def _element(
        self, value: Json, node: Node, type_name: str, owner: Definition, path: str
    ) -> Iterator[Problem]:
        bare = value.value if isinstance(value, Primitive) else value
        if node.expected and bare is not None and not matches(bare, *node.expected):
            yield Problem(path, f"doit valoir {_short(node.expected[1])}")
        if node.binding and bare is not None:
            yield from self._binding(bare, node.binding, path)
        yield from self._reference(bare, node, path)
        yield from self._below(value, node, type_name, owner, path)

    def _below(
        self, value: Json, node: Node, type_name: str, owner: Definition, path: str
    ) -> Iterator[Problem]:
        if "contentReference" in node.element:
            target = owner.nodes[node.element["contentReference"].removeprefix("#")]
            yield from self._children(value, target, owner, path)
            return
        if node.children:
            yield from self._children(value, node, owner, path)
        if node.name == "extension" and not node.slice_name:
            yield from self._extension(value, path)
            return
        for profile in self._type_profiles(node, type_name):
            yield from self._children(value, profile.root, profile, path)

    def _type_profiles(self, node: Node, type_name: str) -> Iterator[Definition]:
        """The profile an element's type must follow, or the plain data type."""
        for kind in node.types:
            code = kind["code"]
            if type_name and code[:1].upper() + code[1:] != type_name[:1].upper() + type_name[1:]:
                continue
            for url in kind.get("profile", []):
                profile = self.definitions.get(url)
                if profile is not None and profile.kind != "resource":  # resources are checked one by one
                    yield profile
            if code in {"Resource", "Extension"} or node.children or self.definitions.is_primitive(code):
                continue
            core = self.definitions.core(code)
            if core is not None and core.kind != "resource":
                yield core

    def _extension(self, value: Json, path: str) -> Iterator[Problem]:
        """An extension is read by its url; one we do not know is let through, unless it is national."""
        url = value.get("url") if isinstance(value, dict) else None
        if not isinstance(url, str):
            yield Problem(path, "extension sans url")
            return
        profile = self.definitions.get(url)
        if profile is not None and profile.type == "Extension":
            yield from self._children(value, profile.root, profile, path)
        elif url.startswith(NATIONAL):
            yield Problem(path, f"extension inconnue : {url}")

    def _binding(self, value: Json, value_set: str, path: str) -> Iterator[Problem]:
        codes = self.definitions.code_sets.get(value_set)
        if codes is None:  # a list we do not hold: nothing can be said
            return
        given = list(_codings(value))
        known = {code for _, code in codes} if isinstance(value, str) else codes
        if not any((code if isinstance(value, str) else (system, code)) in known for system, code in given):
            yield Problem(path, f"code hors de la liste {value_set.rsplit('/', 1)[-1]} : {_short(value)}")

    def _reference(self, value: Json, node: Node, path: str) -> Iterator[Problem]:
        targets = [url.split("|")[0] for kind in node.types for url in kind.get("targetProfile", [])]
        text = value.get("reference") if isinstance(value, dict) else None
        if not targets or not isinstance(text, str) or CORE + "Resource" in targets:
            return
        if any(kind["code"] == "canonical" for kind in node.types):
            return
        resource = self.resolve(text)
        if resource is None:
            yield from self._unresolved(text, targets, path)
        elif not any(self._is_one(resource, url) for url in targets):
            names = ", ".join(url.rsplit("/", 1)[-1] for url in targets)
            yield Problem(path, f"ne désigne pas une ressource permise ({names}) : {text}")

    def _unresolved(self, text: str, targets: list[str], path: str) -> Iterator[Problem]:
        """Outside the bundle only the type written in the reference can be judged."""
        parts = text.split("/")
        if len(parts) >= 2 and self.definitions.core(parts[-2]) and not text.startswith("urn:"):
            allowed = {self._type_of(url) for url in targets}
            if parts[-2] not in allowed:
                yield Problem(path, f"ne désigne pas un type permis ({', '.join(sorted(allowed))}) : {text}")

    def _type_of(self, url: str) -> str:
        definition = self.definitions.get(url)
        return definition.type if definition else url.rsplit("/", 1)[-1]

    def _is_one(self, resource: Json, target: str) -> bool:
        if resource.get("resourceType") != self._type_of(target):
            return False
        if target.startswith(CORE):
            return True
        return any(self.definitions.derives_from(url, target) for url in profiles_of(resource))

    def _slices(
        self, found: list[tuple[str, str, Json]], node: Node, owner: Definition, path: str
    ) -> Iterator[Problem]:
        if not node.slices:
            return
        slicing = node.element.get("slicing", {})
        counts = {piece.id: 0 for piece in node.slices}
        for index, (key, type_name, value) in enumerate(found):
            where = f"{path.rpartition('.')[0]}.{key}[{index}]"
            piece = next((p for p in node.slices if self._belongs(value, type_name, p, slicing)), None)
            if piece is not None:
                counts[piece.id] += 1
                yield from self._element(value, piece, type_name, owner, where)
            elif slicing.get("rules") == "closed":
                yield Problem(where, "n’entre dans aucune des formes permises")
        for piece in node.slices:
            yield from self._count(counts[piece.id], piece, path)

    def _belongs(self, value: Json, type_name: str, piece: Node, slicing: dict[str, Json]) -> bool:
        rules = slicing.get("discriminator") or [{"type": "value", "path": "url"}]
        return all(self._discriminates(value, type_name, piece, rule["type"], rule["path"]) for rule in rules)

    def _discriminates(self, value: Json, type_name: str, piece: Node, kind: str, path: str) -> bool:
        if kind == "type":
            return any(t["code"][:1].upper() + t["code"][1:] == type_name for t in piece.types)
        if kind == "profile":
            wanted = [url for t in self._node_at(piece, path).types for url in t.get("profile", [])]
            resource = value.get(path) if isinstance(value, dict) else None
            return any(url in wanted for url in profiles_of(resource))
        if kind == "exists":
            expected_node = self._node_at(piece, path)
            return bool(_select(value, path)) == (expected_node.min > 0)
        return self._has_expected_value(value, piece, path)

    def _has_expected_value(self, value: Json, piece: Node, path: str) -> bool:
        if path == "url":
            urls = [url for t in piece.types for url in t.get("profile", [])]
            own = piece.children.get("url")
            if own is not None and own.expected:
                urls.append(own.expected[1])
            url = value.get("url") if isinstance(value, dict) else None
            return url in urls
        target = self._node_at(piece, path)
        candidates = [value] if path == "$this" else _select(value, path)
        expected = target.expected
        if expected is not None:
            return any(matches(one, *expected) for one in candidates)
        if target.binding in self.definitions.code_sets:
            return any(not list(self._binding(one, target.binding or "", "")) for one in candidates)
        return False

    def _node_at(self, piece: Node, path: str) -> Node:
        """The element of a slice that a discriminator's path points at."""
        node = piece
        for name, url in _steps(path):
            if name == "$this":
                continue
            if url is not None:
                node = next(
                    (s for s in node.children["extension"].slices if url in _slice_urls(s)),
                    node.children["extension"],
                )
                continue
            children = node.children or next(
                (profile.root.children for profile in self._type_profiles(node, "")), {}
            )
            following = children.get(name) or children.get(f"{name}[x]")
            if following is None:
                return Node(piece.id, {})
            node = following
        return node


def _slice_urls(piece: Node) -> list[str]:
    urls = [url for kind in piece.types for url in kind.get("profile", [])]
    own = piece.children.get("url")
    return [*urls, own.expected[1]] if own is not None and own.expected else urls


def _steps(path: str) -> Iterator[tuple[str, str | None]]:
    """`extension('url').value` → ("extension", url), ("value", None)."""
    while path:
        if path.startswith("extension('"):
            url, _, path = path[len("extension('") :].partition("')")
            path = path.removeprefix(".")
            yield "extension", url
        else:
            name, _, path = path.partition(".")
            yield name, None


def _select(value: Json, path: str) -> list[Json]:
    """What stands at a discriminator's path in a value."""
    current = [value]
    for name, url in _steps(path):
        following: list[Json] = []
        for one in current:
            if not isinstance(one, dict):
                continue
            if url is not None:
                following += [x for x in as_list(one.get("extension")) if x.get("url") == url]
            elif name in one:
                following += as_list(one[name])
            else:
                keys = [k for k in one if k.startswith(name) and k[len(name) : len(name) + 1].isupper()]
                following += [x for k in keys for x in as_list(one[k])]
        current = following
    return current


def _codings(value: Json) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield "", value
    elif isinstance(value, dict) and "coding" in value:
        for coding in as_list(value["coding"]):
            yield coding.get("system", ""), coding.get("code", "")
    elif isinstance(value, dict):
        yield value.get("system", ""), value.get("code", "")


def _short(value: Json) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 120 else text[:117] + "…"
