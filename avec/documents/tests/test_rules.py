import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.documents.rules import NotCanonical, canonical_json, fingerprint

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdef", max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)
SHEETS = st.dictionaries(st.text("abcdef", max_size=3), VALUES, max_size=5)


def composed(value):
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(item) for item in value]
    if isinstance(value, dict):
        return {key: composed(item) for key, item in value.items()}
    return value


def same(one, other):
    """Equal in type too: 1 is not True."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@given(SHEETS)
def test_the_order_of_the_keys_does_not_matter(sheet):
    assert fingerprint(dict(reversed(sheet.items()))) == fingerprint(sheet)


@given(SHEETS, SHEETS)
def test_any_change_changes_the_fingerprint(one, other):
    assert (fingerprint(one) == fingerprint(other)) == same(composed(one), composed(other))


@given(SHEETS)
def test_the_canonical_writing_reads_back_as_the_same_value(sheet):
    assert same(json.loads(canonical_json(sheet)), composed(sheet))


def test_an_accent_typed_in_two_ways_is_one_letter():
    assert fingerprint({"nom": "Hélène"}) == fingerprint({"nom": "He\u0301le\u0300ne"})


def test_a_known_value_keeps_its_fingerprint():
    assert canonical_json({"b": [1, None], "a": "é"}) == '{"a":"é","b":[1,null]}'.encode()
    assert fingerprint({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), b"x", {1: 2}, {"é": 1, "e\u0301": 2}, {1, 2}, "\ud800", object()]
)
def test_what_has_no_single_writing_is_refused(value):
    with pytest.raises(NotCanonical):
        fingerprint({"value": value})
