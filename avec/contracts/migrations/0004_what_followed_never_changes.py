"""What was proposed, chosen, handed over or ended never changes, in the database itself (access.md, T46).

Migration 0003 made several tables again on SQLite, and their triggers went with them: all are put back here,
with those of the new tables. A contract only goes forward; a choice is taken only while its version is to be
signed; nobody joins the signatories once somebody chose. A migration that makes one of these tables again on
SQLite must put its triggers back.
"""

from django.db import migrations

FORMER = [
    "contracts_clause",
    "contracts_clauseorigin",
    "contracts_signatureline",
    "contracts_signature",
    "contracts_sealedcopy",
]
NEW = [
    "contracts_paperscan",
    "contracts_stampedcopy",
    "contracts_proofreading",
    "contracts_handover",
    "contracts_individualdocument",
    "contracts_individualcopy",
    "contracts_nextstep",
    "contracts_contractend",
]
KEYS = {"contracts_stampedcopy": "copy_id", "contracts_contractend": "contract_id"}
CONTRACT = "contracts_carecontract"
# From which state to which: a contract never goes back.
BACKWARD = (
    "NOT (OLD.state = NEW.state"
    " OR (OLD.state = 'to_sign' AND NEW.state IN ('in_force', 'refused', 'withdrawn'))"
    " OR (OLD.state = 'in_force' AND NEW.state IN ('superseded', 'ended')))"
)
# For both databases, as a condition on the row that comes.
CLOSED = (
    "NOT EXISTS (SELECT 1 FROM contracts_signatureline l JOIN contracts_carecontract c ON c.id = l.contract_id"
    " WHERE l.id = NEW.line_id AND c.state = 'to_sign')"
)
CHOSEN = (
    "EXISTS (SELECT 1 FROM contracts_signature s JOIN contracts_signatureline l ON l.id = s.line_id"
    " WHERE l.contract_id = NEW.contract_id)"
)


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
    for table in NEW:
        guards = {
            "change": f"UPDATE ON {table} FOR EACH ROW ",
            "delete": f"DELETE ON {table} FOR EACH ROW ",
            "truncate": f"TRUNCATE ON {table} FOR EACH STATEMENT ",
        }
        for name, guard in guards.items():
            yield f"CREATE TRIGGER {table}_no_{name} BEFORE {guard} EXECUTE FUNCTION contracts_refuse()"
            yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{name}"
    yield (
        f"CREATE TRIGGER {CONTRACT}_no_return BEFORE UPDATE ON {CONTRACT} FOR EACH ROW "
        f"WHEN ({BACKWARD}) EXECUTE FUNCTION contracts_refuse()"
    )
    for table, name, condition in (
        ("contracts_signature", "late", CLOSED),
        ("contracts_signatureline", "late", CHOSEN),
    ):
        # A trigger's own condition cannot look into other tables: its function does.
        yield (
            f"CREATE FUNCTION {table}_late() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {condition} THEN RAISE EXCEPTION '% comes too late', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        )
        yield f"CREATE TRIGGER {table}_no_{name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_late()"
        yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{name}"
    yield f"ALTER TABLE {CONTRACT} ENABLE ALWAYS TRIGGER {CONTRACT}_no_return"


def sqlite(columns):
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    for table in [*FORMER, *NEW, CONTRACT]:
        key = KEYS.get(table, "id")
        guards = {
            "change": f"UPDATE ON {table} {'WHEN ' + changed if table == CONTRACT else ''}",
            "delete": f"DELETE ON {table} ",
            # INSERT OR REPLACE deletes the former row without waking the DELETE trigger.
            "replace": f"INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})",
        }
        for name, guard in guards.items():
            yield f"DROP TRIGGER IF EXISTS {table}_no_{name}"
            yield (
                f"CREATE TRIGGER {table}_no_{name} BEFORE {guard} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
            )
    yield (
        f"CREATE TRIGGER {CONTRACT}_no_return BEFORE UPDATE ON {CONTRACT} WHEN {BACKWARD} "
        f"BEGIN SELECT RAISE(ABORT, '{CONTRACT} is immutable'); END"
    )
    for table, condition in (("contracts_signature", CLOSED), ("contracts_signatureline", CHOSEN)):
        yield (
            f"CREATE TRIGGER {table}_no_late BEFORE INSERT ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{table} comes too late'); END"
        )


def allow(apps, schema_editor):
    postgresql_too = schema_editor.connection.vendor == "postgresql"
    for table in ("contracts_signature", "contracts_signatureline"):
        if postgresql_too:
            schema_editor.execute(f"DROP FUNCTION {table}_late() CASCADE")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_no_late")
    on = f" ON {CONTRACT}" if postgresql_too else ""
    schema_editor.execute(f"DROP TRIGGER {CONTRACT}_no_return{on}")
    for table in NEW:
        for name in ("change", "delete", "truncate" if postgresql_too else "replace"):
            on = f" ON {table}" if postgresql_too else ""
            schema_editor.execute(f"DROP TRIGGER {table}_no_{name}{on}")


class Migration(migrations.Migration):
    dependencies = [("contracts", "0003_ways_to_sign_drafts_and_what_follows")]
    operations = [migrations.RunPython(refuse, allow)]
