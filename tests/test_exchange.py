"""Every person of the demonstration travels by the national standard, and comes back the same."""

import json

import pytest

from avec.demo.load import load_demo
from avec.interop.conformance import check_bundle
from avec.interop.exporting import export_person
from avec.people.models import Person


@pytest.fixture
def loaded(db, settings):
    settings.AVEC_DEMO = settings.DEBUG = True
    load_demo()


def test_every_record_of_the_demonstration_conforms(loaded):
    persons = list(Person.objects.select_related("establishment"))
    assert persons
    for person in persons:
        bundle, _left_out = export_person(person)
        assert check_bundle(bundle).all == [], person.name
        again, _left_out = export_person(person)
        assert json.dumps(again) == json.dumps(bundle)
