"""Every step of signing in, by HTTP: the pages are allauth's, the words and the limits ours."""

import re
import time

import pytest
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from avec.accounts.access import members
from avec.accounts.models import Role, User

from .factories import PASSWORD, account, entered, member

pytestmark = pytest.mark.django_db
LOGIN = "/connexion/"
SECRET = "JBSWY3DPEHPK3PXP"


def code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def nurse():
    found = member()
    account(found, "sonia@exemple.test")
    return found


@pytest.fixture
def admin_page():
    """A page for members, of this room: closed without a second factor."""
    return reverse("accounts:members")


def sign_in(client, email="sonia@exemple.test", password=PASSWORD, **fields):
    return client.post(LOGIN, {"login": email, "password": password} | fields)


def test_password_managers_and_pasting_work(client):
    shown = client.get(LOGIN).content.decode()
    assert re.search(r"<input[^>]*autocomplete=\"username\"", shown)
    assert re.search(r"<input[^>]*autocomplete=\"current-password\"", shown)
    assert "onpaste" not in shown


def test_nothing_is_inline_on_the_pages_with_a_key(client):
    shown = client.get(LOGIN).content.decode()
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", shown, re.S)
    assert all("src=" in attributes or 'type="application/json"' in attributes for attributes, _ in scripts)
    assert all("nonce=" in attributes for attributes, _ in scripts if "src=" in attributes)
    policy = client.get(LOGIN).headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(client, nurse):
    wrong = sign_in(client, password="pas le bon mot de passe")
    unknown = sign_in(Client(), email="inconnue@exemple.test")
    assert wrong.status_code == unknown.status_code == 200
    clean = lambda answer: re.sub(  # noqa: E731
        r"nonce=\"[^\"]*\"|value=\"[^\"]*\"|CSRFToken\": \"[^\"]*\"", "", answer.content.decode()
    )
    assert clean(wrong) == clean(unknown)
    assert "ne va pas" in wrong.content.decode()


def test_a_reset_says_the_same_for_an_unknown_address_and_writes_to_nobody(client, nurse):
    url = reverse("account_reset_password")
    known, unknown = (
        client.post(url, {"email": "sonia@exemple.test"}),
        client.post(url, {"email": "non@exemple.test"}),
    )
    assert known.url == unknown.url == reverse("account_reset_password_done")
    assert [sent.to for sent in mail.outbox] == [["sonia@exemple.test"]]


