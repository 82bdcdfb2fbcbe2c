"""Hostile bytes: each is refused in one sentence, quickly, and without a crash."""

import contextlib
import json
import time

import pytest

from avec.interop.reader import read_bundle
from avec.interop.rules import FileRefused
from avec.interop.safe_json import MAX_SIZE, clean, read_json

HOSTILE = {
    "nothing": b"",
    "spaces": b"  \n ",
    "not json": b"Bonjour",
    "truncated": b'{"resourceType": "Bundle", "type": "transaction", "entry": [{"resource"',
    "a hundred thousand lists": b"[" * 100_000,
    "a hundred thousand objects": b'{"a":' * 100_000,
    "closed depth": b"[" * 2000 + b"]" * 2000,
    "not utf-8": b'{"a": "\xff\xfe"}',
    "utf-16": '{"resourceType": "Bundle"}'.encode("utf-16"),
    "not a number": b'{"a": NaN}',
    "infinity": b'{"a": -Infinity}',
    "a huge integer": b'{"a": ' + b"9" * 5000 + b"}",
    "a huge decimal": b'{"a": 1e999}',
    "a field twice": b'{"resourceType": "Bundle", "resourceType": "Patient"}',
    "a list": b"[]",
    "a text": b'"Bundle"',
    "null": b"null",
    "another resource": b'{"resourceType": "Patient"}',
    "no type": b'{"resourceType": "Bundle", "entry": [{}]}',
    "no entry": b'{"resourceType": "Bundle", "type": "transaction"}',
    "entries of another shape": b'{"resourceType": "Bundle", "type": "transaction", "entry": {"a": 1}}',
    "an entry of another shape": b'{"resourceType": "Bundle", "type": "transaction", "entry": [3]}',
    "a resource of another shape": b'{"resourceType": "Bundle", "type": "transaction", "entry": [{"resource": []}]}',
    "a resource without type": b'{"resourceType": "Bundle", "type": "transaction", "entry": [{"resource": {}}]}',
    "a type that is markup": b'{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"<b>"}}]}',
    "zip": b"PK\x03\x04" + b"\x00" * 100,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_in_one_sentence(data):
    with pytest.raises(FileRefused) as refusal:
        read_bundle(data)
    sentence = str(refusal.value)
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence
    assert len(sentence) < 300


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "grand.json"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(FileRefused, match="50 Mo"):
        read_bundle(path)


def test_a_missing_file_and_a_folder_are_said_so(tmp_path):
    for path in (tmp_path / "absent.json", tmp_path):
        with pytest.raises(FileRefused):
            read_bundle(path)


def test_too_many_entries_are_refused():
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": [{}] * 20_001}
    with pytest.raises(FileRefused, match="20001 entrées"):
        read_bundle(json.dumps(bundle).encode())


def test_the_same_address_twice_is_refused():
    entry = {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient"}}
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": [entry, entry]}
    with pytest.raises(FileRefused, match="même adresse"):
        read_bundle(json.dumps(bundle).encode())


@pytest.mark.parametrize(
    "data",
    [
        b'"' + b'\\"' * 2_000_000,
        b'"' * 2_000_001,
        b'{"a": "' + b"<!--" * 1_000_000 + b'"}',
        b'{"a": "' + b"<b " * 1_000_000 + b'"}',
        b'{"a": "' + b"<" * 3_000_000 + b'"}',
        b'{"a": "' + b"<a" * 1_000_000 + b'"}',
    ],
)
def test_no_text_takes_long_to_read(data):
    started = time.monotonic()
    with contextlib.suppress(FileRefused):
        clean(read_json(data))
    assert time.monotonic() - started < 5


def test_a_byte_order_mark_is_accepted():
    assert read_json(b"\xef\xbb\xbf{}") == {}


def test_brackets_in_a_text_are_not_depth():
    assert read_json(json.dumps({"a": "[" * 1000 + '\\"{'}).encode()) == {"a": "[" * 1000 + '\\"{'}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Bonjour <b>Odette</b>", "Bonjour Odette"),
        ("<script>alert(1)</script>", "alert(1)"),
        ('<img src="x" onerror="y">photo', "photo"),
        ("<<b>script>x", "x"),
        ("fin <!-- caché -->", "fin "),
    ],
)
def test_tags_are_taken_out_and_said(written, kept):
    cleaned = clean({"a": [written]})
    assert cleaned.content == {"a": [kept]}
    assert cleaned.tags == ["a[0]"]


@pytest.mark.parametrize("written", ["glycémie < 1 g", "je t’aime <3", "3 > 2", "a<1>b"])
def test_a_sign_that_is_no_tag_stays(written):
    assert clean({"a": written}).content == {"a": written}


def test_characters_that_no_text_holds_are_taken_out_and_said():
    cleaned = clean({"a": "o\x00k\ud800\u202e", "b": "une\r\nligne"})
    assert cleaned.content == {"a": "ok", "b": "une\nligne"}
    assert cleaned.characters == ["a"]


def test_the_limit_is_said_in_megabytes():
    with pytest.raises(FileRefused, match="26 Mo"):
        read_json(b" " * (MAX_SIZE + 1))
