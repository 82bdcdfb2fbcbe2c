import calendar
import contextlib
import itertools
from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from avec.careplan.rules.rhythm import (
    LAST,
    Every,
    Occurrence,
    Part,
    Rhythm,
    RhythmRefused,
    Weekday,
    in_words,
    occurrences,
    parse,
    parse_rrule,
    per_week,
)

NBSP = "\u00a0"
MONDAY = date(2026, 11, 16)

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
moments = st.one_of(
    st.sampled_from(list(Part)), st.times().map(lambda at: at.replace(second=0, microsecond=0))
)
times = st.lists(moments, max_size=3).map(tuple)
intervals = st.integers(1, 12)
week_days = st.lists(st.builds(Weekday, st.integers(0, 6)), max_size=7).map(tuple)
nth_days = st.lists(
    st.builds(Weekday, st.integers(0, 6), st.sampled_from([1, 2, 3, 4, LAST])), max_size=3
).map(tuple)
month_days = st.lists(st.one_of(st.integers(1, 31), st.just(LAST)), max_size=3).map(tuple)
months = st.lists(st.integers(1, 12), min_size=1, max_size=3).map(tuple)
safe_days = st.lists(st.one_of(st.integers(1, 28), st.just(LAST)), max_size=3).map(tuple)
ends = st.one_of(
    st.fixed_dictionaries({}),
    st.fixed_dictionaries({"count": st.integers(1, 50)}),
    st.fixed_dictionaries({"until": days}),
)


def built(every, **parts):
    return st.builds(
        lambda end, **rest: Rhythm(every, **rest, **end), end=ends, interval=intervals, times=times, **parts
    )


recurring = st.one_of(
    built(Every.DAY),
    built(Every.WEEK, days=week_days),
    built(Every.MONTH, days=nth_days),
    built(Every.MONTH, month_days=month_days),
    built(Every.YEAR),
    built(Every.YEAR, months=months, month_days=safe_days),
)
rhythms = st.one_of(
    recurring,
    st.builds(lambda at: Rhythm(on_request=True, times=at), times),
    st.builds(lambda on, at: Rhythm(once_on=on, times=at), days, times),
)


