"""What a version says, and that what was kept before a new part still reads and keeps its print."""

import datetime

import pytest
from django.utils import timezone

from avec.careplan.actions import add_activity
from avec.contracts.actions import issue_contract
from avec.contracts.rules import as_data, easy_reading, from_data, full_sentences
from avec.contracts.tests.frozen import FINGERPRINT, FROZEN
from avec.documents.rules import fingerprint
from avec.ui.words import NBSP


def test_a_contract_of_before_still_reads_and_keeps_its_print():
    text = from_data(FROZEN)
    assert as_data(text) == FROZEN
    assert fingerprint(as_data(text)) == FINGERPRINT
    assert text.clauses[0].activities[0].means == ""
    assert easy_reading(text) == tuple(FROZEN["balance"] + FROZEN["clauses"][0]["easy"])
    assert full_sentences(text.clauses[0], "Odette")[-1] == (
        "Marcher jusqu’au banc : Julie Fabre, le mardi, au jardin, avec Odette."
    )


@pytest.fixture
def rich(scene):
    """The scene with an activity that says everything of itself."""
    scene.activity = add_activity(
        scene.plan,
        goals=[scene.goal],
        title="Arroser les plantes",
        participation="with",
        performer="Julie Fabre",
        rhythm=f"le mardi, à 10{NBSP}h",
        recurrence="FREQ=WEEKLY;BYDAY=TU @ 10:00",
        place="au jardin",
        means="un arrosoir\nun chapeau",
        picto="garden",
        by=scene.nurse,
    )
    return scene


@pytest.mark.django_db
def test_an_activity_brings_its_means_its_easy_words_and_its_image(rich):
    contract = issue_contract(rich.plan, starts_on=timezone.localdate(), by=rich.nurse)
    text = from_data(contract.content)
    watering = text.clauses[0].activities[1]
    assert (watering.picto, watering.means) == ("garden", "un arrosoir\nun chapeau")
    assert watering.easy == (
        "Arroser les plantes.",
        "Vous le faites avec Julie Fabre.",
        f"C’est le mardi, à 10{NBSP}h.",
        "C’est au jardin.",
        f"Il faut{NBSP}: un arrosoir, un chapeau.",
    )
    assert full_sentences(text.clauses[0], "Odette")[-1].endswith("Moyens : un arrosoir, un chapeau.")
    assert text.clauses[0].easy == ("Aller au jardin chaque matin",)
    assert watering.easy[0] in easy_reading(text)
    assert fingerprint(as_data(text)) == contract.fingerprint


@pytest.mark.django_db
def test_the_words_written_for_the_easy_reading_come_first(rich):
    rich.activity.easy_words = "Vous arrosez.\n\nJulie est là."
    rich.activity.save()
    contract = issue_contract(rich.plan, starts_on=timezone.localdate(), by=rich.nurse)
    assert contract.content["clauses"][0]["activities"][1]["easy"] == ["Vous arrosez.", "Julie est là."]


@pytest.mark.django_db
def test_the_contract_says_the_week_unless_it_is_left_out(rich):
    contract = issue_contract(rich.plan, starts_on=timezone.localdate(), by=rich.nurse)
    text = from_data(contract.content)
    assert [(day.heading, day.items) for day in text.schedule] == [
        ("Chaque jour", (f"le matin{NBSP}: Marcher jusqu’au banc, par {text.called}",)),
        ("Mardi", (f"à 10{NBSP}h{NBSP}: Arroser les plantes, avec Julie Fabre, au jardin",)),
    ]
    assert f"Le mardi{NBSP}:" in text.schedule_easy
    assert f"À 10{NBSP}heures{NBSP}: Arroser les plantes, avec Julie Fabre." in easy_reading(text)
    without = issue_contract(
        rich.plan,
        starts_on=timezone.localdate() + datetime.timedelta(days=1),
        left_out=["schedule"],
        by=rich.nurse,
    )
    assert "schedule" not in without.content
    assert "schedule_easy" not in without.content
