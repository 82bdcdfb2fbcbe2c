"""Each condition of each gate, one by one: what it waits for, and whom."""

import pytest

from avec.negotiation.rules import Lack, Phase, Verb, gate_of
from avec.negotiation.rules.gates import days_over

from .talk import CURE, DAUGHTER, EVERYBODY, LAW, NURSE, RESIDENT, TIMES, WHO, Talk, at, day, framed

NEW = "new"


def lacks(talk: Talk) -> dict[str, tuple[str, ...]]:
    """What the gate waits for: whom, or which points."""
    return {
        one.lack.value: tuple(sorted((*one.who, *one.points))) for one in gate_of(talk.table) if not one.met
    }


def test_an_empty_table_lacks_everything():
    assert set(lacks(Talk())) == {"parties", "person", "aim", "aim_accepted", "deadline", "points"}


def test_each_condition_of_the_frame_falls_one_after_the_other():
    talk = Talk()
    talk.do(Verb.JOIN, NURSE, voice="professional")
    talk.do(Verb.JOIN, DAUGHTER, voice="relative")
    assert set(lacks(talk)) == {"person", "aim", "aim_accepted", "deadline", "points"}
    talk.do(Verb.JOIN, RESIDENT, voice="person")
    assert set(lacks(talk)) == {"aim", "aim_accepted", "deadline", "points"}
    talk.do(Verb.AIM)
    assert lacks(talk)["aim_accepted"] == (DAUGHTER, NURSE, RESIDENT)
    talk.do(Verb.DEADLINE, due_on=day(3).isoformat())
    talk.do(Verb.ADD_POINT, point=NEW)
    assert lacks(talk) == {"aim_accepted": (DAUGHTER, NURSE, RESIDENT), "classes": (NEW,)}
    talk.do(Verb.CLASS_POINT, point=NEW, nature="goal")
    for party in EVERYBODY:
        assert party in lacks(talk)["aim_accepted"]
        assert talk.no(Verb.GO_ON, to=Phase.EXPLORE)
        talk.do(Verb.ACCEPT_AIM, party)
    assert lacks(talk) == {}
    talk.go_on()


def test_somebody_speaks_for_the_person_and_the_record_says_why():
    talk = framed()
    talk.do(Verb.LEAVE, RESIDENT)
    assert "person" in lacks(talk)
    talk.do(
        Verb.JOIN, "guardian", voice="relative", stands_for="Elle ne parle plus, sa tutrice la représente"
    )
    assert "person" not in lacks(talk)
    talk.do(Verb.LEAVE, "guardian")
    assert "person" in lacks(talk)


def test_one_alone_does_not_negotiate():
    talk = framed()
    for party in (DAUGHTER, NURSE):
        talk.do(Verb.LEAVE, party)
    assert "parties" in lacks(talk)


def test_who_refuses_the_aim_holds_the_frame_until_they_leave_or_accept():
    talk = framed()
    for party in (RESIDENT, NURSE):
        talk.do(Verb.ACCEPT_AIM, party)
    talk.do(Verb.REFUSE_AIM, DAUGHTER)
    assert lacks(talk) == {"aim_accepted": (DAUGHTER,)}
    talk.do(Verb.LEAVE, DAUGHTER)
    assert lacks(talk) == {}


def test_who_comes_once_the_frame_was_reopened_is_asked_everything():
    talk = at(Phase.POSITIONS)
    talk.do(Verb.REOPEN, to=Phase.FRAME)
    talk.do(Verb.JOIN, "son", voice="relative")
    assert lacks(talk) == {"aim_accepted": ("son",)}
    talk.do(Verb.ACCEPT_AIM, "son")
    talk.go_on()
    assert lacks(talk) == {"stakes": ("son",)}
    talk.do(Verb.KEEP_STAKE, "son")
    talk.go_on()


def test_everybody_says_what_matters_or_chooses_not_to():
    talk = at(Phase.EXPLORE)
    assert lacks(talk) == {"stakes": (DAUGHTER, NURSE, RESIDENT)}
    talk.do(Verb.STAKE, RESIDENT)
    talk.do(Verb.KEEP_STAKE, DAUGHTER, words="")
    assert lacks(talk) == {"stakes": (NURSE,)}
    talk.do(Verb.LEAVE, NURSE)
    assert lacks(talk) == {}


def test_every_point_that_is_negotiated_has_an_outcome():
    talk = at(Phase.POSITIONS)
    talk.do(Verb.ADD_POINT, point=NEW)
    assert lacks(talk) == {"outcomes": (NEW, TIMES, WHO)}
    talk.settle(TIMES, "set_aside")
    talk.settle(WHO, "disagreed")
    assert lacks(talk) == {"outcomes": (NEW,)}
    talk.do(Verb.DROP_POINT, point=NEW)
    assert lacks(talk) == {}
    talk.do(Verb.UNSETTLE, point=WHO)
    assert lacks(talk) == {"outcomes": (WHO,)}


@pytest.mark.parametrize("point", [LAW, CURE])
def test_what_is_not_negotiable_waits_for_no_outcome(point):
    talk = at(Phase.POSITIONS)
    for open_point in (TIMES, WHO):
        talk.do(Verb.DROP_POINT, point=open_point)
    assert talk.table.points[point].negotiable is False
    assert lacks(talk) == {}


def test_the_text_is_read_back_and_each_answers():
    talk = at(Phase.POSITIONS)
    for point in (TIMES, WHO):
        talk.settle(point)
    talk.go_on()
    assert lacks(talk) == {"answers": (DAUGHTER, NURSE, RESIDENT)}
    talk.do(Verb.READ_BACK)
    for party in EVERYBODY:
        assert party in lacks(talk)["answers"]
        talk.do(Verb.ANSWER, party, answer="no")
    assert lacks(talk) == {}


@pytest.mark.parametrize("phase", [Phase.FRAME, Phase.EXPLORE, Phase.POSITIONS, Phase.CONCLUDE])
def test_the_person_is_asked_for_at_every_gate(phase):
    talk = at(phase)
    talk.do(Verb.LEAVE, RESIDENT)
    assert "person" in lacks(talk)
    talk.do(Verb.LEAVE, DAUGHTER)
    assert "parties" in lacks(talk)


def test_nothing_is_asked_once_concluded():
    assert gate_of(at(Phase.CONCLUDED).table) == []


def test_every_condition_has_words_of_its_own():
    seen = {}
    for phase in (Phase.FRAME, Phase.EXPLORE, Phase.POSITIONS, Phase.CONCLUDE):
        for one in gate_of(at(phase).table):
            assert one.words
            seen.setdefault(one.lack, set()).add(one.words)
    assert all(len(words) == 1 for words in seen.values())
    # The next step is asked by the conclusion itself, once its result is known.
    assert set(seen) == set(Lack) - {Lack.NEXT_STEP}


@pytest.mark.parametrize(("today", "days"), [(0, 0), (14, 0), (15, 1), (44, 30)])
def test_how_many_days_over(today, days):
    assert days_over(framed().table, day(today)) == days
    assert days_over(at(Phase.CONCLUDED).table, day(today)) == 0
    assert days_over(Talk().table, day(today)) == 0
