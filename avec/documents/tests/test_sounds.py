import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avec.documents.sounds import NotASound, sound_of
from avec.documents.tests import recordings as made


@pytest.mark.parametrize("kind", made.EACH)
def test_each_kind_is_known_by_its_bytes_and_says_how_long_it_lasts(kind):
    sound = sound_of(made.EACH[kind](seconds=4))
    assert sound.content_type == kind
    assert sound.seconds == pytest.approx(4, abs=0.2)


def test_an_mp3_may_open_with_a_tag():
    assert sound_of(made.mp3(tag=b"TIT2 Ma voix")).content_type == "audio/mpeg"


@pytest.mark.parametrize(
    "film",
    [
        made.webm(kinds=(1, 2)),
        made.webm(kinds=(1,)),
        made.mp4(kinds=(b"soun", b"vide")),
        made.ogg(first=b"\x80theora\x03"),
    ],
)
def test_a_film_is_not_a_sound(film):
    with pytest.raises(NotASound) as refused:
        sound_of(film)
    assert refused.value.why == "video"


@pytest.mark.parametrize("kind", [kind for kind in made.EACH if kind not in {"audio/wav", "audio/mpeg"}])
@pytest.mark.parametrize("left", [0.4, 0.97])
def test_a_sound_cut_on_its_way_is_broken(kind, left):
    whole = made.EACH[kind]()
    with pytest.raises(NotASound) as refused:
        sound_of(whole[: int(len(whole) * left)])
    assert refused.value.why == "broken"


@pytest.mark.parametrize(
    "other",
    [
        made.EXE,
        made.ZIP,
        made.SVG,
        made.HTML,
        b"\xff\xfb\x90\x00" + made.EXE,  # the start of a frame, then a program
        b"ID3\x04\0\0\0\0\0\0" + made.EXE,
        b"%PDF-1.7\n",
        b"Bonjour",
        made.webm(doc_type=b"other"),
        b"OggS",
        b"\x1aE\xdf\xa3",
        b"\0\0\0\x08ftyp",
        b"RIFF\0\0\0\0WAVE",
        made.mp4(kinds=(b"text",)),
    ],
)
def test_anything_else_is_refused(other):
    with pytest.raises(NotASound):
        sound_of(other)


STARTS = st.sampled_from([b"", *[make() for make in made.EACH.values()]])


@given(STARTS, st.integers(0, 300), st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_bytes_break_the_reading(start, cut, rest):
    with contextlib.suppress(NotASound):
        assert sound_of(start[:cut] + rest).content_type in made.EACH
