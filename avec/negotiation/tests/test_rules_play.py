"""Each move, in each phase: when it is made, what it asks for, and the sentence that refuses it."""

import pytest

from avec.negotiation.rules import LONGEST, PHASES, Offer, Phase, Result, Verb
from avec.negotiation.rules.play import LONGEST_LINE, MOST_PARTIES, MOST_POINTS, NOT_NOW

from .talk import CURE, DAUGHTER, EVERYBODY, LAW, NURSE, RESIDENT, TIMES, WHO, Talk, at, day, framed

FRAME, EXPLORE, POSITIONS, CONCLUDE = PHASES
ALWAYS = PHASES
# In which phases each move is made: the table of domain.md §4, in full.
WHEN = {
    Verb.JOIN: [FRAME],
    Verb.LEAVE: ALWAYS,
    Verb.ALOUD: ALWAYS,
    Verb.AIM: [FRAME],
    Verb.ACCEPT_AIM: [FRAME],
    Verb.REFUSE_AIM: [FRAME],
    Verb.DEADLINE: [FRAME],
    Verb.EXTEND: ALWAYS,
    Verb.ADD_POINT: [FRAME, EXPLORE, POSITIONS],
    Verb.CLASS_POINT: [FRAME, EXPLORE, POSITIONS],
    Verb.DROP_POINT: [FRAME, EXPLORE, POSITIONS],
    Verb.EXPLAIN: ALWAYS,
    Verb.STAKE: [EXPLORE, POSITIONS],
    Verb.KEEP_STAKE: [EXPLORE, POSITIONS],
    Verb.POSITION: [POSITIONS],
    Verb.OFFER: [POSITIONS],
    Verb.ACCEPT: [POSITIONS],
    Verb.DECLINE: [POSITIONS],
    Verb.WITHDRAW: [POSITIONS],
    Verb.SETTLE: [POSITIONS],
    Verb.UNSETTLE: [POSITIONS],
    Verb.GATHER: ALWAYS,
    Verb.GO_ON: [FRAME, EXPLORE, POSITIONS],
    Verb.REOPEN: [EXPLORE, POSITIONS, CONCLUDE],
    Verb.READ_BACK: [CONCLUDE],
    Verb.ANSWER: [CONCLUDE],
    Verb.CONCLUDE: [CONCLUDE],
}
ON_A_POINT = [
    Verb.CLASS_POINT,
    Verb.DROP_POINT,
    Verb.EXPLAIN,
    Verb.POSITION,
    Verb.OFFER,
    Verb.SETTLE,
    Verb.UNSETTLE,
]


def ready(verb: Verb, phase: Phase) -> tuple[Talk, dict]:
    """A table in this phase where nothing but the phase could refuse this move, and what it is made with."""
    talk = framed()
    if phase != FRAME and verb == Verb.GO_ON:
        at(phase, talk)
    following = PHASES[min(PHASES.index(phase) + 1, 3)] if phase in PHASES else CONCLUDE
    offered = 0
    if verb == Verb.GO_ON:
        fill_the_gate(talk)
    else:
        at(POSITIONS if phase in (POSITIONS, CONCLUDE, Phase.CONCLUDED) else phase, talk)
        if verb in (Verb.ACCEPT, Verb.DECLINE, Verb.WITHDRAW) and talk.table.phase == POSITIONS:
            offered = talk.offer(NURSE, WHO)
        if talk.table.phase == POSITIONS and phase != POSITIONS:
            at(phase, talk)
        elif verb == Verb.UNSETTLE and phase == POSITIONS:
            talk.settle(TIMES)
    if verb == Verb.CONCLUDE and phase == CONCLUDE:
        for party in EVERYBODY:
            talk.do(Verb.ANSWER, party, answer="yes")
    given = {
        Verb.JOIN: {"party": "son", "voice": "relative"},
        Verb.LEAVE: {"party": DAUGHTER},
        Verb.ALOUD: {"party": DAUGHTER, "aloud": True},
        Verb.ACCEPT_AIM: {"party": DAUGHTER},
        Verb.REFUSE_AIM: {"party": DAUGHTER},
        Verb.DEADLINE: {"due_on": day(20).isoformat()},
        Verb.EXTEND: {"due_on": day(20).isoformat()},
        Verb.ADD_POINT: {"point": "new", "nature": "goal"},
        Verb.CLASS_POINT: {"point": LAW, "nature": "house_rules", "source": "Le règlement"},
        Verb.DROP_POINT: {"point": LAW},
        Verb.EXPLAIN: {"point": LAW, "understood": "yes", "form": "en parlant"},
        Verb.STAKE: {"party": DAUGHTER},
        Verb.KEEP_STAKE: {"party": DAUGHTER, "words": ""},
        Verb.POSITION: {"party": DAUGHTER, "point": WHO},
        Verb.OFFER: {"party": DAUGHTER, "point": WHO, "was": "Moi seule"},
        Verb.ACCEPT: {"party": DAUGHTER, "about": offered},
        Verb.DECLINE: {"party": DAUGHTER, "about": offered},
        Verb.WITHDRAW: {"party": NURSE, "about": offered},
        Verb.SETTLE: {"point": WHO, "kind": "agreed"},
        Verb.UNSETTLE: {"point": TIMES},
        Verb.GATHER: {"present": [RESIDENT]},
        Verb.GO_ON: {"to": following},
        Verb.REOPEN: {"to": FRAME},
        Verb.ANSWER: {"party": DAUGHTER, "answer": "no"},
        Verb.CONCLUDE: {"next_step": "ethics", "next_on": day(3).isoformat()},
    }.get(verb, {})
    return talk, given


