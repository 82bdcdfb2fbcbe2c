"""The address of this site, where a sheet or a mail gives it: said by the settings, never guessed from a request."""

from django.conf import settings
from django.urls import reverse


def site_url() -> str:
    """« https://avec.example.org », without its last stroke; empty when nobody said it."""
    return str(settings.AVEC_SITE_URL).rstrip("/")


def verify_url() -> str:
    """The page where anyone who holds a copy may check it; empty when nobody said where the site is."""
    return f"{site_url()}{reverse('contracts:verify')}" if site_url() else ""
