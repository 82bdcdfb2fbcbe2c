"""Thousands of moves at random, legal or not: what must hold at every table, and in the database.

The invariants are reckoned from the list of moves alone, not from the table
that the rules keep: the two must agree.
"""

from collections import Counter
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from avec.accounts.models import Role
from avec.careplan.models import Activity, Goal
from avec.careplan.tests.factories import days, in_team, member, relative
from avec.negotiation import actions
from avec.negotiation.models import Move as Row
from avec.negotiation.models import Negotiation, Outcome, Party, Point
from avec.negotiation.rules import (
    NEGOTIABLE,
    PHASES,
    Answer,
    Move,
    MoveRefused,
    Nature,
    Offer,
    OutcomeKind,
    Phase,
    Table,
    Understood,
    Verb,
    gate_of,
    play,
    replay,
)
from avec.negotiation.rules.moves import Becomes
from avec.negotiation.rules.play import WHEN
from avec.negotiation.sitting import sitting_of

from .table import Around, around
from .talk import TODAY

PARTIES = ("person", "daughter", "son", "nurse", "doctor", "stranger")
VOICES = {"person": "person", "daughter": "relative", "son": "relative"}
POINTS = ("a", "b", "c", "a", "b", "c", "d", "unknown")
NATURES = [nature.value for nature in Nature]
GOAL = {
    "statement": "Je me lève à 9 heures.",
    "due_on": (TODAY + timedelta(days=400)).isoformat(),
    "priority": 1,
}
PHASE_ASKED = [*(phase.value for phase in Phase), "", "anything"]

words = st.sampled_from(
    ["Quelques mots", "Quelques mots", "Quelques mots", "Autre chose", "", "x", "a" * 4001]
)
some_days = st.integers(-3, 40).map(lambda count: (TODAY + timedelta(days=count)).isoformat())
day_asked = st.one_of(some_days, some_days, some_days, st.sampled_from(["", "demain", "2026-02-31"]))
# What each verb is told, right or wrong.
DETAIL: dict[Verb, Any] = {
    Verb.DEADLINE: {"due_on": day_asked},
    Verb.EXTEND: {"due_on": day_asked},
    Verb.ADD_POINT: {
        "nature": st.sampled_from(["", *NATURES, *sorted(NEGOTIABLE), "anything"]),
        "source": st.sampled_from(["", "Un texte"]),
        "how_of": st.sampled_from(["", "", "", *POINTS]),
    },
    Verb.CLASS_POINT: {
        "nature": st.sampled_from([*NATURES, "", "anything"]),
        "source": st.sampled_from(["", "Un texte"]),
    },
    Verb.EXPLAIN: {
        "understood": st.sampled_from([*(one.value for one in Understood), "anything"]),
        "form": st.sampled_from(["en parlant", ""]),
    },
    Verb.OFFER: {"was": st.sampled_from(["7 heures", "7 heures", ""])},
    Verb.SETTLE: {
        "kind": st.sampled_from([*(kind.value for kind in OutcomeKind), "agreed", "anything"]),
        "becomes": st.sampled_from(["", "", "nothing", "goal", "anything"]),
        "fields": st.sampled_from([{}, GOAL, {"point": "a"}]),
    },
    Verb.GATHER: {"present": st.lists(st.sampled_from(PARTIES), max_size=2)},
    Verb.GO_ON: {"to": st.sampled_from(PHASE_ASKED), "as_it_stands": st.sampled_from([False, False, True])},
    Verb.REOPEN: {"to": st.sampled_from(PHASE_ASKED)},
    Verb.ANSWER: {
        "answer": st.sampled_from([*(answer.value for answer in Answer), "yes", "yes", "anything"])
    },
    Verb.CONCLUDE: {"next_step": st.sampled_from(["", "date"]), "next_on": day_asked},
}
SEEN = (Verb.SETTLE, Verb.CONCLUDE)

TALKING = (Verb.OFFER, Verb.ACCEPT, Verb.DECLINE, Verb.WITHDRAW, Verb.SETTLE, Verb.ANSWER)


def at_table(moves: list[Move]) -> list[str]:
    """Who joined and did not leave."""
    here: list[str] = []
    for move in moves:
        if move.verb == Verb.JOIN:
            here.append(move.party)
        elif move.verb == Verb.LEAVE:
            here.remove(move.party)
    return here


