import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.barometer.actions import (
    CampaignRefused,
    add_member,
    cancel_campaign,
    close_campaign,
    open_campaign,
    prepare_campaign,
    widen_campaign,
)
from avec.barometer.forms.campaigns import CampaignForm
from avec.barometer.instruments import usual_barometer
from avec.barometer.models import Campaign, CampaignState, GroupKind
from avec.barometer.rules import Kind, Side
from avec.people.models import Draft
from avec.people.tests.factories import sign_in

from . import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def sonia():
    return matter.member()


@pytest.fixture
def group(sonia):
    return matter.group(sonia)


@pytest.fixture
def campaign(group):
    return matter.campaign(group)


def url(name, of):
    return reverse(f"barometer:{name}", args=[of.pk])


def said(response):
    html = response.content.decode()
    html = re.sub(r"<[^>]+>", " ", html[html.index("<main") :])
    return re.sub(r"[\s\xa0]+", " ", html).replace("&#x27;", "’")


def filled(**fields):
    day = timezone.localdate()
    return {
        "barometer": usual_barometer().pk,
        "title": "Novembre 2026",
        "opens_on": day.isoformat(),
        "closes_on": (day + timedelta(days=14)).isoformat(),
        "asked_users": "20",
        "asked_professionals": "15",
        "kind": "anonymous",
    } | fields


# Preparing


def test_a_campaign_is_prepared_then_opened(client, sonia, group):
    enter = sign_in(client, sonia)
    enter.post(url("new_campaign", group), filled(once="1"))
    made = Campaign.objects.get()
    assert (made.state, made.kind, made.asked_users) == ("draft", "anonymous", 20)
    words = said(enter.get(url("campaign", made)))
    assert "Ouvrez la campagne." in words
    asked = said(enter.get(url("open_campaign", made)))
    assert "la protection ne change plus : « anonyme »" in asked
    made.refresh_from_db()
    assert made.state == CampaignState.DRAFT
    enter.post(url("open_campaign", made), {"once": "2"})
    made.refresh_from_db()
    assert made.state == CampaignState.OPEN


def test_the_form_opens_with_a_name_and_dates(client, sonia, group):
    html = sign_in(client, sonia).get(url("new_campaign", group)).content.decode()
    assert str(timezone.localdate().year) in html
    assert timezone.localdate().isoformat() in html


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": ""}, "Choisissez comment les réponses sont protégées."),
        ({"kind": "named"}, "c’est pour un binôme"),
        ({"kind": "secret"}, "Choisissez une des trois protections."),
        ({"asked_users": "0"}, "Il faut au moins une personne de chaque côté."),
        ({"asked_users": "beaucoup"}, "Écrivez un nombre"),
        ({"asked_professionals": "999999"}, "Écrivez un nombre plus petit."),
        ({"opens_on": "2099-01-02", "closes_on": "2099-01-01"}, "Le dernier jour est avant le premier"),
        ({"closes_on": "2001-01-01"}, "Ce jour est passé"),
        ({"title": ""}, "Donnez un nom"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, sonia, group, wrong, words):
    response = sign_in(client, sonia).post(url("new_campaign", group), filled(**wrong))
    assert response.status_code == 422
    assert words in said(response)
    if "title" not in wrong:
        assert "Novembre 2026" in response.content.decode()
    assert not Campaign.objects.exists()


def test_a_pair_cannot_be_anonymous_and_the_form_says_so(client, sonia):
    pair = matter.group(sonia, kind=GroupKind.PAIR.value)
    add = pair.members.create(
        member=matter.member(Role.PERSON.value), side="user", leads=True, agreed_at=timezone.now()
    )
    words = said(sign_in(client, add.member).get(url("new_campaign", pair)))
    assert "À deux, l’anonymat est impossible" in words
    response = client.post(url("new_campaign", pair), filled(kind="anonymous"))
    assert response.status_code == 422
    client.post(url("new_campaign", pair), filled(kind="named", asked_users="40", once="2"))
    made = Campaign.objects.get()
    assert (made.kind, made.asked_users, made.asked_professionals) == ("named", 1, 1)


def test_words_being_written_are_kept(client, sonia, group):
    enter = sign_in(client, sonia)
    key = f"campaign_new:{group.pk}"
    enter.post(reverse("people:draft"), filled(title="Après l’été", draft_key=key))
    assert "Après l’été" in enter.get(url("new_campaign", group)).content.decode()
    enter.post(url("new_campaign", group), filled(once="1"))
    assert not Draft.objects.filter(key=key).exists()


