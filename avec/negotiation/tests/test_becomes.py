"""What an agreement changes in the plan, chosen while a point is settled."""

import pytest

from avec.careplan.actions import Said, add_activity, say, write_goal
from avec.careplan.tests.factories import days
from avec.negotiation.actions import MoveRefused, drop_point, settle, unsettle
from avec.negotiation.forms.becomes import agreed_part, becomes_form
from avec.negotiation.rules import Becomes, OutcomeKind
from avec.negotiation.rules.becomes import lacks
from avec.negotiation.sitting import sitting_of

from .table import around, negotiated

TODAY = days(0)
GOAL = {"statement": "Je me lève à 9 heures.", "due_on": days(60).isoformat(), "priority": 1}
ACTIVITY = {
    "title": "Aider à la toilette",
    "participation": "with",
    "doers": [{"kind": "person", "name": "Odette"}],
    "rhythm": "chaque jour, à 9 h",
    "recurrence": "FREQ=DAILY @ 09:00",
}
SCHEDULE = {"activity": "key", "activity_title": "La toilette", "rhythm": "à 9 h", "was": {"rhythm": "à 7 h"}}


@pytest.mark.parametrize(
    ("becomes", "fields"),
    [("nothing", {}), ("goal", GOAL), ("activity", ACTIVITY), ("schedule", SCHEDULE)],
)
def test_what_the_plan_can_take(becomes, fields):
    assert lacks(becomes, fields, TODAY) == {}


@pytest.mark.parametrize(
    ("becomes", "fields", "named"),
    [
        ("other", {}, "becomes"),
        ("goal", GOAL | {"statement": " "}, "statement"),
        ("goal", GOAL | {"statement": "x" * 1001}, "statement"),
        ("goal", GOAL | {"due_on": TODAY.isoformat()}, "due_on"),
        ("goal", GOAL | {"due_on": "2026-13-40"}, "due_on"),
        ("goal", GOAL | {"priority": 0}, "priority"),
        ("goal", GOAL | {"priority": 100}, "priority"),
        ("goal", GOAL | {"priority": True}, "priority"),
        ("goal", GOAL | {"priority": "1"}, "priority"),
        ("activity", ACTIVITY | {"title": ""}, "title"),
        ("activity", ACTIVITY | {"participation": "perhaps"}, "participation"),
        ("activity", ACTIVITY | {"doers": []}, "doers"),
        ("activity", ACTIVITY | {"doers": [{"kind": "cat", "name": "Mina"}]}, "doers"),
        ("activity", ACTIVITY | {"doers": [{"kind": "professional", "name": " "}]}, "doers"),
        ("activity", ACTIVITY | {"goal": "a", "point": "b"}, "goal"),
        ("activity", ACTIVITY | {"recurrence": "FREQ=NEVER"}, "rhythm"),
        ("activity", ACTIVITY | {"place": "x" * 121}, "place"),
        ("activity", ACTIVITY | {"starts_on": "2026-05-02", "ends_on": "2026-05-01"}, "ends_on"),
        ("schedule", SCHEDULE | {"activity": ""}, "activity"),
        ("schedule", {"activity": "key"}, "activity"),
    ],
)
def test_what_the_plan_cannot_take(becomes, fields, named):
    assert list(lacks(becomes, fields, TODAY)) == [named]


def seated():
    found = negotiated(around())
    return found, sitting_of(found.negotiation)


def data(**fields):
    return {f"plan-{name}": value for name, value in fields.items()}


@pytest.mark.django_db
def test_a_goal_is_written_in_the_form():
    found, sitting = seated()
    said = say(found.plan, Said("Je veux dormir."), by=found.resident)
    sent = data(
        becomes="goal", statement="Je me lève à 9 heures.", due_on=days(60).isoformat(), priority="2",
        expectations=[str(said.pk)], ends_on="not a day",
    )  # fmt: skip
    form = becomes_form(sitting, found.points[0], found.nurse, sent)
    assert form.is_valid(), form.errors
    becomes, fields = agreed_part(form, OutcomeKind.AGREED)
    assert becomes == Becomes.GOAL
    assert fields == GOAL | {"priority": 2, "expectations": [str(said.pk)]}
    assert agreed_part(form, OutcomeKind.SET_ASIDE) == (Becomes.NOTHING, {})


