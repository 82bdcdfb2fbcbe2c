"""Settings. Every knob is an environment variable, listed in docs/operations.md."""

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool) -> bool:
    """Read a yes/no environment variable: 1/0, true/false, yes/no, on/off."""
    value = os.environ.get(name, "").strip().lower()
    return default if value == "" else value in {"1", "true", "yes", "on", "oui"}


# Where the embedded database, the generated secret and the demo certificate live.
DATA_DIR = Path(os.environ.get("AVEC_DATA", BASE_DIR / "var"))
DATA_DIR.mkdir(parents=True, exist_ok=True)


def secret_key() -> str:
    """The key given by AVEC_SECRET_KEY, or one made once and kept beside the embedded database."""
    if given := os.environ.get("AVEC_SECRET_KEY"):
        return given
    kept = DATA_DIR / "secret-key"
    if not kept.exists():
        try:
            with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(64))
        except FileExistsError:  # another process was quicker
            pass
    return kept.read_text().strip()


AVEC_DEMO = flag("AVEC_DEMO", False)
DEBUG = flag("AVEC_DEBUG", AVEC_DEMO)
SECRET_KEY = secret_key()
# Signs each line of the access journal. Its own key in production, so that the
# web server's secret may be changed without losing the journal's proof.
AVEC_JOURNAL_KEY = os.environ.get("AVEC_JOURNAL_KEY", SECRET_KEY)
ALLOWED_HOSTS = os.environ.get("AVEC_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("AVEC_ORIGINS", "").split(",") if origin]
if AVEC_DEMO and not DEBUG:
    raise ImproperlyConfigured(
        "AVEC_DEMO=1 ne va pas avec AVEC_DEBUG=0 : la démonstration laisse entrer sans mot de passe."
    )

# The establishment's seal: a PKCS#12 file. The demo makes its own certificate authority in DATA_DIR.
AVEC_SEAL_PKCS12 = os.environ.get("AVEC_SEAL_PKCS12", "")
AVEC_SEAL_PASSWORD = os.environ.get("AVEC_SEAL_PASSWORD", "")
# Or a device that keeps the key: its PKCS#11 module, its name, and the name of the key in it.
AVEC_SEAL_PKCS11_MODULE = os.environ.get("AVEC_SEAL_PKCS11_MODULE", "")
AVEC_SEAL_PKCS11_TOKEN = os.environ.get("AVEC_SEAL_PKCS11_TOKEN", "")
AVEC_SEAL_PKCS11_LABEL = os.environ.get("AVEC_SEAL_PKCS11_LABEL", "")
# May this instance make a certificate of its own? A demo or a trial only.
AVEC_SEAL_OWN = DEBUG
# Former certificates (PEM): what they sealed is still recognised as ours.
AVEC_SEAL_FORMER = os.environ.get("AVEC_SEAL_FORMER", "")
# Who says at what time a sealed document existed (RFC 3161), and the authorities believed (PEM).
AVEC_TSA_URL = os.environ.get("AVEC_TSA_URL", "")
AVEC_TSA_USER = os.environ.get("AVEC_TSA_USER", "")
AVEC_TSA_PASSWORD = os.environ.get("AVEC_TSA_PASSWORD", "")
AVEC_TSA_TRUST = os.environ.get("AVEC_TSA_TRUST", "")

# Where this site is: printed on sheets and in mails, so that a copy can be checked. Empty: left out.
AVEC_SITE_URL = os.environ.get("AVEC_SITE_URL", "")

# Who answers for this installation, as the pages for everybody say it. Empty: left out.
AVEC_CONTACT_EMAIL = os.environ.get("AVEC_CONTACT_EMAIL", "")
AVEC_CONTACT_PHONE = os.environ.get("AVEC_CONTACT_PHONE", "")
AVEC_PUBLISHER = os.environ.get("AVEC_PUBLISHER", "")
AVEC_HOSTING = os.environ.get("AVEC_HOSTING", "")
AVEC_DATA_OFFICER = os.environ.get("AVEC_DATA_OFFICER", "")

INSTALLED_APPS = [
    "avec.ui",
    "avec.audit",
    "avec.documents",
    "avec.accounts",
    "avec.people",
    "avec.careplan",
    "avec.negotiation",
    "avec.contracts",
    "avec.clocks",
    "avec.barometer",
    "avec.interop",
    "avec.home",
    "avec.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "avec.ui.middleware.device_limits",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "avec.ui.middleware.plain_pages",
    "avec.accounts.middleware.identify_member",
    "avec.contracts.middleware.keep_to_the_room",
    "avec.documents.middleware.refuse_too_heavy",  # before anything reads the form
    "avec.people.middleware.receive_once",
    "avec.people.middleware.read_easily",
    "avec.home.middleware.navigate",
]

ROOT_URLCONF = "avec.urls"
WSGI_APPLICATION = "avec.wsgi.application"

# Partials outermost, then cached, components, app folders: left to their
# defaults, partials and components hide each other.
TEMPLATE_LOADERS = [
    (
        "template_partials.loader.Loader",
        [
            (
                "django.template.loaders.cached.Loader",
                [
                    "django_cotton.cotton_loader.Loader",
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                ],
            )
        ],
    )
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "avec" / "ui" / "templates"],
        "OPTIONS": {
            "loaders": TEMPLATE_LOADERS,
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "avec.ui.templatetags.avec",
                "avec.accounts.templatetags.vocabulary",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "avec.ui.context_processors.page",
                "avec.accounts.context_processors.session",
                "avec.accounts.context_processors.words",
                "avec.demo.context_processors.demo",
            ],
        },
    }
]
COTTON_DIR = "cotton"

