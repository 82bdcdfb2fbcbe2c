import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.barometer.actions import (
    CampaignRefused,
    GroupRefused,
    add_member,
    agree_to_pair,
    archive_group,
    ask_for_pair,
    decline_pair,
    end_pair,
    let_lead,
    open_campaign,
    own_card,
    remove_member,
    settle_campaign,
    start_group,
)
from avec.barometer.answering import answer
from avec.barometer.cards import card_of
from avec.barometer.models import Campaign, Group, GroupKind, GroupMember, SideChoice
from avec.barometer.policy import groups_of, known_to, readable_campaigns
from avec.barometer.rules import Kind
from avec.people.tests.factories import account, in_team, person, relative, sign_in

from . import matter

pytestmark = pytest.mark.django_db


def page(client, who, name, *args, query=""):
    response = sign_in(client, who).get(reverse(f"barometer:{name}", args=args) + query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def said(html):
    html = re.sub(r"<[^>]+>", " ", html[html.index("<main") :])
    return re.sub(r"[\s\xa0]+", " ", html).replace("&#x27;", "’")


@pytest.fixture
def sonia():
    return matter.member()


@pytest.fixture
def group(sonia):
    return matter.group(sonia)


@pytest.fixture
def two(sonia):
    """Somebody who accompanies, and somebody they accompany, both with an account."""
    odette = person(sonia.establishment)
    in_team(odette, sonia)
    account(sonia)
    account(odette.member)
    return sonia, odette.member


@pytest.fixture
def pair(two):
    sonia, odette = two
    made = ask_for_pair(odette, by=sonia)
    agree_to_pair(made, by=odette)
    return made


# Groups


def test_a_group_is_started_in_one_form(client, sonia):
    response = sign_in(client, sonia).post(
        reverse("barometer:new_group"), {"name": "Repas et sorties", "kind": "working_group", "once": "1"}
    )
    made = Group.objects.get()
    assert response.headers["Location"] == reverse("barometer:group", args=[made.pk])
    assert made.members.get().leads
    assert Entry.objects.filter(verb="group.started").exists()


def test_a_second_press_makes_no_second_group(client, sonia):
    enter = sign_in(client, sonia)
    for _ in range(2):
        enter.post(reverse("barometer:new_group"), {"name": "Repas", "kind": "ward", "once": "same"})
    assert Group.objects.count() == 1


def test_a_form_without_a_name_keeps_what_was_typed(client, sonia):
    response = sign_in(client, sonia).post(
        reverse("barometer:new_group"), {"kind": "ward", "about": "Les repas du soir"}
    )
    assert response.status_code == 422
    assert "Les repas du soir" in response.content.decode()
    assert "Écrivez le nom du groupe." in response.content.decode()


@pytest.mark.parametrize(
    "role", [Role.PERSON, Role.RELATIVE, Role.TRAINEE, Role.RESEARCHER, Role.ADMINISTRATOR]
)
def test_who_does_not_start_groups_finds_no_form(client, role):
    who = matter.member(role.value)
    assert sign_in(client, who).get(reverse("barometer:new_group")).status_code == 404


def test_a_pair_is_never_started_as_a_group(client, sonia):
    enter = sign_in(client, sonia)
    response = enter.post(reverse("barometer:new_group"), {"name": "Nous", "kind": GroupKind.PAIR.value})
    assert response.status_code == 422
    assert not Group.objects.exists()


def test_a_colleague_of_no_group_does_not_open_it(client, group):
    other = matter.member(name="Autre")
    assert sign_in(client, other).get(reverse("barometer:group", args=[group.pk])).status_code == 404


def test_the_direction_opens_it_and_changes_nothing(client, group):
    direction = matter.member(Role.DIRECTOR.value, name="Faure")
    assert "Préparer une campagne" not in page(client, direction, "group", group.pk)
    for name in ("edit_group", "add_member", "archive_group", "new_campaign"):
        response = sign_in(client, direction).get(reverse(f"barometer:{name}", args=[group.pk]))
        assert response.status_code in {403, 404}, name


def test_another_house_never_opens_it(client, group):
    elsewhere = matter.member(Role.QUALITY.value, at=matter.house("340000099"))
    assert sign_in(client, elsewhere).get(reverse("barometer:group", args=[group.pk])).status_code == 404


def test_somebody_is_found_by_name_and_added_on_the_side_that_is_said(client, sonia, group):
    claire = matter.member(Role.UNIT_MANAGER.value, name="Vidal")
    html = page(client, sonia, "add_member", group.pk, query="?q=vidal")
    assert "Vidal" in said(html)
    enter = sign_in(client, sonia)
    address = reverse("barometer:add_member", args=[group.pk])
    enter.post(address, {"member": claire.pk, "side": "user", "once": "a"})
    assert group.members.get(member=claire).side == SideChoice.USER.value
    again = enter.post(address, {"member": claire.pk, "side": "user", "once": "b"})
    assert again.status_code == 422
    assert "déjà dans ce groupe" in again.content.decode()


def test_nobody_lists_the_persons_of_the_house(client, sonia, group):
    odette = person(sonia.establishment).member
    assert odette.family_name not in page(client, sonia, "add_member", group.pk)
    assert odette.family_name not in page(client, sonia, "add_member", group.pk, query="?q=Odette")
    assert odette.family_name in page(
        client, sonia, "add_member", group.pk, query=f"?q=odette {odette.family_name.lower()}"
    )


def test_whom_one_accompanies_is_found_by_any_part_of_the_name(client, group, two):
    sonia, odette = two
    assert odette.family_name in page(client, sonia, "add_member", group.pk, query="?q=odet")


def test_leaving_twice_is_no_dead_end(client, sonia, group):
    other = matter.member(name="Vidal")
    place = add_member(group, other, side="professional", by=sonia)
    for _ in range(2):
        response = sign_in(client, other).post(reverse("barometer:remove_member", args=[place.pk]))
        assert response.headers["Location"] == reverse("barometer:home")


def test_somebody_of_another_house_is_not_added(client, sonia, group):
    other = matter.member(name="Loin", at=matter.house("340000099"))
    address = reverse("barometer:add_member", args=[group.pk])
    response = sign_in(client, sonia).post(address, {"member": other.pk, "side": "user"})
    assert response.status_code == 404
    assert group.members.count() == 1


def test_whoever_is_in_it_leaves_by_themselves(client, sonia, group):
    other = matter.member(name="Vidal")
    place = add_member(group, other, side="professional", by=sonia)
    response = sign_in(client, other).post(reverse("barometer:remove_member", args=[place.pk]))
    assert response.headers["Location"] == reverse("barometer:home")
    place.refresh_from_db()
    assert place.left_at is not None


def test_a_member_does_not_take_another_out(client, sonia, group):
    one, other = matter.member(name="Un"), matter.member(name="Deux")
    add_member(group, one, side="user", by=sonia)
    place = add_member(group, other, side="user", by=sonia)
    response = sign_in(client, one).post(reverse("barometer:remove_member", args=[place.pk]))
    assert response.status_code in {403, 404}
    place.refresh_from_db()
    assert place.left_at is None


def test_somebody_always_leads(sonia, group):
    mine = group.members.get()
    with pytest.raises(GroupRefused):
        remove_member(mine, by=sonia)
    with pytest.raises(GroupRefused):
        let_lead(mine, False, by=sonia)
    other = add_member(group, matter.member(name="Vidal"), side="user", by=sonia)
    let_lead(other, True, by=sonia)
    remove_member(mine, by=sonia)
    assert group.members.filter(left_at=None, leads=True).get() == other


def test_a_group_with_an_open_campaign_is_not_put_away(sonia, group):
    campaign = matter.campaign(group)
    open_campaign(campaign, by=sonia)
    with pytest.raises(GroupRefused):
        archive_group(group, by=sonia)


def test_a_group_that_is_put_away_prepares_nothing_more(client, sonia, group):
    matter.campaign(group)
    archive_group(group, by=sonia)
    assert not Campaign.objects.exists()
    group.refresh_from_db()
    assert "rangé" in said(page(client, sonia, "group", group.pk))
    assert sign_in(client, sonia).get(reverse("barometer:new_campaign", args=[group.pk])).status_code in {
        403,
        404,
    }


# The page that gathers them


def test_home_asks_as_much_for_one_group_as_for_ten(client, sonia):
    enter = sign_in(client, sonia)
    address = reverse("barometer:home")
    matter.campaign(matter.group(sonia))
    enter.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        enter.get(address)
    for n in range(9):
        made = matter.group(sonia, name=f"Groupe {n}")
        add_member(made, matter.member(name=f"Membre {n}"), side="user", by=sonia)
        matter.campaign(made)
    with CaptureQueriesContext(connection) as ten:
        assert enter.get(address).status_code == 200
    assert len(ten) == len(one)


def test_a_group_page_asks_as_much_for_one_member_as_for_ten(client, sonia, group):
    enter = sign_in(client, sonia)
    address = reverse("barometer:group", args=[group.pk])
    enter.get(address)
    with CaptureQueriesContext(connection) as one:
        enter.get(address)
    for n in range(9):
        add_member(group, matter.member(name=f"Membre {n}"), side="user", by=sonia)
    with CaptureQueriesContext(connection) as ten:
        enter.get(address)
    assert len(ten) == len(one)


def test_an_empty_home_says_what_to_do_next(client, sonia):
    words = said(page(client, sonia, "home"))
    assert "Vous n’êtes encore dans aucun groupe." in words
    assert "Créer un groupe" in words


def test_home_is_searched_when_there_are_many(client, sonia):
    for n in range(9):
        matter.group(sonia, name=f"Groupe {n}")
    words = said(page(client, sonia, "home", query="?q=Groupe 7"))
    assert "Groupe 7" in words
    assert "Groupe 6" not in words
    assert "Aucun groupe ne s’appelle" in said(page(client, sonia, "home", query="?q=xyz"))


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_everybody_has_a_home(client, role):
    assert "Notre partenariat" in page(client, matter.member(role), "home")


# Pairs


def test_a_pair_is_proposed_read_and_agreed(client, two):
    sonia, odette = two
    enter = sign_in(client, sonia)
    words = said(page(client, sonia, "new_pair", query=f"?avec={odette.pk}"))
    assert "Personne d’autre ne le lit" in words
    enter.post(reverse("barometer:new_pair"), {"to": odette.pk, "once": "1"})
    made = Group.objects.get()
    assert not GroupMember.objects.filter(leads=True).exists()
    # Until she says yes, nothing is prepared.
    assert enter.get(reverse("barometer:new_campaign", args=[made.pk])).status_code in {403, 404}
    words = said(page(client, odette, "home"))
    assert f"{sonia.name} me propose un binôme" in words
    assert "Je peux dire oui ou non." in words
    sign_in(client, odette).post(reverse("barometer:agree_pair", args=[made.pk]))
    assert made.members.filter(leads=True, agreed_at__isnull=False).count() == 2


def test_the_person_proposes_as_well(client, two):
    sonia, odette = two
    assert sonia.name in said(page(client, odette, "new_pair"))
    sign_in(client, odette).post(reverse("barometer:new_pair"), {"to": sonia.pk})
    made = Group.objects.get()
    sign_in(client, sonia).post(reverse("barometer:agree_pair", args=[made.pk]))
    assert made.members.filter(leads=True).count() == 2
    sides = {place.member: place.side for place in made.members.all()}
    assert sides == {sonia: "professional", odette: "user"}


def test_one_asks_only_people_one_knows(client, two):
    sonia, odette = two
    stranger = person(sonia.establishment).member
    account(stranger)
    assert odette in known_to(sonia)
    assert stranger not in known_to(sonia)
    assert sign_in(client, sonia).post(reverse("barometer:new_pair"), {"to": stranger.pk}).status_code == 404
    assert not known_to(matter.member(Role.DIRECTOR.value)).exists()


def test_a_relative_who_speaks_for_the_person_makes_a_pair_too(two):
    sonia, odette = two
    claire = relative(odette.person).member
    account(claire)
    assert claire in known_to(sonia)
    assert sonia in known_to(claire)
    # Being family without a mandate opens nothing.
    paul = relative(odette.person, None).member
    account(paul)
    assert paul not in known_to(sonia)
    assert not known_to(paul).exists()


def test_a_no_is_not_asked_again_by_the_same_person(client, two):
    sonia, odette = two
    made = ask_for_pair(odette, by=sonia)
    response = sign_in(client, odette).post(reverse("barometer:decline_pair", args=[made.pk]))
    assert response.headers["Location"] == reverse("barometer:home")
    with pytest.raises(GroupRefused, match="a dit non"):
        ask_for_pair(odette, by=sonia)
    # A second press finds nothing left to say.
    assert client.post(reverse("barometer:decline_pair", args=[made.pk])).status_code == 302
    assert sonia.name not in said(page(client, odette, "home"))
    # The way stays open from her side.
    agree_to_pair(ask_for_pair(sonia, by=odette), by=sonia)


def test_two_requests_make_one_pair(two):
    sonia, odette = two
    ask_for_pair(odette, by=sonia)
    with pytest.raises(GroupRefused):
        ask_for_pair(sonia, by=odette)


def test_whoever_asked_takes_the_question_back(client, two):
    sonia, odette = two
    made = ask_for_pair(odette, by=sonia)
    decline_pair(made, by=sonia)
    assert "propose un binôme" not in said(page(client, odette, "home"))
    ask_for_pair(odette, by=sonia)


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.QUALITY, Role.PROFESSIONAL, Role.ADMINISTRATOR])
def test_nobody_else_sees_a_pair_at_all(client, pair, two, role):
    campaign = matter.campaign(pair, kind=Kind.NAMED, users=1, professionals=1)
    open_campaign(campaign, by=two[0])
    other = matter.member(role.value, name="Autre")
    assert not groups_of(other).exists()
    enter = sign_in(client, other)
    for name, key in (
        ("group", pair.pk),
        ("end_pair", pair.pk),
        ("campaign", campaign.pk),
        ("settle_campaign", campaign.pk),
    ):
        assert enter.get(reverse(f"barometer:{name}", args=[key])).status_code == 404, name
    for name, key in (("agree_pair", pair.pk), ("decline_pair", pair.pk), ("answer_pair", campaign.pk)):
        assert enter.post(reverse(f"barometer:{name}", args=[key])).status_code == 404, name
    assert pair.name not in page(client, other, "home")


