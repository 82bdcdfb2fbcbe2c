"""The rules of hearing somebody, of two readings, and of the domains: plain tables."""

import pytest

from avec.careplan.rules.divergences import (
    VOICE_ORDER,
    DivergenceRefused,
    Reading,
    check_closing,
    check_readings,
    check_sharing,
    place_of,
)
from avec.careplan.rules.domains import USUAL, DomainRefused, check_words
from avec.careplan.rules.hearing import (
    WAYS,
    HearingRefused,
    Way,
    check_confirmation,
    check_said,
    check_transcript,
    check_ways,
    ways_seen,
)
from avec.careplan.serafin import is_need
from avec.people.rules import Level, fold


@pytest.mark.parametrize(
    ("way", "words", "sound", "pictos", "holds"),
    [
        ("text", "Je veux.", False, [], True),
        ("text", "  ", False, [], False),
        ("voice", "", True, [], True),
        ("voice", "Je veux.", True, [], True),
        ("voice", "Je veux.", False, [], False),
        ("pictos", "", False, ["garden"], True),
        ("pictos", "Je veux.", False, [], False),
    ],
)
def test_each_way_of_saying_brings_something(way, words, sound, pictos, holds):
    if holds:
        check_said(words=words, way=way, has_sound=sound, pictos=pictos)
        return
    with pytest.raises(HearingRefused):
        check_said(words=words, way=way, has_sound=sound, pictos=pictos)


def test_the_words_of_a_recording_are_written_once():
    check_transcript("Je veux.", "")
    with pytest.raises(HearingRefused, match="mot à mot"):
        check_transcript("  ", "")
    with pytest.raises(HearingRefused, match="quelqu’un d’autre"):
        check_transcript("Je veux.", "Je voudrais.")


def test_every_way_tried_has_its_words():
    assert set(WAYS) == set(Way)
    check_ways([], "")
    check_ways(["observation"], "")
    check_ways(["other"], "avec sa musique")
    for ways, words in ((["other"], " "), ([], "On a essayé.")):
        with pytest.raises(HearingRefused):
            check_ways(ways, words)


def test_what_was_written_by_somebody_else_changes_what_was_seen():
    assert ways_seen(["pictos"], "Des photos.") == ways_seen(["pictos"], "Des photos.")
    assert ways_seen(["pictos"], "Des photos.") != ways_seen([], "pictosDes photos.")


@pytest.mark.parametrize(
    "fault",
    [
        {"by_who_saw": True, "already": False, "in_the_future": False},
        {"by_who_saw": False, "already": True, "in_the_future": False},
        {"by_who_saw": False, "already": False, "in_the_future": True},
    ],
)
def test_a_confirmation_comes_from_somebody_else_once_and_not_tomorrow(fault):
    check_confirmation(by_who_saw=False, already=False, in_the_future=False)
    with pytest.raises(HearingRefused):
        check_confirmation(**fault)


# ───────── Two readings

HERS = Reading("person", "", "Je sors seule.")
THEIRS = Reading("relative", "claire", "Elle se perd.", Level.C1)


@pytest.mark.parametrize(
    ("readings", "holds"),
    [
        ([HERS, THEIRS], True),
        ([HERS, THEIRS, Reading("professional", "sonia", "Elle se repère.")], True),
        ([Reading("professional", "sonia", "Oui."), Reading("professional", "malik", "Non.")], True),
        ([HERS], False),
        ([HERS, HERS], False),
        ([THEIRS, Reading("relative", "claire", "Autre chose.")], False),
        ([HERS, Reading("relative", "claire", "  ")], False),
        ([], False),
    ],
)
def test_a_divergence_has_two_voices_that_say_something(readings, holds):
    if holds:
        check_readings(readings)
        return
    with pytest.raises(DivergenceRefused):
        check_readings(readings)


def test_it_is_shared_with_no_more_people_than_its_narrowest_side():
    for narrowest in Level:
        sides = [HERS, Reading("relative", "claire", "Elle se perd.", narrowest)]
        for level in (Level.C1, Level.C2, Level.C3):
            if narrowest <= Level.C3 and level >= narrowest:
                check_sharing(level, sides)
                continue
            with pytest.raises(DivergenceRefused):
                check_sharing(level, sides)


def test_the_person_comes_first_in_every_order():
    assert place_of("person") == 0
    assert sorted(["professional", "relative", "observed", "person", "?"], key=place_of)[0] == "person"
    assert VOICE_ORDER[-1] == "professional"


def test_closing_says_what_people_told_each_other():
    check_closing("On essaie le matin, à deux.")
    with pytest.raises(DivergenceRefused):
        check_closing("  ok  ")


# ───────── Domains


def test_the_usual_domains_fall_under_a_need_of_the_list():
    assert len(USUAL) >= 10
    assert all(is_need(code) for _words, code in USUAL)
    assert len({fold(words) for words, _code in USUAL}) == len(USUAL)


def test_a_domain_is_named_once_whatever_the_accents():
    others = frozenset({fold("Ma santé")})
    assert check_words("  Mes   repas ", others) == "Mes repas"
    for words in ("MA SANTE", "  ", "«»"):
        with pytest.raises(DomainRefused):
            check_words(words, others)
