import pytest

from avec.demo.load import load_demo


@pytest.fixture
def demo_on(settings):
    settings.AVEC_DEMO = True
    settings.DEBUG = True


@pytest.fixture
def loaded(db):
    load_demo()
