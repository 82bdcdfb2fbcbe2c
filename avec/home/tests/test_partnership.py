"""What a group's barometer asks of its members: on their day, in their own space, in the menu."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.barometer.actions import open_campaign
from avec.barometer.answering import answer
from avec.barometer.cards import card_of, give
from avec.barometer.models import GroupKind, GroupMember, SideChoice
from avec.barometer.rules import Kind, Side
from avec.barometer.tests import matter
from avec.home.middleware import entries_of
from avec.home.partnership import partnership
from avec.home.rules import Group
from avec.people.models import today
from avec.people.tests.factories import member, sign_in

from .worlds import house

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return house()


@pytest.fixture
def group(home):
    return matter.group(home.nurse)


def asked(who):
    return [(task.kind, task.group) for task in partnership(who, today())]


def joins(group, who, *, side=SideChoice.USER, agreed=True, leads=False):
    return GroupMember.objects.create(
        group=group, member=who, side=side, leads=leads, agreed_at=timezone.now() if agreed else None
    )


def test_who_leads_is_told_to_open_then_to_count(home, group):
    campaign = matter.campaign(group)
    colleague = member(home.odette.establishment)
    joins(group, colleague, side=SideChoice.PROFESSIONAL)
    assert asked(home.nurse) == [("Baromètre à ouvrir", Group.LATE)]
    assert asked(colleague) == []
    opened = open_campaign(campaign, by=home.nurse)
    assert asked(home.nurse) == asked(colleague) == [("Baromètre ouvert", Group.SOON)]
    matter.over(opened, home.nurse)
    assert asked(home.nurse) == [("Baromètre\u00a0: réponses à compter", Group.TODAY)]
    assert asked(colleague) == []


def test_the_day_shows_it_without_any_count(client, home, group):
    opened = open_campaign(matter.campaign(group), by=home.nurse)
    matter.answers(opened, Side.USER, 7)
    sign_in(client, home.nurse)
    before = client.get(reverse("home:day")).content.decode()
    assert group.name in before
    matter.answers(opened, Side.USER, 6, seed=50)
    assert client.get(reverse("home:day")).content.decode().count("répon") == before.count("répon")


def test_a_member_who_left_is_asked_nothing(home, group):
    open_campaign(matter.campaign(group), by=home.nurse)
    place = joins(group, home.odette.member)
    assert asked(home.odette.member)
    place.left_at = timezone.now()
    place.save()
    assert not asked(home.odette.member)


def test_a_pair_asks_for_a_yes_then_for_an_answer_until_it_is_given(home):
    pair = matter.group(home.nurse, kind=GroupKind.PAIR.value, name="Odette et Sonia")
    place = joins(pair, home.odette.member, agreed=False, leads=True)
    assert [kind for kind, _ in asked(home.odette.member)] == [f"{home.nurse.name} vous propose un binôme"]
    place.agreed_at = timezone.now()
    place.save()
    opened = open_campaign(
        matter.campaign(pair, kind=Kind.NAMED, users=1, professionals=1), by=home.odette.member
    )
    [token] = give(opened, Side.USER, 1, members=[home.odette.member])
    assert [kind for kind, _ in asked(home.odette.member)] == ["Baromètre ouvert"]
    answer(card_of(token), {"views": 3})
    assert asked(home.odette.member) == []
    assert [kind for kind, _ in asked(home.nurse)] == ["Baromètre ouvert"]


def test_two_queries_whatever_the_number_of_groups(home):
    counts = []
    for number in (1, 4):
        for _ in range(number):
            matter.campaign(matter.group(home.nurse))
        with CaptureQueriesContext(connection) as queries:
            list(partnership(home.nurse, today()))
        counts.append(len(queries))
    assert counts[0] == counts[1] == 2


@pytest.mark.parametrize(
    ("role", "there"),
    [
        (Role.PROFESSIONAL, True),
        (Role.UNIT_MANAGER, True),
        (Role.DIRECTOR, True),
        (Role.QUALITY, True),
        (Role.USERS_REPRESENTATIVE, True),
        (Role.ADMINISTRATOR, False),
        (Role.RESEARCHER, False),
    ],
)
def test_the_menu_leads_there_for_who_may_have_a_group(home, role, there):
    who = member(home.odette.establishment, role.value)
    url = reverse("barometer:home")
    assert (url in [entry[0] for entry in entries_of(who)]) == there
    joins(matter.group(home.nurse), who)
    assert url in [entry[0] for entry in entries_of(who)]


def test_own_space_speaks_of_it_only_to_who_belongs(client, home, group):
    sign_in(client, home.odette.member)
    url = reverse("barometer:home")
    assert url not in client.get(reverse("home:own")).content.decode()
    joins(group, home.odette.member)
    campaign = matter.campaign(group)
    page = client.get(reverse("home:own")).content.decode()
    assert url in page
    open_campaign(campaign, by=home.nurse)
    assert (
        reverse("barometer:campaign", args=[campaign.pk]) in client.get(reverse("home:own")).content.decode()
    )
    campaign.refresh_from_db()
    assert campaign.closes_on > today() + timedelta(days=1)


@pytest.mark.parametrize(("role", "page"), [(Role.QUALITY, "figures"), (Role.USERS_REPRESENTATIVE, "place")])
def test_who_has_no_day_is_told_on_their_first_page(client, home, group, role, page):
    who = member(home.odette.establishment, role.value)
    joins(group, who)
    campaign = open_campaign(matter.campaign(group), by=home.nurse)
    sign_in(client, who)
    found = client.get(reverse(f"home:{page}")).content.decode()
    assert reverse("barometer:campaign", args=[campaign.pk]) in found