def test_a_group_measures_one_thing_at_a_time(sonia, group, campaign):
    form = CampaignForm(filled(), group=group)
    assert form.is_valid()
    with pytest.raises(CampaignRefused):
        prepare_campaign(group, form.plan(), by=sonia)


def test_too_few_are_warned_about_before_opening(client, sonia, group):
    few = matter.campaign(group, users=4, professionals=12)
    enter = sign_in(client, sonia)
    for name in ("campaign", "open_campaign"):
        words = said(enter.get(url(name, few)))
        assert "aucun résultat de ce côté ne sera montré" in words
        assert "usagers" in words
        assert "5 professionnels" not in words


def test_everything_may_change_until_it_opens_then_only_grow(client, sonia, campaign):
    enter = sign_in(client, sonia)
    enter.post(url("edit_campaign", campaign), filled(title="Décembre", kind="pseudonymous", once="1"))
    campaign.refresh_from_db()
    assert (campaign.title, campaign.kind) == ("Décembre", "pseudonymous")
    open_campaign(campaign, by=sonia)
    later = (campaign.closes_on + timedelta(days=7)).isoformat()
    response = enter.post(
        url("edit_campaign", campaign),
        {"closes_on": later, "asked_users": "10", "asked_professionals": "30", "once": "2"},
    )
    assert response.status_code == 422
    assert "peut seulement grandir" in said(response)
    enter.post(
        url("edit_campaign", campaign),
        {"closes_on": later, "asked_users": "40", "asked_professionals": "30", "once": "3"},
    )
    campaign.refresh_from_db()
    assert (campaign.asked_users, campaign.closes_on.isoformat(), campaign.kind) == (
        40,
        later,
        "pseudonymous",
    )


def test_once_closed_it_is_not_made_longer(sonia, campaign):
    open_campaign(campaign, by=sonia)
    close_campaign(campaign, by=sonia)
    with pytest.raises(CampaignRefused):
        widen_campaign(
            campaign,
            closes_on=campaign.closes_on + timedelta(days=3),
            asked_users=30,
            asked_professionals=30,
            by=sonia,
        )


def test_a_preparation_is_removed_an_open_campaign_is_cancelled(client, sonia, group, campaign):
    enter = sign_in(client, sonia)
    response = enter.post(url("cancel_campaign", campaign))
    assert response.headers["Location"] == url("group", group)
    assert not Campaign.objects.exists()
    opened = open_campaign(matter.campaign(group), by=sonia)
    matter.answers(opened, Side.USER, 3)
    enter.post(url("cancel_campaign", opened))
    opened.refresh_from_db()
    assert opened.state == CampaignState.CANCELLED
    assert not opened.self_ratings.exists()
    assert "Rien n’a été compté." in said(enter.get(url("campaign", opened)))


# The page of a campaign, at each moment


def test_no_page_counts_answers_before_the_counting(client, sonia, campaign):
    enter = sign_in(client, sonia)
    opened = open_campaign(campaign, by=sonia)
    pages = ["campaign", "close_campaign", "edit_campaign", "cancel_campaign"]
    first = {name: said(enter.get(url(name, opened))) for name in pages}
    matter.answers(opened, Side.USER, 7)
    matter.answers(opened, Side.PROFESSIONAL, 11)
    assert {name: said(enter.get(url(name, opened))) for name in pages} == first


def test_while_it_is_open_the_page_says_how_to_have_people_answer(client, sonia, campaign):
    open_campaign(campaign, by=sonia)
    words = said(sign_in(client, sonia).get(url("campaign", campaign)))
    assert "Faites répondre, des deux côtés." in words
    assert "Fermer avant la date" in words


def test_after_closing_the_page_says_until_when_to_wait(client, sonia, campaign):
    opened = open_campaign(campaign, by=sonia)
    enter = sign_in(client, sonia)
    enter.post(url("close_campaign", opened))
    words = said(enter.get(url("campaign", opened)))
    assert re.search(r"Attendez jusqu’à \d+ h( \d\d)? pour compter", words), words
    refused = enter.post(url("settle_campaign", opened), {"sure": "1"})
    assert refused.status_code == 422
    assert "30 minutes après la fermeture" in said(refused)


