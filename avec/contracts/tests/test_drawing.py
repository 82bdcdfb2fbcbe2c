"""A signature drawn by hand: strokes, and nothing else."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.contracts.rules import DrawingRefused, path_of, strokes_from
from avec.contracts.rules.drawing import HEIGHT, MOST_POINTS, MOST_STROKES, WIDTH

points = st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT))
drawings = st.lists(st.lists(points, min_size=1, max_size=4), max_size=5)


@given(drawings)
def test_what_is_drawn_is_kept_as_it_is(strokes):
    assert [list(stroke) for stroke in strokes_from(json.dumps(strokes))] == strokes


def test_nothing_drawn_is_nothing():
    assert strokes_from("") == strokes_from("  ") == strokes_from("[]") == strokes_from("[[]]") == ()


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "{}",
        "1",
        '"M0 0"',
        "[1]",
        "[[1]]",
        "[[[1]]]",
        "[[[1, 2, 3]]]",
        "[[[1.5, 2]]]",
        "[[[true, 2]]]",
        '[[["1", 2]]]',
        "[[[-1, 2]]]",
        "[[[1001, 2]]]",
        "[[[1, 401]]]",
        "[[[NaN, 2]]]",
        "[" * 50_000,
        "[[[1" + "0" * 5000 + ", 2]]]",
        json.dumps([[[1, 1]]] * (MOST_STROKES + 1)),
        json.dumps([[[1, 1]] * (MOST_POINTS + 1)]),
        " " * 60_000 + "[]",
    ],
)
def test_anything_else_is_refused_with_a_sentence(text):
    with pytest.raises(DrawingRefused, match="Effacez-le"):
        strokes_from(text)


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    with contextlib.suppress(DrawingRefused):
        strokes_from(text)


def test_a_stroke_is_a_line_and_a_point_is_a_dot():
    assert path_of([[[1, 2], [3, 4]], [[5, 6]]]) == "M1 2L3 4M5 6L5 6"
    assert path_of([]) == ""
