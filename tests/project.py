"""What the guard tests look at: the rooms in order, the committed files, our models and our views."""

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent

# The map, lowest first: a room imports only from the rooms before it. Rooms in one set ignore each other.
MAP: list[set[str]] = [
    {"ui"},
    {"audit", "documents"},
    {"accounts"},
    {"people"},
    {"careplan"},
    {"negotiation"},
    {"contracts"},
    {"clocks"},
    {"barometer"},
    {"interop"},
    {"home"},
    {"demo"},
]
ROOMS = [room for floor in MAP for room in sorted(floor)]
FLOOR = {room: number for number, floor in enumerate(MAP) for room in floor}


@cache
def committed_files() -> list[Path]:
    """What git keeps; every file of the tree where there is no git (an unpacked archive)."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        )
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for folder in ("avec", "tests", "docs") for path in (ROOT / folder).rglob("*")]
    return [path for path in paths if path.is_file()]


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("avec.")]


def room_of(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


def walk_patterns(
    resolver: URLResolver | None = None, names: tuple[str, ...] = (), route: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Every address: its name with its namespace, its route, its pattern."""
    resolver = resolver or get_resolver()
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = names + ((entry.namespace,) if entry.namespace else ())
            yield from walk_patterns(entry, inner, here)
        else:
            yield ":".join((*names, entry.name or "")), here, entry
