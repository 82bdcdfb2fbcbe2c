import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.careplan.rules.gas import (
    FACES,
    LEVEL_WORDS,
    LEVELS,
    Direction,
    Scored,
    ScoreRefused,
    check_levels,
    explain,
    gap,
    t_score,
    weight_of,
)

NBSP = "\u00a0"
values = st.sampled_from(LEVELS)
weights = st.integers(1, 9)
goals = st.lists(st.builds(Scored, values, weights), min_size=1, max_size=12)


def same(*found, weight=1):
    return t_score([Scored(value, weight) for value in found])


# --- published worked examples ---


def test_two_weighted_goals_of_the_physioclinical_manual():
    """« T = 56.20 », importance 3 × difficulty 2 at +1, importance 2 × difficulty 3 at 0.

    Printed output of the example of scoreGAS() in the reference manual of the R
    package PhysioClinical (x-biosignal.github.io/PhysioClinical/reference/scoreGAS),
    which follows Turner-Stokes 2009.
    """
    scores = [Scored(1, weight_of(3, 2)), Scored(0, weight_of(2, 3))]
    assert f"{t_score(scores):.2f}" == "56.20"


def test_six_weighted_goals_of_the_gasr_manual():
    """Scores −2, 0, −1, 2, 0, 1 and weights 3, 5, 1, 4, 2, 6: the example of calc_tscore().

    Manual of the R package gasr (rdrr.io/github/taylordunn/gasr/man/calc_tscore.html);
    the manual prints no result, so it was worked by hand from its published code:
    Σwx = 7, Σw² = 91, Σw = 21, sqrt(0.7·91 + 0.3·441) = sqrt(196) = 14, 50 + 70/14 = 55.
    """
    scores = [Scored(x, w) for x, w in zip((-2, 0, -1, 2, 0, 1), (3, 5, 1, 4, 2, 6), strict=True)]
    assert t_score(scores) == pytest.approx(55)


@pytest.mark.parametrize(("level", "expected"), [(-2, 30), (-1, 40), (0, 50), (1, 60), (2, 70)])
def test_one_goal_moves_by_ten_a_level(level, expected):
    """With one goal the weight cancels out: T = 50 + 10·x (Kiresuk & Sherman 1968, n = 1).

    The +1 → 60 and −1 → 40 rows are also asserted by PhysioClinical's own tests.
    """
    assert same(level) == pytest.approx(expected)
    assert same(level, weight=9) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((1, 1), 62.40),  # 50 + 20/sqrt(2.6)
        ((1, 0), 56.20),
        ((-1, -1), 37.60),
        ((2, 2), 74.81),
        ((-1, -1, -1), 36.31),  # 50 − 30/sqrt(4.8)
        ((-2, -2, -2), 22.61),
        ((1, 0, -1), 50.00),
        ((1, 1, 1, 1), 64.51),  # 50 + 40/sqrt(7.6)
        ((-1, -1, -1, -1, -1), 34.92),  # 50 − 50/sqrt(11)
    ],
)
def test_equal_weights(levels, expected):
    """Equal weights: T = 50 + 10·Σx / sqrt(n·(0.7 + 0.3·n)), the form behind Kiresuk's conversion keys.

    Each line was worked by hand from the formula, denominators noted beside it; the
    conversion keys themselves were not at hand.
    """
    assert same(*levels) == pytest.approx(expected, abs=0.005)


# --- what always holds ---


@given(goals)
def test_it_stays_inside_its_bounds(scores):
    reach = 20 / math.sqrt(0.3)
    assert 50 - reach < t_score(scores) < 50 + reach


@given(goals)
def test_seen_from_the_other_side_it_is_as_far_from_50(scores):
    mirrored = [Scored(-score.value, score.weight) for score in scores]
    assert t_score(mirrored) - 50 == pytest.approx(50 - t_score(scores))


@given(st.lists(weights, min_size=1, max_size=12))
def test_as_expected_everywhere_is_50(found):
    assert t_score([Scored(0, weight) for weight in found]) == 50


@given(goals, st.floats(1e-3, 1e3))
def test_only_the_proportions_of_weights_count(scores, factor):
    scaled = [Scored(score.value, score.weight * factor) for score in scores]
    assert t_score(scaled) == pytest.approx(t_score(scores))


@given(goals, st.data())
def test_one_goal_going_better_raises_it(scores, data):
    at = data.draw(st.integers(0, len(scores) - 1))
    if scores[at].value < 2:
        better = [*scores[:at], Scored(scores[at].value + 1, scores[at].weight), *scores[at + 1 :]]
        assert t_score(better) > t_score(scores)


@given(goals.flatmap(lambda scores: st.tuples(st.just(scores), st.permutations(scores))))
def test_the_order_of_goals_does_not_count(pair):
    scores, shuffled = pair
    assert t_score(shuffled) == pytest.approx(t_score(scores))


def test_huge_weights_do_not_break_it():
    assert t_score([Scored(1, 1e308), Scored(1, 1e308)]) == pytest.approx(62.403, abs=0.001)


