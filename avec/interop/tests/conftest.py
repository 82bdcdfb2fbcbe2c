"""The published examples, read once."""

import copy
import json
from pathlib import Path

import pytest

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
