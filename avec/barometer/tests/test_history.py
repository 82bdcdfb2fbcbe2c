"""A group from one campaign to the next, and groups side by side."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.barometer.actions import publish_campaign
from avec.barometer.instruments import add_barometer, shipped
from avec.barometer.models import Campaign, JointRating, JointSession
from avec.barometer.rules import Joint
from avec.barometer.shown.comparing import candidates, compared, pictures
from avec.barometer.shown.history import history_of, joint_words
from avec.people.tests.factories import sign_in

from . import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return matter.member()


@pytest.fixture
def group(leader):
    return matter.group(leader)


def round_of(group, leader, *, back=0, joint=None, **counts):
    """A settled campaign, so many days ago; `joint`: by criterion, a level or both values."""
    done = matter.settled(matter.campaign(group, title=f"Il y a {back} jours"), leader, **counts)
    moved = timezone.localdate() - timedelta(days=back)
    Campaign.objects.filter(pk=done.pk).update(
        settled_at=timezone.now() - timedelta(days=back), opens_on=moved, closes_on=moved
    )
    session = JointSession.objects.create(campaign=done, opened_by=leader)
    for criterion, value in (joint or {}).items():
        both = isinstance(value, tuple)
        JointRating.objects.create(
            session=session,
            criterion=criterion,
            agreed=not both,
            level=None if both else value,
            user_level=value[0] if both else None,
            professional_level=value[1] if both else None,
            confirmed_at=timezone.now(),
        )
    done.refresh_from_db()
    return done


def test_what_moved_is_said_from_the_first_to_the_last(group, leader):
    round_of(group, leader, back=800, joint={"views": 1, "information": 3, "goals": 2, "roles": 0})
    round_of(group, leader, back=400, joint={"views": 0, "information": 3})
    round_of(group, leader, joint={"views": 3, "information": 2, "goals": 2, "roles": (0, 4)})
    found = history_of(group, leader)
    year = timezone.localdate() - timedelta(days=800)
    assert found.title == "Trois campagnes, la note commune"
    assert found.sentence.startswith(f"Depuis {year.year}, 1 critère monte, 1 descend.")
    assert "8 critères n’ont pas de note commune" in found.sentence


def test_a_disagreement_is_two_values_and_cuts_the_line(group, leader):
    for back, value in ((1200, 1), (800, 2), (400, (0, 3)), (0, 3)):
        round_of(group, leader, back=back, joint={"views": value})
    line = next(one for one in history_of(group, leader).lines if one.criterion.code == "views")
    assert [mark.value for mark in line.marks] == ["1", "2", "0 / 3", "3"]
    assert len(line.paths) == 1  # the third stands apart, the fourth has nobody beside it
    assert [shape for shape, _ in line.marks[2].shapes] == [
        "gap__drop",
        "mk mk--person",
        "mk mk--professional",
    ]


@pytest.mark.parametrize(
    ("joint", "value"),
    [(None, "–"), (Joint(), "–"), (Joint(0), "0"), (Joint(user_level=1, professional_level=4), "1 / 4")],
)
def test_what_was_said_together_in_short(joint, value):
    assert joint_words(joint)[0] == value


def test_another_version_is_named_and_not_compared(group, leader):
    old = round_of(group, leader, back=800)
    other = add_barometer({**shipped()[0], "version": "2030.1"})
    newer = matter.campaign(group)
    newer.barometer = other
    newer.save()
    matter.settled(newer, leader)
    found = history_of(group, leader)
    assert [one.pk for one in found.others] == [old.pk]
    assert not found.lines


def test_history_shows_each_reader_what_they_may_read(client, group, leader):
    round_of(group, leader, back=400, joint={"views": 1})
    last = round_of(group, leader, joint={"views": 2})
    publish_campaign(last, by=leader)
    colleague = matter.member(name="Autre")
    assert len(history_of(group, leader).pictures) == 2
    assert len(history_of(group, colleague).pictures) == 1
    address = reverse("barometer:history", args=[group.pk])
    assert "Deux campagnes, la note commune" in sign_in(client, leader).get(address).content.decode()
    assert sign_in(client, colleague).get(address).status_code == 404


def test_a_side_of_four_is_said_too_few(client, group, leader):
    round_of(group, leader, back=400)
    round_of(group, leader, users=4)
    page = sign_in(client, leader).get(reverse("barometer:history", args=[group.pk])).content.decode()
    assert page.count("trop peu de réponses") == 11


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_as_many_queries_for_two_campaigns_as_for_five(client, group, leader):
    for back in (900, 800):
        round_of(group, leader, back=back, joint={"views": 1})
    address = reverse("barometer:history", args=[group.pk])
    inside = sign_in(client, leader)
    inside.get(address)
    few = queries(inside, address)
    for back in (700, 600, 500):
        round_of(group, leader, back=back, joint={"views": 2})
    assert queries(inside, address) == few


def test_groups_side_by_side_each_with_its_last_campaign(client, leader):
    director = matter.member(Role.DIRECTOR.value, name="Direction")
    first, second = matter.group(leader, name="Repas"), matter.group(leader, name="Soins")
    pair = matter.group(leader, name="Binôme", kind="pair")
    round_of(first, leader, back=400, joint={"views": 1})
    round_of(first, leader, joint={"views": 3})
    done = round_of(second, leader, users=4, joint={"views": (1, 4)})
    found = candidates(director, done.barometer)
    assert [one.name for one in found] == ["Repas", "Soins"]
    assert pair.name not in {one.name for one in found}
    row = compared(pictures(found))[0]
    assert [cell.value for cell in row.cells] == ["3", "1 / 4"]
    assert [cell.user.n for cell in row.cells] == [6, 0]
    page = sign_in(client, director).get(reverse("barometer:compare")).content.decode()
    assert "pas un classement" in page
    assert page.count("trop peu de réponses") == 11


def test_a_comparison_holds_only_what_one_may_read(client, leader):
    group = matter.group(leader)
    done = round_of(group, leader)
    colleague = matter.member(name="Autre")
    address = reverse("barometer:compare")
    assert "Aucun groupe" in sign_in(client, colleague).get(address).content.decode()
    asked = {"groupe": str(group.pk), "version": str(done.barometer_id)}
    assert group.name not in sign_in(client, colleague).get(address, asked).content.decode()
    assert group.name in sign_in(client, leader).get(address, asked).content.decode()
    relative = matter.member(Role.RELATIVE.value, name="Proche")
    assert sign_in(client, relative).get(address).status_code == 404


def test_as_many_queries_for_one_group_as_for_four(client, leader):
    inside = sign_in(client, leader)
    address = reverse("barometer:compare")
    round_of(matter.group(leader, name="Un"), leader)
    inside.get(address)
    one = queries(inside, address)
    for name in ("Deux", "Trois", "Quatre", "Cinq"):
        round_of(matter.group(leader, name=name), leader)
    assert queries(inside, address) == one
    assert "Page 1 sur 2" in inside.get(address).content.decode().replace("\xa0", " ")
