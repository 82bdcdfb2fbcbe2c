"""What was issued or signed never changes, in the database itself (access.md, T46).

Of a contract only `state` moves: the trigger compares every other column.
"""

from django.db import migrations

FROZEN = [
    "contracts_clause",
    "contracts_clauseorigin",
    "contracts_signatureline",
    "contracts_signature",
    "contracts_sealedcopy",
]
CONTRACT = "contracts_carecontract"


def refuse(apps, schema_editor):
    columns = [
        field.column
        for field in apps.get_model("contracts", "CareContract")._meta.concrete_fields
        if field.column != "state"
    ]
    vendor = schema_editor.connection.vendor
    statements = postgresql() if vendor == "postgresql" else sqlite(columns)
    for statement in statements:
        schema_editor.execute(statement, params=None)


def postgresql():
    yield (
        "CREATE FUNCTION contracts_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is immutable', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    changed = "WHEN ((to_jsonb(OLD) - 'state') IS DISTINCT FROM (to_jsonb(NEW) - 'state')) "
    for table in [*FROZEN, CONTRACT]:
        guards = {
            "change": f"UPDATE ON {table} FOR EACH ROW {changed if table == CONTRACT else ''}",
            "delete": f"DELETE ON {table} FOR EACH ROW ",
            "truncate": f"TRUNCATE ON {table} FOR EACH STATEMENT ",
        }
        for name, guard in guards.items():
            yield f"CREATE TRIGGER {table}_no_{name} BEFORE {guard} EXECUTE FUNCTION contracts_refuse()"
            # A session that plays a replica skips ordinary triggers, not these.
            yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{name}"


def sqlite(columns):
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    for table in [*FROZEN, CONTRACT]:
        guards = {
            "change": f"UPDATE ON {table} {'WHEN ' + changed if table == CONTRACT else ''}",
            "delete": f"DELETE ON {table} ",
            # INSERT OR REPLACE deletes the former row without waking the DELETE trigger.
            "replace": f"INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
        }
        for name, guard in guards.items():
            yield (
                f"CREATE TRIGGER {table}_no_{name} BEFORE {guard} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
            )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION contracts_refuse() CASCADE")
        return
    for table in [*FROZEN, CONTRACT]:
        for name in ("change", "delete", "replace"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{name}")


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
