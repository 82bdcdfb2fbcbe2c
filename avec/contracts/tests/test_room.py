"""Signing together on a device of the team: whose turn it is, who proves what, and nothing left behind."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.contracts.actions import issue_contract, withdraw_contract
from avec.contracts.models import Signature
from avec.contracts.tests.signing import RIGHTS_READ, line_of
from avec.people.models import today
from avec.people.tests import factories

pytestmark = pytest.mark.django_db
CHOICE = {"outcome": "signed", "rights": RIGHTS_READ, "article-1": "agrees", "reading": "easy", "words": ""}
CROSS = json.dumps([[[10, 10], [900, 390]], [[900, 10], [10, 390]]])


@pytest.fixture(autouse=True)
def no_limits_left():
    cache.clear()


@pytest.fixture
def host(scene):
    """A colleague who does not sign the contract, and holds the device."""
    colleague = factories.member(scene.establishment, job="éducateur")
    factories.in_team(scene.person, colleague)
    return colleague


@pytest.fixture(autouse=True)
def everybody_has_an_account(scene):
    for who in (scene.resident, scene.nurse):
        factories.account(who)


@pytest.fixture
def device(client, host, contract):
    factories.sign_in(client, host)
    assert gather(client, contract).status_code == 302
    return client


def page(name, contract, line=None):
    return reverse(f"contracts:{name}", args=[contract.pk, *([line.pk] if line else [])])


def gather(client, contract, **more):
    there = [str(line.pk) for line in contract.lines.all()]
    return client.post(page("room_before", contract), {"present": there, "closed": "on"} | more)


def choose(client, contract, line, **fields):
    return client.post(page("room_choose", contract, line), CHOICE | fields)


def prove(client, contract, line, password=factories.PASSWORD, way="room_confirm"):
    return client.post(page(way, contract, line), {"password": password})


def give_back(client, contract):
    return client.post(page("room_give_back", contract), {"password": factories.PASSWORD})


def text(response):
    return response.content.decode()


# --- Before --------------------------------------------------------------------------------------------


def test_the_device_goes_round_only_after_it_was_said_who_is_there(client, host, contract):
    factories.sign_in(client, host)
    before, line = page("room_before", contract), line_of(contract, "person")
    for closed in (page("room", contract), page("room_choose", contract, line)):
        assert client.get(closed).headers["Location"] == before
    assert "Signer ensemble, sur cet appareil" in text(client.get(page("read", contract)))
    assert "Qui est là" in text(client.get(before))
    assert gather(client, contract).headers["Location"] == page("room", contract)
    entry = Entry.objects.get(verb="contract.gathered")
    assert (entry.actor_id, len(entry.detail["there"])) == (host.pk, 2)
    cards = text(client.get(page("room", contract)))
    assert "C’est à moi\u00a0: " + contract.lines.get(voice="person").name in cards
    for work in ('class="rail', "Ma journée", reverse("contracts:history", args=[contract.person_id])):
        assert work not in cards


@pytest.mark.parametrize("wrong", [{"present": []}, {"closed": ""}, {"present": ["x"]}])
def test_who_is_there_and_what_is_closed_is_said_first(client, host, contract, wrong):
    factories.sign_in(client, host)
    answer = gather(client, contract, **wrong)
    assert answer.status_code == 422
    assert client.get(page("room", contract)).status_code == 302
    assert not Entry.objects.filter(verb="contract.gathered").exists()


def test_it_is_said_again_another_day(device, contract):
    session = device.session
    session["contract_room"] |= {"day": (today() - timedelta(days=1)).isoformat()}
    session.save()
    shown = text(device.get(page("room", contract)))
    assert "Un autre jour a commencé. L’équipe reprend l’appareil." in shown
    assert "C’est à moi" not in shown
    line = line_of(contract, "person")
    assert device.get(page("room_choose", contract, line)).headers["Location"] == page("room", contract)
    give_back(device, contract)
    assert device.get(page("room", contract)).headers["Location"] == page("room_before", contract)


# --- Each one in turn ----------------------------------------------------------------------------------


def test_the_signatory_types_their_own_password(device, scene, host, contract):
    line = line_of(contract, "person")
    shown = text(device.get(page("room_choose", contract, line)))
    assert "Mon contrat de soins" in shown
    assert "Je signe en mon nom" in shown
    assert "Je fais une croix, devant témoin" in shown
    assert "/fil/" not in shown
    answer = choose(device, contract, line, drawn=CROSS)
    assert answer.headers["Location"] == page("room_confirm", contract, line)
    assert "M10 10L900 390" in text(device.get(answer.headers["Location"]))
    assert prove(device, contract, line).headers["Location"] == page("room", contract)
    kept = Signature.objects.get()
    assert (kept.way, kept.method, kept.by, kept.witness) == ("room", "password", scene.resident, host)
    assert (kept.reading, kept.outcome, kept.drawn) == ("easy", "signed", json.loads(CROSS))
    # The session is still that of the host.
    give_back(device, contract)
    assert device.get(page("read", contract)).context["request"].member == host


def test_both_sign_in_the_room_and_the_contract_is_in_force(device, scene, contract):
    for voice in ("person", "professional"):
        choose(device, contract, line_of(contract, voice))
        prove(device, contract, line_of(contract, voice))
    contract.refresh_from_db()
    assert contract.state == "in_force"
    cards = text(device.get(page("room", contract)))
    assert "C’est à moi" not in cards
    assert "Tout le monde a choisi. L’équipe reprend l’appareil." in cards
    assert "Rendre l’appareil" in cards
    back = give_back(device, contract)
    assert back.headers["Location"] == page("read", contract)
    assert not [key for key in device.session.keys() if key.startswith("contract_room")]  # noqa: SIM118


def test_somebody_else_s_password_is_not_theirs(device, scene, host, contract):
    line = line_of(contract, "person")
    scene.resident.user.set_password("a-password-of-their-own")
    scene.resident.user.save()
    choose(device, contract, line, outcome="reservations", words="Le matin seulement.")
    wrong = prove(device, contract, line)
    assert wrong.status_code == 422
    assert "Le matin seulement." in text(wrong)
    assert not Signature.objects.exists()
    assert prove(device, contract, line, "").status_code == 422
    assert prove(device, contract, line, "a-password-of-their-own").status_code == 302
    assert Signature.objects.get().words == "Le matin seulement."


def test_passwords_are_not_tried_without_end_whoever_holds_the_device(device, scene, contract):
    line = line_of(contract, "person")
    choose(device, contract, line)
    statuses = [prove(device, contract, line, "not-this-one").status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    # Another device changes nothing: the count is the signatory's.
    other = Client()
    colleague = factories.member(scene.establishment)
    factories.in_team(scene.person, colleague)
    factories.sign_in(other, colleague)
    gather(other, contract)
    choose(other, contract, line)
    assert prove(other, contract, line).status_code == 429
    assert not Signature.objects.exists()
    # The professional beside them still signs.
    choose(device, contract, line_of(contract, "professional"))
    assert prove(device, contract, line_of(contract, "professional")).status_code == 302


def test_an_account_that_is_closed_signs_nothing(device, scene, contract):
    line = line_of(contract, "person")
    scene.resident.user.is_active = False
    scene.resident.user.save()
    choose(device, contract, line)
    assert prove(device, contract, line).status_code == 422
    assert not Signature.objects.exists()


# --- The host answers for it ---------------------------------------------------------------------------


def test_without_a_password_the_host_attests_with_their_own(device, scene, host, contract):
    line = line_of(contract, "person")
    scene.resident.user.set_password("a-password-of-their-own")
    scene.resident.user.save()
    choose(device, contract, line, outcome="mark", drawn=CROSS)
    assert "Je n’ai pas mon mot de passe ici" in text(device.get(page("room_confirm", contract, line)))
    asked = text(device.get(page("room_attest", contract, line)))
    assert f"Moi, {host.name}, j’atteste que {line.name} a fait ce choix devant moi." in asked
    assert prove(device, contract, line, "a-password-of-their-own", "room_attest").status_code == 422
    assert not Signature.objects.exists()
    assert prove(device, contract, line, way="room_attest").status_code == 302
    kept = Signature.objects.get()
    assert (kept.way, kept.method, kept.by, kept.witness) == ("room", "witness", host, host)
    assert kept.outcome == "mark"


def test_without_an_account_the_host_attests(client, scene, contract):
    scene.person.member = None
    scene.person.save()
    factories.sign_in(client, scene.nurse)
    gather(client, contract)
    line = line_of(contract, "person")
    choose(client, contract, line)
    page_shown = text(client.get(page("room_confirm", contract, line)))
    assert 'type="password"' not in page_shown
    assert prove(client, contract, line).status_code == 422
    assert not Signature.objects.exists()
    assert prove(client, contract, line, way="room_attest").status_code == 302
    assert Signature.objects.get().method == "witness"


def test_a_professional_is_never_attested(device, contract):
    line = line_of(contract, "professional")
    assert "Je fais une croix" not in text(device.get(page("room_choose", contract, line)))
    choose(device, contract, line)
    assert "room_attest" not in text(device.get(page("room_confirm", contract, line)))
    assert device.get(page("room_attest", contract, line)).status_code == 404
    assert prove(device, contract, line, way="room_attest").status_code == 404
    assert not Signature.objects.exists()
    assert Entry.objects.filter(verb="signature.refused").count() == 2


def test_the_host_s_own_line_is_signed_as_from_their_space(client, scene, contract):
    factories.sign_in(client, scene.nurse)
    gather(client, contract)
    line = line_of(contract, "professional")
    choose(client, contract, line)
    assert prove(client, contract, line).status_code == 302
    kept = Signature.objects.get()
    assert (kept.way, kept.witness) == ("own", None)


def test_who_signs_too_is_no_witness_of_a_mark(client, scene, contract):
    factories.sign_in(client, scene.nurse)
    gather(client, contract)
    line = line_of(contract, "person")
    answer = choose(client, contract, line, outcome="mark")
    assert answer.status_code == 422
    assert "Écrivez le nom du témoin" in text(answer)
    assert choose(client, contract, line, outcome="mark", witness_name="Nora Belkacem").status_code == 302
    prove(client, contract, line)
    assert Signature.objects.get().witness_name == "Nora Belkacem"


# --- What is said, and what is not kept ----------------------------------------------------------------


def test_an_oral_yes_has_its_day(device, contract):
    line = line_of(contract, "person")
    past = choose(device, contract, line, outcome="oral", come_back_on="2020-01-01")
    assert past.status_code == 422
    assert "Écrivez une date à venir." in text(past)
    choose(device, contract, line, outcome="oral")
    week = today() + timedelta(days=7)
    assert "L’équipe revient au plus tard le" in text(device.get(page("room_confirm", contract, line)))
    prove(device, contract, line)
    assert Signature.objects.get().come_back_on == week
    # The line still waits: the same person may sign when the team comes back.
    choose(device, contract, line)
    prove(device, contract, line)
    assert Signature.objects.latest("at").outcome == "signed"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"outcome": ""}, "Choisissez une des réponses."),
        ({"outcome": "nothing"}, "Sélectionnez un choix valide"),
        ({"rights": ["no"]}, "Cochez vos 4 droits."),
        ({"drawn": "[[[9999, 1]]]"}, "Ce dessin ne peut pas être lu."),
        ({"outcome": "reservations", "words": "", "article-1": "agrees"}, "Écrivez vos réserves"),
    ],
)
def test_what_lacks_is_said_and_what_was_typed_stays(device, contract, wrong, said):
    line = line_of(contract, "person")
    answer = choose(device, contract, line, **({"words": "Mes mots"} | wrong))
    assert answer.status_code == 422
    assert said in text(answer)
    if "words" not in wrong:
        assert "Mes mots" in text(answer)
    assert not Signature.objects.exists()


def test_reading_again_keeps_everything_that_was_chosen(device, contract):
    line = line_of(contract, "person")
    choose(device, contract, line, outcome="reservations", words="Mes mots", drawn=CROSS)
    again = device.get(page("room_choose", contract, line))
    assert "Mes mots" in text(again)
    assert json.loads(again.context["drawn"]) == json.loads(CROSS)
    assert text(again).count(" checked") == len(RIGHTS_READ) + 3


def test_nobody_finds_what_the_one_before_typed(device, contract):
    person, professional = line_of(contract, "person"), line_of(contract, "professional")
    # Another line, the list, another address, and the end.
    for leave in (
        lambda: device.get(page("room_choose", contract, professional)),
        lambda: device.get(page("room", contract)),
        lambda: device.get(page("room_before", contract), follow=True),
        lambda: device.get(page("room_give_back", contract)),
    ):
        choose(device, contract, person, outcome="refused", words="Des mots intimes")
        assert "Des mots intimes" in text(device.get(page("room_confirm", contract, person)))
        leave()
        assert "Des mots intimes" not in json.dumps(dict(device.session.items()))
    assert "Des mots intimes" not in text(device.get(page("room_choose", contract, person)))
    choose(device, contract, person, outcome="reservations", words="Des mots intimes")
    prove(device, contract, person)
    assert "Des mots intimes" not in text(device.get(page("room", contract)))
    assert "Des mots intimes" not in text(device.get(page("room_choose", contract, professional)))


def test_a_second_press_keeps_one_choice_and_says_so(device, contract):
    line = line_of(contract, "person")
    choose(device, contract, line)
    prove(device, contract, line)
    for way in ("room_confirm", "room_attest"):
        again = prove(device, contract, line, way=way)
        assert again.headers["Location"] == page("room", contract)
    assert "Le choix est déjà fait pour cette ligne." in text(device.get(page("room", contract)))
    assert choose(device, contract, line).headers["Location"] == page("room", contract)
    assert Signature.objects.count() == 1


# --- Refused -------------------------------------------------------------------------------------------


def test_a_version_taken_back_leads_to_the_one_that_counts(device, scene, contract):
    line = line_of(contract, "person")
    choose(device, contract, line)
    newer = issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
    for name in ("room_choose", "room_confirm", "room_attest"):
        answer = device.post(page(name, contract, line), CHOICE | {"password": factories.PASSWORD})
        assert answer.headers["Location"] == page("room", contract)
    cards = text(device.get(page("room", contract)))
    assert "Cette version ne se signe plus. L’équipe reprend l’appareil." in cards
    assert "C’est à moi" not in cards
    assert give_back(device, contract).headers["Location"] == page("read", newer)
    # The device given back, former addresses lead to the version that counts.
    assert device.get(page("room", contract)).headers["Location"] == page("room_before", newer)
    assert device.get(page("room_before", contract)).headers["Location"] == page("read", newer)
    assert "Cette version ne se signe plus." in text(device.get(page("room_before", newer)))
    assert not Signature.objects.exists()


def test_a_version_taken_back_with_none_after_it_is_read(device, scene, contract):
    withdraw_contract(contract, by=scene.nurse)
    assert "Cette version ne se signe plus." in text(device.get(page("room", contract)))
    assert give_back(device, contract).headers["Location"] == page("read", contract)
    assert device.get(page("room", contract)).headers["Location"] == page("read", contract)


def test_a_line_of_another_contract_is_refused_and_logged(device, scene, contract):
    other = factories.person(scene.establishment)
    factories.in_team(other, scene.nurse, is_referent=True)
    old = line_of(contract, "person")
    newer = issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
    give_back(device, contract)
    gather(device, newer)
    for name in ("room_choose", "room_confirm", "room_attest"):
        assert device.get(page(name, newer, old)).status_code == 404
        assert device.post(page(name, newer, old), CHOICE).status_code == 404
    assert Entry.objects.filter(verb="signature.refused", object_id=str(old.pk)).count() == 6
    assert not Signature.objects.exists()


def test_only_the_team_holds_the_device(scene, contract):
    stranger = factories.member(scene.establishment)
    trainee = factories.member(scene.establishment, role=Role.TRAINEE)
    factories.in_team(scene.person, trainee)
    line = line_of(contract, "person")
    names = [("room_before", None), ("room", None), ("room_give_back", None)]
    names += [(name, line) for name in ("room_choose", "room_confirm", "room_attest")]
    for who in (stranger, trainee, scene.resident):
        client = Client()
        factories.sign_in(client, who)
        for name, of in names:
            answer = client.get if name == "room" else client.post
            assert answer(page(name, contract, of), CHOICE).status_code == 404
    refused = Entry.objects.filter(verb="signature.refused")
    assert {entry.actor_id for entry in refused} == {stranger.pk, trainee.pk}
    assert not Signature.objects.exists()
    elsewhere = factories.member(factories.establishment())
    client = Client()
    factories.sign_in(client, elsewhere)
    assert client.get(page("room_before", contract)).status_code == 404
    assert not Entry.objects.filter(actor_id=elsewhere.pk, verb="signature.refused").exists()


def test_each_page_shown_leaves_a_line_in_the_journal(device, host, contract):
    line = line_of(contract, "person")
    before = Entry.objects.filter(verb="contract.read", actor_id=host.pk).count()
    device.get(page("room", contract))
    device.get(page("room_choose", contract, line))
    choose(device, contract, line)
    device.get(page("room_confirm", contract, line))
    device.get(page("room_attest", contract, line))
    assert Entry.objects.filter(verb="contract.read", actor_id=host.pk).count() == before + 4


def test_the_list_asks_the_database_the_same_for_two_lines_and_for_more(
    device, scene, contract, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as two:
        device.get(page("room", contract))
    asked = len(two.captured_queries)
    for _ in range(4):
        factories.relative(scene.person)
    newer = issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
    assert newer.lines.count() == 6
    give_back(device, contract)
    gather(device, newer)
    with django_assert_num_queries(asked):
        device.get(page("room", newer))


def test_only_who_is_said_to_be_there_takes_the_device(client, host, contract):
    factories.sign_in(client, host)
    own, team = line_of(contract, "person"), line_of(contract, "professional")
    gather(client, contract, present=[str(team.pk)])
    cards = text(client.get(page("room", contract)))
    assert page("room_choose", contract, team) in cards
    assert page("room_choose", contract, own) not in cards
    assert "Pas dans la pièce aujourd’hui." in cards
    for way in ("room_choose", "room_confirm", "room_attest"):
        answer = client.post(page(way, contract, own), CHOICE | {"password": factories.PASSWORD}, follow=True)
        assert "n’est pas noté parmi les présents" in text(answer)
    assert not Signature.objects.exists()
