import uuid

import pytest
from django.test import RequestFactory

from avec.documents.actions import store_file
from avec.documents.serving import file_response, is_first_part
from avec.documents.tests import recordings as made

SOUND = made.wav()


@pytest.fixture
def voice(db):
    return store_file(
        title="La voix d’Odette",
        content_type="audio/wav",
        content=SOUND,
        establishment_id=uuid.uuid4(),
        subject_id=None,
    )


def ask(file, wanted="", **options):
    headers = {"Range": wanted} if wanted else {}
    return file_response(RequestFactory().get("/", headers=headers), file, **options)


def test_a_file_goes_out_whole_and_runs_nothing(voice):
    answer = ask(voice)
    assert (answer.status_code, answer.content) == (200, SOUND)
    assert answer.headers["Content-Type"] == "audio/wav"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''La%20voix")
    assert answer.headers["Content-Disposition"].endswith(".wav")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_a_sound_may_stand_within_the_page_and_a_pdf_may_not(voice):
    assert ask(voice, inline=True).headers["Content-Disposition"].startswith("inline")
    voice.content_type = "application/pdf"
    assert ask(voice, inline=True).headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-1", 0, 2),
        ("bytes=0-", 0, len(SOUND)),
        ("bytes=100-199", 100, 200),
        ("bytes=100-99999999", 100, len(SOUND)),
        ("bytes=-50", len(SOUND) - 50, len(SOUND)),
    ],
)
def test_a_player_asks_for_a_part(voice, wanted, start, end):
    answer = ask(voice, wanted)
    assert (answer.status_code, answer.content) == (206, SOUND[start:end])
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(SOUND)}"


@pytest.mark.parametrize("wanted", ["bytes=99999999-", "bytes=9-3", "bytes=-0"])
def test_there_is_no_such_part(voice, wanted):
    answer = ask(voice, wanted)
    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{len(SOUND)}"


@pytest.mark.parametrize("wanted", ["bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=a-b"])
def test_an_unclear_part_gives_the_whole(voice, wanted):
    assert ask(voice, wanted).status_code == 200


@pytest.mark.parametrize(("wanted", "first"), [("", True), ("bytes=0-", True), ("bytes=500-", False)])
def test_the_parts_of_one_reading_are_one_reading(wanted, first):
    assert is_first_part(RequestFactory().get("/", headers={"Range": wanted} if wanted else {})) is first
