"""Answering the text and concluding, through the pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from avec.careplan.actions import write_goal
from avec.careplan.models import Activity, Goal
from avec.careplan.tests.factories import days
from avec.negotiation.actions import (
    Opening,
    Seat,
    choose_aloud,
    go_on,
    leave,
    open_negotiation,
    reopen,
    settle,
)
from avec.negotiation.models import Move, Negotiation
from avec.negotiation.rules import OutcomeKind, Phase
from avec.people.tests.factories import sign_in

from .table import around, negotiated
from .test_effects import rested

pytestmark = pytest.mark.django_db


def read_back(found):
    go_on(found.negotiation, by=found.nurse)
    return found


def send_answer(client, found, who, answer, words="", seat=None):
    party = found.seat(seat or who)
    mark = f"r-{party.pk}"
    sign_in(client, who)
    return client.post(
        reverse("negotiation:answer", args=[found.negotiation.pk]),
        {"seat": party.pk, f"{mark}-party": party.pk, f"{mark}-answer": answer, f"{mark}-words": words},
    )


def send_conclusion(client, found, **fields):
    sign_in(client, found.nurse)
    fields = {"sure": "on"} | fields
    return client.post(reverse("negotiation:conclude", args=[found.negotiation.pk]), fields)


def page(client, found, who=None):
    sign_in(client, who or found.nurse)
    answer = client.get(reverse("negotiation:table", args=[found.negotiation.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def all_answer(client, found, **answers):
    for who in found.everybody:
        assert send_answer(client, found, who, "yes").status_code == 302


def test_from_the_text_to_the_plan(client):
    found = read_back(rested())
    shown = page(client, found)
    assert "On attend encore" in shown
    assert "Je me lève à 9 heures." in shown
    assert "Conclure la négociation" not in shown
    all_answer(client, found)
    shown = page(client, found)
    assert "Ce qui entrera dans le projet" in shown
    assert "Conclure la négociation" in shown
    sent = send_conclusion(client, found)
    assert sent.status_code == 302
    goal = Goal.objects.get(plan=found.plan)
    assert Activity.objects.get(plan=found.plan).goals.get() == goal
    shown = page(client, found)
    assert "Accord entier" in shown
    assert f"#objectif-{goal.number}" in shown
    assert reverse("contracts:prepare", args=[found.person.pk]) in shown
    assert f"?suite={found.negotiation.pk}" in shown


def test_reservations_ask_for_words_and_keep_them(client):
    found = read_back(rested())
    refused = send_answer(client, found, found.nurse, "reservations")
    assert refused.status_code == 422
    assert "Écrivez les réserves" in refused.content.decode()
    assert not Move.objects.filter(verb="answer").exists()
    assert send_answer(client, found, found.nurse, "reservations", "Si l’équipe suit.").status_code == 302
    assert "Si l’équipe suit." in page(client, found)


def test_one_may_change_one_s_answer_until_it_is_concluded(client):
    found = read_back(rested())
    send_answer(client, found, found.nurse, "no", "Trop tôt pour nous.")
    assert "Changer ma réponse" in page(client, found)
    send_answer(client, found, found.nurse, "yes")
    assert [move.detail["answer"] for move in Move.objects.filter(verb="answer")] == ["no", "yes"]
    all_answer(client, found)
    send_conclusion(client, found)
    late = send_answer(client, found, found.nurse, "no", "Finalement non.")
    assert late.status_code == 302
    assert Move.objects.filter(verb="answer").count() == 5


def test_nobody_answers_for_somebody_else(client):
    found = read_back(rested())
    assert send_answer(client, found, found.nurse, "yes", seat=found.resident).status_code == 404
    assert not Move.objects.filter(verb="answer").exists()


def test_who_speaks_aloud_is_written_down(client):
    found = rested()
    choose_aloud(found.negotiation, found.seat(found.resident), True, by=found.nurse)
    read_back(found)
    assert (
        send_answer(client, found, found.nurse, "no", "Je dors encore.", seat=found.resident).status_code
        == 302
    )
    shown = page(client, found)
    assert "dit de vive voix, noté par" in shown
    assert "Je dors encore." in shown


def test_nothing_is_concluded_while_somebody_is_waited_for(client):
    found = read_back(rested())
    send_answer(client, found, found.resident, "yes")
    refused = send_conclusion(client, found)
    assert refused.status_code == 409
    assert not Goal.objects.exists()
    assert Negotiation.objects.get(pk=found.negotiation.pk).phase == "conclude"


def test_the_confirmation_is_asked(client):
    found = read_back(rested())
    all_answer(client, found)
    refused = send_conclusion(client, found, sure="")
    assert refused.status_code == 422
    assert "Relisez ce qui entre dans le projet" in refused.content.decode()
    assert not Goal.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "dites ce qui se passe ensuite"),
        ({"next_step": "mediator"}, "Choisissez une date pour la suite"),
        ({"next_step": "mediator", "next_on": days(-1).isoformat()}, "Cette date est passée"),
    ],
)
def test_when_the_agreement_is_not_total_what_comes_next_is_said(client, fields, said):
    found = negotiated(around())
    settle(found.negotiation, found.points[0], OutcomeKind.AGREED, "Lever à 9 heures", by=found.nurse)
    settle(found.negotiation, found.points[1], OutcomeKind.DISAGREED, "Le repas du soir", by=found.nurse)
    read_back(found)
    all_answer(client, found)
    refused = send_conclusion(client, found, **fields)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    sent = send_conclusion(
        client, found, next_step="qualified", next_on=days(15).isoformat(), next_words="À la mairie"
    )
    assert sent.status_code == 302
    shown = page(client, found)
    assert "Accord en partie" in shown
    assert "provisoire" in shown
    assert "Demander une personne qualifiée" in shown
    assert "À la mairie" in shown


def test_somebody_says_no(client):
    found = read_back(rested())
    for who in (found.daughter, found.nurse):
        send_answer(client, found, who, "yes")
    send_answer(client, found, found.resident, "no", "C’est non.")
    assert "rien n’entre dans le projet" in page(client, found)
    send_conclusion(client, found, next_step="ethics", next_on=days(20).isoformat())
    assert not Goal.objects.exists()
    assert "C’est non." in page(client, found)
    assert "Le projet n’a pas changé." in page(client, found)


def test_sent_twice_it_is_concluded_once(client):
    found = read_back(rested())
    all_answer(client, found)
    assert send_conclusion(client, found, once="one").status_code == 302
    assert send_conclusion(client, found, once="one").status_code == 302
    assert send_conclusion(client, found, once="two").status_code == 302
    assert Goal.objects.count() == 1


def test_an_old_page_does_not_conclude(client):
    found = read_back(rested())
    all_answer(client, found)
    seen = Move.objects.filter(negotiation=found.negotiation).count()
    send_answer(client, found, found.resident, "no", "J’ai changé d’avis.")
    refused = send_conclusion(client, found, seen=seen, next_step="date", next_on=days(9).isoformat())
    assert refused.status_code == 409
    assert Negotiation.objects.get(pk=found.negotiation.pk).phase == "conclude"


def test_past_the_deadline_it_is_concluded_as_it_stands(client, monkeypatch):
    found = negotiated(around())
    settle(found.negotiation, found.points[0], OutcomeKind.AGREED, "Lever à 9 heures", by=found.nurse)
    later = timezone.now() + timezone.timedelta(days=20)
    monkeypatch.setattr(timezone, "now", lambda: later)
    go_on(found.negotiation, as_it_stands=True, by=found.nurse)
    shown = page(client, found)
    assert "Nous n’avons pas fini d’en parler." in shown
    assert "Ce qui est décidé est provisoire." in shown
    all_answer(client, found)
    send_conclusion(client, found, next_step="date", next_on=days(60).isoformat())
    negotiation = Negotiation.objects.get(pk=found.negotiation.pk)
    assert (negotiation.result, negotiation.next_step) == ("partial", "date")


def test_the_person_and_the_daughter_do_not_conclude(client):
    found = read_back(rested())
    all_answer(client, found)
    for who in (found.resident, found.daughter):
        sign_in(client, who)
        assert (
            client.post(
                reverse("negotiation:conclude", args=[found.negotiation.pk]), {"sure": "on"}
            ).status_code
            == 404
        )


def test_the_page_asks_the_same_of_the_database_for_many_points(client, django_assert_max_num_queries):
    found = negotiated(around(points=30))
    for point in found.points:
        settle(found.negotiation, point, OutcomeKind.AGREED, "D’accord pour cela", by=found.nurse)
    read_back(found)
    sign_in(client, found.nurse)
    url = reverse("negotiation:table", args=[found.negotiation.pk])
    client.get(url)
    with django_assert_max_num_queries(16):
        client.get(url)


def test_nobody_is_taken_off_the_table_because_of_their_no(client):
    found = read_back(rested())
    negotiation, theirs = found.negotiation, found.seat(found.daughter)
    send_answer(client, found, found.daughter, "no", "Pas sans moi")
    sign_in(client, found.nurse)
    remove = reverse("negotiation:remove_party", args=[negotiation.pk, theirs.pk])
    answer = client.post(remove, {"words": "On avance sans elle"})
    assert answer.status_code == 422
    assert "a dit non à ce texte" in answer.content.decode()
    assert not Move.objects.filter(negotiation=negotiation, verb="leave").exists()
    # Another text is read without them; or they leave by their own hand.
    reopen(negotiation, Phase.POSITIONS, "On cherche encore", by=found.nurse)
    leave(negotiation, theirs, "On avance sans elle", by=found.nurse)
    other = read_back(rested())
    send_answer(client, other, other.daughter, "no")
    leave(other.negotiation, other.seat(other.daughter), "Je vous laisse", by=other.daughter)


@pytest.mark.parametrize(("level", "resident_reads"), [("C2", True), ("C3", False)])
def test_the_paper_tells_where_it_comes_from_to_who_still_reads_it(client, level, resident_reads):
    found = around()
    goal = write_goal(
        found.plan, statement="Je veux dormir le matin", due_on=days(30), priority=1, by=found.nurse
    )
    opening = Opening(title="Le matin", situation="Le réveil est à 7 heures.", goal=goal)
    seats = [Seat(), Seat(relative=found.relative), Seat(professional=found.nurse)]
    negotiation = open_negotiation(found.plan, opening, seats, by=found.nurse)

    def told(who):
        sign_in(client, who)
        page = client.get(reverse("negotiation:paper", args=[negotiation.pk])).content.decode()
        return "Je veux dormir le matin" in page

    assert all(told(who) for who in found.everybody)
    Goal.objects.filter(pk=goal.pk).update(level=level)
    assert [told(who) for who in found.everybody] == [resident_reads, False, True]
