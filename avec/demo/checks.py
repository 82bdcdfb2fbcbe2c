"""Where the demonstration may be: with AVEC_DEMO=1, on a development server, among invented people only."""

from django.conf import settings

from avec.accounts.models import Establishment


class DemoRefused(Exception):
    """The demonstration does not go here; the message is one sentence, to be shown as it is."""


def demo_is_on() -> bool:
    """What the settings say. No question to the database."""
    return bool(settings.AVEC_DEMO and settings.DEBUG)


def holds_real_people() -> bool:
    return Establishment.objects.filter(is_demo=False).exists()


def demo_allowed() -> bool:
    """May somebody enter without a password here?"""
    return demo_is_on() and not holds_real_people()


def refuse_real_people() -> None:
    """DemoRefused when this database belongs to a real establishment."""
    if holds_real_people():
        raise DemoRefused(
            "Cette base contient un établissement réel\u00a0: la démonstration ne s’y charge pas. "
            "Enlevez AVEC_DEMO=1, ou choisissez une autre base avec AVEC_DATA ou DATABASE_URL."
        )
