"""What was issued or signed never changes, in the database itself (access.md, T46).

Of a contract only `state` moves. SQLite names the guarded columns; PostgreSQL
compares the whole row, the state apart.
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


def columns_but_state(apps):
    model = apps.get_model("contracts", "CareContract")
    return [field.column for field in model._meta.concrete_fields if field.column != "state"]


def refuse(apps, schema_editor):
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run(
            "CREATE FUNCTION contracts_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is immutable', TG_TABLE_NAME; END $$"
        )
        for table in FROZEN:
            run(
                f"CREATE TRIGGER {table}_no_row BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION contracts_refuse()"
            )
        run(
            f"CREATE TRIGGER {CONTRACT}_no_change BEFORE UPDATE ON {CONTRACT} FOR EACH ROW WHEN "
            "((to_jsonb(OLD) - 'state') IS DISTINCT FROM (to_jsonb(NEW) - 'state')) "
            "EXECUTE FUNCTION contracts_refuse()"
        )
        run(
            f"CREATE TRIGGER {CONTRACT}_no_delete BEFORE DELETE ON {CONTRACT} "
            "FOR EACH ROW EXECUTE FUNCTION contracts_refuse()"
        )
        for table in [*FROZEN, CONTRACT]:
            run(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION contracts_refuse()"
            )
        return
    for table in FROZEN:
        for event in ("UPDATE", "DELETE"):
            run(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
            )
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns_but_state(apps))
    run(
        f"CREATE TRIGGER {CONTRACT}_no_change BEFORE UPDATE ON {CONTRACT} WHEN {changed} "
        f"BEGIN SELECT RAISE(ABORT, '{CONTRACT} is immutable'); END"
    )
    run(
        f"CREATE TRIGGER {CONTRACT}_no_delete BEFORE DELETE ON {CONTRACT} "
        f"BEGIN SELECT RAISE(ABORT, '{CONTRACT} is immutable'); END"
    )


def allow(apps, schema_editor):
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run("DROP FUNCTION contracts_refuse() CASCADE")
        return
    for table in FROZEN:
        for event in ("UPDATE", "DELETE"):
            run(f"DROP TRIGGER {table}_no_{event.lower()}")
    run(f"DROP TRIGGER {CONTRACT}_no_change")
    run(f"DROP TRIGGER {CONTRACT}_no_delete")


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