# --- in words ---


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("FREQ=DAILY", "chaque jour"),
        ("FREQ=DAILY @ morning", "chaque matin"),
        ("FREQ=DAILY @ afternoon", "chaque après-midi"),
        ("FREQ=DAILY @ evening,morning", "chaque matin et chaque soir"),
        ("FREQ=DAILY @ 10:30", "chaque jour, à 10 h 30"),
        ("FREQ=DAILY @ 18:00,08:00,12:00", "chaque jour, à 8 h, à 12 h et à 18 h"),
        ("FREQ=DAILY @ 08:05,evening", "chaque jour, à 8 h 05 et le soir"),
        ("FREQ=DAILY;INTERVAL=2", "un jour sur deux"),
        ("FREQ=DAILY;INTERVAL=3", "tous les 3 jours"),
        ("FREQ=DAILY;INTERVAL=15", "un jour sur 15"),
        ("FREQ=WEEKLY", "une fois par semaine"),
        ("FREQ=WEEKLY;BYDAY=TU", "le mardi"),
        ("FREQ=WEEKLY;BYDAY=TU @ morning", "le mardi matin"),
        ("FREQ=WEEKLY;BYDAY=TU,TH @ 10:30", "le mardi et le jeudi, à 10 h 30"),
        ("FREQ=WEEKLY;BYDAY=TU,TH @ evening", "le mardi et le jeudi, le soir"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "le lundi, le mercredi et le vendredi"),
        ("FREQ=WEEKLY;BYDAY=FR,TH,WE,TU,MO", "du lundi au vendredi"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "le samedi et le dimanche"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU @ noon", "chaque midi"),
        ("FREQ=WEEKLY;INTERVAL=2", "tous les 15 jours"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "tous les 15 jours, le lundi"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "une semaine sur deux, le lundi et le jeudi"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO @ morning", "toutes les 3 semaines, le lundi matin"),
        ("FREQ=MONTHLY", "une fois par mois"),
        ("FREQ=MONTHLY;BYDAY=1MO", "le premier lundi du mois"),
        ("FREQ=MONTHLY;BYDAY=3MO,1MO", "le premier et le troisième lundi du mois"),
        ("FREQ=MONTHLY;BYDAY=-1FR,1MO", "le premier lundi et le dernier vendredi du mois"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "le 15 de chaque mois"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,1", "le 1er et le 15 de chaque mois"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "le dernier jour du mois"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "le 31 de chaque mois, quand ce jour existe"),
        ("FREQ=MONTHLY;INTERVAL=3", "tous les 3 mois"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "tous les 3 mois, le dernier jour du mois"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", "tous les 2 mois, le premier lundi"),
        ("FREQ=YEARLY", "une fois par an"),
        ("FREQ=YEARLY;BYMONTH=3", "une fois par an, en mars"),
        ("FREQ=YEARLY;BYMONTH=9,3", "deux fois par an, en mars et en septembre"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=3", "tous les 2 ans, en mars"),
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1", "chaque année, le 1er avril"),
        ("FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=-1", "chaque année, le dernier jour d’août"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "chaque année, le 29 février, quand ce jour existe"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=10", "le mardi, 10 fois en tout"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=1", "le mardi, une seule fois"),
        ("FREQ=DAILY;UNTIL=20261231", "chaque jour, jusqu’au 31 décembre 2026"),
        ("ON_REQUEST", "quand Odette le demande"),
        ("ON_REQUEST @ night", "quand Odette le demande, la nuit"),
        ("ON=2026-11-24", "une seule fois, le mardi 24 novembre 2026"),
        ("ON=2026-11-24 @ 14:00", "une seule fois, le mardi 24 novembre 2026, à 14 h"),
    ],
)
def test_it_is_said_as_one_says_it(code, words):
    said = in_words(parse(code), called="Odette")
    assert said.replace(NBSP, " ") == words


def test_hours_do_not_break_over_two_lines():
    assert in_words(parse("FREQ=DAILY @ 10:30")) == f"chaque jour, à 10{NBSP}h{NBSP}30"


@given(rhythms)
def test_any_rhythm_has_clean_words(rhythm):
    said = in_words(rhythm)
    assert said
    assert said == said.strip(" ,")
    for slip in ("  ", ", ,", " ,", "None", "de août"):
        assert slip not in said


# --- kept and read again ---


@given(rhythms)
def test_what_is_kept_is_read_again(rhythm):
    assert parse(rhythm.to_code()) == rhythm


@given(recurring)
def test_the_rule_is_one_that_others_read(rhythm):
    assert rrulestr(rhythm.to_rrule(), dtstart=datetime(2026, 1, 1))
    assert parse_rrule(f"RRULE:{rhythm.to_rrule()}", times=rhythm.times) == rhythm


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("RRULE:FREQ=WEEKLY;WKST=MO;BYDAY=th,tu;", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("freq=daily;interval=1", "FREQ=DAILY"),
        ("FREQ=DAILY;BYDAY=MO,FR", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("FREQ=DAILY;UNTIL=20261231T225959Z", "FREQ=DAILY;UNTIL=20261231"),
        ("FREQ=MONTHLY;BYDAY=+1MO", "FREQ=MONTHLY;BYDAY=1MO"),
    ],
)
def test_other_ways_to_write_the_same_rule(text, rule):
    assert parse_rrule(text).to_rrule() == rule


@pytest.mark.parametrize(
    "code",
    [
        "",
        "   ",
        "chaque mardi",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;INTERVAL=5",
        "INTERVAL=2",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=١",
        "FREQ=DAILY;INTERVAL=",
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=WEEKLY;WKST=SU",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYDAY=1FR;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=MONTHLY;BYMONTH=3",
        "FREQ=MONTHLY;BYMONTHDAY=15;BYSETPOS=1",
        "FREQ=YEARLY;BYMONTHDAY=15",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=3;UNTIL=20261231",
        "FREQ=DAILY;UNTIL=20261301",
        "FREQ=DAILY;UNTIL=demain",
        "FREQ=DAILY;BYHOUR=10",
        "FREQ=DAILY @ 25:00",
        "FREQ=DAILY @ tea",
        "FREQ=DAILY @ 10:30,",
        "ON=2026-02-30",
        "ON=",
    ],
)
def test_what_we_cannot_say_is_refused_in_a_sentence(code):
    with pytest.raises(RhythmRefused) as refused:
        parse(code)
    assert str(refused.value).endswith(".")


@given(st.text(max_size=60))
def test_any_other_text_is_refused_not_a_fault(text):
    with contextlib.suppress(RhythmRefused):
        parse(text)


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"every": Every.DAY, "on_request": True},
        {"on_request": True, "once_on": MONDAY},
        {"on_request": True, "count": 2},
        {"once_on": MONDAY, "interval": 2},
        {"every": Every.DAY, "times": (time(10, 30, 15),)},
        {"every": Every.DAY, "times": (time(10, 30, tzinfo=UTC),)},
    ],
)
def test_a_rhythm_is_one_thing(parts):
    with pytest.raises(RhythmRefused):
        Rhythm(**parts)


