"""The shape of the code: the map, who points at whom, what every model and every action must have."""

import ast
import configparser
import importlib
import inspect
import textwrap
from pathlib import Path
from types import FunctionType

import pytest
from django.db.models import ForeignKey, ManyToManyField
from zeal.errors import NPlusOneError
from zeal.middleware import zeal_middleware

from avec.people.models import Person
from avec.people.tests import factories
from tests.project import FLOOR, MAP, ROOMS, ROOT, our_models, room_of, walk_patterns

# Models that point at a person and are not part of one record, with the reason.
NOT_PART_OF_A_RECORD: dict[str, str] = {}

# Public functions of actions.py that take no « by », call no require or leave no trace, with the reason.
OTHER_THAN_ACTIONS = {
    "accounts.accept_invitation": "the token stands for the right; who acts is the member it makes",
    "audit.record": "writes the trace itself",
    "audit.line": "makes a line, signed and not yet written",
    "audit.record_all": "writes the traces themselves",
    "audit.hold_establishment": "takes a lock, changes nothing",
    "audit.seal_journal": "chains lines already written; nobody does it",
    "audit.verify_journal": "reads the journal to prove it",
    "documents.store_file": "the room that owns the file's parent checks and records",
    "documents.file_bytes": "the room that owns the file's parent checks and records",
    "documents.refuse_unfit": "checks the bytes of a file, writes nothing",
    "documents.fitting_title": "tidies a title, writes nothing",
    "contracts.conditions_for": "reads the plan, to say what is missing",
    "contracts.conditions_to_issue": "reads the plan and its circle, to say what is missing",
    "barometer.check_agreed": "refuses, changes nothing",
    "barometer.held": "takes a lock, changes nothing",
    "barometer.held_group": "takes a lock, changes nothing",
    "barometer.voices_of": "reads what is counted, for the action that counts it",
    "barometer.followed_figures": "counts, for the action that settles",
    "barometer.pairs_between": "reads what two people asked each other, for the action that asks",
    "careplan.plan_of": "reads only; callers start from visible_to",
    "careplan.note_step": "part of the action that moves the plan, which checks",
    "careplan.check_decisions": "checks what was decided, writes nothing",
    "careplan.gate_of": "reads the plan, to say what is missing",
    "careplan.step_before_hold": "reads the history of the plan",
}

# Views written by others, by the start of their route, with the reason.
NOT_OURS = {
    "static/": "files of the interface, the same for everybody",
}

# Pages of rooms that come before sign-in and cannot use its decorators, with the reason.
BEFORE_SIGN_IN = {
    "ui:gallery": "components with invented words, nothing of anybody",
    "ui:credits": "whose drawings these are, nothing of anybody",
}


def test_every_room_is_on_the_map():
    rooms = {path.parent.name for path in (ROOT / "avec").glob("*/__init__.py")}
    assert rooms == set(ROOMS)


def test_the_import_contract_holds_the_same_map():
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    layers = contract["importlinter:contract:map"]["layers"].split("\n")
    floors = [{name.strip().removeprefix("avec.") for name in line.split("|")} for line in layers if line]
    assert floors == MAP[::-1]


def test_keys_follow_the_map():
    """A key given as a string escapes the import contracts."""
    downward = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, (ForeignKey, ManyToManyField)) and not field.auto_created
        if field.related_model.__module__.startswith("avec.")
        if FLOOR[room_of(field.related_model)] > FLOOR[room_of(model)]
        or (
            room_of(field.related_model) != room_of(model)
            and FLOOR[room_of(field.related_model)] == FLOOR[room_of(model)]
        )
    ]
    assert not downward


def about_a_person():
    from avec.people.models import Person

    return [Person] + [
        model
        for model in our_models()
        if any(
            isinstance(field, ForeignKey) and field.related_model is Person for field in model._meta.fields
        )
    ]


@pytest.mark.parametrize("model", about_a_person(), ids=lambda model: model.__name__)
def test_what_is_about_a_person_has_an_establishment_and_knows_who_looks(model):
    if model.__name__ in NOT_PART_OF_A_RECORD:
        return
    names = {field.name for field in model._meta.fields}
    assert "establishment" in names, f"{model.__name__} has no establishment"
    assert hasattr(model._default_manager, "visible_to"), f"{model.__name__} has no visible_to"