def fill_the_gate(talk: Talk) -> None:
    phase = talk.table.phase
    for party in EVERYBODY:
        if phase == FRAME:
            talk.do(Verb.ACCEPT_AIM, party)
        elif phase == EXPLORE:
            talk.do(Verb.KEEP_STAKE, party)
    if phase == POSITIONS:
        talk.settle(TIMES)
        talk.settle(WHO, "set_aside")


@pytest.mark.parametrize("phase", [*PHASES, Phase.CONCLUDED])
@pytest.mark.parametrize("verb", Verb)
def test_each_move_is_made_in_its_phases_and_in_no_other(verb, phase):
    talk, given = ready(verb, phase)
    assert talk.table.phase == phase
    if phase in WHEN[verb]:
        talk.do(verb, **given)
    else:
        assert talk.no(verb, **given)


@pytest.mark.parametrize("verb", Verb)
def test_nothing_is_done_once_it_is_concluded(verb):
    talk, given = ready(verb, Phase.CONCLUDED)
    assert talk.no(verb, **given) == NOT_NOW[Phase.CONCLUDED]


# --- Who moves, on what ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "phase", "given"),
    [
        (Verb.ACCEPT_AIM, FRAME, {}),
        (Verb.REFUSE_AIM, FRAME, {}),
        (Verb.LEAVE, FRAME, {}),
        (Verb.STAKE, EXPLORE, {}),
        (Verb.KEEP_STAKE, EXPLORE, {}),
        (Verb.POSITION, POSITIONS, {"point": TIMES}),
        (Verb.OFFER, POSITIONS, {"point": TIMES, "was": "7 heures"}),
        (Verb.ANSWER, CONCLUDE, {"answer": "yes"}),
    ],
)
def test_who_never_came_or_left_makes_no_move(verb, phase, given):
    talk = at(phase)
    assert "plus à la table" in talk.no(verb, "nobody", **given)
    assert "plus à la table" in talk.no(verb, "", **given)
    talk.do(Verb.LEAVE, DAUGHTER)
    assert "plus à la table" in talk.no(verb, DAUGHTER, **given)


@pytest.mark.parametrize("verb", ON_A_POINT)
def test_a_move_is_about_a_point_still_on_the_table(verb):
    talk, given = ready(verb, POSITIONS)
    given = {name: value for name, value in given.items() if name != "point"}
    assert talk.no(verb, point="", **given) == "Choisissez le point."
    assert "retiré" in talk.no(verb, point="unknown", **given)
    talk.do(Verb.ADD_POINT, point="gone", nature="goal")
    talk.do(Verb.DROP_POINT, point="gone")
    assert "retiré" in talk.no(verb, point="gone", **given)


@pytest.mark.parametrize(
    ("verb", "phase", "given"),
    [
        (Verb.LEAVE, FRAME, {"party": DAUGHTER}),
        (Verb.AIM, FRAME, {}),
        (Verb.REFUSE_AIM, FRAME, {"party": DAUGHTER}),
        (Verb.EXTEND, FRAME, {"due_on": day(20).isoformat()}),
        (Verb.ADD_POINT, FRAME, {"point": "new"}),
        (Verb.DROP_POINT, FRAME, {"point": LAW}),
        (Verb.STAKE, EXPLORE, {"party": DAUGHTER}),
        (Verb.POSITION, POSITIONS, {"party": DAUGHTER, "point": TIMES}),
        (Verb.OFFER, POSITIONS, {"party": DAUGHTER, "point": TIMES, "was": "7 heures"}),
        (Verb.SETTLE, POSITIONS, {"point": TIMES, "kind": "agreed"}),
        (Verb.SETTLE, POSITIONS, {"point": TIMES, "kind": "set_aside"}),
        (Verb.SETTLE, POSITIONS, {"point": TIMES, "kind": "disagreed"}),
        (Verb.REOPEN, CONCLUDE, {"to": FRAME}),
        (Verb.READ_BACK, CONCLUDE, {}),
        (Verb.ANSWER, CONCLUDE, {"party": DAUGHTER, "answer": "reservations"}),
    ],
)
def test_what_needs_words_is_not_made_without(verb, phase, given):
    talk = at(phase)
    for words in ("", "   \n "):
        assert talk.no(verb, words=words, **given)
    # The text that is read back is as long as its points: 200 at most.
    if verb != Verb.READ_BACK:
        assert "trop long" in talk.no(verb, words="a" * (LONGEST + 1), **given)


@pytest.mark.parametrize(
    ("verb", "phase", "given"),
    [
        (Verb.KEEP_STAKE, EXPLORE, {"party": DAUGHTER}),
        (Verb.ANSWER, CONCLUDE, {"party": DAUGHTER, "answer": "yes"}),
        (Verb.ANSWER, CONCLUDE, {"party": DAUGHTER, "answer": "no"}),
        (Verb.EXPLAIN, FRAME, {"point": LAW, "understood": "not_said", "form": "un dessin"}),
    ],
)
def test_the_rest_may_be_said_in_silence(verb, phase, given):
    at(phase).do(verb, words="", **given)


# --- Around the table -----------------------------------------------------------------------------------


