"""A device that goes round is lent: its session opens one contract's room and nothing else, until its host takes it back."""

import json
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.urls.converters import IntConverter, UUIDConverter
from django.utils import timezone

from avec.accounts.models import Role
from avec.accounts.rules import IDLE
from avec.contracts.actions import issue_contract, withdraw_contract
from avec.contracts.models import Signature
from avec.contracts.tests.signing import RIGHTS_READ, line_of
from avec.people.models import today
from avec.people.tests import factories
from tests.project import walk_patterns

pytestmark = pytest.mark.django_db
LENT = "L’appareil est prêté. L’équipe le reprend avec son mot de passe."
BACK = "L’appareil est rendu à l’équipe."
CHOICE = {"outcome": "signed", "rights": RIGHTS_READ, "article-1": "agrees", "words": "Des mots intimes"}
# Nothing of anybody is on these, and each asks for the host's own proof or closes the session.
ALWAYS_OPEN = {
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_logout",
    "accounts:stay_signed_in",
}


@pytest.fixture(autouse=True)
def no_limits_left():
    cache.clear()


@pytest.fixture
def host(scene):
    colleague = factories.member(scene.establishment, job="éducateur")
    factories.in_team(scene.person, colleague)
    return colleague


@pytest.fixture
def device(client, host, contract):
    factories.sign_in(client, host)
    return lend(client, contract)


def page(name, contract, line=None):
    return reverse(f"contracts:{name}", args=[contract.pk, *([line.pk] if line else [])])


def lend(client, contract):
    there = [str(line.pk) for line in contract.lines.all()]
    answer = client.post(page("room_before", contract), {"present": there, "closed": "on"})
    assert answer.headers["Location"] == page("room", contract)
    return client


def give_back(client, contract, password=factories.PASSWORD):
    return client.post(page("room_give_back", contract), {"password": password})


def text(response):
    return response.content.decode()


def is_locked(client, contract):
    return client.get("/").headers["Location"] == page("room", contract)


# --- What opens, and what does not -------------------------------------------------------------------------


def every_address(key):
    """Every address there is, with this key wherever one stands: the lock decides by its name."""
    for name, _route, pattern in walk_patterns():
        holes = pattern.pattern.converters
        # Not ours, and not by converters: the link that a mail brings to choose a password.
        holes = holes or dict.fromkeys(pattern.pattern.regex.groupindex, None)
        values = {UUIDConverter: key, IntConverter: 1}
        yield name, reverse(name, kwargs={hole: values.get(type(kind), "x") for hole, kind in holes.items()})


def test_nothing_else_opens_in_any_way(device, scene, contract):
    """The whole map, on this very contract and on the person's record, by its address and by what a page asks."""
    walked = 0
    for name, address in [*every_address(contract.pk), *every_address(scene.person.pk)]:
        if name in ALWAYS_OPEN or name == "negotiation:follow":
            continue
        if (
            name.startswith("contracts:room")
            and name != "contracts:room_before"
            and str(contract.pk) in address
        ):
            continue
        walked += 1
        for way in (device.get, device.post):
            answer = way(address)
            assert answer.status_code == 302, f"{name} opens"
            assert answer.headers["Location"] == page("room", contract), name
        asked = device.get(address, headers={"HX-Request": "true"})
        assert asked.status_code == 403, name
        assert LENT in text(asked)
    assert walked > 150
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true"},
        {"Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Avec-Live": "x"},
        {"Accept": "application/json"},
    ],
)
def test_a_part_of_a_page_left_open_elsewhere_is_refused_and_moves_nothing(device, scene, contract, headers):
    line = line_of(contract, "person")
    device.post(page("room_choose", contract, line), CHOICE)
    address = reverse("home:record", args=[scene.person.pk])
    answer = device.get(address, headers=headers)
    assert answer.status_code == 403
    said = answer.json()["erreur"] if "Accept" in headers else text(answer)
    assert said.find(LENT) >= 0
    assert scene.person.family_name not in said
    # What is being chosen meanwhile is still there.
    assert "Des mots intimes" in text(device.get(page("room_confirm", contract, line)))


def test_an_address_typed_leads_to_the_cards_and_they_say_why(device, scene, contract):
    shown = device.get(reverse("home:record", args=[scene.person.pk]), follow=True)
    assert shown.redirect_chain == [(page("room", contract), 302)]
    assert LENT in text(shown)
    assert "C’est à moi" in text(shown)
    # Said once, where it was asked.
    assert LENT not in text(device.get(page("room", contract)))


def test_an_address_that_leads_nowhere_says_nothing_either(device, contract):
    assert device.get("/nulle/part/").headers["Location"] == page("room", contract)


def test_another_contract_s_room_is_closed_too(device, scene, contract):
    newer = issue_contract(scene.plan, starts_on=today(), by=scene.nurse)
    line = line_of(newer, "person")
    for name, of in (("room_before", None), ("room", None), ("room_give_back", None), ("room_choose", line)):
        assert device.get(page(name, newer, of)).headers["Location"] == page("room", contract)
        assert device.post(page(name, newer, of), CHOICE).headers["Location"] == page("room", contract)


