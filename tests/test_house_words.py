"""No page names the person by a word of its own: each house chooses it (avec/accounts/vocabulary.py).

A sentence says `worded(_("… %(short_the)s …"))` in Python, `{{ vocabulary.short.the }}` in a template; a label made
once, `worded_lazy`. Of somebody we know, their name is better still.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.project import ROOT

# « la personne de confiance », « la personne qui … » are something else.
GENERIC = re.compile(
    r"\b(?:[Ll]a personne(?! (?:de confiance|qualifiée|chargée|référente|qui))|[Pp]ersonnes? accompagnées?)\b"
)
NOT_SHOWN = "a column's name, never shown"
ALLOWED = {
    "avec/accounts/models.py": "the choices themselves; a column's name",
    "avec/accounts/forms.py": "the choices themselves",
    "avec/accounts/vocabulary.py": "the words themselves",
    "avec/careplan/models/goals.py": NOT_SHOWN,
    "avec/careplan/models/needs.py": NOT_SHOWN,
    "avec/careplan/models/plans.py": NOT_SHOWN,
    "avec/careplan/models/activities.py": NOT_SHOWN,
    "avec/people/models.py": NOT_SHOWN,
    "avec/careplan/rules/gas.py": "what stands for a name that is not given",
    "avec/careplan/rules/rhythm/words.py": "what stands for a name that is not given",
    "avec/negotiation/models/table.py": NOT_SHOWN,
    "avec/negotiation/rules/usual.py": "grounds kept with the house's own list, which it rewrites",
    "avec/contracts/models/proof.py": NOT_SHOWN,
    "avec/contracts/rules/signatories.py": "sources kept with the house's own table, which it rewrites",
    "avec/clocks/rules/profiles.py": "titles kept with the house's own table, which it rewrites",
    "avec/ui/gallery.py": "samples for those who build the pages",
    "avec/ui/templates/ui/gallery.html": "samples for those who build the pages",
}
# Rooms whose words are data: invented stories, the words of the national exchange.
APART = ("avec/demo/", "avec/interop/")


def strings(path: Path) -> list[str]:
    """What a Python file may show: its strings, docstrings aside."""
    tree = ast.parse(path.read_text())
    docs = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs
    ]


def shown(path: Path) -> list[str]:
    if path.suffix == ".py":
        return strings(path)
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)
    return text.splitlines()


def sources() -> dict[str, Path]:
    found = {}
    for path in sorted((ROOT / "avec").rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix not in {".py", ".html", ".txt"} or "/tests/" in name or "/migrations/" in name:
            continue
        if not name.startswith(APART):
            found[name] = path
    return found


def named_otherwise(path: Path) -> list[str]:
    return [line.strip() for line in shown(path) if GENERIC.search(line)]


def test_the_word_for_the_person_is_the_one_of_the_house():
    found = {name: named_otherwise(path) for name, path in sources().items() if name not in ALLOWED}
    assert not {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_an_exception_is_still_needed(name):
    assert named_otherwise(ROOT / name), f"{name} no longer needs to be listed"
