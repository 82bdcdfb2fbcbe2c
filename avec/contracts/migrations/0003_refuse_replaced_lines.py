"""SQLite's INSERT OR REPLACE deletes the former row without waking a DELETE trigger: refused too (T46).

By its key here; by any other unique value through the connection's
recursive_triggers, which lets the DELETE trigger refuse it.
"""

from django.db import migrations

TABLES = [
    "contracts_carecontract",
    "contracts_clause",
    "contracts_clauseorigin",
    "contracts_signatureline",
    "contracts_signature",
    "contracts_sealedcopy",
]


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
        )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER {table}_no_replace")


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_refuse_changes_to_what_was_issued")]
    operations = [migrations.RunPython(refuse, allow)]
