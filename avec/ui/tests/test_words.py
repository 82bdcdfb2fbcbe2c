from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.ui import words

TODAY = date(2026, 11, 17)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 17), "17 novembre 2026"),
        (date(2027, 3, 1), "1er mars 2027"),
        (date(2024, 2, 29), "29 février 2024"),
    ],
)
def test_a_date_in_full(day, said):
    assert words.date_long(day) == said


def test_a_date_with_its_weekday():
    assert words.date_full(TODAY) == "mardi 17 novembre 2026"


def test_a_short_date():
    assert words.date_short(date(2026, 12, 3)) == "3 déc. 2026"


def test_a_moment():
    assert words.datetime_words(datetime(2026, 11, 17, 9, 42)) == "17 novembre 2026 à 9\u00a0h\u00a042"
    assert words.datetime_words(datetime(2026, 11, 17, 10, 0)) == "17 novembre 2026 à 10\u00a0h"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY, "aujourd’hui"),
        (TODAY + timedelta(1), "demain"),
        (TODAY - timedelta(1), "hier"),
        (TODAY + timedelta(7), "dans 7 jours"),
        (TODAY - timedelta(3), "il y a 3 jours"),
        (date(2027, 1, 16), "dans 60 jours"),
        (date(2027, 1, 17), "dans 2 mois"),
        (date(2025, 11, 17), "il y a 12 mois"),
        (date(2024, 11, 18), "il y a 23 mois"),
        (date(2024, 11, 17), "il y a 2 ans"),
    ],
)
def test_the_distance_to_a_day(day, said):
    assert words.distance(day, TODAY) == said


@given(days, days)
def test_a_distance_says_before_or_after(day, today):
    said = words.distance(day, today)
    if said.startswith("dans"):
        assert day > today
    elif said.startswith("il y a"):
        assert day < today
    else:
        assert abs((day - today).days) <= 1


@given(days)
def test_every_date_reads_back(day):
    number, month, year = words.date_long(day).split()
    assert (int(number.removesuffix("er")), words.MONTHS.index(month) + 1, int(year)) == (
        day.day,
        day.month,
        day.year,
    )


def test_quoted_words():
    assert words.quote(" Bonjour. ") == "«\u00a0Bonjour.\u00a0»"
    assert words.quote("") == ""


@given(st.text())
def test_words_are_quoted_once_and_kept(text):
    quoted = words.quote(text)
    assert words.quote(quoted) == quoted
    assert text.strip() in quoted


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Odette Marcillac", "OM"),
        ("Mme Odette de la Tour", "OT"),
        ("M. Élie", "É"),
        ("Jean-Pierre Durand", "JD"),
        ("sonia", "S"),
        ("Dr", "D"),
        ("", ""),
        ("12", ""),
    ],
)
def test_initials(name, letters):
    assert words.initials(name) == letters


@given(st.text())
def test_initials_never_fail_and_stay_short(name):
    # « ß » and a few ligatures become two letters in capitals
    assert len(words.initials(name)) <= 6


def test_spaces_that_do_not_break():
    assert words.nbsp("Pourquoi ? « Oui » : 5 %") == "Pourquoi\u00a0? «\u00a0Oui\u00a0»\u00a0: 5\u00a0%"
    assert words.nbsp("à 9:30") == "à 9:30"
    assert words.nbsp("à 7 h 30, ou 9 h") == "à 7\u00a0h\u00a030, ou 9\u00a0h"
    assert words.nbsp("2 heures, 3 hommes") == "2 heures, 3 hommes"


@given(st.text())
def test_spacing_twice_changes_nothing_more(text):
    once = words.nbsp(text)
    assert words.nbsp(once) == once
    assert "\u202f" not in once


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Odette", "d’Odette"),
        ("Élise", "d’Élise"),
        ("Œdipe", "d’Œdipe"),
        ("Hugo", "d’Hugo"),
        ("Yves", "d’Yves"),
        ("Yanis", "de Yanis"),
        ("Sonia", "de Sonia"),
        ("", "de "),
    ],
)
def test_elision(name, said):
    assert words.elide(name) == said


def test_elision_of_another_word():
    assert words.elide("Odette", "que") == "qu’Odette"
    assert words.elide("Sonia", "le") == "le Sonia"


@pytest.mark.parametrize(("count", "ending"), [(0, ""), (1, ""), (2, "s"), (-1, ""), (21, "s")])
def test_french_plural(count, ending):
    assert words.pluralise_fr(count) == ending
    assert words.pluralise_fr(count, "x") == ("x" if ending else "")
    assert words.pluralise_fr(count, "attente,attentes") == "attente" + ending


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "1 seconde"),
        (45.2, "45 secondes"),
        (60, "1 minute"),
        (130, "2 min 10 s"),
        (119.7, "2 minutes"),
    ],
)
def test_how_long_a_sound_lasts(seconds, said):
    assert words.length_words(seconds) == said.replace(" ", words.NBSP)
