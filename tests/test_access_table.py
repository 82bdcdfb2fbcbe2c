"""The truth table of who may see and do what: one test a row, named after it.

Rows that need a room that does not exist yet stand in LATER with the reason.
Rows with a part that exists are tested for that part, and say what waits.
"""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from avec.accounts.models import LAY_ROLES, Role
from avec.audit.models import Entry
from avec.careplan.actions import Said, change_goal, say, take_position, withdraw_expectation, write_goal
from avec.careplan.models import CarePlan, Expectation, Goal
from avec.careplan.rules import Stance
from avec.contracts.actions import Choice, issue_contract, sign_line
from avec.contracts.models import CareContract
from avec.contracts.rules import RIGHTS, Outcome
from avec.negotiation.actions import (
    MoveRefused,
    accept,
    add_point,
    answer_text,
    decline,
    go_on,
    leave,
    offer,
    set_aim,
    settle,
)
from avec.negotiation.actions import conclude as conclude_negotiation
from avec.negotiation.actions import take_position as take_side
from avec.negotiation.models import Move, Negotiation, Party, Point
from avec.negotiation.models import Outcome as NegotiatedOutcome
from avec.negotiation.policy import may_conclude, may_lead, may_move_for
from avec.negotiation.rules import Answer
from avec.negotiation.rules import OutcomeKind as Issue
from avec.negotiation.tests.table import Around, around, negotiated
from avec.people.models import Objection, Person
from avec.people.policy import may_read, may_validate
from avec.people.rules import Level
from avec.people.tests.factories import days, establishment, in_team, member, person, relative, sign_in, unit
from tests.worlds import thread

pytestmark = pytest.mark.django_db

LATER = {
    5: "no emergency access yet: nobody opens a record without a tie",
    6: "no emergency access yet",
    7: "no emergency access yet",
    8: "no emergency access yet",
    13: "no notes between colleagues yet (transmissions)",
    14: "no notes with a draft yet (transmissions)",
    15: "no validated notes yet (transmissions)",
    19: "no request for a copy of the record yet (rights)",
    30: "no request for a copy of the record yet (rights)",
    31: "no testimony of the trusted person yet",
    51: "no request after a death yet (rights)",
}
ALL_LEVELS = [level.value for level in Level]


def record(*, by=None, house=None, **fields) -> tuple[Person, CarePlan]:
    """A person's open record with one expectation of each level, written by somebody of another team."""
    someone = person(house or establishment(), **fields)
    plan = CarePlan.objects.create(person=someone, establishment=someone.establishment, title="Projet")
    writer = by or member(someone.establishment, family_name="Autrice")
    for level in ALL_LEVELS:
        Expectation.objects.create(
            plan=plan,
            person=someone,
            establishment=someone.establishment,
            voice="person",
            words=f"Mots {level}",
            said_on=timezone.localdate(),
            level=level,
            written_by=writer,
        )
    return someone, plan


def read(who, someone: Person) -> set[str]:
    """The levels that this member reads of this record, as a list and one by one."""
    seen = set(Expectation.objects.filter(person=someone).visible_to(who).values_list("level", flat=True))
    one_by_one = {
        item.level
        for item in Expectation.objects.filter(person=someone)
        if Expectation.objects.visible_to(who).filter(pk=item.pk).exists()
    }
    assert seen == one_by_one
    opened = Person.objects.visible_to(who).filter(pk=someone.pk).exists()
    assert opened == may_read(who, someone)
    assert opened or not seen
    return seen


def refused(action, *args, **kwargs) -> bool:
    with pytest.raises(PermissionDenied), transaction.atomic():
        action(*args, **kwargs)
    return True


def test_every_row_is_tested_or_waits_with_a_reason():
    tested = {int(name[6:8]) for name in globals() if re.match(r"test_t\d\d", name)}
    assert tested | set(LATER) | {46, 50} == set(range(1, 53)), "46: test_append_only, 50: test_access_walk"
    assert not tested & set(LATER)