def test_nobody_sits_twice_and_a_table_has_so_many_seats():
    talk = framed()
    assert "déjà" in talk.no(Verb.JOIN, DAUGHTER, voice="relative")
    assert "déjà" in talk.no(Verb.JOIN, "", voice="relative")
    for number in range(MOST_PARTIES - 3):
        talk.do(Verb.JOIN, f"cousin {number}", voice="relative")
    assert str(MOST_PARTIES) in talk.no(Verb.JOIN, "one more", voice="relative")
    # A seat that was left is free, for somebody else or for who comes back.
    talk.do(Verb.LEAVE, DAUGHTER, words="Elle repart à Lyon")
    talk.do(Verb.JOIN, DAUGHTER, voice="relative")
    assert str(MOST_PARTIES) in talk.no(Verb.JOIN, "one more", voice="relative")


def test_who_left_keeps_what_they_said():
    talk = at(POSITIONS)
    talk.do(Verb.POSITION, DAUGHTER, TIMES, words="Pas avant 9 heures")
    talk.do(Verb.LEAVE, DAUGHTER, words="Elle repart à Lyon")
    left = talk.table.parties[DAUGHTER]
    assert left.left
    assert left.left_because == "Elle repart à Lyon"
    assert [one.words for one in talk.table.positions] == ["Pas avant 9 heures"]
    assert [party.key for party in talk.table.at_table] == [RESIDENT, NURSE]


def test_an_aim_written_again_is_asked_again():
    talk = framed()
    former = talk.table.aim_number
    for party in EVERYBODY:
        talk.do(Verb.ACCEPT_AIM, party, about=former)
    talk.do(Verb.AIM, words="Un autre but commun")
    assert talk.table.aim_accepted == {}
    # Whoever still reads the former one does not accept the new one unawares.
    assert "vient de changer" in talk.no(Verb.ACCEPT_AIM, RESIDENT, about=former)
    assert "vient de changer" in talk.no(Verb.REFUSE_AIM, RESIDENT, about=former)
    talk.do(Verb.ACCEPT_AIM, RESIDENT, about=talk.table.aim_number)
    talk.do(Verb.REFUSE_AIM, RESIDENT)
    assert talk.table.aim_accepted == {RESIDENT: False}


def test_no_aim_no_answer():
    talk = Talk()
    talk.do(Verb.JOIN, RESIDENT, voice="person")
    assert "pas encore de but" in talk.no(Verb.ACCEPT_AIM, RESIDENT)
    assert "pas encore de but" in talk.no(Verb.REFUSE_AIM, RESIDENT)


# --- Dates ----------------------------------------------------------------------------------------------

FORGED_DAYS = [None, "", "demain", "2026-02-31", "2026-13-01", 20261399, ["2026-12-01"], {}, "9999999-01-01"]


@pytest.mark.parametrize("given", FORGED_DAYS)
def test_a_deadline_is_a_day(given):
    assert framed().no(Verb.DEADLINE, due_on=given) == "Choisissez une date limite."
    assert framed().no(Verb.EXTEND, due_on=given) == "Choisissez une date limite."


@pytest.mark.parametrize(
    ("offset", "taken"), [(-1, False), (0, True), (1, True), (366, True), (367, False), (900_000, False)]
)
def test_a_deadline_is_to_come_and_within_a_year(offset, taken):
    talk = framed()
    if taken:
        talk.do(Verb.DEADLINE, due_on=day(offset).isoformat())
        assert talk.table.due_on == day(offset)
    else:
        assert talk.no(Verb.DEADLINE, due_on=day(offset).isoformat())


def test_it_is_overdue_the_day_after_its_last_day():
    talk = framed()
    assert not talk.table.is_overdue(day(14))
    assert talk.table.is_overdue(day(15))
    assert not at(Phase.CONCLUDED).table.is_overdue(day(900))
    assert not Talk().table.is_overdue(day(900))


def test_more_time_is_given_with_a_reason_and_only_forward():
    talk = framed()
    for offset in (13, 14):
        assert "après la date limite" in talk.no(Verb.EXTEND, due_on=day(offset).isoformat())
    assert talk.no(Verb.EXTEND, words="vite", due_on=day(20).isoformat())
    talk.today = day(20)
    assert "passée" in talk.no(Verb.EXTEND, due_on=day(19).isoformat())
    talk.do(Verb.EXTEND, words="L’ergothérapeute revient lundi", due_on=day(25).isoformat())
    assert talk.table.due_on == day(25)
    assert not talk.table.is_overdue(talk.today)


def test_there_is_nothing_to_extend_before_a_deadline():
    talk = Talk()
    assert "pas encore de date" in talk.no(Verb.EXTEND, due_on=day(20).isoformat())


# --- Points ---------------------------------------------------------------------------------------------


def test_what_is_not_negotiable_names_its_source():
    talk = framed()
    for nature in ("law", "house_rules", "recommendation", "prescription"):
        for source in ("", "  ", "ab", "a" * (LONGEST_LINE + 1)):
            assert talk.no(Verb.ADD_POINT, point="new", nature=nature, source=source)
            assert talk.no(Verb.CLASS_POINT, point=TIMES, nature=nature, source=source)
    talk.do(Verb.CLASS_POINT, point=TIMES, nature="house_rules", source="Règlement, article 4")
    assert talk.table.points[TIMES].negotiable is False
    assert talk.table.points[TIMES].source == "Règlement, article 4"


