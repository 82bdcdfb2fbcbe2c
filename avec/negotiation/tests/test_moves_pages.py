"""The forms of the table: whose move it is, when it is refused, and what becomes of the words that were typed."""

import pytest
from django.test import Client

from avec.audit.models import Entry
from avec.careplan.tests.factories import in_team, member, sign_in
from avec.negotiation.actions import (
    Seat,
    accept,
    add_party,
    choose_aloud,
    go_on,
    leave,
    offer,
    settle,
    take_position,
)
from avec.negotiation.models import Move
from avec.negotiation.policy import may_move_for
from avec.negotiation.present import shown_table
from avec.negotiation.rules import OutcomeKind
from avec.negotiation.sitting import sitting_of

from .table import around, explored, negotiated

pytestmark = pytest.mark.django_db
RESIDENT_STEP = {"was": "7 heures", "becomes": "8 heures en semaine"}


@pytest.fixture
def found():
    return negotiated(around())


def url(found, name=""):
    return f"/negociations/{found.negotiation.pk}/{name}"


def enter(member):
    return sign_in(Client(), member)


def send(found, who, name, **data):
    return enter(who).post(url(found, name), {"point": str(found.points[0].pk), **data})


def seat(found, who):
    return str(found.seat(who).pk)


def verbs(found):
    return list(Move.objects.filter(negotiation=found.negotiation).values_list("verb", flat=True))


def refused(found):
    return Entry.objects.filter(verb="negotiation.refused", object_id=str(found.negotiation.pk)).count()


def step(found, who, **more):
    return offer(found.negotiation, found.seat(who), found.points[0], **RESIDENT_STEP | more, by=who)


# Each move, with what it needs, and the phase in which it is made.
def moves_of(found, who):
    theirs = step(found, found.daughter).number if who is not found.daughter else 0
    return {
        "enjeu/": {"partie": seat(found, who), "words": "Dormir"},
        "enjeu/garder/": {"partie": seat(found, who)},
        "position/": {"partie": seat(found, who), "words": "Pas avant 9 heures"},
        "pas/": {"partie": seat(found, who), **RESIDENT_STEP},
        "pas/accepter/": {"partie": seat(found, who), "pas": theirs},
    }


def test_each_move_of_a_party_is_written_and_leads_back_to_the_point(found):
    for name, data in moves_of(found, found.nurse).items():
        before = len(verbs(found))
        answer = send(found, found.nurse, name, **data)
        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith(url(found)), name
        assert len(verbs(found)) == before + 1, name
    last = Move.objects.filter(negotiation=found.negotiation).last()
    assert (last.verb, last.by, last.aloud) == ("accept", found.nurse, False)


def test_a_move_from_the_seat_of_somebody_else_is_refused_and_the_journal_says_so(found):
    mine = moves_of(found, found.nurse)
    for number, (name, data) in enumerate(mine.items(), start=1):
        before = verbs(found)
        answer = send(found, found.nurse, name, **data | {"partie": seat(found, found.resident)})
        assert answer.status_code in {403, 404}, name
        assert verbs(found) == before, name
        assert refused(found) == number, name
    theirs = step(found, found.resident)
    assert send(
        found, found.nurse, "pas/retirer/", partie=seat(found, found.resident), pas=theirs.number
    ).status_code in {403, 404}
    assert refused(found) == len(mine) + 1


def test_who_speaks_aloud_is_written_down_by_the_team_and_the_line_says_so(found):
    choose_aloud(found.negotiation, found.seat(found.resident), True, by=found.nurse)
    answer = send(
        found, found.nurse, "position/", partie=seat(found, found.resident), words="Pas avant 9 heures"
    )
    assert answer.status_code == 302
    last = Move.objects.filter(negotiation=found.negotiation).last()
    assert (last.aloud, last.by) == (True, found.nurse)
    page = enter(found.nurse).get(url(found)).content.decode()
    assert f"dit de vive voix, noté par {found.nurse.name}" in page


def test_a_reader_of_the_team_who_is_no_party_sees_no_way_to_move(found):
    other = member(found.nurse.establishment, job="ergothérapeute")
    in_team(found.person, other)
    step(found, found.resident)
    page = enter(other).get(url(found)).content.decode()
    assert "J’accepte" not in page
    assert "Dire une position" not in page
    assert "Pour ce point, on dit quoi" in page


def test_out_of_phase_it_is_a_sentence_and_nothing_is_written():
    found = explored(around())
    before = verbs(found)
    answer = send(
        found, found.nurse, "position/", partie=seat(found, found.nurse), words="Pas avant 9 heures"
    )
    assert answer.status_code == 409
    assert "Ce n’est pas le moment" in answer.content.decode()
    assert verbs(found) == before


