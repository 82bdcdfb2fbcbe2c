import uuid

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from avec.audit.actions import record, seal_journal, verify_journal
from avec.audit.models import Entry, Seal
from avec.audit.rules import GENESIS, line_code, seal_code

PLACE, ACTOR, PERSON = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
TRIGGERS = {
    "sqlite": "DROP TRIGGER {table}_no_{event}",
    "postgresql": "DROP TRIGGER {table}_no_change ON {table}",
}


def write(verb="record.read"):
    return record(verb, Seal(pk=1), establishment_id=PLACE, actor_id=ACTOR, person_id=PERSON)


def force(table, event, statement, arguments=()):
    """What somebody with the keys of the database could do: lift the guard, then change a line."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor].format(table=table, event=event))
        cursor.execute(statement, arguments)


@pytest.mark.django_db
def test_a_sealed_journal_is_sound():
    for _ in range(5):
        write()
    seal_journal(PLACE)
    write("goal.changed")
    seal_journal(PLACE)
    write()
    assert verify_journal(PLACE) == []
    assert list(Seal.objects.values_list("number", "count")) == [(1, 5), (2, 1)]
    assert seal_journal(uuid.uuid4()) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'x'",
        "DELETE FROM audit_entry",
        "UPDATE audit_seal SET code = 'x'",
        "DELETE FROM audit_seal",
        "DELETE FROM audit_sealing",
    ],
)
def test_the_database_refuses_to_change_the_journal(statement):
    write()
    seal_journal(PLACE)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify_journal(PLACE) == []


@pytest.mark.django_db
def test_an_edited_line_shows():
    write()
    line = write()
    seal_journal(PLACE)
    force("audit_entry", "update", "UPDATE audit_entry SET actor_id = NULL WHERE id = %s", [line.pk])
    assert [finding.where for finding in verify_journal(PLACE)] == [f"ligne {line.pk}"]


@pytest.mark.django_db
def test_an_invented_line_shows():
    write()
    forged = Entry.objects.create(
        establishment_id=PLACE,
        verb="record.read",
        object_type="x",
        object_id="x",
        purpose="care",
        code="0" * 64,
    )
    assert [finding.where for finding in verify_journal(PLACE)] == [f"ligne {forged.pk}"]


@pytest.mark.django_db
def test_a_removed_line_shows():
    for _ in range(3):
        write()
    seal_journal(PLACE)
    second = Entry.objects.order_by("pk")[1].pk
    force("audit_sealing", "delete", "DELETE FROM audit_sealing WHERE entry_id = %s", [second])
    force("audit_entry", "delete", "DELETE FROM audit_entry WHERE id = %s", [second])
    assert [finding.where for finding in verify_journal(PLACE)] == ["sceau 1"]


@pytest.mark.django_db
def test_a_removed_seal_shows():
    for _ in range(3):
        write()
        seal_journal(PLACE)
    second = Seal.objects.get(number=2).pk
    force("audit_sealing", "delete", "DELETE FROM audit_sealing WHERE seal_id = %s", [second])
    force("audit_seal", "delete", "DELETE FROM audit_seal WHERE id = %s", [second])
    assert verify_journal(PLACE)


@given(st.text(), st.dictionaries(st.text(), st.text()), st.text(), st.text())
def test_any_change_changes_the_code(key, fields, name, value):
    changed = fields | {name: value}
    if changed != fields:
        assert line_code(key, changed) != line_code(key, fields)


@given(st.lists(st.text("0123456789abcdef", min_size=64, max_size=64), min_size=2, unique=True))
def test_moving_a_line_changes_the_seal(codes):
    moved = [codes[-1], *codes[:-1]]
    assert seal_code("key", GENESIS, codes) != seal_code("key", GENESIS, moved)
    assert seal_code("key", GENESIS, codes) != seal_code("key", GENESIS, codes[:-1])