@pytest.mark.parametrize("nature", ["anything", "LAW", " ", 3, ["who"]])
def test_a_nature_is_one_of_the_list(nature):
    assert framed().no(Verb.ADD_POINT, point="new", nature=nature, source="Un texte")
    assert framed().no(Verb.ADD_POINT, point="new", nature=nature, source="Un texte", how_of=CURE)
    assert framed().no(Verb.CLASS_POINT, point=TIMES, nature=nature, source="Un texte")


def test_a_point_holds_in_a_line_and_is_classed_before_the_end():
    talk = framed()
    assert "trop long" in talk.no(Verb.ADD_POINT, point="new", words="a" * (LONGEST_LINE + 1))
    assert "trop long" in talk.no(Verb.CLASS_POINT, point=TIMES, nature="who", words="a" * (LONGEST_LINE + 1))
    talk.do(Verb.ADD_POINT, point="new", words="À voir")
    assert talk.table.points["new"].negotiable is None
    talk.do(Verb.CLASS_POINT, point="new", nature="goal", words="")
    assert talk.table.points["new"].words == "À voir"
    at(EXPLORE, talk)
    assert "déjà" in talk.no(Verb.ADD_POINT, point="new", nature="goal")
    assert "déjà" in talk.no(Verb.ADD_POINT, point="", nature="goal")
    # The person may think of it late: it is classed before the conclusion.
    at(POSITIONS, talk)
    talk.do(Verb.ADD_POINT, point="late", words="À voir aussi")
    for point in (TIMES, WHO, "new"):
        talk.settle(point)
    for verb, given in ((Verb.OFFER, {"party": NURSE, "was": "Rien"}), (Verb.SETTLE, {"kind": "agreed"})):
        assert talk.no(verb, point="late", **given)
    assert "a une issue" in talk.no(Verb.GO_ON, to=CONCLUDE)
    talk.do(Verb.CLASS_POINT, point="late", nature="law", source="Un texte")
    talk.go_on()


def test_a_table_takes_two_hundred_points():
    talk = framed()
    for number in range(MOST_POINTS - 4):
        talk.do(Verb.ADD_POINT, point=f"point {number}", nature="activity")
    assert str(MOST_POINTS) in talk.no(Verb.ADD_POINT, point="one more", nature="activity")
    talk.do(Verb.DROP_POINT, point="point 7")
    talk.do(Verb.ADD_POINT, point="one more", nature="activity")
    assert len(talk.table.live_points) == MOST_POINTS


def test_how_a_prescription_is_carried_out_is_negotiated():
    talk = framed()
    for ground in (LAW, TIMES, "unknown"):
        assert "prescription" in talk.no(Verb.ADD_POINT, point="hour", nature="organisation", how_of=ground)
    assert talk.no(Verb.ADD_POINT, point="hour", nature="law", source="Un texte", how_of=CURE)
    talk.do(Verb.ADD_POINT, point="hour", words="À quelle heure", how_of=CURE)
    # Classed later, it is negotiated still.
    assert talk.no(Verb.CLASS_POINT, point="hour", nature="prescription", source="Dr Roux")
    talk.do(Verb.CLASS_POINT, point="hour", nature="organisation")
    at(POSITIONS, talk)
    given = talk.offer(NURSE, "hour")
    talk.do(Verb.ACCEPT, RESIDENT, about=given)
    assert talk.no(Verb.OFFER, NURSE, CURE, was="Dix gouttes")


def test_the_ground_of_a_how_is_still_there():
    talk = framed()
    talk.do(Verb.DROP_POINT, point=CURE)
    assert talk.no(Verb.ADD_POINT, point="hour", nature="organisation", how_of=CURE)


def test_what_is_not_negotiable_is_explained_and_what_is_needs_no_explanation():
    talk = framed()
    assert "se négocie" in talk.no(Verb.EXPLAIN, point=TIMES, understood="yes", form="en parlant")
    talk.do(Verb.ADD_POINT, point="new")
    assert talk.no(Verb.EXPLAIN, point="new", understood="yes", form="en parlant")
    for understood in ("", "maybe", None, ["yes"]):
        assert talk.no(Verb.EXPLAIN, point=LAW, understood=understood, form="en parlant")
    assert talk.no(Verb.EXPLAIN, point=LAW, understood="yes", form="  ")
    talk.do(Verb.EXPLAIN, point=LAW, understood="no", form="en parlant")
    talk.do(Verb.EXPLAIN, point=LAW, understood="yes", form="avec des images")
    assert [one.understood for one in talk.table.points[LAW].explained] == ["no", "yes"]


def test_a_point_talked_over_is_not_closed_by_another_name():
    talk = at(POSITIONS)
    talk.offer(NURSE, TIMES)
    assert "concessions" in talk.no(Verb.CLASS_POINT, point=TIMES, nature="law", source="Un texte")
    talk.do(Verb.CLASS_POINT, point=TIMES, nature="activity")
    talk.settle(WHO)
    assert "issue" in talk.no(Verb.CLASS_POINT, point=WHO, nature="goal")