def answered(campaign, who):
    card = card_of(own_card(campaign, by=who))
    answer(card, matter.some_ratings(campaign))


def test_from_the_yes_of_both_to_the_reading_of_both(client, pair, two):
    sonia, odette = two
    campaign = open_campaign(matter.campaign(pair, kind=Kind.NAMED, users=1, professionals=1), by=odette)
    answered(campaign, odette)
    words = said(page(client, odette, "campaign", campaign.pk))
    assert "J’ai répondu." in words
    refused = sign_in(client, odette).post(reverse("barometer:settle_campaign", args=[campaign.pk]))
    assert refused.status_code == 422
    assert "pas encore là" in refused.content.decode()
    answered(campaign, sonia)
    sign_in(client, odette).post(reverse("barometer:settle_campaign", args=[campaign.pk]))
    for one in two:
        assert campaign in readable_campaigns(one)
    assert not readable_campaigns(matter.member(Role.DIRECTOR.value)).exists()


def test_one_card_each_and_one_answer_each(pair, two):
    _, odette = two
    campaign = open_campaign(matter.campaign(pair, kind=Kind.NAMED, users=1, professionals=1), by=odette)
    first = own_card(campaign, by=odette)
    second = own_card(campaign, by=odette)
    # The first no longer opens anything: a card in use is one.
    assert card_of(first) is None
    answer(card_of(second), matter.some_ratings(campaign))
    with pytest.raises(CampaignRefused):
        own_card(campaign, by=odette)


