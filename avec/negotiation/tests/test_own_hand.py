"""What somebody answered with their own hand is theirs; who left may come back."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from avec.negotiation.actions import (
    MoveRefused,
    Seat,
    accept_aim,
    add_party,
    answer_text,
    choose_aloud,
    go_on,
    leave,
    refuse_aim,
    settle,
)
from avec.negotiation.models import Negotiation, Party, Point
from avec.negotiation.rules import Answer, OutcomeKind
from avec.negotiation.sitting import sitting_of
from avec.negotiation.story import story_of

from .table import around, negotiated

pytestmark = pytest.mark.django_db


@pytest.fixture
def read():
    """Everybody is to answer the text."""
    found = negotiated(around(points=1))
    settle(found.negotiation, found.points[0], OutcomeKind.AGREED, "Lever à 9 heures", by=found.nurse)
    go_on(found.negotiation, by=found.nurse)
    return found


def answers(found):
    table = sitting_of(Negotiation.objects.get(pk=found.negotiation.pk)).table
    return {key: one.answer for key, one in table.answers.items()}


def test_nobody_writes_over_an_answer_given_by_ones_own_hand(read):
    seat = read.seat(read.resident)
    answer_text(read.negotiation, seat, Answer.NO, words="C’est trop tôt.", by=read.resident)
    choose_aloud(read.negotiation, seat, True, by=read.nurse)
    with pytest.raises(MoveRefused):
        answer_text(read.negotiation, seat, Answer.YES, by=read.nurse)
    assert answers(read)[str(seat.pk)] == Answer.NO
    answer_text(read.negotiation, seat, Answer.YES, by=read.resident)
    assert answers(read)[str(seat.pk)] == Answer.YES


def test_nor_over_what_they_say_of_the_common_aim():
    found = around()
    seat = found.seat(found.resident)
    refuse_aim(found.negotiation, seat, "Ce n’est pas mon but.", by=found.resident)
    choose_aloud(found.negotiation, seat, True, by=found.nurse)
    with pytest.raises(MoveRefused):
        accept_aim(found.negotiation, seat, by=found.nurse)


def test_who_may_write_for_somebody_is_told_to_the_whole_table(read):
    seat = read.seat(read.resident)
    choose_aloud(read.negotiation, seat, True, by=read.nurse)
    last = story_of(sitting_of(read.negotiation))[-1]
    assert "de vive voix" in last.sentence
    # Chosen again, nothing more is told.
    before = Negotiation.objects.get(pk=read.negotiation.pk).version
    choose_aloud(read.negotiation, seat, True, by=read.nurse)
    assert Negotiation.objects.get(pk=read.negotiation.pk).version == before


def test_when_somebody_leaves_the_text_is_read_again(read):
    answer_text(read.negotiation, read.seat(read.resident), Answer.YES, by=read.resident)
    leave(read.negotiation, read.seat(read.daughter), "Elle doit partir.", by=read.daughter)
    assert answers(read) == {}


def test_who_left_while_it_is_framed_comes_back_to_the_same_seat():
    found = around()
    seat = found.seat(found.daughter)
    leave(found.negotiation, seat, "Retirée par erreur.", by=found.nurse)
    back = add_party(found.negotiation, Seat(relative=found.relative), by=found.nurse)
    assert back.pk == seat.pk
    assert Party.objects.get(pk=seat.pk).left_at is None
    assert not sitting_of(found.negotiation).table.parties[str(seat.pk)].left


def test_nothing_passes_from_a_table_to_another():
    one, other = around(), around()
    for laid in (Party, Point):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            laid.objects.filter(negotiation=one.negotiation).update(negotiation=other.negotiation)
