"""What people around the person never find, page by page: each other's words, and what was taken back (T23, T27)."""

import pytest
from django.urls import reverse

from avec.careplan.actions import (
    Replied,
    Said,
    answer_expectation,
    say,
    take_position,
    withdraw_expectation,
)
from avec.careplan.actions.attachments import attach
from avec.careplan.rules import Stance
from avec.careplan.tests.factories import (
    activity,
    days,
    establishment,
    goal,
    in_team,
    member,
    person,
    plan,
    relative,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    house = establishment()
    nurse, odette = member(house), person(house)
    in_team(odette, nurse, is_referent=True)
    project = plan(odette, nurse)
    aim = goal(project, nurse)
    return {
        "nurse": nurse,
        "odette": odette,
        "project": project,
        "aim": aim,
        "deed": activity(project, nurse, aim),
        "claire": relative(odette, "carer"),
        "paul": relative(odette, "trusted", given_name="Paul", relation="son fils"),
    }


def pages(scene):
    """Every page of a plan that somebody of the circle opens."""
    odette, aim = scene["odette"], scene["aim"]
    return [
        reverse("home:in_time", args=[odette.pk]),
        reverse("home:paper", args=[odette.pk]),
        reverse("home:goal_thread", args=[aim.pk]),
        reverse("home:activity_thread", args=[scene["deed"].pk]),
        reverse("home:own_goal", args=[aim.pk]),
        *[reverse(f"home:own{page}") for page in ("", "_said", "_goals", "_coming", "_help", "_balance")],
    ]


def test_a_relative_never_finds_another_relatives_position_nor_the_day_it_is_asked_again(client, scene):
    take_position(
        scene["aim"],
        Stance.COULD_NOT,
        by=scene["nurse"],
        voice="relative",
        relative=scene["paul"],
        reason="Paul hésite beaucoup.",
        ask_again_on=days(17),
    )
    sign_in(client, scene["claire"].member)
    for page in pages(scene):
        told = client.get(page).content.decode()
        assert "Paul" not in told, page
        assert "Redemander, objectif" not in told, page
    sign_in(client, scene["paul"].member)
    assert "Paul hésite" in client.get(reverse("home:paper", args=[scene["odette"].pk])).content.decode()


def test_words_taken_back_are_found_by_nobody_of_the_circle(client, scene):
    said = say(scene["project"], Said("Je veux voir la mer."), by=scene["odette"].member)
    answer_expectation(said, Replied("taken_up", goal=scene["aim"]), by=scene["nurse"])
    withdraw_expectation(said, by=scene["odette"].member)
    sign_in(client, scene["claire"].member)
    for page in pages(scene):
        assert "voir la mer" not in client.get(page).content.decode(), page
    thread = reverse("home:thread", args=[said.pk])
    assert client.get(thread).status_code == 404
    # Who said it, and the team, find it in the history; paper shows what holds today.
    sign_in(client, scene["odette"].member)
    assert client.get(thread).status_code == 200
    assert "voir la mer" not in client.get(reverse("home:paper", args=[scene["odette"].pk])).content.decode()
    sign_in(client, scene["nurse"])
    assert client.get(thread).status_code == 200


def test_a_file_opens_with_the_line_it_is_joined_to(client, scene):
    said = say(scene["project"], Said("Paul parle."), by=scene["paul"].member)
    joined = attach(
        scene["project"],
        title="Une lettre",
        content_type="text/plain",
        content=b"Une lettre.",
        level="C1",
        by=scene["nurse"],
        line=said,
    )
    address = reverse("careplan:attachment", args=[joined.pk])
    opened = {}
    for name in ("claire", "paul"):
        opened[name] = sign_in(client, scene[name].member).get(address).status_code
    opened["nurse"] = sign_in(client, scene["nurse"]).get(address).status_code
    assert opened == {"claire": 404, "paul": 200, "nurse": 200}
