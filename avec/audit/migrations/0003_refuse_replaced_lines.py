"""SQLite's INSERT OR REPLACE deletes the former row without waking a DELETE trigger: refused too (T46)."""

from django.db import migrations

KEYS = {"audit_entry": "id", "audit_seal": "id", "audit_sealing": "entry_id"}


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for table, key in KEYS.items():
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in KEYS:
            schema_editor.execute(f"DROP TRIGGER {table}_no_replace")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_refuse_changes_to_the_journal")]
    operations = [migrations.RunPython(refuse, allow)]
