"""A kept file never changes: the database itself refuses it."""

from django.db import migrations

TABLES = ("documents_storedfile", "documents_filecontent")
KEYS = {"documents_storedfile": "id", "documents_filecontent": "file_id"}


def refuse_changes(apps, schema_editor):
    for table in TABLES:
        for statement in triggers(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)


def triggers(table, vendor):
    words = f"{table} is append-only"
    if vendor == "sqlite":
        yield from (
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            for event in ("UPDATE", "DELETE")
        )
        # INSERT OR REPLACE deletes the former row without waking the DELETE trigger.
        key = KEYS[table]
        yield (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )
    elif vendor == "postgresql":
        yield (
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        yield (
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
        )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        )
        # A session that plays a replica skips ordinary triggers, not these.
        for name in ("no_change", "no_truncate"):
            yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}"


def allow_changes(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "sqlite":
            for name in ("no_update", "no_delete", "no_replace"):
                schema_editor.execute(f"DROP TRIGGER {table}_{name}")
        elif schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {table}_refuse() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
