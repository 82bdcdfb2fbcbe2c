"""The contract in own space: where it stands for me, and for nobody else."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avec.contracts.actions import Choice, note_next_step, sign_line, take_copy
from avec.contracts.models import NextChoice, SignatureLine
from avec.contracts.rules import RIGHTS, Outcome
from avec.people.tests.factories import days, relative, sign_in
from avec.ui.words import date_long

from .contracts import attested, chosen_by, line_of, proposed, refused, signed
from .worlds import house

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return house()


def own(client, member, name="own"):
    answer = sign_in(client, member).get(reverse(f"home:{name}"), follow=True)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_a_contract_waits_then_the_team_comes_back(client, home):
    contract = proposed(home)
    assert "Mon contrat m’attend" in own(client, home.odette.member)
    attested(contract, Outcome.ORAL, by=home.nurse, come_back_on=days(4))
    page = own(client, home.odette.member)
    assert "Mon contrat m’attend" not in page
    assert "L’équipe revient me voir" in page
    assert "J’ai dit oui à voix haute." in page
    assert f"L’équipe revient vers moi le {date_long(days(4))}." in page


def test_not_now_keeps_the_door_open(client, home):
    contract = proposed(home)
    chosen_by(contract, "person", Outcome.NOT_NOW, come_back_on=days(9))
    page = own(client, home.odette.member)
    assert "pas maintenant." in page
    assert "Je peux signer quand je veux, ou non." in page
    assert date_long(days(9)) in page


def test_a_choice_not_to_sign_is_a_right_and_has_its_next_day(client, home):
    contract = refused(home)
    page = own(client, home.odette.member)
    for words in ("J’ai choisi de ne pas signer.", "C’est mon droit.", "Mes soins continuent."):
        assert words in page
    assert "On me reparle de mon contrat" not in page
    note_next_step(contract, NextChoice.TALK, on=days(5), by=home.nurse)
    assert "On me reparle de mon contrat" in own(client, home.odette.member, "own_coming")


def test_my_copy_waits_until_i_take_it(client, home):
    contract = signed(home)
    assert "Ma copie m’attend" in own(client, home.odette.member)
    take_copy(line_of(contract, "person"), by=home.odette.member)
    page = own(client, home.odette.member)
    assert "Ma copie m’attend" not in page
    assert "Le contrat est signé." in page
    assert "Voir tous mes contrats" not in page
    signed(home)
    page = own(client, home.odette.member)
    assert "Il va jusqu’au" not in page  # the card of what is coming says it
    assert "Voir tous mes contrats" in page


def test_a_relative_is_told_of_their_own_line_alone(client, home):
    proposed(home)
    page = own(client, home.claire.member)
    assert "contrat d’Odette m’attend" not in page
    assert 'id="t-contract"' not in page


def test_a_representative_of_several_sees_whose_contract_it_is(client, home):
    guardian = relative(home.odette, "representation")
    other = house(home, given_names="Bernard")
    relative(other.odette, "representation", member=guardian.member)
    contract = proposed(home)
    page = own(client, guardian.member)
    assert "Le contrat d’Odette attend mon choix." in page
    assert "Bernard attend mon choix" not in page
    client.post(reverse("home:own_choose"), {"personne": home.odette.pk})
    page = html.unescape(client.get(reverse("home:own")).content.decode())
    assert "Le contrat d’Odette m’attend" in page
    line = SignatureLine.objects.get(contract=contract, relative=guardian)
    read = [right for right, _ in RIGHTS]
    sign_line(line, Choice(Outcome.SIGNED, rights_read=read), method="password", by=guardian.member)
    assert "attend mon choix" not in own(client, guardian.member, "own_choose")


def test_no_more_queries_for_more_versions(client, home):
    counts = []
    for number in range(4):
        signed(home)
        if number in (0, 3):
            own(client, home.odette.member)
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("home:own"))
            counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 24
