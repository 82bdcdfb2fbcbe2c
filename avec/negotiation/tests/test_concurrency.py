"""Two hands at the same second, and what the database refuses whoever asks."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, close_old_connections, connection, transaction

from avec.careplan.models import Goal
from avec.careplan.tests.factories import days
from avec.negotiation.actions import (
    MoveRefused,
    accept,
    add_point,
    answer_text,
    conclude,
    decline,
    go_on,
    offer,
    say_stake,
    settle,
    withdraw,
)
from avec.negotiation.models import Move, Negotiation, Outcome, Party, Point
from avec.negotiation.rules import NOT_NEGOTIABLE, Answer, Becomes, Offer, OutcomeKind
from avec.negotiation.sitting import sitting_of

from .table import Around, around, explored, negotiated

AGREED, SET_ASIDE = OutcomeKind.AGREED, OutcomeKind.SET_ASIDE
GOAL = {"statement": "Je me lève à 9 heures.", "priority": 1}
postgresql_only = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite lets one hand write at a time"
)


@pytest.fixture
def shared_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database where each thread really commits: a copy of the suite's, dropped afterwards.

    What is written at a table is never deleted, so the suite's own database could not be emptied again.
    """
    given = connection.settings_dict
    name, own = given["NAME"], f"{given['NAME']}_threads"
    with django_db_blocker.unblock():
        connection.close()
        administer(
            f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)', f'CREATE DATABASE "{own}" TEMPLATE "{name}"'
        )
        given["NAME"] = own
        try:
            yield
        finally:
            connection.close()
            given["NAME"] = name
            administer(f'DROP DATABASE "{own}" WITH (FORCE)')


