"""The life of a plan: its moves, its gates, as pure rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.careplan.rules import (
    MOVES,
    OPEN_STEPS,
    GoalFacts,
    Lack,
    Move,
    MoveRefused,
    PlanFacts,
    Stance,
    Step,
    check_reason,
    gate_to_assessment,
    gate_to_co_construction,
    gate_to_contract,
    gate_to_renewal,
    moves_from,
    next_step,
    reopenable,
)

TODAY = date(2026, 3, 1)
BOTH = frozenset({"person", "professional"})


def goal(number: int = 1, **facts: object) -> GoalFacts:
    whole: dict[str, object] = {
        "statement": "Aller au jardin",
        "has_term": True,
        "has_priority": True,
        "has_origin": True,
        "person_stance": Stance.AGREES,
        "team_stance": Stance.AGREES,
        "term": date(2026, 9, 1),
        "evaluated_by": BOTH,
    }
    return GoalFacts(number=number, **(whole | facts))  # type: ignore[arg-type]


def plan(*goals: GoalFacts, **facts: object) -> PlanFacts:
    whole: dict[str, object] = {
        "unanswered": 0,
        "activities": 1,
        "activities_unsaid": 0,
        "own_words": 1,
        "needs": 1,
        "balance_of": BOTH,
        "today": TODAY,
    }
    return PlanFacts(goals=goals, **(whole | facts))  # type: ignore[arg-type]


def lacks(conditions) -> list[Lack]:
    return [condition.lack for condition in conditions if not condition.met]


def test_a_whole_plan_passes_every_gate():
    whole = plan(goal())
    for gate in (gate_to_assessment, gate_to_co_construction, gate_to_contract, gate_to_renewal):
        assert not lacks(gate(whole))


@pytest.mark.parametrize(
    ("facts", "lack"),
    [
        ({"has_term": False}, Lack.GOAL_FIELDS),
        ({"has_priority": False}, Lack.GOAL_FIELDS),
        ({"has_origin": False}, Lack.GOAL_FIELDS),
        ({"person_stance": None}, Lack.PERSON_POSITION),
        ({"team_stance": None}, Lack.TEAM_POSITION),
        ({"person_stance": Stance.COULD_NOT}, Lack.PERSON_POSITION),
        ({"person_stance": Stance.COULD_NOT, "ask_again_on": TODAY}, Lack.PERSON_POSITION),
        ({"term": date(2026, 2, 28), "evaluated_by": frozenset({"professional"})}, Lack.EVALUATION),
    ],
)
def test_the_contract_s_gate_names_what_a_goal_lacks(facts, lack):
    assert lacks(gate_to_contract(plan(goal(**facts)))) == [lack]


@pytest.mark.parametrize("stance", [stance for stance in Stance if stance != Stance.COULD_NOT])
def test_any_stance_is_a_position_even_a_no(stance):
    assert not lacks(gate_to_contract(plan(goal(person_stance=stance, team_stance=stance))))


def test_who_could_not_answer_is_asked_again_and_the_plan_goes_on_until_that_day():
    waiting = goal(person_stance=Stance.COULD_NOT, ask_again_on=TODAY + timedelta(days=1))
    conditions = gate_to_contract(plan(waiting))
    assert not lacks(conditions)
    assert [condition.later for condition in conditions if condition.lack == Lack.PERSON_POSITION] == [True]


def test_words_without_an_answer_close_the_gate_to_the_contract_and_to_the_next_plan():
    assert lacks(gate_to_contract(plan(goal(), unanswered=2))) == [Lack.ANSWERS]
    assert lacks(gate_to_renewal(plan(goal(), unanswered=1))) == [Lack.ANSWERS]


def test_who_does_not_speak_was_heard_otherwise():
    assert lacks(gate_to_assessment(plan(own_words=0))) == [Lack.WORDS]
    assert not lacks(gate_to_assessment(plan(own_words=0, tried=True)))


def test_the_next_plan_waits_for_both_voices():
    half = plan(goal(evaluated_by=frozenset({"professional"})), balance_of=frozenset({"professional"}))
    assert lacks(gate_to_renewal(half)) == [Lack.EVALUATION, Lack.BALANCE]


@given(
    st.lists(
        st.builds(
            goal,
            st.integers(1, 20),
            has_term=st.booleans(),
            has_origin=st.booleans(),
            person_stance=st.none() | st.sampled_from(Stance),
            team_stance=st.none() | st.sampled_from(Stance),
            ask_again_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            term=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            evaluated_by=st.sampled_from([frozenset(), frozenset({"person"}), BOTH]),
        ),
        max_size=4,
    ),
    st.integers(0, 3),
)
def test_adding_what_is_missing_never_closes_a_gate(goals, unanswered):
    before = gate_to_contract(plan(*goals, unanswered=unanswered))
    whole = [goal(one.number) for one in goals] or [goal()]
    after = gate_to_contract(plan(*whole))
    assert not lacks(after)
    assert all(condition.words and condition.where for condition in before)


def test_a_step_goes_on_to_the_next():
    assert next_step(Step.GATHERING, Move.GO_ON) == Step.ASSESSMENT
    assert next_step(Step.ASSESSMENT, Move.GO_ON) == Step.CO_CONSTRUCTION


def test_a_step_already_passed_is_reopened_and_no_other():
    assert reopenable(Step.IN_FORCE) == [Step.GATHERING, Step.ASSESSMENT, Step.CO_CONSTRUCTION]
    assert next_step(Step.UNDER_REVIEW, Move.REOPEN, to=Step.IN_FORCE) == Step.IN_FORCE
    for to in (None, Step.IN_FORCE, Step.CONTRACT, Step.CLOSED):
        with pytest.raises(MoveRefused):
            next_step(Step.IN_FORCE, Move.REOPEN, to=to)


def test_a_plan_on_hold_goes_on_from_where_it_was():
    assert next_step(Step.ON_HOLD, Move.RESUME, before_hold=Step.IN_FORCE) == Step.IN_FORCE
    assert next_step(Step.ON_HOLD, Move.RESUME) == Step.GATHERING


def test_what_goes_back_or_ends_says_why():
    with pytest.raises(MoveRefused):
        check_reason(Move.CLOSE, "  fini ")
    check_reason(Move.CLOSE, "Elle part vivre chez sa fille.")
    check_reason(Move.GO_ON, "")


@given(st.sampled_from(Step), st.sampled_from(Move), st.none() | st.sampled_from(Step))
def test_a_move_leads_to_a_step_or_is_refused(step, move, to):
    try:
        after = next_step(step, move, to=to, before_hold=to)
    except MoveRefused:
        return
    assert step in MOVES[move]
    assert move in moves_from(step)
    assert step in OPEN_STEPS
    assert after != step


@given(st.lists(st.tuples(st.sampled_from(Move), st.none() | st.sampled_from(Step)), max_size=30))
def test_an_ended_plan_never_moves_again_and_the_contract_is_never_reached_by_hand(moves):
    step = Step.GATHERING
    for move, to in moves:
        before = step
        try:
            step = next_step(step, move, to=to)
        except MoveRefused:
            continue
        assert before not in {Step.CLOSED, Step.RENEWED}
        assert step != Step.CONTRACT
