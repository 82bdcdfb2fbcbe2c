"""What waits for each party, phase by phase."""

import pytest

from avec.negotiation.rules import Lack, Move, Phase, Verb, gate_to_conclude, play, replay
from avec.negotiation.rules.waiting import Ask, waits_of

TABLE = [
    Move(Verb.JOIN, party="bernard", detail={"voice": "person"}),
    Move(Verb.JOIN, party="sonia", detail={"voice": "professional"}),
    Move(Verb.ADD_POINT, point="shower", words="La douche", detail={"nature": "organisation"}),
    Move(
        Verb.ADD_POINT, point="smoke", words="Fumer", detail={"nature": "house_rules", "source": "Règlement"}
    ),
]
AIM = Move(Verb.AIM, words="Une heure pour chacun")


def to(phase):
    return Move(Verb.GO_ON, detail={"to": phase})


def asked(moves, party="bernard"):
    return [one.ask for one in waits_of(replay([*TABLE, *moves]), party)]


def test_the_aim_waits_once_it_is_written_and_until_it_is_answered():
    assert asked([]) == []
    assert asked([AIM]) == [Ask.AIM]
    assert asked([AIM, Move(Verb.ACCEPT_AIM, party="bernard")]) == []
    assert asked([AIM, Move(Verb.REFUSE_AIM, party="bernard", words="Non")]) == []
    # Written again, it is asked again.
    assert asked([AIM, Move(Verb.ACCEPT_AIM, party="bernard"), AIM]) == [Ask.AIM]


@pytest.mark.parametrize("verb", [Verb.STAKE, Verb.KEEP_STAKE])
def test_what_matters_waits_until_it_is_said_or_kept(verb):
    assert asked([to(Phase.EXPLORE)]) == [Ask.STAKE]
    assert asked([to(Phase.EXPLORE), Move(verb, party="bernard", words="Dormir")]) == []


def test_an_offer_comes_before_what_one_has_not_said_yet():
    offer = Move(Verb.OFFER, number=6, party="sonia", point="shower", words="À 9 h", detail={"was": "À 7 h"})
    moves = [to(Phase.POSITIONS), offer]
    assert asked(moves) == [Ask.OFFER, Ask.POSITION]
    [first, _position] = waits_of(replay([*TABLE, *moves]), "bernard")
    assert first.number == 6
    # Who offers waits for the others.
    assert asked(moves, "sonia") == []
    declined = Move(Verb.DECLINE, number=7, party="bernard", about=6)
    assert asked([*moves, declined]) == [Ask.POSITION]


def test_a_point_that_has_an_outcome_or_was_dropped_waits_for_nobody():
    offer = Move(Verb.OFFER, number=6, party="sonia", point="shower", words="À 9 h", detail={"was": "À 7 h"})
    settled = Move(Verb.SETTLE, point="shower", words="Plus tard", detail={"kind": "set_aside"})
    dropped = Move(Verb.DROP_POINT, point="shower", words="Réglé ailleurs")
    assert asked([to(Phase.POSITIONS), offer, settled]) == []
    assert asked([to(Phase.POSITIONS), offer, dropped]) == []


def test_the_text_waits_until_it_is_answered_and_again_when_it_is_read_again():
    moves = [to(Phase.CONCLUDE), Move(Verb.READ_BACK, words="Nous sommes d’accord.")]
    answer = Move(Verb.ANSWER, party="bernard", detail={"answer": "yes"})
    assert asked(moves) == [Ask.TEXT]
    assert asked([*moves, answer]) == []
    assert asked([*moves, answer, *moves]) == [Ask.TEXT]


def test_nothing_waits_for_who_left_or_was_never_there_nor_once_concluded():
    left = Move(Verb.LEAVE, party="bernard", words="Je pars")
    assert asked([AIM, left]) == []
    assert asked([AIM], "claire") == []
    assert asked([to(Phase.CONCLUDE), Move(Verb.CONCLUDE)]) == []


@pytest.mark.parametrize("phase", [Phase.EXPLORE, Phase.POSITIONS])
def test_a_point_may_be_put_on_the_table_later_and_waits_for_the_team_to_class_it(phase):
    """The person puts a point on the table at any time; who leads classes it before concluding."""
    table = replay([*TABLE, AIM, to(phase)])
    play(table, Move(Verb.ADD_POINT, point="walk", words="La promenade"))
    assert [one.key for one in table.live_points if one.negotiable is None] == ["walk"]
    assert any(one.lack == Lack.CLASSES or "walk" in one.points for one in gate_to_conclude(table))
    assert not all(one.met for one in gate_to_conclude(table))