def test_the_room_itself_opens(device, contract):
    line = line_of(contract, "person")
    assert device.get(page("room", contract)).status_code == 200
    assert device.get(page("room_choose", contract, line)).status_code == 200
    assert device.post(page("room_choose", contract, line), CHOICE).status_code == 302
    for name in ("room_confirm", "room_attest"):
        assert device.get(page(name, contract, line)).status_code == 200
    assert device.get(page("room_give_back", contract)).status_code == 200


def test_another_tab_of_the_host_is_locked_and_the_page_before_says_so(client, host, scene, contract):
    factories.sign_in(client, host)
    said = text(client.get(page("room_before", contract)))
    assert "L’appareil ne montrera que ce contrat. Votre mot de passe le rend à l’équipe." in said
    assert "Fermez les autres onglets\u00a0: rien ne s’y ouvre plus" in said
    record = reverse("home:record", args=[scene.person.pk])
    assert client.get(record).status_code == 200
    lend(client, contract)
    # A browser keeps no copy of what it read before: the back button asks again.
    assert client.get(record).headers["Location"] == page("room", contract)
    # Another device of the same host is not this one.
    other = Client()
    factories.sign_in(other, host)
    assert other.get(record).status_code == 200


def test_pages_of_a_record_are_not_kept_for_the_back_button(client, host, scene, contract):
    factories.sign_in(client, host)
    for address in (reverse("home:record", args=[scene.person.pk]), page("read", contract)):
        assert client.get(address).headers["Cache-Control"] == "no-store"


# --- Taking it back ----------------------------------------------------------------------------------------


def test_the_host_takes_it_back_with_their_password(device, scene, host, contract):
    cards = text(device.get(page("room", contract)))
    assert page("room_give_back", contract) in cards
    asked = text(device.get(page("room_give_back", contract)))
    assert f"L’appareil revient à {host.name}." in asked
    assert "Quitter Avec" in asked
    answer = give_back(device, contract)
    assert answer.headers["Location"] == page("read", contract)
    assert BACK in text(device.get(page("read", contract)))
    assert device.get(reverse("home:record", args=[scene.person.pk])).status_code == 200
    assert not [key for key in device.session.keys() if key.startswith("contract_room")]  # noqa: SIM118


@pytest.mark.parametrize("wrong", ["", "not-this-one", "the-signatory-s"])
def test_no_other_password_takes_it_back(device, scene, contract, wrong):
    factories.account(scene.resident)
    scene.resident.user.set_password("the-signatory-s")
    scene.resident.user.save()
    answer = give_back(device, contract, wrong)
    assert answer.status_code == 422
    assert "L’appareil n’est pas encore rendu." in text(answer)
    assert is_locked(device, contract)


