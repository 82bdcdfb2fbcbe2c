"""Where a refusal stands, and the day it is asked again; the review of a ground. Without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.negotiation.rules.grounds import (
    GroundRefused,
    Review,
    check_ground,
    check_review,
    review_of,
)
from avec.negotiation.rules.refusals import (
    LATEST,
    YES,
    Asked,
    Due,
    RefusalRefused,
    check_day,
    check_refused_on,
    next_day,
    where,
)
from avec.negotiation.rules.usual import COUNTRIES

TODAY = date(2026, 11, 17)
STANCES = ("still_no", "not_now", "in_part", YES)
days = st.dates(TODAY - timedelta(days=800), TODAY + timedelta(days=800))
answers = st.lists(st.builds(Asked, st.sampled_from(STANCES), days, st.none() | days), max_size=8)


def day(count: int) -> date:
    return TODAY + timedelta(days=count)


@pytest.mark.parametrize(
    ("asked", "stance", "due"),
    [
        ([], "", Due.LATER),
        ([Asked("still_no", day(-1), day(0))], "still_no", Due.TODAY),
        ([Asked("not_now", day(-9), day(-2))], "not_now", Due.OVERDUE),
        ([Asked("in_part", day(-1), day(9))], "in_part", Due.LATER),
        ([Asked("still_no", day(-9), day(-2)), Asked(YES, day(-1))], YES, Due.NONE),
        ([Asked(YES, day(-9)), Asked("still_no", day(-1), day(2))], "still_no", Due.LATER),
    ],
)
def test_the_last_answer_says_where_it_stands(asked, stance, due):
    found = where(day(-20), day(3), asked, TODAY)
    assert (found.stance, found.due) == (stance, due)
    assert found.since == (asked[-1].on if asked else day(-20))


@given(days, days, answers)
def test_a_refusal_is_never_lost(refused_on, again_on, asked):
    """It is accepted, or there is a day to ask again; and only the answers decide."""
    found = where(refused_on, again_on, asked, TODAY)
    assert found.stands == (not asked or asked[-1].stance != YES)
    assert (found.ask_on is None) == found.accepted == (found.due == Due.NONE)
    if found.ask_on is not None:
        assert found.ask_on in {again_on, *(one.ask_again_on for one in asked)}
        assert found.to_ask == (found.ask_on <= TODAY)
        assert (found.due == Due.OVERDUE) == (found.ask_on < TODAY)


@given(days, days, answers, st.sampled_from(STANCES))
def test_what_was_answered_before_changes_nothing(refused_on, again_on, asked, stance):
    last = Asked(stance, TODAY, None if stance == YES else day(7))
    assert where(refused_on, again_on, [*asked, last], TODAY) == where(refused_on, again_on, [last], TODAY)


@given(days)
def test_the_day_to_ask_again_is_to_come_and_within_the_year(asked_on):
    if TODAY <= asked_on <= TODAY + LATEST:
        assert check_day(asked_on, TODAY) == asked_on
    else:
        with pytest.raises(RefusalRefused):
            check_day(asked_on, TODAY)


def test_no_day_is_refused_unless_the_answer_is_yes():
    with pytest.raises(RefusalRefused):
        next_day("not_now", None, TODAY)
    assert next_day(YES, None, TODAY) is None
    assert next_day(YES, day(-40), TODAY) is None


def test_a_refusal_is_not_dated_ahead():
    check_refused_on(TODAY, TODAY)
    with pytest.raises(RefusalRefused):
        check_refused_on(day(1), TODAY)


@pytest.mark.parametrize(
    ("reviewed", "by", "state"),
    [
        (None, None, Review.NEVER),
        (None, day(-1), Review.OVERDUE),
        (day(-400), day(-1), Review.OVERDUE),
        (day(-300), day(0), Review.SOON),
        (day(-300), day(30), Review.SOON),
        (day(-300), day(31), Review.KEPT),
        (day(-300), None, Review.KEPT),
    ],
)
def test_a_ground_waits_for_its_review(reviewed, by, state):
    assert review_of(reviewed, by, TODAY) == state


@pytest.mark.parametrize(
    ("nature", "words", "source"),
    [
        ("organisation", "L’heure du lever", "La maison"),
        ("", "Ne pas fumer", "La loi"),
        ("law", " ", "La loi"),
        ("law", "Ne pas fumer", " "),
        ("law", "NE PAS FUMER ici", "La loi"),
    ],
)
def test_a_ground_says_what_and_where_it_comes_from(nature, words, source):
    with pytest.raises(GroundRefused):
        check_ground(nature, words, source, frozenset({"ne pas fumer ici"}))


@pytest.mark.parametrize(("on", "by"), [(day(1), day(300)), (day(0), day(0)), (day(0), day(4000))])
def test_a_review_is_dated_and_comes_back(on, by):
    with pytest.raises(GroundRefused):
        check_review(on, by, TODAY)


@pytest.mark.parametrize("country", list(COUNTRIES))
def test_the_usual_grounds_hold(country):
    _label, lines = COUNTRIES[country]
    assert len(lines) >= 15
    assert len({one.code for one in lines}) == len(lines)
    for one in lines:
        check_ground(one.nature.value, one.words, one.source, frozenset())
        assert max(len(one.words), len(one.source)) <= 250
        assert len(one.code) <= 40
        assert one.easy
        assert one.around
        assert " :" not in one.words + one.source + one.easy + one.around
