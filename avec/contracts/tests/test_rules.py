from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.contracts.rules import (
    RIGHTS,
    ContractState,
    ContractText,
    Outcome,
    PartyText,
    SigningRefused,
    Waited,
    add_months,
    as_data,
    check_choice,
    from_data,
    lacks,
    next_state,
    usual_period,
    waits,
)

ALL_RIGHTS = [right for right, _ in RIGHTS]
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("choices", "state"),
    [
        ([], ContractState.TO_SIGN),
        ([None, None], ContractState.TO_SIGN),
        ([Outcome.SIGNED, None], ContractState.TO_SIGN),
        ([Outcome.SIGNED, Outcome.ORAL], ContractState.TO_SIGN),
        ([Outcome.SIGNED, Outcome.NOT_NOW], ContractState.TO_SIGN),
        ([Outcome.SIGNED, Outcome.SIGNED], ContractState.IN_FORCE),
        ([Outcome.SIGNED, Outcome.RESERVATIONS], ContractState.IN_FORCE),
        ([Outcome.SIGNED, Outcome.REFUSED], ContractState.REFUSED),
        ([None, Outcome.REFUSED], ContractState.REFUSED),
    ],
)
def test_the_state_follows_from_the_choices(choices, state):
    assert next_state([Waited(choice) for choice in choices]) == state


@given(st.lists(st.one_of(st.none(), st.sampled_from(Outcome)), min_size=1))
def test_a_contract_is_in_force_only_when_everyone_agreed(choices):
    everyone = all(choice in {Outcome.SIGNED, Outcome.RESERVATIONS, Outcome.MARK} for choice in choices)
    assert (next_state([Waited(choice) for choice in choices]) == ContractState.IN_FORCE) == everyone


@pytest.mark.parametrize(
    ("parents", "state"),
    [
        ([None, None], ContractState.TO_SIGN),
        ([Outcome.SIGNED, None], ContractState.IN_FORCE),
        ([Outcome.REFUSED, None], ContractState.TO_SIGN),
        ([Outcome.REFUSED, Outcome.SIGNED], ContractState.IN_FORCE),
        ([Outcome.REFUSED, Outcome.REFUSED], ContractState.REFUSED),
    ],
)
def test_one_parent_is_enough(parents, state):
    team = Waited(Outcome.SIGNED)
    assert next_state([team, *(Waited(outcome, one_of="parent") for outcome in parents)]) == state


@pytest.mark.parametrize("outcome", [Outcome.SIGNED, Outcome.RESERVATIONS])
def test_rights_are_read_before_signing(outcome):
    for missing in ALL_RIGHTS:
        read = [right for right in ALL_RIGHTS if right != missing]
        with pytest.raises(SigningRefused, match="droits"):
            check_choice(outcome, words="Le matin.", rights_read=read, stances=[], is_person=True)


@pytest.mark.parametrize("outcome", [Outcome.ORAL, Outcome.NOT_NOW, Outcome.REFUSED])
def test_nothing_is_asked_of_somebody_who_does_not_sign(outcome):
    check_choice(outcome, words="", rights_read=[], stances=["disagrees"], is_person=True)


def test_reservations_have_words():
    with pytest.raises(SigningRefused, match="réserves"):
        check_choice(
            Outcome.RESERVATIONS, words="  ", rights_read=ALL_RIGHTS, stances=["agrees"], is_person=True
        )


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 3), 12, date(2027, 12, 3)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_end_where_the_calendar_ends(day, months, expected):
    assert add_months(day, months) == expected


@given(days)
def test_a_usual_period_is_a_year_read_again_before_its_end(starts_on):
    ends_on, review_on = usual_period(starts_on)
    assert starts_on < review_on < ends_on
    assert timedelta(days=363) <= ends_on - starts_on <= timedelta(days=365)


@given(st.lists(st.text(), max_size=4), st.text(), st.text())
def test_a_text_is_the_same_after_a_stay_in_the_database(balance, name, capacity):
    text = ContractText(
        version=1,
        previous="",
        establishment="Les Tilleuls",
        finess="990000001",
        person="x",
        person_name=name,
        called=name,
        starts_on="2026-01-01",
        ends_on="2026-12-31",
        review_on="2026-12-01",
        balance=tuple(balance),
        parties=(PartyText("person", name, capacity),),
        clauses=(),
        answered=(),
    )
    assert from_data(as_data(text)) == text


@pytest.mark.parametrize("stance", ["in_part", "disagrees"])
def test_an_article_without_a_plain_yes_is_signed_with_reservations(stance):
    parts = {"words": "", "rights_read": ALL_RIGHTS, "stances": ["agrees", stance], "is_person": True}
    assert "réserves" in lacks(Outcome.SIGNED, **parts)["outcome"]
    assert lacks(Outcome.RESERVATIONS, **parts) == {}


@pytest.mark.parametrize(
    ("waited", "expected"),
    [
        ([], []),
        ([Waited(None), Waited(Outcome.SIGNED)], [True, False]),
        ([Waited(Outcome.ORAL), Waited(Outcome.NOT_NOW)], [True, True]),
        ([Waited(Outcome.REFUSED), Waited(Outcome.MARK), Waited(Outcome.RESERVATIONS)], [False] * 3),
        ([Waited(None, "parent"), Waited(Outcome.MARK, "parent"), Waited(None)], [False, False, True]),
        ([Waited(Outcome.REFUSED, "parent"), Waited(None, "parent")], [False, True]),
        ([Waited(Outcome.SIGNED, "parent"), Waited(Outcome.NOT_NOW, "parent")], [False, False]),
    ],
)
def test_whom_the_contract_still_waits_for(waited, expected):
    assert waits(waited) == expected


@given(st.lists(st.builds(Waited, st.sampled_from([None, *Outcome]), st.sampled_from(["", "parent"]))))
def test_a_contract_that_waits_for_nobody_is_settled(waited):
    if waited and not any(waits(waited)):
        assert next_state(waited) != ContractState.TO_SIGN


def test_everything_that_lacks_is_said_at_once():
    missing = lacks(Outcome.RESERVATIONS, words="", rights_read=[], stances=[], is_person=True)
    assert set(missing) == {"rights", "words"}
