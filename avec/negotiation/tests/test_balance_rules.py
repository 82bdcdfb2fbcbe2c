"""Who gave what, and whether the concessions come from one side only."""

import pytest

from avec.negotiation.rules import Phase, Verb, balance_of

from .talk import DAUGHTER, NURSE, RESIDENT, TIMES, WHO, Talk, at


def seated(*voices: str, stands_for: str = "") -> Talk:
    """Parties « 0 », « 1 »… with these voices, taking positions on one point. The first may speak for the person."""
    talk = Talk()
    for number, voice in enumerate(voices):
        talk.do(Verb.JOIN, str(number), voice=voice, stands_for="" if number else stands_for)
    talk.do(Verb.ADD_POINT, point=TIMES, nature="organisation")
    talk.table.phase = Phase.POSITIONS
    return talk


def give(talk: Talk, party: str, point: str = TIMES) -> int:
    number = talk.offer(party, point)
    for other in talk.table.at_table:
        if other.key != party:
            talk.do(Verb.ACCEPT, other.key, about=number)
    return number


def given(talk: Talk) -> dict[str, int]:
    return {row.party.key: len(row.given) for row in balance_of(talk.table).parties}


def test_only_what_was_accepted_by_all_is_given():
    talk = at(Phase.POSITIONS)
    assert balance_of(talk.table).most == 1
    assert given(talk) == {RESIDENT: 0, DAUGHTER: 0, NURSE: 0}
    number = talk.offer(NURSE)
    talk.do(Verb.ACCEPT, RESIDENT, about=number)
    assert given(talk)[NURSE] == 0
    assert [len(row.offered) for row in balance_of(talk.table).parties] == [0, 0, 1]
    talk.do(Verb.ACCEPT, DAUGHTER, about=number)
    assert given(talk)[NURSE] == 1
    declined = talk.offer(NURSE)
    talk.do(Verb.DECLINE, RESIDENT, about=declined)
    talk.do(Verb.WITHDRAW, DAUGHTER, about=talk.offer(DAUGHTER))
    assert given(talk) == {RESIDENT: 0, DAUGHTER: 0, NURSE: 1}
    for _ in range(2):
        give(talk, RESIDENT, WHO)
    assert balance_of(talk.table).most == 2


def test_nothing_given_is_not_one_sided():
    talk = at(Phase.POSITIONS)
    talk.offer(NURSE)
    assert not balance_of(talk.table).one_sided


@pytest.mark.parametrize(
    ("givers", "one_sided"),
    [
        ([NURSE], True),
        ([RESIDENT], True),
        ([DAUGHTER], True),
        ([RESIDENT, DAUGHTER], True),
        ([NURSE, NURSE, NURSE], True),
        ([RESIDENT, NURSE], False),
        ([NURSE, DAUGHTER], False),
    ],
)
def test_the_person_and_who_is_close_to_them_are_one_side(givers, one_sided):
    talk = at(Phase.POSITIONS)
    for giver in givers:
        give(talk, giver)
    assert balance_of(talk.table).one_sided == one_sided


def test_who_speaks_for_the_person_sits_on_their_side():
    talk = seated("professional", "professional", stands_for="Aucun proche ne peut venir")
    give(talk, "0")
    assert balance_of(talk.table).one_sided
    give(talk, "1")
    assert not balance_of(talk.table).one_sided


@pytest.mark.parametrize("voice", ["professional", "relative"])
def test_among_people_of_one_side_each_party_is_a_side(voice):
    talk = seated(voice, voice, voice)
    give(talk, "0")
    assert balance_of(talk.table).one_sided
    give(talk, "1")
    assert not balance_of(talk.table).one_sided


def test_who_left_is_shown_when_they_gave_something():
    talk = at(Phase.POSITIONS)
    give(talk, NURSE)
    talk.do(Verb.LEAVE, NURSE)
    talk.do(Verb.LEAVE, DAUGHTER)
    assert given(talk) == {RESIDENT: 0, NURSE: 1}


def test_what_was_given_on_a_point_taken_off_no_longer_weighs():
    talk = at(Phase.POSITIONS)
    give(talk, NURSE, TIMES)
    talk.do(Verb.DROP_POINT, point=TIMES)
    assert given(talk)[NURSE] == 0
    assert not balance_of(talk.table).one_sided
