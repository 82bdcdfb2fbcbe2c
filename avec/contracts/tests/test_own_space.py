"""Choosing from one's own space: in whose name, what is kept, and what comes next."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from avec.audit.models import Entry
from avec.contracts.actions import Choice, issue_contract, sign_line
from avec.contracts.models import Signature
from avec.contracts.present import says_of, still_waited
from avec.contracts.rules import Outcome, from_data
from avec.contracts.tests.signing import RIGHTS_READ, line_of
from avec.people.models import Draft, today
from avec.people.tests import factories
from avec.ui.words import date_long

pytestmark = pytest.mark.django_db
ACCEPT = {"outcome": "signed", "rights": RIGHTS_READ, "article-1": "agrees", "reading": "easy", "words": ""}


@pytest.fixture
def own(client, scene, contract):
    """The person, in their own space."""
    factories.sign_in(client, scene.resident)
    return client


def read(client, contract):
    return client.get(reverse("contracts:read", args=[contract.pk])).content.decode()


def choose(client, contract, **fields):
    return client.post(reverse("contracts:sign", args=[line_of(contract, "person").pk]), ACCEPT | fields)


def test_each_line_says_in_whose_name_one_signs(client, scene, contract):
    for who, voice in ((scene.resident, "person"), (scene.nurse, "professional")):
        factories.sign_in(client, who)
        line = line_of(contract, voice)
        says = says_of(from_data(contract.content), line)
        assert says.startswith(f"Je signe en mon nom, {line.name}")
        assert says in read(client, contract)


def test_an_older_version_keeps_its_words(contract):
    content = contract.content | {"parties": [party | {"says": ""} for party in contract.content["parties"]]}
    text = from_data(content)
    assert says_of(text, line_of(contract, "person")) == ""
    shown = render_to_string("contracts/signing/as.html", {"line": line_of(contract, "person"), "says": ""})
    assert "Je choisis en tant que" in shown


def test_a_cross_is_not_made_from_one_s_own_space(own, contract):
    assert "Je fais une croix" not in read(own, contract)
    answer = choose(own, contract, outcome="mark", words="Mes mots")
    assert answer.status_code == 422
    assert "Une croix se fait devant un témoin" in answer.content.decode()
    assert "Mes mots" in answer.content.decode()


def test_a_drawing_or_a_witness_sent_here_is_left_aside(own, contract):
    choose(own, contract, drawn="[[[1, 1]]]", witness_name="Nora")
    own.post(
        reverse("contracts:sign", args=[line_of(contract, "person").pk]), {"password": factories.PASSWORD}
    )
    kept = Signature.objects.get()
    assert (kept.drawn, kept.witness_name, kept.way, kept.reading) == ([], "", "own", "easy")


def test_an_oral_yes_says_by_when_the_team_comes_back(own, contract):
    week = date_long(today() + timedelta(days=7))
    answer = choose(own, contract, outcome="oral")
    assert week in own.get(answer.headers["Location"]).content.decode()
    own.post(answer.headers["Location"], {"password": factories.PASSWORD})
    page = read(own, contract)
    assert f"L’équipe revient au plus tard le {week}." in page
    assert "Je n’ai pas encore signé." in page
    # The line is still theirs: a final choice may follow.
    assert "Valider mon choix" in page


def test_who_chose_reads_what_comes_next(own, scene, contract):
    sign_line(
        line_of(contract, "person"),
        Choice(Outcome.SIGNED, rights_read=RIGHTS_READ),
        method="password",
        by=scene.resident,
    )
    page = read(own, contract)
    assert "Mon choix est gardé." in page
    # The page is long: the way to what follows is at its top.
    assert (
        page.index("Mon choix est gardé.")
        < page.index('href="#signer">Et maintenant')
        < page.index('id="t-agree"')
    )
    assert f"{scene.nurse.name} n’a pas encore signé." in page
    assert "Valider mon choix" not in page
    sign_line(line_of(contract, "professional"), Choice(Outcome.SIGNED), method="password", by=scene.nurse)
    assert "n’a pas encore signé" not in read(own, contract)


def test_of_two_parents_one_is_enough_to_wait_for_nobody(contract):
    person, professional = line_of(contract, "person"), line_of(contract, "professional")
    person.one_of = professional.one_of = "parent"
    assert still_waited({person: None, professional: None}) == [person.name, professional.name]
    assert still_waited({person: Signature(outcome="signed"), professional: None}) == []
    assert still_waited({person: Signature(outcome="refused"), professional: None}) == [professional.name]
    assert still_waited({person: Signature(outcome="oral"), professional: None}) == [
        person.name,
        professional.name,
    ]


def test_what_is_typed_survives_a_closed_session(own, scene, contract):
    line = line_of(contract, "person")
    typed = {"draft_key": f"choice:{line.pk}", "words": "Mes mots", "outcome": "reservations"}
    typed |= {"article-1": "in_part", "rights": ["no", "say"], "reading": "full"}
    assert own.post(reverse("people:draft"), typed).status_code == 200
    own.logout()
    factories.sign_in(own, scene.resident)
    page = read(own, contract)
    assert "Mes mots" in page
    assert "Votre brouillon" in page
    # The reading, two rights, an article, the outcome.
    assert page.count(" checked") == 5
    # It is theirs alone.
    factories.sign_in(own, scene.nurse)
    assert "Mes mots" not in read(own, contract)
    factories.sign_in(own, scene.resident)
    answer = choose(own, contract, words="Mes mots", outcome="reservations")
    own.post(answer.headers["Location"], {"password": factories.PASSWORD})
    assert not Draft.objects.exists()


def test_a_stranger_who_tries_is_in_the_journal(client, scene, contract):
    stranger = factories.member(scene.establishment)
    factories.sign_in(client, stranger)
    assert choose(client, contract).status_code == 404
    assert Entry.objects.get(verb="signature.refused").actor_id == stranger.pk
    elsewhere = factories.member(factories.establishment())
    factories.sign_in(client, elsewhere)
    assert choose(client, contract).status_code == 404
    assert Entry.objects.filter(verb="signature.refused").count() == 1


def test_a_version_replaced_between_choosing_and_confirming_keeps_the_words(own, scene, contract):
    answer = choose(own, contract, outcome="reservations", words="Le matin seulement.")
    issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
    last = own.post(answer.headers["Location"], {"password": factories.PASSWORD}, follow=True)
    page = last.content.decode()
    assert "Cette version ne se signe plus." in page
    assert "Le matin seulement." in page
    assert not Signature.objects.exists()