def test_t01_an_active_team_member_reads_the_person_s_words_and_the_team_s_notes():
    someone, _ = record()
    nurse = member(someone.establishment)
    in_team(someone, nurse)
    assert read(nurse, someone) == {"C1", "C2", "C3", "C5"}


def test_t02_a_colleague_who_is_not_in_the_team_reads_nothing_and_finds_nobody():
    someone, _ = record()
    assert not read(member(someone.establishment), someone)
    assert not Person.objects.visible_to(member(someone.establishment)).matching(someone.family_name)


@pytest.mark.parametrize(
    "tie",
    [{"starts_on": days(-30), "ends_on": days(-1)}, {"starts_on": days(1)}],
    ids=["yesterday", "tomorrow"],
)
def test_t03_a_tie_that_ended_yesterday_or_starts_tomorrow_opens_nothing(tie):
    someone, _ = record()
    nurse = member(someone.establishment)
    in_team(someone, nurse, **tie)
    assert not read(nurse, someone)


def test_t03_first_and_last_day_are_included():
    someone, _ = record()
    nurse = member(someone.establishment)
    in_team(someone, nurse, starts_on=days(0), ends_on=days(0))
    assert read(nurse, someone)


def test_t04_what_is_for_named_people_is_closed_to_the_rest_of_the_team():
    someone, _ = record()
    nurse = member(someone.establishment)
    in_team(someone, nurse)
    assert "C4" not in read(nurse, someone)


def test_t04_its_author_reads_it():
    house = establishment()
    nurse = member(house)
    someone, _ = record(by=nurse, house=house)
    in_team(someone, nurse)
    assert "C4" in read(nurse, someone)


def test_t04_its_author_who_left_the_team_no_longer_reads_it():
    house = establishment()
    nurse = member(house)
    someone, _ = record(by=nurse, house=house)
    in_team(someone, nurse, ends_on=days(-1))
    assert not read(nurse, someone)


def test_t09_a_professional_from_outside_reads_the_project_with_the_person_s_consent():
    someone, _ = record()
    physio = member(someone.establishment)
    in_team(someone, physio, external=True)
    assert read(physio, someone) == {"C1", "C2"}


def test_t10_without_that_consent_anything_is_closed():
    someone, _ = record()
    physio = member(someone.establishment)
    in_team(someone, physio, external=True, consent_withdrawn_on=days(0))
    assert not read(physio, someone)


def test_t11_the_person_s_objection_beats_membership_of_the_team():
    someone, plan = record()
    nurse = member(someone.establishment)
    in_team(someone, nurse)
    Objection.objects.create(person=someone, establishment=someone.establishment, member=nurse)
    assert not read(nurse, someone)
    assert refused(say, plan, Said("…"), by=nurse)


def test_t12_a_note_keeps_its_author_and_its_time_from_the_server():
    world = thread()
    before = timezone.now()
    written = say(world["plan"], Said("Elle chante le matin.", voice="observed"), by=world["nurse"])
    assert written.written_by == world["nurse"]
    assert written.written_at >= before
    assert Entry.objects.filter(verb="expectation.said", object_id=str(written.pk)).exists()


def test_t16_a_trainee_reads_with_the_team_and_validates_nothing_alone():
    someone, plan = record()
    trainee = member(someone.establishment, Role.TRAINEE.value)
    in_team(someone, trainee)
    assert read(trainee, someone) == {"C1", "C2", "C3", "C5"}
    assert not may_validate(trainee, someone)
    assert refused(issue_contract, plan, by=trainee, starts_on=days(0))


def test_t17_a_person_reads_what_is_shared_with_them():
    someone, _ = record()
    assert read(someone.member, someone) == {"C1", "C2"}


def test_t18_a_person_does_not_read_the_team_s_working_notes_on_screen():
    someone, _ = record()
    assert "C3" not in read(someone.member, someone)


