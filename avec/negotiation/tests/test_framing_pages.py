"""Framing by HTTP: the list, the opening, who sits, the aim, the points, from one phase to the next, the history."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.actions import Side, note_divergence
from avec.careplan.tests.factories import (
    days,
    expectation,
    goal,
    in_team,
    member,
    person,
    plan,
    relative,
    sign_in,
)
from avec.negotiation.actions import (
    Seat,
    accept,
    accept_aim,
    add_party,
    add_point,
    choose_aloud,
    explain,
    go_on,
    leave,
    offer,
    refuse_aim,
    reopen,
    settle,
    take_position,
)
from avec.negotiation.mine import STEP_TITLES
from avec.negotiation.models import Ground, Move, Negotiation, Party, Point
from avec.negotiation.rules import OutcomeKind, Phase
from avec.negotiation.sitting import sitting_of
from avec.negotiation.story import days_of, story_of
from avec.people.models import MandateKind

from .table import around, explored, negotiated
from .test_whole import concluded

pytestmark = pytest.mark.django_db


def text(answer):
    return unescape(answer.content.decode())


def page(name, *keys):
    return reverse(f"negotiation:{name}", args=[getattr(key, "pk", key) for key in keys])


@pytest.fixture
def found():
    return around()


@pytest.fixture
def team(client, found):
    return sign_in(client, found.nurse)


def moves(found):
    return Move.objects.filter(negotiation=found.negotiation).count()


def opened(found, **sent):
    """What the opening form sends, filled as usual."""
    return {
        "title": "L’heure du lever",
        "context": "plan",
        "situation": "La toilette se fait à 7 heures.",
        "parties": ["person", str(found.relative.pk), str(found.nurse.pk)],
        "level": "C1",
        "aim": "Dormir, et être soignée",
        "due_on": str(days(14)),
    } | sent


# The list.
def test_the_list_says_what_runs_what_is_late_and_what_was_concluded(team, found):
    answer = team.get(page("list", found.person))
    assert answer.status_code == 200
    assert "L’heure du lever" in text(answer)
    assert "En cours" in text(answer)
    Negotiation.objects.filter(pk=found.negotiation.pk).update(due_on=days(-3))
    assert "La date limite est passée depuis 3 jours" in text(team.get(page("list", found.person)))
    other = around()
    concluded(other)
    sign_in(team, other.nurse)
    shown = text(team.get(page("list", other.person)))
    assert "Conclues" in shown
    assert "Accord en partie" in shown


def test_an_empty_list_says_what_to_do(client, found):
    someone = person(found.person.establishment)
    in_team(someone, found.nurse)
    sign_in(client, found.nurse)
    assert "Il faut d’abord un projet en cours" in text(client.get(page("list", someone)))
    plan(someone, found.nurse)
    shown = text(client.get(page("list", someone)))
    assert "Rien n’est en discussion" in shown
    assert page("open", someone) in shown


def test_the_list_is_searched(team, found):
    assert "Aucune négociation ne contient ces mots" in text(
        team.get(page("list", found.person), {"q": "jardin"})
    )
    assert "L’heure du lever" in text(team.get(page("list", found.person), {"q": "lever"}))


def test_one_row_or_six_ask_the_same_of_the_database(team, found, django_assert_max_num_queries):
    team.get(page("list", found.person))
    with django_assert_max_num_queries(40) as one:
        team.get(page("list", found.person))
    for _ in range(5):
        team.post(page("open", found.person), opened(found))
    assert Negotiation.objects.count() == 6
    with django_assert_max_num_queries(40) as six:
        team.get(page("list", found.person))
    assert len(six) == len(one)


def test_the_list_and_the_opening_are_closed_to_others(client, found):
    house = found.person.establishment
    for reader in (found.resident, found.daughter, member(house), member(house, Role.DIRECTOR.value)):
        sign_in(client, reader)
        for name in ("list", "open"):
            assert client.get(page(name, found.person)).status_code == 404


# The opening.
def test_it_opens_from_a_goal_in_its_own_words(team, found):
    aim = goal(found.plan, found.nurse, "Aller seule au jardin")
    address = page("open", found.person) + f"?objectif={aim.pk}"
    assert "Aller seule au jardin" in text(team.get(address))
    answer = team.post(address, opened(found, points="L’heure\nQui vient avec moi\nL’heure"))
    new = Negotiation.objects.exclude(pk=found.negotiation.pk).get()
    assert answer.url == page("table", new)
    assert new.goal == aim
    assert new.due_on == days(14)
    assert list(new.points.values_list("words", flat=True)) == ["L’heure", "Qui vient avec moi"]
    assert [party.voice for party in new.parties.all()] == ["person", "relative", "professional"]


def test_it_opens_from_words_with_their_voice(team, found):
    said = expectation(found.plan, found.resident, "Je veux dormir le matin.")
    shown = text(team.get(page("open", found.person) + f"?attente={said.pk}"))
    assert "Je veux dormir le matin." in shown
    assert "statement--person" in shown
    team.post(page("open", found.person) + f"?attente={said.pk}", opened(found))
    assert Negotiation.objects.get(expectation=said)


def test_what_is_not_shared_with_relatives_is_not_opened_wider(team, found):
    """A source of level C2 never opens at C1, and who reads C1 only does not sit there."""
    sides = [Side("person", "Je dors mal."), Side("professional", "Elle dort bien.")]
    tension = note_divergence(found.plan, "Les nuits", sides, by=found.nurse, level="C2")
    address = page("open", found.person) + f"?divergence={tension.pk}"
    shown = text(team.get(address))
    assert "n’est pas partagé avec les proches" in shown
    assert "Je dors mal." in shown
    assert team.post(address, opened(found)).status_code == 422
    refused = team.post(address, opened(found, level="C2"))
    assert refused.status_code == 422
    assert "ne l’invitez pas à cette table" in text(refused)
    assert Negotiation.objects.count() == 1
    team.post(address, opened(found, level="C2", parties=["person", str(found.nurse.pk)]))
    assert Negotiation.objects.get(divergence=tension).level == "C2"


def test_a_working_note_of_the_team_opens_nothing(team, found):
    sides = [Side("person", "Je dors mal."), Side("professional", "Elle dort bien.")]
    tension = note_divergence(found.plan, "Les nuits", sides, by=found.nurse, level="C3")
    address = page("open", found.person) + f"?divergence={tension.pk}"
    assert "note de travail de l’équipe" in text(team.get(address))
    assert team.post(address, opened(found, level="C2")).status_code == 422
    assert Negotiation.objects.count() == 1


@pytest.mark.parametrize("name", ["objectif", "attente", "divergence", "refus", "suite"])
def test_it_does_not_open_from_the_record_of_somebody_else(team, found, name):
    other = around()
    strange = {
        "objectif": goal(other.plan, other.nurse).pk,
        "attente": expectation(other.plan, other.resident).pk,
        "suite": concluded(other).pk,
    }.get(name, "00000000-0000-0000-0000-000000000001")
    for key in (strange, "pas-une-cle"):
        assert team.get(page("open", found.person) + f"?{name}={key}").status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": ""}, "Écrivez de quoi vous voulez parler."),
        ({"situation": ""}, "Écrivez ce qui se passe aujourd’hui."),
        ({"due_on": str(days(-1))}, "Cette date est passée"),
        ({"due_on": str(days(500))}, "un an au plus"),
        ({"due_on": "demain"}, "Écrivez une date"),
        ({"situation": "x" * 20_000}, "4000"),
        ({"points": "x" * 300}, "de 3 à 250 caractères"),
        ({"parties": ["person"]}, "Il faut au moins deux personnes"),
        ({"parties": ["person", "inconnu"]}, "Choisissez parmi les personnes de la liste."),
    ],
)
def test_a_form_to_mend_keeps_its_words(team, found, sent, sentence):
    answer = team.post(page("open", found.person), opened(found, **sent))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "La toilette se fait" in text(answer) or "situation" in sent
    assert Negotiation.objects.count() == 1


def test_nobody_negotiates_about_the_person_without_them(team, found):
    absent = opened(found, parties=[str(found.relative.pk), str(found.nurse.pk)])
    answer = team.post(page("open", found.person), absent)
    assert answer.status_code == 422
    assert "dites qui parle en son nom" in text(answer)
    assert "Écrivez pourquoi" in text(answer)
    spoken_for = absent | {"speaks_for": str(found.relative.pk), "reason": "Hospitalisée pour le mois."}
    team.post(page("open", found.person), spoken_for)
    new = Negotiation.objects.exclude(pk=found.negotiation.pk).get()
    assert [party.stands_for for party in new.parties.all()] == ["Hospitalisée pour le mois.", ""]


def test_who_may_not_read_does_not_sit_and_the_page_says_why(team, found):
    brother = relative(found.person, None, given_name="Michel", relation="son frère")
    tutor = relative(found.person, MandateKind.PROPERTY.value, given_name="Paule", relation="")
    shown = text(team.get(page("open", found.person)))
    assert "Pas de mandat noté dans le cercle" in shown
    assert "Sa mesure est faite pour les biens" in shown
    for forged in (brother, tutor):
        sent = opened(found, parties=["person", str(found.nurse.pk), str(forged.pk)])
        assert team.post(page("open", found.person), sent).status_code == 422
    assert Negotiation.objects.count() == 1


def test_who_has_no_account_answers_aloud(team, found):
    aunt = relative(found.person, MandateKind.TRUSTED.value, given_name="Rose", member=None)
    team.post(
        page("open", found.person), opened(found, parties=["person", str(aunt.pk), str(found.nurse.pk)])
    )
    new = Negotiation.objects.exclude(pk=found.negotiation.pk).get()
    assert [party.speaks_aloud for party in new.parties.all()] == [False, True, False]


def test_a_concluded_negotiation_is_taken_up_again(client):
    found = around()
    before = concluded(found)
    sign_in(client, found.nurse)
    address = page("open", found.person) + f"?suite={before.pk}"
    shown = text(client.get(address))
    assert "Point numéro 2" in shown
    assert "Point numéro 1" not in shown
    client.post(address, opened(found, points="Point numéro 2"))
    new = Negotiation.objects.get(continues=before)
    assert [point.words for point in new.points.all()] == ["Point numéro 2"]


def test_two_presses_open_one_negotiation(team, found):
    sent = opened(found, once="une-fois")
    team.post(page("open", found.person), sent)
    team.post(page("open", found.person), sent)
    assert Negotiation.objects.count() == 2


# Who sits.
def test_a_party_is_asked_once(team, found):
    brother = relative(found.person, "carer", given_name="Michel")
    sent = {"who": str(brother.pk)}
    assert team.get(page("add_party", found.negotiation)).status_code == 200
    assert team.post(page("add_party", found.negotiation), sent).status_code == 302
    assert Party.objects.get(relative=brother).negotiation == found.negotiation
    assert team.post(page("add_party", found.negotiation), sent).status_code == 422
    already = {"who": str(found.relative.pk)}
    assert team.post(page("add_party", found.negotiation), already).status_code == 422
    assert Party.objects.filter(negotiation=found.negotiation).count() == 4


def test_nobody_joins_after_the_frame(client):
    found = explored(around())
    brother = relative(found.person, "carer")
    sign_in(client, found.nurse)
    answer = client.post(page("add_party", found.negotiation), {"who": str(brother.pk)})
    assert answer.status_code == 422
    assert "Ce n’est pas le moment" in text(answer)
    assert not Party.objects.filter(relative=brother).exists()


def test_somebody_leaves_with_a_reason(team, found):
    seat = found.seat(found.daughter)
    address = page("remove_party", found.negotiation, seat)
    assert team.post(address, {"words": ""}).status_code == 422
    assert team.post(address, {"words": "x" * 20_000}).status_code == 422
    assert team.post(address, {"words": "Elle ne peut plus venir."}).status_code == 302
    seat.refresh_from_db()
    assert seat.left_at is not None


def test_a_party_or_a_point_of_another_table_is_not_found(team, found):
    other = around()
    before = moves(found), moves(other)
    strange_seat, strange_point = other.seat(other.daughter), other.points[0]
    for address, sent in (
        (page("remove_party", found.negotiation, strange_seat), {"words": "Elle s’en va."}),
        (page("aloud", found.negotiation, strange_seat), {"aloud": "1"}),
        (page("accept_aim", found.negotiation), {"party": str(strange_seat.pk)}),
        (page("accept_aim", found.negotiation), {"party": "rien"}),
        (page("accept_aim", found.negotiation), {}),
        (page("refuse_aim", found.negotiation), {"party": str(strange_seat.pk), "words": "Non"}),
        (page("class_point", found.negotiation, strange_point), {"words": "Lever", "nature": "who"}),
        (page("drop_point", found.negotiation, strange_point), {"words": "Plus besoin."}),
        (page("explain", found.negotiation, strange_point), {"form": "aloud", "understood": "yes"}),
        (page("how", found.negotiation, strange_point), {"words": "L’heure", "nature": "who"}),
    ):
        assert team.post(address, sent).status_code == 404, address
    assert (moves(found), moves(other)) == before


def test_the_facilitator_is_of_the_team(team, found):
    colleague = member(found.person.establishment)
    address = page("facilitator", found.negotiation)
    assert team.post(address, {"facilitator": str(colleague.pk)}).status_code == 422
    in_team(found.person, colleague)
    assert team.post(address, {"facilitator": str(colleague.pk)}).status_code == 302
    found.negotiation.refresh_from_db()
    assert found.negotiation.facilitator == colleague


# The aim and the deadline.
def test_the_aim_is_accepted_from_ones_own_seat_only(client, found):
    """T48: a party answers in its own name; who tries for another is refused, and the journal says so."""
    mine, theirs = found.seat(found.nurse), found.seat(found.resident)
    sign_in(client, found.nurse)
    assert client.post(page("accept_aim", found.negotiation), {"party": str(mine.pk)}).status_code == 302
    before = moves(found)
    assert client.post(page("accept_aim", found.negotiation), {"party": str(theirs.pk)}).status_code == 404
    assert moves(found) == before
    assert Entry.objects.filter(verb="negotiation.refused", actor_id=found.nurse.pk).exists()
    choose_aloud(found.negotiation, theirs, True, by=found.nurse)
    assert client.post(page("accept_aim", found.negotiation), {"party": str(theirs.pk)}).status_code == 302
    assert Move.objects.get(negotiation=found.negotiation, verb="accept_aim", party=theirs).aloud


def test_the_person_and_a_relative_answer_from_their_own_space(client, found):
    for who in (found.resident, found.daughter):
        sign_in(client, who)
        sent = {"party": str(found.seat(who).pk)}
        assert client.post(page("accept_aim", found.negotiation), sent).status_code == 302
        other = {"party": str(found.seat(found.nurse).pk)}
        assert client.post(page("accept_aim", found.negotiation), other).status_code == 404
        assert client.post(page("aim", found.negotiation), {"words": "Autre chose"}).status_code == 404


def test_a_relative_who_is_not_at_the_table_sees_nothing_of_it(client, found):
    """T27."""
    brother = relative(found.person, "carer")
    sign_in(client, brother.member)
    for name in ("table", "history"):
        assert client.get(page(name, found.negotiation)).status_code == 404


def test_an_aim_that_changed_is_read_again_before_it_is_accepted(team, found):
    sitting = sitting_of(found.negotiation)
    stale = sitting.table.aim_number
    team.post(page("aim", found.negotiation), {"words": "Dormir jusqu’à 9 heures"})
    sent = {"party": str(found.seat(found.nurse).pk), "about": str(stale)}
    answer = team.post(page("accept_aim", found.negotiation), sent)
    assert answer.status_code == 409
    assert "Le but commun vient de changer" in text(answer)


def test_a_refused_aim_keeps_the_words_of_who_refuses(team, found):
    seat = found.seat(found.nurse)
    address = page("refuse_aim", found.negotiation)
    assert team.post(address, {"party": str(seat.pk), "words": ""}).status_code == 422
    too_long = team.post(address, {"party": str(seat.pk), "words": "x" * 20_000})
    assert too_long.status_code == 422
    team.post(address, {"party": str(seat.pk), "words": "Il manque la douche."})
    shown = text(team.get(page("table", found.negotiation)))
    assert "Il manque la douche." in shown


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(days(-1), "Cette date est passée"), (days(400), "un an au plus"), ("", "Choisissez")],
)
def test_a_deadline_that_cannot_be_is_said(team, found, day, sentence):
    before = moves(found)
    answer = team.post(page("deadline", found.negotiation), {"due_on": str(day)})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert moves(found) == before


# The points.
def test_points_are_added_one_after_the_other(team, found):
    address = page("add_point", found.negotiation)
    answer = team.post(address, {"words": "La douche", "nature": ""})
    assert answer.status_code == 302
    assert "autofocus" in text(team.get(answer.url))
    assert "autofocus" not in text(team.get(page("table", found.negotiation)))
    for sent, sentence in (
        ({"words": ""}, "Écrivez le point à discuter."),
        ({"words": "x" * 20_000}, "250"),
        ({"words": "Le tabac", "nature": "law"}, "Écrivez d’où vient cette règle"),
    ):
        refused = team.post(address, sent)
        assert refused.status_code == 422
        assert sentence in text(refused)
    assert Point.objects.filter(negotiation=found.negotiation).count() == 3


def test_two_presses_lay_one_point(team, found):
    sent = {"words": "La douche", "once": "deux-fois"}
    team.post(page("add_point", found.negotiation), sent)
    team.post(page("add_point", found.negotiation), sent)
    assert Point.objects.filter(words="La douche").count() == 1


def test_a_point_is_classed_then_the_next_one_comes(team, found):
    one = add_point(found.negotiation, "La douche du soir", by=found.nurse)
    two = add_point(found.negotiation, "Fumer dans la chambre", by=found.nurse)
    ground = Ground.objects.create(
        establishment=found.person.establishment,
        nature="house_rules",
        words="On ne fume pas dans les chambres",
        easy_words="Le feu peut prendre.",
        source="Règlement de fonctionnement, article 12",
    )
    answer = team.post(
        page("class_point", found.negotiation, one),
        {"words": one.words, "nature": "organisation", "next": "1"},
    )
    assert answer.url == page("point", found.negotiation, two)
    shown = text(team.get(answer.url))
    assert "Le feu peut prendre." in shown
    address = page("class_point", found.negotiation, two)
    assert team.post(address, {"words": two.words, "nature": "house_rules"}).status_code == 422
    team.post(address, {"words": two.words, "nature": "house_rules", "ground": str(ground.pk)})
    two.refresh_from_db()
    assert (two.nature, two.source, two.ground) == ("house_rules", ground.source, ground)


def test_a_ground_of_another_house_is_refused(team, found):
    other = around()
    ground = Ground.objects.create(
        establishment=other.person.establishment, nature="law", words="Le tabac", source="Un texte"
    )
    one = found.points[0]
    sent = {"words": one.words, "nature": "law", "ground": str(ground.pk)}
    assert team.post(page("class_point", found.negotiation, one), sent).status_code == 422


def prescription(found):
    return add_point(
        found.negotiation,
        "Le pansement, trois fois par semaine",
        nature="prescription",
        source="Dr Estève, 2 novembre",
        by=found.nurse,
    )


def test_a_prescription_is_explained_and_how_it_is_done_is_talked_over(team, found):
    fixed = prescription(found)
    assert team.post(page("explain", found.negotiation, fixed), {}).status_code == 422
    sent = {"form": "drawing", "understood": "in_part", "words": "Sinon ça s’infecte."}
    assert team.post(page("explain", found.negotiation, fixed), sent).status_code == 302
    assert "Sinon ça s’infecte." in text(team.get(page("point", found.negotiation, fixed)))
    assert team.post(page("how", found.negotiation, fixed), {"words": ""}).status_code == 422
    team.post(
        page("how", found.negotiation, fixed), {"words": "L’heure du pansement", "nature": "organisation"}
    )
    assert Point.objects.get(words="L’heure du pansement").how_of == fixed


def test_what_is_negotiated_is_not_explained_away(team, found):
    answer = team.post(
        page("explain", found.negotiation, found.points[0]), {"form": "aloud", "understood": "yes"}
    )
    assert answer.status_code == 422
    assert "Ce point se négocie" in text(answer)


def test_a_point_is_dropped_with_a_reason(team, found):
    address = page("drop_point", found.negotiation, found.points[0])
    assert team.post(address, {"words": ""}).status_code == 422
    assert team.post(address, {"words": "On en a déjà parlé."}).status_code == 302
    assert team.get(page("point", found.negotiation, found.points[0])).status_code == 302


def test_the_person_puts_a_point_on_the_table_and_does_not_class_it(client, found):
    sign_in(client, found.resident)
    client.post(page("add_point", found.negotiation), {"words": "Mon café au lit"})
    assert Point.objects.get(words="Mon café au lit").nature == ""
    client.post(page("add_point", found.negotiation), {"words": "Mon bain", "nature": "who", "source": "x"})
    assert not Point.objects.filter(words="Mon bain", nature="who").exists()
    before = moves(found)
    one = found.points[0]
    for name in ("point", "class_point", "drop_point", "explain", "how"):
        assert client.post(page(name, found.negotiation, one), {"words": "Plus tard"}).status_code in (
            404,
            405,
        )
    assert moves(found) == before


def test_two_hundred_points_are_read_with_as_few_queries_as_two(client):
    found = around(points=2)
    sign_in(client, found.nurse)
    address = page("table", found.negotiation)
    client.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as two:
        client.get(address)
    for number in range(3, 41):
        add_point(found.negotiation, f"Point numéro {number}", nature="", by=found.nurse)
    with CaptureQueriesContext(connection) as forty:
        client.get(address)
    assert len(forty) == len(two)


# From one phase to the next.
def test_no_phase_is_skipped_by_a_forged_request(team, found):
    before = moves(found)
    for to in ("conclude", "positions", "explore", "concluded", "n’importe", ""):
        answer = team.post(page("go_on", found.negotiation), {"to": to})
        assert answer.status_code == 409
    found.negotiation.refresh_from_db()
    assert (found.negotiation.phase, moves(found)) == (Phase.FRAME, before)


def test_it_goes_on_when_nothing_is_missing(team, found):
    for who in found.everybody:
        accept_aim(found.negotiation, found.seat(who), by=who)
    shown = text(team.get(page("table", found.negotiation)))
    assert "Passer à" in shown
    assert team.post(page("go_on", found.negotiation), {"to": "explore"}).status_code == 302
    found.negotiation.refresh_from_db()
    assert found.negotiation.phase == Phase.EXPLORE


def test_who_does_not_lead_moves_no_phase(client, found):
    before = moves(found)
    for who in (found.resident, found.daughter):
        sign_in(client, who)
        for name in ("go_on", "extend", "reopen", "as_it_stands"):
            assert client.post(page(name, found.negotiation), {"to": "explore"}).status_code == 404
    assert moves(found) == before


def test_more_time_needs_a_reason_and_a_later_day(team, found):
    address = page("extend", found.negotiation)
    assert team.get(address).status_code == 200
    for sent in (
        {"due_on": str(days(30)), "words": ""},
        {"due_on": str(days(5)), "words": "Le médecin est absent."},
        {"due_on": str(days(-5)), "words": "Le médecin est absent."},
    ):
        answer = team.post(address, sent)
        assert answer.status_code == 422
    team.post(address, {"due_on": str(days(30)), "words": "Le médecin est absent."})
    found.negotiation.refresh_from_db()
    assert found.negotiation.due_on == days(30)


def test_a_phase_is_opened_again_with_a_reason(client):
    found = negotiated(around())
    sign_in(client, found.nurse)
    address = page("reopen", found.negotiation)
    assert client.post(address, {"to": "frame", "words": ""}).status_code == 422
    assert client.post(address, {"to": "conclude", "words": "Pour voir"}).status_code == 422
    assert client.post(address, {"to": "frame", "words": "Le frère arrive."}).status_code == 302
    found.negotiation.refresh_from_db()
    assert found.negotiation.phase == Phase.FRAME


def late(found):
    """Past its deadline: the moves say when it was, and are never written over; time goes by instead."""
    return timezone.localdate() + timedelta(days=20)


def test_past_the_deadline_it_is_concluded_as_it_stands(client, monkeypatch):
    found = negotiated(around())
    sign_in(client, found.nurse)
    address = page("as_it_stands", found.negotiation)
    early = client.post(address)
    assert early.status_code == 302
    found.negotiation.refresh_from_db()
    assert found.negotiation.phase == Phase.POSITIONS
    day = late(found)
    monkeypatch.setattr("avec.negotiation.sitting.today", lambda: day)
    monkeypatch.setattr("avec.negotiation.present.table.today", lambda: day)
    shown = text(client.get(page("table", found.negotiation)))
    assert "La date limite est passée depuis 6 jours" in shown
    assert "Point numéro 1" in text(client.get(address))
    assert client.post(address).status_code == 302
    found.negotiation.refresh_from_db()
    assert found.negotiation.phase == Phase.CONCLUDE


# The history.
def test_every_move_is_told_in_one_sentence(found):
    fixed = prescription(found)
    explain(
        found.negotiation, fixed, understood="yes", form="de vive voix", words="J’ai compris.", by=found.nurse
    )
    refuse_aim(found.negotiation, found.seat(found.daughter), "Trop vague", by=found.daughter)
    choose_aloud(found.negotiation, found.seat(found.resident), True, by=found.nurse)
    accept_aim(found.negotiation, found.seat(found.resident), by=found.nurse)
    accept_aim(found.negotiation, found.seat(found.daughter), by=found.daughter)
    accept_aim(found.negotiation, found.seat(found.nurse), by=found.nurse)
    go_on(found.negotiation, by=found.nurse)
    reopen(found.negotiation, Phase.FRAME, "Un oubli à réparer", by=found.nurse)
    brother = relative(found.person, "carer", given_name="Michel")
    party = add_party(
        found.negotiation, Seat(relative=brother, stands_for="Elle est fatiguée"), by=found.nurse
    )
    leave(found.negotiation, party, "Il est reparti", by=found.nurse)
    lines = story_of(sitting_of(found.negotiation))
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    told = "\n".join(line.sentence for line in lines)
    called = found.person.called
    assert f"{called} accepte le but commun." in told
    assert f"explique à {called} pourquoi le point 3" in told
    assert "passe à l’étape «\u00a0Explorer\u00a0»." in told
    theirs = story_of(sitting_of(found.negotiation), STEP_TITLES)
    assert "passe à l’étape «\u00a0On dit ce qui compte\u00a0»." in "\n".join(
        line.sentence for line in theirs
    )
    assert "revient à l’étape «\u00a0Cadrer\u00a0»." in told
    assert "parle au nom d’" in told
    aloud = next(line for line in lines if line.verb == "accept_aim")
    assert aloud.by_hand == f"dit de vive voix, noté par {found.nurse.name}"
    assert aloud.v == "person"
    assert [chapter.phase for chapter in days_of(lines)[0].chapters] == ["cadrer", "explorer", "cadrer"]


def test_positions_and_steps_are_told_with_the_words_of_the_point(client):
    found = negotiated(around())
    one = found.points[0]
    for words in ("Pas avant 9 heures", "Pas avant 8 heures"):
        take_position(found.negotiation, found.seat(found.resident), one, words, by=found.resident)
    given = offer(
        found.negotiation, found.seat(found.nurse), one, was="7 heures", becomes="8 h 30", by=found.nurse
    )
    for who in (found.resident, found.daughter):
        accept(found.negotiation, found.seat(who), given.number, by=who)
    settle(found.negotiation, one, OutcomeKind.AGREED, "Lever à 8 h 30", by=found.nurse)
    told = "\n".join(line.sentence for line in story_of(sitting_of(found.negotiation)))
    assert "change sa demande sur le point 1, «\u00a0Point numéro 1\u00a0»." in told
    assert "accepte le pas" in told
    assert "note l’issue du point 1" in told
    for reader in (found.nurse, found.resident, found.daughter):
        sign_in(client, reader)
        answer = client.get(page("history", found.negotiation))
        assert answer.status_code == 200
        assert "Lever à 8 h 30" in text(answer)
        assert "Au lieu de" in text(answer)


def test_the_whole_of_a_concluded_negotiation_is_told(client):
    found = around()
    concluded(found)
    told = "\n".join(line.sentence for line in story_of(sitting_of(found.negotiation)))
    assert "répond oui au texte relu." in told
    assert "conclut la négociation\u00a0: accord en partie." in told
    sign_in(client, found.nurse)
    assert client.get(page("history", found.negotiation)).status_code == 200
    for name in ("extend", "reopen", "as_it_stands", "add_party", "facilitator"):
        assert client.get(page(name, found.negotiation)).status_code == 404


def test_after_the_frame_points_are_added_on_a_page_of_their_own(client):
    found = negotiated(around())
    sign_in(client, found.nurse)
    address = page("add_point", found.negotiation)
    assert "Point numéro 1" in text(client.get(address))
    assert client.post(address, {"words": "Le goûter"}).status_code == 422
    answer = client.post(address, {"words": "Le goûter", "nature": "organisation"})
    assert answer.status_code == 302
    assert "autofocus" in text(client.get(answer.url))
    assert Point.objects.get(words="Le goûter").nature == "organisation"
    for reader in (found.resident, found.daughter):
        sign_in(client, reader)
        assert client.get(address).status_code == 302


def test_a_colleague_who_is_not_at_the_table_reads_and_moves_for_nobody(client, found):
    """T48."""
    colleague = member(found.person.establishment)
    in_team(found.person, colleague)
    sign_in(client, colleague)
    assert client.get(page("table", found.negotiation)).status_code == 200
    assert client.get(page("history", found.negotiation)).status_code == 200
    before = moves(found)
    for who in found.everybody:
        sent = {"party": str(found.seat(who).pk), "words": "Non merci"}
        for name in ("accept_aim", "refuse_aim"):
            assert client.post(page(name, found.negotiation), sent).status_code == 404
    assert moves(found) == before


def test_the_grounds_of_the_house_are_found_by_their_words():
    from avec.negotiation.views.points import matching

    smoke = Ground(words="On ne fume pas dans les chambres", nature="law", source="Un texte")
    food = Ground(words="La texture des repas", nature="prescription", source="Un texte")
    assert matching("Fumer dans ma chambre", [food, smoke]) == [smoke]
    assert matching("Le taxi, pour le retour", [food, smoke]) == []