def test_one_press_leads_to_ones_own_card(client, pair, two):
    _, odette = two
    campaign = open_campaign(matter.campaign(pair, kind=Kind.NAMED, users=1, professionals=1), by=odette)
    enter = sign_in(client, odette)
    assert "Répondre" in said(page(client, odette, "campaign", campaign.pk))
    address = enter.post(reverse("barometer:answer_pair", args=[campaign.pk])).headers["Location"]
    card = card_of(address.rstrip("/").rsplit("/", 1)[1])
    assert (card.campaign, card.member, card.side) == (campaign, odette, "user")


def test_one_answer_is_not_read_without_the_other(pair, two):
    sonia, odette = two
    campaign = open_campaign(matter.campaign(pair, kind=Kind.NAMED, users=1, professionals=1), by=odette)
    answered(campaign, odette)
    matter.over(campaign, odette)
    with pytest.raises(CampaignRefused, match="Une des deux réponses manque"):
        settle_campaign(campaign, by=sonia)


def test_either_ends_it_and_what_was_not_opened_is_erased(client, pair, two):
    sonia, odette = two
    campaign = open_campaign(matter.campaign(pair, kind=Kind.NAMED, users=1, professionals=1), by=odette)
    answered(campaign, odette)
    sign_in(client, sonia).post(reverse("barometer:end_pair", args=[pair.pk]))
    assert not campaign.self_ratings.exists()
    pair.refresh_from_db()
    assert "Ce binôme est terminé." in said(page(client, odette, "group", pair.pk))
    assert sign_in(client, odette).get(reverse("barometer:new_campaign", args=[pair.pk])).status_code in {
        403,
        404,
    }


def test_ending_twice_is_ending_once(pair, two):
    end_pair(pair, by=two[0])
    end_pair(pair, by=two[1])
    assert Entry.objects.filter(verb="pair.ended").count() == 1


def test_starting_needs_a_right_even_without_a_page():
    with pytest.raises(PermissionDenied):
        start_group(name="x", kind="ward", by=matter.member(Role.PERSON.value))
