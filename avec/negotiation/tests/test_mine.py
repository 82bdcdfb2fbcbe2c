"""The table from the person's own place, and from those of their circle: tried by the cast, phase by phase."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avec.audit.models import Entry
from avec.careplan.tests.factories import in_team, member, relative, sign_in
from avec.negotiation.actions import (
    accept,
    accept_aim,
    add_point,
    answer_text,
    choose_aloud,
    conclude,
    explain,
    go_on,
    keep_stake,
    offer,
    settle,
    take_position,
)
from avec.negotiation.models import Move, Negotiation, Party
from avec.negotiation.rules import Answer, OutcomeKind
from avec.negotiation.tests.table import around, explored, negotiated
from avec.people.models import Mandate
from avec.people.tests.factories import days

pytestmark = pytest.mark.django_db


def url(found, name="table", query=""):
    return reverse(f"negotiation:{name}", args=[found.negotiation.pk]) + query


def read(client, who, found, name="table", query=""):
    response = sign_in(client, who).get(url(found, name, query))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def said(page):
    """The words of a page, as a reader hears them."""
    page = re.sub(r"<[^>]+>", " ", page[page.index("<main") :] if "<main" in page else page)
    return re.sub(r"[\s\xa0]+", " ", page).replace("&#x27;", "’")


def is_open(page, summary):
    """Is what stands under this summary unfolded at once?"""
    before = page[: page.index(f"<summary>{summary}")]
    return before[before.rindex("<details") :].split(">")[0].endswith(" open")


def last(found):
    return Move.objects.filter(negotiation=found.negotiation).order_by("-number").first()


def send(client, who, found, name, query="", **words):
    return sign_in(client, who).post(url(found, name, query), words)


def offered(found):
    """The nurse offers a step on the first point."""
    take_position(found.negotiation, found.seat(found.nurse), found.points[0], "À 7 heures", by=found.nurse)
    return offer(
        found.negotiation,
        found.seat(found.nurse),
        found.points[0],
        was="À 7 heures",
        becomes="À 8 heures et demie",
        by=found.nurse,
    )


def concluding(found):
    """Everything settled: the text is read back."""
    for point in found.points:
        settle(found.negotiation, point, OutcomeKind.AGREED, "Lever à 8 heures et demie", by=found.nurse)
    go_on(found.negotiation, by=found.nurse)
    return found


def concluded(found):
    concluding(found)
    answer_text(
        found.negotiation,
        found.seat(found.resident),
        Answer.RESERVATIONS,
        words="Pas le dimanche",
        by=found.resident,
    )
    answer_text(found.negotiation, found.seat(found.daughter), Answer.YES, by=found.daughter)
    answer_text(found.negotiation, found.seat(found.nurse), Answer.YES, by=found.nurse)
    conclude(found.negotiation, by=found.nurse)
    return found


PHASES = [
    around,
    lambda: explored(around()),
    lambda: negotiated(around()),
    lambda: concluding(negotiated(around())),
    lambda: concluded(negotiated(around())),
]


@pytest.mark.parametrize("make", PHASES)
def test_the_page_opens_in_each_phase_to_who_sits_there(client, make):
    found = make()
    for who in (found.resident, found.daughter):
        page = read(client, who, found)
        assert "L’heure du lever" in page
        assert 'id="table-live"' in page


def test_what_waits_for_me_comes_first_phase_by_phase(client):
    found = around()
    page = said(read(client, found.resident, found))
    assert "On attend ma réponse" in page
    assert "Trouver une heure qui convient à chacun" in page
    assert page.index("On attend ma réponse") < page.index("De quoi il s’agit")
    accept_aim(found.negotiation, found.seat(found.resident), by=found.resident)
    page = said(read(client, found.resident, found))
    assert "Rien n’attend ma réponse" in page
    assert "J’ai dit oui à ce but." in page
    found = explored(around())
    assert "Qu’est-ce qui compte pour moi ?" in said(read(client, found.resident, found))
    found = negotiated(around())
    offered(found)
    page = said(read(client, found.resident, found))
    assert "« À 8 heures et demie »" in page
    assert "J’accepte" in page
    assert "Après : 2 autres choses" in page
    concluding(negotiated(found := around()))
    assert "Lire et répondre" in said(read(client, found.resident, found))


@pytest.mark.parametrize("who", ["resident", "daughter"])
def test_each_accepts_the_aim_or_says_what_does_not_fit(client, who):
    found = around()
    me = getattr(found, who)
    page = read(client, me, found)
    form = page[page.index(url(found, "accept_aim")) :]
    fields = dict(re.findall(r'name="(party|about)" value="([^"]+)"', form[: form.index("</form>")]))
    assert send(client, me, found, "accept_aim", **fields).status_code == 302
    assert (last(found).verb, last(found).party) == ("accept_aim", found.seat(me))
    assert send(client, me, found, "my_aim", words="").status_code == 422
    send(client, me, found, "my_aim", words="Pas avant 9 heures")
    assert (last(found).verb, last(found).words) == ("refuse_aim", "Pas avant 9 heures")


def test_the_aim_is_everybodys_once_everybody_said_so_and_a_mind_may_change(client):
    found = around()
    send(client, found.resident, found, "my_aim", words="Pas avant 9 heures")
    page = read(client, found.resident, found)
    assert "Ce que nous voulons tous" not in said(page)
    assert "J’ai dit que ce but ne me convient pas." in said(page)
    form = page[page.index(url(found, "accept_aim")) :]
    fields = dict(re.findall(r'name="(party|about)" value="([^"]+)"', form[: form.index("</form>")]))
    told = client.post(url(found, "accept_aim"), fields, follow=True).content.decode()
    assert "C’est noté : j’ai dit oui à ce but." in said(told)
    for who in (found.daughter, found.nurse):
        accept_aim(found.negotiation, found.seat(who), by=who)
    page = said(read(client, found.resident, found))
    assert "Ce que nous voulons tous" in page
    assert "Finalement, il ne me convient pas" in page


@pytest.mark.parametrize("who", ["resident", "daughter"])
def test_each_says_what_matters_or_chooses_not_to(client, who):
    found = explored(around())
    me = getattr(found, who)
    assert send(client, me, found, "my_stake", words="Dormir le matin").status_code == 302
    assert last(found).verb == "stake"
    assert last(found).party == found.seat(me)
    assert not last(found).aloud
    assert "« Dormir le matin »" in said(read(client, me, found))
    found = explored(around())
    me = getattr(found, who)
    kept = send(client, me, found, "keep_stake", partie=found.seat(me).pk)
    assert kept.status_code == 302
    assert "J’ai choisi de ne pas le dire." in said(read(client, me, found))


@pytest.mark.parametrize("who", ["resident", "daughter"])
def test_each_says_what_they_ask_and_takes_a_step(client, who):
    found = negotiated(around())
    me = getattr(found, who)
    point = found.points[0]
    send(client, me, found, "my_position", f"?point={point.pk}", words="À 9 heures")
    assert (last(found).verb, last(found).words) == ("position", "À 9 heures")
    page = read(client, me, found, "my_offer", f"?point={point.pk}")
    # What I asked is where I start from.
    assert "À 9 heures" in page
    send(client, me, found, "my_offer", f"?point={point.pk}", was="À 9 heures", becomes="À 8 heures")
    mine = last(found)
    assert (mine.verb, mine.words, mine.party) == ("offer", "À 8 heures", found.seat(me))
    page = said(read(client, me, found))
    assert "Ce que je propose « À 8 heures »" in page
    send(client, me, found, "my_withdraw", f"?pas={mine.number}", words="")
    assert last(found).verb == "withdraw"
    assert "Ce qui n’a pas été accepté" in said(read(client, me, found))


@pytest.mark.parametrize("who", ["resident", "daughter"])
def test_each_answers_what_is_offered(client, who):
    found = negotiated(around())
    me = getattr(found, who)
    one = offered(found)
    yes = send(client, me, found, "accept", partie=found.seat(me).pk, pas=one.number)
    assert yes.status_code == 302
    assert last(found).verb == "accept"
    other = offered(found)
    send(client, me, found, "my_decline", f"?pas={other.number}", words="C’est trop tôt")
    assert (last(found).verb, last(found).words) == ("decline", "C’est trop tôt")
    # Answered already: the page says so, and nothing is written twice.
    again = send(client, me, found, "my_decline", f"?pas={other.number}", words="Encore")
    assert again.status_code == 302
    assert last(found).words == "C’est trop tôt"


def test_a_yes_is_told_as_mine_not_as_everybodys(client):
    found = negotiated(around())
    step = offered(found)
    for who, answer in ((found.resident, "C’est noté : j’ai dit oui."), (found.daughter, "j’ai dit oui.")):
        fields = {"pas": str(step.number), "partie": found.seat(who).pk}
        page = sign_in(client, who).post(url(found, "accept"), fields, follow=True).content.decode()
        assert answer in said(page[page.index('id="messages"') :])


def test_what_i_gave_and_got_is_told_from_my_place(client):
    found = negotiated(around())
    one = offered(found)
    for who in (found.resident, found.daughter):
        accept(found.negotiation, found.seat(who), one.number, by=who)
    mine = offer(
        found.negotiation,
        found.seat(found.resident),
        found.points[0],
        was="À 10 heures",
        becomes="À 9 heures",
        by=found.resident,
    )
    for who in (found.nurse, found.daughter):
        accept(found.negotiation, found.seat(who), mine.number, by=who)
    page = said(read(client, found.resident, found).split('id="table-live"')[1])
    got, gave = page.index("Ce que j’ai obtenu"), page.index("Ce que j’ai donné")
    assert gave < page.index("« À 9 heures »") < got < page.index("« À 8 heures et demie »")


def test_each_answers_the_text_and_may_change_their_mind(client):
    found = concluding(negotiated(around()))
    page = read(client, found.resident, found, "my_answer")
    assert "Lever à 8 heures et demie" in page
    assert "checked" not in page[page.index("<form") :]
    empty = send(client, found.resident, found, "my_answer", answer="reservations", words="")
    assert empty.status_code == 422
    assert "Écrivez vos réserves" in empty.content.decode()
    number = last(found).number
    send(
        client,
        found.resident,
        found,
        "my_answer",
        answer="reservations",
        words="Pas le dimanche",
        read=number,
    )
    assert last(found).detail["answer"] == "reservations"
    page = said(read(client, found.resident, found))
    assert "Oui, avec des réserves" in page
    assert "« Pas le dimanche »" in page
    send(client, found.resident, found, "my_answer", answer="no", words="", read=number)
    assert last(found).detail["answer"] == "no"


def test_an_answer_to_a_text_that_changed_since_is_refused_and_keeps_its_words(client):
    found = concluding(negotiated(around()))
    late = send(client, found.resident, found, "my_answer", answer="no", words="Trop tôt", read=1)
    assert late.status_code == 422
    assert "Trop tôt" in late.content.decode()
    assert "Le texte a changé" in late.content.decode()
    assert last(found).verb == "read_back"


def test_concluded_it_says_what_came_of_it(client):
    found = concluded(negotiated(around()))
    page = said(read(client, found.resident, found))
    assert "C’est fini" in page
    assert "Nous sommes d’accord sur tout." in page
    assert "Ma réponse : oui, avec des réserves" in page
    assert "Quitter cette négociation" not in page
    for name in ("my_point", "my_leave", "my_answer"):
        assert sign_in(client, found.resident).get(url(found, name)).status_code == 302


def test_what_cannot_be_negotiated_is_explained_and_may_be_answered(client):
    found = around()
    fixed = add_point(
        found.negotiation,
        "Le pansement",
        nature="prescription",
        source="Dr Estève, 2 novembre",
        by=found.nurse,
    )
    page = read(client, found.resident, found)
    assert "On doit me l’expliquer." in said(page)
    assert "Je peux refuser ce soin." in said(page)
    assert is_open(page, "Lire pourquoi")
    explain(
        found.negotiation,
        fixed,
        by=found.nurse,
        understood="in_part",
        form="de vive voix",
        words="Ça s’infecte",
    )
    page = read(client, found.resident, found)
    assert "Compris en partie." in said(page)
    assert found.nurse.name in page
    assert not is_open(page, "Lire pourquoi"), "what was explained is folded"
    negotiated(found)
    lost = read(client, found.resident, found, "my_position", f"?point={fixed.pk}&pas-compris")
    assert "Je n’ai pas compris." in lost
    send(client, found.resident, found, "my_position", f"?point={fixed.pk}", words="Je n’ai pas compris.")
    assert last(found).point == fixed
    # No step is ever taken on it.
    assert (
        sign_in(client, found.resident).get(url(found, "my_offer", f"?point={fixed.pk}")).status_code == 404
    )


@pytest.mark.parametrize("make", PHASES[:3])
def test_i_may_put_something_else_on_the_table(client, make):
    found = make()
    send(client, found.resident, found, "my_point", words="La promenade du soir")
    assert (last(found).verb, last(found).words) == ("add_point", "La promenade du soir")
    assert "La promenade du soir" in read(client, found.resident, found)


def test_whoever_is_written_down_may_answer_themself(client):
    found = around()
    choose_aloud(found.negotiation, found.seat(found.resident), True, by=found.nurse)
    assert "Je réponds moi-même" in said(read(client, found.resident, found))
    send(client, found.resident, found, "myself", aloud="0")
    assert not found.seat(found.resident).speaks_aloud
    send(client, found.resident, found, "myself", aloud="1")
    assert found.seat(found.resident).speaks_aloud


def test_i_leave_with_a_reason_and_still_read(client):
    found = negotiated(around())
    assert send(client, found.daughter, found, "my_leave", words="").status_code == 422
    send(client, found.resident, found, "my_leave", words="Je suis fatiguée")
    assert last(found).verb == "leave"
    page = said(read(client, found.resident, found))
    assert "Je ne suis plus à la table." in page
    assert "On attend ma réponse" not in page
    assert sign_in(client, found.resident).get(url(found, "my_point")).status_code == 404


QUESTIONS = ["my_aim", "my_stake", "my_point", "my_leave", "my_answer"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_nobody_else_speaks_from_my_place(client, name):
    """T48: another relative, a colleague, somebody of another house: not found, and nothing is written."""
    found = around()
    stranger = relative(
        found.person, "carer", member=member(found.person.establishment, role="relative")
    ).member
    colleague = member(found.person.establishment)
    in_team(found.person, colleague)
    before = last(found).number
    for who in (stranger, colleague, found.nurse):
        assert send(client, who, found, name, words="Pas à moi", answer="yes").status_code == 404
    assert last(found).number == before


def test_a_relative_reads_only_where_they_sit(client):
    """T27."""
    found = around()
    stranger = relative(
        found.person, "carer", member=member(found.person.establishment, role="relative")
    ).member
    assert sign_in(client, stranger).get(url(found)).status_code == 404
    assert sign_in(client, stranger).get(url(found, "my_point")).status_code == 404


@pytest.mark.parametrize("name", ["table", "my_point", "my_leave"])
def test_a_mandate_taken_back_closes_everything_at_once(client, name):
    """T28."""
    found = around()
    assert sign_in(client, found.daughter).get(url(found, name)).status_code == 200
    Mandate.objects.filter(related_person=found.relative).update(revoked_on=days(0))
    assert client.get(url(found, name)).status_code == 404
    assert send(client, found.daughter, found, "my_point", words="La promenade").status_code == 404


def test_the_mandate_for_one_person_opens_nothing_of_another(client):
    """T37."""
    found, other = around(), around()
    relative(other.person, "carer", member=found.daughter)
    assert sign_in(client, found.daughter).get(url(other)).status_code == 404


def test_who_will_read_my_words_is_said_before_i_send_them(client):
    found = negotiated(around())
    here = f"?point={found.points[0].pk}"
    for name, query in (("my_stake", ""), ("my_position", here), ("my_offer", here), ("my_leave", "")):
        page = said(read(client, found.resident, found, name, query))
        assert "Tout le monde à la table lira ces mots. L’équipe aussi." in page


def test_sent_twice_it_is_received_once(client):
    found = explored(around())
    for _ in range(2):
        send(client, found.resident, found, "my_stake", words="Dormir", once="abc")
    assert Move.objects.filter(negotiation=found.negotiation, verb="stake").count() == 1


def test_what_is_too_late_is_said_and_keeps_its_words(client):
    found = explored(around())
    for who in found.everybody:
        keep_stake(found.negotiation, found.seat(who), by=who)
    go_on(found.negotiation, by=found.nurse)
    concluding(found)
    late = send(client, found.resident, found, "my_stake", words="Dormir")
    assert late.status_code == 422
    assert "Dormir" in late.content.decode()
    assert "Ce n’est plus le moment" in late.content.decode()
    opened = sign_in(client, found.resident).get(url(found, "my_stake"), follow=True)
    assert opened.redirect_chain == [(url(found), 302)]
    assert "La discussion a avancé depuis." in said(opened.content.decode())


def test_the_history_calls_the_steps_as_my_pages_do(client):
    found = explored(around())
    mine = said(read(client, found.resident, found, "history"))
    assert "passe à l’étape « On dit ce qui compte »" in mine
    assert "« Explorer »" not in mine
    assert "passe à l’étape « Explorer »" in said(read(client, found.nurse, found, "history"))


def test_who_is_represented_reads_who_speaks_for_them(client):
    found = around()
    Party.objects.filter(negotiation=found.negotiation, voice="person").update(voice="relative")
    Party.objects.filter(negotiation=found.negotiation, relative=found.relative).update(
        stands_for="Il ne parle plus."
    )
    page = said(read(client, found.resident, found))
    assert "parle pour moi" in page.lower()
    assert "« Il ne parle plus. »" in page


@pytest.mark.parametrize("count", [2, 40])
def test_as_many_queries_whatever_the_number_of_points(client, count):
    found = negotiated(around(points=count))
    for point in found.points:
        take_position(found.negotiation, found.seat(found.resident), point, "Plus tard", by=found.resident)
    sign_in(client, found.resident)
    client.get(url(found))
    with CaptureQueriesContext(connection) as queries:
        client.get(url(found))
    assert len(queries) <= 12


def test_reading_leaves_a_trace(client):
    found = around()
    read(client, found.daughter, found, "my_point")
    entry = Entry.objects.about(found.person.pk).filter(verb="negotiation.read").last()
    assert entry.actor_id == found.daughter.pk
    assert Negotiation.objects.count() == 1
