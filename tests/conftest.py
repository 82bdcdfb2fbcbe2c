"""The demonstration, loaded once for the tests of a module, and ways in as its cast."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from avec.demo.cast import CAST


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Loaded in one transaction, undone after the module: each test starts from it."""
    from avec.demo.load import load_demo

    with django_db_blocker.unblock(), transaction.atomic():
        load_demo()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def as_(settings):
    """as_("infirmiere"): a client that came in through the page of the cast; as_(None): nobody."""
    settings.AVEC_DEMO = True
    settings.DEBUG = True

    def enter(slug: str | None) -> Client:
        client = Client()
        if slug is not None:
            assert client.post("/demo/entrer/", {"qui": slug}).status_code == 302
        return client

    return enter


@pytest.fixture(params=[actor.slug for actor in CAST])
def slug(request) -> str:
    return request.param
