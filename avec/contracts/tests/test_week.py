from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.careplan.rules.rhythm import Every, Part, Rhythm, Weekday, in_words
from avec.contracts.rules import Happening, easy_week_of, from_data, week_of
from avec.contracts.rules.week import headings_in_order, read_words
from avec.contracts.tests.frozen import FROZEN
from avec.ui.words import NBSP, WEEKDAYS

MORNING = Rhythm(Every.DAY, times=(Part.MORNING,))


def plain(words):
    return words.replace(NBSP, " ")


def week(*happenings):
    told = week_of(happenings, called="Odette")
    return {day.heading: [plain(item) for item in day.items] for day in told}


@pytest.mark.parametrize(
    ("words", "rhythm"),
    [
        ("chaque matin", MORNING),
        ("Tous les matins.", MORNING),
        ("chaque jour, le matin", MORNING),
        ("tous les jours", Rhythm(Every.DAY)),
        ("le mardi", Rhythm(Every.WEEK, days=(Weekday(1),))),
        ("le mardi soir", Rhythm(Every.WEEK, days=(Weekday(1),), times=(Part.EVENING,))),
        ("le mardi et le vendredi", Rhythm(Every.WEEK, days=(Weekday(1), Weekday(4)))),
        ("les lundis, mercredis", None),
        ("le premier mardi du mois", None),
        ("le mardi, une semaine sur deux", None),
        ("après 11 heures", None),
        ("", None),
    ],
)
def test_only_plain_words_are_placed(words, rhythm):
    assert read_words(words) == rhythm


def test_a_week_says_each_day_what_is_done():
    walk = Happening("Marcher jusqu’au banc.", rhythm="chaque matin", participation="by")
    letters = Happening(
        "Lire le courrier", "Julie Fabre", recurrence="FREQ=WEEKLY;BYDAY=TH,MO @ 14:30", participation="with"
    )
    knock = Happening("Frapper", recurrence="FREQ=DAILY;UNTIL=20270303 @ morning,evening")
    outing = Happening(
        "Aller au marché", "Claire", "une fois par mois", "FREQ=MONTHLY", participation="presence"
    )
    asked = Happening("Chanter", rhythm="quand Odette le demande", recurrence="ON_REQUEST")
    assert week(walk, letters, knock, outing, asked, Happening("Dessiner")) == {
        "Chaque jour": [
            "le matin : Marcher jusqu’au banc, par Odette",
            "le matin et le soir : Frapper, jusqu’au 3 mars 2027",
        ],
        "Lundi": ["à 14 h 30 : Lire le courrier, avec Julie Fabre"],
        "Jeudi": ["à 14 h 30 : Lire le courrier, avec Julie Fabre"],
        "À d’autres moments": [
            "une fois par mois : Aller au marché, par Claire, en présence d’Odette",
            "quand Odette le demande : Chanter",
            "Dessiner",
        ],
    }


def test_the_days_are_in_order_and_the_hours_too():
    evening = Happening("Dîner", recurrence="FREQ=WEEKLY;BYDAY=MO @ evening")
    early = Happening("Sortir", recurrence="FREQ=WEEKLY;BYDAY=MO,SU @ 06:45")
    assert list(week(evening, early).items()) == [
        ("Lundi", ["à 6 h 45 : Sortir", "le soir : Dîner"]),
        ("Dimanche", ["à 6 h 45 : Sortir"]),
    ]


def test_an_unreadable_code_is_told_in_its_words():
    assert week(Happening("Marcher", rhythm="le lundi", recurrence="FREQ=HOURLY")) == {
        "À d’autres moments": ["le lundi : Marcher"]
    }


def easy_days(lines):
    return replace(from_data(FROZEN), schedule_easy=tuple(lines)).easy_week


def test_the_easy_week_is_a_list_by_day():
    lines = easy_week_of(
        [
            Happening("Marcher", rhythm="chaque matin", participation="by"),
            Happening("Lire", "Julie Fabre", recurrence="FREQ=WEEKLY;BYDAY=TH @ 10:00", participation="with"),
            Happening("Chanter", rhythm="quand Odette le demande", recurrence="ON_REQUEST"),
        ],
        called="Odette",
    )
    assert [(plain(day), [plain(line) for line in told]) for day, told in easy_days(lines)] == [
        ("Chaque jour :", ["Le matin : Marcher."]),
        ("Le jeudi :", ["À 10 heures : Lire, avec Julie Fabre."]),
        ("À d’autres moments :", ["Quand vous le demandez : Chanter."]),
    ]


rhythms = st.one_of(
    st.builds(
        Rhythm,
        st.just(Every.WEEK),
        st.integers(1, 3),
        st.lists(st.builds(Weekday, st.integers(0, 6)), min_size=1).map(tuple),
        times=st.lists(st.sampled_from(Part), max_size=2).map(tuple),
    ),
    st.builds(Rhythm, st.just(Every.DAY), st.integers(1, 3), until=st.sampled_from([None, date(2027, 1, 1)])),
    st.just(Rhythm(on_request=True)),
)


@given(st.lists(rhythms, max_size=6))
def test_each_activity_is_said_once_a_day_it_falls_on(many):
    happenings = [
        Happening(f"Action {number}", rhythm=in_words(rhythm), recurrence=rhythm.to_code())
        for number, rhythm in enumerate(many)
    ]
    told = week_of(happenings, called="Odette")
    assert [day.heading for day in told] == [
        heading for heading in headings_in_order() if heading in {day.heading for day in told}
    ]
    for number, rhythm in enumerate(many):
        count = sum(f"Action {number}" in item for day in told for item in day.items)
        weekly = rhythm.every == Every.WEEK and rhythm.interval == 1 and len(rhythm.days) < len(WEEKDAYS)
        assert count == (len(rhythm.days) if weekly else 1)


@given(st.text(), st.text(), st.text(), st.text())
def test_whatever_is_written_has_its_place(title, performer, rhythm, place):
    one = Happening(title, performer, rhythm, "", place, "with")
    assert week_of([one], called="Odette")
    assert easy_days(easy_week_of([one], called="Odette"))