# --- what is refused ---


def test_no_goal_is_refused():
    with pytest.raises(ScoreRefused):
        t_score([])


@pytest.mark.parametrize("value", [3, -3, 0.5, float("nan"), float("inf"), True, "1", None])
def test_a_level_off_the_scale_is_refused(value):
    with pytest.raises(ScoreRefused):
        Scored(value)


@pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf"), True])
def test_a_weight_that_weighs_nothing_is_refused(weight):
    with pytest.raises(ScoreRefused):
        Scored(1, weight)


@pytest.mark.parametrize(
    ("importance", "difficulty", "weight"),
    [(1, 1, 1), (3, 2, 6), (3, 3, 9), (None, 2, 1), (3, None, 1), (None, None, 1)],
)
def test_a_weight_needs_both_grades(importance, difficulty, weight):
    assert weight_of(importance, difficulty) == weight


@pytest.mark.parametrize("grade", [0, 4, -1, True])
def test_a_grade_off_its_scale_is_refused(grade):
    with pytest.raises(ScoreRefused):
        weight_of(grade, 2)


# --- in words ---


def test_it_is_explained():
    said = explain([Scored(1, 6), Scored(0, 6)])
    assert said[0] == f"56,2{NBSP}: dans l’ensemble, c’est allé plus loin que prévu."
    assert "qui comptent tous autant" in said[2]
    assert "jamais la note d’une personne" in said[3]


@pytest.mark.parametrize(
    ("levels", "words"), [((0, 0), "50"), ((1, -1), "50"), ((-1,), "40"), ((2, 2), "74,8")]
)
def test_the_figure_reads_in_french(levels, words):
    assert explain([Scored(level) for level in levels])[0].startswith(f"{words}{NBSP}:")


def test_one_goal_says_that_the_figure_adds_nothing():
    assert "un seul objectif" in explain([Scored(1)])[2]


def test_different_weights_are_said():
    assert "compte davantage" in explain([Scored(1, 6), Scored(1, 1)])[2]


@given(goals)
def test_every_explanation_is_made_of_sentences(scores):
    for sentence in explain(scores):
        assert sentence.endswith(".")
        assert " :" not in sentence


@pytest.mark.parametrize(
    ("person", "team", "direction", "steps", "words"),
    [
        (1, 0, Direction.BETTER, 1, "Pour Odette, cela va mieux que pour l’équipe."),
        (2, 0, Direction.BETTER, 2, "Pour Odette, cela va nettement mieux que pour l’équipe."),
        (-1, 0, Direction.WORSE, -1, "Pour Odette, cela va moins bien que pour l’équipe."),
        (-2, 2, Direction.WORSE, -4, "Pour Odette, cela va nettement moins bien que pour l’équipe."),
        (0, 0, Direction.SAME, 0, "Odette et l’équipe voient la même chose."),
        (None, 0, Direction.PERSON_SILENT, None, "Odette n’a pas encore choisi de niveau."),
        (0, None, Direction.PROFESSIONAL_SILENT, None, "L’équipe n’a pas encore choisi de niveau."),
        (None, None, Direction.BOTH_SILENT, None, "Ni Odette ni l’équipe n’ont encore choisi de niveau."),
    ],
)
def test_the_gap_between_two_voices(person, team, direction, steps, words):
    found = gap(person, team, called="Odette")
    assert (found.direction, found.steps, found.words) == (direction, steps, words)


@given(values, values)
def test_the_gap_turns_round_with_the_voices(one, other):
    assert gap(one, other).steps == -gap(other, one).steps


def test_a_gap_off_the_scale_is_refused():
    with pytest.raises(ScoreRefused):
        gap(3, 0)


def test_each_level_has_its_words_and_its_face():
    assert set(LEVEL_WORDS) == set(FACES) == set(LEVELS)
    assert len({face.key for face in FACES.values()}) == len({face.words for face in FACES.values()}) == 5


def test_no_level_worded_asks_nothing():
    assert check_levels({}) == check_levels({0: "  ", 1: ""}) == []


def test_a_missing_level_is_named():
    worded = {-2: "pas une fois", -1: "une fois par mois", 0: "une fois par semaine", 1: "deux fois"}
    assert check_levels(worded) == [
        f"Il manque le niveau «{NBSP}bien plus que prévu{NBSP}»{NBSP}: que verrait-on alors{NBSP}?"
    ]


def test_two_levels_alike_are_shown():
    worded = {-2: "jamais", -1: "Jamais", 0: "une fois", 1: "deux fois", 2: "trois fois"}
    (hint,) = check_levels(worded)
    assert "bien moins que prévu" in hint
    assert "distingue" in hint


def test_five_levels_worded_need_no_hint():
    assert check_levels(LEVEL_WORDS) == []


def test_a_level_that_does_not_exist_is_refused():
    with pytest.raises(ScoreRefused):
        check_levels({5: "encore plus"})