def test_t20_a_person_reads_nothing_about_a_third_party_nor_of_anybody_else():
    house = establishment()
    someone, _ = record(house=house)
    neighbour, plan = record(house=house)
    assert "C5" not in read(someone.member, someone)
    assert not read(someone.member, neighbour)
    assert refused(say, plan, Said("…"), by=someone.member)


def test_t21_a_person_adds_their_wish_and_their_disagreement():
    world = thread()
    me = world["person"].member
    assert say(world["plan"], Said("Je veux sortir le dimanche."), by=me).voice == "person"
    assert take_position(world["goal"], Stance.DISAGREES, by=me, reason="C’est trop tôt.").voice == "person"


def test_t22_a_person_changes_no_professional_s_text():
    world = thread()
    me = world["person"].member
    assert refused(change_goal, world["goal"], version=1, by=me, statement="Autre chose")
    assert refused(write_goal, world["plan"], by=me, statement="Autre chose")
    observed = say(world["plan"], Said("Elle dort mal.", voice="observed"), by=world["nurse"])
    assert refused(withdraw_expectation, observed, by=me)
    assert Goal.objects.get(pk=world["goal"].pk).statement == world["goal"].statement


def test_t23_a_person_keeps_their_words_from_their_relatives():
    """Taking back a mandate from one's own space is still to come; its effect is T28."""
    world = thread()
    kept = say(world["plan"], Said("Ne le dites pas à ma fille.", level="C2"), by=world["person"].member)
    daughter = world["daughter"].member
    assert not Expectation.objects.visible_to(daughter).filter(pk=kept.pk)
    assert Expectation.objects.visible_to(daughter).filter(pk=world["expectation"].pk)


def test_t24_an_adult_under_guardianship_reads_and_speaks_like_any_adult():
    someone, plan = record()
    relative(someone, "representation")
    assert read(someone.member, someone) == {"C1", "C2"}
    assert say(plan, Said("Je veux choisir mes habits."), by=someone.member).voice == "person"


def test_t25_a_minor_reads_what_is_shared_with_them():
    """The formal copy, through parental authority, comes with the requests for a copy."""
    someone, _ = record(birth_date=date(timezone.localdate().year - 12, 1, 1))
    assert read(someone.member, someone) == {"C1", "C2"}


def test_t26_a_carer_with_the_person_s_consent_reads_the_project():
    someone, _ = record()
    assert "C1" in read(relative(someone, "carer").member, someone)


def test_t27_a_carer_reads_nothing_more():
    someone, _ = record()
    assert read(relative(someone, "carer").member, someone) == {"C1"}


def test_t28_a_revoked_carer_finds_every_door_closed():
    someone, plan = record()
    carer = relative(someone, "carer", mandate={"revoked_on": days(0)}).member
    assert not read(carer, someone)
    assert not CareContract.objects.visible_to(carer)
    assert refused(say, plan, Said("…"), by=carer)


def test_t29_a_trusted_person_reads_what_the_person_shares_and_not_the_file():
    someone, _ = record()
    assert read(relative(someone, "trusted").member, someone) == {"C1"}


def test_t32_who_represents_the_person_reads_as_they_do_and_takes_nothing_from_them():
    someone, _ = record()
    tutor = relative(someone, "representation").member
    assert read(tutor, someone) == {"C1", "C2"}
    assert read(someone.member, someone) == {"C1", "C2"}


def test_t33_who_assists_reads_more_only_with_the_person_s_express_consent():
    someone, _ = record()
    assert read(relative(someone, "assistance").member, someone) == {"C1"}
    wider = relative(someone, "assistance", mandate={"wider": True}).member
    assert read(wider, someone) == {"C1", "C2"}


def test_t34_who_protects_property_only_reads_nothing():
    someone, plan = record()
    tutor = relative(someone, "property").member
    assert not read(tutor, someone)
    assert refused(say, plan, Said("…"), by=tutor)