def test_a_point_of_another_negotiation_is_not_found(found):
    other = negotiated(around())
    data = {"partie": seat(found, found.nurse), "words": "Autre chose", "point": str(other.points[0].pk)}
    assert send(found, found.nurse, "position/", **data).status_code == 404
    theirs = step(other, other.resident)
    accepted = send(
        found, found.nurse, "pas/accepter/", partie=seat(found, found.nurse), pas=theirs.number + 90
    )
    assert accepted.status_code == 404
    for forged in ("", "x", "-1", "²", "9" * 30):
        answer = send(found, found.nurse, "pas/accepter/", partie=seat(found, found.nurse), pas=forged)
        assert answer.status_code == 404, forged
    for forged in ("", "x", seat(other, other.nurse)):
        answer = send(found, found.nurse, "enjeu/garder/", partie=forged)
        assert answer.status_code == 404, forged


def test_a_form_pressed_twice_is_received_once(found):
    client = enter(found.nurse)
    data = {
        "point": str(found.points[0].pk),
        "partie": seat(found, found.nurse),
        **RESIDENT_STEP,
        "once": "a-b",
    }
    assert client.post(url(found, "pas/"), data).status_code == 302
    assert client.post(url(found, "pas/"), data).status_code == 302
    assert verbs(found).count("offer") == 1


def test_two_forms_of_one_page_do_not_carry_the_same_mark(found):
    step(found, found.resident)
    page = enter(found.nurse).get(url(found)).content.decode()
    marks = [part.split('"')[0] for part in page.split('name="once" value="')[1:]]
    assert len(marks) > 4
    assert len(marks) == len(set(marks))


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("enjeu/", {"words": "   ", "partie": ""}, "Dites au nom de qui"),
        ("position/", {"words": "Pas avant 9 heures", "partie": ""}, "Pas avant 9 heures"),
        ("pas/", {"was": "Partir de sept heures", "becomes": ""}, "Partir de sept heures"),
        ("pas/", {"was": "", "becomes": "Arriver à huit heures", "pas": "7777"}, "Arriver à huit heures"),
        (
            "issue/",
            {"kind": "agreed", "words": "D’accord sur huit heures", "becomes": "", "plan-becomes": "goal"},
            "D’accord sur huit heures",
        ),
        ("issue/", {"kind": "nothing", "words": "D’accord"}, "Pour ce point, on dit quoi"),
    ],
)
def test_words_that_were_typed_come_back_with_what_is_to_mend(found, name, data, kept):
    before = verbs(found)
    answer = send(found, found.nurse, name, **{"partie": seat(found, found.nurse)} | data)
    assert answer.status_code == 422
    assert kept in answer.content.decode()
    assert verbs(found) == before


def test_words_refused_by_the_rules_are_kept_too(found):
    settle(found.negotiation, found.points[0], OutcomeKind.AGREED, "Huit heures", by=found.nurse)
    again = send(found, found.nurse, "pas/", partie=seat(found, found.nurse), **RESIDENT_STEP)
    assert again.status_code == 409
    page = again.content.decode()
    assert "Ce point a déjà une issue" in page
    assert RESIDENT_STEP["becomes"] in page


def test_words_are_kept_when_the_table_went_on_meanwhile(found):
    for point in found.points:
        settle(found.negotiation, point, OutcomeKind.SET_ASIDE, "Au printemps", by=found.nurse)
    go_on(found.negotiation, by=found.nurse)
    answer = send(found, found.nurse, "position/", partie=seat(found, found.nurse), words="Mes mots à moi")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Ce n’est plus le moment" in page
    assert "Mes mots à moi" in page


def test_nobody_settles_a_point_on_an_old_page(found):
    old = Move.objects.filter(negotiation=found.negotiation).count()
    take_position(
        found.negotiation, found.seat(found.resident), found.points[0], "Neuf heures", by=found.resident
    )
    answer = send(found, found.nurse, "issue/", kind="agreed", words="Lever à huit heures", seen=old)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Quelque chose vient de changer sur ce point" in page
    assert "Lever à huit heures" in page
    assert f'name="seen" value="{old + 1}"' in page


def test_a_point_is_settled_then_taken_up_again(found):
    seen = Move.objects.filter(negotiation=found.negotiation).count()
    assert (
        send(found, found.nurse, "issue/", kind="set_aside", words="Au printemps", seen=seen).status_code
        == 302
    )
    assert "Au printemps" in enter(found.nurse).get(url(found) + "?point=1").content.decode()
    assert send(found, found.nurse, "issue/reprendre/", words="On a mieux").status_code == 302
    assert verbs(found)[-2:] == ["settle", "unsettle"]
    assert send(found, found.nurse, "issue/reprendre/").status_code == 409


def test_only_the_team_settles(found):
    for who in (found.resident, found.daughter):
        assert send(found, who, "issue/", kind="set_aside", words="Au printemps").status_code in {403, 404}
        assert send(found, who, "issue/reprendre/").status_code in {403, 404}
    assert "settle" not in verbs(found)