def test_passwords_are_not_tried_without_end(device, contract):
    statuses = [give_back(device, contract, "not-this-one").status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    # Not even the right one, for a while; leaving is still possible.
    answer = give_back(device, contract)
    assert answer.status_code == 429
    assert "Attendez quelques minutes" in text(answer)
    assert is_locked(device, contract)


def test_a_second_press_gives_back_once_and_says_so(device, contract):
    give_back(device, contract)
    again = device.post(page("room_give_back", contract), {"password": "whatever"})
    assert again.headers["Location"] == page("read", contract)
    assert device.get(page("room_give_back", contract)).headers["Location"] == page("read", contract)
    assert BACK in text(device.get(page("read", contract)))


def test_giving_back_twice_is_quiet_too_once_everybody_signed(device, scene, contract):
    for voice, who in (("person", scene.resident), ("professional", scene.nurse)):
        factories.account(who)
        line = line_of(contract, voice)
        device.post(page("room_choose", contract, line), CHOICE)
        device.post(page("room_confirm", contract, line), {"password": factories.PASSWORD})
    contract.refresh_from_db()
    assert contract.state == "in_force"
    for _press in range(2):
        assert give_back(device, contract).headers["Location"] == page("read", contract)


def shown_a_passkey(client, at):
    session = client.session
    session["account_authentication_methods"] += [
        {"method": "mfa", "type": "webauthn", "reauthenticated": True, "at": at}
    ]
    session.save()


def test_a_passkey_shown_for_it_takes_it_back_and_one_shown_before_does_not(device, contract):
    # For a choice that the host attested a minute ago.
    shown_a_passkey(device, time.time())
    assert device.get(page("room_give_back", contract)).context["proved"] is None
    assert device.post(page("room_give_back", contract)).status_code == 422
    assert is_locked(device, contract)
    device.get(page("room_give_back", contract))
    shown_a_passkey(device, time.time())
    assert "Vous venez de montrer votre clé d’accès." in text(device.get(page("room_give_back", contract)))
    assert device.post(page("room_give_back", contract)).headers["Location"] == page("read", contract)
    assert not is_lent(device)


def is_lent(client):
    return "contract_room" in client.session


def test_a_passkey_shown_for_a_choice_does_not_serve_an_old_page_that_gives_back(device, contract):
    device.get(page("room_give_back", contract))
    # Nobody takes it back: it goes round again, and the host attests a choice.
    device.get(page("room", contract))
    shown_a_passkey(device, time.time())
    assert device.post(page("room_give_back", contract)).status_code == 422
    assert is_lent(device)


def test_what_one_was_choosing_is_gone_before_the_host_holds_it(device, contract):
    line = line_of(contract, "person")
    device.post(page("room_choose", contract, line), CHOICE)
    device.get(page("room_give_back", contract))
    assert "Des mots intimes" not in json.dumps(dict(device.session.items()))


# --- The version, the host or the session changes meanwhile ------------------------------------------------


def test_a_version_taken_back_leaves_only_giving_back(device, scene, contract):
    withdraw_contract(contract, by=scene.nurse)
    cards = text(device.get(page("room", contract)))
    assert "Cette version ne se signe plus. L’équipe reprend l’appareil." in cards
    assert "C’est à moi" not in cards
    assert is_locked(device, contract)
    assert give_back(device, contract).headers["Location"] == page("read", contract)


def test_a_host_who_left_the_team_shows_nothing_more_and_still_takes_it_back(device, scene, host, contract):
    scene.person.team.filter(member=host).update(ends_on=today() - timedelta(days=1))
    assert device.get(page("room", contract)).headers["Location"] == page("room_give_back", contract)
    shown = text(device.get(page("room_give_back", contract)))
    assert scene.person.family_name not in shown
    assert device.get(page("room_choose", contract, line_of(contract, "person"))).status_code == 404
    assert give_back(device, contract).headers["Location"] == "/"
    assert device.get(page("read", contract)).status_code == 404


@pytest.mark.parametrize("change", ["closed", "role", "place"])
def test_a_host_who_is_not_the_host_any_more_ends_the_session(device, scene, host, contract, change):
    if change == "closed":
        host.active_until = timezone.now()
    elif change == "role":
        host.role = Role.DIRECTOR.value
    else:
        # From another device, the same account now works from another place.
        other = factories.member(factories.establishment())
        other.user = host.user
        other.save()
        host.user.current_member = other
        host.user.save()
    host.save()
    answer = device.get(page("room", contract))
    assert answer.headers["Location"] == reverse("account_login")
    assert "_auth_user_id" not in device.session
    assert "La session s’est fermée." in text(device.get(answer.headers["Location"]))


def test_leaving_is_always_possible_and_takes_the_lock_with_it(device, host, scene, contract):
    assert device.get(reverse("account_logout")).status_code == 200
    device.post(reverse("account_logout"))
    assert "_auth_user_id" not in device.session
    assert not is_lent(device)
    assert device.get("/").headers["Location"] == "/connexion/"
    factories.sign_in(device, host)
    assert device.get(reverse("home:record", args=[scene.person.pk])).status_code == 200


def test_staying_and_proving_who_one_is_stay_open_and_lead_nowhere_else(device, scene, contract):
    stay = reverse("accounts:stay_signed_in")
    assert device.get(stay).json()["left"] > 0
    record = reverse("home:record", args=[scene.person.pk])
    answer = device.post(stay, {"next": record}, follow=True)
    assert answer.redirect_chain[-1][0] == page("room", contract)
    proof = device.post(
        reverse("account_reauthenticate") + f"?next={record}", {"password": factories.PASSWORD}, follow=True
    )
    assert proof.redirect_chain[-1][0] == page("room", contract)
    assert is_lent(device)


def late(client):
    session = client.session
    session["avec_opened"] = session["avec_seen"] = time.time() - IDLE - 1
    session.save()


def test_a_session_that_ended_takes_the_lock_with_it(device, contract):
    late(device)
    assert device.get(page("room", contract)).headers["Location"].startswith("/connexion/")
    assert not is_lent(device)


@pytest.mark.parametrize("name", ["room_choose", "room_confirm", "room_attest"])
def test_what_was_typed_in_the_room_never_comes_back_to_the_host(device, host, contract, name):
    """The session ends while somebody types; the host signs in again: the words were not theirs."""
    line = line_of(contract, "person")
    address = page(name, contract, line)
    device.post(page("room_choose", contract, line), CHOICE)
    late(device)
    answer = device.post(address, CHOICE, headers={"referer": f"http://testserver{address}"})
    assert "reprendre" not in answer.headers["Location"]
    assert "Des mots intimes" not in json.dumps(dict(device.session.items()))
    assert "est à écrire de nouveau" in text(device.get(answer.headers["Location"]))
    factories.sign_in(device, host)
    assert "Des mots intimes" not in text(device.get(reverse("accounts:resume"), follow=True))
    assert device.get(address).headers["Location"] == page("room_before", contract)


def test_the_lock_asks_the_database_nothing_more(client, host, contract, django_assert_num_queries):
    factories.sign_in(client, host)
    stay = reverse("accounts:stay_signed_in")
    client.get(stay)
    with CaptureQueriesContext(connection) as free:
        client.get(stay)
    asked = len(free.captured_queries)
    lend(client, contract)
    with django_assert_num_queries(asked):
        client.get(stay)