def administer(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def at_once(*moves: Callable[[], Any]) -> list[Any]:
    """Each in a thread and a connection of its own, all let go at the same time: what they gave, or why not."""
    start = threading.Barrier(len(moves))
    given: list[Any] = [None] * len(moves)

    def one(place: int, move: Callable[[], Any]) -> None:
        close_old_connections()
        try:
            start.wait(timeout=20)
            given[place] = move()
        except (MoveRefused, IntegrityError) as refusal:
            given[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(moves)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert None not in given
    return given


def refused(given: list[Any]) -> list[str]:
    return [str(one) for one in given if isinstance(one, Exception)]


def offered(found: Around) -> int:
    given = offer(
        found.negotiation, found.seat(found.nurse), found.points[0], was="7 heures", becomes="8 heures", by=found.nurse
    )  # fmt: skip
    return given.number


def numbers(found: Around) -> list[int]:
    return list(Move.objects.filter(negotiation=found.negotiation).values_list("number", flat=True))


# --- At the same second ---------------------------------------------------------------------------------


@postgresql_only
@pytest.mark.usefixtures("shared_database")
class TestAtOnce:
    def test_twenty_times_yes_is_one_yes(self):
        found = negotiated(around())
        number, seat = offered(found), found.seat(found.resident)
        given = at_once(
            *[lambda: accept(found.negotiation, seat, number, by=found.resident) for _ in range(20)]
        )
        assert len(refused(given)) == 19
        assert set(refused(given)) == {"Vous avez déjà répondu à cette proposition."}
        assert Move.objects.filter(negotiation=found.negotiation, verb="accept").count() == 1
        assert numbers(found) == list(range(1, len(numbers(found)) + 1))

    def test_accepted_and_withdrawn_at_the_same_second_is_one_or_the_other(self):
        found = negotiated(around())
        seats = {who.pk: found.seat(who) for who in found.everybody}
        for _ in range(8):
            number = offered(found)
            accept(found.negotiation, seats[found.daughter.pk], number, by=found.daughter)
            given = at_once(
                lambda number=number: accept(
                    found.negotiation, seats[found.resident.pk], number, by=found.resident
                ),
                lambda number=number: withdraw(
                    found.negotiation, seats[found.nurse.pk], number, by=found.nurse
                ),
            )
            assert len(refused(given)) == 1
            table = sitting_of(found.negotiation).table
            won = Offer.ACCEPTED if isinstance(given[1], Exception) else Offer.WITHDRAWN
            assert table.stands(table.concessions[number]) == won

    def test_yes_and_no_of_two_parties_are_both_heard_or_the_later_is_told(self):
        found = negotiated(around())
        number = offered(found)
        seats = {who.pk: found.seat(who) for who in found.everybody}
        given = at_once(
            lambda: accept(found.negotiation, seats[found.resident.pk], number, by=found.resident),
            lambda: decline(found.negotiation, seats[found.daughter.pk], number, by=found.daughter),
        )
        assert refused(given) in (
            [],
            ["Cette proposition a déjà été refusée. Vous pouvez en faire une autre."],
        )
        table = sitting_of(found.negotiation).table
        assert table.stands(table.concessions[number]) == Offer.DECLINED

    def test_a_point_is_settled_once(self):
        found = negotiated(around())
        given = at_once(
            lambda: settle(found.negotiation, found.points[0], AGREED, "Lever à 8 heures", by=found.nurse),
            lambda: settle(found.negotiation, found.points[0], SET_ASIDE, "Plus tard", by=found.nurse),
        )
        assert refused(given) == ["Ce point a déjà une issue\u00a0: reprenez-le d’abord."]
        assert Move.objects.filter(negotiation=found.negotiation, verb="settle").count() == 1

    def test_it_is_concluded_once_and_the_plan_takes_it_once(self):
        found = negotiated(around(points=1))
        settle(
            found.negotiation, found.points[0], AGREED, "Lever à 9 heures", by=found.nurse,
            becomes=Becomes.GOAL, fields=GOAL | {"due_on": days(60).isoformat()},
        )  # fmt: skip
        go_on(found.negotiation, by=found.nurse)
        for who in found.everybody:
            answer_text(found.negotiation, found.seat(who), Answer.YES, by=who)
        given = at_once(*[lambda: conclude(found.negotiation, by=found.nurse) for _ in range(4)])
        assert len(refused(given)) == 3
        assert all("conclue" in words for words in refused(given))
        assert Goal.objects.filter(plan=found.plan).count() == 1
        assert Outcome.objects.filter(negotiation=found.negotiation).count() == 1

    def test_an_answer_given_while_it_is_concluded_is_counted_or_refused(self):
        found = negotiated(around(points=1))
        settle(found.negotiation, found.points[0], AGREED, "Lever à 9 heures", by=found.nurse)
        go_on(found.negotiation, by=found.nurse)
        for who in found.everybody:
            answer_text(found.negotiation, found.seat(who), Answer.YES, by=who)
        seat = found.seat(found.resident)
        negotiation = Negotiation.objects.get(pk=found.negotiation.pk)
        # What the nurse concludes is what she read: a « no » at the same second is not lost.
        given = at_once(
            lambda: conclude(negotiation, by=found.nurse, seen=negotiation.version),
            lambda: answer_text(found.negotiation, seat, Answer.NO, by=found.resident),
        )
        assert len(refused(given)) == 1
        negotiation.refresh_from_db()
        if negotiation.is_concluded:
            assert negotiation.result == "total"
            assert "conclue" in refused(given)[0]
        else:
            assert refused(given) == [
                "Quelque chose vient de changer\u00a0: relisez la page avant de conclure."
            ]

    def test_what_is_said_at_the_same_time_is_all_kept(self):
        found = explored(around())
        seats = {who.pk: found.seat(who) for who in found.everybody}
        before = len(numbers(found))
        given = at_once(
            *[
                lambda who=who, place=place: say_stake(
                    found.negotiation, seats[who.pk], f"Parole {place}", by=who
                )
                for place in range(4)
                for who in found.everybody
            ]
        )
        assert refused(given) == []
        assert numbers(found) == list(range(1, before + 13))


# --- What the database refuses --------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["accept", "decline", "withdraw"])
def test_a_party_replies_once_whatever_the_code_does(verb):
    found = negotiated(around())
    number, seat = offered(found), found.seat(found.resident)
    accept(found.negotiation, seat, number, by=found.resident)
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.create(
            negotiation=found.negotiation, number=900, verb=verb, party=seat, about=number, by=found.resident
        )


@pytest.mark.django_db
def test_two_moves_never_take_the_same_place():
    found = around()
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.create(negotiation=found.negotiation, number=1, verb="gather", by=found.nurse)
    Move.objects.create(negotiation=found.negotiation, number=900, verb="conclude", by=found.nurse)
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.create(negotiation=found.negotiation, number=901, verb="conclude", by=found.nurse)


@pytest.mark.django_db
def test_nobody_has_two_seats():
    found = around()
    for twice in (
        {"voice": "person"},
        {"voice": "carer", "relative": found.relative},
        {"voice": "professional", "professional": found.nurse},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Party.objects.create(negotiation=found.negotiation, name="Deux fois", **twice)


@pytest.mark.django_db
@pytest.mark.parametrize("nature", [*sorted(NOT_NEGOTIABLE), ""])
def test_no_concession_on_what_is_not_negotiable(nature):
    found = negotiated(around())
    point = add_point(found.negotiation, "Autre point", nature=nature, source="Un texte", by=found.nurse)
    seat = found.seat(found.nurse)
    with pytest.raises(DatabaseError), transaction.atomic():
        Move.objects.create(
            negotiation=found.negotiation, number=900, verb="offer", party=seat, point=point, by=found.nurse
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Move.objects.bulk_create(
            [Move(negotiation=found.negotiation, number=901, verb="offer", point=point, by=found.nurse)]
        )


@pytest.mark.django_db
def test_what_is_not_negotiable_names_its_source():
    found = around()
    with pytest.raises(IntegrityError), transaction.atomic():
        Point.objects.create(negotiation=found.negotiation, number=90, words="La loi", nature="law")
    with pytest.raises(MoveRefused):
        add_point(found.negotiation, "La loi", nature="law", by=found.nurse)
    assert found.negotiation.points.count() == 2


LAID = ["negotiation_negotiation", "negotiation_party", "negotiation_point", "negotiation_move", "negotiation_outcome"]  # fmt: skip


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def concluded() -> Around:
    found = negotiated(around(points=1))
    settle(found.negotiation, found.points[0], AGREED, "Lever à 9 heures", by=found.nurse)
    go_on(found.negotiation, by=found.nurse)
    for who in found.everybody:
        answer_text(found.negotiation, found.seat(who), Answer.YES, by=who)
    found.negotiation = conclude(found.negotiation, by=found.nurse)
    return found


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


@pytest.mark.django_db
@pytest.mark.parametrize("table", LAID)
def test_nothing_of_a_concluded_table_is_written_over_or_deleted(table):
    concluded()
    for column in columns(table):
        # The same value: whatever the column's type, the trigger speaks first.
        with pytest.raises(DatabaseError, match=r"immutable|concluded"):
            run(f'UPDATE {table} SET "{column}" = "{column}"')  # noqa: S608 (names from the list above)
    with pytest.raises(DatabaseError, match="immutable"):
        run(f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.django_db
def test_who_moves_just_after_the_conclusion_is_told_so():
    found = concluded()
    seat, point = found.seat(found.resident), found.points[0]
    for move in (
        lambda: answer_text(found.negotiation, seat, Answer.NO, by=found.resident),
        lambda: settle(found.negotiation, point, AGREED, "Lever à 8 heures", by=found.nurse),
        lambda: add_point(found.negotiation, "Autre point", by=found.daughter),
        lambda: conclude(found.negotiation, by=found.nurse),
    ):
        with pytest.raises(MoveRefused, match="conclue"):
            move()


@pytest.mark.django_db
def test_nothing_is_laid_on_a_concluded_table():
    found = concluded()
    negotiation = Negotiation.objects.get(pk=found.negotiation.pk)
    late = around().points[0]
    for add in (
        lambda: Move.objects.create(negotiation=negotiation, number=900, verb="gather", by=found.nurse),
        lambda: Party.objects.create(negotiation=negotiation, name="Tard", voice="relative"),
        lambda: Point.objects.create(negotiation=negotiation, number=90, words="Tard", nature="who"),
        lambda: Outcome.objects.create(negotiation=negotiation, point=late, kind="agreed", words="Tard"),
    ):
        with pytest.raises(DatabaseError, match=r"immutable|concluded"), transaction.atomic():
            add()


@pytest.mark.django_db
@pytest.mark.parametrize("table", LAID)
def test_a_running_table_loses_nothing_either(table):
    concluded()
    around()
    with pytest.raises(DatabaseError, match="immutable"):
        run(f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no INSERT OR REPLACE")
@pytest.mark.parametrize("table", LAID)
def test_no_row_is_replaced(table):
    """INSERT OR REPLACE deletes the former row without waking a DELETE trigger."""
    concluded()
    names = ", ".join(f'"{column}"' for column in columns(table))
    with pytest.raises(DatabaseError):
        run(f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table}")  # noqa: S608


@pytest.mark.django_db
@postgresql_only
@pytest.mark.parametrize("table", LAID)
def test_no_table_is_emptied(table):
    concluded()
    run("SET CONSTRAINTS ALL IMMEDIATE")  # keys still to be checked would refuse it before the trigger
    with pytest.raises(DatabaseError, match="immutable"):
        run(f"TRUNCATE {table} CASCADE")
