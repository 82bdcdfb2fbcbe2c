"""The rules on every kind of value, without a database."""

import copy
import statistics
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.barometer.instruments import shipped
from avec.barometer.rules import (
    CENTRE,
    GRACE,
    HUB,
    LEVELS,
    STEP,
    Course,
    InstrumentRefused,
    Kind,
    Phase,
    Row,
    Side,
    Spread,
    both_low,
    check_ratings,
    comments_shown,
    followed_shown,
    kind_fits_group,
    median,
    moved,
    parts_shown,
    point,
    radius,
    read_instrument,
    sectors,
    shown,
    slice_path,
    spread,
    to_talk_about,
)

INSTRUMENT = read_instrument(shipped()[0])
levels = st.sampled_from([*LEVELS, None])
spreads = st.builds(Spread, st.tuples(*[st.integers(0, 6)] * 5), st.integers(0, 4))
rated = spreads.filter(lambda found: found.n > 0)
NOW = datetime(2026, 11, 17, 12, tzinfo=UTC)


# The instrument


def test_the_one_that_comes_has_the_eleven_criteria_of_its_source():
    assert [criterion.number for criterion in INSTRUMENT.criteria] == list(range(1, 12))
    assert [len(INSTRUMENT.of(quadrant.code)) for quadrant in INSTRUMENT.quadrants] == [2, 3, 3, 3]
    assert "CRIAPS Occitanie" in INSTRUMENT.source
    for criterion in INSTRUMENT.criteria:
        assert criterion.asked_of(Side.USER) != criterion.asked_of(Side.PROFESSIONAL)
        assert len(set(criterion.anchors)) == 5


def broken():
    def change(path, value):
        data = copy.deepcopy(shipped()[0])
        place = data
        for step in path[:-1]:
            place = place[step]
        if value is None:
            del place[path[-1]]
        else:
            place[path[-1]] = value
        return data

    for path, value in (
        (["title"], None),
        (["title"], "  "),
        (["criteria"], []),
        (["criteria"], 3),
        (["criteria", 0, "code"], "information"),
        (["criteria", 0, "code"], "deux mots"),
        (["criteria", 0, "code"], "x" * 41),
        (["criteria", 0, "code"], "clore"),
        (["criteria", 0, "number"], 7),
        (["criteria", 0, "anchors"], ["un", "deux"]),
        (["criteria", 0, "quadrant"], "nowhere"),
        (["criteria", 0, "user"], ""),
        (["levels"], [{"words": "un seul"}]),
        (["quadrants", 0, "label"], ""),
        (["quadrants", 0, "place"], "middle"),
        (["quadrants", 0, "place"], "top-right"),
    ):
        yield pytest.param(change(path, value), id=f"{path[-1]}={value}")


@pytest.mark.parametrize("data", list(broken()))
def test_a_badly_made_instrument_is_refused(data):
    with pytest.raises(InstrumentRefused):
        read_instrument(data)


@given(st.dictionaries(st.sampled_from(INSTRUMENT.codes), levels))
def test_ratings_come_back_as_they_were_given(ratings):
    given_ = {code: "na" if value is None else str(value) for code, value in ratings.items()}
    assert check_ratings(INSTRUMENT, given_) == ratings


@given(
    st.sampled_from(INSTRUMENT.codes),
    st.one_of(st.integers().filter(lambda n: n not in LEVELS), st.floats(), st.text(), st.booleans()),
)
def test_any_other_value_is_refused_or_left_out(code, value):
    if value == "" or str(value) in {"0", "1", "2", "3", "4", "na"}:
        return
    with pytest.raises(ValueError, match=code):
        check_ratings(INSTRUMENT, {code: value})


def test_an_unknown_criterion_is_refused_and_a_blank_is_left_out():
    with pytest.raises(ValueError, match="other"):
        check_ratings(INSTRUMENT, {"other": "3"})
    assert check_ratings(INSTRUMENT, {"views": "", "goals": None}) == {}


# Results


@given(rated)
def test_the_median_is_the_middle_one(found):
    values = [level for level, count in enumerate(found.levels) for _ in range(count)]
    assert median(found) == statistics.median(values)


@given(st.lists(levels))
def test_not_concerned_counts_in_no_number_of_ratings(values):
    found = spread(values)
    assert found.n == sum(1 for value in values if value is not None)
    assert found.n + found.not_concerned == len(values)


@given(st.lists(st.tuples(st.none() | rated, st.none() | rated), max_size=11))
def test_a_gap_has_a_direction_and_the_widest_comes_first(pairs):
    rows = [
        Row(criterion, user, professional)
        for criterion, (user, professional) in zip(INSTRUMENT.criteria, pairs, strict=False)
    ]
    for row in rows:
        if row.user is None or row.professional is None:
            assert row.gap is None
            assert row.higher is None
            assert row not in both_low(rows)
        elif row.higher:
            best = {Side.USER: row.user, Side.PROFESSIONAL: row.professional}[row.higher]
            assert median(best) == max(median(row.user), median(row.professional))
    gaps = [abs(row.gap) for row in to_talk_about(rows)]
    assert gaps == sorted(gaps, reverse=True)
    assert all(gap >= 2 for gap in gaps)


