"""The published examples, read once."""

import copy
import json
from pathlib import Path

import pytest
from django.db import transaction

DATA = Path(__file__).parent / "data"


def example(name: str) -> dict:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def corrected() -> dict:
    """The repaired EHPAD bundle: a fresh copy that a test may damage."""
    return copy.deepcopy(example("Bundle-tddui-pp-pa-bundle-corrected"))


def resource_of(bundle: dict, resource_type: str, part: str = "") -> dict:
    return next(
        entry["resource"]
        for entry in bundle["entry"]
        if entry["resource"]["resourceType"] == resource_type and part in entry["resource"]["id"]
    )


@pytest.fixture(scope="session")
def ours(django_db_setup, django_db_blocker):
    """An export of everything a plan holds, made once."""
    from avec.interop.tests.enriched import enriched_record, reviewed
    from avec.interop.tests.test_exporting import exported_then_erased

    with django_db_blocker.unblock(), transaction.atomic():
        bundle, _left_out = exported_then_erased(lambda: reviewed(enriched_record(), step="closed"))
    return bundle