def test_two_answer_one_step_and_the_second_reads_why_it_cannot(found):
    theirs = step(found, found.resident).number
    declined = send(
        found, found.nurse, "pas/refuser/", partie=seat(found, found.nurse), pas=theirs, words="Trop tard"
    )
    assert declined.status_code == 302
    answer = send(found, found.daughter, "pas/accepter/", partie=seat(found, found.daughter), pas=theirs)
    assert answer.status_code == 409
    assert "déjà été refusée" in answer.content.decode()
    assert "Trop tard" in enter(found.nurse).get(url(found)).content.decode()


def test_a_reason_too_long_comes_back(found):
    theirs = step(found, found.resident).number
    answer = send(
        found, found.nurse, "pas/refuser/", partie=seat(found, found.nurse), pas=theirs, words="Non. " * 900
    )
    assert answer.status_code == 422
    assert "decline" not in verbs(found)


def test_somebody_taken_off_the_table_meanwhile_is_told_so(found):
    theirs = found.seat(found.nurse)
    other = member(found.nurse.establishment, job="cadre")
    in_team(found.person, other)
    leave(found.negotiation, theirs, "Change d’unité", by=other)
    answer = send(found, found.nurse, "position/", partie=str(theirs.pk), words="Pas avant 9 heures")
    assert answer.status_code == 409
    assert "n’est plus à la table" in answer.content.decode()


def test_one_point_is_open_at_a_time(found):
    client = enter(found.nurse)
    assert 'id="p1"' in client.get(url(found)).content.decode()
    page = client.get(url(found) + "?point=2").content.decode()
    assert 'id="p2"' in page
    assert 'id="p1"' not in page
    settle(found.negotiation, found.points[0], OutcomeKind.SET_ASIDE, "Au printemps", by=found.nurse)
    assert 'id="p2"' in client.get(url(found)).content.decode()
    assert client.get(url(found) + "?point=x").status_code == 200


def test_the_page_says_when_only_one_side_moves(found):
    theirs = step(found, found.resident)
    page = enter(found.nurse).get(url(found)).content.decode()
    assert "viennent d’un seul côté" not in page
    for who in (found.nurse, found.daughter):
        accept(found.negotiation, found.seat(who), theirs.number, by=who)
    page = enter(found.nurse).get(url(found)).content.decode()
    assert "viennent d’un seul côté" in page
    assert f"{found.person.called} a fait 1" in page


def test_an_offer_may_answer_another_step(found):
    theirs = step(found, found.resident)
    page = enter(found.nurse).get(url(found) + f"?point=1&reponse={theirs.number}").content.decode()
    assert f'<option value="{theirs.number}" selected>' in page
    send(found, found.nurse, "pas/", partie=seat(found, found.nurse), pas=theirs.number, **RESIDENT_STEP)
    assert Move.objects.filter(negotiation=found.negotiation).last().about == theirs.number


def test_what_a_page_shows_may_be_done_is_what_the_policy_allows(found):
    choose_aloud(found.negotiation, found.seat(found.daughter), True, by=found.nurse)
    other = member(found.nurse.establishment, job="ergothérapeute")
    in_team(found.person, other)
    sitting = sitting_of(found.negotiation)
    for who in (*found.everybody, other):
        for one in shown_table(sitting, who).parties:
            assert one.by_me == may_move_for(who, one.party), (who.role, one.name)


def test_stakes_are_said_or_kept():
    found = explored(around())
    client = enter(found.nurse)
    assert "N’a pas encore parlé" in client.get(url(found)).content.decode()
    assert (
        send(
            found, found.nurse, "enjeu/", partie=seat(found, found.nurse), words="Finir à l’heure"
        ).status_code
        == 302
    )
    assert send(found, found.daughter, "enjeu/garder/", partie=seat(found, found.daughter)).status_code == 302
    page = client.get(url(found)).content.decode()
    assert "Finir à l’heure" in page
    assert "Ne souhaite pas le dire" in page
    with pytest.raises(Exception, match="Il manque"):
        go_on(found.negotiation, by=found.nurse)


def test_nobody_chooses_to_write_in_the_name_of_a_professional():
    fresh = around()
    in_team(fresh.person, doctor := member(fresh.nurse.establishment, job="médecin"))
    party = add_party(fresh.negotiation, Seat(professional=doctor, speaks_aloud=True), by=fresh.nurse)
    assert not party.speaks_aloud
    answer = enter(fresh.nurse).post(url(fresh, f"autour/{party.pk}/de-vive-voix/"), {"aloud": "1"})
    assert answer.status_code in {403, 404}
    assert refused(fresh) == 1
    party.refresh_from_db()
    assert not party.speaks_aloud
    assert not may_move_for(fresh.nurse, party)
    # Their own hand chooses.
    choose_aloud(fresh.negotiation, party, True, by=doctor)


def test_a_number_that_no_page_sends_is_read_as_none(found):
    for number in ("9" * 5000, "abc", "-1", ""):
        page = enter(found.nurse).get(url(found), headers={"Avec-Seen": number})
        assert page.status_code == 200, number
