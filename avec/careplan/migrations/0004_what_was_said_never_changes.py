"""What somebody said, how a voice saw a goal, and when something changed are never written over.

Of an expectation, only the words are frozen, once there are some: what was said
aloud waits for its words, which are then written once. A migration that makes
one of these tables again on SQLite must put its triggers back.
"""

from django.db import migrations

FROZEN = [
    "careplan_balance",
    "careplan_confirmation",
    "careplan_divergenceside",
    "careplan_evaluation",
    "careplan_goalchange",
    "careplan_participationchange",
    "careplan_stepchange",
]
SAID = "careplan_expectation"


def refuse(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in postgresql() if vendor == "postgresql" else sqlite():
        schema_editor.execute(statement, params=None)


def postgresql():
    yield (
        "CREATE FUNCTION careplan_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is immutable', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    guards = []
    for table in FROZEN:
        guards += [
            (table, "change", f"UPDATE ON {table} FOR EACH ROW "),
            (table, "delete", f"DELETE ON {table} FOR EACH ROW "),
            (table, "truncate", f"TRUNCATE ON {table} FOR EACH STATEMENT "),
        ]
    changed = "WHEN (OLD.words <> '' AND OLD.words IS DISTINCT FROM NEW.words) "
    guards.append((SAID, "change", f"UPDATE ON {SAID} FOR EACH ROW {changed}"))
    guards.append((SAID, "delete", f"DELETE ON {SAID} FOR EACH ROW "))
    for table, name, guard in guards:
        yield f"CREATE TRIGGER {table}_no_{name} BEFORE {guard} EXECUTE FUNCTION careplan_refuse()"
        yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{name}"


def sqlite():
    guards = []
    for table in FROZEN:
        guards += [
            (table, "change", f"UPDATE ON {table} "),
            (table, "delete", f"DELETE ON {table} "),
        ]
    changed = "WHEN OLD.words <> '' AND OLD.words IS NOT NEW.words "
    guards.append((SAID, "change", f"UPDATE ON {SAID} {changed}"))
    guards.append((SAID, "delete", f"DELETE ON {SAID} "))
    for table in [*FROZEN, SAID]:
        # INSERT OR REPLACE deletes the former row without waking the DELETE trigger.
        exists = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
        guards.append((table, "replace", f"INSERT ON {table} {exists}"))
    for table, name, guard in guards:
        yield (
            f"CREATE TRIGGER {table}_no_{name} BEFORE {guard} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
        )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION careplan_refuse() CASCADE")
        return
    for table in [*FROZEN, SAID]:
        for name in ("change", "delete", "replace"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{name}")


class Migration(migrations.Migration):
    dependencies = [("careplan", "0003_voices_evaluations_and_divergences")]
    operations = [migrations.RunPython(refuse, allow)]
