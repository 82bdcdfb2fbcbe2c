"""The journal is append-only in the database itself (access.md, T46)."""

from django.db import migrations

TABLES = {"audit_entry": "id", "audit_seal": "id", "audit_sealing": "entry_id"}


def refuse(apps, schema_editor):
    for table, key in TABLES.items():
        for statement in triggers(table, key, schema_editor.connection.vendor):
            schema_editor.execute(statement)


def triggers(table, key, vendor):
    words = f"{table} is append-only"
    if vendor == "postgresql":
        yield (
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        for name, event, scope in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
            yield (
                f"CREATE TRIGGER {table}_no_{name} BEFORE {event} ON {table} "
                f"FOR EACH {scope} EXECUTE FUNCTION {table}_refuse()"
            )
            # A session that plays a replica skips ordinary triggers, not these.
            yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{name}"
        return
    for event in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )
    # INSERT OR REPLACE deletes the former row without waking the DELETE trigger.
    yield (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
        f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
    )


def allow(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {table}_refuse() CASCADE")
        else:
            for name in ("update", "delete", "replace"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{name}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