def test_a_dropped_point_takes_its_outcome_and_its_offers_with_it():
    talk = at(POSITIONS)
    given = talk.offer(NURSE, TIMES)
    talk.do(Verb.DROP_POINT, point=TIMES)
    for verb in (Verb.ACCEPT, Verb.DECLINE):
        assert "retiré" in talk.no(verb, RESIDENT, about=given)
    assert "retiré" in talk.no(Verb.WITHDRAW, NURSE, about=given)
    talk.settle(WHO)
    talk.do(Verb.DROP_POINT, point=WHO)
    assert not talk.table.outcomes


# --- Concessions ----------------------------------------------------------------------------------------


def test_a_concession_goes_from_something_to_something():
    talk = at(POSITIONS)
    for was in ("", " ", "x", "a" * (LONGEST + 1)):
        assert talk.no(Verb.OFFER, NURSE, TIMES, was=was)
    number = talk.offer(NURSE, was="7 heures", words="8 heures")
    one = talk.table.concessions[number]
    assert (one.was, one.becomes, one.party, one.point) == ("7 heures", "8 heures", NURSE, TIMES)


@pytest.mark.parametrize("point", [LAW, CURE])
def test_no_concession_on_what_is_not_negotiable(point):
    talk = at(POSITIONS)
    assert "pas de concession" in talk.no(Verb.OFFER, NURSE, point, was="Deux soignants")
    assert "n’a pas d’issue" in talk.no(Verb.SETTLE, point=point, kind="agreed")


def test_it_is_accepted_once_all_the_others_said_yes():
    talk = at(POSITIONS)
    number = talk.offer(NURSE)
    one = talk.table.concessions
    assert talk.table.stands(one[number]) == Offer.OFFERED
    assert {party.key for party in talk.table.waiting_for(one[number])} == {RESIDENT, DAUGHTER}
    talk.do(Verb.ACCEPT, RESIDENT, about=number)
    assert talk.table.stands(one[number]) == Offer.OFFERED
    assert "déjà répondu" in talk.no(Verb.ACCEPT, RESIDENT, about=number)
    assert "déjà répondu" in talk.no(Verb.DECLINE, RESIDENT, about=number)
    assert "sa propre" in talk.no(Verb.ACCEPT, NURSE, about=number)
    assert "sa propre" in talk.no(Verb.DECLINE, NURSE, about=number)
    talk.do(Verb.ACCEPT, DAUGHTER, about=number)
    assert talk.table.stands(one[number]) == Offer.ACCEPTED
    assert talk.table.waiting_for(one[number]) == []
    for verb, party in ((Verb.ACCEPT, DAUGHTER), (Verb.DECLINE, RESIDENT), (Verb.WITHDRAW, NURSE)):
        assert "déjà acceptée" in talk.no(verb, party, about=number)


def test_one_no_declines_it():
    talk = at(POSITIONS)
    number = talk.offer(NURSE)
    talk.do(Verb.DECLINE, DAUGHTER, about=number, words="")
    assert talk.table.stands(talk.table.concessions[number]) == Offer.DECLINED
    for verb, party in ((Verb.ACCEPT, RESIDENT), (Verb.DECLINE, RESIDENT), (Verb.WITHDRAW, NURSE)):
        assert "déjà été refusée" in talk.no(verb, party, about=number)
    talk.offer(NURSE, words="8 h 30")


def test_it_is_taken_back_by_who_offered_it_and_by_nobody_else():
    talk = at(POSITIONS)
    number = talk.offer(NURSE)
    talk.do(Verb.ACCEPT, RESIDENT, about=number)
    assert "sa propre proposition" in talk.no(Verb.WITHDRAW, RESIDENT, about=number)
    talk.do(Verb.WITHDRAW, NURSE, about=number)
    assert talk.table.stands(talk.table.concessions[number]) == Offer.WITHDRAWN
    for verb, party in ((Verb.ACCEPT, DAUGHTER), (Verb.DECLINE, DAUGHTER), (Verb.WITHDRAW, NURSE)):
        assert "retirée entre-temps" in talk.no(verb, party, about=number)


@pytest.mark.parametrize("verb", [Verb.ACCEPT, Verb.DECLINE, Verb.WITHDRAW])
def test_nobody_answers_an_offer_that_was_not_made(verb):
    talk = at(POSITIONS)
    for about in (0, -1, 3, 900):
        assert "n’existe pas" in talk.no(verb, RESIDENT, about=about)


def test_a_concession_answers_somebody_else_s():
    talk = at(POSITIONS)
    first = talk.offer(NURSE)
    for party, about in ((NURSE, first), (RESIDENT, 900), (RESIDENT, 1)):
        assert "quelqu’un d’autre" in talk.no(Verb.OFFER, party, TIMES, was="9 heures", about=about)
    second = talk.offer(RESIDENT, about=first)
    assert talk.table.concessions[second].for_ == first


def test_who_offers_and_leaves_takes_the_offer_back():
    talk = at(POSITIONS)
    number = talk.offer(DAUGHTER)
    talk.do(Verb.ACCEPT, RESIDENT, about=number)
    talk.do(Verb.LEAVE, DAUGHTER)
    one = talk.table.concessions
    assert talk.table.stands(one[number]) == Offer.WITHDRAWN
    assert "retirée" in talk.no(Verb.ACCEPT, NURSE, about=number)
    # Nobody is left who did not say yes: it stays taken back all the same.
    talk.do(Verb.LEAVE, NURSE)
    assert talk.table.stands(one[number]) == Offer.WITHDRAWN


