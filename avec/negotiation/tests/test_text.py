"""The text read back: in full and in easy words, each voice in its own."""

import re

import pytest
from django.utils import timezone

from avec.negotiation.actions import (
    accept,
    add_point,
    explain,
    extend,
    go_on,
    leave,
    offer,
    settle,
    take_position,
)
from avec.negotiation.rules import Becomes, OutcomeKind, Understood
from avec.negotiation.sitting import sitting_of
from avec.negotiation.text import kept_text, read_back
from avec.ui.words import date_long

from .table import around, negotiated
from .test_effects import GOAL, rise

pytestmark = pytest.mark.django_db


def talked():
    """Three points that end in three ways, one that cannot be negotiated, and one step of the nurse."""
    found = negotiated(around(points=3))
    negotiation, nurse = found.negotiation, found.nurse
    first, second, third = found.points
    take_position(negotiation, found.seat(found.resident), third, "Une douche suffit.", by=found.resident)
    take_position(negotiation, found.seat(nurse), third, "Trois douches par semaine", by=nurse)
    given = offer(negotiation, found.seat(nurse), first, was="7 heures", becomes="9 heures", by=nurse)
    for who in (found.resident, found.daughter):
        accept(negotiation, found.seat(who), given.number, by=who)
    settle(
        negotiation, first, OutcomeKind.AGREED, "Lever à 9 heures. Sans réveil.", by=nurse,
        becomes=Becomes.GOAL, fields=GOAL,
    )  # fmt: skip
    settle(negotiation, second, OutcomeKind.SET_ASIDE, "On en reparle au printemps", by=nurse)
    settle(negotiation, third, OutcomeKind.DISAGREED, "Le nombre de douches", by=nurse)
    fixed = add_point(
        negotiation, "Le pansement", nature="prescription", source="Dr Estève, le 2 novembre", by=nurse
    )
    return found, fixed


def test_each_part_is_told_in_its_place():
    found, _fixed = talked()
    text = read_back(sitting_of(found.negotiation))
    assert [part.kind for part in text.parts] == [
        "aim", "agreed", "set_aside", "disagreed", "fixed", "steps", "plan",
    ]  # fmt: skip
    agreed, disagreed, fixed = text.parts[1], text.parts[3], text.parts[4]
    assert agreed.entries[0].said == "Lever à 9 heures. Sans réveil."
    assert [(one.voice, one.words) for one in disagreed.entries[0].voices] == [
        ("person", "Une douche suffit."),
        ("professional", "Trois douches par semaine"),
    ]
    assert fixed.entries[0].notes == ("Il reste à l’expliquer.",)
    assert "Les pas viennent d’un seul côté." in text.parts[5].lines
    assert GOAL["statement"] in text.parts[6].entries[0].said


def test_what_was_explained_is_told_with_who_did():
    found, fixed = talked()
    explain(found.negotiation, fixed, understood=Understood.IN_PART, form="à voix haute", by=found.nurse)
    text = read_back(sitting_of(found.negotiation))
    note = next(part for part in text.parts if part.kind == "fixed").entries[0].notes[0]
    assert note.startswith("Expliqué par")
    assert note.endswith("C’est compris en partie.")


def test_easy_words_are_short_lines_without_parentheses():
    found, _fixed = talked()
    settle(
        found.negotiation, add_point(found.negotiation, "L’aide", nature="who", by=found.nurse),
        OutcomeKind.AGREED, "On aide à se lever", by=found.nurse,
        becomes=Becomes.ACTIVITY, fields=rise(found, goal_words="Dormir"),
    )  # fmt: skip
    easy = read_back(sitting_of(found.negotiation)).easy
    assert easy
    for line in easy:
        assert not re.search(r"[()\[\]%;]", line), line
        assert line[-1] in ".!?:»…", line
        assert len(re.findall(r"[.!?](?= )", line)) == 0, line
    assert "Nous ne sommes pas d’accord." in easy


def test_the_text_that_was_read_is_kept_as_it_was():
    found, fixed = talked()
    assert kept_text(sitting_of(found.negotiation)) is None
    before = read_back(sitting_of(found.negotiation))
    go_on(found.negotiation, by=found.nurse)
    explain(found.negotiation, fixed, understood=Understood.YES, form="à voix haute", by=found.nurse)
    assert kept_text(sitting_of(found.negotiation)) == before


def test_concluded_as_it_stands_the_text_names_the_day_that_was_missed(monkeypatch):
    found = negotiated(around())
    missed, later = found.negotiation.due_on, timezone.now() + timezone.timedelta(days=20)
    monkeypatch.setattr(timezone, "now", lambda: later)
    go_on(found.negotiation, as_it_stands=True, by=found.nurse)
    extend(
        found.negotiation,
        timezone.localdate() + timezone.timedelta(days=20),
        "Sa fille revient",
        by=found.nurse,
    )
    leave(found.negotiation, found.seat(found.daughter), "Elle repart à Lyon", by=found.daughter)
    again = kept_text(sitting_of(found.negotiation)).parts[0]
    assert again.lines[1] == f"La date limite était le {date_long(missed)}. Nous concluons en l’état."


def test_a_long_table_can_be_read_back():
    found = negotiated(around(points=40))
    for point in found.points:
        settle(found.negotiation, point, OutcomeKind.AGREED, "D’accord " * 30, by=found.nurse)
    go_on(found.negotiation, by=found.nurse)
    text = kept_text(sitting_of(found.negotiation))
    assert len(text.parts[1].entries) == 40