@pytest.mark.parametrize("kind", ["representation", "assistance", "parent", "carer", "trusted"])
def test_t35_after_its_end_date_no_mandate_opens_anything(kind):
    someone, _ = record()
    assert not read(relative(someone, kind, mandate={"ends_on": days(-1)}).member, someone)


def test_t36_a_parent_reads_as_the_minor_does():
    """What the minor asks to keep secret from them needs a level of its own: still to come."""
    someone, _ = record(birth_date=date(timezone.localdate().year - 12, 1, 1))
    assert read(relative(someone, "parent").member, someone) == {"C1", "C2"}


def test_t37_a_mandate_for_one_person_opens_nobody_else_s_record():
    house = establishment()
    one, _ = record(house=house)
    other, _ = record(house=house)
    daughter = relative(one, "carer").member
    relative(other, None, member=daughter)
    assert read(daughter, one)
    assert not read(daughter, other)


def test_t38_a_nurse_who_is_the_person_s_daughter_sees_nothing_through_her_work():
    someone, _ = record()
    at_work = member(someone.establishment, given_name="Claire")
    relative(someone, "carer", given_name="Claire")
    assert not read(at_work, someone)


@pytest.mark.parametrize("row", [39, 41, 42, 43, 44, 45])
def test_t39_to_t45_a_function_alone_opens_no_record(row):
    """Statuses, aggregates, pseudonymised extracts and fictional spaces come with their rooms."""
    role = {
        39: Role.UNIT_MANAGER,
        41: Role.USERS_REPRESENTATIVE,
        42: Role.RESEARCHER,
        43: Role.TRAINER,
        44: Role.ADMINISTRATOR,
        45: Role.RIGHTS_OFFICER,
    }[row]
    someone, plan = record()
    who = member(someone.establishment, role.value)
    assert not read(who, someone)
    assert refused(say, plan, Said("…"), by=who)


test_t41 = test_t42 = test_t43 = test_t44 = test_t45 = None  # rows of the test above


@pytest.mark.parametrize("role", [role.value for role in Role if role.value not in LAY_ROLES])
def test_t39_no_role_at_all_is_enough(role):
    someone, _ = record()
    assert not read(member(someone.establishment, role), someone)


def test_t39_a_unit_manager_follows_the_dates_of_the_unit_and_reads_no_word(client):
    house = establishment()
    acacias = unit(house)
    someone, _ = record(house=house, unit=acacias)
    stranger, _ = record(house=house, family_name="Ailleurs")
    boss = member(house, Role.UNIT_MANAGER.value, unit=acacias)
    text = sign_in(client, boss).get("/horloges/").content.decode()
    assert someone.family_name in text
    assert stranger.family_name not in text
    assert "Mots " not in text
    assert client.get(f"/horloges/sejour/{someone.stays.get().pk}/").status_code == 404


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.QUALITY])
@pytest.mark.parametrize(("count", "counted"), [(10, False), (11, True)])
def test_t40_numbers_from_eleven_persons_and_never_a_name(client, role, count, counted):
    house = establishment()
    for _ in range(count):
        someone = person(house, unit=unit(house))
    sign_in(client, member(house, role.value))
    for address in ("/horloges/", "/notre-etablissement/"):
        text = client.get(address).content.decode()
        assert someone.family_name not in text
        assert ("<td" in text) == counted
    assert client.get("/horloges/export/csv/").status_code == 404
    assert client.get(f"/horloges/sejour/{someone.stays.get().pk}/").status_code == 404


def test_t47_only_its_named_signatory_signs_a_line():
    world = thread()
    contract = issue_contract(world["plan"], by=world["nurse"], starts_on=days(0))
    choice = Choice(Outcome.SIGNED, rights_read=[code for code, _ in RIGHTS], clauses={"1": "agrees"})
    me, nurse, daughter = world["person"].member, world["nurse"], world["daughter"].member
    for line in contract.lines.all():
        signer = me if line.voice == "person" else nurse
        for other in {me, nurse, daughter, member(world["house"])} - {signer}:
            assert refused(sign_line, line, choice, method="password", by=other)
        assert sign_line(line, choice, method="password", by=signer).by == signer