# SQLite embedded by default, settings as measured; PostgreSQL through DATABASE_URL.
try:
    DATABASES = {
        "default": dj_database_url.parse(
            os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'avec.sqlite3'}",
            conn_max_age=60,
            conn_health_checks=True,
        )
    }
except ValueError:
    raise ImproperlyConfigured(
        "DATABASE_URL n’est pas une adresse de base : écrivez postgres://nom:mot-de-passe@serveur:5432/base."
    ) from None
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
            "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=2000; PRAGMA foreign_keys=ON; "
            # INSERT OR REPLACE then wakes the DELETE triggers that refuse it.
            "PRAGMA recursive_triggers=ON;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts the tries of sign-in for all the workers together. Never culled by chance: an
# attacker who tries many addresses must not push out the count of the one they are after.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "avec_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# Signing in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["avec.accounts.backends.MemberBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "avec.accounts.adapter.ClosedAdapter"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Tell the owner when a password or a second factor changes; never write to an address without an account.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A whole establishment may share one address on the network: the limits per account do the work.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "verify_document": "20/m/ip",
    # Wrong codes typed for a card; the key is an imprint of the address, which is not kept.
    "card_typed": "30/m/key",
    # A signatory types their password on a device that somebody else holds.
    "sign_here": "5/300s/key,30/m/user",
}
# How many proxies of ours stand before the server: whose X-Forwarded-For is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("AVEC_PROXIES", "0"))
ACCOUNT_FORMS = {
    "login": "avec.accounts.forms.SignInForm",
    "reset_password": "avec.accounts.forms.AskResetForm",
    "reset_password_from_key": "avec.accounts.forms.ResetForm",
    "change_password": "avec.accounts.forms.ChangeForm",
    "set_password": "avec.accounts.forms.SetForm",
    "reauthenticate": "avec.accounts.forms.ConfirmPasswordForm",
}
MFA_ADAPTER = "avec.accounts.adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "avec.accounts.forms.CodeForm",
    "reauthenticate": "avec.accounts.forms.ConfirmCodeForm",
    "activate_totp": "avec.accounts.forms.ActivateAppForm",
    "add_webauthn": "avec.accounts.forms.AddKeyForm",
    "edit_webauthn": "avec.accounts.forms.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Avec"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
# Idle 30 minutes, renewed by signs of life, 12 hours in all (avec/accounts/rules.py).
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = not DEBUG and flag("AVEC_HTTPS", True)
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "avec.ui.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not DEBUG and flag("AVEC_HTTPS", True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        # What no line below names. Some browsers count the sprite of the pictograms here.
        "default-src": [SELF],
        "child-src": [NONE],
        "frame-src": [NONE],
        "worker-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],  # a recording is listened to before it is sent
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# Language and time. French is the source language of the interface.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("français"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"
LOCALE_PATHS = [BASE_DIR / "avec" / "locale"]

# Files the browser loads: ours only, hashed and compressed in production.
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_HANDLERS = ["avec.documents.uploads.MeasuredUpload"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

EMAIL_BACKEND = os.environ.get(
    "AVEC_EMAIL_BACKEND",
    "django.core.mail.backends.console.EmailBackend"
    if DEBUG
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = os.environ.get("AVEC_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("AVEC_SMTP_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("AVEC_EMAIL_FROM", "avec@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # The address of a card is worth an answer, and a line has an hour.
    "filters": {"no_cards": {"()": "avec.barometer.quiet.NoCards"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["no_cards"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("AVEC_LOG_LEVEL", "WARNING")},
}