def since(moves: list[Move], *verbs: Verb) -> list[Move]:
    """The moves after the last one of these verbs."""
    starts = [place for place, move in enumerate(moves) if move.verb in verbs]
    return moves[starts[-1] + 1 :] if starts else []


def answers(moves: list[Move]) -> dict[str, str]:
    """What each says to the last text read back, when it still stands."""
    fresh = since(moves, Verb.READ_BACK, Verb.REOPEN)
    return {move.party: move.detail["answer"] for move in fresh if move.verb == Verb.ANSWER}


def settled(moves: list[Move]) -> dict[str, str]:
    found: dict[str, str] = {}
    for move in moves:
        if move.verb == Verb.SETTLE:
            found[move.point] = move.detail["kind"]
        elif move.verb in (Verb.UNSETTLE, Verb.DROP_POINT):
            found.pop(move.point, None)
    return found


def nature_of(moves: list[Move], point: str) -> str:
    classed = [
        move.detail.get("nature", "")
        for move in moves
        if move.point == point and move.verb in (Verb.ADD_POINT, Verb.CLASS_POINT)
    ]
    return classed[-1]


class Talks(RuleBasedStateMachine):
    """A table in memory, and anybody doing anything at it."""

    reached: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.table = Table()
        self.moves: list[Move] = []
        self.today = TODAY
        self.closed: Table | None = None

    def attempt(
        self,
        verb: Verb,
        party: str = "",
        point: str = "",
        about: int = 0,
        said: str = "Bonjour",
        **detail: Any,
    ) -> bool:
        """Make a move; refused, it leaves everything as it was."""
        move = Move(verb, self.table.number + 1, party, point, about, said, detail, self.today)
        before = deepcopy(self.table)
        self.reached["steps"] += 1
        try:
            play(self.table, move)
        except MoveRefused:
            assert self.table == before
            self.reached["refused"] += 1
            return False
        assert before.phase != Phase.CONCLUDED
        self.moves.append(move)
        self.reached[verb.value] += 1
        self.check_phase(before, move)
        return True

    def check_phase(self, before: Table, move: Move) -> None:
        if move.verb == Verb.GO_ON:
            one_step = PHASES.index(self.table.phase) - PHASES.index(before.phase) == 1
            late = before.due_on is not None and before.due_on < self.today
            assert one_step or (late and self.table.phase == Phase.CONCLUDE)
        elif move.verb not in (Verb.REOPEN, Verb.CONCLUDE):
            assert self.table.phase == before.phase

    @initialize(steps=st.sampled_from([2, 2, 0, 1, 2, 3]))
    def begin(self, steps: int) -> None:
        """Some talks begin at an empty table; the others further on."""
        if steps == 0:
            return
        for party in ("person", "daughter", "nurse"):
            self.attempt(Verb.JOIN, party, voice=VOICES.get(party, "professional"))
        for point in ("a", "c"):
            self.attempt(Verb.ADD_POINT, point=point, nature="organisation")
        for _ in range(steps):
            self.forward(agreed=True, no=False)

    @rule(data=st.data(), verb=st.sampled_from(Verb))
    def anything(self, data: st.DataObject, verb: Verb) -> None:
        """Any move by anybody on anything, with what a hurried or a dishonest page might send."""
        self.drawn(data, verb)

    @rule(data=st.data(), times=st.integers(1, 8))
    def talk(self, data: st.DataObject, times: int) -> None:
        """The same, by who is there, on what is there, and when the phase is for it."""
        for _ in range(times):
            now = [verb for verb in Verb if self.table.phase in WHEN.get(verb, PHASES)]
            often = [verb for verb in TALKING if verb in now]
            verbs = [*now, *often, *often, *often] or [*Verb]
            self.drawn(data, data.draw(st.sampled_from(verbs)), fit=True)

    def drawn(self, data: st.DataObject, verb: Verb, *, fit: bool = False) -> None:
        here = [party.key for party in self.table.at_table] if fit and verb != Verb.JOIN else []
        live = [point.key for point in self.table.live_points] if fit and verb != Verb.ADD_POINT else []
        party = data.draw(st.sampled_from(here or PARTIES))
        point = data.draw(st.sampled_from(live or POINTS))
        offers = sorted(self.table.concessions)
        about = (
            0
            if fit
            else data.draw(st.sampled_from([0, 3, self.table.read_back, self.table.aim_number, *offers]))
        )
        if verb in (Verb.ACCEPT, Verb.DECLINE, Verb.WITHDRAW) and offers:
            about = data.draw(st.sampled_from([*offers, *offers, 900]))
        detail = {name: data.draw(values) for name, values in DETAIL.get(verb, {}).items()}
        if verb == Verb.JOIN:
            detail = {
                "voice": VOICES.get(party, "professional"),
                "stands_for": data.draw(st.sampled_from(["", "Il ne parle plus"])),
            }
        if verb in SEEN:
            seen = data.draw(st.sampled_from([None, self.table.number, self.table.number - 1, "forged"]))
            detail |= {} if seen is None else {"seen": seen}
        self.attempt(verb, party, point, about, "Quelques mots" if fit else data.draw(words), **detail)

    @rule(count=st.integers(1, 20))
    def time_goes_by(self, count: int) -> None:
        self.today += timedelta(days=count)

    @rule(data=st.data())
    def accept_what_is_offered(self, data: st.DataObject) -> None:
        """Everybody it waits for says yes, or one of them no."""
        waiting = [one for one in self.table.concessions.values() if self.table.stands(one) == Offer.OFFERED]
        if not waiting:
            return
        one = data.draw(st.sampled_from(waiting))
        verb = data.draw(st.sampled_from([Verb.ACCEPT, Verb.ACCEPT, Verb.ACCEPT, Verb.DECLINE]))
        for party in self.table.waiting_for(one):
            self.attempt(verb, party.key, about=one.number)

    @rule(agreed=st.booleans(), no=st.sampled_from([False, False, False, True]), now=st.integers(0, 2))
    def sooner_or_later(self, agreed: bool, no: bool, now: int) -> None:
        if now == 2:
            self.forward(agreed, no)

    def forward(self, agreed: bool, no: bool) -> None:
        """Do what the phase still waits for, then go on."""
        table, here = self.table, [party.key for party in self.table.at_table]
        if table.phase == Phase.FRAME:
            self.attempt(Verb.JOIN, "person", voice="person")
            self.attempt(Verb.JOIN, "nurse", voice="professional")
            if not table.aim:
                self.attempt(Verb.AIM, said="Un but commun")
            if table.due_on is None:
                self.attempt(Verb.DEADLINE, due_on=(self.today + timedelta(days=20)).isoformat())
            self.attempt(Verb.ADD_POINT, point="a", nature="organisation")
            self.attempt(Verb.ADD_POINT, point="b", nature="law", source="Un texte")
            for point in table.live_points:
                if point.negotiable is None:
                    self.attempt(Verb.CLASS_POINT, point=point.key, nature="goal")
            for party in table.at_table:
                self.attempt(Verb.ACCEPT_AIM, party.key)
        elif table.phase == Phase.EXPLORE:
            for key in here:
                self.attempt(Verb.STAKE, key)
        elif table.phase == Phase.POSITIONS:
            for point in table.negotiable_points:
                self.attempt(Verb.SETTLE, point=point.key, kind="agreed" if agreed else "set_aside")
                self.attempt(Verb.SETTLE, point=point.key, kind="disagreed")
            for point in table.live_points:
                if point.negotiable is None:
                    self.attempt(Verb.DROP_POINT, point=point.key, said="Ce sera pour plus tard")
        elif table.phase == Phase.CONCLUDE:
            if not table.read_back or no:
                self.attempt(Verb.READ_BACK)
            for key in here:
                if key not in table.answers:
                    self.attempt(Verb.ANSWER, key, answer="no" if no else "yes")
            self.attempt(Verb.CONCLUDE, next_step="date", next_on=self.today.isoformat())
            return
        if self.table.phase in PHASES[:3]:
            self.attempt(Verb.GO_ON, to=PHASES[PHASES.index(self.table.phase) + 1].value)

    @invariant()
    def the_table_is_what_its_moves_say(self) -> None:
        assert replay(self.moves) == self.table

    @invariant()
    def no_concession_on_what_is_not_negotiable(self) -> None:
        for place, move in enumerate(self.moves):
            if move.verb == Verb.OFFER:
                assert nature_of(self.moves[:place], move.point) in NEGOTIABLE
                assert nature_of(self.moves, move.point) in NEGOTIABLE

    @invariant()
    def a_concession_is_given_when_all_the_others_took_it(self) -> None:
        for number, one in self.table.concessions.items():
            said = [move for move in self.moves if move.about == number and move.party]
            yes = {move.party for move in said if move.verb == Verb.ACCEPT}
            no = [move for move in said if move.verb == Verb.DECLINE]
            back = [move for move in said if move.verb == Verb.WITHDRAW]
            state = self.table.stands(one)
            assert len(no) + len(back) <= 1
            assert one.party not in yes
            if state == Offer.ACCEPTED:
                self.reached["given"] += 1
                assert yes
                assert not no
                assert not back
                # Who left may come back once it was given: it is not asked of them again.
                left = {move.party for move in self.moves[number:] if move.verb == Verb.LEAVE}
                kept = set(at_table(self.moves[:number])) - left - {one.party}
                assert kept <= yes
            assert (state == Offer.DECLINED) == bool(no)

    @invariant()
    def nothing_is_concluded_without_everybody(self) -> None:
        if self.table.phase != Phase.CONCLUDED:
            return
        before = self.moves[:-1]
        assert self.moves[-1].verb == Verb.CONCLUDE
        here = at_table(before)
        assert set(here) <= set(answers(before))
        assert len(here) >= 2
        joined = {move.party: move for move in before if move.verb == Verb.JOIN}
        assert any(
            joined[key].detail["voice"] == "person" or joined[key].detail.get("stands_for") for key in here
        )

    @invariant()
    def what_was_concluded_never_changes(self) -> None:
        if self.table.phase == Phase.CONCLUDED and self.closed is None:
            self.closed = deepcopy(self.table)
        assert self.closed is None or self.closed == self.table

    @invariant()
    def what_is_agreed_is_what_nobody_refuses(self) -> None:
        here, said = at_table(self.moves), answers(self.moves)
        agreed = {point for point, kind in settled(self.moves).items() if kind == "agreed"}
        if any(said.get(key) == "no" for key in here):
            agreed = set()
        assert {outcome.point for outcome in self.table.agreed} == agreed
        assert all(nature_of(self.moves, point) in NEGOTIABLE for point in agreed)
        if agreed:
            self.reached["agreed"] += 1

    @invariant()
    def the_gate_always_speaks(self) -> None:
        assert all(condition.words for condition in gate_of(self.table))


