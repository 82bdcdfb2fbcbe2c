"""The pages of allauth that we open, one by one: those left out (signing up by e-mail, addresses) do not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from .access import anyone, signed_in
from .signin import ActivateApp, AddKey, RemoveKey

entering = anyone("the way in")

urlpatterns = [
    path("", entering(account.login), name="account_login"),
    path("sortie/", entering(account.logout), name="account_logout"),
    path("inactif/", entering(account.account_inactive), name="account_inactive"),
    path("inscription/", entering(account.signup), name="account_signup"),
    path("confirmer/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("mot-de-passe/", signed_in(account.password_change), name="account_change_password"),
    path("mot-de-passe/choisir/", signed_in(account.password_set), name="account_set_password"),
    path("mot-de-passe/oublie/", entering(account.password_reset), name="account_reset_password"),
    path("mot-de-passe/envoye/", entering(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entering(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/change/",
        entering(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("code/", entering(mfa.authenticate), name="mfa_authenticate"),
    path("code/confirmer/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("moyens/", signed_in(mfa.index), name="mfa_index"),
    path("application/activer/", signed_in(ActivateApp.as_view()), name="mfa_activate_totp"),
    path("application/retirer/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("codes-de-secours/", signed_in(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "codes-de-secours/nouveaux/",
        signed_in(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "codes-de-secours/fichier/",
        signed_in(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("cles/", signed_in(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("cles/ajouter/", signed_in(AddKey.as_view()), name="mfa_add_webauthn"),
    path("cles/entrer/", entering(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("cles/confirmer/", signed_in(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("cles/<int:pk>/nom/", signed_in(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("cles/<int:pk>/retirer/", signed_in(RemoveKey.as_view()), name="mfa_remove_webauthn"),
]
