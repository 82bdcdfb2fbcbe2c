"""The results page, its sheet and its poster: what they say, to whom, and that they cost little."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.accounts.tests.factories import entered
from avec.audit.models import Entry
from avec.barometer.actions import open_campaign, publish_campaign, settle_campaign
from avec.barometer.actions.decisions import decide
from avec.barometer.instruments import shipped
from avec.barometer.models import (
    Campaign,
    Comment,
    Group,
    GroupKind,
    GroupMember,
    JointRating,
    JointSession,
    ReviewChoice,
    SideChoice,
)
from avec.barometer.rules import (
    HUB,
    Joint,
    Kind,
    Row,
    Side,
    SideSeen,
    read_instrument,
    spread,
)
from avec.barometer.shown.drawing import gap_line, wheel_of, wheel_svg
from avec.barometer.shown.picture import Picture, picture_of
from avec.barometer.shown.results import moves_of, results_of, ways_of
from avec.barometer.shown.sentences import gap_words, joint_words, stands_out, value_words

from . import matter

NAMES = {Side.USER: "Usagers", Side.PROFESSIONAL: "Professionnels"}
INSTRUMENT = read_instrument(shipped()[0])
QUERIES = 8


# ── Without a database: what is drawn, what is said ──


def row(at, users=None, team=None, joint=None):
    """The criterion at this place, as five of each side rated it."""
    return Row(
        INSTRUMENT.criteria[at],
        spread([users] * 5) if users is not None else None,
        spread([team] * 5) if team is not None else None,
        joint,
    )


def picture(*rows, users=5, team=5, kind=GroupKind.WORKING_GROUP, **more):
    known = {one.criterion.code: one for one in rows}
    campaign = Campaign(group=Group(kind=kind), opens_on=timezone.localdate(), closes_on=timezone.localdate())
    return Picture(
        campaign=campaign,
        instrument=INSTRUMENT,
        floor=5,
        user=SideSeen(users),
        professional=SideSeen(team),
        rows=[known.get(one.code, row(at, 2, 2)) for at, one in enumerate(INSTRUMENT.criteria)],
        **more,
    )


def said(found):
    return [f"{one.strong} {one.rest}" for one in stands_out(found, NAMES)]


def test_the_widest_gaps_are_said_first_with_their_number():
    [sentence] = said(picture(row(1, 1, 3), row(7, 0, 3)))
    assert sentence.startswith(
        "Deux écarts demandent qu’on en parle\u00a0: promouvoir les décisions partagées"
    )
    assert sentence.endswith("(critère 2).")


def test_many_gaps_are_not_all_named():
    [sentence] = said(picture(*(row(at, 0, 3) for at in range(6))))
    assert sentence.startswith("Six écarts")
    assert sentence.endswith("et 3 autres.")


def test_what_both_sides_rate_low_stands_out_too():
    assert said(picture(row(10, 0, 1))) == [
        "Les deux côtés notent bas\u00a0: évaluer conjointement le projet (critère 11)."
    ]


def test_nothing_stands_out_and_too_few_are_said_as_such():
    assert "à peu près pareil" in said(picture())[0]
    assert said(picture(users=None)) == [
        "Trop peu de réponses d’un côté\u00a0: les deux ne se comparent pas."
    ]
    assert "rien ne peut être montré" in said(picture(users=None, team=None))[0]


@pytest.mark.parametrize(
    ("users", "team", "words"),
    [
        (1, 3, "les professionnels notent plus haut"),
        (3, 1, "les usagers notent plus haut"),
        (2, 2, "pareil des deux côtés"),
        (None, 2, ""),
    ],
)
def test_a_gap_says_its_direction(users, team, words):
    assert gap_words(row(0, users, team), NAMES) == words


def test_a_median_is_never_said_without_its_number():
    assert value_words(spread([2, 3, 2, 3])) == "2,5 (n = 4)"
    assert value_words(None) == "trop peu de réponses"


@pytest.mark.parametrize(
    ("joint", "words"),
    [
        (None, "non notée"),
        (Joint(2), "2"),
        (Joint(), "non concerné"),
        (Joint(None, 2, 3), "pas d’accord\u00a0: 2 et 3"),
    ],
)
def test_what_was_said_together_in_words(joint, words):
    assert joint_words(joint) == words


def test_the_wheel_draws_each_side_in_its_half_and_nothing_for_a_side_that_may_not_be_shown():
    whole = wheel_of(picture())
    assert [one.v for one in whole.slices] == ["person", "professional"] * 11
    assert len(whole.numbers) == 11
    one_missing = wheel_of(picture(row(4, None, 2)))
    assert len(one_missing.slices) == 21


def test_a_zero_is_drawn_and_a_disagreement_is_two_arcs():
    drawn = wheel_of(picture(row(0, 0, 0, Joint(0)), row(1, 1, 3, Joint(None, 1, 3))))
    assert f"A{HUB + 4} " in drawn.slices[0].path
    assert len(drawn.arcs) == 3
    assert wheel_svg(drawn).count('stroke="#7b3f8f"') == 3


def test_a_joint_rating_is_drawn_only_when_it_was_said():
    """Never computed: without it there is no arc, whatever both sides answered."""
    assert wheel_of(picture()).arcs == ()
    assert gap_line(row(0, 2, 2)).joint is None


def test_the_line_of_a_gap():
    line = gap_line(row(0, 1, 3, Joint(2)))
    assert (line.person, line.professional, line.joint) == (76, 184, 130)
    assert line.bar == "M76 27H184"
    assert gap_line(row(0, 2, 2)).bar == ""
    assert gap_line(row(0, None, 2)).bar == ""


def test_how_the_same_people_moved_is_counts_in_words():
    followed = {
        "user": {"both": 6, "criteria": {"views": {"up": 3, "same": 2, "down": 1}}},
        "professional": None,
    }
    [moved] = moves_of(picture(followed=followed))
    assert moved.user == "3\u00a0plus haut, 2\u00a0pareil, 1\u00a0plus bas"
    assert moved.professional == ""


def test_what_is_read_apart_is_what_may_be_shown():
    found = picture()
    assert ways_of(found, "") == []


# ── With one ──


@pytest.fixture
def leader(db):
    return matter.member()


@pytest.fixture
def campaign(leader):
    return matter.settled(matter.campaign(matter.group(leader)), leader)


@pytest.fixture
def told(leader):
    """Rated together, with words; a comment shown, one held; a decision."""
    opened = open_campaign(matter.campaign(matter.group(leader)), by=leader)
    matter.answers(opened, Side.USER, 6)
    matter.answers(opened, Side.PROFESSIONAL, 7, seed=1000)
    for words in ("Laissé et relu", "Gardé caché"):
        Comment.objects.create(campaign=opened, side="user", words=words)
    campaign = settle_campaign(matter.over(opened, leader), by=leader)
    campaign.comments.filter(words="Laissé et relu").update(review=ReviewChoice.SHOWN)
    campaign.comments.filter(words="Gardé caché").update(review=ReviewChoice.HELD)
    session = JointSession.objects.create(campaign=campaign, opened_by=leader)
    now = timezone.now()
    JointRating.objects.create(
        session=session, criterion="views", level=3, words="On s’assoit.", confirmed_at=now
    )
    JointRating.objects.create(
        session=session,
        criterion="information",
        agreed=False,
        user_level=1,
        professional_level=3,
        user_words="Trop vite.",
        professional_words="Pas le temps.",
        confirmed_at=now,
    )
    JointRating.objects.create(session=session, criterion="goals", level=4, words="Pas encore dit oui.")
    decide(
        campaign,
        criteria=["views"],
        words="S’asseoir pour expliquer",
        user_name="Rose Pujol",
        professional_name="Malik Traoré",
        due_on=timezone.localdate() + timedelta(days=30),
        sign="Personne n’explique debout.",
        by=leader,
    )
    return campaign


def page(client, campaign, name="results", **query):
    return client.get(reverse(f"barometer:{name}", args=[campaign.pk]), query)


def text(response):
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_group_reads_figures_words_and_decisions(client, told, leader):
    found = page(entered(client, leader), told)
    words = text(found)
    assert "6\u00a0usagers" in words
    assert "(n = 6)" in words
    assert "(n = 7)" in words
    assert "pas d’accord\u00a0: 1 et 3" in words
    assert "On s’assoit." in words
    assert "Laissé et relu" in words
    assert "Rose Pujol" in words
    assert "CRIAPS" in words
    assert "Gardé caché" not in words
    assert "Pas encore dit oui" not in words
    assert Entry.objects.filter(verb="results.read", object_id=str(told.pk)).count() == 1


def test_once_published_the_house_reads_no_words_and_no_names(client, told, leader):
    publish_campaign(told, by=leader)
    stranger = entered(client, matter.member(name="Colin"))
    found = text(page(stranger, told))
    assert "S’asseoir pour expliquer" in found
    for kept in (
        "On s’assoit",
        "Trop vite",
        "Laissé et relu",
        "Rose Pujol",
        "Malik Traoré",
        "Décider d’une action",
    ):
        assert kept not in found


@pytest.mark.parametrize("name", ["results", "results_pdf", "poster_pdf"])
def test_before_it_is_published_it_is_the_group_s(client, campaign, name):
    assert page(entered(client, matter.member(name="Colin")), campaign, name).status_code == 404


def test_nothing_before_the_counting(client, leader):
    opened = open_campaign(matter.campaign(matter.group(leader)), by=leader)
    assert page(entered(client, leader), opened).status_code == 404


def test_a_side_too_few_is_said_and_not_drawn(client, leader):
    campaign = matter.settled(matter.campaign(matter.group(leader)), leader, users=4)
    found = page(entered(client, leader), campaign)
    assert 'class="polar__person"' not in found.content.decode()
    words = text(found)
    assert "Usagers\u00a0: trop peu de réponses" in words
    assert "4\u00a0usagers" not in words


def test_one_part_is_read_apart_only_where_it_may_be(client, leader):
    opened = open_campaign(matter.campaign(matter.group(leader)), by=leader)
    matter.answers(opened, Side.USER, 6, part="person")
    matter.answers(opened, Side.USER, 5, part="relative", seed=50)
    matter.answers(opened, Side.PROFESSIONAL, 6, seed=90)
    matter.answers(opened, Side.PROFESSIONAL, 2, part="support", seed=120)
    campaign = settle_campaign(matter.over(opened, leader), by=leader)
    here = entered(client, leader)
    whole = page(here, campaign).content.decode()
    assert "?qui=person" in whole
    assert "?qui=relative" in whole
    assert "?qui=support" not in whole
    assert "(n = 5)" in text(page(here, campaign, qui="relative"))
    # A part that may not be shown and one that does not exist answer alike.
    hidden, unknown = (text(page(here, campaign, qui=part)) for part in ("support", "nobody"))
    assert "rien ne peut être montré" in hidden
    assert "rien ne peut être montré" in unknown


def test_a_pair_reads_values_under_its_two_names(client, leader):
    other = matter.member(Role.PERSON.value, name="Marcillac")
    pair = matter.group(leader, kind="pair", name="Sonia et Odette")
    GroupMember.objects.create(group=pair, member=other, side=SideChoice.USER, agreed_at=timezone.now())
    campaign = matter.settled(matter.campaign(pair, kind=Kind.NAMED), leader, users=1, professionals=1)
    here = entered(client, other)
    words = text(page(here, campaign))
    assert other.name in words
    assert leader.name in words
    assert "(n =" not in words
    assert "médiane" not in words
    assert page(here, campaign, "results_pdf").status_code == 200
    assert page(here, campaign, "poster_pdf").status_code == 404
    director = entered(client, matter.member(Role.DIRECTOR.value, name="Morel"))
    assert page(director, campaign).status_code == 404


def test_the_sheet_and_the_posters_are_made(client, told, leader):
    here = entered(client, leader)
    for name, query in (("results_pdf", {}), ("poster_pdf", {}), ("poster_pdf", {"pour": "interieur"})):
        found = page(here, told, name, **query)
        assert found.headers["Content-Type"] == "application/pdf"
        assert found.content.startswith(b"%PDF")
        assert "no-store" in found.headers["Cache-Control"]


def test_a_poster_is_for_visitors_unless_it_is_asked_otherwise(client, told, leader, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "avec.barometer.views.results.poster_sheet_pdf",
        lambda results, decided, outside: asked.append((results, decided, outside)) or b"%PDF",
    )
    here = entered(client, leader)
    for query in ({}, {"pour": "exterieur"}, {"pour": "nimporte"}, {"pour": "interieur"}):
        page(here, told, "poster_pdf", **query)
    assert [outside for _, _, outside in asked] == [True, True, True, False]
    # Six and seven answers: nothing on a wall that visitors pass, all of it on the other.
    assert asked[0][0].silent
    assert not asked[-1][0].silent
    assert not any(one.user_name for _, decided, _ in asked for one in decided)


def test_the_page_asks_few_queries_however_many_campaigns(client, told, leader):
    here = entered(client, leader)
    page(here, told)

    def counted():
        with CaptureQueriesContext(connection) as seen:
            page(here, told)
        return [one["sql"] for one in seen]

    first = counted()
    earlier = matter.settled(matter.campaign(told.group, title="Mai"), leader)
    Campaign.objects.filter(pk=earlier.pk).update(settled_at=told.settled_at - timedelta(days=90))
    assert len(counted()) == len(first)
    # Beyond who is signed in and the journal's line.
    own = [sql for sql in first if '"barometer_' in sql and not sql.startswith("INSERT")]
    assert len(own) <= QUERIES, "\n".join(own)


def test_history_shows_what_was_said_together_each_time(client, told, leader):
    earlier = matter.settled(matter.campaign(told.group, title="Mai"), leader)
    Campaign.objects.filter(pk=earlier.pk).update(settled_at=told.settled_at - timedelta(days=90))
    assert "Deux campagnes, la note commune" in text(page(entered(client, leader), told))


def test_five_thousand_answers_are_read_as_fast_as_five(campaign):
    """The figures were counted once: what is read does not grow with the answers."""
    data = campaign.figures.data
    for side in data["sides"].values():
        side["answers"] = 2500
        for one in side["criteria"].values():
            one["levels"] = [500] * 5
    assert results_of(picture_of(campaign), NAMES).lines[0].user_n == 2500