def test_what_was_given_stays_given_when_its_party_leaves_or_somebody_comes():
    talk = at(POSITIONS)
    number = talk.offer(DAUGHTER)
    for party in (RESIDENT, NURSE):
        talk.do(Verb.ACCEPT, party, about=number)
    talk.do(Verb.LEAVE, DAUGHTER)
    assert talk.table.stands(talk.table.concessions[number]) == Offer.ACCEPTED
    talk.do(Verb.REOPEN, to=FRAME)
    talk.do(Verb.JOIN, "son", voice="relative")
    assert talk.table.stands(talk.table.concessions[number]) == Offer.ACCEPTED


def test_who_leaves_without_an_answer_no_longer_holds_it_back():
    talk = at(POSITIONS)
    number = talk.offer(NURSE)
    talk.do(Verb.ACCEPT, RESIDENT, about=number)
    talk.do(Verb.LEAVE, DAUGHTER)
    assert talk.table.stands(talk.table.concessions[number]) == Offer.ACCEPTED


def test_who_leaves_having_said_no_said_no():
    talk = at(POSITIONS)
    number = talk.offer(NURSE)
    talk.do(Verb.ACCEPT, RESIDENT, about=number)
    talk.do(Verb.DECLINE, DAUGHTER, about=number)
    talk.do(Verb.LEAVE, DAUGHTER)
    assert talk.table.stands(talk.table.concessions[number]) == Offer.DECLINED


def test_an_offer_that_only_the_ones_who_left_accepted_is_not_accepted():
    talk = at(POSITIONS)
    number = talk.offer(NURSE)
    talk.do(Verb.ACCEPT, DAUGHTER, about=number)
    talk.do(Verb.LEAVE, DAUGHTER)
    talk.do(Verb.LEAVE, RESIDENT)
    assert talk.table.stands(talk.table.concessions[number]) == Offer.OFFERED


def test_who_comes_after_an_offer_answers_it_too():
    talk = at(POSITIONS)
    number = talk.offer(NURSE)
    talk.do(Verb.ACCEPT, RESIDENT, about=number)
    talk.do(Verb.REOPEN, to=FRAME)
    talk.do(Verb.JOIN, "son", voice="relative")
    talk.do(Verb.ACCEPT_AIM, "son")
    talk.go_on()
    talk.do(Verb.KEEP_STAKE, "son")
    talk.go_on()
    talk.do(Verb.ACCEPT, DAUGHTER, about=number)
    assert [party.key for party in talk.table.waiting_for(talk.table.concessions[number])] == ["son"]
    talk.do(Verb.ACCEPT, "son", about=number)
    assert talk.table.stands(talk.table.concessions[number]) == Offer.ACCEPTED


def test_a_settled_point_takes_no_more_answers_until_it_is_taken_up_again():
    talk = at(POSITIONS)
    number = talk.offer(NURSE)
    talk.settle(TIMES, "disagreed")
    for verb, party in ((Verb.ACCEPT, RESIDENT), (Verb.DECLINE, RESIDENT), (Verb.WITHDRAW, NURSE)):
        assert "déjà une issue" in talk.no(verb, party, about=number)
    assert "déjà une issue" in talk.no(Verb.OFFER, NURSE, TIMES, was="7 heures")
    talk.do(Verb.UNSETTLE, point=TIMES)
    talk.do(Verb.ACCEPT, RESIDENT, about=number)


# --- Outcomes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["", "yes", None, 3, "AGREED", ["agreed"]])
def test_an_outcome_is_one_of_three(kind):
    assert at(POSITIONS).no(Verb.SETTLE, point=TIMES, kind=kind)


def test_no_agreement_while_an_offer_waits():
    talk = at(POSITIONS)
    talk.offer(NURSE)
    assert "attend encore" in talk.no(Verb.SETTLE, point=TIMES, kind="agreed")
    talk.settle(TIMES, "set_aside")


def test_a_point_is_settled_once():
    talk = at(POSITIONS)
    talk.settle(TIMES)
    assert "déjà une issue" in talk.no(Verb.SETTLE, point=TIMES, kind="disagreed")
    talk.do(Verb.UNSETTLE, point=TIMES)
    assert "pas encore d’issue" in talk.no(Verb.UNSETTLE, point=TIMES)
    talk.settle(TIMES, "disagreed")


@pytest.mark.parametrize("becomes", ["anything", "GOAL", 3, ["goal"], {"goal": 1}])
def test_what_an_agreement_becomes_is_one_of_the_list(becomes):
    assert at(POSITIONS).no(Verb.SETTLE, point=TIMES, kind="agreed", becomes=becomes)


@pytest.mark.parametrize("fields", ["words", ["words"], 3])
def test_what_an_agreement_changes_is_a_form(fields):
    assert at(POSITIONS).no(Verb.SETTLE, point=TIMES, kind="agreed", becomes="goal", fields=fields)


@pytest.mark.parametrize("becomes", ["goal", "activity", "schedule"])
def test_only_an_agreement_changes_the_plan(becomes):
    for kind in ("set_aside", "disagreed"):
        refusal = at(POSITIONS).no(Verb.SETTLE, point=TIMES, kind=kind, becomes=becomes)
        assert refusal == "Seul un accord change le projet."


