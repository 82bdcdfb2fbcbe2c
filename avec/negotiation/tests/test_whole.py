"""From framing to conclusion, through the actions."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from avec.careplan.tests.factories import days
from avec.negotiation.actions import (
    MoveRefused,
    accept,
    answer_text,
    conclude,
    go_on,
    offer,
    settle,
    take_position,
)
from avec.negotiation.models import Move, Negotiation, Outcome
from avec.negotiation.rules import Answer, OutcomeKind, Phase

from .table import around, negotiated

pytestmark = pytest.mark.django_db


def concluded(found):
    negotiated(found)
    first, second = found.points
    take_position(
        found.negotiation, found.seat(found.resident), first, "Pas avant 9 heures", by=found.resident
    )
    given = offer(
        found.negotiation,
        found.seat(found.nurse),
        first,
        was="7 heures",
        becomes="8 h 30 les jours de semaine",
        by=found.nurse,
    )
    for who in (found.resident, found.daughter):
        accept(found.negotiation, found.seat(who), given.number, by=who)
    settle(found.negotiation, first, OutcomeKind.AGREED, "Lever à 8 h 30 en semaine", by=found.nurse)
    settle(found.negotiation, second, OutcomeKind.SET_ASIDE, "On en reparle au printemps", by=found.nurse)
    go_on(found.negotiation, by=found.nurse)
    for who in found.everybody:
        answer_text(found.negotiation, found.seat(who), Answer.YES, by=who)
    return conclude(found.negotiation, next_step="date", next_on=days(90), by=found.nurse)


def test_from_framing_to_conclusion():
    found = around()
    negotiation = concluded(found)
    assert negotiation.phase == Phase.CONCLUDED
    assert negotiation.result == "partial"
    assert [(one.kind, one.took_effect) for one in Outcome.objects.filter(negotiation=negotiation)] == [
        ("agreed", True),
        ("set_aside", False),
    ]


def test_a_concluded_negotiation_never_changes_in_the_database():
    found = around()
    negotiation = concluded(found)
    move = Move.objects.filter(negotiation=negotiation).first()
    for change in (
        lambda: Negotiation.objects.filter(pk=negotiation.pk).update(title="Autre chose"),
        lambda: Negotiation.objects.filter(pk=negotiation.pk).update(phase="positions", concluded_at=None),
        lambda: Move.objects.filter(pk=move.pk).update(words="Autre chose"),
        lambda: Move.objects.create(negotiation=negotiation, number=900, verb="stake", by=found.nurse),
        lambda: negotiation.points.update(words="Autre chose"),
        lambda: negotiation.parties.update(name="Quelqu’un d’autre"),
        lambda: Outcome.objects.filter(negotiation=negotiation).update(words="Autre chose"),
        lambda: Move.objects.filter(pk=move.pk)._raw_delete("default"),
    ):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            change()


def test_nobody_moves_for_somebody_else():
    found = negotiated(around())
    with pytest.raises(PermissionDenied):
        take_position(found.negotiation, found.seat(found.resident), found.points[0], "Oui", by=found.nurse)
    with pytest.raises(PermissionDenied):
        take_position(found.negotiation, found.seat(found.nurse), found.points[0], "Oui", by=found.daughter)


def test_a_phase_is_not_skipped():
    found = around()
    with pytest.raises(MoveRefused):
        go_on(found.negotiation, by=found.nurse)
    with pytest.raises(MoveRefused):
        go_on(found.negotiation, by=found.nurse, to=Phase.CONCLUDE)
    found.negotiation.refresh_from_db()
    assert found.negotiation.phase == Phase.FRAME
