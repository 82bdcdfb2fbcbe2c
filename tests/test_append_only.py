"""What was issued, signed, sealed or journalled cannot change, in the database in use (access.md, T46)."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from avec.careplan.models import Expectation
from tests import worlds

pytestmark = pytest.mark.django_db

APPEND_ONLY = [
    "audit_entry",
    "audit_seal",
    "audit_sealing",
    "documents_storedfile",
    "documents_filecontent",
    "contracts_carecontract",
    "contracts_clause",
    "contracts_clauseorigin",
    "contracts_signatureline",
    "contracts_signature",
    "contracts_sealedcopy",
    "careplan_confirmation",
    "careplan_divergenceside",
    "careplan_evaluation",
    "careplan_goalchange",
    "careplan_participationchange",
    "negotiation_move",
    "negotiation_outcome",
    "negotiation_carerefusal",
    "negotiation_askedagain",
    "negotiation_refusalnote",
]
# Columns that may move, with the reason.
MOVING = {"contracts_carecontract": {"state": "a contract in force is one day replaced or ended"}}

REFUSED = r"append-only|immutable"


@pytest.fixture
def signed(db):
    """One row in every append-only table."""
    worlds.concluded_negotiation()
    return worlds.signed_contract()


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 (names from the list above)
        return cursor.fetchone()[0]


def other_value(table: str, column: str) -> str:
    """Something else, of the column's own type, in the dialect in use."""
    quoted = f'"{column}"'
    if connection.vendor == "sqlite":
        text = f"coalesce(cast({quoted} AS text), '') || 'x'"
        return f"CASE typeof({quoted}) WHEN 'integer' THEN {quoted} + 1000 ELSE {text} END"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT data_type FROM information_schema.columns WHERE table_name = %s AND column_name = %s",
            [table, column],
        )
        kind = cursor.fetchone()[0]
    return {
        "uuid": "gen_random_uuid()",
        "boolean": f"NOT coalesce({quoted}, false)",
        "smallint": f"coalesce({quoted}, 0) + 1",
        "integer": f"coalesce({quoted}, 0) + 1",
        "bigint": f"coalesce({quoted}, 0) + 1",
        "date": "current_date + 9999",
        "timestamp with time zone": "now() + interval '9 years'",
        "jsonb": "'{\"changed\": true}'::jsonb",
        "bytea": "'\\x00'::bytea",
    }.get(kind, f"left(coalesce({quoted}, ''), 1) || 'x'")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_column_of_a_written_line_changes(table, signed):
    assert count(table), f"the fixture writes nothing in {table}"
    for column in columns(table):
        if column in MOVING.get(table, {}):
            continue
        change = f'UPDATE {table} SET "{column}" = {other_value(table, column)}'  # noqa: S608
        with pytest.raises(DatabaseError, match=REFUSED):
            run(change)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_written_line_is_not_deleted(table, signed):
    before = count(table)
    with pytest.raises(DatabaseError, match=REFUSED):
        run(f"DELETE FROM {table}")  # noqa: S608
    assert count(table) == before


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_a_table_is_not_emptied(table, signed):
    run("SET CONSTRAINTS ALL IMMEDIATE")  # keys still to be checked would refuse it before the trigger
    with pytest.raises(DatabaseError, match=REFUSED):
        run(f"TRUNCATE {table} CASCADE")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no INSERT OR REPLACE")
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_written_line_is_not_replaced(table, signed):
    """INSERT OR REPLACE deletes the former row without waking a DELETE trigger."""
    names = ", ".join(f'"{column}"' for column in columns(table))
    with pytest.raises(DatabaseError):
        run(f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table}")  # noqa: S608


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no INSERT OR REPLACE")
def test_a_clause_is_not_replaced_through_another_unique_value(signed):
    with pytest.raises(DatabaseError):
        run(
            "INSERT OR REPLACE INTO contracts_clause (id, number, contract_id, goal_id) "
            "SELECT '00000000000000000000000000000000', number, contract_id, goal_id FROM contracts_clause"
        )


def test_a_contract_still_moves_to_its_next_state(signed):
    signed.state = "ended"
    signed.save(update_fields=["state"])
    signed.refresh_from_db()
    assert signed.state == "ended"


def test_the_orm_is_refused_too(signed):
    signed.content = {"changed": timezone.now().isoformat()}
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        signed.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        type(signed).objects.filter(pk=signed.pk).update(version=99)


def test_words_that_were_said_never_change_and_those_of_a_recording_come_once(signed):
    said = Expectation.objects.exclude(words="").first()
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        Expectation.objects.filter(pk=said.pk).update(words="Autre chose.")
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        Expectation.objects.filter(pk=said.pk).update(words="")
    with pytest.raises(DatabaseError), transaction.atomic():
        Expectation.objects.filter(pk=said.pk).delete()
    aloud = Expectation.objects.create(
        plan=said.plan,
        person=said.person,
        establishment=said.establishment,
        voice="person",
        way="voice",
        said_on=said.said_on,
    )
    Expectation.objects.filter(pk=aloud.pk).update(words="Je veux voir la mer.")
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        Expectation.objects.filter(pk=aloud.pk).update(words="Je veux rentrer.")
