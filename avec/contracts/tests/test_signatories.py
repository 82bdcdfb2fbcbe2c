"""Who signs: the table by itself, then applied to a person's circle."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avec.accounts.models import Role
from avec.contracts.actions import change_rule
from avec.contracts.models import DemandChoice, MeasureChoice, SignatoryChoice
from avec.contracts.rules import (
    Demand,
    Measure,
    Signatory,
    asked_of,
    measure_of,
    signs_as,
    table_of,
    unfit,
    usual_rows,
)
from avec.contracts.rules.signatories import WEIGHT
from avec.contracts.signatories import mandates_of, may_be_added, measure_for, parties_of, rules_of
from avec.people.models import MandateKind, MandateOrigin
from avec.people.tests import factories
from avec.people.tests.factories import days

USUAL = table_of(usual_rows())
# What is asked of whoever holds a mandate of this kind and origin: the measure, then asked and required
# when the judgment says nothing, and when it asks for their signature.
HELD = [
    ("assistance", "judge", Measure.ASSISTANCE, (False, False), (True, True)),
    ("assistance", "", Measure.ASSISTANCE, (False, False), (True, True)),
    ("assistance", "family", Measure.FAMILY_ASSISTANCE, (False, False), (True, True)),
    ("assistance", "future", Measure.FUTURE, (True, True), (True, True)),
    ("representation", "judge", Measure.REPRESENTATION, (True, True), (True, True)),
    ("representation", "", Measure.REPRESENTATION, (True, True), (True, True)),
    ("representation", "family", Measure.FAMILY_REPRESENTATION, (True, True), (True, True)),
    ("representation", "future", Measure.FUTURE, (True, True), (True, True)),
    ("property", "", Measure.PROPERTY, (False, False), (False, False)),
    ("parent", "", Measure.MINOR, (True, True), (True, True)),
    ("trusted", "", Measure.NONE, (True, False), (True, False)),
    ("carer", "", Measure.NONE, (False, False), (False, False)),
]


def test_the_usual_table_has_a_row_for_each_measure_and_signatory_with_its_source():
    assert set(USUAL) == {(measure, signatory) for measure in Measure for signatory in Signatory}
    assert all(row.source for row in usual_rows())
    assert all(row.to_check for row in usual_rows() if row.signatory != Signatory.TEAM)


def test_no_usual_row_is_one_that_a_house_may_not_ask():
    assert [row for row in usual_rows() if unfit(row.signatory, row.demand, row.measure)] == []


def test_every_code_has_its_words():
    assert {one.value for one in Measure} == set(MeasureChoice.values)
    assert {one.value for one in Signatory} == set(SignatoryChoice.values)
    assert {one.value for one in Demand} == set(DemandChoice.values)


@pytest.mark.parametrize("measure", list(Measure))
def test_the_person_and_the_team_are_asked_whatever_the_measure(measure):
    assert asked_of(Signatory.PERSON, measure, USUAL).asked
    assert asked_of(Signatory.TEAM, measure, USUAL).required


@pytest.mark.parametrize("measure", list(Measure))
def test_the_contract_waits_for_the_person_unless_somebody_represents_them(measure):
    represented = measure in {
        Measure.REPRESENTATION,
        Measure.FAMILY_REPRESENTATION,
        Measure.FUTURE,
        Measure.MINOR,
    }
    assert asked_of(Signatory.PERSON, measure, USUAL).required is not represented


@pytest.mark.parametrize("measure", list(Measure))
def test_a_witness_never_holds_the_contract_back(measure):
    for signatory in (Signatory.TRUSTED, Signatory.CARER):
        assert not asked_of(signatory, measure, USUAL).required


def test_one_parent_is_enough():
    asked = asked_of(Signatory.PARENT, Measure.MINOR, USUAL)
    assert (asked.required, asked.one_of) == (True, "parent")


def test_without_a_row_nothing_is_asked():
    assert not asked_of(Signatory.TRUSTED, Measure.NONE, {}).asked


@pytest.mark.parametrize(("place", "measure"), list(enumerate(WEIGHT)))
def test_of_several_measures_the_heaviest_counts(place, measure):
    assert measure_of(WEIGHT[place:]) == measure
    assert measure_of(reversed(WEIGHT[place:])) == measure


def test_without_a_measure_there_is_none():
    assert measure_of([]) == measure_of([Measure.NONE]) == Measure.NONE
    assert set(WEIGHT) | {Measure.NONE} == set(Measure)


@pytest.mark.parametrize("signatory", list(Signatory))
@pytest.mark.parametrize("demand", list(Demand))
def test_what_a_house_may_ask_of_each(signatory, demand):
    fit = {
        Signatory.PERSON: {Demand.SIGNS, Demand.MAY},
        Signatory.TEAM: {Demand.SIGNS},
        Signatory.GUARDIAN: {Demand.SIGNS, Demand.JUDGED, Demand.MAY, Demand.NO},
        Signatory.PARENT: {Demand.SIGNS, Demand.ONE_SIGNS, Demand.MAY, Demand.NO},
        Signatory.TRUSTED: {Demand.SIGNS, Demand.MAY, Demand.NO},
        Signatory.CARER: {Demand.SIGNS, Demand.MAY, Demand.NO},
    }
    fault = unfit(signatory, demand, Measure.REPRESENTATION)
    assert (fault == "") is (demand in fit[signatory])
    assert not fault or fault.endswith(".")


@pytest.mark.parametrize("measure", list(Measure))
def test_the_contract_may_go_without_the_person_only_where_somebody_represents_them(measure):
    usual = USUAL[measure, Signatory.PERSON]
    assert (unfit(Signatory.PERSON, Demand.MAY, measure) == "") is (usual == Demand.MAY)
    assert unfit(Signatory.PERSON, Demand.SIGNS, measure) == ""


@pytest.mark.parametrize("signatory", list(Signatory))
def test_each_signs_in_their_own_name(signatory):
    said = signs_as("Claire Duval", "sa fille", signatory, person="Odette Marcillac")
    assert said.startswith("Je signe en mon nom, Claire Duval")
    beside = signatory not in {Signatory.PERSON, Signatory.TEAM}
    assert ("Je ne signe pas à la place d’Odette Marcillac." in said) is beside
    assert "Je ne signe pas à la place de Lucien" in signs_as(
        "P. Garnier", "tuteur", Signatory.GUARDIAN, person="Lucien"
    )


@settings(deadline=None)
@given(
    rows=st.dictionaries(
        st.tuples(st.sampled_from(Measure), st.sampled_from(Signatory)), st.sampled_from(Demand), max_size=48
    ),
    measures=st.lists(st.sampled_from(Measure)),
    judged=st.booleans(),
)
def test_whatever_a_house_may_write_the_person_is_asked(rows, measures, judged):
    """Rows that may not be asked are refused before they reach the table."""
    changed = {key: demand for key, demand in rows.items() if not unfit(key[1], demand, key[0])}
    measure, table = measure_of(measures), USUAL | changed
    assert asked_of(Signatory.PERSON, measure, table).asked
    assert asked_of(Signatory.TEAM, measure, table, judged=judged).required
    for signatory in Signatory:
        asked = asked_of(signatory, measure, table, judged=judged)
        assert asked.asked or not asked.required
        assert asked.required or not asked.one_of


@settings(deadline=None)
@given(measures=st.lists(st.sampled_from(Measure)), more=st.sampled_from(Measure))
def test_one_more_measure_never_makes_the_contract_follow_a_lighter_one(measures, more):
    heavy = [*WEIGHT, Measure.NONE]
    assert heavy.index(measure_of([*measures, more])) <= heavy.index(measure_of(measures))


# Applied to a person.


def asked(person):
    """Each one asked, by the kind of signatory: must they sign, and with whom is one enough."""
    return [
        (party.text.signatory, party.text.required, party.text.one_of, party.text.name)
        for party in parties_of(person)
    ]


def kinds(person):
    return [signatory for signatory, *_rest in asked(person)]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "origin", "measure", "silent", "judged"), HELD)
@pytest.mark.parametrize("co_signs", [False, True])
def test_a_mandate_asks_what_its_row_says(scene, kind, origin, measure, silent, judged, co_signs):
    somebody = factories.relative(scene.person, kind, mandate={"origin": origin, "co_signs": co_signs})
    assert measure_for(mandates_of(scene.person)) == measure
    found = [party for party in parties_of(scene.person) if party.relative == somebody]
    assert (bool(found), any(party.text.required for party in found)) == (judged if co_signs else silent)
    assert kinds(scene.person)[:2] == ["team", "person"]


def test_every_kind_of_mandate_is_tried():
    assert {kind for kind, *_rest in HELD} == set(MandateKind.values)
    assert {origin for _kind, origin, *_rest in HELD} == {*MandateOrigin.values, ""}


@pytest.mark.django_db
def test_two_parents_are_asked_and_one_is_enough(scene):
    for name in ("Awa", "Luc"):
        factories.relative(scene.person, "parent", given_name=name)
    parents = [one for one in asked(scene.person) if one[0] == "parent"]
    assert [(required, one_of) for _who, required, one_of, _name in parents] == [(True, "parent")] * 2


@pytest.mark.django_db
def test_the_trusted_person_who_is_a_carer_too_is_asked_once(scene):
    claire = factories.relative(scene.person, "trusted")
    claire.mandates.create(kind="carer", starts_on=days(-5))
    assert kinds(scene.person) == ["team", "person", "trusted"]


@pytest.mark.django_db
def test_who_must_sign_and_may_be_a_witness_too_must_sign(scene):
    claire = factories.relative(scene.person, "trusted")
    claire.mandates.create(kind="representation", origin="family", starts_on=days(-5))
    assert [(who, required) for who, required, *_rest in asked(scene.person)][2:] == [("guardian", True)]


@pytest.mark.django_db
def test_a_mandate_that_ended_or_was_taken_back_asks_nothing(scene):
    factories.relative(scene.person, "representation", mandate={"ends_on": days(-1)})
    factories.relative(scene.person, "representation", mandate={"revoked_on": days(0)})
    assert kinds(scene.person) == ["team", "person"]
    assert asked(scene.person)[1][1] is True


@pytest.mark.django_db
def test_the_goods_only_ask_nothing_and_cannot_be_added(scene):
    factories.relative(scene.person, "property")
    parties = parties_of(scene.person)
    assert [party.text.signatory for party in parties] == ["team", "person"]
    assert [party.relative for party in may_be_added(scene.person, parties) if party.relative] == []


@pytest.mark.django_db
def test_who_assists_is_not_asked_as_who_represents(scene):
    """Two measures: each guardian follows their own."""
    factories.relative(scene.person, "representation", mandate={"origin": "judge"}, given_name="Awa")
    factories.relative(scene.person, "assistance", mandate={"origin": "judge"}, given_name="Luc")
    guardians = [one for one in asked(scene.person) if one[0] == "guardian"]
    assert [name.split()[0] for *_rest, name in guardians] == ["Awa"]


@pytest.mark.django_db
def test_a_changed_table_changes_who_is_asked(scene):
    factories.relative(scene.person, "carer")
    factories.relative(scene.person, "assistance", mandate={"origin": "judge"})
    assert kinds(scene.person) == ["team", "person"]
    boss = factories.member(scene.establishment, Role.DIRECTOR.value)
    for signatory, demand in ((Signatory.CARER, Demand.MAY), (Signatory.GUARDIAN, Demand.SIGNS)):
        rule = next(
            one
            for one in rules_of(scene.establishment.pk)
            if (one.measure, one.signatory) == ("assistance", signatory.value)
        )
        change_rule(rule, demand, source="La maison.", to_check=False, version=rule.version, by=boss)
    assert sorted((who, required) for who, required, *_rest in asked(scene.person)) == [
        ("carer", False),
        ("guardian", True),
        ("person", True),
        ("team", True),
    ]


@pytest.mark.django_db
def test_when_nobody_else_is_asked_the_contract_waits_for_the_person(scene):
    factories.relative(scene.person, "representation", mandate={"origin": "judge"})
    assert [required for who, required, *_rest in asked(scene.person) if who == "person"] == [False]
    boss = factories.member(scene.establishment, Role.DIRECTOR.value)
    rule = next(
        one
        for one in rules_of(scene.establishment.pk)
        if (one.measure, one.signatory) == ("representation", "guardian")
    )
    change_rule(rule, Demand.NO, source="La maison.", to_check=False, version=rule.version, by=boss)
    assert [(who, required) for who, required, *_rest in asked(scene.person)] == [
        ("team", True),
        ("person", True),
    ]


@pytest.mark.django_db
def test_the_table_of_another_house_changes_nothing_here(scene):
    factories.relative(scene.person, "trusted")
    other = factories.establishment()
    boss = factories.member(other, Role.DIRECTOR.value)
    for rule in rules_of(other.pk):
        if rule.signatory == "trusted":
            change_rule(rule, Demand.NO, source="x", to_check=False, version=rule.version, by=boss)
    assert "trusted" in kinds(scene.person)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.lists(
        st.tuples(
            st.sampled_from(MandateKind.values), st.sampled_from(["", *MandateOrigin.values]), st.booleans()
        ),
        max_size=4,
    )
)
def test_adding_a_mandate_never_removes_the_person_nor_the_team(scene, held):
    for kind, origin, co_signs in held:
        factories.relative(scene.person, kind, mandate={"origin": origin, "co_signs": co_signs})
        parties = parties_of(scene.person)
        assert [party.text.signatory for party in parties[:2]] == ["team", "person"]
        assert len({party.key for party in parties}) == len(parties)
        # Somebody of the person's side always holds the contract: themself, or who represents them.
        assert any(party.text.required for party in parties if party.text.signatory != "team")