def test_nobody_settles_on_an_old_page():
    talk = at(POSITIONS)
    seen = talk.table.number
    talk.do(Verb.POSITION, DAUGHTER, TIMES)
    assert "relisez-le" in talk.no(Verb.SETTLE, point=TIMES, kind="agreed", seen=seen)
    for forged in ("abc", "12", [900], 3.5, -1):
        assert "relisez-le" in talk.no(Verb.SETTLE, point=TIMES, kind="agreed", seen=forged)
    # What changed elsewhere changes nothing here.
    talk.settle(WHO, seen=seen)
    talk.settle(TIMES, seen=talk.table.touched[TIMES])


def test_an_answer_to_an_offer_touches_its_point():
    talk = at(POSITIONS)
    number = talk.offer(NURSE)
    seen = talk.table.number
    for party in (RESIDENT, DAUGHTER):
        talk.do(Verb.ACCEPT, party, about=number)
    assert "relisez-le" in talk.no(Verb.SETTLE, point=TIMES, kind="agreed", seen=seen)


# --- From one phase to the next -------------------------------------------------------------------------


@pytest.mark.parametrize("phase", PHASES[:3])
def test_no_phase_is_skipped_whatever_is_asked(phase):
    talk = at(phase)
    for to in (*PHASES, Phase.CONCLUDED, "", None, "anything", ["explore"], 3):
        assert talk.no(Verb.GO_ON, to=to)
    fill_the_gate(talk)
    following = PHASES[PHASES.index(phase) + 1]
    for to in (*PHASES, Phase.CONCLUDED, "", None, "anything", ["explore"]):
        if to != following:
            assert "saute pas" in talk.no(Verb.GO_ON, to=to)
    talk.do(Verb.GO_ON, to=following)


@pytest.mark.parametrize("phase", PHASES[:3])
def test_as_it_stands_only_past_the_deadline_and_only_to_the_end(phase):
    talk = at(phase)
    for today in (0, 14):
        talk.today = day(today)
        assert "pas passée" in talk.no(Verb.GO_ON, to=CONCLUDE, as_it_stands=True)
    talk.today = day(15)
    for to in (FRAME, EXPLORE, POSITIONS, Phase.CONCLUDED, "", None):
        assert "en l’état" in talk.no(Verb.GO_ON, to=to, as_it_stands=True)
    talk.do(Verb.GO_ON, to=CONCLUDE, as_it_stands=True)
    assert talk.table.missed == day(14)
    assert talk.no(Verb.GO_ON, to=CONCLUDE, as_it_stands=True)


def test_concluded_as_it_stands_keeps_what_was_agreed_and_calls_it_partial():
    talk = at(POSITIONS)
    talk.settle(TIMES)
    talk.today = day(15)
    talk.do(Verb.GO_ON, to=CONCLUDE, as_it_stands=True)
    talk.do(Verb.READ_BACK)
    for party in EVERYBODY:
        talk.do(Verb.ANSWER, party, answer="yes")
    assert talk.table.result == Result.PARTIAL
    assert [one.point for one in talk.table.agreed] == [TIMES]
    assert "ce qui se passe ensuite" in talk.no(Verb.CONCLUDE)
    talk.do(Verb.CONCLUDE, next_step="mediator", next_on=day(20).isoformat())


def test_a_point_that_nobody_classed_leaves_the_agreement_partial():
    talk = at(POSITIONS)
    talk.settle(TIMES)
    talk.settle(WHO)
    talk.do(Verb.REOPEN, to=FRAME)
    talk.do(Verb.ADD_POINT, point="new")
    talk.today = day(15)
    talk.do(Verb.GO_ON, to=CONCLUDE, as_it_stands=True)
    assert talk.table.result == Result.PARTIAL


@pytest.mark.parametrize("phase", PHASES)
def test_one_goes_back_only_to_a_phase_already_passed_and_says_why(phase):
    talk = at(phase)
    passed = PHASES[: PHASES.index(phase)]
    for to in (*PHASES, Phase.CONCLUDED, "", None, "anything", ["frame"], 3):
        if to not in passed:
            assert "déjà passée" in talk.no(Verb.REOPEN, to=to)
    for to in passed:
        again = at(phase)
        assert again.no(Verb.REOPEN, to=to, words="Bof")
        again.do(Verb.REOPEN, to=to, words="Il manque la parole de l’aide-soignante")
        assert again.table.phase == to


def test_a_text_read_back_before_reopening_is_answered_again():
    talk = at(CONCLUDE)
    former = talk.table.read_back
    talk.do(Verb.ANSWER, RESIDENT, answer="yes", about=former)
    talk.do(Verb.REOPEN, to=POSITIONS)
    assert talk.table.answers == {}
    talk.do(Verb.UNSETTLE, point=WHO)
    talk.settle(WHO)
    talk.go_on()
    assert "pas encore prêt" in talk.no(Verb.ANSWER, RESIDENT, answer="yes")
    talk.do(Verb.READ_BACK)
    assert "a changé" in talk.no(Verb.ANSWER, RESIDENT, answer="yes", about=former)
    talk.do(Verb.ANSWER, RESIDENT, answer="yes", about=talk.table.read_back)
    talk.do(Verb.READ_BACK)
    assert talk.table.answers == {}


@pytest.mark.parametrize("answer", ["", None, "maybe", "YES", ["yes"], 1])
def test_an_answer_is_yes_no_or_with_reservations(answer):
    assert at(CONCLUDE).no(Verb.ANSWER, RESIDENT, answer=answer)


