"""Numbers, statuses, voices: every row of the tables, without a database."""

from uuid import UUID

import pytest

from avec.interop.rules import (
    FACTS,
    GOAL_IN,
    GOAL_OUT,
    NEED_IN,
    NEED_OUT,
    ORIGINS,
    PLAN_IN,
    PLAN_OUT,
    TASK_IN,
    TASK_OUT,
    Number,
    PersonNumber,
    is_national,
    make_identifier,
    make_professional_number,
    owner_of,
    read_fact,
    read_person_number,
    read_structure_number,
    resource_id,
    voice_of,
    write_fact,
)

KEY = UUID("12345678-1234-5678-1234-567812345678")
JEANNE = PersonNumber("480787529", "123456789")


def test_a_person_number_is_read_and_written():
    assert read_person_number("3480787529/123456789") == JEANNE
    assert str(JEANNE) == "3480787529/123456789"


@pytest.mark.parametrize(
    "value", ["", "480787529/1", "1480787529/1", "348078752/1", "3480787529", "3480787529/a b"]
)
def test_another_form_is_no_person_number(value):
    assert read_person_number(value) is None


def test_a_corsican_finess_is_one():
    assert read_person_number("32A0000012/7") == PersonNumber("2A0000012", "7")


@pytest.mark.parametrize("number", Number)
def test_a_made_identifier_has_the_national_form_and_names_its_owner(number):
    identifier = make_identifier(JEANNE, number, KEY)
    assert is_national(identifier, number)
    assert owner_of(identifier) == JEANNE
    assert identifier == make_identifier(JEANNE, number, KEY)


def test_a_local_number_may_hold_a_dash():
    assert owner_of("3480787529/12-34-ATTE-7") == PersonNumber("480787529", "12-34")


def test_one_kind_of_number_is_not_another():
    assert not is_national("3480787529/123456789-ATTE-7", Number.GOAL)


def test_a_structure_number_is_a_finess_behind_a_one():
    assert read_structure_number("1480787529") == "480787529"
    assert read_structure_number("3480787529") is None


def test_a_professional_without_number_has_one_of_the_structure():
    assert make_professional_number("480787529", KEY) == "3480787529/123456781234"


def test_the_same_number_has_the_same_id_and_another_type_another():
    assert resource_id("Goal", "x") == resource_id("Goal", "x")
    assert resource_id("Goal", "x") != resource_id("Task", "x")


@pytest.mark.parametrize(
    ("read", "written"), [(PLAN_IN, PLAN_OUT), (GOAL_IN, GOAL_OUT), (NEED_IN, NEED_OUT), (TASK_IN, TASK_OUT)]
)
def test_what_is_written_is_read_back_and_every_status_has_a_way_out(read, written):
    assert set(read.values()) <= set(written)
    assert set(written.values()) <= set(read)
    assert all(read[written[ours]] == ours for ours in set(read.values()))


@pytest.mark.parametrize("voice", ORIGINS)
def test_the_words_of_a_voice_are_read_as_this_voice(voice):
    assert voice_of(ORIGINS[voice]) == voice


@pytest.mark.parametrize(
    ("origin", "voice"),
    [
        ("Usager", "person"),
        ("La résidente", "person"),
        ("Famille", "relative"),
        ("Sa fille Claire", "relative"),
        ("L’entourage de la personne", "relative"),
        ("Tuteur de l’usager", "representative"),
        ("Observation de l’usager par l’équipe", "observed"),
        ("Équipe pluridisciplinaire", "professional"),
        ("Mme Jeanne L.", "person"),
        ("Jeanne", "person"),
        ("X", None),
        ("", None),
    ],
)
def test_who_speaks_is_told_from_the_origin(origin, voice):
    assert voice_of(origin, frozenset({"jeanne", "l"})) == voice


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_read_back_as_it_was_written(name):
    assert read_fact(write_fact(name, "une valeur : avec deux points")) == (
        name,
        "une valeur : avec deux points",
    )


@pytest.mark.parametrize("text", ["", "Lieu", "Lieu : jardin", "Autre\u00a0: chose", "Lieu\u00a0: "])
def test_a_comment_is_no_fact(text):
    assert read_fact(text) is None
