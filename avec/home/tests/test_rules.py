from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.home.rules import (
    PLACE_OF_STEP,
    Group,
    Signing,
    a_month_after,
    group_of,
    share_used,
    signing_of,
    thread_states,
)
from avec.people.rules import FLOOR, mask

counts = st.lists(st.integers(0, 60), min_size=2, max_size=7)
TODAY = date(2026, 11, 17)


@given(counts)
def test_no_group_under_the_floor_is_shown(groups):
    shown = mask(groups)
    assert shown is None or all(count is None or count >= FLOOR for count in shown)


@given(counts)
def test_what_is_left_out_can_not_be_found_from_the_whole(groups):
    """The rest of the whole is at least eleven people, in at least two groups: several splits give the same page."""
    shown = mask(groups)
    if shown is None or None not in shown:
        return
    rest = sum(groups) - sum(count for count in shown if count is not None)
    assert shown.count(None) > 1
    assert rest >= FLOOR


@given(counts)
def test_two_ways_to_share_what_is_left_out_give_the_same_page(groups):
    """Swapping two groups left out changes nothing on the page: neither can be told from the other."""
    shown = mask(groups)
    if shown is None:
        return
    out = [index for index, count in enumerate(shown) if count is None]
    for left, right in pairwise(out):
        swapped = list(groups)
        swapped[left], swapped[right] = swapped[right], swapped[left]
        assert mask(swapped) == shown


@given(counts)
def test_what_is_shown_is_true(groups):
    shown = mask(groups)
    if shown is None:
        assert sum(groups) < FLOOR
    else:
        assert all(count is None or count == real for count, real in zip(shown, groups, strict=True))


@given(counts)
def test_nothing_is_left_out_without_need(groups):
    if all(count >= FLOOR for count in groups):
        assert mask(groups) == groups


@pytest.mark.parametrize(
    ("groups", "shown"),
    [
        ([], None),
        ([10], None),
        ([11], [11]),
        ([20, 30], [20, 30]),
        ([3, 30, 40], [None, None, 40]),
        ([5, 5, 40], [None, None, None]),
        ([6, 6, 40], [None, None, 40]),
        ([0, 30, 30], [None, None, None]),
        ([2, 3], None),
    ],
)
def test_masking_case_by_case(groups, shown):
    assert mask(groups) == shown


def test_every_step_has_a_place_on_the_thread():
    for step, place in PLACE_OF_STEP.items():
        states = thread_states(step)
        assert states.count("now") == 1
        assert states[place] == "now"
        assert len(states) == 5
    assert thread_states(None) == ["todo"] * 5


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (None, Group.TODAY),
        (TODAY, Group.TODAY),
        (date(2026, 11, 16), Group.LATE),
        (date(2026, 11, 18), Group.SOON),
        (date(2026, 12, 17), Group.SOON),
        (date(2026, 12, 18), None),
    ],
)
def test_the_part_of_the_day(due, group):
    assert group_of(due, TODAY) == group


def test_a_month_after_keeps_the_day_when_it_exists():
    assert a_month_after(date(2026, 1, 31)) == date(2026, 2, 28)
    assert a_month_after(date(2026, 12, 3)) == date(2027, 1, 3)


@given(st.dates(), st.dates(), st.dates())
def test_a_used_up_share_stays_between_nothing_and_all(start, due, day):
    assert 0.0 <= share_used(start, due, day) <= 1.0


@pytest.mark.parametrize(
    ("admitted", "signed", "outcome"),
    [
        (date(2026, 10, 1), date(2026, 11, 1), Signing.IN_TIME),
        (date(2026, 10, 1), date(2026, 11, 2), Signing.LATER),
        (date(2026, 10, 1), None, Signing.NOT_YET),
        (date(2026, 10, 17), None, Signing.TOO_SOON),
        (None, None, Signing.TOO_SOON),
    ],
)
def test_a_contract_and_its_month(admitted, signed, outcome):
    assert signing_of(admitted, signed, TODAY) == outcome
