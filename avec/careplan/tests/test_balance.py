from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.careplan.rules import Counted, Participation, count_participation
from avec.careplan.rules.balance import (
    LIVE,
    OUTCOME_WORDS,
    Change,
    EvaluatedGoal,
    Next,
    Outcome,
    Seen,
    balance_of_goal,
    balance_of_plan,
    latest,
    outcome_of,
    participation_over_time,
)
from avec.careplan.rules.gas import Direction

NBSP = "\u00a0"
TODAY = date(2026, 11, 22)
PERSON, TEAM = ("person", ""), ("professional", "")


def seen(voice, value, on=date(2026, 11, 1), **more):
    return Seen(voice, value, on, **more)


def goal(number=1, status="active", **more):
    return EvaluatedGoal(number, "Je vais au marché avec ma fille.", status, **more)


def of_goal(*found, **more):
    return balance_of_goal(goal(seen=found, **more), today=TODAY, called="Odette")


def of_plan(*goals, **more):
    return balance_of_plan(goals, today=TODAY, called="Odette", **more)


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        (2, Outcome.REACHED),
        (1, Outcome.REACHED),
        (0, Outcome.REACHED),
        (-1, Outcome.IN_PART),
        (-2, Outcome.NOT_REACHED),
    ],
)
def test_0_is_what_was_expected(value, outcome):
    assert outcome_of(seen("person", value)) == outcome


def test_words_without_a_level_are_an_evaluation():
    assert outcome_of(seen("person", None, words="J’y suis allée deux fois.")) == Outcome.IN_WORDS
    assert outcome_of(seen("person", None, words="  ")) == Outcome.NOT_EVALUATED
    assert outcome_of(None) == Outcome.NOT_EVALUATED


def test_each_voice_has_its_own_outcome():
    found = of_goal(seen("person", 1), seen("professional", -1), seen("relative", -2, name="Claire"))
    assert found.outcomes == {
        PERSON: Outcome.REACHED,
        TEAM: Outcome.IN_PART,
        ("relative", "Claire"): Outcome.NOT_REACHED,
    }
    assert found.gap.direction == Direction.BETTER
    assert found.seen_differently
    assert found.sentences == [
        f"Pour Odette{NBSP}: atteint, le 1er novembre 2026.",
        f"Pour l’équipe{NBSP}: atteint en partie, le 1er novembre 2026.",
        f"Pour Claire{NBSP}: pas atteint, le 1er novembre 2026.",
        "Pour Odette, cela va nettement mieux que pour l’équipe.",
    ]


def test_what_was_observed_is_not_said_by_the_person():
    found = of_goal(seen("observed", 0, name="Sonia"))
    assert found.outcomes[PERSON] == Outcome.NOT_EVALUATED
    assert f"Pour Odette, vu par Sonia{NBSP}: atteint, le 1er novembre 2026." in found.sentences


def test_two_voices_alike_are_not_seen_differently():
    assert not of_goal(seen("person", 1), seen("professional", 1)).seen_differently


def test_a_silent_voice_is_named():
    assert of_goal().silent == ["person", "professional"]
    assert of_goal(seen("professional", 1)).silent == ["person"]
    assert not of_goal(seen("person", 0), seen("professional", 0)).silent


def test_the_latest_of_each_voice_is_kept():
    old, new = seen("person", -2, date(2026, 5, 1)), seen("person", 1, date(2026, 11, 1))
    assert of_goal(new, old).outcomes[PERSON] == Outcome.REACHED
    same_day = seen("person", 0, date(2026, 11, 1))
    assert latest([new, same_day]) == {PERSON: same_day}


def test_the_team_has_one_voice_whoever_wrote():
    assert of_goal(seen("professional", 1, name="Sonia")).outcomes[TEAM] == Outcome.REACHED


def test_relatives_are_never_one_voice():
    found = of_goal(seen("relative", 1, name="Claire"), seen("relative", -1, name="Marc"))
    assert found.outcomes["relative", "Claire"] != found.outcomes["relative", "Marc"]


@pytest.mark.parametrize("status", sorted(LIVE))
def test_a_live_goal_has_three_equal_choices(status):
    assert of_goal(status=status).choices == (Next.KEEP, Next.ADJUST, Next.STOP)


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_a_goal_that_is_over_has_no_choice_left(status):
    assert of_goal(status=status).choices == ()


@given(st.lists(st.builds(seen, st.sampled_from(["person", "professional"]), st.integers(-2, 2))))
def test_whatever_was_said_the_choices_are_the_same(found):
    assert of_goal(*found).choices == tuple(Next)


@pytest.mark.parametrize(
    ("due_on", "status", "past"),
    [
        (date(2026, 11, 21), "active", True),
        (TODAY, "active", False),
        (None, "active", False),
        (date(2026, 11, 21), "completed", False),
    ],
)
def test_a_term_that_has_passed(due_on, status, past):
    found = of_goal(due_on=due_on, status=status)
    assert found.past_term is past
    assert ("Son terme était le 21 novembre 2026." in found.sentences) is past


