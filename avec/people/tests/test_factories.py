import pytest

from avec.people.policy import may_read, may_speak
from avec.people.tests.factories import establishment, in_team, member, person, relative

pytestmark = pytest.mark.django_db


def test_the_team_the_person_and_a_mandated_relative_open_the_record():
    house = establishment()
    nurse, other = member(house), member(house)
    odette = person(house)
    in_team(odette, nurse)
    assert may_read(nurse, odette)
    assert not may_read(other, odette)
    assert may_read(odette.member, odette)
    assert may_speak(relative(odette).member, odette)
    assert not may_read(relative(odette, kind=None).member, odette)
