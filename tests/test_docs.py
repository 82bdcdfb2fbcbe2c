"""The docs say what the code does: the map, the settings, the words."""

import re

import pytest

from tests.project import ROOMS, ROOT, committed_files, our_models

# Names the registries and machines a committed file must not know, written so that this file does not match.
FORBIDDEN = [
    re.compile(pattern)
    for pattern in (
        r"pypi\.or" + "g",
        r"files\.pythonhoste" + "d",
        r"registry\.npmj" + "s",
        r"proxy\.golan" + "g",
        r"--(extra-)?index-ur" + "l",
        r"--find-link" + "s",
        r"/hom" + r"e/[a-z]",
        r"(?<![\w}])/wor" + r"k/",  # from the root: negotiation has a folder of that name
        r"/tm" + r"p/bash",
        r"/User" + r"s/[a-z]",
    )
]
TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".in",
    ".lock",
    ".txt",
    ".svg",
    ".json",
    ".typ",
    ".yml",
    ".cfg",
    "",
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_told_in_the_docs(room):
    assert f"`avec/{room}`" in read("docs/architecture.md")
    assert f"`avec/{room}`" in read("README.md")


def test_every_setting_is_told_to_who_installs():
    text = read("docs/operations.md")
    code = "\n".join(
        path.read_text()
        for path in committed_files()
        if path.suffix == ".py" and path.is_relative_to(ROOT / "avec") and "tests" not in path.parts
    )
    asked = set(
        re.findall(
            r"""(?:environ\.get|environ|getenv|setdefault|flag)[(\[]\s*["']([A-Z][A-Z_0-9]+)["']""", code
        )
    )
    told = set(re.findall(r"`([A-Z][A-Z_0-9]+)`", text))
    assert not {name for name in asked - told if name != "DJANGO_SETTINGS_MODULE"}
    assert not {name for name in told - asked if name.startswith("AVEC_")}, "told, but no longer read"


def test_every_model_is_in_the_glossary():
    text = read("docs/glossary.md")
    missing = [model.__name__ for model in our_models() if f"`{model.__name__}`" not in text]
    assert not missing


def test_every_decision_is_in_the_list():
    index = read("docs/adr/README.md")
    written = sorted(path.name for path in (ROOT / "docs/adr").glob("0*.md"))
    assert written
    assert not [name for name in written if f"({name})" not in index]
    for name in written:
        text = read(f"docs/adr/{name}")
        for part in ("## Context", "## Decision", "## Consequences", "## Refused"):
            assert part in text, f"{name} lacks {part}"


def test_links_between_documents_lead_somewhere():
    broken = []
    for path in [
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        ROOT / "SECURITY.md",
        *(ROOT / "docs").rglob("*.md"),
    ]:
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text()):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path.name} → {target}")
    assert not broken


def test_no_committed_file_names_a_registry_or_a_machine():
    found = []
    for path in committed_files():
        if path.suffix not in TEXT or (path.suffix == ".json" and "definitions" in path.parts):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {hit[0]}" for rule in FORBIDDEN if (hit := rule.search(text))]
    assert not found


def test_french_texts_use_no_narrow_space():
    """The font has no U+202F: it would fall back to another one in the middle of a sentence."""
    narrow = "\u202f"
    found = [
        str(path.relative_to(ROOT))
        for path in committed_files()
        if path.suffix in {".py", ".html", ".md", ".typ"} and narrow in path.read_text(encoding="utf-8")
    ]
    assert not found


def test_the_licence_is_whole():
    text = read("LICENSE")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert list(re.findall(r"^(\d+)\.", text, re.M)) == [str(number) for number in range(1, 16)]
    assert "Québec Free and Open-Source Licence" in text