@pytest.mark.django_db
def test_an_activity_that_exists_is_done_otherwise():
    found, _sitting = seated()
    activity = add_activity(found.plan, goals=[], title="La toilette", rhythm="à 7 h", by=found.nurse)
    sitting = sitting_of(found.negotiation)
    seat = found.seat(found.nurse)
    sent = data(
        becomes="schedule", activity=str(activity.pk), rhythm_kind="daily", rhythm_hours="9 h",
        doers=["person", str(seat.pk)], others="l’aide-soignante du soir",
    )  # fmt: skip
    form = becomes_form(sitting, found.points[0], found.nurse, sent)
    assert form.is_valid(), form.errors
    fields = form.plan_fields()
    assert fields["was"]["rhythm"] == "à 7 h"
    assert fields["recurrence"] == "FREQ=DAILY @ 09:00"
    assert [doer["kind"] for doer in fields["doers"]] == ["person", "professional", "professional"]
    # Nothing is kept of what does not change.
    assert "place" not in fields


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ({"becomes": "goal", "priority": "1"}, {"statement", "due_on"}),
        ({"becomes": "activity", "title": "Marcher"}, {"participation", "doers"}),
        ({"becomes": "activity", "title": "Marcher", "rhythm_kind": "weekly"}, {"rhythm_kind", "participation", "doers"}),
        ({"becomes": "goal", "statement": "Je marche.", "due_on": "hier", "priority": "1"}, {"due_on"}),
    ],
)  # fmt: skip
def test_the_form_says_what_is_missing(sent, named):
    found, sitting = seated()
    form = becomes_form(sitting, found.points[0], found.nurse, data(**sent))
    assert not form.is_valid()
    assert set(form.errors) == named


@pytest.mark.django_db
def test_nothing_is_offered_that_a_party_could_not_read():
    found, sitting = seated()
    for level in ("C1", "C2", "C3"):
        write_goal(found.plan, statement=f"Objectif {level}", level=level, by=found.nurse)
        add_activity(found.plan, goals=[], title=f"Action {level}", level=level, by=found.nurse)
    say(found.plan, Said("Papa dort mal."), by=found.daughter)
    offers = becomes_form(sitting, found.points[0], found.nurse).offers
    assert [goal.statement for goal in offers.goals] == ["Objectif C1"]
    assert [activity.title for activity in offers.activities] == ["Action C1"]
    assert offers.words == []


@pytest.mark.django_db
def test_the_rules_refuse_what_the_form_would_have():
    found = negotiated(around())
    with pytest.raises(MoveRefused, match="Écrivez la date du terme"):
        settle(
            found.negotiation, found.points[0], OutcomeKind.AGREED, "Nous sommes d’accord", by=found.nurse,
            becomes=Becomes.GOAL, fields={"statement": "Je dors.", "priority": 1},
        )  # fmt: skip


@pytest.mark.django_db
def test_the_goal_of_a_point_stays_while_another_serves_it():
    found = negotiated(around())
    first, second = found.points
    serving = ACTIVITY | {"point": str(first.pk)}
    with pytest.raises(MoveRefused, match="ne donne plus"):
        settle(
            found.negotiation, second, OutcomeKind.AGREED, "On aide", by=found.nurse,
            becomes=Becomes.ACTIVITY, fields=serving,
        )  # fmt: skip
    settle(
        found.negotiation, first, OutcomeKind.AGREED, "Plus tard", by=found.nurse,
        becomes=Becomes.GOAL, fields=GOAL,
    )  # fmt: skip
    form = becomes_form(sitting_of(found.negotiation), second, found.nurse)
    assert f"point:{first.pk}" in dict(form.fields["goal"].choices)
    settle(
        found.negotiation, second, OutcomeKind.AGREED, "On aide", by=found.nurse,
        becomes=Becomes.ACTIVITY, fields=serving,
    )  # fmt: skip
    for undone in (unsettle, lambda *args, **kwargs: drop_point(*args, "Plus besoin", **kwargs)):
        with pytest.raises(MoveRefused, match="autre point"):
            undone(found.negotiation, first, by=found.nurse)
