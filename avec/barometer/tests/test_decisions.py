"""Decisions: one of each side, a day, a sign; followed up in both voices; read by who may, named for the group alone."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.accounts.tests.factories import entered
from avec.barometer.actions import publish_campaign
from avec.barometer.actions.decisions import DecisionRefused, decide, follow_decision
from avec.barometer.models import Decision, DecisionState, GroupMember, SideChoice
from avec.barometer.policy import open_decisions
from avec.barometer.shown.decided import decisions_of
from avec.people.clash import OutOfDate

from . import matter

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def leader():
    return matter.member()


@pytest.fixture
def campaign(leader):
    return matter.settled(matter.campaign(matter.group(leader)), leader)


@pytest.fixture
def here(client, leader):
    return entered(client, leader)


def fields(**more):
    usual = {
        "words": "S’asseoir pour expliquer",
        "user_name": "Rose",
        "professional_name": "Malik",
        "due_on": timezone.localdate() + timedelta(days=30),
        "sign": "Personne n’explique plus debout.",
    }
    return usual | more


def written(campaign, by, **more):
    return decide(campaign, criteria=["decisions", "options"], by=by, **fields(**more))


def follow(decision, by, state=DecisionState.DOING, *, version=1, **more):
    usual = {"due_on": decision.due_on, "user_outcome": "", "professional_outcome": ""}
    return follow_decision(decision, state=state, version=version, by=by, **usual | more)


def test_only_who_leads_decides_and_follows(campaign, leader):
    decision = written(campaign, leader)
    other = matter.member(name="Colin")
    GroupMember.objects.create(group=campaign.group, member=other, side=SideChoice.PROFESSIONAL)
    with pytest.raises(PermissionDenied):
        written(campaign, other)
    with pytest.raises(PermissionDenied):
        follow(decision, other)


def test_nothing_is_decided_before_the_counting(leader):
    with pytest.raises(DecisionRefused):
        written(matter.campaign(matter.group(leader)), leader)


def test_over_it_is_said_in_both_voices(campaign, leader):
    decision = written(campaign, leader)
    with pytest.raises(DecisionRefused):
        follow(decision, leader, DecisionState.DONE, user_outcome="Mieux.")
    done = follow(
        decision, leader, DecisionState.DONE, user_outcome="Mieux.", professional_outcome="Plus simple."
    )
    assert done.settled_on == timezone.localdate()
    assert follow(done, leader, DecisionState.DOING, version=2).settled_on is None


def test_the_second_to_save_is_told(campaign, leader):
    decision = written(campaign, leader)
    follow(decision, leader)
    with pytest.raises(OutOfDate):
        follow(decision, leader, DecisionState.DROPPED, user_outcome="Non.", professional_outcome="Non.")


@pytest.mark.parametrize(
    ("state", "due_on", "late", "words"),
    [
        (DecisionState.TO_DO, date(2026, 12, 22), False, "d’ici le 22 décembre 2026, dans 30 jours"),
        (DecisionState.TO_DO, date(2026, 11, 22), False, "d’ici le 22 novembre 2026, aujourd’hui"),
        (DecisionState.DOING, date(2026, 11, 19), True, "prévu le 19 novembre 2026, il y a 3 jours"),
        (DecisionState.DONE, date(2026, 11, 19), False, "fait le 21 novembre 2026"),
        (DecisionState.DROPPED, date(2026, 11, 19), False, "abandonné le 21 novembre 2026"),
    ],
)
def test_late_is_said_in_words(campaign, leader, state, due_on, late, words):
    decision = written(campaign, leader)
    settled_on = date(2026, 11, 21) if state in {DecisionState.DONE, DecisionState.DROPPED} else None
    Decision.objects.filter(pk=decision.pk).update(state=state, due_on=due_on, settled_on=settled_on)
    (shown,) = decisions_of(campaign, TODAY)
    assert (shown.late, shown.due) == (late, words)


def test_names_and_outcomes_stay_in_the_group(campaign, leader):
    decision = written(campaign, leader)
    follow(decision, leader, user_outcome="Mieux.")
    (named,) = decisions_of(campaign, TODAY)
    (unnamed,) = decisions_of(campaign, TODAY, named=False)
    assert (named.pair, named.about) == ("Rose et Malik", "critères 4 et 8")
    assert (unnamed.pair, unnamed.user_outcome, unnamed.text) == ("", "", named.text)


def test_the_programme_takes_up_what_is_open_never_a_pair_s(campaign, leader):
    decision = written(campaign, leader)
    assert list(open_decisions(leader.establishment)) == [decision]
    follow(decision, leader, DecisionState.DROPPED, user_outcome="Non.", professional_outcome="Non.")
    assert not open_decisions(leader.establishment).exists()
    again = written(campaign, leader)
    campaign.group.kind = "pair"
    campaign.group.save()
    assert again not in open_decisions(leader.establishment)


def page_of(decision):
    return reverse("barometer:decision", args=[decision.pk])


def test_who_may_read_a_decision(client, campaign, leader):
    decision = written(campaign, leader)
    steering = matter.member(Role.DIRECTOR.value, name="Roche")
    page = entered(client, steering).get(page_of(decision))
    assert page.status_code == 200
    assert "Rose" not in page.content.decode()
    stranger = matter.member(name="Dufour")
    assert entered(client, stranger).get(page_of(decision)).status_code == 404
    publish_campaign(campaign, by=leader)
    page = entered(client, stranger).get(page_of(decision))
    assert "S’asseoir pour expliquer" in page.content.decode()
    assert "Malik" not in page.content.decode()
    assert client.post(page_of(decision), {"state": "done"}).status_code == 404


def test_another_house_finds_nothing(client, campaign, leader):
    publish_campaign(campaign, by=leader)
    elsewhere = matter.member(Role.DIRECTOR.value, at=matter.house("340000002"))
    assert entered(client, elsewhere).get(page_of(written(campaign, leader))).status_code == 404


def test_a_decision_comes_from_its_criterion_and_goes_back(here, campaign):
    address = reverse("barometer:decide", args=[campaign.pk]) + "?critere=decisions"
    page = here.get(address).content.decode()
    assert page.count(" checked") == 1
    sent = fields(criteria=["decisions"])
    answer = here.post(address, sent)
    assert answer.headers["Location"] == reverse("barometer:joint", args=[campaign.pk, "decisions"])
    assert Decision.objects.get().criteria == ["decisions"]


def test_two_names_are_asked_for(here, campaign):
    address = reverse("barometer:decide", args=[campaign.pk])
    page = here.post(address, fields(user_name="", due_on="2020-01-01"))
    assert page.status_code == 422
    assert "se porte à deux" in page.content.decode()
    assert "Ce jour est passé" in page.content.decode()
    assert "S’asseoir pour expliquer" in page.content.decode()
    assert not Decision.objects.exists()


def test_pressed_twice_it_is_decided_once(here, campaign):
    address = reverse("barometer:decide", args=[campaign.pk])
    for _ in range(2):
        assert here.post(address, fields(once="one")).status_code == 302
    assert Decision.objects.count() == 1


def test_two_editors_see_both_texts(here, campaign, leader):
    decision = written(campaign, leader)
    follow(decision, leader, user_outcome="Le premier texte")
    sent = {
        "version": 1,
        "state": "doing",
        "due_on": decision.due_on,
        "user_outcome": "Le second texte",
        "professional_outcome": "",
    }
    page = here.post(page_of(decision), sent)
    assert page.status_code == 409
    assert "Le premier texte" in page.content.decode()
    both = here.post(page_of(decision), sent | {"version": 2, "keep": "both"})
    assert "Le second texte\nLe premier texte" in both.content.decode()
    here.post(page_of(decision), sent | {"version": 2, "keep": "mine"})
    decision.refresh_from_db()
    assert (decision.user_outcome, decision.version) == ("Le second texte", 3)


def test_done_without_words_asks_for_both(here, campaign, leader):
    decision = written(campaign, leader)
    page = here.post(page_of(decision), {"version": 1, "state": "done", "due_on": decision.due_on})
    assert page.status_code == 422
    assert page.content.decode().count("écrivez ce qu’en dit ce côté") >= 2