def talks(who) -> set[Negotiation]:
    """The negotiations that this member reads, as a list and one by one; what lies on them opens with them."""
    seen = set(Negotiation.objects.visible_to(who))
    assert seen == {
        one
        for one in Negotiation.objects.all()
        if Negotiation.objects.visible_to(who).filter(pk=one.pk).exists()
    }
    for laid in (Party, Point, Move, NegotiatedOutcome):
        assert {one.negotiation_id for one in laid.objects.visible_to(who)} <= {one.pk for one in seen}
    return seen


def moves_from(found: Around, who, seat: Party, offered: int) -> list[bool]:
    """Accept, refuse, take position and offer in return, from this seat: what is refused to this member."""
    table, point = found.negotiation, found.points[0]
    return [
        refused(accept, table, seat, offered, by=who),
        refused(decline, table, seat, offered, by=who),
        refused(take_side, table, seat, point, "Plus tard", by=who),
        refused(offer, table, seat, point, was="9 heures", becomes="8 h 30", by=who),
    ]


def test_t48_a_party_moves_in_its_own_name_and_in_nobody_else_s():
    found = negotiated(around())
    given = offer(
        found.negotiation,
        found.seat(found.nurse),
        found.points[0],
        was="7 heures",
        becomes="8 heures",
        by=found.nurse,
    )
    for who in found.everybody:
        for other in found.everybody:
            if other != who:
                assert all(moves_from(found, who, found.seat(other), given.number))
    accept(found.negotiation, found.seat(found.resident), given.number, by=found.resident)
    decline(found.negotiation, found.seat(found.daughter), given.number, by=found.daughter)
    take_side(found.negotiation, found.seat(found.daughter), found.points[0], "Plus tard", by=found.daughter)


def test_t48_who_is_not_a_party_reads_with_the_team_and_makes_no_move():
    found = negotiated(around())
    given = offer(
        found.negotiation,
        found.seat(found.nurse),
        found.points[0],
        was="7 heures",
        becomes="8 heures",
        by=found.nurse,
    )
    colleague, stranger = member(found.person.establishment), member(found.person.establishment)
    in_team(found.person, colleague)
    assert talks(colleague) == {found.negotiation}
    assert not talks(stranger)
    for who in (colleague, stranger, None):
        for seat in Party.objects.filter(negotiation=found.negotiation):
            assert all(moves_from(found, who, seat, given.number))
    assert Move.objects.filter(negotiation=found.negotiation).last().number == given.number


def test_t48_who_speaks_aloud_is_written_down_by_the_team_and_by_nobody_else():
    found = negotiated(around())
    seat = found.seat(found.resident)
    Party.objects.filter(pk=seat.pk).update(speaks_aloud=True)
    seat.refresh_from_db()
    trainee = member(found.person.establishment, Role.TRAINEE.value)
    in_team(found.person, trainee)
    stranger = member(found.person.establishment)
    assert [may_move_for(who, seat) for who in (found.nurse, trainee, found.resident)] == [True] * 3
    assert [may_move_for(who, seat) for who in (found.daughter, stranger, None)] == [False] * 3
    assert take_side(found.negotiation, seat, found.points[0], "Plus tard", by=found.nurse).aloud
    assert not take_side(found.negotiation, seat, found.points[0], "Encore plus", by=found.resident).aloud


def test_t48_who_left_the_table_reads_and_moves_no_more():
    found = negotiated(around())
    seat = found.seat(found.daughter)
    leave(found.negotiation, seat, "Elle repart à Lyon", by=found.daughter)
    assert not talks(found.daughter)
    assert refused(take_side, found.negotiation, seat, found.points[0], "Plus tard", by=found.daughter)
    # The nurse who leads reads on with the team; her seat moves no more.
    mine = found.seat(found.nurse)
    leave(found.negotiation, mine, "Elle change d’unité", by=found.nurse)
    assert talks(found.nurse) == {found.negotiation}
    mine.refresh_from_db()
    assert not may_move_for(found.nurse, mine)


