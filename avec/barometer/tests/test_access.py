"""Who reads a barometer (access.md: T40, T41, T49, T50): lists and single decisions agree, taking away never gives."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from avec.accounts.models import Role
from avec.barometer import urls
from avec.barometer.actions import open_campaign, publish_campaign, settle_campaign
from avec.barometer.actions.decisions import decide
from avec.barometer.answering import answer
from avec.barometer.cards import card_of, give
from avec.barometer.instruments import usual_barometer
from avec.barometer.models import (
    Campaign,
    CampaignState,
    Decision,
    Group,
    GroupKind,
    GroupMember,
    ReviewChoice,
    SideChoice,
)
from avec.barometer.policy import (
    groups_of,
    may_belong,
    may_lead,
    may_read,
    may_read_words,
    readable_campaigns,
)
from avec.barometer.rules import Kind, Side
from avec.barometer.shown.picture import picture_of
from avec.people.tests.factories import sign_in

from . import matter

ROLES = [
    Role.PROFESSIONAL,
    Role.TRAINEE,
    Role.DIRECTOR,
    Role.QUALITY,
    Role.UNIT_MANAGER,
    Role.USERS_REPRESENTATIVE,
    Role.PERSON,
    Role.RELATIVE,
    Role.ADMINISTRATOR,
]
groups = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(list(GroupKind)),
            "elsewhere": st.sampled_from([False, False, True]),
            "archived": st.booleans(),
            "state": st.sampled_from(list(CampaignState)),
            "published": st.booleans(),
        }
    ),
    min_size=1,
    max_size=4,
)
places = st.lists(
    st.fixed_dictionaries(
        {
            "who": st.integers(0, len(ROLES)),  # the last one is of another house
            "group": st.integers(0, 3),
            "leads": st.booleans(),
            "left": st.booleans(),
        }
    ),
    max_size=10,
    unique_by=lambda place: (place["who"], place["group"]),
)


def everything(member) -> set[tuple[str, object]]:
    """All that opens to somebody."""
    found: set[tuple[str, object]] = {("group", one.pk) for one in groups_of(member)}
    for campaign in Campaign.objects.select_related("group__establishment", "barometer"):
        for name, may in (("read", may_read), ("words", may_read_words)):
            if may(member, campaign):
                found.add((name, campaign.pk))
        for name, may_of_group in (("lead", may_lead), ("belong", may_belong)):
            if may_of_group(member, campaign.group):
                found.add((name, campaign.group_id))
    return found


class SameDecision(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(groups, places, st.data())
    def test_lists_and_single_decisions_agree_and_leaving_never_widens(self, groups, places, data):
        here, there = matter.house(), matter.house("340000002")
        everybody = [matter.member(role.value, at=here) for role in ROLES] + [matter.member(at=there)]
        made = []
        for row in groups:
            at, by = (there, everybody[-1]) if row["elsewhere"] else (here, everybody[0])
            group = Group.objects.create(
                establishment=at,
                kind=row["kind"],
                name="Groupe",
                created_by=by,
                archived_at=timezone.now() if row["archived"] else None,
            )
            day = timezone.localdate()
            Campaign.objects.create(
                group=group,
                barometer=usual_barometer(),
                title="Novembre",
                kind=Kind.NAMED if group.is_pair else Kind.ANONYMOUS,
                opens_on=day,
                closes_on=day + timedelta(days=7),
                state=row["state"],
                published_at=timezone.now() if row["published"] else None,
                created_by=by,
            )
            made.append(group)
        for place in places:
            if place["group"] < len(made):
                GroupMember.objects.create(
                    group=made[place["group"]],
                    member=everybody[place["who"]],
                    side=SideChoice.USER,
                    leads=place["leads"],
                    left_at=timezone.now() if place["left"] else None,
                )
        for member in everybody:
            readable = set(readable_campaigns(member))
            assert readable == {one for one in Campaign.objects.all() if may_read(member, one)}
            for campaign in readable:
                assert campaign.state == CampaignState.SETTLED
                assert campaign.group.establishment_id == member.establishment_id
                if campaign.group.is_pair:
                    assert may_belong(member, campaign.group)
            assert {one for one in Group.objects.all() if may_belong(member, one)} <= set(groups_of(member))

        held = list(GroupMember.objects.filter(left_at=None))
        if held:
            gone = data.draw(st.sampled_from(held))
            before = {member.pk: everything(member) for member in everybody}
            gone.left_at = timezone.now()
            gone.save()
            for member in everybody:
                assert everything(member) <= before[member.pk]


pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return matter.member()


@pytest.fixture
def group(leader):
    return matter.group(leader)


def pair_of(nurse, resident):
    """Two persons who said yes, answered and read; with a decision."""
    pair = matter.group(nurse, kind=GroupKind.PAIR.value, name="À deux")
    GroupMember.objects.create(
        group=pair, member=resident, side=SideChoice.USER, leads=True, agreed_at=timezone.now()
    )
    campaign = open_campaign(matter.campaign(pair, kind=Kind.NAMED, users=1, professionals=1), by=nurse)
    for side, who in ((Side.USER, resident), (Side.PROFESSIONAL, nurse)):
        [token] = give(campaign, side, 1, members=[who])
        answer(card_of(token), matter.some_ratings(campaign), comments=[("views", f"Un mot de {who}.")])
    return settle_campaign(campaign, by=nurse)


def decided(campaign, by) -> Decision:
    return decide(
        campaign,
        criteria=["views"],
        words="S’asseoir pour expliquer.",
        user_name="Odette",
        professional_name="Sonia",
        due_on=timezone.localdate() + timedelta(days=30),
        sign="On sait redire.",
        by=by,
    )


def addresses(campaign, decision) -> list[str]:
    """Every address of the room that is about this campaign, its group, its places or its decision."""
    about = {
        "campagnes/<uuid:pk>/": campaign.pk,
        "groupes/<uuid:pk>/": campaign.group_id,
        "groupes/membre/<uuid:pk>/": campaign.group.members.first().pk,
        "decisions/<uuid:pk>/": decision.pk,
    }
    found = []
    for pattern in urls.urlpatterns:
        route = str(pattern.pattern)
        if "<" not in route:
            continue
        key = next((value for start, value in about.items() if route.startswith(start)), None)
        assert key is not None, f"what is {route} about?"
        others = {name: "views" for name in pattern.pattern.converters if name != "pk"}
        found.append(reverse(f"barometer:{pattern.name}", kwargs={"pk": key, **others}))
    return found


def opened(client, who, paths) -> list[str]:
    """Those that do not stay closed to this member, asked for or sent to."""
    sign_in(client, who)
    found = []
    for path in paths:
        for ask in (client.get, client.post):
            status = ask(path).status_code
            if status not in {404, 405}:
                found.append(f"{path}: {status}")
    return found


@pytest.mark.parametrize(
    "role", [Role.DIRECTOR, Role.QUALITY, Role.PROFESSIONAL, Role.USERS_REPRESENTATIVE, Role.ADMINISTRATOR]
)
def test_a_pair_does_not_exist_for_anybody_else(client, leader, role):
    resident = matter.member(Role.PERSON.value, name="Marcillac")
    campaign = pair_of(leader, resident)
    paths = addresses(campaign, decided(campaign, leader))
    assert not opened(client, matter.member(role.value, name="Ailleurs"), paths)
    home = client.get(reverse("barometer:home"))
    assert home.status_code == 404 or "À deux" not in home.content.decode()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.QUALITY, Role.PROFESSIONAL, Role.PERSON])
def test_nothing_of_another_house_opens(client, leader, group, role):
    campaign = publish_campaign(matter.settled(matter.campaign(group), leader), by=leader)
    paths = addresses(campaign, decided(campaign, leader))
    stranger = matter.member(role.value, at=matter.house("340000002"))
    assert not opened(client, stranger, paths)


def test_without_signing_in_nothing_opens(client, leader, group):
    campaign = publish_campaign(matter.settled(matter.campaign(group), leader), by=leader)
    for path in [reverse("barometer:home"), *addresses(campaign, decided(campaign, leader))]:
        response = client.get(path)
        assert response.status_code in {404, 405} or response.headers["Location"].startswith("/connexion/")


def test_before_the_counting_nobody_reads(client, leader, group):
    campaign = open_campaign(matter.campaign(group), by=leader)
    matter.answers(campaign, Side.USER, 6)
    director = matter.member(Role.DIRECTOR.value)
    for who in (leader, director):
        assert not may_read(who, campaign)
        assert campaign not in readable_campaigns(who)


def test_once_published_the_house_reads_figures_and_no_words(client, leader, group):
    campaign = open_campaign(matter.campaign(group), by=leader)
    [token] = give(campaign, Side.USER, 1)
    answer(card_of(token), {"views": 2}, comments=[("views", "On ne me demande rien.")])
    matter.answers(campaign, Side.USER, 6, seed=3)
    matter.answers(campaign, Side.PROFESSIONAL, 6, seed=30)
    campaign = settle_campaign(matter.over(campaign, leader), by=leader)
    campaign.comments.update(review=ReviewChoice.SHOWN)
    spokesperson = matter.member(Role.USERS_REPRESENTATIVE.value)
    assert not may_read(spokesperson, campaign)
    publish_campaign(campaign, by=leader)
    campaign.refresh_from_db()
    assert may_read(spokesperson, campaign)
    assert not may_read_words(spokesperson, campaign)
    paths = addresses(campaign, decided(campaign, leader))
    sign_in(client, spokesperson)
    for path in paths:
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"On ne me demande rien" not in body, path


def test_a_closed_account_opens_nothing(leader, group):
    campaign = matter.settled(matter.campaign(group), leader)
    leader.active_until = timezone.now()
    leader.save()
    assert not may_read(leader, campaign)
    assert not may_lead(leader, group)


def test_a_pair_reads_each_other_s_words_and_hides_none(client, leader):
    resident = matter.member(Role.PERSON.value, name="Dupouy")
    campaign = pair_of(leader, resident)
    comments = picture_of(campaign, words=True).comments
    assert [len(found["views"]) for found in comments.values()] == [1, 1]
    sign_in(client, leader)
    assert client.get(reverse("barometer:comments", args=[campaign.pk])).status_code == 404


def test_who_keeps_the_machine_reads_nothing_even_published(client, leader):
    """T44."""
    done = publish_campaign(matter.settled(matter.campaign(matter.group(leader)), leader), by=leader)
    keeper = matter.member(Role.ADMINISTRATOR.value, name="Roux")
    assert not may_read(keeper, done)
    assert not readable_campaigns(keeper).exists()