def test_exceptions_about_persons_are_not_stale():
    assert set(NOT_PART_OF_A_RECORD) <= {model.__name__ for model in about_a_person()}


def public_functions():
    for path in sorted((ROOT / "avec").glob("*/actions.py")) + sorted((ROOT / "avec").glob("*/actions/*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        module = importlib.import_module(name)
        for label, function in vars(module).items():
            plain = inspect.unwrap(function) if callable(function) else None
            if isinstance(plain, FunctionType) and plain.__module__ == name and not label.startswith("_"):
                yield f"{path.relative_to(ROOT / 'avec').parts[0]}.{label}", plain


def calls_of(function: FunctionType) -> set[str]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return {
        node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }


@pytest.mark.parametrize(
    ("label", "function"), list(public_functions()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_an_action_says_who_checks_and_leaves_a_trace(label, function):
    by = inspect.signature(function).parameters.get("by")
    calls = calls_of(function)
    missing = [
        word
        for word, there in (
            ("a keyword « by »", by is not None and by.kind is by.KEYWORD_ONLY),
            ("require(…)", "require" in calls),
            ("record(…)", "record" in calls),
        )
        if not there
    ]
    if label in OTHER_THAN_ACTIONS:
        assert missing, f"{label} is a whole action now: remove it from the exceptions"
    else:
        assert not missing, f"{label} lacks {', '.join(missing)}"


def test_exceptions_among_actions_are_not_stale():
    assert set(OTHER_THAN_ACTIONS) <= {label for label, _ in public_functions()}


@pytest.mark.parametrize(
    ("name", "route", "pattern"),
    list(walk_patterns()),
    ids=lambda value: str(value) if isinstance(value, str) else "-",
)
def test_every_page_says_how_it_opens(name, route, pattern):
    if route.startswith(tuple(NOT_OURS)):
        assert not pattern.callback.__module__.startswith("avec."), (
            f"{name} is ours: it must say how it opens"
        )
        return
    if name in BEFORE_SIGN_IN:
        assert not hasattr(pattern.callback, "access"), (
            f"{name} says how it opens: remove it from the exceptions"
        )
        return
    assert getattr(pattern.callback, "access", ""), (
        f"{name or route}: add @anyone(reason), @signed_in or @members"
    )


def modules(pattern: str) -> list[Path]:
    return sorted((ROOT / "avec").glob(pattern))


def imports_of(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("." * node.level + (node.module or ""))
    return names


@pytest.mark.parametrize(
    "path", modules("*/migrations/0*.py"), ids=lambda path: f"{path.parts[-3]}.{path.stem}"
)
def test_a_migration_imports_nothing_of_ours(path):
    ours = {name for name in imports_of(path) if name.startswith(("avec", "."))}
    assert not ours


@pytest.mark.parametrize(
    "path", modules("*/migrations/0*.py"), ids=lambda path: f"{path.parts[-3]}.{path.stem}"
)
def test_a_migration_says_what_happens(path):
    assert "_auto_" not in path.stem


# The order inside a room: each file imports only those above it.
ORDER = ["rules", "models", "policy", "journal", "actions", "forms", "views", "urls"]


@pytest.mark.parametrize("room", ROOMS)
def test_inside_a_room_each_file_imports_only_those_above_it(room):
    upward = []
    for place, file in enumerate(ORDER):
        path = ROOT / "avec" / room / f"{file}.py"
        if not path.exists():
            continue
        later = set(ORDER[place + 1 :])
        for name in imports_of(path):
            parts = name.removeprefix(f"avec.{room}.").lstrip(".").split(".")
            own = name.startswith((f"avec.{room}.", ".")) and not name.startswith("..")
            if own and parts[0] in later:
                upward.append(f"{file} → {parts[0]}")
    assert not upward


@pytest.mark.parametrize(
    "path",
    modules("*/rules.py") + modules("*/policy.py") + modules("*/actions.py"),
    ids=lambda path: f"{path.parts[-2]}.{path.stem}",
)
def test_rules_policy_and_actions_open_with_what_they_believe(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_a_query_for_each_row_is_caught(db, rf):
    """The guard is on: a relation read row by row, within a request, stops the test that does it."""
    house = factories.establishment()
    for _ in range(3):
        factories.person(house)

    def page(request):
        return [person.establishment.name for person in Person.objects.all()]

    with pytest.raises(NPlusOneError):
        zeal_middleware(page)(rf.get("/"))