def test_t48_the_team_leads_and_a_trainee_does_not_conclude():
    found = negotiated(around(points=1))
    trainee = member(found.person.establishment, Role.TRAINEE.value)
    in_team(found.person, trainee)
    for who in (found.resident, found.daughter, None):
        assert not may_lead(who, found.negotiation)
        assert refused(go_on, found.negotiation, by=who)
        assert refused(settle, found.negotiation, found.points[0], Issue.AGREED, "À 8 heures", by=who)
        assert refused(set_aim, found.negotiation, "Un autre but", by=who)
    assert may_lead(trainee, found.negotiation)
    assert not may_conclude(trainee, found.negotiation)
    settle(found.negotiation, found.points[0], Issue.AGREED, "Lever à 8 heures", by=trainee)
    go_on(found.negotiation, by=trainee)
    for who in found.everybody:
        answer_text(found.negotiation, found.seat(who), Answer.YES, by=who)
    for who in (trainee, found.resident, found.daughter):
        assert refused(conclude_negotiation, found.negotiation, by=who)
    conclude_negotiation(found.negotiation, by=found.nurse)


def test_t48_only_who_leads_says_that_a_point_cannot_be_negotiated():
    found = around()
    for who in (found.resident, found.daughter):
        add_point(found.negotiation, "La sortie du dimanche", by=who)
        assert refused(add_point, found.negotiation, "La loi", nature="law", source="Un texte", by=who)


def test_t27_t28_a_relative_reads_the_negotiations_they_sit_at_and_no_others():
    found = around()
    other = around()
    aunt = relative(found.person, "carer", given_name="Lucie").member
    assert talks(found.daughter) == {found.negotiation}
    assert not talks(aunt)
    assert talks(found.resident) == {found.negotiation}
    assert talks(other.daughter) == {other.negotiation}
    found.relative.mandates.update(revoked_on=days(0))
    assert not talks(found.daughter)
    assert refused(add_point, found.negotiation, "La sortie du dimanche", by=found.daughter)


def test_t27_a_relative_is_not_seated_where_they_may_not_read():
    with pytest.raises(MoveRefused):
        around(level="C2")


@pytest.mark.parametrize(
    "role",
    [Role.UNIT_MANAGER, Role.DIRECTOR, Role.QUALITY, Role.ADMINISTRATOR, Role.RESEARCHER, Role.TRAINER],
)
def test_t39_to_t44_a_function_alone_reads_no_negotiation(role):
    found = around()
    assert not talks(member(found.person.establishment, role.value))


def test_t49_nobody_of_another_house_reads_a_negotiation():
    found, elsewhere = around(), around()
    for who in elsewhere.everybody:
        assert found.negotiation not in talks(who)
        assert refused(go_on, found.negotiation, by=who)


def test_t49_nobody_reads_anything_of_another_establishment():
    someone, _ = record()
    elsewhere = establishment()
    stranger = member(elsewhere)
    in_team(someone, stranger)  # a row that should not exist: the house decides first
    assert not read(stranger, someone)


def test_t52_a_record_under_limitation_is_closed_to_care_screens():
    """Opening it to the rights officer comes with the requests."""
    someone, _ = record(limited_on=days(-1))
    nurse = member(someone.establishment)
    in_team(someone, nurse)
    assert not read(nurse, someone)
    assert not read(someone.member, someone)


def test_somebody_who_left_the_establishment_reads_nothing():
    someone, _ = record()
    nurse = member(someone.establishment, active_until=timezone.now())
    in_team(someone, nurse)
    assert not read(nurse, someone)


def test_nobody_reads_nothing():
    someone, _ = record()
    assert not read(None, someone)
