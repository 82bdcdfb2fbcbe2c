"""A table in memory for the tests of the rules: moves are made in few words, and all of them are kept."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from avec.negotiation.rules import Move, MoveRefused, Phase, Table, Verb, play, replay
from avec.negotiation.rules.moves import PHASES

TODAY = date(2026, 11, 22)
RESIDENT, DAUGHTER, NURSE = "resident", "daughter", "nurse"
EVERYBODY = (RESIDENT, DAUGHTER, NURSE)
VOICES = {RESIDENT: "person", DAUGHTER: "relative", NURSE: "professional"}
TIMES, WHO = "times", "who"  # two points that are negotiated
LAW, CURE = "law", "cure"  # one that is not, and a prescription


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


class Talk:
    """One negotiation: `do` makes a move, `no` is told why it cannot be made, and that nothing changed."""

    def __init__(self) -> None:
        self.table = Table()
        self.moves: list[Move] = []
        self.today = TODAY

    def move(self, verb: Verb, party: str = "", point: str = "", **given: Any) -> Move:
        about, words = given.pop("about", 0), given.pop("words", "Quelques mots")
        return Move(verb, self.table.number + 1, party, point, about, words, detail=given, day=self.today)

    def do(self, verb: Verb, party: str = "", point: str = "", **given: Any) -> int:
        """The number of the move made."""
        move = self.move(verb, party, point, **given)
        play(self.table, move)
        self.moves.append(move)
        return move.number

    def no(self, verb: Verb, party: str = "", point: str = "", **given: Any) -> str:
        """The sentence that refuses this move; the table is as it was."""
        before = deepcopy(self.table)
        with pytest.raises(MoveRefused) as refused:
            play(self.table, self.move(verb, party, point, **given))
        assert self.table == before
        assert replay(self.moves) == self.table
        return str(refused.value)

    def offer(self, party: str, point: str = TIMES, **given: Any) -> int:
        return self.do(Verb.OFFER, party, point, **{"was": "7 heures", "words": "8 heures"} | given)

    def settle(self, point: str, kind: str = "agreed", **given: Any) -> int:
        return self.do(Verb.SETTLE, "", point, kind=kind, **given)

    def go_on(self) -> int:
        return self.do(Verb.GO_ON, to=PHASES[PHASES.index(self.table.phase) + 1])


def framed() -> Talk:
    """Three parties, an aim, a deadline, two points that are negotiated and two that are not."""
    talk = Talk()
    for party in EVERYBODY:
        talk.do(Verb.JOIN, party, voice=VOICES[party])
    talk.do(Verb.AIM, words="Une heure qui convient à chacun")
    talk.do(Verb.DEADLINE, due_on=day(14).isoformat())
    talk.do(Verb.ADD_POINT, point=TIMES, words="L’heure du lever", nature="organisation")
    talk.do(Verb.ADD_POINT, point=WHO, words="Qui aide", nature="who")
    talk.do(Verb.ADD_POINT, point=LAW, words="Deux soignants la nuit", nature="law", source="Un texte")
    talk.do(Verb.ADD_POINT, point=CURE, words="Le traitement", nature="prescription", source="Dr Roux")
    return talk


def at(phase: Phase, talk: Talk | None = None) -> Talk:
    """The same, once everybody did what leads to this phase: agreed on one point, not on the other."""
    talk = talk or framed()
    for one in PHASES:
        if one == phase:
            return talk
        if talk.table.phase == one:
            LEADS[one](talk)
    return talk


def _accept(talk: Talk) -> None:
    for party in talk.table.at_table:
        talk.do(Verb.ACCEPT_AIM, party.key)
    talk.go_on()


def _speak(talk: Talk) -> None:
    for party in talk.table.at_table:
        talk.do(Verb.STAKE, party.key, words="Dormir, et ne pas courir")
    talk.go_on()


def _settle(talk: Talk) -> None:
    talk.settle(TIMES, words="Lever à 8 heures")
    talk.settle(WHO, "disagreed", words="Chacun voudrait l’inverse")
    talk.go_on()
    talk.do(Verb.READ_BACK, words="Le texte relu")


def _conclude(talk: Talk) -> None:
    for party in talk.table.at_table:
        talk.do(Verb.ANSWER, party.key, answer="yes")
    talk.do(Verb.CONCLUDE, next_step="date", next_on=day(30).isoformat())


LEADS = {
    Phase.FRAME: _accept,
    Phase.EXPLORE: _speak,
    Phase.POSITIONS: _settle,
    Phase.CONCLUDE: _conclude,
}