def test_the_order_typed_does_not_count():
    one = Rhythm(Every.WEEK, days=(Weekday(3), Weekday(1)), times=(Part.EVENING, time(8), time(8)))
    assert one == Rhythm(Every.WEEK, days=(Weekday(1), Weekday(3)), times=(time(8), Part.EVENING))


# --- when it happens ---


def when(code, starts_on, until, limit=100):
    return [found.day for found in occurrences(parse(code), starts_on, until, limit)]


def test_twice_a_week():
    assert when("FREQ=WEEKLY;BYDAY=TU,TH", MONDAY, date(2026, 11, 26)) == [
        date(2026, 11, 17),
        date(2026, 11, 19),
        date(2026, 11, 24),
        date(2026, 11, 26),
    ]


def test_each_time_of_the_day_is_one():
    assert occurrences(parse("FREQ=DAILY @ evening,08:00"), MONDAY, MONDAY) == [
        Occurrence(MONDAY, time(8)),
        Occurrence(MONDAY, Part.EVENING),
    ]


def test_the_31st_skips_the_months_that_have_none():
    assert when("FREQ=MONTHLY;BYMONTHDAY=31", date(2026, 1, 1), date(2026, 7, 31)) == [
        date(2026, 1, 31),
        date(2026, 3, 31),
        date(2026, 5, 31),
        date(2026, 7, 31),
    ]


def test_the_last_day_is_in_each_month():
    found = when("FREQ=MONTHLY;BYMONTHDAY=-1", date(2028, 1, 1), date(2028, 4, 30))
    assert found == [date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30)]


def test_once_a_month_from_the_31st_skips_no_month():
    found = when("FREQ=MONTHLY", date(2027, 1, 31), date(2027, 4, 30))
    assert found == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_once_a_year_from_the_29th_of_february_skips_no_year():
    found = when("FREQ=YEARLY", date(2028, 2, 29), date(2032, 12, 31))
    assert found == [
        date(2028, 2, 29),
        *(date(year, 2, 28) for year in (2029, 2030, 2031)),
        date(2032, 2, 29),
    ]


