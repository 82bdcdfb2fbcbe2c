"""The clocks of real stays: what they read by themselves, what somebody writes, what is never erased."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.actions import Said, open_plan, say, take_position, write_goal
from avec.careplan.models import CarePlan
from avec.careplan.rules import Stance
from avec.clocks.actions import (
    add_deadline,
    bring_back_deadline,
    cancel_evidence,
    cancel_life_event,
    change_deadline,
    load_profile,
    note_life_event,
    retire_deadline,
    set_stay_dates,
    write_evidence,
)
from avec.clocks.gather import clocks_of, clocks_of_person, today_for
from avec.clocks.models import Deadline, Evidence
from avec.clocks.rules import Outcome, ProofSource, State
from avec.clocks.table import key_of, profile_of, table_of
from avec.people.clash import OutOfDate
from avec.people.tests.factories import days, establishment, in_team, member, person
from tests import worlds

pytestmark = pytest.mark.django_db


def world(**fields):
    house = establishment(**fields)
    nurse = member(house)
    someone = person(house)
    in_team(someone, nurse, is_referent=True)
    return house, nurse, someone, someone.stays.get()


def row(house, code) -> Deadline:
    return next(row for row in table_of(house.pk) if row.code == code)


def clock(stay, code):
    return next(one for one in clocks_of(stay) if one.row.code == code)


def test_a_house_that_changed_nothing_has_the_french_table_and_nothing_is_written():
    house, _nurse, _someone, stay = world()
    assert profile_of(house.pk) == "fr"
    assert clock(stay, "stay_contract_handed").state == State.LATE
    assert not Deadline.objects.exists()


def test_a_proof_written_by_the_team_closes_the_clock_and_puts_the_table_down():
    house, nurse, someone, stay = world()
    evidence = write_evidence(
        stay, row(house, "stay_contract_handed"), done_on=days(-20), words="Remis par Sonia.", by=nurse
    )
    found = clock(stay, "stay_contract_handed")
    assert (found.state, found.proof.on, found.proof.by) == (State.DONE, days(-20), nurse.name)
    assert evidence.deadline_id == key_of(house.pk, "stay_contract_handed")
    assert Entry.objects.filter(verb="evidence.written", person_id=someone.pk).exists()


def test_a_cancelled_proof_no_longer_counts_and_stays():
    house, nurse, _someone, stay = world()
    evidence = write_evidence(stay, row(house, "stay_contract_handed"), done_on=days(-20), by=nurse)
    cancel_evidence(evidence, "C’était pour une autre personne.", by=nurse)
    assert clock(stay, "stay_contract_handed").state == State.LATE
    kept = Evidence.objects.get()
    assert (kept.cancelled_by, kept.done_on) == (nurse, days(-20))
    with pytest.raises(PermissionDenied), transaction.atomic():
        cancel_evidence(kept, "Encore.", by=nurse)


def test_choosing_not_to_sign_starts_the_individual_document():
    house, nurse, _someone, stay = world()
    signing = row(house, "stay_contract_signed")
    write_evidence(stay, signing, done_on=days(-2), outcome=Outcome.REFUSED, by=nurse)
    assert clock(stay, "stay_contract_signed").state == State.DONE
    assert clock(stay, "individual_document").due_on == days(13)
    write_evidence(stay, signing, done_on=days(0), by=nurse)
    assert clock(stay, "individual_document").state == State.DOES_NOT_APPLY, "signed in the end"


def test_not_signing_is_noted_for_a_signature_only():
    house, nurse, _someone, stay = world()
    with pytest.raises(PermissionDenied):
        write_evidence(
            stay, row(house, "stay_contract_handed"), done_on=days(0), outcome=Outcome.REFUSED, by=nurse
        )


def test_what_the_plan_proves_by_itself_is_not_written_by_hand():
    house, nurse, _someone, stay = world()
    with pytest.raises(PermissionDenied):
        write_evidence(stay, row(house, "answer"), done_on=days(0), by=nurse)


def test_the_dates_of_the_stay_move_their_clocks():
    _house, nurse, _someone, stay = world()
    assert clock(stay, "trusted_notice").state == State.NOT_DUE
    set_stay_dates(stay, interview_on=days(20), short=True, by=nurse)
    assert clock(stay, "trusted_notice").due_on == days(12)
    assert clock(stay, "stay_contract_handed").state == State.DOES_NOT_APPLY


def test_a_life_event_asks_for_a_review_until_it_is_cancelled():
    _house, nurse, _someone, stay = world()
    event = note_life_event(stay, happened_on=days(-3), words="Retour d’hôpital.", by=nurse)
    assert clock(stay, "life_event").anchor_on == days(-3)
    cancel_life_event(event, "Pas elle.", by=nurse)
    assert clock(stay, "life_event").state == State.NOT_DUE


def test_words_positions_and_terms_wait_in_the_plan():
    _house, nurse, someone, stay = world()
    plan = open_plan(someone, title="Projet", by=nurse)
    say(plan, Said("Je voudrais sortir.", said_on=days(-20)), by=someone.member)
    say(plan, Said("Je voudrais un chat.", said_on=days(-3)), by=someone.member)
    goal = write_goal(plan, by=nurse, statement="Sortir", due_on=days(10), priority=1)
    take_position(
        goal, Stance.COULD_NOT, by=nurse, voice="person", reason="Elle dormait.", ask_again_on=days(4)
    )
    answer = clock(stay, "answer")
    assert (answer.state, answer.waiting, answer.anchor_on) == (State.LATE, 2, days(-20))
    assert clock(stay, "ask_again").due_on == days(4)
    assert clock(stay, "goal_term").due_on == days(10)
    assert clock(stay, "goal_term").state == State.DUE_SOON


def test_what_is_for_named_people_never_moves_a_clock():
    _house, nurse, someone, stay = world()
    plan = open_plan(someone, title="Projet", by=nurse)
    say(plan, Said("En secret.", said_on=days(-40), level="C4"), by=nurse)
    assert clock(stay, "answer").state == State.NOT_DUE


def test_a_signed_contract_proves_the_first_objectives_by_itself():
    contract = worlds.signed_contract()
    stay = contract.person.stays.get()
    found = clock(stay, "first_amendment")
    assert (found.state, found.proof.source, found.proof.ref) == (
        State.DONE,
        ProofSource.CONTRACT,
        contract.pk,
    )
    assert found.proof.on == timezone.localdate()
    assert clock(stay, "review").due_on.year == timezone.localdate().year + 1
    assert clock(stay, "plan_review").due_on == contract.review_on
    assert clock(stay, "stay_contract_signed").proof is None


def test_a_renewed_plan_is_a_review():
    _house, nurse, someone, stay = world()
    first = open_plan(someone, title="Projet", by=nurse, starts_on=days(-300))
    CarePlan.objects.filter(pk=first.pk).update(step="renewed")
    second = open_plan(someone, title="Projet", by=nurse, starts_on=days(-10))
    CarePlan.objects.filter(pk=second.pk).update(previous=first)
    assert clock(stay, "review").proof.source == ProofSource.RENEWAL
    assert clock(stay, "review").anchor_on == days(-10)


def test_the_clocks_of_a_person_are_those_of_the_latest_stay():
    house, _nurse, someone, stay = world()
    stay.discharged_on = days(-200)
    stay.save()
    assert clocks_of_person(someone) == []
    newer = someone.stays.create(establishment=house, admitted_on=days(-1))
    assert [one.due_on for one in clocks_of_person(someone)] == [one.due_on for one in clocks_of(newer)]


@pytest.mark.parametrize("zone", ["Pacific/Noumea", "America/Guadeloupe", "Europe/Brussels"])
def test_today_is_the_day_of_the_establishment(zone):
    house, _nurse, _someone, stay = world(time_zone=zone)
    assert clock(stay, "stay_contract_handed").today == today_for(house)


# --- The table --------------------------------------------------------------------------------------------


def director(house, role=Role.DIRECTOR):
    return member(house, role.value)


def fields(**other):
    usual = {
        "label": "Remettre les clés",
        "source": "Règle de la maison",
        "weight": "house",
        "anchor": "admission",
        "count": 2,
        "span": "days",
        "before": False,
        "evidence": "written",
        "applies": "always",
        "warn_days": 1,
        "to_check": False,
    }
    return usual | other


def test_the_belgian_table_replaces_the_french_one_and_keeps_the_house_s_own():
    house, _nurse, _someone, stay = world()
    boss = director(house)
    own = add_deadline(house, by=boss, **fields())
    load_profile(house, "be", by=boss)
    codes = {one.row.code for one in clocks_of(stay)}
    assert "be_agreement" in codes
    assert "stay_contract_signed" not in codes
    assert "answer" in codes
    assert any(one.row.id == own.pk for one in clocks_of(stay))
    load_profile(house, "fr", by=boss)
    assert "stay_contract_signed" in {one.row.code for one in clocks_of(stay)}
    assert Entry.objects.filter(verb="deadlines.loaded").count() == 2


def test_a_changed_delay_moves_every_clock_and_says_who():
    house, _nurse, _someone, stay = world()
    boss = director(house, Role.QUALITY)
    handed = row(house, "stay_contract_handed")
    changed = change_deadline(handed, version=1, by=boss, **fields(count=40, label=handed.label))
    assert clock(stay, "stay_contract_handed").due_on == stay.admitted_on + timedelta(days=40)
    assert (changed.revised_by, changed.version) == (boss, 2)


def test_the_second_of_two_who_change_a_row_is_told():
    house, *_ = world()
    boss = director(house)
    handed = row(house, "stay_contract_handed")
    change_deadline(handed, version=1, by=boss, **fields(count=40))
    with pytest.raises(OutOfDate):
        change_deadline(handed, version=1, by=boss, **fields(count=30))


def test_a_retired_row_no_longer_counts_and_comes_back_with_its_proofs():
    house, nurse, _someone, stay = world()
    boss = director(house)
    handed = row(house, "stay_contract_handed")
    write_evidence(stay, handed, done_on=days(-1), by=nurse)
    retire_deadline(handed, by=boss)
    assert "stay_contract_handed" not in {one.row.code for one in clocks_of(stay)}
    bring_back_deadline(handed, by=boss)
    assert clock(stay, "stay_contract_handed").state == State.DONE


# --- Who may ----------------------------------------------------------------------------------------------


def refused(action, *args, **kwargs) -> bool:
    with pytest.raises(PermissionDenied), transaction.atomic():
        action(*args, **kwargs)
    return True


def test_only_the_team_writes_on_a_stay():
    house, nurse, someone, stay = world()
    handed = row(house, "stay_contract_handed")
    outside = member(house)
    in_team(someone, outside, external=True)
    strangers = [
        member(house),
        outside,
        member(house, Role.UNIT_MANAGER.value),
        director(house),
        member(house, Role.ADMINISTRATOR.value),
        someone.member,
        member(establishment()),
    ]
    for who in strangers:
        assert refused(write_evidence, stay, handed, done_on=days(0), by=who)
        assert refused(set_stay_dates, stay, interview_on=None, short=True, by=who)
        assert refused(note_life_event, stay, happened_on=days(0), words="X", by=who)
    assert write_evidence(stay, handed, done_on=days(0), by=nurse)


def test_a_deadline_of_another_house_is_not_proved_here():
    _house, nurse, _someone, stay = world()
    assert refused(
        write_evidence, stay, row(establishment(), "stay_contract_handed"), done_on=days(0), by=nurse
    )


def test_only_direction_and_quality_change_the_table():
    house, nurse, _someone, _stay = world()
    handed = row(house, "stay_contract_handed")
    others = [
        nurse,
        member(house, Role.UNIT_MANAGER.value),
        member(house, Role.ADMINISTRATOR.value),
        director(establishment()),
    ]
    for who in others:
        assert refused(load_profile, house, "be", by=who)
        assert refused(add_deadline, house, by=who, **fields())
        assert refused(change_deadline, handed, version=1, by=who, **fields())
        assert refused(retire_deadline, handed, by=who)
        assert refused(bring_back_deadline, handed, by=who)