def test_a_plan_is_told_in_each_voice():
    found = of_plan(
        goal(
            1,
            seen=[seen("person", 1), seen("professional", -1)],
            participations=["by", "with"],
            due_on=date(2026, 10, 1),
        ),
        goal(
            2, seen=[seen("relative", 0, name="Claire")], participations=["for", ""], due_on=date(2026, 10, 1)
        ),
        goal(3, status="cancelled", seen=[seen("person", -2)]),
    )
    assert found.sentences == [
        "2 objectifs.",
        "1 objectif retiré.",
        f"Pour Odette{NBSP}: 1 atteint, 1 pas encore évalué.",
        f"Pour l’équipe{NBSP}: 1 atteint en partie, 1 pas encore évalué.",
        f"Pour Claire{NBSP}: 1 atteint.",
        "Sur 1 objectif, Odette et l’équipe ne voient pas la même chose.",
        "1 objectif a passé son terme sans avoir les deux évaluations.",
        "2 actions sur 3 sont faites par la personne ou avec elle.",
        "1 action ne dit pas comment la personne y prend part.",
    ]
    assert found.removed == 1
    assert [one.number for one in found.goals] == [1, 2]


def test_several_agree_in_number():
    late = date(2026, 1, 1)
    found = of_plan(*(goal(n, due_on=late, seen=[seen("person", 0)]) for n in (1, 2)))
    assert f"Pour Odette{NBSP}: 2 atteints." in found.sentences
    assert f"Pour l’équipe{NBSP}: 2 pas encore évalués." in found.sentences
    assert "2 objectifs ont passé leur terme sans avoir les deux évaluations." in found.sentences


def test_one_action_with_the_person():
    assert (
        "1 action sur 3 est faite par la personne ou avec elle."
        in of_plan(goal(participations=["by", "for", "presence"])).sentences
    )


def test_a_plan_without_goals():
    found = of_plan()
    assert found.sentences == ["Aucun objectif."]
    assert found.tallies == []


def test_activities_of_the_whole_plan_may_be_given():
    found = of_plan(goal(participations=["by"]), goal(2, participations=["by"]), participations=["by", "for"])
    assert (found.counted.together, found.counted.total) == (1, 2)


facts = st.builds(
    EvaluatedGoal,
    st.integers(1, 9),
    st.text(max_size=20),
    st.sampled_from(["planned", "active", "completed", "cancelled"]),
    st.none() | st.dates(),
    st.lists(
        st.builds(
            Seen,
            st.sampled_from(["person", "professional", "relative", "representative", "observed"]),
            st.none() | st.integers(-2, 2),
            st.dates(),
            st.sampled_from(["", "Bien."]),
            st.sampled_from(["", "Claire", "Marc"]),
        ),
        max_size=6,
    ),
    st.lists(st.sampled_from([one.value for one in Participation]), max_size=4),
)


@given(st.lists(facts, max_size=6))
def test_each_voice_counts_every_goal_once(goals):
    found = of_plan(*goals)
    for tally in found.tallies:
        total = sum(tally.counts.values())
        if (tally.voice, tally.name) in (PERSON, TEAM):
            assert total == len(found.goals)
        assert total <= len(found.goals)
    assert len(found.goals) + found.removed == len(goals)
    for sentence in [*found.sentences, *(words for one in found.goals for words in one.sentences)]:
        assert sentence.endswith(".")
        assert "  " not in sentence
        assert " :" not in sentence


def test_each_outcome_has_its_words():
    assert set(OUTCOME_WORDS) == set(Outcome)


# --- « faire avec » through time ---


def on(day, hour=10):
    return datetime(2026, 11, day, hour)


def counts(changes, *days):
    return [
        found.counted for found in participation_over_time(changes, [date(2026, 11, day) for day in days])
    ]


def test_the_figure_follows_the_changes():
    changes = [
        Change("walk", on(1), "for"),
        Change("walk", on(5), "with"),
        Change("meal", on(3), "by"),
        Change("meal", on(8), ended=True),
    ]
    assert counts(changes, 1, 4, 5, 8) == [
        count_participation(["for"]),
        count_participation(["for", "by"]),
        count_participation(["with", "by"]),
        count_participation(["with"]),
    ]


def test_before_anything_it_is_empty():
    assert counts([Change("walk", on(5), "by")], 4) == [Counted(0, 0, 0, 0, 0)]


def test_the_last_change_of_a_day_is_the_one_that_counts():
    changes = [Change("walk", on(1, 18), "by"), Change("walk", on(1, 9), "for")]
    assert counts(changes, 1) == [count_participation(["by"])]


def test_of_two_changes_at_once_the_last_given_counts():
    changes = [Change("walk", on(1), "for"), Change("walk", on(1), "by")]
    assert counts(changes, 1) == [count_participation(["by"])]


def test_an_activity_may_start_again_and_an_unknown_one_may_end():
    changes = [
        Change("walk", on(1), ended=True),
        Change("walk", on(2), "by"),
        Change("walk", on(3), ended=True),
        Change("walk", on(4), ""),
    ]
    assert [found.unsaid for found in counts(changes, 1, 2, 3, 4)] == [0, 0, 0, 1]


changes = st.builds(
    Change,
    st.sampled_from("abc"),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),
    st.sampled_from([one.value for one in Participation]),
    st.booleans(),
)


@given(st.lists(changes, max_size=20), st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=8))
def test_each_day_is_what_the_past_made_it(history, days):
    found = participation_over_time(history, days)
    assert [one.day for one in found] == sorted(set(days))
    for one in found:
        running = {}
        for change in sorted(history, key=lambda change: change.at):
            if change.at < datetime.combine(one.day + timedelta(days=1), datetime.min.time()):
                running[change.activity] = change
        alive = [change.participation for change in running.values() if not change.ended]
        assert one.counted == count_participation(alive)