def test_a_password_is_chosen_again_by_mail(client, nurse):
    client.post(reverse("account_reset_password"), {"email": "sonia@exemple.test"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    new = "une toute nouvelle phrase"
    answer = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert answer.url == reverse("account_reset_password_from_key_done")
    assert client.get(answer.url).status_code == 200
    sign_in(client, password=new)
    assert client.session["_auth_user_id"] == str(nurse.user.pk)
    assert "Ce lien n’ouvre plus rien" in Client().get(link, follow=True).content.decode()


def test_no_mail_goes_to_a_sign_in_name(client):
    person = member(role=Role.PERSON.value)
    account(person, "odette-0821@les-tilleuls.avec")
    client.post(reverse("account_reset_password"), {"email": "odette-0821@les-tilleuls.avec"})
    assert not mail.outbox


def test_the_sixth_wrong_password_meets_a_page_that_says_how_long(client, nurse):
    for _ in range(5):
        assert sign_in(client, password="pas le bon mot de passe").status_code == 200
    sixth = sign_in(client, password="pas le bon mot de passe")
    assert sixth.status_code == 429
    assert "5 minutes" in sixth.content.decode()
    assert sixth.headers["Retry-After"] == "300"
    # The right one waits too, and another account of the same house does not.
    assert sign_in(client).status_code == 429
    account(member(), "malik@exemple.test")
    assert sign_in(client, email="malik@exemple.test").status_code == 302


def test_an_unknown_address_is_slowed_down_too(client):
    for _ in range(5):
        sign_in(client, email="inconnue@exemple.test")
    assert sign_in(client, email="inconnue@exemple.test").status_code == 429


def test_nobody_signs_up_alone(client):
    answer = client.get(reverse("account_signup"))
    assert "sur invitation" in answer.content.decode()
    client.post(
        reverse("account_signup"), {"email": "moi@exemple.test", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not User.objects.exists()


def test_pages_we_did_not_open_do_not_exist(client, nurse):
    entered(client, nurse)
    for path in ("email/", "signup/", "2fa/", "login/", "confirm-email/"):
        assert client.get(LOGIN + path).status_code == 404


# ── The second factor ──


def test_a_professional_with_a_password_alone_sees_no_page_for_members(client, nurse, admin_page):
    nurse.role = Role.ADMINISTRATOR.value
    nurse.save()
    sign_in(client)
    answer = client.get(admin_page)
    assert answer.url == reverse("accounts:second_factor")
    why = client.get(answer.url).content.decode()
    assert "un deuxième moyen de vous reconnaître est nécessaire" in why
    assert reverse("mfa_add_webauthn") in why
    assert reverse("mfa_activate_totp") in why


def test_relating_an_application_opens_the_pages_at_once(client, nurse, admin_page):
    nurse.role = Role.ADMINISTRATOR.value
    nurse.save()
    sign_in(client)
    form = client.get(reverse("mfa_activate_totp"))
    assert form.status_code == 200  # no second password a minute after the first
    secret = re.search(r"id=\"secret\"[^>]*value=\"([A-Z2-7]+)\"", form.content.decode())[1]
    assert "data:image/svg+xml;base64," in form.content.decode()
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    codes = client.get(answer.url).content.decode()
    assert codes.count("<li>") >= 10
    assert client.get(admin_page).status_code == 200
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 200


def test_at_the_next_sign_in_the_code_is_asked_for(client, nurse, admin_page):
    nurse.role = Role.ADMINISTRATOR.value
    nurse.save()
    TOTP.activate(nurse.user, SECRET)
    answer = sign_in(client)
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert client.get(admin_page).status_code == 302
    assert "_auth_user_id" not in client.session
    assert "ne va pas" in client.post(answer.url, {"code": "000000"}).content.decode()
    client.post(answer.url, {"code": code()})
    assert client.get(admin_page).status_code == 200


def test_a_recovery_code_opens_once(client, nurse):
    TOTP.activate(nurse.user, SECRET)
    recovery = RecoveryCodes.activate(nurse.user).get_unused_codes()[0]
    for expected in (True, False):
        client.logout()
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": recovery})
        assert ("_auth_user_id" in client.session) is expected


def test_wrong_codes_are_counted(client, nurse):
    TOTP.activate(nurse.user, SECRET)
    sign_in(client)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert "_auth_user_id" not in client.session


def test_a_session_opened_before_the_factor_is_asked_for_it(client, nurse, admin_page):
    nurse.role = Role.ADMINISTRATOR.value
    nurse.save()
    entered(client, nurse, factor=False)
    TOTP.activate(nurse.user, SECRET)
    why = client.get(reverse("accounts:second_factor")).content.decode()
    assert reverse("mfa_reauthenticate") in why
    client.post(reverse("mfa_reauthenticate"), {"code": code()})
    assert client.get(admin_page).status_code == 200


def test_the_factor_of_somebody_else_does_not_count(client, nurse, admin_page):
    nurse.role = Role.ADMINISTRATOR.value
    nurse.save()
    entered(client, nurse)
    session = client.session
    session["account_authentication_methods_user"] = str(account(member()).pk)
    session.save()
    assert client.get(admin_page).status_code == 302


def test_a_passkey_is_two_factors_in_one(rf, nurse):
    """allauth records a passkey as « mfa », without a password."""
    from allauth.core import context
    from allauth.mfa.base.internal.flows import post_authentication

    from avec.accounts.middleware import has_second_factor

    request = rf.post("/")
    request.user, request.session = nurse.user, {}
    key = Authenticator.objects.create(user=nurse.user, type="webauthn", data={})
    with context.request_context(request):
        post_authentication(request, key, passwordless=True)
    assert get_authentication_records(request, nurse.user)[0]["method"] == "mfa"
    assert has_second_factor(request)


def test_who_must_have_a_second_factor_keeps_one(client, nurse):
    TOTP.activate(nurse.user, SECRET)
    entered(client, nurse)
    refused = client.post(reverse("mfa_deactivate_totp"))
    assert "Ajoutez-en un autre" in refused.content.decode()
    key = Authenticator.objects.create(user=nurse.user, type="webauthn", data={"name": "Mon téléphone"})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type="totp").exists()
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_a_relative_may_do_without(client):
    relative = member(role=Role.RELATIVE.value)
    account(relative, "claire@exemple.test")
    sign_in(client, email="claire@exemple.test")
    relative.user.refresh_from_db()
    assert client.get("/compte/").context["request"].member == relative


def test_a_sensitive_page_is_confirmed_after_five_minutes(client, nurse):
    entered(client, nurse)
    session = client.session
    for way in session["account_authentication_methods"]:
        way["at"] = time.time() - 301
    session.save()
    answer = client.get(reverse("mfa_add_webauthn"))
    assert answer.url.startswith(reverse("account_reauthenticate"))
    client.post(answer.url, {"password": PASSWORD})
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


PAGES = [
    "account_change_password", "account_reauthenticate", "account_logout", "mfa_index",
    "mfa_add_webauthn", "mfa_list_webauthn", "mfa_generate_recovery_codes", "mfa_view_recovery_codes",
    "mfa_deactivate_totp", "mfa_reauthenticate", "accounts:account", "accounts:display", "accounts:places",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_account_opens_in_our_frame(client, nurse, name):
    TOTP.activate(nurse.user, SECRET)
    RecoveryCodes.activate(nurse.user)
    entered(client, nurse)
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert b'<meta name="application-name" content="Avec"' in answer.content


@pytest.mark.parametrize(
    "name", [name for name in PAGES if name not in {"account_logout", "accounts:display"}]
)
def test_and_none_opens_without_an_account(client, name):
    assert client.get(reverse(name)).url.startswith(LOGIN)


def test_a_key_is_renamed(client, nurse):
    key = Authenticator.objects.create(user=nurse.user, type="webauthn", data={"name": "Clé"})
    entered(client, nurse)
    assert client.get(reverse("mfa_edit_webauthn", args=[key.pk])).status_code == 200
    client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Mon téléphone"})
    assert "Mon téléphone" in client.get(reverse("mfa_list_webauthn")).content.decode()
    assert client.get(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 200


# ── Places ──


def test_an_account_without_a_place_is_told_what_to_do(client):
    user = User.objects.create_user("seule@exemple.test", PASSWORD)
    client.force_login(user)
    assert "demandez une invitation" in client.get(reverse("accounts:second_factor")).content.decode()
    assert client.get(reverse("accounts:account")).status_code == 200


def test_the_only_place_is_taken_without_asking(client, nurse):
    sign_in(client)
    client.get("/compte/")
    assert User.objects.get().current_member == nurse


def test_one_chooses_among_several_places_and_only_ones_own(client, nurse):
    other = member(user=nurse.user)
    stranger = member()
    sign_in(client)
    url = reverse("accounts:places")
    assert client.get(reverse("accounts:second_factor")).url == url
    for wrong in (stranger.pk, "abc", "\x00"):
        assert client.post(url, {"place": wrong}).status_code == 404
    client.post(url, {"place": other.pk})
    assert User.objects.get(pk=nurse.user.pk).current_member == other


def test_signing_in_again_does_not_make_a_loop(client, nurse):
    entered(client, nurse)
    assert client.get(reverse("accounts:second_factor")).url == "/"


def test_members_is_the_decorator_of_pages_with_a_record():
    assert members("professional")(lambda request: None).access == "members: professional"