def test_counting_asks_whether_the_papers_are_typed(client, sonia, campaign):
    opened = open_campaign(campaign, by=sonia)
    matter.answers(opened, Side.USER, 6)
    matter.over(opened, sonia)
    enter = sign_in(client, sonia)
    assert "Comptez-les." in said(enter.get(url("campaign", opened)))
    asked = enter.get(url("settle_campaign", opened))
    assert "une fois pour toutes" in said(asked)
    refused = enter.post(url("settle_campaign", opened), {"once": "1"})
    assert refused.status_code == 422
    enter.post(url("settle_campaign", opened), {"sure": "1", "once": "2"})
    opened.refresh_from_db()
    assert opened.state == CampaignState.SETTLED
    assert "Regardez ensemble" in said(enter.get(url("campaign", opened)))


def test_a_second_press_of_a_step_leads_back_to_the_campaign(client, sonia, campaign):
    enter = sign_in(client, sonia)
    for _ in range(2):
        response = enter.post(url("open_campaign", campaign), {"once": "same"})
        assert response.headers["Location"] == url("campaign", campaign)
    assert Entry.objects.filter(verb="campaign.opened").count() == 1


def test_publishing_says_what_everybody_will_read(client, sonia, group, campaign):
    done = matter.settled(campaign, sonia)
    enter = sign_in(client, sonia)
    assert "restent dans le groupe" in said(enter.get(url("publish_campaign", done)))
    enter.post(url("publish_campaign", done))
    other = matter.member(name="Autre")
    words = said(sign_in(client, other).get(reverse("barometer:home")))
    assert f"{group.name}, {done.title}" in words
    # What is published is the results, not the group's own page.
    assert client.get(url("campaign", done)).status_code == 404


def test_a_member_who_does_not_lead_reads_and_takes_no_step(client, sonia, group, campaign):
    other = matter.member(Role.PERSON.value, name="Marcillac")
    add_member(group, other, side="user", by=sonia)
    open_campaign(campaign, by=sonia)
    enter = sign_in(client, other)
    words = said(enter.get(url("campaign", campaign)))
    assert "Personne ne lit les réponses avant" in words
    assert "Fermer avant la date" not in words
    steps = ("edit_campaign", "close_campaign", "cancel_campaign", "settle_campaign")
    for name in steps:
        assert enter.post(url(name, campaign), {"sure": "1"}).status_code in {403, 404}, name
    campaign.refresh_from_db()
    assert (campaign.state, campaign.closed_at) == ("open", None)


def test_nobody_of_another_house_opens_it(client, campaign):
    elsewhere = matter.member(Role.QUALITY.value, at=matter.house("340000099"))
    assert sign_in(client, elsewhere).get(url("campaign", campaign)).status_code == 404


def test_the_page_asks_as_much_for_two_answers_as_for_twenty(client, sonia, campaign):
    opened = open_campaign(campaign, by=sonia)
    enter = sign_in(client, sonia)
    matter.answers(opened, Side.USER, 2)
    enter.get(url("campaign", opened))
    with CaptureQueriesContext(connection) as few:
        enter.get(url("campaign", opened))
    matter.answers(opened, Side.PROFESSIONAL, 18)
    with CaptureQueriesContext(connection) as many:
        enter.get(url("campaign", opened))
    assert len(few) == len(many)


def test_a_reading_leaves_its_line(client, sonia, campaign):
    sign_in(client, sonia).get(url("campaign", campaign))
    assert Entry.objects.filter(verb="campaign.read", actor_id=sonia.pk).exists()


@pytest.mark.parametrize("kind", [Kind.ANONYMOUS, Kind.PSEUDONYMOUS])
def test_the_protection_is_said_in_plain_words(client, sonia, group, kind):
    made = matter.campaign(group, kind=kind)
    words = said(sign_in(client, sonia).get(url("campaign", made)))
    expected = (
        "ni nom, ni compte, ni adresse, ni heure" if kind == Kind.ANONYMOUS else "Chacun invente un code"
    )
    assert expected in words


def test_cancelling_what_is_counted_is_refused(sonia, campaign):
    done = matter.settled(campaign, sonia)
    with pytest.raises(CampaignRefused):
        cancel_campaign(done, by=sonia)
