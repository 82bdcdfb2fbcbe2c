"""Whoever writes in the database past its triggers is seen by `avec verify`."""

import json

import pytest
from django.db import connection

from avec.contracts.actions import seal_copy
from avec.contracts.tests.signing import sign_all
from avec.contracts.verify import verify_database
from avec.documents.rules import fingerprint

pytestmark = pytest.mark.django_db


def past_the_guards(*statements, table):
    """As somebody who owns the database would: the guard goes, the change is made, the guard is back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for statement in statements:
                cursor.execute(statement)
            for name in ("change", "delete", "truncate"):
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{name}")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        guards = cursor.fetchall()
        for name, _sql in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            cursor.execute(statement)
        for _name, sql in guards:
            cursor.execute(sql)


@pytest.fixture
def signed(scene, contract):
    sign_all(scene, contract)
    seal_copy(contract, "full", by=scene.nurse)
    assert verify_database()[1]
    return contract


@pytest.mark.parametrize(
    ("table", "statement", "said"),
    [
        ("contracts_signature", "UPDATE contracts_signature SET words = 'faux'", "signature a été changée"),
        ("contracts_signature", "DELETE FROM contracts_signature", "signature a été retirée"),
        ("contracts_signatureline", "UPDATE contracts_signatureline SET name = 'Eve'", "ceux qui ont été"),
        ("contracts_carecontract", "UPDATE contracts_carecontract SET state = 'to_sign'", "son état"),
    ],
)
def test_a_change_past_the_guards_is_seen(signed, table, statement, said):
    past_the_guards(statement, table=table)
    lines, sound = verify_database()
    assert not sound
    assert said in "\n".join(lines)


def test_another_text_with_its_own_fingerprint_is_seen(signed):
    content = signed.content | {"title": "Un autre contrat"}
    written = json.dumps(content).replace("'", "''").replace("%", "%%")
    past_the_guards(
        f"UPDATE contracts_carecontract SET content = '{written}', fingerprint = '{fingerprint(content)}'",  # noqa: S608
        table="contracts_carecontract",
    )
    lines, sound = verify_database()
    assert not sound
    assert "ne sont pas ceux qui ont été proposés" in "\n".join(lines)


def test_a_guard_that_is_gone_is_seen(signed):
    with connection.cursor() as cursor:
        on = " ON contracts_signature" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER contracts_signature_no_change{on}")
    lines, sound = verify_database()
    assert not sound
    assert "contracts_signature_no_change" in lines[-1]