def test_the_29th_of_february_happens_in_leap_years():
    found = when("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2026, 1, 1), date(2036, 12, 31))
    assert found == [date(2028, 2, 29), date(2032, 2, 29), date(2036, 2, 29)]


def test_once_a_year_in_march_from_the_31st_of_january():
    assert when("FREQ=YEARLY;BYMONTH=6", date(2026, 1, 31), date(2027, 12, 31)) == [
        date(2026, 6, 30),
        date(2027, 6, 30),
    ]


def test_the_last_friday_of_the_month():
    assert when("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 11, 1), date(2026, 12, 31)) == [
        date(2026, 11, 27),
        date(2026, 12, 25),
    ]


def test_a_number_of_times_counts_days():
    assert when("FREQ=DAILY;COUNT=2 @ morning,evening", MONDAY, date(2027, 1, 1)) == [
        MONDAY,
        MONDAY,
        date(2026, 11, 17),
        date(2026, 11, 17),
    ]


def test_a_night_of_clock_change_has_its_hour_once():
    """Local days and hours: 02:30 on the last Sunday of October is one time, not two."""
    found = occurrences(parse("FREQ=DAILY @ 02:30"), date(2026, 10, 24), date(2026, 10, 26))
    assert [occurrence.at for occurrence in found] == [time(2, 30)] * 3
    assert [occurrence.day.day for occurrence in found] == [24, 25, 26]


def test_on_request_is_never_foreseen():
    assert when("ON_REQUEST @ morning", MONDAY, date(2030, 1, 1)) == []


@pytest.mark.parametrize(("day", "found"), [(MONDAY, [MONDAY]), (date(2026, 11, 15), [])])
def test_a_single_date_happens_within_the_bounds(day, found):
    assert [at.day for at in occurrences(Rhythm(once_on=day), MONDAY, date(2026, 12, 1))] == found


@given(rhythms, days, st.integers(0, 1500), st.integers(0, 60))
def test_occurrences_are_sorted_inside_their_bounds_and_limited(rhythm, starts_on, span, limit):
    until = starts_on + timedelta(days=span)
    found = occurrences(rhythm, starts_on, until, limit)
    assert len(found) <= limit
    assert [at.day for at in found] == sorted(at.day for at in found)
    assert len(found) == len(set(found))
    for at in found:
        assert starts_on <= at.day <= until
        assert rhythm.until is None or at.day <= rhythm.until
        assert (at.at in rhythm.times) if rhythm.times else at.at is None
    if rhythm.count is not None:
        assert len({at.day for at in found}) <= rhythm.count


@given(recurring, days)
def test_occurrences_fall_on_the_days_said(rhythm, starts_on):
    for at in occurrences(rhythm, starts_on, starts_on + timedelta(days=800), 40):
        last = calendar.monthrange(at.day.year, at.day.month)[1]
        if rhythm.days:
            assert at.day.weekday() in {said.day for said in rhythm.days}
        if rhythm.month_days:
            assert at.day.day in rhythm.month_days or (LAST in rhythm.month_days and at.day.day == last)
        if rhythm.months:
            assert at.day.month in rhythm.months


@given(st.builds(Rhythm, st.just(Every.MONTH), intervals), days)
def test_once_a_month_never_misses_its_month(rhythm, starts_on):
    found = [at.day for at in occurrences(rhythm, starts_on, starts_on + timedelta(days=2000), 12)]
    steps = {(b.year - a.year) * 12 + b.month - a.month for a, b in itertools.pairwise(found)}
    assert found[0] == starts_on
    assert steps <= {rhythm.interval}


@pytest.mark.parametrize(
    ("code", "times_a_week"),
    [
        ("FREQ=DAILY", 7),
        ("FREQ=DAILY @ morning,evening", 14),
        ("FREQ=DAILY;INTERVAL=2", 3.5),
        ("FREQ=WEEKLY;BYDAY=TU,TH", 2),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", 0.5),
        ("FREQ=MONTHLY", 0.23),
        ("FREQ=YEARLY;BYMONTH=3,9", 0.038),
    ],
)
def test_about_how_many_times_a_week(code, times_a_week):
    assert per_week(parse(code)) == pytest.approx(times_a_week, abs=0.01)


@pytest.mark.parametrize("code", ["ON_REQUEST", "ON=2026-11-24"])
def test_what_does_not_recur_has_no_weekly_figure(code):
    assert per_week(parse(code)) is None
