"""A party or a point stays at the table where it was laid: moving it would write into a concluded one.

A migration that makes one of these tables again on SQLite must put its triggers
back.
"""

from django.db import migrations

LAID = ["negotiation_party", "negotiation_point"]


def refuse(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in LAID:
        if postgresql:
            # The function is that of 0002.
            statements = [
                f"CREATE TRIGGER {table}_no_passing BEFORE UPDATE ON {table} FOR EACH ROW "
                "WHEN (OLD.negotiation_id IS DISTINCT FROM NEW.negotiation_id) "
                "EXECUTE FUNCTION negotiation_refuse()",
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_passing",
            ]
        else:
            statements = [
                f"CREATE TRIGGER {table}_no_passing BEFORE UPDATE ON {table} "
                "WHEN OLD.negotiation_id IS NOT NEW.negotiation_id "
                f"BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
            ]
        for statement in statements:
            schema_editor.execute(statement, params=None)


def allow(apps, schema_editor):
    on = " ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
    for table in LAID:
        schema_editor.execute(f"DROP TRIGGER {table}_no_passing" + on.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("negotiation", "0004_what_followed_a_refusal_never_changes")]
    operations = [migrations.RunPython(refuse, allow)]
