"""Random worlds: the rule and the database decide alike, and taking away never gives."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from avec.accounts.models import Role
from avec.careplan.models import CarePlan, Expectation
from avec.negotiation.models import Negotiation, Party
from avec.people.models import CareTeamMember, Mandate, Objection, Person, RelatedPerson
from avec.people.policy import may, may_read, standing_of
from avec.people.rules import Deed, Kind, Level, Relationship, Standing, may_do, readable_levels
from avec.people.tests import factories

TODAY = date(2026, 11, 21)
days = st.integers(-3, 3).map(lambda count: TODAY + timedelta(days=count))
relationships = st.builds(
    Relationship,
    kind=st.sampled_from(Kind),
    starts=st.none() | days,
    ends=st.none() | days,
    revoked=st.booleans(),
    consent=st.booleans(),
    wider=st.booleans(),
)
standings = st.builds(
    Standing,
    same_establishment=st.sampled_from([True, True, True, False]),
    member_active=st.sampled_from([True, True, True, False]),
    trainee=st.booleans(),
    relationships=st.lists(relationships, max_size=4).map(tuple),
    objection=st.booleans(),
    limited=st.sampled_from([False, False, False, True]),
)
many = settings(max_examples=2000, deadline=None)


def without(standing: Standing, **changes: object) -> Standing:
    return Standing(**{**vars(standing), **changes})


def everything(standing: Standing, named: bool) -> set[tuple[Deed, Level]]:
    return {
        (deed, level) for deed in Deed for level in Level if may_do(standing, deed, level, TODAY, named=named)
    }


@many
@given(standings, st.booleans(), st.data())
def test_taking_a_relationship_away_never_widens(standing, named, data):
    if not standing.relationships:
        return
    gone = data.draw(st.integers(0, len(standing.relationships) - 1))
    fewer = standing.relationships[:gone] + standing.relationships[gone + 1 :]
    less = without(standing, relationships=fewer)
    assert readable_levels(less, TODAY) <= readable_levels(standing, TODAY)
    assert everything(less, named) <= everything(standing, named)


@many
@given(standings, st.booleans())
def test_an_objection_a_limitation_or_another_house_never_widens(standing, named):
    for change in (
        {"objection": True},
        {"limited": True},
        {"same_establishment": False},
        {"member_active": False},
    ):
        refused = without(standing, **change)
        assert not readable_levels(refused, TODAY)
        assert not everything(refused, named)


@many
@given(standings, st.booleans())
def test_whatever_is_done_can_be_read(standing, named):
    for deed, level in everything(standing, named):
        assert (Deed.READ, level) in everything(standing, named), f"{deed} on {level} without reading it"


@many
@given(standings)
def test_nobody_unnamed_reads_what_is_for_named_people(standing):
    assert Level.C4 not in readable_levels(standing, TODAY)


# --- The same decision, as rows -------------------------------------------------------------------------

day_offsets = st.none() | st.integers(-2, 2)
ties = st.fixed_dictionaries(
    {
        "member": st.integers(0, 3),
        "person": st.integers(0, 2),
        "starts": day_offsets,
        "ends": day_offsets,
        "external": st.booleans(),
        "withdrawn": st.booleans(),
    }
)
mandates = st.fixed_dictionaries(
    {
        "member": st.integers(0, 1),
        "person": st.integers(0, 2),
        "kind": st.sampled_from(["carer", "trusted", "representation", "assistance", "property", "parent"]),
        "starts": day_offsets,
        "ends": day_offsets,
        "revoked": st.booleans(),
        "wider": st.booleans(),
    }
)
objections = st.fixed_dictionaries(
    {
        "member": st.integers(0, 3),
        "person": st.integers(0, 2),
        "starts": st.integers(-2, 2),
        "ends": day_offsets,
    }
)


def day(offset: int | None) -> date | None:
    return None if offset is None else timezone.localdate() + timedelta(days=offset)


class SameDecision(TestCase):
    """A small random house: what a list shows is what is decided one by one."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(ties, max_size=8),
        st.lists(mandates, max_size=6),
        st.lists(objections, max_size=2),
        st.sets(st.integers(0, 2), max_size=1),
    )
    def test_lists_and_single_decisions_agree(self, ties, mandates, objections, limited):
        house, elsewhere = factories.establishment(), factories.establishment()
        persons = [
            factories.person(place, limited_on=day(0) if number in limited else None)
            for number, place in enumerate([house, house, elsewhere])
        ]
        staff = [
            factories.member(house),
            factories.member(house, Role.TRAINEE.value),
            factories.member(house, Role.ADMINISTRATOR.value),
            factories.member(elsewhere),
        ]
        circle = [
            factories.member(house, Role.RELATIVE.value),
            factories.member(elsewhere, Role.RELATIVE.value),
        ]
        for someone in persons:
            plan = CarePlan.objects.create(
                person=someone, establishment=someone.establishment, title="Projet"
            )
            for level in Level:
                Expectation.objects.create(
                    plan=plan,
                    person=someone,
                    establishment=someone.establishment,
                    voice="person",
                    words="…",
                    said_on=timezone.localdate(),
                    level=level.value,
                    written_by=staff[0],
                )
        for tie in ties:
            someone = persons[tie["person"]]
            CareTeamMember.objects.create(
                person=someone,
                establishment=someone.establishment,
                member=staff[tie["member"]],
                starts_on=day(tie["starts"]),
                ends_on=day(tie["ends"]),
                external=tie["external"],
                consent_withdrawn_on=day(0) if tie["withdrawn"] else None,
            )
        for row in mandates:
            someone = persons[row["person"]]
            related, _ = RelatedPerson.objects.get_or_create(
                person=someone,
                establishment=someone.establishment,
                member=circle[row["member"]],
                family_name="Duval",
            )
            Mandate.objects.create(
                related_person=related,
                kind=row["kind"],
                starts_on=day(row["starts"]),
                ends_on=day(row["ends"]),
                revoked_on=day(0) if row["revoked"] else None,
                wider=row["wider"],
            )
        for row in objections:
            someone = persons[row["person"]]
            Objection.objects.create(
                person=someone,
                establishment=someone.establishment,
                member=staff[row["member"]],
                starts_on=day(row["starts"]),
                ends_on=day(row["ends"]),
            )
        self.negotiate(persons, staff[0], circle[0])
        for who in [*staff, *circle, *(someone.member for someone in persons), None]:
            self.agree(who, persons)

    def negotiate(self, persons, nurse, daughter):
        """One talk of each level about each person; the daughter sits at those of level C1."""
        for plan in CarePlan.objects.filter(person__in=persons).select_related("person"):
            for level in ("C1", "C2"):
                one = Negotiation.objects.create(
                    plan=plan,
                    person=plan.person,
                    establishment=plan.establishment,
                    title="…",
                    level=level,
                    written_by=nurse,
                )
                for kin in RelatedPerson.objects.filter(person=plan.person, member=daughter):
                    if level == "C1":
                        Party.objects.create(negotiation=one, voice="relative", relative=kin, name="…")

    def agree(self, who, persons):
        listed = set(Person.objects.visible_to(who))
        assert listed == {someone for someone in persons if may_read(who, someone)}
        seen = set(Expectation.objects.visible_to(who))
        for item in Expectation.objects.select_related("person"):
            named = item.level == Level.C4 and who is not None and item.written_by_id == who.pk
            alone = may(who, Deed.READ, item.person, Level(item.level), named=named)
            assert (item in seen) == alone, (
                f"{who and who.role} {item.level}: {standing_of(who, item.person)}"
            )
        talks = set(Negotiation.objects.visible_to(who))
        seated = set(Party.objects.filter(relative__member=who).values_list("negotiation", flat=True))
        for one in Negotiation.objects.select_related("person"):
            alone = may(who, Deed.READ, one.person, Level(one.level))
            if who is not None and who.role == Role.RELATIVE.value:
                alone = alone and one.pk in seated
            assert (one in talks) == alone, f"{who and who.role} {one.level}: {standing_of(who, one.person)}"


def test_the_random_worlds_can_open_a_record():
    """A strategy that never opens anything would prove nothing."""
    member = Standing(same_establishment=True, relationships=(Relationship(Kind.TEAM),))
    assert readable_levels(member, TODAY)
    assert pytest
