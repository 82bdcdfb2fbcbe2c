import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.careplan.rules.timeline import (
    MOST_TICKS,
    Item,
    Scale,
    State,
    scale_for,
    state_of,
    ticks,
    timeline,
)

NBSP = "\u00a0"
TODAY = date(2026, 11, 22)


def item(start, end=None, label="Revue", kind="review", url=""):
    return Item(kind, label, start, end, url)


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [
        (date(2026, 11, 21), None, State.PAST),
        (TODAY, None, State.TODAY),
        (date(2026, 11, 23), None, State.DUE),
        (date(2026, 1, 1), date(2026, 11, 21), State.PAST),
        (date(2026, 1, 1), TODAY, State.TODAY),
        (TODAY, date(2027, 1, 1), State.TODAY),
        (date(2026, 11, 23), date(2027, 1, 1), State.DUE),
        (TODAY, date(2026, 1, 1), State.TODAY),  # an end before its start
    ],
)
def test_past_today_and_due(start, end, state):
    assert state_of(item(start, end), TODAY) == state


def test_the_scale_holds_whole_months():
    scale = scale_for([item(date(2026, 11, 30)), item(date(2028, 2, 29))], TODAY)
    assert scale == Scale(date(2026, 11, 1), date(2028, 3, 1))
    assert scale.months == 16


def test_one_day_alone_has_room():
    assert scale_for([], TODAY) == Scale(date(2026, 11, 1), date(2027, 2, 1))


def test_today_is_always_on_the_picture():
    found = timeline([item(date(2020, 1, 1))], today=TODAY)
    assert 0 < found.today < 1


@pytest.mark.parametrize(
    ("start", "end", "day", "place"),
    [
        (date(2027, 1, 1), date(2028, 1, 1), date(2027, 1, 1), 0),
        (date(2027, 1, 1), date(2028, 1, 1), date(2027, 12, 31), 364 / 365),
        (date(2028, 1, 1), date(2029, 1, 1), date(2028, 2, 29), 59 / 366),
        (date(2028, 1, 1), date(2029, 1, 1), date(2028, 12, 31), 365 / 366),
        (date(2028, 2, 1), date(2028, 3, 1), date(2028, 2, 29), 28 / 29),
        (date(2027, 1, 1), date(2028, 1, 1), date(2026, 1, 1), 0),
        (date(2027, 1, 1), date(2028, 1, 1), date(2030, 1, 1), 1),
    ],
)
def test_where_a_day_is(start, end, day, place):
    assert Scale(start, end).at(day) == pytest.approx(place)


def labels(start, end):
    return [tick.label for tick in ticks(Scale(start, end))]


def test_a_few_months_have_each_their_mark():
    assert labels(date(2026, 11, 1), date(2027, 3, 1)) == ["nov. 2026", "déc.", "janv. 2027", "févr."]


def test_a_year_of_months():
    found = ticks(Scale(date(2028, 1, 1), date(2029, 1, 1)))
    assert [tick.day.month for tick in found] == list(range(1, 13))
    assert found[2].at == pytest.approx(60 / 366)  # the 1st of March of a leap year
    assert [tick.major for tick in found] == [True] + [False] * 11


def test_two_years_have_quarters_that_begin_in_january():
    assert labels(date(2026, 11, 1), date(2028, 3, 1)) == [
        "janv. 2027",
        "avr.",
        "juil.",
        "oct.",
        "janv. 2028",
    ]


def test_ten_years_have_years():
    assert labels(date(2020, 5, 1), date(2030, 6, 1)) == [str(year) for year in range(2021, 2031)]


def test_a_century_has_fewer():
    found = labels(date(1930, 1, 1), date(2030, 1, 1))
    assert found == [str(year) for year in range(1930, 2030, 10)]


def test_the_table_is_in_order_of_time_and_leads_to_the_thread():
    found = timeline(
        [
            item(date(2027, 5, 1), label="Terme"),
            item(date(2026, 1, 1), date(2027, 1, 1), label="Marcher", url="/fil/1/"),
            item(date(2026, 1, 1), label="Début"),
        ],
        today=TODAY,
    )
    assert [row.item.label for row in found.rows] == ["Début", "Marcher", "Terme"]
    assert found.rows[1].item.url == "/fil/1/"
    assert [row.state for row in found.rows] == [State.PAST, State.TODAY, State.DUE]
    assert found.words == f"De janvier 2026 à mai 2027{NBSP}: 1 passé, 1 en cours, 1 à venir."


def test_nothing_dated_yet():
    found = timeline([], today=date(2026, 10, 5))
    assert found.rows == []
    assert found.lanes == 0
    assert found.words == f"D’octobre 2026 à décembre 2026{NBSP}: rien n’est encore daté."


def test_a_bar_holds_its_last_day():
    (row,) = timeline([item(date(2026, 11, 1), date(2027, 1, 31))], today=TODAY).rows
    assert (row.x, row.x_end) == (0, 1)


def test_labels_that_would_touch_take_two_lanes():
    day = date(2026, 11, 10)
    near, far = item(day, label="a" * 20), item(day + timedelta(days=2), label="b")
    assert timeline([near, far], today=TODAY).lanes == 2
    assert timeline([near, item(day + timedelta(days=60), label="b")], today=TODAY).lanes == 1


def test_a_label_that_would_leave_the_picture_ends_at_its_item():
    (row,) = timeline([item(date(2027, 1, 31), label="a" * 30)], today=TODAY).rows
    assert row.label_at_end
    assert row.label_to == pytest.approx(row.x_end)


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
items = st.lists(
    st.builds(
        Item,
        st.sampled_from(["goal", "review"]),
        st.text(max_size=150),
        days,
        st.none() | days,
        st.just("/x/"),
    ),
    max_size=25,
)


@given(items, days, st.floats(0, 0.05))
def test_nothing_covers_anything_and_all_is_inside(found, today, letter):
    picture = timeline(found, today=today, letter=letter)
    assert len(picture.rows) == len(found)
    assert [row.item.start for row in picture.rows] == sorted(one.start for one in found)
    spans = {}
    for row in picture.rows:
        assert 0 <= row.x < row.x_end <= 1
        assert 0 <= row.label_from <= row.label_to <= 1
        assert 0 <= row.lane < picture.lanes
        reach = (min(row.x, row.label_from), max(row.x_end, row.label_to))
        spans.setdefault(row.lane, []).append(reach)
    for lane in spans.values():
        lane.sort()
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(lane))


@given(items, days)
def test_there_are_never_too_many_marks(found, today):
    scale = scale_for(found, today)
    marks = ticks(scale)
    assert 1 <= len(marks) <= MOST_TICKS + 1
    assert [mark.at for mark in marks] == sorted({mark.at for mark in marks})
    assert all(mark.day.day == 1 and scale.start <= mark.day < scale.end for mark in marks)


@given(days, days, days)
def test_later_is_further(one, other, today):
    scale = scale_for([item(one), item(other)], today)
    assert (scale.at(one) < scale.at(other)) == (one < other)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar(day):
    found = timeline([item(day, label="loin")], today=TODAY)
    assert len(found.rows) == 1
    assert len(found.ticks) > 1
