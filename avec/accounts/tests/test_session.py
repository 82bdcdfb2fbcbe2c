"""How long a session lasts, and what becomes of a form sent too late (quality.md R10, R11)."""

import json
import time

import pytest
from django.test import Client
from django.urls import reverse

from avec.accounts import restore
from avec.accounts.access import page_of
from avec.accounts.models import Role
from avec.accounts.rules import IDLE, TOTAL

from .factories import PASSWORD, account, entered, member

pytestmark = pytest.mark.django_db
STAY = "/compte/prolonger/"


@pytest.fixture
def admin(client):
    found = member(role=Role.ADMINISTRATOR.value)
    account(found, "roche@exemple.test")
    entered(client, found)
    client.get("/compte/")
    return found


def shift(client, *, opened=0, seen=0):
    session = client.session
    session["avec_opened"] = time.time() - opened
    session["avec_seen"] = time.time() - seen
    session.save()


def is_in(client):
    return "_auth_user_id" in client.session


def test_reading_pages_does_not_write_the_session_each_time(client, admin, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get("/compte/affichage/")
    assert not [query for query in asked if query["sql"].startswith(("UPDATE", "INSERT"))]


def test_a_sign_of_life_after_five_minutes_renews(client, admin):
    shift(client, opened=400, seen=400)
    client.get("/compte/")
    assert client.session["avec_seen"] > time.time() - 5


def test_thirty_minutes_without_a_sign_of_life_end_it(client, admin):
    shift(client, opened=IDLE + 1, seen=IDLE + 1)
    assert client.get("/compte/").url.startswith("/connexion/")
    assert not is_in(client)


def test_twelve_hours_end_it_whatever_happens(client, admin):
    shift(client, opened=TOTAL + 1, seen=1)
    assert client.get("/compte/").url.startswith("/connexion/")


def test_asking_what_is_left_renews_nothing_and_staying_does(client, admin):
    shift(client, opened=IDLE - 100, seen=IDLE - 100)
    assert 95 <= client.get(STAY).json()["left"] <= 100
    assert 95 <= client.get(STAY).json()["left"] <= 100
    assert client.post(STAY, headers={"accept": "application/json"}).json()["left"] > IDLE - 10


def test_staying_needs_no_script(client, admin):
    assert client.post(STAY, {"next": "/compte/"}).url == "/compte/"
    assert client.post(STAY, {"next": "https://ailleurs.test/"}).url == "/"


def test_it_says_zero_to_whoever_is_not_signed_in(client):
    assert client.get(STAY).json() == {"left": 0}


def test_the_page_carries_the_warning_and_what_is_left(client, admin):
    shown = client.get("/compte/")
    assert "Votre session se ferme dans 2 minutes." in shown.content.decode()
    assert int(shown.headers["Avec-Session"]) > IDLE - 10
    assert "session-end" not in Client().get("/connexion/").content.decode()


# ── A form sent too late ──

FORM = {
    "given_name": "Inès",
    "family_name": "Moreau",
    "job": "infirmière de nuit, le week-end",
    "role": "professional",
    "email": "",
    "unit": "",
}


def send_late(client):
    shift(client, opened=IDLE + 1, seen=IDLE + 1)
    return client.post(
        reverse("accounts:member_add"), FORM, headers={"referer": "http://testserver/compte/membres/ajouter/"}
    )


def sign_in(client, email="roche@exemple.test"):
    return client.post("/connexion/", {"login": email, "password": PASSWORD})


def test_every_field_comes_back_to_its_author(client, admin):
    answer = send_late(client)
    assert "reprendre" in answer.url
    assert "Ce que vous écriviez est gardé" in client.get(answer.url).content.decode()
    sign_in(client)
    page = client.get(reverse("accounts:resume"))
    assert page.status_code == 200
    fields = {field["name"]: field["value"] for field in page.context["fields"]}
    assert fields == FORM
    assert "infirmière de nuit, le week-end</textarea>" in page.content.decode()
    assert f'action="{reverse("accounts:member_add")}"' in page.content.decode()


def test_nobody_else_sees_it_on_the_same_browser(client, admin):
    send_late(client)
    account(member(role=Role.RELATIVE.value), "claire@exemple.test")
    sign_in(client, "claire@exemple.test")
    assert client.get(reverse("accounts:resume")).url == "/"
    assert "Moreau" not in json.dumps(dict(client.session))
    client.logout()
    sign_in(client)
    assert client.get(reverse("accounts:resume")).url == "/"


def test_a_browser_that_nobody_used_keeps_nothing(admin):
    stranger = Client()
    stranger.post(reverse("accounts:member_add"), FORM)
    assert restore.KEPT not in stranger.session
    stranger.cookies[restore.COOKIE] = f"{admin.user.pk}:forged"
    stranger.post(reverse("accounts:member_add"), FORM)
    assert restore.KEPT not in stranger.session


def test_secrets_are_never_kept(rf, admin):
    request = rf.post(
        "/", {"password": "x", "mot_de_passe": "x", "code": "x", "credential": "x", "text": "gardé"}
    )
    request.session = {}
    request.COOKIES[restore.COOKIE] = restore.signer.sign(str(admin.user.pk))
    assert restore.keep(request, "/")
    assert request.session[restore.KEPT]["fields"] == [["text", "gardé"]]


def test_one_may_let_it_go(client, admin):
    send_late(client)
    sign_in(client)
    assert client.post(reverse("accounts:resume")).url == "/compte/membres/ajouter/"
    assert client.get(reverse("accounts:resume")).url == "/"


def test_a_fragment_sends_the_whole_page_to_sign_in(client, admin):
    shift(client, opened=IDLE + 1, seen=IDLE + 1)
    answer = client.get(
        "/compte/membres/",
        headers={"hx-request": "true", "hx-current-url": "http://testserver/compte/membres/?q=a"},
    )
    assert answer.headers["HX-Redirect"] == "/connexion/?next=%2Fcompte%2Fmembres%2F%3Fq%3Da"


# ── Display ──


def test_the_display_is_kept_on_the_account_and_on_every_page(client, admin):
    client.post("/compte/affichage/", {"theme": "dark", "text_size": "larger"})
    admin.user.refresh_from_db()
    assert (admin.user.theme, admin.user.text_size) == ("dark", "larger")
    shown = client.get("/compte/").content.decode()
    assert 'data-theme="dark"' in shown
    assert 'data-size="larger"' in shown


def test_every_choice_is_kept_and_shown(client, admin):
    chosen = {
        "theme": "light",
        "text_size": "large",
        "contrast": "more",
        "spacing": "wide",
        "reading": "easy",
        "speech": "slow",
    }
    answer = client.post("/compte/affichage/", chosen, follow=True)
    shown = answer.content.decode()
    assert "Vos choix sont gardés." in shown
    for attribute in ('data-contrast="more"', 'data-spacing="wide"', 'data-speech="slow"'):
        assert attribute in shown
    assert answer.wsgi_request.display.easy
    assert answer.context["form"].initial == chosen
    admin.user.refresh_from_db()
    assert {name: getattr(admin.user, name) for name in chosen} == chosen
    # The sign-in page of this browser keeps them too.
    nobody = Client()
    nobody.cookies["avec_display"] = client.cookies["avec_display"].value
    assert 'data-contrast="more"' in nobody.get("/connexion/").content.decode()


def test_a_cookie_of_an_earlier_release_is_read():
    client = Client()
    client.cookies["avec_display"] = "dark-larger"
    shown = client.get("/connexion/").content.decode()
    assert 'data-theme="dark"' in shown
    assert "data-contrast" not in shown


def test_before_sign_in_the_display_is_kept_in_the_browser():
    client = Client()
    answer = client.post(
        "/compte/affichage/", {"theme": "light", "text_size": "large", "next": "/connexion/"}
    )
    assert answer.url == "/connexion/"
    assert 'data-size="large"' in client.get("/connexion/").content.decode()
    client.cookies["avec_display"] = "<b>-énorme"
    assert "data-size" not in client.get("/connexion/").content.decode()


def test_a_display_that_does_not_exist_is_refused(client, admin):
    assert client.post("/compte/affichage/", {"theme": "rouge"}).status_code == 200
    admin.user.refresh_from_db()
    assert admin.user.theme == ""


@pytest.mark.parametrize(
    "address", ["/\\evil.example/", "//evil.example/", "http://evil.example/x", "\\\\evil.example"]
)
def test_the_way_back_stays_on_this_site(rf, address):
    request = rf.post("/", headers={"HX-Current-URL": address})
    assert page_of(request) in {"/", "/evil.example/", "/evil.example"}
