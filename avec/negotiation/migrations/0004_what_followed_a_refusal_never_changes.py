"""What was explained, offered and told after a refusal is never written over: it is added to.

A migration that makes this table again on SQLite must put its triggers back.
"""

from django.db import migrations

TABLE = "negotiation_refusalnote"


def refuse(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in postgresql() if vendor == "postgresql" else sqlite():
        schema_editor.execute(statement, params=None)


def postgresql():
    # The function is that of 0002.
    for name, event in (
        ("change", "UPDATE ON {} FOR EACH ROW"),
        ("delete", "DELETE ON {} FOR EACH ROW"),
        ("truncate", "TRUNCATE ON {} FOR EACH STATEMENT"),
    ):
        guard = event.format(TABLE)
        yield f"CREATE TRIGGER {TABLE}_no_{name} BEFORE {guard} EXECUTE FUNCTION negotiation_refuse()"
        yield f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_no_{name}"


def sqlite():
    for name, event in (
        ("change", f"UPDATE ON {TABLE}"),
        ("delete", f"DELETE ON {TABLE}"),
        # INSERT OR REPLACE deletes the former row without waking the DELETE trigger.
        ("replace", f"INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)"),
    ):
        yield (
            f"CREATE TRIGGER {TABLE}_no_{name} BEFORE {event} "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is immutable'); END"
        )


def allow(apps, schema_editor):
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    names = ("change", "delete", "truncate") if on else ("change", "delete", "replace")
    for name in names:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{name}{on}")


class Migration(migrations.Migration):
    dependencies = [("negotiation", "0003_a_refusal_is_completed_and_a_ground_knows_its_origin")]
    operations = [migrations.RunPython(refuse, allow)]
