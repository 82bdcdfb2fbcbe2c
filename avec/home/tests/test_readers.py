"""The journal keeps codes; whoever reads it reads words."""

import ast
from pathlib import Path

import pytest

from avec.home.readers import what_was_read as told_to_the_person
from avec.people.readers import what_was_read as told_to_the_team

ROOMS = Path(__file__).resolve().parents[2]
# Where the page that is read is named: these functions, and the place of that name among their arguments.
# A group's barometer is nobody's record: its readings name no person, and no person's journal tells them.
OF_NOBODY = {"demo", "barometer"}
NAMED = {"record_reading": 0, "record_readings": 0, "own_space": 0, "show": 5, "edit": None}


def named_in(call: ast.Call) -> str:
    """The page that this call leaves in the journal; "" when it names none."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name not in NAMED:
        return ""
    place = NAMED[name]
    given = [call.args[place]] if place is not None and len(call.args) > place else []
    given += [keyword.value for keyword in call.keywords if keyword.arg == "what"]
    words = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return words[0] if words else ""


def pages_read() -> set[str]:
    found = set()
    for path in ROOMS.glob("*/**/*.py"):
        if "tests" in path.parts or path.parts[len(ROOMS.parts)] in OF_NOBODY:
            continue
        calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
        found |= {named_in(call) for call in calls} - {""}
    return found


def test_the_pages_are_found_in_the_code():
    assert {"record", "needs", "team", "stays", "circle", "own_help", "paper_pdf", "clocks"} <= pages_read()


@pytest.mark.parametrize("page", sorted(pages_read()))
def test_each_page_that_is_read_has_words_of_its_own(page):
    assert told_to_the_person(f"{page}.read") not in {"mon dossier", ""}
    assert told_to_the_team(f"{page}.read") not in {"le dossier", ""}


def test_a_page_of_the_past_is_still_said_in_words():
    assert told_to_the_person("somewhere.read") == "mon dossier"
    assert told_to_the_team("somewhere.read") == "le dossier"