def test_the_latest_answer_counts():
    talk = at(CONCLUDE)
    for party in EVERYBODY:
        talk.do(Verb.ANSWER, party, answer="no")
    assert talk.table.result == Result.NONE
    talk.do(Verb.ANSWER, RESIDENT, answer="yes")
    talk.do(Verb.ANSWER, DAUGHTER, answer="reservations", words="Sauf le dimanche")
    assert talk.table.result == Result.NONE
    talk.do(Verb.ANSWER, NURSE, answer="yes")
    assert talk.table.result == Result.PARTIAL


# --- The conclusion -------------------------------------------------------------------------------------


def answered(*answers: str, agreed: int = 2) -> Talk:
    talk = at(POSITIONS)
    for number, point in enumerate((TIMES, WHO)):
        talk.settle(point, "agreed" if number < agreed else "disagreed")
    talk.go_on()
    talk.do(Verb.READ_BACK)
    for party, answer in zip(EVERYBODY, answers, strict=True):
        talk.do(Verb.ANSWER, party, answer=answer)
    return talk


@pytest.mark.parametrize(
    ("answers", "agreed", "result"),
    [
        (("yes", "yes", "yes"), 2, Result.TOTAL),
        (("yes", "reservations", "reservations"), 2, Result.TOTAL),
        (("yes", "yes", "yes"), 1, Result.PARTIAL),
        (("yes", "yes", "yes"), 0, Result.NONE),
        (("no", "yes", "yes"), 2, Result.NONE),
        (("yes", "yes", "no"), 1, Result.NONE),
        (("no", "no", "no"), 0, Result.NONE),
    ],
)
def test_total_partial_or_no_agreement(answers, agreed, result):
    talk = answered(*answers, agreed=agreed)
    assert talk.table.result == result
    assert len(talk.table.agreed) == (0 if result == Result.NONE else agreed)
    if result == Result.TOTAL:
        talk.do(Verb.CONCLUDE)
    else:
        assert "ce qui se passe ensuite" in talk.no(Verb.CONCLUDE)
        talk.do(Verb.CONCLUDE, next_step="qualified", next_on=day(0).isoformat())
    assert talk.table.phase == Phase.CONCLUDED
    assert talk.table.result == result


def test_the_no_of_somebody_who_left_no_longer_counts():
    talk = answered("yes", "no", "yes")
    talk.do(Verb.LEAVE, DAUGHTER)
    assert talk.table.result == Result.TOTAL


def test_when_nothing_is_negotiable_there_is_no_agreement_to_call_total():
    talk = framed()
    for point in (TIMES, WHO):
        talk.do(Verb.DROP_POINT, point=point)
    at(POSITIONS, talk)
    talk.go_on()
    talk.do(Verb.READ_BACK)
    for party in EVERYBODY:
        talk.do(Verb.ANSWER, party, answer="yes")
    assert talk.table.result == Result.NONE


@pytest.mark.parametrize("given", FORGED_DAYS)
def test_what_comes_next_has_a_day(given):
    talk = answered("yes", "yes", "yes", agreed=1)
    assert "date pour la suite" in talk.no(Verb.CONCLUDE, next_step="date", next_on=given)
    assert "passée" in talk.no(Verb.CONCLUDE, next_step="date", next_on=day(-1).isoformat())


def test_nobody_concludes_on_an_old_page():
    talk = answered("yes", "yes", "yes")
    seen = talk.table.number
    talk.do(Verb.ANSWER, DAUGHTER, answer="reservations", words="Sauf le dimanche")
    assert "relisez la page" in talk.no(Verb.CONCLUDE, seen=seen)
    assert "relisez la page" in talk.no(Verb.CONCLUDE, seen="forged")
    talk.do(Verb.CONCLUDE, seen=talk.table.number)


def test_nothing_is_concluded_before_the_last_answer():
    for silent in EVERYBODY:
        talk = answered("yes", "yes", "yes")
        talk.do(Verb.READ_BACK)
        for party in EVERYBODY:
            if party != silent:
                talk.do(Verb.ANSWER, party, answer="yes")
        assert "a répondu" in talk.no(Verb.CONCLUDE, next_step="date", next_on=day(3).isoformat())


def test_nothing_is_concluded_without_the_person_or_who_speaks_for_them():
    talk = answered("yes", "yes", "yes")
    talk.do(Verb.LEAVE, RESIDENT)
    assert "en son nom" in talk.no(Verb.CONCLUDE, next_step="date", next_on=day(3).isoformat())
    talk.do(Verb.REOPEN, to=FRAME)
    talk.do(Verb.JOIN, "son", voice="relative", stands_for="Elle ne peut plus parler")
    at(CONCLUDE, _again(talk))
    for party in talk.table.at_table:
        talk.do(Verb.ANSWER, party.key, answer="yes")
    talk.do(Verb.CONCLUDE)


def _again(talk: Talk) -> Talk:
    """Back to the conclusion, the outcomes standing as they are."""
    for party in talk.table.at_table:
        talk.do(Verb.ACCEPT_AIM, party.key)
    talk.go_on()
    talk.do(Verb.STAKE, "son")
    talk.go_on()
    talk.go_on()
    talk.do(Verb.READ_BACK)
    return talk


def test_who_is_in_the_room_is_noted_and_moves_nothing():
    talk = at(POSITIONS)
    talk.do(Verb.GATHER, present=[RESIDENT, NURSE])
    assert talk.table.present == (RESIDENT, NURSE)
    assert talk.table.phase == POSITIONS
