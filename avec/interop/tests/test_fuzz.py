"""Any damage to a file: it is refused in a sentence, or read; never a crash, never half written."""

import contextlib
import copy
import json
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avec.careplan.models import Balance, Evaluation, GoalChange, Position
from avec.interop.conformance import check_bundle
from avec.interop.exporting import export_person
from avec.interop.exporting.people import check_exportable
from avec.interop.importing import import_bundle
from avec.interop.parsing import read_records
from avec.interop.reader import read_bundle
from avec.interop.rules import ExportRefused, FileRefused
from avec.interop.tests.conftest import example
from avec.interop.tests.enriched import enriched_record
from avec.people.models import Person
from avec.people.tests.factories import days

pytestmark = pytest.mark.django_db

FILES = {
    name: example(name)
    for name in ("Bundle-tddui-pp-pa-bundle-corrected", "Bundle-cds-bundle-transaction-creation-example")
}
SERVICE = {"fullUrl": "urn:x:1", "resource": example("Task-own-task-prestation")}
ODD: list[Any] = [
    None, True, 0, -1, 2**40, 1.5, "", " ", "x", "é" * 300, "<b>gras</b>", "2024-13-01", "2024-01-15T09:00:00+01:00",
    "9999-12-31T23:59:59-14:00", "0001-01-01", "2024", "active", "entered-in-error", "Patient/x", "urn:uuid:1",
    "3480787529/123456789-ATTE-1234", [], {}, [[]], [{}], {"reference": "Patient/tddui-pp-pa-patient-example-pp"},
    {"coding": [{"system": "x", "code": "y z"}]}, ["a", None], "\u202etêtê", "\x00",
]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a JSON value, by its path."""
    found = [path] if path else []
    if isinstance(value, dict):
        for key, item in value.items():
            found += places(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found += places(item, (*path, index))
    return found


def damage(bundle: Any, where: int, how: int, what: Any) -> None:
    found = places(bundle)
    path = found[where % len(found)]
    holder = bundle
    for step in path[:-1]:
        holder = holder[step]
    last = path[-1]
    if how == 0:
        holder[last] = copy.deepcopy(what)
    elif how == 1:
        del holder[last]
    elif how == 2 and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[last]))
    elif how == 3:
        holder[last] = [holder[last]]
    elif isinstance(holder, dict):
        holder[f"{last}2"] = holder.pop(last)


def everything() -> dict[str, int]:
    models = [model for model in apps.get_models() if model.__module__.startswith("avec.")]
    return {model.__name__: model.objects.count() for model in models}


class Undo(Exception):
    """The next example starts from an empty database."""


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(sorted(FILES)),
    blows=st.lists(
        st.tuples(st.integers(0, 10_000), st.integers(0, 4), st.sampled_from(range(len(ODD)))),
        min_size=1,
        max_size=6,
    ),
)
def test_a_damaged_file_is_refused_or_read_and_what_is_read_leaves_sound(db, name, blows):
    bundle = copy.deepcopy(FILES[name])
    bundle["entry"].append(copy.deepcopy(SERVICE))
    for where, how, what in blows:
        damage(bundle, where, how, ODD[what])
    before = everything()
    with contextlib.suppress(FileRefused, Undo), transaction.atomic():
        import_bundle(read_records(read_bundle(json.dumps(bundle).encode())))
        leave_sound()
        raise Undo
    assert everything() == before


def leave_sound() -> None:
    """What was let in may leave again, or waits for what the standard demands."""
    for person in Person.objects.all():
        with contextlib.suppress(ExportRefused):
            check_exportable(person)
            bundle = built(person)
            assert check_bundle(bundle).all == []


def built(person: Person) -> Any:
    try:
        return export_person(person)[0]
    except ExportRefused as refusal:
        if "ne respecterait pas" in str(refusal):
            raise AssertionError(str(refusal)) from refusal
        raise


ODD_WORDS = st.one_of(
    # PostgreSQL keeps no null character, and no form lets one by.
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60),
    st.sampled_from(["\x01", " \n ", "é" * 20_000, "\u202eדברים", "🙂", "<b>gras</b>", "Rythme\u00a0: tous", "«"]),
)  # fmt: skip
VOICES = st.sampled_from(["person", "observed", "relative", "representative", "professional"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    blows=st.lists(
        st.tuples(st.integers(0, 10_000), st.integers(0, 4), st.sampled_from(range(len(ODD)))),
        min_size=1,
        max_size=6,
    ),
)
def test_our_own_export_damaged_is_refused_or_read(db, ours, blows):
    bundle = copy.deepcopy(ours)
    for where, how, what in blows:
        damage(bundle, where, how, ODD[what])
    before = everything()
    with contextlib.suppress(FileRefused, Undo), transaction.atomic():
        import_bundle(read_records(read_bundle(json.dumps(bundle).encode())))
        leave_sound()
        raise Undo
    assert everything() == before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(st.tuples(VOICES, ODD_WORDS, st.integers(-2, 2), st.booleans()), min_size=1, max_size=4),
    step=st.sampled_from(["gathering", "under_review", "renewed", "closed"]),
)
def test_whatever_is_said_leaves_sound_and_under_its_own_name(db, record, said, step):
    with contextlib.suppress(Undo), transaction.atomic():
        Position.objects.filter(goal=record.aim).update(is_current=False)
        for place, (voice, words, value, named) in enumerate(said):
            kin = {"relative": record.claire if named and voice in {"relative", "representative"} else None}
            who = {"voice": voice, "by": record.nurse if named else None} | kin
            Evaluation.objects.create(
                goal=record.aim, value=value, words=words, evaluated_on=days(-place), **who
            )
            Balance.objects.create(plan=record.project, words=words, **who)
            Position.objects.create(
                goal=record.aim, stance="in_part", reason=words, is_current=place == 0, **who
            )
            GoalChange.objects.create(goal=record.aim, before="planned", after="active", reason=words)
        record.project.step = step
        record.project.save()
        bundle = built(record.odette)
        assert check_bundle(bundle).all == []
        signatures = [
            one["valueAnnotation"]["authorReference"]["reference"].split("/")[0]
            for entry in bundle["entry"]
            for one in entry["resource"].get("input", [])
            if "valueAnnotation" in one
        ]
        assert set(signatures) <= {"Patient", "Practitioner", "RelatedPerson"}
        raise Undo


@pytest.fixture
def record(db):
    return enriched_record()
