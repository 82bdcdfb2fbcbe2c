"""Templates: each one is used."""

import re
from pathlib import Path

import pytest

from tests.project import ROOT

# Found by their name by Django or a library, with the reason.
FOUND_BY_NAME = {
    "400.html": "Django's answer to a bad request",
    "403.html": "Django's answer to a closed page",
    "404.html": "Django's answer to an unknown page",
    "500.html": "Django's answer to a fault of ours",
}
# Folders where a library looks for its templates by name.
OF_LIBRARIES = ("account/", "mfa/", "allauth/", "socialaccount/", "usersessions/", "django/")


def templates() -> dict[str, Path]:
    """Every template by the name under which it is asked for."""
    found = {}
    for path in (ROOT / "avec").glob("*/templates/**/*"):
        if path.is_file():
            parts = path.relative_to(ROOT / "avec").parts
            found["/".join(parts[2:])] = path
    return found


def sources() -> str:
    python = [path for path in (ROOT / "avec").rglob("*.py") if "tests" not in path.parts]
    return "\n".join(path.read_text() for path in [*python, *templates().values()])


def tag_of(name: str) -> str:
    """cotton/ui/page_head.html is written <c-ui.page_head …> or <c-ui.page-head …>."""
    return name.removeprefix("cotton/").removesuffix(".html").replace("/", ".")


def is_used(name: str, text: str) -> bool:
    if name.startswith("cotton/"):
        tag = re.escape(tag_of(name)).replace("_", "[-_]")
        return re.search(rf"<c-{tag}[\s/>]", text) is not None
    return f'"{name}' in text or f"'{name}" in text


def test_no_template_is_left_unused():
    text = sources()
    unused = [
        name
        for name in templates()
        if name not in FOUND_BY_NAME and not name.startswith(OF_LIBRARIES) and not is_used(name, text)
    ]
    assert not unused


def test_templates_found_by_name_are_there():
    assert set(FOUND_BY_NAME) <= set(templates())


@pytest.mark.parametrize("name", sorted(templates()))
def test_a_template_has_no_inline_style_nor_script(name):
    """The content security policy would block them, silently for whoever does not read the console."""
    text = templates()[name].read_text()
    assert not re.search(r"\sstyle\s*=", text), "inline style"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "inline handler"
    assert not re.search(r"<script(?![^>]*(src|application/json))", text), "inline script"


@pytest.mark.parametrize("name", sorted(templates()))
def test_a_template_asks_nothing_of_another_site(name):
    text = templates()[name].read_text()
    loaded = re.findall(r"<(?:script|link|img|iframe|source|use)\b[^>]*(?:src|href)=[\"'](https?:)?//", text)
    assert not loaded
