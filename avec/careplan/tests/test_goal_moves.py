"""What may happen to a goal, what the drawings hold, who does an activity: the rules, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.careplan.rules.doing import LONGEST, Doing, end_before_start, hints_on, performers_in_words
from avec.careplan.rules.drawing import LEFT, RIGHT, Said, evaluation_chart, month_bars
from avec.careplan.rules.goal_moves import (
    HANDFUL,
    WAYS,
    GoalMove,
    GoalMoveRefused,
    GoalState,
    goal_moves_from,
    past_a_handful,
    state_after,
)


@pytest.mark.parametrize("state", list(GoalState))
@pytest.mark.parametrize("move", list(GoalMove))
def test_every_move_from_every_state(state, move):
    way = WAYS[move]
    if state in way.before:
        assert state_after(move, state, "parce que") == way.after
        assert move in goal_moves_from(state)
    else:
        with pytest.raises(GoalMoveRefused):
            state_after(move, state, "parce que")
        assert move not in goal_moves_from(state)


@pytest.mark.parametrize("move", [move for move, way in WAYS.items() if way.says_why])
@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_what_takes_a_goal_away_or_back_says_why(move, reason):
    before = next(iter(WAYS[move].before))
    with pytest.raises(GoalMoveRefused, match="pourquoi"):
        state_after(move, before, reason)


def test_nothing_is_lost_for_good():
    """From wherever a goal is, something may happen to it; and all that is away may come back."""
    for state in GoalState:
        assert goal_moves_from(state)
    for away in (GoalState.COMPLETED, GoalState.CANCELLED, GoalState.ON_HOLD):
        assert GoalMove.TAKE_UP in goal_moves_from(away)


@given(st.integers(0, 100))
def test_past_a_handful_counts_what_is_over(live):
    over = past_a_handful(live)
    assert over == (live - HANDFUL if live > HANDFUL else 0)


@given(st.lists(st.text(min_size=0, max_size=120), max_size=40))
def test_performers_always_fit_and_never_lose_count(names):
    words = performers_in_words(names)
    assert len(words) <= LONGEST
    kept = [name for name in names if name.split()]
    assert bool(words) == bool(kept)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["Odette"], "Odette"),
        (["Odette", "Malik"], "Odette et Malik"),
        (["Odette", "Malik", "la  médiathèque"], "Odette, Malik et la médiathèque"),
        (["Odette", "Odette"], "Odette"),
    ],
)
def test_performers_as_one_says_them(names, words):
    assert performers_in_words(names) == words


days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(st.none() | days, st.none() | days)
def test_an_end_is_refused_only_before_a_start(starts_on, ends_on):
    refused = bool(end_before_start(starts_on, ends_on))
    assert refused == (starts_on is not None and ends_on is not None and ends_on < starts_on)


def test_hints_suggest_and_never_force():
    assert "par Odette" in hints_on(Doing(with_person=True, participation="for"), called="Odette")[0]
    assert "ajouter" in hints_on(Doing(performers=1, participation="with"), called="Odette")[0]
    late = Doing(goal_term=date(2027, 1, 31), ends_on=date(2027, 2, 1))
    assert "après le terme" in hints_on(late, called="Odette")[0]
    assert not hints_on(Doing(with_person=True, performers=1, participation="by"), called="Odette")
    assert not hints_on(Doing(), called="Odette")


said = st.builds(Said, days, st.integers(-2, 2))


@given(st.lists(said, max_size=12), st.lists(said, max_size=12))
def test_every_point_stands_inside_the_chart(person, professional):
    chart = evaluation_chart(person, professional)
    if len({one.day for one in person + professional}) < 2:
        assert chart is None
        return
    assert chart is not None
    assert len(chart.person.points) == len(person)
    for point in (*chart.person.points, *chart.professional.points):
        assert LEFT <= float(point.x) <= RIGHT
        assert 20 <= float(point.y) <= 172
    xs = [float(point.x) for point in chart.person.points]
    assert xs == sorted(xs)


@given(st.lists(st.tuples(st.just("janv"), st.integers(0, 40), st.integers(0, 40)), max_size=24))
def test_bars_never_leave_the_chart(months):
    months = [(label, total, min(total, together)) for label, total, together in months]
    for bar in month_bars(months):
        assert 30 <= float(bar.total_y) <= float(bar.together_y) <= 150
        assert float(bar.x) + float(bar.width) <= RIGHT + 0.1


def test_levels_are_drawn_from_top_to_bottom():
    start = date(2026, 1, 1)
    chart = evaluation_chart([Said(start + timedelta(days=n), 2 - n) for n in range(5)], [])
    assert chart is not None
    assert [float(point.y) for point in chart.person.points] == [20, 58, 96, 134, 172]
    assert not chart.professional.line
