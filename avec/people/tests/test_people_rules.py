from datetime import date

import pytest

from avec.people.rules import (
    DatesRefused,
    Identity,
    Kind,
    Relationship,
    check_mandate,
    check_order,
    check_stay,
    grown_up_on,
    keeps_a_referent,
    may_be_same,
    next_number,
)

BORN, TODAY = date(1943, 5, 2), date(2026, 11, 17)


def day(number: int) -> date:
    return date(2026, 3, number)


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [(day(3), day(3), True), (day(3), day(2), False), (None, day(2), True), (day(3), None, True)],
)
def test_both_days_are_included(first, last, fits):
    if fits:
        check_order(first, last)
    else:
        with pytest.raises(DatesRefused, match="end_before_start"):
            check_order(first, last)


@pytest.mark.parametrize(
    ("stay", "others", "fault"),
    [
        ((day(1), None), [], ""),
        ((day(5), None), [(day(1), day(5))], ""),
        ((day(5), day(9)), [(day(1), day(5)), (day(9), None)], ""),
        ((day(4), None), [(day(1), day(5))], "overlap"),
        ((day(5), None), [(day(1), None)], "overlap"),
        ((day(1), None), [(day(5), None)], "overlap"),
        ((day(1), day(6)), [(day(5), None)], "overlap"),
        ((day(5), day(4)), [], "end_before_start"),
        ((date(1942, 1, 1), None), [], "before_birth"),
    ],
)
def test_one_is_here_once_at_a_time(stay, others, fault):
    if not fault:
        check_stay(stay, others, BORN)
        return
    with pytest.raises(DatesRefused, match=fault):
        check_stay(stay, others, BORN)


@pytest.mark.parametrize(
    ("kind", "starts", "ends", "born", "fault"),
    [
        (Kind.ASSISTANCE, day(1), day(2), BORN, ""),
        (Kind.ASSISTANCE, day(2), day(1), BORN, "end_before_start"),
        (Kind.PARENT, day(1), None, BORN, "grown_up"),
        (Kind.PARENT, day(1), date(2030, 5, 1), date(2012, 5, 2), ""),
        (Kind.PARENT, day(1), date(2030, 5, 2), date(2012, 5, 2), "ends_after_grown_up"),
        (Kind.PARENT, day(1), None, None, ""),
    ],
)
def test_the_dates_of_a_mandate(kind, starts, ends, born, fault):
    if not fault:
        check_mandate(kind, starts, ends, born, TODAY)
        return
    with pytest.raises(DatesRefused, match=fault):
        check_mandate(kind, starts, ends, born, TODAY)


def test_somebody_born_on_29_february_is_grown_up_on_1_march():
    assert grown_up_on(date(2008, 2, 29)) == date(2026, 3, 1)
    assert grown_up_on(date(2008, 2, 28)) == date(2026, 2, 28)


ODETTE = Identity("Marcillac", "Odette Marie", "Duval", BORN)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Identity("MARCILLAC", "odètte", "", BORN), True),
        (Identity("Duval", "Odette", "", BORN), True),
        (Identity("Autre", "Odette", "Marcillac", BORN), True),
        (Identity("Marcillac", "", "", BORN), True),
        (Identity("Marcillac", "Odette"), True),
        (Identity("Marcillac", "Odette", "", date(1943, 5, 3)), False),
        (Identity("Marcillac", "Jeanne", "", BORN), False),
        (Identity("Martin", "Odette", "", BORN), False),
        (Identity("", "Odette", "", BORN), False),
    ],
)
def test_who_could_be_one_person(other, same):
    assert may_be_same(ODETTE, other) is same
    assert may_be_same(other, ODETTE) is same


@pytest.mark.parametrize(
    ("taken", "number"),
    [
        ([], "2026-0001"),
        (["2026-0007", "2026-0003", "P12", "2025-0900", "2026-x"], "2026-0008"),
        (["2026-9999"], "2026-10000"),
    ],
)
def test_the_next_number_follows_the_highest_of_the_year(taken, number):
    assert next_number(2026, taken) == number


@pytest.mark.parametrize(
    ("others", "last_day", "kept"),
    [
        ([], TODAY, False),
        ([Relationship(Kind.TEAM)], TODAY, True),
        ([Relationship(Kind.TEAM, ends=TODAY)], TODAY, False),
        ([Relationship(Kind.TEAM, starts=date(2026, 11, 18))], TODAY, True),
        ([Relationship(Kind.TEAM, starts=date(2026, 12, 1))], TODAY, False),
        ([Relationship(Kind.TEAM, starts=date(2026, 11, 18))], date(2026, 11, 16), False),
    ],
)
def test_the_last_referent_names_another_first(others, last_day, kept):
    assert keeps_a_referent(others, TODAY, last_day) is kept