def test_random_moves_keep_the_rules():
    Talks.reached.clear()
    # A conclusion is far away: chance may keep two hundred walks from it, not eight hundred.
    for _ in range(4):
        run_state_machine_as_test(
            Talks,
            settings=settings(
                max_examples=200,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                # Walks kept from an earlier run would stand in place of new ones, and arrive nowhere.
                database=None,
            ),
        )
        if Talks.reached["conclude"] and Talks.reached["agreed"]:
            break
    reached = Talks.reached
    # A walk that never arrives anywhere would prove nothing.
    assert reached["steps"] > 4000
    assert reached["refused"] > 2000
    assert reached["conclude"]
    assert reached["given"]
    assert reached["agreed"]
    assert len({verb.value for verb in Verb} - set(reached)) <= 2


# --- The same, through the actions and the database -------------------------------------------------------

WATCHED = (
    "negotiation_negotiation",
    "negotiation_party",
    "negotiation_point",
    "negotiation_move",
    "negotiation_outcome",
    "careplan_goal",
    "careplan_activity",
    "audit_entry",
)


def snapshot() -> dict[str, list[Any]]:
    """Every row of every table that a move may write."""
    rows = {}
    with connection.cursor() as cursor:
        for table in WATCHED:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 (names from the list above)
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


class Rows(RuleBasedStateMachine):
    """A negotiation in the database, and members who try everything, from their seat or somebody else's."""

    reached: Counter[str] = Counter()
    atom: Any

    def __init__(self) -> None:
        super().__init__()
        self.atom = transaction.atomic()
        self.atom.__enter__()
        found: Around = around()
        self.found = found
        house = found.person.establishment
        doctor = member(house, job="médecin")
        in_team(found.person, doctor)
        son = member(house, role=Role.RELATIVE)
        self.son = relative(found.person, "carer", member=son)
        outside = member(house)
        self.who = [found.nurse, found.nurse, found.resident, found.daughter, doctor, son, outside]
        self.doctor = doctor
        self.goals = Goal.objects.count()
        self.closed: dict[str, list[Any]] | None = None

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atom.__exit__(None, None, None)

    def negotiation(self) -> Negotiation:
        return Negotiation.objects.select_related("person__establishment", "plan").get(
            pk=self.found.negotiation.pk
        )

    def attempt(self, name: str, *given: Any, by: Any, **more: Any) -> bool:
        before = snapshot()
        try:
            with transaction.atomic():
                getattr(actions, name)(self.negotiation(), *given, by=by, **more)
        except (MoveRefused, PermissionDenied):
            assert snapshot() == before
            self.reached["refused"] += 1
            return False
        self.reached[name] += 1
        return True

    def drawn(self, data: st.DataObject) -> dict[str, Any]:
        parties = list(Party.objects.filter(negotiation=self.found.negotiation))
        points = list(Point.objects.filter(negotiation=self.found.negotiation))
        table = sitting_of(self.negotiation()).table
        numbers = [0, 900, *table.concessions, *table.concessions]
        return {
            "by": data.draw(st.sampled_from(self.who)),
            "party": data.draw(st.sampled_from(parties)),
            "point": data.draw(st.sampled_from(points)),
            "number": data.draw(st.sampled_from(numbers)),
            "words": data.draw(st.sampled_from(["Quelques mots", "Autre chose", ""])),
            "seen": data.draw(st.sampled_from([None, table.number, table.number - 1])),
        }

    @rule(data=st.data())
    def any_move_of_a_party(self, data: st.DataObject) -> None:
        one = self.drawn(data)
        by, party, point, number, said = (one[name] for name in ("by", "party", "point", "number", "words"))
        moves: dict[str, tuple[Any, ...]] = {
            "accept_aim": (party,),
            "refuse_aim": (party, said),
            "say_stake": (party, said),
            "keep_stake": (party,),
            "take_position": (party, point, said),
            "accept": (party, number),
            "decline": (party, number),
            "withdraw": (party, number),
            "answer_text": (party, data.draw(st.sampled_from(Answer))),
        }
        name = data.draw(st.sampled_from([*moves, "offer"]))
        if name == "offer":
            self.attempt("offer", party, point, was="7 heures", becomes=said, by=by)
        else:
            self.attempt(name, *moves[name], by=by)

    @rule(data=st.data())
    def any_move_of_who_leads(self, data: st.DataObject) -> None:
        one = self.drawn(data)
        by, party, point, said, seen = (one[name] for name in ("by", "party", "point", "words", "seen"))
        nature = data.draw(st.sampled_from(["", *NATURES]))
        source = data.draw(st.sampled_from(["", "Un texte"]))
        kind = data.draw(st.sampled_from(OutcomeKind))
        goal = {"becomes": Becomes.GOAL, "fields": GOAL | {"due_on": days(90).isoformat()}}
        moves: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
            "leave": ((party, said), {}),
            "add_party": ((actions.Seat(professional=self.doctor),), {}),
            "choose_aloud": ((party, data.draw(st.booleans())), {}),
            "set_aim": ((said,), {}),
            "set_deadline": ((days(data.draw(st.integers(-2, 30))),), {}),
            "extend": ((days(data.draw(st.integers(-2, 90))), said), {}),
            "add_point": ((said,), {"nature": nature, "source": source}),
            "class_point": ((point, nature), {"source": source}),
            "drop_point": ((point, said), {}),
            "explain": ((point,), {"understood": "yes", "form": "en parlant"}),
            "settle": ((point, kind, said), {"seen": seen} | data.draw(st.sampled_from([{}, goal]))),
            "unsettle": ((point,), {}),
            "gather_around": (([party],), {}),
            "go_on": ((), {"to": data.draw(st.sampled_from([None, *Phase]))}),
            "reopen": ((data.draw(st.sampled_from(PHASES)), said), {}),
            "conclude": ((), {"seen": seen, "next_step": "date", "next_on": days(9)}),
        }
        name = data.draw(st.sampled_from(sorted(moves)))
        given, more = moves[name]
        self.attempt(name, *given, by=by, **more)

    @rule(data=st.data())
    def forward(self, data: st.DataObject) -> None:
        """Do what the phase waits for, each from their own seat, then go on."""
        table = sitting_of(self.negotiation()).table
        seats = {
            party: who
            for who in dict.fromkeys(self.who)
            for party in Party.objects.filter(
                negotiation=self.found.negotiation, left_at=None
            ).select_related("relative")
            if who.pk
            in {
                party.professional_id,
                party.relative.member_id if party.relative else None,
                self.found.resident.pk if party.voice == "person" else None,
            }
        }
        nurse = self.found.nurse
        if table.phase == Phase.POSITIONS:
            goal = {"becomes": Becomes.GOAL, "fields": GOAL | {"due_on": days(90).isoformat()}}
            for point in Point.objects.filter(negotiation=self.found.negotiation, dropped_at=None):
                more = data.draw(st.sampled_from([goal, {}]))
                if not self.attempt("settle", point, OutcomeKind.AGREED, "D’accord ainsi", by=nurse, **more):
                    self.attempt("settle", point, OutcomeKind.DISAGREED, "Pas d’accord", by=nurse)
        for party, who in seats.items():
            if table.phase == Phase.FRAME:
                self.attempt("accept_aim", party, by=who)
            elif table.phase == Phase.EXPLORE:
                self.attempt("keep_stake", party, by=who)
            elif table.phase == Phase.CONCLUDE:
                self.attempt("answer_text", party, Answer.YES, by=who)
        if table.phase == Phase.CONCLUDE:
            self.attempt("conclude", next_step="date", next_on=days(9), by=nurse)
        else:
            self.attempt("go_on", by=nurse)

    @invariant()
    def the_rows_say_the_same_as_the_moves(self) -> None:
        negotiation = self.negotiation()
        sitting = sitting_of(negotiation)
        table = sitting.table
        assert [move.number for move in sitting.moves] == list(range(1, len(sitting.moves) + 1))
        assert negotiation.phase == table.phase.value
        assert (negotiation.aim, negotiation.due_on) == (table.aim, table.due_on)
        assert negotiation.version == table.number == len(sitting.moves)
        assert set(sitting.points) == set(table.points)
        for key, point in sitting.points.items():
            told = table.points[key]
            assert (point.nature, point.source, point.words) == (told.nature, told.source, told.words)
            assert bool(point.dropped_at) == told.dropped
        assert {key: bool(party.left_at) for key, party in sitting.parties.items()} == {
            key: party.left for key, party in table.parties.items()
        }

    @invariant()
    def the_plan_takes_what_was_agreed_once(self) -> None:
        negotiation = self.negotiation()
        outcomes = list(Outcome.objects.filter(negotiation=negotiation))
        made = Goal.objects.count() - self.goals
        if not negotiation.is_concluded:
            assert not outcomes
            assert made == 0
            return
        table = sitting_of(negotiation).table
        agreed = {one.point: one for one in table.agreed}
        assert {str(one.point_id) for one in outcomes if one.took_effect} == set(agreed)
        assert {str(one.point_id) for one in outcomes} == {one.key for one in table.negotiable_points}
        goals = [one for one in agreed.values() if one.becomes == Becomes.GOAL]
        assert made == len(goals)
        assert len({one.goal_id for one in outcomes if one.goal_id}) == made
        assert not Activity.objects.exists()
        assert negotiation.result == table.result.value
        assert Row.objects.filter(negotiation=negotiation, verb="conclude").count() == 1
        self.reached["concluded"] += 1
        self.reached["goals"] += made

    @invariant()
    def what_was_concluded_never_changes(self) -> None:
        if not self.negotiation().is_concluded:
            return
        now = snapshot()
        self.closed = self.closed or now
        assert now == self.closed


@pytest.mark.django_db
def test_random_moves_in_the_database():
    Rows.reached.clear()
    run_state_machine_as_test(
        Rows,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # Walks kept from an earlier run would stand in place of new ones, and arrive nowhere.
            database=None,
        ),
    )
    assert Rows.reached["refused"]
    assert Rows.reached["concluded"]