def test_only_what_was_agreed_both_times_moves():
    assert moved({"a": 1, "b": None, "c": 3}, {"a": 3, "b": 2, "c": None, "d": 1}) == {"a": 2}


# Protection


@given(st.lists(levels, max_size=20), st.sampled_from([5, 10]))
def test_nothing_under_the_floor(values, floor):
    found = shown(values, floor)
    assert (found is None) == (sum(1 for value in values if value is not None) < floor)


sizes = st.dictionaries(st.sampled_from(["", "a", "b", "c", "d"]), st.integers(0, 25))


@given(sizes, st.sampled_from([5, 10]))
def test_a_part_keeps_its_cover_and_so_does_the_rest(parts, floor):
    open_parts = parts_shown(parts, floor)
    assert "" not in open_parts
    assert all(parts[part] >= floor for part in open_parts)
    rest = sum(size for part, size in parts.items() if part not in open_parts)
    assert not open_parts or rest == 0 or rest >= floor


def test_who_did_not_say_hides_nobody_for_nothing():
    """2 relatives are covered by 20 who did not say: the residents can be shown."""
    assert parts_shown({"person": 11, "relative": 2, "": 20}, 5) == {"person"}
    assert parts_shown({"person": 11, "relative": 2, "": 1}, 5) == frozenset()


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.sampled_from([5, 10]))
def test_the_same_people_are_followed_only_where_nobody_else_is_found(both, new, gone, floor):
    if followed_shown(both, both + gone, both + new, floor):
        assert both >= floor
        assert all(rest == 0 or rest >= floor for rest in (new, gone))


@given(st.lists(st.text(min_size=1, max_size=30)), st.randoms())
def test_words_come_in_an_order_that_says_nothing_of_who_came_first(words, chance):
    mixed = list(words)
    chance.shuffle(mixed)
    assert comments_shown(words, 5, 5) == comments_shown(mixed, 5, 5)
    assert comments_shown(words, 4, 5) == ()


def test_a_pair_is_named_and_nobody_else_is():
    for kind in Kind:
        assert bool(kind_fits_group(kind, pair=True)) == (kind != Kind.NAMED)
        assert bool(kind_fits_group(kind, pair=False)) == (kind == Kind.NAMED)


# The course


@given(st.timedeltas(timedelta(0), timedelta(days=40)), st.timedeltas(timedelta(0), timedelta(days=40)))
def test_an_open_campaign_only_goes_forward(first, then):
    order = [Phase.OPEN, Phase.GRACE, Phase.CLOSED]
    course = Course(Phase.OPEN.value, NOW, NOW + timedelta(days=14))
    early, late = sorted([NOW + first, NOW + then])
    assert order.index(course.phase(early)) <= order.index(course.phase(late))
    assert course.settles(late) == (late >= course.closes + GRACE)
    # Whoever counts waits until no telephone can still send.
    assert not (course.settles(late) and course.takes_phones(late))


@pytest.mark.parametrize("state", ["draft", "settled", "cancelled"])
def test_a_campaign_that_is_not_open_takes_nothing(state):
    course = Course(state, NOW, NOW + timedelta(days=14))
    assert not course.takes_phones(NOW)
    assert not course.takes_paper(NOW)
    assert not course.settles(NOW + timedelta(days=400))


def test_before_its_first_day_nothing_comes_in():
    course = Course(Phase.OPEN.value, NOW, NOW + timedelta(days=14))
    assert course.is_waiting(NOW - timedelta(seconds=1))
    assert not course.takes_phones(NOW - timedelta(seconds=1))
    assert course.takes_phones(NOW)


# The wheel


def test_the_sectors_fill_the_wheel_each_in_its_quarter():
    drawn = sorted(sectors(INSTRUMENT), key=lambda sector: sector.start)
    assert drawn[0].start == 0
    assert drawn[-1].end == pytest.approx(1)
    for one, following in pairwise(drawn):
        assert one.end == pytest.approx(following.start)
    turns = {sector.number: sector.middle for sector in drawn}
    assert turns[1] < turns[2] < 0.25 < turns[3] < turns[5] < 0.5 < turns[6] < turns[8] < 0.75 < turns[9]


@given(st.floats(0, 1), st.sampled_from(LEVELS))
def test_a_level_is_as_far_from_the_centre_wherever_it_is_drawn(turn, level):
    x, y = point(turn, radius(level))
    assert hypot(x - CENTRE, y - CENTRE) == pytest.approx(HUB + STEP * level, abs=0.1)


def test_expression_is_top_left_and_decision_bottom_right():
    x, y = point(sectors(INSTRUMENT)[0].middle, 100)
    assert x < CENTRE
    assert y < CENTRE
    x, y = point(sectors(INSTRUMENT)[6].middle, 100)
    assert x > CENTRE
    assert y > CENTRE
    assert slice_path(0, 0.25, 10, 20).count("A") == 2
